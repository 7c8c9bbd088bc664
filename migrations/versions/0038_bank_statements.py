"""Statements of the bank, and what each line of them settled."""

import sqlalchemy as sa
from alembic import op

revision = "0038_bank_statements"
down_revision = "0037_privacy"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_bank_statement_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statement")),
        sa.UniqueConstraint("ref", name=op.f("uq_bank_statement_ref")),
    )
    op.create_index("ix_bank_statement_program_id_uploaded_at", "bank_statement", ["program_id", "uploaded_at"])
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_by", sa.String(), nullable=True),
        sa.CheckConstraint("(set_aside_at IS NULL) = (set_aside_by IS NULL)", name=op.f("ck_bank_line_set_aside")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_bank_line_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_bank_line_payment_id_payment")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_bank_line_program_id_program")),
        sa.ForeignKeyConstraint(["statement_id"], ["bank_statement.id"], name=op.f("fk_bank_line_statement_id_bank_statement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_bank_line_payment_id")),
        sa.UniqueConstraint("program_id", "digest", name=op.f("uq_bank_line_program_id_digest")),
        sa.UniqueConstraint("ref", name=op.f("uq_bank_line_ref")),
    )
    op.create_index(op.f("ix_bank_line_contribution_id"), "bank_line", ["contribution_id"])
    op.create_index("ix_bank_line_statement_id", "bank_line", ["statement_id"])

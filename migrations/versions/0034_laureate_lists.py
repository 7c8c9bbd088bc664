"""Lists of laureates: keys for programs, and lists that other organisers ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0034_laureate_lists"
down_revision = "0033_gala_evening"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_list_request_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_list_request_program_id_program")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_list_request_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_request")),
        sa.UniqueConstraint("ref", name=op.f("uq_list_request_ref")),
        sa.UniqueConstraint("user_id", "program_id", "year", "time", name=op.f("uq_list_request_user_id_program_id_year_time")),
    )
    op.create_index(op.f("ix_list_request_program_id_asked_at"), "list_request", ["program_id", "asked_at"])
    op.create_table(
        "list_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["list_request.id"], name=op.f("fk_list_answer_request_id_list_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_answer")),
        sa.UniqueConstraint("request_id", name=op.f("uq_list_answer_request_id")),
    )
    op.create_table(
        "list_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("beginning", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sees_embargoed", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_list_token_gala_id_gala")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_list_token_digest")),
        sa.UniqueConstraint("ref", name=op.f("uq_list_token_ref")),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name=op.f("ck_list_token_revoked")),
    )
    op.create_index(op.f("ix_list_token_gala_id"), "list_token", ["gala_id"])

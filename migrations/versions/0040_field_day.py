"""A day in the field: two accounts of one meeting, and who stood by an employer that signed at its counter."""

import sqlalchemy as sa
from alembic import op

revision = "0040_field_day"
down_revision = "0039_calendar"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counter_sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("signatory_id", sa.Integer(), nullable=True),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(proved_at IS NULL) = (employer_id IS NULL) AND (proved_at IS NULL) = (signatory_id IS NULL)",
            name=op.f("ck_counter_sitting_proved"),
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["registration_draft.id"], name=op.f("fk_counter_sitting_draft_id_registration_draft"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_counter_sitting_employer_id_employer")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_counter_sitting_program_id_program")),
        sa.ForeignKeyConstraint(["signatory_id"], ["user.id"], name=op.f("fk_counter_sitting_signatory_id_user")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_counter_sitting_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_sitting")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_counter_sitting_draft_id")),
        sa.UniqueConstraint("employer_id", name=op.f("uq_counter_sitting_employer_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_counter_sitting_ref")),
    )
    op.create_index(op.f("ix_counter_sitting_program_id"), "counter_sitting", ["program_id"])
    op.create_index("ix_counter_sitting_user_id_opened_at", "counter_sitting", ["user_id", "opened_at"])
    op.create_table(
        "report_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("client_key", sa.String(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("photo_digest", sa.String(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=True),
        sa.Column("replaced", sa.JSON(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (kept IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)", name=op.f("ck_report_conflict_settled")
        ),
        sa.ForeignKeyConstraint(["photo_digest"], ["sent_file.digest"], name=op.f("fk_report_conflict_photo_digest_sent_file")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_report_conflict_user_id_user")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_report_conflict_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_conflict")),
        sa.UniqueConstraint("client_key", name=op.f("uq_report_conflict_client_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_report_conflict_ref")),
    )
    op.create_index("ix_report_conflict_settled_at", "report_conflict", ["settled_at"])
    op.create_index(op.f("ix_report_conflict_user_id"), "report_conflict", ["user_id"])
    op.create_index(op.f("ix_report_conflict_visit_id"), "report_conflict", ["visit_id"])
    with op.batch_alter_table("visit_report") as report:
        report.create_foreign_key(op.f("fk_visit_report_photo_digest_sent_file"), "sent_file", ["photo_digest"], ["digest"])

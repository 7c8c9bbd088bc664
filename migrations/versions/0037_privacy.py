"""What people ask about what is known of them, and what was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0037_privacy"
down_revision = "0036_kept_filters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("holding", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("ref", name=op.f("uq_erasure_ref")),
    )
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name=op.f("ck_privacy_request_answered")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_privacy_request_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
        sa.UniqueConstraint("ref", name=op.f("uq_privacy_request_ref")),
        sa.UniqueConstraint("user_id", "time", name=op.f("uq_privacy_request_user_id_time")),
    )
    op.create_index(op.f("ix_privacy_request_asked_at"), "privacy_request", ["asked_at"])

"""A person is asked to look again at what was decided without one."""

import sqlalchemy as sa
from alembic import op

revision = "0047_human_reviews"
down_revision = "0046_library"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "human_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answerer", sa.String(), nullable=True),
        sa.CheckConstraint("outcome IN ('kept', 'changed')", name=op.f("ck_human_review_outcome")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (outcome IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL)"
            " AND (answered_at IS NULL) = (answerer IS NULL) AND (answered_at IS NULL) = (answer IS NULL)",
            name=op.f("ck_human_review_answered"),
        ),
        sa.ForeignKeyConstraint(["certification_id"], ["certification.id"], name=op.f("fk_human_review_certification_id_certification")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_human_review")),
        sa.UniqueConstraint("ref", name=op.f("uq_human_review_ref")),
        sa.UniqueConstraint("certification_id", name=op.f("uq_human_review_certification_id")),
    )


def downgrade() -> None:
    op.drop_table("human_review")

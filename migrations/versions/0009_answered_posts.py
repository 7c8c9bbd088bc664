"""The forms that were sent and answered, so that a form sent twice does what it does once."""

import sqlalchemy as sa
from alembic import op

revision = "0009_answered_posts"
down_revision = "0008_certification"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answered_post",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("location", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_answered_post")),
    )
    op.create_index(op.f("ix_answered_post_answered_at"), "answered_post", ["answered_at"])


def downgrade() -> None:
    op.drop_table("answered_post")

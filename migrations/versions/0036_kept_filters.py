"""Filters that are kept, by one person or by a team."""

import sqlalchemy as sa
from alembic import op

revision = "0036_kept_filters"
down_revision = "0035_outreach"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_kept_filter_program_id_program")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_kept_filter_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_filter")),
        sa.UniqueConstraint("ref", name=op.f("uq_kept_filter_ref")),
        sa.UniqueConstraint("user_id", "endpoint", "name", name=op.f("uq_kept_filter_user_id_endpoint_name")),
    )
    op.create_index("ix_kept_filter_program_id_endpoint", "kept_filter", ["program_id", "endpoint"])

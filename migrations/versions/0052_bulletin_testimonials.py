"""A bulletin may quote a testimonial of the library."""

import sqlalchemy as sa
from alembic import op

revision = "0052_bulletin_testimonials"
down_revision = "0051_incidents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("bulletin_block") as block:
        block.add_column(sa.Column("testimonial_id", sa.Integer(), nullable=True))
        block.create_foreign_key("fk_bulletin_block_testimonial_id_testimonial", "testimonial", ["testimonial_id"], ["id"])
        block.create_check_constraint(op.f("ck_bulletin_block_testimonial"), "(kind = 'testimonial') = (testimonial_id IS NOT NULL)")
    op.create_index(op.f("ix_bulletin_block_testimonial_id"), "bulletin_block", ["testimonial_id"])

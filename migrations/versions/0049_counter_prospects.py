"""Which prospect an employer was before it registered at its counter."""

import sqlalchemy as sa
from alembic import op

revision = "0049_counter_prospects"
down_revision = "0048_team_coordinates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("counter_sitting") as table:
        table.add_column(sa.Column("prospect_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_counter_sitting_prospect_id_prospect"), "prospect", ["prospect_id"], ["id"])
        table.create_index(op.f("ix_counter_sitting_prospect_id"), ["prospect_id"])

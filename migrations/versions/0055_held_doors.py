"""Ways in whose answers are held: staff think that others than those who were handed the code have answered."""

import sqlalchemy as sa
from alembic import op

revision = "0055_held_doors"
down_revision = "0054_counted_as"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("survey_door") as door:
        door.add_column(sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
        door.add_column(sa.Column("held_by", sa.String(), nullable=True))

"""In which way the answers of a survey were counted: those of places of work apart and by grade, or as before."""

import sqlalchemy as sa
from alembic import op

revision = "0054_counted_as"
down_revision = "0053_told_and_weighed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("survey") as survey:
        survey.add_column(sa.Column("counted_as", sa.Integer(), server_default="1", nullable=False))

"""The telephone and the website of the team of a program."""

import sqlalchemy as sa
from alembic import op

revision = "0048_team_coordinates"
down_revision = "0047_human_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("program", sa.Column("phone", sa.String(), nullable=True))
    op.add_column("program", sa.Column("website", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("program", "website")
    op.drop_column("program", "phone")

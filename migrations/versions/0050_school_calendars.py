"""Where the calendar of a school body is written, and how sure it is; nothing is known of those entered before."""

import sqlalchemy as sa
from alembic import op

revision = "0050_school_calendars"
down_revision = "0049_counter_prospects"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("school_calendar", sa.Column("source", sa.String(), nullable=True))
    op.add_column("school_calendar", sa.Column("confidence", sa.String(), nullable=True))

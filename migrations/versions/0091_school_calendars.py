"""Where the calendar of a school body is written, and how sure it is."""

import sqlalchemy as sa
from alembic import op

revision = "0091_school_calendars"
down_revision = "0090_counter_prospects"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("school_calendar") as calendar:
        calendar.add_column(sa.Column("source", sa.String(), nullable=False, server_default=""))
        calendar.add_column(sa.Column("confidence", sa.String(), nullable=False, server_default="U"))
    with op.batch_alter_table("school_calendar") as calendar:
        calendar.alter_column("source", server_default=None)
        calendar.alter_column("confidence", server_default=None)

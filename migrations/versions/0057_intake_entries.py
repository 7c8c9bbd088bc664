"""What lines of files of other rooms brought."""

import sqlalchemy as sa
from alembic import op

revision = "0057_intake_entries"
down_revision = "0056_webhooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intake_id", sa.Integer(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("entered", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_intake_entry_intake_id_intake")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_entry")),
        sa.UniqueConstraint("entered", name=op.f("uq_intake_entry_entered")),
        sa.UniqueConstraint("intake_id", "line_number", name=op.f("uq_intake_entry_intake_id_line_number")),
    )

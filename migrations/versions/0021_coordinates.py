"""Where the body that carries a program is written to: its postal address, and the address of its team."""

import sqlalchemy as sa
from alembic import op

revision = "0021_coordinates"
down_revision = "0014_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("program") as program:
        program.add_column(sa.Column("postal_address", sa.String(), nullable=True))
        program.add_column(sa.Column("email", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("program") as program:
        program.drop_column("email")
        program.drop_column("postal_address")

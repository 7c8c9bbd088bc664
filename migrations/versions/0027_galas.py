"""Galas: an evening, the contests whose laureates it honours, and when the result is told."""

import sqlalchemy as sa
from alembic import op

revision = "0027_galas"
down_revision = "0026_selections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gala",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_gala_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gala")),
        sa.UniqueConstraint("ref", name=op.f("uq_gala_ref")),
    )
    op.create_index(op.f("ix_gala_program_id_held_on"), "gala", ["program_id", "held_on"])
    op.create_table(
        "embargo_lift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_embargo_lift_gala_id_gala")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_embargo_lift")),
        sa.UniqueConstraint("gala_id", name=op.f("uq_embargo_lift_gala_id")),
    )
    op.create_table(
        "gala_campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_gala_campaign_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_gala_campaign_gala_id_gala")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gala_campaign")),
        sa.UniqueConstraint("gala_id", "campaign_id", name=op.f("uq_gala_campaign_gala_id_campaign_id")),
    )
    op.create_index(op.f("ix_gala_campaign_campaign_id"), "gala_campaign", ["campaign_id"])

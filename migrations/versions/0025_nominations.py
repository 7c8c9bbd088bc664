"""Nominations: a boss as a contest knows it, what each student says of it, and what readers decide."""

import sqlalchemy as sa
from alembic import op

revision = "0025_nominations"
down_revision = "0024_campaigns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "boss",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_boss_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["establishment_id"], ["establishment.id"], name=op.f("fk_boss_establishment_id_establishment")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_boss_mrc_id_mrc")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boss")),
        sa.UniqueConstraint("campaign_id", "establishment_id", name=op.f("uq_boss_campaign_id_establishment_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_boss_ref")),
    )
    op.create_index(op.f("ix_boss_establishment_id"), "boss", ["establishment_id"])
    op.create_index(op.f("ix_boss_mrc_id"), "boss", ["mrc_id"])
    op.create_index(op.f("uq_boss_described"), "boss", ["campaign_id", "name_key", "mrc_id"], unique=True, sqlite_where=sa.text("establishment_id IS NULL"), postgresql_where=sa.text("establishment_id IS NULL"))
    op.create_table(
        "boss_tally",
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_boss_tally_boss_id_boss")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_boss_tally_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_boss_tally_mrc_id_mrc")),
        sa.PrimaryKeyConstraint("boss_id", name=op.f("pk_boss_tally")),
    )
    op.create_index(op.f("ix_boss_tally_ranked"), "boss_tally", ["campaign_id", "mrc_id", "count"])
    op.create_index(op.f("ix_boss_tally_whole"), "boss_tally", ["campaign_id", "count"])
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("named_id", sa.Integer(), nullable=False),
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("nominator_key", sa.String(), nullable=False),
        sa.Column("receipt_digest", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("school_body_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("is_intern", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("nominated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nominated_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_nomination_boss_id_boss")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_nomination_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["named_id"], ["boss.id"], name=op.f("fk_nomination_named_id_boss")),
        sa.ForeignKeyConstraint(["school_body_id"], ["partner.id"], name=op.f("fk_nomination_school_body_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("boss_id", "nominator_key", name=op.f("uq_nomination_boss_id_nominator_key")),
        sa.UniqueConstraint("named_id", "nominator_key", name=op.f("uq_nomination_named_id_nominator_key")),
        sa.UniqueConstraint("receipt_digest", name=op.f("uq_nomination_receipt_digest")),
        sa.UniqueConstraint("ref", name=op.f("uq_nomination_ref")),
        sa.CheckConstraint("way IN ('email', 'pass', 'paper')", name=op.f("ck_nomination_way")),
    )
    op.create_index(op.f("ix_nomination_campaign_id_nominated_at"), "nomination", ["campaign_id", "nominated_at"])
    op.create_table(
        "nomination_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_reading_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_reading")),
        sa.UniqueConstraint("nomination_id", "number", name=op.f("uq_nomination_reading_nomination_id_number")),
        sa.CheckConstraint("outcome IN ('approved', 'set_aside')", name=op.f("ck_nomination_reading_outcome")),
    )
    op.create_table(
        "nomination_trace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("network_digest", sa.String(), nullable=False),
        sa.Column("words_digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_nomination_trace_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_trace_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_trace")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_nomination_trace_nomination_id")),
    )
    op.create_index(op.f("ix_nomination_trace_network"), "nomination_trace", ["campaign_id", "network_digest"])
    op.create_table(
        "nomination_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_withdrawal_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_withdrawal")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_nomination_withdrawal_nomination_id")),
    )
    op.create_table(
        "nominator_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_nominator_contact_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominator_contact")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_nominator_contact_nomination_id")),
    )

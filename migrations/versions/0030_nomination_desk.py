"""The desk of nominations: strikes, merges, likenesses, signs, checks, leads and thanks."""

import sqlalchemy as sa
from alembic import op

revision = "0030_nomination_desk"
down_revision = "0029_nominating"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_watch",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("watched_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_sign_watch_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_sign_watch")),
    )
    op.create_table(
        "boss_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["boss.id"], name=op.f("fk_boss_apart_one_id_boss")),
        sa.ForeignKeyConstraint(["other_id"], ["boss.id"], name=op.f("fk_boss_apart_other_id_boss")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boss_apart")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_boss_apart_one_id_other_id")),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_boss_apart_order")),
    )
    op.create_index(op.f("ix_boss_apart_other_id"), "boss_apart", ["other_id"])
    op.create_table(
        "boss_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("is_fit", sa.Boolean(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("checker", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_boss_check_boss_id_boss")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boss_check")),
        sa.UniqueConstraint("boss_id", "checked_by", name=op.f("uq_boss_check_boss_id_checked_by")),
        sa.CheckConstraint("way IN ('desk', 'phone', 'visit')", name=op.f("ck_boss_check_way")),
    )
    op.create_table(
        "boss_key",
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_boss_key_boss_id_boss")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_boss_key_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("boss_id", "key", name=op.f("pk_boss_key")),
    )
    op.create_index(op.f("ix_boss_key_shared"), "boss_key", ["campaign_id", "key"])
    op.create_table(
        "boss_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["boss.id"], name=op.f("fk_boss_merge_kept_id_boss")),
        sa.ForeignKeyConstraint(["merged_id"], ["boss.id"], name=op.f("fk_boss_merge_merged_id_boss")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boss_merge")),
        sa.UniqueConstraint("merged_id", "number", name=op.f("uq_boss_merge_merged_id_number")),
        sa.CheckConstraint("merged_id <> kept_id", name=op.f("ck_boss_merge_two")),
    )
    op.create_index(op.f("ix_boss_merge_kept_id"), "boss_merge", ["kept_id"])
    op.create_table(
        "boss_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_fit", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ruled_by", sa.String(), nullable=False),
        sa.Column("ruler", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_boss_ruling_boss_id_boss")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boss_ruling")),
        sa.UniqueConstraint("boss_id", "number", name=op.f("uq_boss_ruling_boss_id_number")),
    )
    op.create_table(
        "boss_sign",
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_boss_sign_boss_id_boss")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_boss_sign_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("boss_id", "kind", name=op.f("pk_boss_sign")),
    )
    op.create_index(op.f("ix_boss_sign_ranked"), "boss_sign", ["campaign_id", "count", "boss_id"])
    op.create_table(
        "boss_thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thanked_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_boss_thanks_boss_id_boss")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_boss_thanks_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boss_thanks")),
        sa.UniqueConstraint("boss_id", "kind", name=op.f("uq_boss_thanks_boss_id_kind")),
        sa.CheckConstraint("carrier IN ('letter', 'card')", name=op.f("ck_boss_thanks_carrier")),
        sa.CheckConstraint("kind IN ('named', 'results')", name=op.f("ck_boss_thanks_kind")),
    )
    op.create_index(op.f("ix_boss_thanks_campaign_id_id"), "boss_thanks", ["campaign_id", "id"])
    op.create_table(
        "boss_twin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_boss_twin_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["one_id"], ["boss.id"], name=op.f("fk_boss_twin_one_id_boss")),
        sa.ForeignKeyConstraint(["other_id"], ["boss.id"], name=op.f("fk_boss_twin_other_id_boss")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boss_twin")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_boss_twin_one_id_other_id")),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_boss_twin_order")),
    )
    op.create_index(op.f("ix_boss_twin_likely"), "boss_twin", ["campaign_id", "score", "id"])
    op.create_index(op.f("ix_boss_twin_other_id"), "boss_twin", ["other_id"])
    op.create_table(
        "boss_lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("led_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("led_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_boss_lead_boss_id_boss")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_boss_lead_nomination_id_nomination")),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_boss_lead_prospect_id_prospect")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boss_lead")),
        sa.UniqueConstraint("boss_id", name=op.f("uq_boss_lead_boss_id")),
    )
    op.create_index(op.f("ix_boss_lead_nomination_id"), "boss_lead", ["nomination_id"])
    op.create_index(op.f("ix_boss_lead_prospect_id"), "boss_lead", ["prospect_id"])
    op.create_table(
        "boss_merge_undoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["merge_id"], ["boss_merge.id"], name=op.f("fk_boss_merge_undoing_merge_id_boss_merge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boss_merge_undoing")),
        sa.UniqueConstraint("merge_id", name=op.f("uq_boss_merge_undoing_merge_id")),
    )
    op.create_table(
        "nomination_strike",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_strike_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_strike")),
        sa.CheckConstraint("count > 0", name=op.f("ck_nomination_strike_count")),
        sa.CheckConstraint("kind IN ('name', 'insult', 'marks', 'health', 'other')", name=op.f("ck_nomination_strike_kind")),
    )
    op.create_index(op.f("ix_nomination_strike_nomination_id"), "nomination_strike", ["nomination_id"])
    op.create_table(
        "thanks_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thanks_id", sa.Integer(), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_over_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["thanks_id"], ["boss_thanks.id"], name=op.f("fk_thanks_handover_thanks_id_boss_thanks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks_handover")),
        sa.UniqueConstraint("thanks_id", name=op.f("uq_thanks_handover_thanks_id")),
    )
    op.add_column("nomination", sa.Column("outcome", sa.String(), nullable=True))
    op.execute(
        "UPDATE nomination SET outcome = (SELECT r.outcome FROM nomination_reading AS r WHERE r.nomination_id = nomination.id"
        " ORDER BY r.number DESC LIMIT 1)"
    )
    op.create_index(op.f("ix_nomination_piled"), "nomination", ["campaign_id", "outcome", "nominated_at", "ref"])
    op.drop_index("ix_boss_tally_ranked", table_name="boss_tally")
    op.drop_index("ix_boss_tally_whole", table_name="boss_tally")
    op.create_index(op.f("ix_boss_tally_ranked"), "boss_tally", ["campaign_id", "mrc_id", "count", "boss_id"])
    op.create_index(op.f("ix_boss_tally_whole"), "boss_tally", ["campaign_id", "count", "boss_id"])
    spoken_of = sa.text("intake_id IS NULL AND postal_code IS NULL")
    op.create_index(
        op.f("uq_prospect_spoken_of"), "prospect", ["program_id", "name_key", "mrc_id"], unique=True, sqlite_where=spoken_of,
        postgresql_where=spoken_of,
    )  # fmt: skip

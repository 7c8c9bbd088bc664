"""Selections: how each phase was closed and whom it kept; laureates; when they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0026_selections"
down_revision = "0025_nominations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phase_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_phase_closing_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_closing")),
        sa.UniqueConstraint("campaign_id", "phase", name=op.f("uq_phase_closing_campaign_id_phase")),
        sa.UniqueConstraint("ref", name=op.f("uq_phase_closing_ref")),
    )
    op.create_table(
        "result_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_result_release_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_release")),
        sa.UniqueConstraint("campaign_id", name=op.f("uq_result_release_campaign_id")),
    )
    op.create_table(
        "laureate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("cell", sa.String(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("employer_name", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("boss_name", sa.String(), nullable=False),
        sa.Column("boss_said", sa.String(), nullable=False),
        sa.Column("student_name", sa.String(), nullable=False),
        sa.Column("student_said", sa.String(), nullable=False),
        sa.Column("citation", sa.String(), nullable=False),
        sa.Column("photo_digest", sa.String(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_laureate_boss_id_boss")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_laureate_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_laureate_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_laureate_nomination_id_nomination")),
        sa.ForeignKeyConstraint(["photo_digest"], ["sent_file.digest"], name=op.f("fk_laureate_photo_digest_sent_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laureate")),
        sa.UniqueConstraint("ref", name=op.f("uq_laureate_ref")),
    )
    op.create_index(op.f("ix_laureate_listed"), "laureate", ["campaign_id", "category", "position", "id"])
    op.create_index(op.f("uq_laureate_boss_alone"), "laureate", ["campaign_id", "boss_id"], unique=True, sqlite_where=sa.text("nomination_id IS NULL"), postgresql_where=sa.text("nomination_id IS NULL"))
    op.create_index(op.f("uq_laureate_standing"), "laureate", ["campaign_id", "boss_id", "nomination_id"], unique=True, sqlite_where=sa.text("nomination_id IS NOT NULL"), postgresql_where=sa.text("nomination_id IS NOT NULL"))
    op.create_table(
        "pick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("closing_id", sa.Integer(), nullable=False),
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("cell", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_pick_boss_id_boss")),
        sa.ForeignKeyConstraint(["closing_id"], ["phase_closing.id"], name=op.f("fk_pick_closing_id_phase_closing")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_pick_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick")),
        sa.CheckConstraint("rank > 0", name=op.f("ck_pick_rank")),
    )
    op.create_index(op.f("ix_pick_boss_id"), "pick", ["boss_id"])
    op.create_index(op.f("ix_pick_nomination_id"), "pick", ["nomination_id"])
    op.create_index(op.f("ix_pick_ranked"), "pick", ["closing_id", "cell", "rank"])
    op.create_index(op.f("uq_pick_boss"), "pick", ["closing_id", "boss_id"], unique=True, sqlite_where=sa.text("nomination_id IS NULL"), postgresql_where=sa.text("nomination_id IS NULL"))
    op.create_index(op.f("uq_pick_duo"), "pick", ["closing_id", "nomination_id"], unique=True, sqlite_where=sa.text("nomination_id IS NOT NULL"), postgresql_where=sa.text("nomination_id IS NOT NULL"))
    op.create_table(
        "laureate_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("laureate_id", sa.Integer(), nullable=False),
        sa.Column("replacement_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["laureate_id"], ["laureate.id"], name=op.f("fk_laureate_withdrawal_laureate_id_laureate")),
        sa.ForeignKeyConstraint(["replacement_id"], ["laureate.id"], name=op.f("fk_laureate_withdrawal_replacement_id_laureate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laureate_withdrawal")),
        sa.UniqueConstraint("laureate_id", name=op.f("uq_laureate_withdrawal_laureate_id")),
        sa.UniqueConstraint("replacement_id", name=op.f("uq_laureate_withdrawal_replacement_id")),
    )

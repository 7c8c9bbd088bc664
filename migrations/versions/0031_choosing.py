"""What choosing laureates needs: seeds, verdicts, votes, and who was asked to be named."""

import sqlalchemy as sa
from alembic import op

revision = "0031_choosing"
down_revision = "0030_nomination_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draw_seed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("seed_digest", sa.String(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_draw_seed_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_seed")),
        sa.UniqueConstraint("campaign_id", "phase", name=op.f("uq_draw_seed_campaign_id_phase")),
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("voter_key", sa.String(), nullable=True),
        sa.Column("receipt_digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_vote_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("campaign_id", "phase", "number", name=op.f("uq_vote_campaign_id_phase_number")),
        sa.UniqueConstraint("campaign_id", "phase", "voter_key", name=op.f("uq_vote_campaign_id_phase_voter_key")),
        sa.UniqueConstraint("receipt_digest", name=op.f("uq_vote_receipt_digest")),
    )
    op.create_table(
        "vote_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("voter_key", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_vote_proof_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_proof")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_vote_proof_token_digest")),
    )
    op.create_index(op.f("ix_vote_proof_sent_at"), "vote_proof", ["sent_at"])
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_verdict_boss_id_boss")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_verdict_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_verdict_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint("campaign_id", "phase", "entry", "number", name=op.f("uq_verdict_campaign_id_phase_entry_number")),
        sa.CheckConstraint("number > 0", name=op.f("ck_verdict_number")),
        sa.CheckConstraint("place > 0", name=op.f("ck_verdict_place")),
    )
    op.create_table(
        "laureate_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("laureate_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["laureate_id"], ["laureate.id"], name=op.f("fk_laureate_invitation_laureate_id_laureate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laureate_invitation")),
        sa.UniqueConstraint("ref", name=op.f("uq_laureate_invitation_ref")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_laureate_invitation_token_digest")),
        sa.CheckConstraint("side IN ('student', 'employer')", name=op.f("ck_laureate_invitation_side")),
    )
    op.create_index(op.f("ix_laureate_invitation_laureate_id"), "laureate_invitation", ["laureate_id"])

"""What waits for a code, how many bosses a student has named, corrections, and school passes that serve once."""

import sqlalchemy as sa
from alembic import op

revision = "0029_nominating"
down_revision = "0028_campaigns_more"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nomination_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("content_digest", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("is_for_parent", sa.Boolean(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("network_digest", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_nomination_draft_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_draft")),
        sa.UniqueConstraint("content_digest", name=op.f("uq_nomination_draft_content_digest")),
        sa.UniqueConstraint("ref", name=op.f("uq_nomination_draft_ref")),
    )
    op.create_index(op.f("ix_nomination_draft_code_digest"), "nomination_draft", ["code_digest"])
    op.create_index(op.f("ix_nomination_draft_kept_at"), "nomination_draft", ["kept_at"])
    op.create_table(
        "nominator_tally",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("nominator_key", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_nominator_tally_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("campaign_id", "nominator_key", name=op.f("pk_nominator_tally")),
    )
    op.create_table(
        "pass_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("school_body_id", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_pass_lot_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["school_body_id"], ["partner.id"], name=op.f("fk_pass_lot_school_body_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_lot")),
        sa.UniqueConstraint("ref", name=op.f("uq_pass_lot_ref")),
    )
    op.create_index(op.f("ix_pass_lot_campaign_id_made_at"), "pass_lot", ["campaign_id", "made_at"])
    op.create_table(
        "nomination_pass",
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["pass_lot.id"], name=op.f("fk_nomination_pass_lot_id_pass_lot")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_nomination_pass")),
    )
    op.create_index(op.f("ix_nomination_pass_lot_id"), "nomination_pass", ["lot_id"])
    op.create_table(
        "named_person",
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_named_person_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("nomination_id", name=op.f("pk_named_person")),
    )
    op.create_table(
        "nomination_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_correction_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_correction")),
        sa.UniqueConstraint("nomination_id", "number", name=op.f("uq_nomination_correction_nomination_id_number")),
    )

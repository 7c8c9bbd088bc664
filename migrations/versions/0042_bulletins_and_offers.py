"""Bulletins, their blocks and subscribers; job offers, how they end and what is reported of them."""

import sqlalchemy as sa
from alembic import op

revision = "0042_bulletins_and_offers"
down_revision = "0041_agreements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulletin_subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("address_digest", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_why", sa.String(), nullable=True),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_bulletin_subscriber_language")),
        sa.CheckConstraint("(stopped_at IS NULL) = (stopped_why IS NULL)", name=op.f("ck_bulletin_subscriber_stopped")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_bulletin_subscriber_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_subscriber")),
        sa.UniqueConstraint("program_id", "address_digest", name=op.f("uq_bulletin_subscriber_program_id_address_digest")),
        sa.UniqueConstraint("ref", name=op.f("uq_bulletin_subscriber_ref")),
    )
    op.create_index("ix_bulletin_subscriber_address_digest", "bulletin_subscriber", ["address_digest"])
    op.create_index("ix_bulletin_subscriber_asked_at", "bulletin_subscriber", ["asked_at"])
    op.create_table(
        "offer_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_offer_reading_ended")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_offer_reading_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_reading")),
    )
    op.create_index(op.f("ix_offer_reading_program_id"), "offer_reading", ["program_id"])
    op.create_table(
        "bulletin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=True),
        sa.Column("title_fr", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("lead_fr", sa.String(), nullable=False),
        sa.Column("lead_en", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=False),
        sa.Column("drafter", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["mailing_id"], ["mailing.id"], name=op.f("fk_bulletin_mailing_id_mailing")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_bulletin_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
        sa.UniqueConstraint("mailing_id", name=op.f("uq_bulletin_mailing_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_bulletin_ref")),
    )
    op.create_index("ix_bulletin_program_id_drafted_at", "bulletin", ["program_id", "drafted_at"])
    op.create_table(
        "job_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("title_fr", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("tasks_fr", sa.String(), nullable=False),
        sa.Column("tasks_en", sa.String(), nullable=False),
        sa.Column("student_group", sa.String(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("week_hours", sa.Integer(), nullable=False),
        sa.Column("monday_friday_hours", sa.Integer(), nullable=False),
        sa.Column("monday_thursday_hours", sa.Integer(), nullable=True),
        sa.Column("latest_finish", sa.Time(), nullable=False),
        sa.Column("least_age", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("apply_email", sa.String(), nullable=False),
        sa.Column("apply_phone", sa.String(), nullable=False),
        sa.Column("apply_url", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_by", sa.String(), nullable=True),
        sa.CheckConstraint("least_age >= 14", name=op.f("ck_job_offer_age")),
        sa.CheckConstraint(
            "week_hours > 0 AND monday_friday_hours >= 0 AND monday_friday_hours <= week_hours", name=op.f("ck_job_offer_hours")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_job_offer_employer_id_employer")),
        sa.ForeignKeyConstraint(["establishment_id"], ["establishment.id"], name=op.f("fk_job_offer_establishment_id_establishment")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_job_offer_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_job_offer_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_offer")),
        sa.UniqueConstraint("ref", name=op.f("uq_job_offer_ref")),
    )
    op.create_index("ix_job_offer_employer_id_posted_at", "job_offer", ["employer_id", "posted_at"])
    op.create_index(op.f("ix_job_offer_establishment_id"), "job_offer", ["establishment_id"])
    op.create_index("ix_job_offer_mrc_published", "job_offer", ["mrc_id", "published_at", "ref"])
    op.create_index("ix_job_offer_mrc_sector_published", "job_offer", ["mrc_id", "sector", "published_at", "ref"])
    op.create_index("ix_job_offer_program_id_posted_at", "job_offer", ["program_id", "posted_at"])
    op.create_index("ix_job_offer_published", "job_offer", ["published_at", "ref"])
    op.create_index("ix_job_offer_sector_published", "job_offer", ["sector", "published_at", "ref"])
    op.create_index("ix_job_offer_until_on", "job_offer", ["until_on"])
    op.create_table(
        "bulletin_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title_fr", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("body_fr", sa.String(), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
        sa.Column("tool_id", sa.Integer(), nullable=True),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("(kind = 'date') = (held_on IS NOT NULL)", name=op.f("ck_bulletin_block_date")),
        sa.CheckConstraint("(kind = 'laureates') = (campaign_id IS NOT NULL)", name=op.f("ck_bulletin_block_laureates")),
        sa.CheckConstraint("(kind = 'story') = (employer_id IS NOT NULL)", name=op.f("ck_bulletin_block_story")),
        sa.CheckConstraint("(kind = 'tool') = (tool_id IS NOT NULL)", name=op.f("ck_bulletin_block_tool")),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"], name=op.f("fk_bulletin_block_bulletin_id_bulletin")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_bulletin_block_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_bulletin_block_employer_id_employer")),
        sa.ForeignKeyConstraint(["tool_id"], ["tool.id"], name=op.f("fk_bulletin_block_tool_id_tool")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_block")),
        sa.UniqueConstraint("ref", name=op.f("uq_bulletin_block_ref")),
    )
    op.create_index("ix_bulletin_block_bulletin_id_position", "bulletin_block", ["bulletin_id", "position"])
    op.create_index(op.f("ix_bulletin_block_campaign_id"), "bulletin_block", ["campaign_id"])
    op.create_index(op.f("ix_bulletin_block_employer_id"), "bulletin_block", ["employer_id"])
    op.create_index(op.f("ix_bulletin_block_tool_id"), "bulletin_block", ["tool_id"])
    op.create_table(
        "bulletin_publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_why", sa.String(), nullable=True),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_bulletin_publication_withdrawn")),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"], name=op.f("fk_bulletin_publication_bulletin_id_bulletin")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_bulletin_publication_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_publication")),
        sa.UniqueConstraint("bulletin_id", name=op.f("uq_bulletin_publication_bulletin_id")),
    )
    op.create_index("ix_bulletin_publication_program_id_published_at", "bulletin_publication", ["program_id", "published_at"])
    op.create_index("ix_bulletin_publication_published_at", "bulletin_publication", ["published_at"])
    op.create_table(
        "offer_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["job_offer.id"], name=op.f("fk_offer_end_offer_id_job_offer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_end")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_offer_end_offer_id")),
    )
    op.create_table(
        "offer_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["job_offer.id"], name=op.f("fk_offer_reminder_offer_id_job_offer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_reminder")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_offer_reminder_offer_id")),
    )
    op.create_table(
        "offer_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name=op.f("ck_offer_report_settled")),
        sa.ForeignKeyConstraint(["offer_id"], ["job_offer.id"], name=op.f("fk_offer_report_offer_id_job_offer")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_offer_report_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_report")),
        sa.UniqueConstraint("ref", name=op.f("uq_offer_report_ref")),
    )
    op.create_index(op.f("ix_offer_report_offer_id"), "offer_report", ["offer_id"])
    op.create_index("ix_offer_report_program_id_reported_at", "offer_report", ["program_id", "reported_at"])

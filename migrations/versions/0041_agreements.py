"""Agreements between employers, students and schools: parties, links, signatures, seals, ends, evaluations; exam periods and their calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0041_agreements"
down_revision = "0040_field_day"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exam_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.CheckConstraint("confidence IN ('A', 'B', 'C', 'U')", name=op.f("ck_exam_period_confidence")),
        sa.CheckConstraint("kind IN ('ministry', 'end_of_term', 'retakes')", name=op.f("ck_exam_period_kind")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_exam_period_order")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_exam_period_partner_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_period")),
        sa.UniqueConstraint("partner_id", "kind", "first_day", name=op.f("uq_exam_period_partner_id_kind_first_day")),
        sa.UniqueConstraint("ref", name=op.f("uq_exam_period_ref")),
    )
    op.create_index("ix_exam_period_last_day", "exam_period", ["last_day"])
    op.create_table(
        "exam_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["establishment_id"], ["establishment.id"], name=op.f("fk_exam_feed_establishment_id_establishment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_feed")),
        sa.UniqueConstraint("code", name=op.f("uq_exam_feed_code")),
        sa.UniqueConstraint("establishment_id", "number", name=op.f("uq_exam_feed_establishment_id_number")),
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("french_digest", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("exception", sa.String(), nullable=False),
        sa.Column("study_group", sa.String(), nullable=False),
        sa.Column("school_body_id", sa.Integer(), nullable=True),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("week_hours", sa.Integer(), nullable=True),
        sa.Column("total_hours", sa.Integer(), nullable=True),
        sa.Column("shifts", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('student', 'school', 'internship')", name=op.f("ck_agreement_kind")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_agreement_order")),
        sa.CheckConstraint("total_hours > 0", name=op.f("ck_agreement_total_hours")),
        sa.CheckConstraint("week_hours > 0", name=op.f("ck_agreement_week_hours")),
        sa.ForeignKeyConstraint(["certification_id"], ["certification.id"], name=op.f("fk_agreement_certification_id_certification")),
        sa.ForeignKeyConstraint(["establishment_id"], ["establishment.id"], name=op.f("fk_agreement_establishment_id_establishment")),
        sa.ForeignKeyConstraint(["school_body_id"], ["partner.id"], name=op.f("fk_agreement_school_body_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("ref", name=op.f("uq_agreement_ref")),
    )
    op.create_index("ix_agreement_certification_id_opened_at", "agreement", ["certification_id", "opened_at", "ref"])
    op.create_index(op.f("ix_agreement_establishment_id"), "agreement", ["establishment_id"])
    op.create_index("ix_agreement_kind_opened_at", "agreement", ["kind", "opened_at", "ref"])
    op.create_index("ix_agreement_last_day", "agreement", ["last_day"])
    op.create_index(op.f("ix_agreement_school_body_id"), "agreement", ["school_body_id"])
    op.create_table(
        "agreement_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_end_agreement_id_agreement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_end")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_agreement_end_agreement_id")),
    )
    op.create_table(
        "agreement_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.CheckConstraint("side IN ('employer', 'student', 'parent', 'school')", name=op.f("ck_agreement_party_side")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id_agreement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
        sa.UniqueConstraint("agreement_id", "side", name=op.f("uq_agreement_party_agreement_id_side")),
        sa.UniqueConstraint("ref", name=op.f("uq_agreement_party_ref")),
    )
    op.create_table(
        "agreement_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("pdf_digest", sa.String(), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_seal_agreement_id_agreement")),
        sa.ForeignKeyConstraint(["pdf_digest"], ["sent_file.digest"], name=op.f("fk_agreement_seal_pdf_digest_sent_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_seal")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_agreement_seal_agreement_id")),
    )
    op.create_index(op.f("ix_agreement_seal_pdf_digest"), "agreement_seal", ["pdf_digest"])
    op.create_table(
        "internship_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.CheckConstraint("moment IN ('midterm', 'final')", name=op.f("ck_internship_evaluation_moment")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_internship_evaluation_agreement_id_agreement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internship_evaluation")),
        sa.UniqueConstraint("agreement_id", "moment", "side", name=op.f("uq_internship_evaluation_agreement_id_moment_side")),
    )
    op.create_table(
        "agreement_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["agreement_party.id"], name=op.f("fk_agreement_code_party_id_agreement_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_code")),
    )
    op.create_index(op.f("ix_agreement_code_party_id"), "agreement_code", ["party_id"])
    op.create_table(
        "agreement_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.CheckConstraint("purpose IN ('sign', 'midterm', 'final')", name=op.f("ck_agreement_link_purpose")),
        sa.ForeignKeyConstraint(["party_id"], ["agreement_party.id"], name=op.f("fk_agreement_link_party_id_agreement_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_link")),
        sa.UniqueConstraint("party_id", "purpose", "number", name=op.f("uq_agreement_link_party_id_purpose_number")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_agreement_link_token_digest")),
    )
    op.create_table(
        "agreement_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("french_digest", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("child_name", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["agreement_party.id"], name=op.f("fk_agreement_signature_party_id_agreement_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_signature")),
        sa.UniqueConstraint("party_id", name=op.f("uq_agreement_signature_party_id")),
    )

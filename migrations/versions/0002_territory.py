"""Regions, MRC, partners and the days from which they are linked; school calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0002_territory"
down_revision = "0001_kit"
branch_labels = None
depends_on = None

MARKS = "confidence IN ('A', 'B', 'C', 'U')"


def upgrade() -> None:
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.CheckConstraint(MARKS, name=op.f("ck_region_confidence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("code", name=op.f("uq_region_code")),
    )
    op.create_table(
        "mrc",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("isq_code", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.CheckConstraint(MARKS, name=op.f("ck_mrc_confidence")),
        sa.CheckConstraint("kind IN ('MRC', 'TE')", name=op.f("ck_mrc_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mrc")),
        sa.UniqueConstraint("isq_code", name=op.f("uq_mrc_isq_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_mrc_slug")),
    )
    op.create_table(
        "mrc_region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.CheckConstraint(MARKS, name=op.f("ck_mrc_region_confidence")),
        sa.CheckConstraint("until_on > from_on", name=op.f("ck_mrc_region_order")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_mrc_region_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_mrc_region_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mrc_region")),
    )
    op.create_index(op.f("ix_mrc_region_mrc_id"), "mrc_region", ["mrc_id"])
    op.create_index(op.f("ix_mrc_region_region_id"), "mrc_region", ["region_id"])
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("meq_code", sa.String(), nullable=True),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.CheckConstraint(MARKS, name=op.f("ck_partner_confidence")),
        sa.CheckConstraint("kind IN ('IRC', 'SCHOOL_BODY', 'CJE', 'CHAMBER')", name=op.f("ck_partner_kind")),
        sa.CheckConstraint("regime IN ('A-2.1', 'P-39.1')", name=op.f("ck_partner_regime")),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_partner_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_partner_kind_name")),
        sa.UniqueConstraint("meq_code", name=op.f("uq_partner_meq_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_partner_ref")),
    )
    op.create_table(
        "partner_territory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.CheckConstraint(MARKS, name=op.f("ck_partner_territory_confidence")),
        sa.CheckConstraint("(region_id IS NULL) <> (mrc_id IS NULL)", name=op.f("ck_partner_territory_one_place")),
        sa.CheckConstraint("until_on > from_on", name=op.f("ck_partner_territory_order")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_partner_territory_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_partner_territory_partner_id_partner")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_partner_territory_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_territory")),
    )
    op.create_index(op.f("ix_partner_territory_mrc_id"), "partner_territory", ["mrc_id"])
    op.create_index(op.f("ix_partner_territory_partner_id"), "partner_territory", ["partner_id"])
    op.create_index(op.f("ix_partner_territory_region_id"), "partner_territory", ["region_id"])
    op.create_table(
        "school_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("school_year", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("last_day > first_day", name=op.f("ck_school_calendar_order")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_school_calendar_partner_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_calendar")),
        sa.UniqueConstraint("partner_id", "school_year", name=op.f("uq_school_calendar_partner_id_school_year")),
    )
    op.create_table(
        "no_service_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_no_service_period_order")),
        sa.ForeignKeyConstraint(["calendar_id"], ["school_calendar.id"], name=op.f("fk_no_service_period_calendar_id_school_calendar")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_no_service_period")),
    )
    op.create_index(op.f("ix_no_service_period_calendar_id"), "no_service_period", ["calendar_id"])
    op.create_table(
        "reference_data",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reference_data")),
    )


def downgrade() -> None:
    for name in ("reference_data", "no_service_period", "school_calendar", "partner_territory", "partner", "mrc_region", "mrc", "region"):
        op.drop_table(name)

"""The public directory: listings, their words and counts, and how far the journal was read; public profiles; scans by day."""

import sqlalchemy as sa
from alembic import op

revision = "0012_directory"
down_revision = "0011_visibility"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
ORDERED = ("region", "mrc", "sector", "level")


def upgrade() -> None:
    op.create_table(
        "listing",
        sa.Column("verification_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("mrc", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("level_fr", sa.String(), nullable=False),
        sa.Column("level_en", sa.String(), nullable=False),
        sa.Column("hires_students", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["verification_id"], ["verification.id"], name=op.f("fk_listing_verification_id_verification"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("verification_id", name=op.f("pk_listing")),
        sa.UniqueConstraint("code", name=op.f("uq_listing_code")),
    )
    op.create_index(op.f("ix_listing_employer_id"), "listing", ["employer_id"])
    op.create_index(op.f("ix_listing_expires_on"), "listing", ["expires_on"])
    op.create_index("ix_listing_order", "listing", ["name_key", "verification_id"])
    for name in ORDERED:
        op.create_index(f"ix_listing_{name}_order", "listing", [name, "name_key", "verification_id"])
    op.create_index("ix_listing_hires_order", "listing", ["hires_students", "name_key", "verification_id"])
    _create_words()
    _create_counts()
    _create_profiles()


def _create_words() -> None:
    op.create_table(
        "listing_word",
        sa.Column("verification_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("word", KEY, nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column("mrc", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["verification_id"], ["listing.verification_id"], name=op.f("fk_listing_word_verification_id_listing"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("verification_id", "word", name=op.f("pk_listing_word")),
    )
    op.create_index("ix_listing_word_order", "listing_word", ["word", "name_key", "verification_id"])
    op.create_index("ix_listing_word_given", "listing_word", ["word", "verification_id"])
    op.create_index("ix_listing_word_mrc_order", "listing_word", ["mrc", "word", "name_key", "verification_id"])
    op.create_table(
        "near_word",
        sa.Column("variant", KEY, nullable=False),
        sa.Column("word", KEY, nullable=False),
        sa.PrimaryKeyConstraint("variant", "word", name=op.f("pk_near_word")),
    )


def _create_counts() -> None:
    op.create_table(
        "listing_count",
        sa.Column("mrc", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("hires_students", sa.Boolean(), nullable=False),
        sa.Column("level_fr", sa.String(), nullable=False),
        sa.Column("level_en", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mrc", "region", "sector", "level", "hires_students", name=op.f("pk_listing_count")),
    )
    op.create_table(
        "fold_mark",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fold_mark")),
    )


def _create_profiles() -> None:
    op.create_table(
        "employer_profile",
        sa.Column("employer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("description_fr", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("offers_fr", sa.String(), nullable=False),
        sa.Column("offers_en", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("hires_students", sa.Boolean(), nullable=False),
        sa.Column("shown_contact", sa.String(), nullable=False),
        sa.Column("shown_email", sa.String(), nullable=False),
        sa.Column("shown_phone", sa.String(), nullable=False),
        sa.Column("is_unlisted", sa.Boolean(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.CheckConstraint("website = '' OR website LIKE 'https://%'", name=op.f("ck_employer_profile_https")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_employer_profile_employer_id_employer")),
        sa.PrimaryKeyConstraint("employer_id", name=op.f("pk_employer_profile")),
    )
    op.create_table(
        "scan_count",
        sa.Column("verification_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["verification_id"], ["verification.id"], name=op.f("fk_scan_count_verification_id_verification"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("verification_id", "day", "place", name=op.f("pk_scan_count")),
    )
    op.create_table(
        "program_scan_count",
        sa.Column("program_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_program_scan_count_program_id_program")),
        sa.PrimaryKeyConstraint("program_id", "day", "place", name=op.f("pk_program_scan_count")),
    )


def downgrade() -> None:
    for table in ("program_scan_count", "scan_count", "employer_profile", "fold_mark", "listing_count", "near_word", "listing_word", "listing"):
        op.drop_table(table)

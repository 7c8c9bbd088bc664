"""Programs, their versions, the contract of each, and their pauses. What is published can no longer be changed, in the database itself."""

import sqlalchemy as sa
from alembic import op

revision = "0003_programs"
down_revision = "0002_territory"

INSTANT = sa.DateTime(timezone=True)
DRAFT = sa.text("published_at IS NULL")
OPEN = sa.text("resumed_at IS NULL")
ONLY_ADDED, ONCE_PUBLISHED = "", "OLD.published_at IS NOT NULL"


def upgrade() -> None:
    create_programs()
    create_versions()
    create_contracts()
    keep_unchanged("contract", ONLY_ADDED)
    keep_unchanged("program_version", ONCE_PUBLISHED)


def create_programs() -> None:
    op.create_table(
        "program",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["partner.id"], name="fk_program_body_id_partner"),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name="fk_program_region_id_region"),
        sa.PrimaryKeyConstraint("id", name="pk_program"),
        sa.UniqueConstraint("ref", name="uq_program_ref"),
        sa.UniqueConstraint("slug", name="uq_program_slug"),
    )
    op.create_index("ix_program_body_id", "program", ["body_id"])
    op.create_index("ix_program_region_id", "program", ["region_id"])
    op.create_table(
        "program_mrc",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name="fk_program_mrc_mrc_id_mrc"),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name="fk_program_mrc_program_id_program"),
        sa.PrimaryKeyConstraint("program_id", "mrc_id", name="pk_program_mrc"),
    )
    op.create_index("ix_program_mrc_mrc_id", "program_mrc", ["mrc_id"])
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("paused_at", INSTANT, nullable=False),
        sa.Column("paused_by", sa.String(), nullable=False),
        sa.Column("paused_by_name", sa.String(), nullable=False),
        sa.Column("resumed_at", INSTANT, nullable=True),
        sa.Column("resumed_by", sa.String(), nullable=True),
        sa.CheckConstraint("(resumed_at IS NULL) = (resumed_by IS NULL)", name=op.f("ck_pause_resumed")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name="fk_pause_program_id_program"),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
    )
    op.create_index("ix_pause_program_id", "pause", ["program_id"])
    op.create_index("uq_pause_open", "pause", ["program_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def create_versions() -> None:
    op.create_table(
        "program_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("requires_signature", sa.Boolean(), nullable=False),
        sa.Column("requires_contribution", sa.Boolean(), nullable=False),
        sa.Column("requires_visit", sa.Boolean(), nullable=False),
        sa.Column("validity_months", sa.Integer(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("drafted_at", INSTANT, nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=False),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("published_by_name", sa.String(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_program_version_price")),
        sa.CheckConstraint("price_cents > 0 OR NOT requires_contribution", name=op.f("ck_program_version_contribution")),
        sa.CheckConstraint("validity_months > 0 AND grace_days >= 0", name=op.f("ck_program_version_durations")),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL) AND (published_at IS NULL) = (effective_on IS NULL)",
            name=op.f("ck_program_version_published"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name="fk_program_version_program_id_program"),
        sa.PrimaryKeyConstraint("id", name="pk_program_version"),
        sa.UniqueConstraint("program_id", "number", name="uq_program_version_program_id_number"),
        sa.UniqueConstraint("ref", name="uq_program_version_ref"),
    )
    op.create_index("uq_program_version_draft", "program_version", ["program_id"], unique=True, sqlite_where=DRAFT, postgresql_where=DRAFT)


def create_contracts() -> None:
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("text_fr", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("digest_fr", sa.String(), nullable=False),
        sa.Column("digest_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["program_version.id"], name="fk_contract_version_id_program_version"),
        sa.PrimaryKeyConstraint("id", name="pk_contract"),
        sa.UniqueConstraint("ref", name="uq_contract_ref"),
        sa.UniqueConstraint("version_id", name="uq_contract_version_id"),
    )


def keep_unchanged(table: str, when: str) -> None:
    """Refuse to change or remove a row (where `when` holds): nobody who holds the database itself may rewrite what was published or signed."""
    condition = f"WHEN ({when}) " if when else ""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_is_immutable() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{table} is immutable' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION {table}_is_immutable()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_immutable_{verb.lower()} BEFORE {verb} ON {table} {condition}BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
        )

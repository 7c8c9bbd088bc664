"""A signature may be given on paper and recorded by staff, contested, set aside; reminders after silence, and where they stop."""

import sqlalchemy as sa
from alembic import op

revision = "0017_paper"
down_revision = "0016_sponsors"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
SIGNATURE = "contract_signature"
ONE, ONE_OF_EACH = "uq_contract_signature_certification_id", "uq_contract_signature_certification_id_number"


def upgrade() -> None:
    _signatures()
    _papers()
    for table in ("paper_signature", "signature_contest", "signature_set_aside"):
        _keep_unchanged(table)
    _reminders()


def _signatures() -> None:
    """Let a signature be followed by another. SQLite makes the table anew for that, while nothing refers to a signature yet."""
    with op.batch_alter_table(SIGNATURE) as signature:
        signature.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        signature.add_column(sa.Column("on_behalf_of", sa.String(), nullable=True))
        signature.add_column(sa.Column("mandate", sa.String(), nullable=False, server_default="office"))
        signature.add_column(sa.Column("mandate_source", sa.String(), nullable=True))
        signature.alter_column("french_shown_at", existing_type=INSTANT, nullable=True)
        signature.drop_constraint(ONE, type_="unique")
        signature.create_unique_constraint(ONE_OF_EACH, ["certification_id", "number"])
    with op.batch_alter_table(SIGNATURE) as signature:
        signature.alter_column("number", server_default=None)
        signature.alter_column("mandate", server_default=None)
    if op.get_bind().dialect.name != "postgresql":
        _keep_unchanged(SIGNATURE)  # SQLite forgot it with the old table


def _papers() -> None:
    op.create_table(
        "paper_signature",
        *_of_a_signature("paper_signature"),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("original_at", sa.String(), nullable=False),
        sa.Column("scan_digest", sa.String(), sa.ForeignKey("evidence.digest", name="fk_paper_signature_scan_digest_evidence"), nullable=False),
        *_when_and_who("recorded"),
        sa.Column("recorder", sa.String(), nullable=False),
    )
    op.create_table(
        "signature_contest", *_of_a_signature("signature_contest"), sa.Column("reason", sa.String(), nullable=False), *_when_and_who("contested")
    )
    op.create_table(
        "signature_set_aside",
        *_of_a_signature("signature_set_aside"),
        sa.Column("reason", sa.String(), nullable=False),
        *_when_and_who("set_aside"),
        sa.Column("setter", sa.String(), nullable=False),
    )


def _reminders() -> None:
    op.create_table(
        "reminder_stop",
        *_key("reminder_stop"),
        _link("reminder_stop", "certification"),
        *_when_and_who("stopped"),
        sa.UniqueConstraint("certification_id", name="uq_reminder_stop_certification_id"),
    )
    op.create_table(
        "draft_reminder",
        *_key("draft_reminder"),
        _link("draft_reminder", "registration_draft", name="draft"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reminded_at", INSTANT, nullable=False),
        sa.UniqueConstraint("draft_id", "kind", name="uq_draft_reminder_draft_id_kind"),
    )


def _key(table: str) -> tuple[sa.Column, sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _link(table: str, other: str, *, name: str = "") -> sa.Column:
    column = f"{name or other}_id"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=f"fk_{table}_{column}_{other}"), nullable=False)


def _of_a_signature(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    once = sa.UniqueConstraint("signature_id", name=f"uq_{table}_signature_id")
    return *_key(table), _link(table, SIGNATURE, name="signature"), once


def _when_and_who(verb: str) -> tuple[sa.Column, sa.Column]:
    return sa.Column(f"{verb}_at", INSTANT, nullable=False), sa.Column(f"{verb}_by", sa.String(), nullable=False)


def _keep_unchanged(table: str) -> None:
    """Let these rows only be added: what was signed is never rewritten."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        op.execute(f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()")
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")


def downgrade() -> None:
    for table in ("draft_reminder", "reminder_stop", "signature_set_aside", "signature_contest", "paper_signature"):
        op.drop_table(table)
    with op.batch_alter_table(SIGNATURE) as signature:
        signature.drop_constraint(ONE_OF_EACH, type_="unique")
        signature.create_unique_constraint(ONE, ["certification_id"])
        signature.alter_column("french_shown_at", existing_type=INSTANT, nullable=False)
        for name in ("mandate_source", "mandate", "on_behalf_of", "number"):
            signature.drop_column(name)
    if op.get_bind().dialect.name != "postgresql":
        _keep_unchanged(SIGNATURE)

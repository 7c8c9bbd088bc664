"""Files that staff bring in, the prospects that come of them, and letters sent to many; where to stop a letter."""

import sqlalchemy as sa
from alembic import op

revision = "0014_imports"
down_revision = "0013_years"
branch_labels = None
depends_on = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _count(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _json(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.add_column(_text("stop_url", nullable=True))
    _intakes()
    _prospects()
    _mailings()
    _checkout_reminders()


def _intakes() -> None:
    op.create_table(
        "intake",
        _id(), _text("ref"), _count("program_id"), _text("kind"), _text("file_name"), _json("headings"), _count("lines"), _at("uploaded_at"),
        _text("uploaded_by"), _text("uploader"),
        _to("intake", "program_id", "program"), _key("intake"), _unique("intake", "ref"),
    )
    _index("intake", "program_id", "uploaded_at")
    op.create_table(
        "intake_step",
        _id(), _count("intake_id"), _text("kind"), _at("taken_at"), _text("taken_by"), _text("taker"),
        _to("intake_step", "intake_id", "intake"), _key("intake_step"), _unique("intake_step", "intake_id", "kind"),
    )
    op.create_table(
        "intake_file",
        _id(), _count("intake_id"), sa.Column("content", sa.LargeBinary(), nullable=False),
        _to("intake_file", "intake_id", "intake"), _key("intake_file"), _unique("intake_file", "intake_id"),
    )
    op.create_table(
        "intake_line",
        _id(), _count("intake_id"), _count("number"), _text("name"), _text("neq", nullable=True), _text("place_key", nullable=True),
        _json("values"), _json("cells"), _json("faults"), sa.Column("is_faulty", sa.Boolean(), nullable=False), _text("twin", nullable=True),
        _count("twin_line", nullable=True), _at("settled_at", nullable=True),
        _to("intake_line", "intake_id", "intake"), _key("intake_line"), _unique("intake_line", "intake_id", "number"),
    )
    op.create_index("ix_intake_line_neq", "intake_line", ["intake_id", "neq"])
    op.create_index("ix_intake_line_place_key", "intake_line", ["intake_id", "place_key"])


def _prospects() -> None:
    op.create_table(
        "prospect",
        _id(), _text("ref"), _count("program_id"), _count("intake_id", nullable=True), _count("line_number", nullable=True), _text("name"),
        _text("name_key"), _text("neq", nullable=True), _text("municipality", nullable=True), _text("postal_code", nullable=True),
        _count("mrc_id", nullable=True), _text("sector", nullable=True), _text("contact_name", nullable=True),
        _text("contact_email", nullable=True), _text("contact_phone", nullable=True), _text("contact_ground", nullable=True),
        _text("contact_source", nullable=True), _text("language"), _text("note", nullable=True), _text("source", nullable=True),
        _at("noted_at"), _text("noted_by"),
        _to("prospect", "program_id", "program"), _to("prospect", "intake_id", "intake"), _to("prospect", "mrc_id", "mrc"),
        _key("prospect"), _unique("prospect", "ref"), _unique("prospect", "program_id", "neq"),
        _unique("prospect", "program_id", "name_key", "postal_code"), _unique("prospect", "intake_id", "line_number"),
    )
    _index("prospect", "program_id", "noted_at")
    _index("prospect", "name_key")
    _index("prospect", "neq")
    _index("prospect", "mrc_id")
    op.create_table(
        "prospect_invitation",
        _id(), _count("prospect_id"), _count("number"), _text("email"), _text("token_digest"), _at("invited_at"), _text("invited_by"),
        _text("inviter"),
        _to("prospect_invitation", "prospect_id", "prospect"), _key("prospect_invitation"),
        _unique("prospect_invitation", "prospect_id", "number"), _unique("prospect_invitation", "token_digest"),
    )
    _index("prospect_invitation", "invited_at")
    op.create_table(
        "past_certification",
        _id(), _count("intake_id"), _count("line_number"), _count("certification_id"),
        _to("past_certification", "intake_id", "intake"), _to("past_certification", "certification_id", "certification"),
        _key("past_certification"), _unique("past_certification", "intake_id", "line_number"),
        _unique("past_certification", "certification_id"),
    )
    op.create_table(
        "letter_stop",
        _id(), _text("address_digest"), _at("stopped_at"), _key("letter_stop"), _unique("letter_stop", "address_digest"),
    )


def _mailings() -> None:
    op.create_table(
        "mailing",
        _id(), _text("ref"), _count("program_id"), _text("audience"), _text("note"), _count("size"), _at("drafted_at"), _text("drafted_by"),
        _text("drafter"),
        _to("mailing", "program_id", "program"), _key("mailing"), _unique("mailing", "ref"),
    )
    _index("mailing", "program_id", "drafted_at")
    op.create_table(
        "mailing_step",
        _id(), _count("mailing_id"), _text("kind"), _at("taken_at"), _text("taken_by"), _text("taker"),
        _to("mailing_step", "mailing_id", "mailing"), _key("mailing_step"), _unique("mailing_step", "mailing_id", "kind"),
    )
    op.create_table(
        "mailing_recipient",
        _id(), _count("mailing_id"), _text("key"), _text("name"), _text("email"), _at("settled_at", nullable=True),
        _text("skipped", nullable=True),
        _to("mailing_recipient", "mailing_id", "mailing"), _key("mailing_recipient"), _unique("mailing_recipient", "mailing_id", "key"),
    )
    op.create_index("ix_mailing_recipient_key", "mailing_recipient", ["key", "settled_at"])


def _checkout_reminders() -> None:
    op.create_table(
        "checkout_reminder",
        _id(), _count("contribution_id"), _count("attempt_id"), _at("reminded_at"),
        _to("checkout_reminder", "contribution_id", "contribution"), _to("checkout_reminder", "attempt_id", "checkout_attempt"),
        _key("checkout_reminder"), _unique("checkout_reminder", "contribution_id"),
    )


def downgrade() -> None:
    for table in ("checkout_reminder", "mailing_recipient", "mailing_step", "mailing", "letter_stop", "past_certification", "prospect_invitation", "prospect", "intake_line", "intake_file", "intake_step", "intake"):
        op.drop_table(table)
    with op.batch_alter_table("letter") as letter:
        letter.drop_column("stop_url")

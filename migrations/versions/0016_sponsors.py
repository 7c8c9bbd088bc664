"""Contributions scaled to size, or given by a sponsor in the place of the employer."""

import sqlalchemy as sa
from alembic import op

revision = "0016_sponsors"
down_revision = "0015_rules"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
STANDING = sa.text("released_at IS NULL")


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _count(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, INSTANT, nullable=nullable)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    with op.batch_alter_table("contribution") as contribution:
        contribution.add_column(_text("size", nullable=True))
    with op.batch_alter_table("checkout_attempt") as attempt:
        attempt.add_column(_count("cents", nullable=True))
    _covers()
    _sponsorships()


def _covers() -> None:
    op.create_table(
        "cover",
        _id(), _text("ref"), _count("contribution_id"), _count("cents"), _text("payer", nullable=True), _at("covered_at"), _text("covered_by"),
        _at("released_at", nullable=True), _text("released_by", nullable=True), _text("release_reason", nullable=True),
        _check("cover", "cents", "cents > 0"),
        _check("cover", "released", "(released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (release_reason IS NULL)"),
        _to("cover", "contribution_id", "contribution"), _key("cover"), _unique("cover", "ref"),
    )
    op.create_index(op.f("ix_cover_contribution_id"), "cover", ["contribution_id"])
    op.create_index("uq_cover_standing", "cover", ["contribution_id"], unique=True, sqlite_where=STANDING, postgresql_where=STANDING)
    # SQLite makes the table anew for this, and nothing refers to a receipt.
    with op.batch_alter_table("receipt") as receipt:
        receipt.alter_column("payment_id", existing_type=sa.Integer(), nullable=True)
        receipt.add_column(_count("cover_id", nullable=True))
        receipt.create_foreign_key(op.f("fk_receipt_cover_id_cover"), "cover", ["cover_id"], ["id"])
        receipt.create_unique_constraint(op.f("uq_receipt_cover_id"), ["cover_id"])
        receipt.create_check_constraint(op.f("ck_receipt_of_one"), "(payment_id IS NULL) <> (cover_id IS NULL)")


def _sponsorships() -> None:
    op.create_table(
        "sponsorship",
        _id(), _text("ref"), _count("program_id"), _text("code"), _text("sight"), _text("sponsor"), _text("kind"),
        _text("contact_name", nullable=True), _text("contact_email", nullable=True), _text("language"), _count("seats", nullable=True),
        _count("budget_cents", nullable=True), _count("percent"), _count("most_cents", nullable=True),
        sa.Column("municipalities", sa.JSON(), nullable=False), _text("sector", nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False), sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False), _text("reference", nullable=True), _at("recorded_at"), _text("recorded_by"),
        _text("recorder"),
        _check("sponsorship", "kind", "kind IN ('mrc', 'municipality', 'chamber', 'other')"),
        _check(
            "sponsorship", "bound",
            "(seats IS NULL) <> (budget_cents IS NULL) AND (seats IS NULL OR seats > 0) AND (budget_cents IS NULL OR budget_cents > 0)",
        ),
        _check("sponsorship", "share", "percent BETWEEN 1 AND 100 AND (most_cents IS NULL OR most_cents > 0)"),
        _check("sponsorship", "days", "valid_until >= valid_from"),
        _to("sponsorship", "program_id", "program"), _key("sponsorship"), _unique("sponsorship", "ref"), _unique("sponsorship", "code"),
        _unique("sponsorship", "sight"),
    )
    op.create_index("ix_sponsorship_program_id_recorded_at", "sponsorship", ["program_id", "recorded_at"])
    op.create_table(
        "sponsorship_mrc",
        _count("sponsorship_id"), _count("mrc_id"),
        _to("sponsorship_mrc", "sponsorship_id", "sponsorship"), _to("sponsorship_mrc", "mrc_id", "mrc"),
        sa.PrimaryKeyConstraint("sponsorship_id", "mrc_id", name=op.f("pk_sponsorship_mrc")),
    )
    op.create_index(op.f("ix_sponsorship_mrc_mrc_id"), "sponsorship_mrc", ["mrc_id"])
    op.create_table(
        "sponsored_seat",
        _id(), _count("sponsorship_id"), _count("number"), _count("cover_id"),
        _to("sponsored_seat", "sponsorship_id", "sponsorship"), _to("sponsored_seat", "cover_id", "cover"), _key("sponsored_seat"),
        _unique("sponsored_seat", "sponsorship_id", "number"), _unique("sponsored_seat", "cover_id"),
    )
    op.create_table(
        "sponsor_payment",
        _id(), _count("sponsorship_id"), _text("method"), _count("cents"), _text("reference", nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False), _at("noted_at"), _text("noted_by"),
        _check("sponsor_payment", "cents", "cents > 0"),
        _check("sponsor_payment", "method", "method IN ('invoice', 'cheque', 'transfer')"),
        _to("sponsor_payment", "sponsorship_id", "sponsorship"), _key("sponsor_payment"),
    )
    op.create_index(op.f("ix_sponsor_payment_sponsorship_id"), "sponsor_payment", ["sponsorship_id"])
    op.create_table(
        "sponsorship_stop",
        _id(), _count("sponsorship_id"), _text("reason"), _at("stopped_at"), _text("stopped_by"), _text("stopper"),
        _to("sponsorship_stop", "sponsorship_id", "sponsorship"), _key("sponsorship_stop"), _unique("sponsorship_stop", "sponsorship_id"),
    )


def downgrade() -> None:
    for table in ("sponsorship_stop", "sponsor_payment", "sponsored_seat", "sponsorship_mrc", "sponsorship"):
        op.drop_table(table)
    with op.batch_alter_table("receipt") as receipt:
        receipt.drop_constraint(op.f("ck_receipt_of_one"), type_="check")
        receipt.drop_column("cover_id")
        receipt.alter_column("payment_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("cover")
    with op.batch_alter_table("checkout_attempt") as attempt:
        attempt.drop_column("cents")
    with op.batch_alter_table("contribution") as contribution:
        contribution.drop_column("size")

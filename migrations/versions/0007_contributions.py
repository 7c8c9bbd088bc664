"""Contributions: what is due, pages at the gateway, payments, refunds, receipts, waivers, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0007_contributions"
down_revision = "0006_consents"
branch_labels = None
depends_on = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _count(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.digest" if target == "evidence" else f"{target}.id"], name=name)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    op.create_table(
        "contribution",
        _id(), _text("ref"), _count("employer_id"), _count("program_id"), _count("version_id"), _count("amount_cents"),
        _text("document_language"), _at("opened_at"), _text("opened_by"),
        _check("contribution", "amount", "amount_cents >= 0"),
        _to("contribution", "employer_id", "employer"), _to("contribution", "program_id", "program"),
        _to("contribution", "version_id", "program_version"), _key("contribution"), _unique("contribution", "ref"),
    )
    op.create_index(op.f("ix_contribution_employer_id"), "contribution", ["employer_id"])
    op.create_index(op.f("ix_contribution_program_id"), "contribution", ["program_id"])
    op.create_table(
        "checkout_attempt",
        _id(), _text("ref"), _count("contribution_id"), _text("email"), _text("language"), _text("back_url"), _at("opened_at"),
        _text("opened_by"), _text("session_ref", nullable=True), _text("url", nullable=True), _at("expires_at", nullable=True),
        _at("closed_at", nullable=True),
        _to("checkout_attempt", "contribution_id", "contribution"), _key("checkout_attempt"), _unique("checkout_attempt", "ref"),
        _unique("checkout_attempt", "session_ref"),
    )
    op.create_index(op.f("ix_checkout_attempt_contribution_id"), "checkout_attempt", ["contribution_id"])
    op.create_index(op.f("ix_checkout_attempt_closed_at"), "checkout_attempt", ["closed_at"])
    op.create_table(
        "payment",
        _id(), _text("ref"), _count("contribution_id"), _text("method"), _count("cents"), _text("currency"),
        sa.Column("is_test", sa.Boolean(), nullable=False), _text("gateway_ref", nullable=True), _text("reference", nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False), _at("recorded_at"), _text("recorded_by"),
        _check("payment", "cents", "cents > 0"), _check("payment", "method", "method IN ('card', 'cheque', 'interac', 'cash')"),
        _check("payment", "gateway_ref", "(method = 'card') = (gateway_ref IS NOT NULL)"),
        _to("payment", "contribution_id", "contribution"), _key("payment"), _unique("payment", "ref"), _unique("payment", "gateway_ref"),
    )
    op.create_index(op.f("ix_payment_contribution_id"), "payment", ["contribution_id"])
    op.create_table(
        "refund",
        _id(), _text("ref"), _count("payment_id"), _count("cents"), _text("reason"), _at("asked_at"), _text("asked_by"),
        _text("gateway_ref", nullable=True), _at("refunded_at", nullable=True), _at("failed_at", nullable=True),
        _check("refund", "cents", "cents > 0"), _to("refund", "payment_id", "payment"), _key("refund"), _unique("refund", "ref"),
        _unique("refund", "gateway_ref"),
    )
    op.create_index(op.f("ix_refund_payment_id"), "refund", ["payment_id"])
    op.create_table(
        "payment_dispute",
        _id(), _count("payment_id"), _at("noticed_at"),
        _to("payment_dispute", "payment_id", "payment"), _key("payment_dispute"), _unique("payment_dispute", "payment_id"),
    )
    op.create_table(
        "receipt",
        _id(), _text("number"), _count("program_id"), _count("year"), _count("sequence"), _count("payment_id"), _text("digest_fr"),
        _text("digest_en"), _at("issued_at"),
        _to("receipt", "program_id", "program"), _to("receipt", "payment_id", "payment"), _to("receipt", "digest_fr", "evidence"),
        _to("receipt", "digest_en", "evidence"), _key("receipt"), _unique("receipt", "number"), _unique("receipt", "payment_id"),
        _unique("receipt", "program_id", "year", "sequence"),
    )
    op.create_table(
        "waiver",
        _id(), _count("contribution_id"), _count("program_id"), _count("year"), _count("number"), _text("reason"), _at("waived_at"),
        _text("approved_by"), _text("approver"),
        _to("waiver", "contribution_id", "contribution"), _to("waiver", "program_id", "program"), _key("waiver"),
        _unique("waiver", "contribution_id"), _unique("waiver", "program_id", "year", "number"),
    )
    op.create_table(
        "gateway_event",
        _id(), _text("event_id"), _text("kind"), _at("received_at"), _key("gateway_event"), _unique("gateway_event", "event_id"),
    )


def downgrade() -> None:
    for table in ("gateway_event", "waiver", "receipt", "payment_dispute", "refund", "payment", "checkout_attempt", "contribution"):
        op.drop_table(table)

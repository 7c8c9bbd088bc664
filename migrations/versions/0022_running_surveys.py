"""How surveys are run: what they follow, what is aimed at, and the letters to schools with their stops."""

import sqlalchemy as sa
from alembic import op

revision = "0022_running_surveys"
down_revision = "0021_sent_files"
branch_labels = None
depends_on = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def _count(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _at(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    op.create_table(
        "survey_plan",
        _id(), _count("survey_id"), _count("follows_id", nullable=True), _count("remind_under"),
        _to("survey_plan", "survey_id", "survey"), _to("survey_plan", "follows_id", "survey"), _key("survey_plan"),
        _unique("survey_plan", "survey_id"), _check("survey_plan", "remind_under", "remind_under BETWEEN 0 AND 100"),
        _check("survey_plan", "follows", "follows_id <> survey_id"),
    )
    op.create_index(op.f("ix_survey_plan_follows_id"), "survey_plan", ["follows_id"])
    op.create_table(
        "survey_quota",
        _id(), _text("ref"), _count("survey_id"), _text("cell"), _text("level"), _count("school_body_id", nullable=True), _count("target"),
        _at("aimed_at"), _text("aimed_by"),
        _to("survey_quota", "survey_id", "survey"), _to("survey_quota", "school_body_id", "partner"), _key("survey_quota"),
        _unique("survey_quota", "ref"), _unique("survey_quota", "survey_id", "cell"), _check("survey_quota", "target", "target > 0"),
    )
    op.create_table(
        "school_letter",
        _id(), _count("survey_id"), _text("email"), _text("kind"), _text("language"), _text("token_digest"), _at("written_at"),
        _text("written_by"),
        _to("school_letter", "survey_id", "survey"), _key("school_letter"), _unique("school_letter", "survey_id", "email", "kind"),
        _unique("school_letter", "token_digest"), _check("school_letter", "kind", "kind IN ('invitation', 'halfway', 'last_days')"),
    )
    op.create_table(
        "school_letter_stop",
        _id(), _text("address_digest"), _at("stopped_at"), _key("school_letter_stop"), _unique("school_letter_stop", "address_digest"),
    )

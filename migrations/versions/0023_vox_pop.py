"""Words of students: in the box, read by a team, struck, published or set aside, withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0023_vox_pop"
down_revision = "0022_running_surveys"
branch_labels = None
depends_on = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def _count(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


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
        "boxed_words",
        _text("id"), _count("survey_id"), _text("language"), _text("words"), _flag("has_consent"),
        _to("boxed_words", "survey_id", "survey"), _key("boxed_words"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_boxed_words_survey_id"), "boxed_words", ["survey_id"])
    op.create_table(
        "vox_pop",
        _text("id"), _count("survey_id"), sa.Column("week", sa.Date(), nullable=False), _text("language"), _text("words"),
        _flag("has_consent"),
        _to("vox_pop", "survey_id", "survey"), _key("vox_pop"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_vox_pop_survey_id"), "vox_pop", ["survey_id"])
    op.create_table(
        "words_strike",
        _id(), _text("vox_pop_id"), _text("kind"), _count("count"), _at("struck_at"), _text("struck_by"),
        _to("words_strike", "vox_pop_id", "vox_pop"), _key("words_strike"),
        _check("words_strike", "kind", "kind IN ('name', 'insult', 'marks', 'health', 'other')"),
        _check("words_strike", "count", "count > 0"),
    )
    op.create_index(op.f("ix_words_strike_vox_pop_id"), "words_strike", ["vox_pop_id"])
    op.create_table(
        "words_settlement",
        _id(), _text("vox_pop_id"), _text("outcome"), _text("reason"), _at("settled_at"), _text("settled_by"),
        _to("words_settlement", "vox_pop_id", "vox_pop"), _key("words_settlement"), _unique("words_settlement", "vox_pop_id"),
        _check("words_settlement", "outcome", "outcome IN ('published', 'set_aside')"),
    )
    op.create_table(
        "words_withdrawal",
        _id(), _count("settlement_id"), _text("reason"), _at("withdrawn_at"), _text("withdrawn_by"),
        _to("words_withdrawal", "settlement_id", "words_settlement"), _key("words_withdrawal"),
        _unique("words_withdrawal", "settlement_id"),
    )

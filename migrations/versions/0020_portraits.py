"""What portraits told and tell no longer, and how many students a region has."""

import sqlalchemy as sa
from alembic import op

revision = "0020_portraits"
down_revision = "0019_surveys"
branch_labels = None
depends_on = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def _count(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _at(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _json(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False)


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
        "portrait_release",
        _id(), _text("ref"), _count("program_id"), _text("school_year"), _count("number"), _count("least_shown"), _count("answers"),
        _json("told"), _text("digest"), _json("compass"), _json("ledger"), _at("released_at"), _text("released_by"),
        _key("portrait_release"), _to("portrait_release", "program_id", "program"), _unique("portrait_release", "ref"),
        _unique("portrait_release", "program_id", "school_year", "number"),
        _check("portrait_release", "least_shown", "least_shown >= 10"),
    )  # fmt: skip
    op.create_table(
        "portrait_withdrawal",
        _id(), _count("release_id"), _text("reason"), _at("withdrawn_at"), _text("withdrawn_by"),
        _key("portrait_withdrawal"), _to("portrait_withdrawal", "release_id", "portrait_release"),
        _unique("portrait_withdrawal", "release_id"),
    )  # fmt: skip
    op.create_table(
        "student_total",
        _id(), _count("program_id"), _text("school_year"), _text("level"), _count("students"), _at("entered_at"), _text("entered_by"),
        _key("student_total"), _to("student_total", "program_id", "program"),
        _unique("student_total", "program_id", "school_year", "level"), _check("student_total", "students", "students > 0"),
    )  # fmt: skip


def downgrade() -> None:
    for table in ("student_total", "portrait_withdrawal", "portrait_release"):
        op.drop_table(table)

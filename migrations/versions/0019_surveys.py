"""Questionnaires, surveys and their ways in; that someone has answered, and what was said, in two ledgers; how answers are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0019_surveys"
down_revision = "0018_trust"
branch_labels = None
depends_on = None

SHIPPED = sa.text("program_id IS NULL")


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _count(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _on(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _json(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False)


def _flag(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    _questionnaires()
    _surveys()
    _doors()
    _ledgers()
    _tallies()


def _questionnaires() -> None:
    op.create_table(
        "questionnaire",
        _id(), _text("ref"), _count("program_id", nullable=True), _text("slug"), _count("number"), _text("audience"), _json("definition"),
        _text("digest"), _at("drafted_at"), _text("drafted_by"), _at("published_at", nullable=True), _text("published_by", nullable=True),
        _to("questionnaire", "program_id", "program"), _key("questionnaire"), _unique("questionnaire", "ref"),
        _unique("questionnaire", "program_id", "slug", "number"),
        _check("questionnaire", "audience", "audience IN ('students', 'parents', 'teachers')"),
        _check("questionnaire", "published", "(published_at IS NULL) = (published_by IS NULL)"),
    )
    op.create_index(
        "uq_questionnaire_shipped", "questionnaire", ["slug", "number"], unique=True, sqlite_where=SHIPPED, postgresql_where=SHIPPED
    )
    _keep_published()


def _keep_published() -> None:
    """Refuse to change or remove what is published: nobody who holds the database itself may rewrite what was asked."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION questionnaire_is_immutable() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'questionnaire is immutable' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER questionnaire_immutable BEFORE UPDATE OR DELETE ON questionnaire FOR EACH ROW"
            " WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION questionnaire_is_immutable()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER questionnaire_immutable_{verb.lower()} BEFORE {verb} ON questionnaire WHEN OLD.published_at IS NOT NULL"
            " BEGIN SELECT RAISE(ABORT, 'questionnaire is immutable'); END"
        )


def _surveys() -> None:
    op.create_table(
        "survey",
        _id(), _text("ref"), _count("program_id"), _count("questionnaire_id"), _text("title_fr"), _text("title_en"), _text("school_year"),
        _on("opens_on"), _on("closes_on"), _count("least_shown"), _text("under_fourteen"), _at("created_at"), _text("created_by"),
        _to("survey", "program_id", "program"), _to("survey", "questionnaire_id", "questionnaire"), _key("survey"), _unique("survey", "ref"),
        _check("survey", "order", "closes_on >= opens_on"), _check("survey", "least_shown", "least_shown >= 10"),
        _check("survey", "under_fourteen", "under_fourteen IN ('close', 'parent')"),
    )
    _index("survey", "program_id", "school_year")
    op.create_table(
        "survey_closing",
        _id(), _count("survey_id"), _text("reason"), _at("closed_at"), _text("closed_by"),
        _to("survey_closing", "survey_id", "survey"), _key("survey_closing"), _unique("survey_closing", "survey_id"),
    )


def _doors() -> None:
    op.create_table(
        "survey_door",
        _id(), _text("ref"), _count("survey_id"), _text("kind"), _text("code"), _text("label"), _count("school_body_id", nullable=True),
        _text("school", nullable=True), _count("mrc_id", nullable=True), _text("level", nullable=True), _count("expected", nullable=True),
        _text("contact_email", nullable=True), _at("opened_at"), _text("opened_by"), _at("shut_at", nullable=True),
        _text("shut_by", nullable=True),
        _to("survey_door", "survey_id", "survey"), _to("survey_door", "school_body_id", "partner"), _to("survey_door", "mrc_id", "mrc"),
        _key("survey_door"), _unique("survey_door", "ref"), _unique("survey_door", "code"),
        _check("survey_door", "kind", "kind IN ('class', 'school', 'kiosk', 'invitations', 'open')"),
        _check("survey_door", "expected", "expected > 0"),
    )
    _index("survey_door", "survey_id")


def _ledgers() -> None:
    op.create_table(
        "survey_invitation",
        _text("token_digest"), _count("door_id"), _on("used_on", nullable=True),
        _to("survey_invitation", "door_id", "survey_door"), _key("survey_invitation", "token_digest"),
        sqlite_with_rowid=False,
    )
    _index("survey_invitation", "door_id")
    op.create_table(
        "boxed_response",
        _text("id"), _count("survey_id"), _count("door_id", nullable=True), _count("establishment_id", nullable=True), _text("language"),
        _json("answers"), _flag("is_flagged"),
        _to("boxed_response", "survey_id", "survey"), _to("boxed_response", "door_id", "survey_door"),
        _to("boxed_response", "establishment_id", "establishment"), _key("boxed_response"),
        sqlite_with_rowid=False,
    )
    _index("boxed_response", "survey_id")
    op.create_table(
        "survey_response",
        _text("id"), _count("survey_id"), _on("week"), _count("mrc_id", nullable=True), _count("school_body_id", nullable=True),
        _count("establishment_id", nullable=True), _text("language"), _json("answers"), _flag("is_flagged"),
        _to("survey_response", "survey_id", "survey"), _to("survey_response", "mrc_id", "mrc"),
        _to("survey_response", "school_body_id", "partner"), _to("survey_response", "establishment_id", "establishment"),
        _key("survey_response"),
        sqlite_with_rowid=False,
    )
    _index("survey_response", "survey_id")


def _tallies() -> None:
    op.create_table(
        "survey_tally",
        _count("survey_id"), _text("cut"), _text("key"), _text("question"), _text("value"), _flag("is_flagged"), _count("count"),
        _to("survey_tally", "survey_id", "survey"),
        _key("survey_tally", "survey_id", "cut", "key", "question", "value", "is_flagged"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "door_tally",
        _count("door_id"), _count("count"), _to("door_tally", "door_id", "survey_door"), _key("door_tally", "door_id"),
    )

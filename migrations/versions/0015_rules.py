"""What a program tells its public: notices, questions, and what became of them; promises for later; what checks found of a file."""

import sqlalchemy as sa
from alembic import op

revision = "0015_rules"
down_revision = "0014_imports"
branch_labels = None
depends_on = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _count(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _at(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    _notices()
    _questions()
    _milestones()
    _reviews()


def _notices() -> None:
    op.create_table(
        "program_notice",
        _id(), _text("ref"), _count("program_id"), _text("kind"), _text("title_fr"), _text("title_en"), _text("body_fr"), _text("body_en"),
        _at("published_at"), _text("published_by"), _text("publisher"),
        _to("program_notice", "program_id", "program"), _key("program_notice"), _unique("program_notice", "ref"),
    )
    _index("program_notice", "program_id", "published_at")
    op.create_table(
        "notice_withdrawal",
        _id(), _count("notice_id"), _text("reason"), _at("withdrawn_at"), _text("withdrawn_by"),
        _to("notice_withdrawal", "notice_id", "program_notice"), _key("notice_withdrawal"), _unique("notice_withdrawal", "notice_id"),
    )


def _questions() -> None:
    op.create_table(
        "program_question",
        _id(), _text("ref"), _count("program_id"), _text("language"), _text("words"), _text("email", nullable=True), _at("asked_at"),
        _to("program_question", "program_id", "program"), _key("program_question"), _unique("program_question", "ref"),
    )
    _index("program_question", "program_id", "asked_at")
    _index("program_question", "asked_at")
    op.create_table(
        "question_settlement",
        _id(), _text("ref"), _count("question_id"), _text("outcome"), _text("question_fr"), _text("question_en"), _text("answer_fr"),
        _text("answer_en"), _text("reason"), _at("settled_at"), _text("settled_by"), _text("settler"),
        _to("question_settlement", "question_id", "program_question"), _key("question_settlement"),
        _unique("question_settlement", "ref"), _unique("question_settlement", "question_id"),
    )
    _index("question_settlement", "outcome", "settled_at")
    op.create_table(
        "answer_withdrawal",
        _id(), _count("settlement_id"), _text("reason"), _at("withdrawn_at"), _text("withdrawn_by"),
        _to("answer_withdrawal", "settlement_id", "question_settlement"), _key("answer_withdrawal"),
        _unique("answer_withdrawal", "settlement_id"),
    )


def _milestones() -> None:
    op.create_table(
        "milestone",
        _id(), _text("ref"), _count("certification_id"), _text("commitment"), sa.Column("due_on", sa.Date(), nullable=False),
        _to("milestone", "certification_id", "certification"), _key("milestone"), _unique("milestone", "ref"),
        _unique("milestone", "certification_id", "commitment"),
    )
    _index("milestone", "due_on")
    op.create_table(
        "milestone_completion",
        _id(), _count("milestone_id"), _text("note"), _at("declared_at"), _text("declared_by"), _text("declarer"),
        _to("milestone_completion", "milestone_id", "milestone"), _key("milestone_completion"),
        _unique("milestone_completion", "milestone_id"),
    )
    op.create_table(
        "milestone_reminder",
        _id(), _count("milestone_id"), _text("kind"), _at("reminded_at"),
        _to("milestone_reminder", "milestone_id", "milestone"), _key("milestone_reminder"), _unique("milestone_reminder", "milestone_id", "kind"),
    )


def _reviews() -> None:
    op.create_table(
        "automatic_review",
        _id(), _count("certification_id"), sa.Column("held", sa.JSON(), nullable=False), sa.Column("failed", sa.JSON(), nullable=False),
        sa.Column("is_drawn", sa.Boolean(), nullable=False), _at("checked_at"),
        _to("automatic_review", "certification_id", "certification"), _key("automatic_review"),
        _unique("automatic_review", "certification_id"),
    )


def downgrade() -> None:
    for table in ("automatic_review", "milestone_reminder", "milestone_completion", "milestone", "answer_withdrawal", "question_settlement", "program_question", "notice_withdrawal", "program_notice"):
        op.drop_table(table)

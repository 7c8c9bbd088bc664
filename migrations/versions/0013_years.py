"""What keeps a certification true over the years: reminders, renewals, levels asked for, yearly samples and what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0013_years"
down_revision = "0012_directory"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
ONE_BADGE = "uq_badge_certification_id_verification_id"
ONE_ISSUE = "uq_badge_certification_id_verification_id_issue"


def upgrade() -> None:
    _issues()
    _renewing()
    _raising()
    _sampling()


def _issues() -> None:
    """Let a place have several badges in a cycle. SQLite makes the table anew for that, while nothing refers to a badge yet."""
    with op.batch_alter_table("badge") as badge:
        badge.add_column(sa.Column("issue", sa.Integer(), nullable=False, server_default="1"))
        badge.drop_constraint(ONE_BADGE, type_="unique")
        badge.create_unique_constraint(ONE_ISSUE, ["certification_id", "verification_id", "issue"])
    with op.batch_alter_table("badge") as badge:
        badge.alter_column("issue", server_default=None)
    op.create_index("ix_badge_valid_until", "badge", ["valid_until"])


def _renewing() -> None:
    op.create_table(
        "reminder",
        *_key("reminder"),
        _link("reminder", "certification"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reminded_at", INSTANT, nullable=False),
        sa.UniqueConstraint("certification_id", "kind", name="uq_reminder_certification_id_kind"),
    )
    op.create_table(
        "renewal",
        *_key("renewal"),
        _link("renewal", "certification"),
        _link("renewal", "certification", name="renewed"),
        sa.Column("answers", sa.JSON(), nullable=False),
        *_when_and_who("confirmed"),
        sa.UniqueConstraint("certification_id", name="uq_renewal_certification_id"),
        sa.UniqueConstraint("renewed_id", name="uq_renewal_renewed_id"),
    )


def _raising() -> None:
    op.create_table(
        "level_request",
        *_key("level_request"),
        sa.Column("ref", sa.String(), nullable=False),
        _link("level_request", "certification"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        *_when_and_who("requested"),
        sa.UniqueConstraint("ref", name="uq_level_request_ref"),
        sa.UniqueConstraint("certification_id", "number", name="uq_level_request_certification_id_number"),
    )
    op.create_table(
        "criterion_evidence",
        *_key("criterion_evidence"),
        _link("criterion_evidence", "level_request", name="request"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        *_piece("criterion_evidence"),
        sa.UniqueConstraint("request_id", "position", name="uq_criterion_evidence_request_id_position"),
    )
    op.create_table(
        "level_decision",
        *_key("level_decision"),
        _link("level_decision", "level_request", name="request"),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        *_when_and_who("decided"),
        sa.Column("decider", sa.String(), nullable=False),
        sa.UniqueConstraint("request_id", name="uq_level_decision_request_id"),
    )
    op.create_table(
        "criterion_finding",
        *_key("criterion_finding"),
        _link("criterion_finding", "level_decision", name="decision"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.UniqueConstraint("decision_id", "position", name="uq_criterion_finding_decision_id_position"),
    )


def _sampling() -> None:
    op.create_table(
        "sample_draw",
        *_key("sample_draw"),
        sa.Column("ref", sa.String(), nullable=False),
        _link("sample_draw", "program"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("seed_digest", sa.String(), nullable=False),
        *_when_and_who("announced"),
        sa.Column("drawn_at", INSTANT, nullable=True),
        sa.Column("drawn_by", sa.String(), nullable=True),
        sa.Column("tickets", sa.JSON(none_as_null=True), nullable=True),
        sa.UniqueConstraint("ref", name="uq_sample_draw_ref"),
        sa.UniqueConstraint("program_id", "year", name="uq_sample_draw_program_id_year"),
        sa.CheckConstraint("(drawn_at IS NULL) = (drawn_by IS NULL) AND (drawn_at IS NULL) = (tickets IS NULL)", name=op.f("ck_sample_draw_drawn")),
    )
    op.create_table(
        "examination",
        *_key("examination"),
        sa.Column("ref", sa.String(), nullable=False),
        _link("examination", "sample_draw", name="draw"),
        _link("examination", "certification"),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.UniqueConstraint("ref", name="uq_examination_ref"),
        sa.UniqueConstraint("draw_id", "certification_id", name="uq_examination_draw_id_certification_id"),
    )
    op.create_index("ix_examination_certification_id", "examination", ["certification_id"])
    _examining()


def _examining() -> None:
    op.create_table(
        "examination_evidence",
        *_key("examination_evidence"),
        _link("examination_evidence", "examination"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        *_piece("examination_evidence"),
        *_when_and_who("sent"),
        sa.UniqueConstraint("examination_id", "number", name="uq_examination_evidence_examination_id_number"),
    )
    op.create_table(
        "examination_finding",
        *_key("examination_finding"),
        _link("examination_finding", "examination"),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        *_when_and_who("found"),
        sa.Column("finder", sa.String(), nullable=False),
        sa.UniqueConstraint("examination_id", name="uq_examination_finding_examination_id"),
    )
    op.create_table(
        "examination_reply",
        *_key("examination_reply"),
        _link("examination_reply", "examination_finding", name="finding"),
        sa.Column("words", sa.String(), nullable=False),
        *_when_and_who("replied"),
        sa.UniqueConstraint("finding_id", name="uq_examination_reply_finding_id"),
    )
    op.create_table(
        "examination_conclusion",
        *_key("examination_conclusion"),
        _link("examination_conclusion", "examination"),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *_when_and_who("concluded"),
        sa.Column("concluder", sa.String(), nullable=False),
        sa.UniqueConstraint("examination_id", name="uq_examination_conclusion_examination_id"),
    )


def _key(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _link(table: str, to: str, name: str | None = None) -> sa.Column[int]:
    column = f"{name or to}_id"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}_{to}"), nullable=False)


def _when_and_who(done: str) -> tuple[sa.Column[object], sa.Column[str]]:
    return sa.Column(f"{done}_at", INSTANT, nullable=False), sa.Column(f"{done}_by", sa.String(), nullable=False)


def _piece(table: str) -> tuple[sa.Column[str], sa.Column[str]]:
    """Give the columns of a file that supports something: its evidence, and its name."""
    key = sa.ForeignKey("evidence.digest", name=f"fk_{table}_piece_digest_evidence")
    return sa.Column("piece_digest", sa.String(), key, nullable=True), sa.Column("piece_name", sa.String(), nullable=True)

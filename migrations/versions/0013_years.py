"""What keeps a certification true over the years: reminders, renewals, levels asked for, yearly samples and what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0013_years"
down_revision = "0009_answered_posts"
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
    pass


def _sampling() -> None:
    pass


def _key(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _link(table: str, to: str, name: str | None = None) -> sa.Column[int]:
    column = f"{name or to}_id"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}_{to}"), nullable=False)


def _when_and_who(done: str) -> tuple[sa.Column[object], sa.Column[str]]:
    return sa.Column(f"{done}_at", INSTANT, nullable=False), sa.Column(f"{done}_by", sa.String(), nullable=False)

"""Credentials, with their places in the status lists; the public register, its days and its pages."""

import sqlalchemy as sa
from alembic import op

revision = "0010_credentials"
down_revision = "0009_answered_posts"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), sa.ForeignKey("certification.id", name="fk_credential_certification_id_certification"), nullable=False),
        sa.Column("verification_id", sa.Integer(), sa.ForeignKey("verification.id", name="fk_credential_verification_id_verification"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("list_index", sa.Integer(), nullable=False),
        sa.Column("valid_until", INSTANT, nullable=False),
        sa.Column("digest", sa.String(), sa.ForeignKey("evidence.digest", name="fk_credential_digest_evidence"), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_credential"),
        sa.UniqueConstraint("certification_id", "verification_id", "kind", "issue", name="uq_credential_certification_id_verification_id_kind_issue"),
        sa.UniqueConstraint("list_number", "list_index", name="uq_credential_list_number_list_index"),
    )
    op.create_index("ix_credential_verification_id", "credential", ["verification_id"])
    op.create_index("ix_establishment_closed_at", "establishment", ["closed_at"])
    op.create_table(
        "roll_page",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_roll_page"),
    )
    op.create_table(
        "roll_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roll_day"),
        *(sa.UniqueConstraint(name, name=f"uq_roll_day_{name}") for name in ("number", "day", "previous")),
    )
    for table in ("roll_day", "roll_page"):
        _keep_unchanged(table)


def _keep_unchanged(table: str) -> None:
    """Let these rows only be added: what was published is never rewritten."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        op.execute(f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()")
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")


def downgrade() -> None:
    op.drop_table("roll_day")
    op.drop_table("roll_page")
    if op.get_bind().dialect.name == "postgresql":
        for table in ("roll_day", "roll_page"):
            op.execute(f"DROP FUNCTION {table}_is_append_only()")
    op.drop_index("ix_establishment_closed_at", "establishment")
    op.drop_table("credential")

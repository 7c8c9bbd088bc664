"""Guests told what becomes of an evening; how votes came, and those put aside before the count is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0053_told_and_weighed"
down_revision = "0052_bulletin_testimonials"
branch_labels = None
depends_on = None

STANDS = sa.text("put_back_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "guest_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["guest_id"], ["guest.id"], name=op.f("fk_guest_notice_guest_id_guest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_notice")),
        sa.UniqueConstraint("guest_id", "about", name=op.f("uq_guest_notice_guest_id_about")),
    )
    with op.batch_alter_table("vote_proof") as proof:
        proof.add_column(sa.Column("domain", sa.String(), nullable=True))
        proof.add_column(sa.Column("network_digest", sa.String(), nullable=True))
    op.create_table(
        "vote_trace",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("network_digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_trace_vote_id_vote")),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_vote_trace")),
    )
    op.create_table(
        "vote_set_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_by", sa.String(), nullable=False),
        sa.Column("put_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("put_back_by", sa.String(), nullable=True),
        sa.CheckConstraint("(put_back_at IS NULL) = (put_back_by IS NULL)", name=op.f("ck_vote_set_aside_put_back")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_set_aside_vote_id_vote")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_set_aside")),
    )
    op.create_index("uq_vote_set_aside_standing", "vote_set_aside", ["vote_id"], unique=True, sqlite_where=STANDS, postgresql_where=STANDS)

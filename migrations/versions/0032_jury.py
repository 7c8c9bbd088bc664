"""The jury of a phase: what it judges, who sits and reads what, who stands aside, ballots in a chain, and nudges."""

import sqlalchemy as sa
from alembic import op

revision = "0032_jury"
down_revision = "0031_choosing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jury",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_jury_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury")),
        sa.UniqueConstraint("campaign_id", "phase", name=op.f("uq_jury_campaign_id_phase")),
        sa.UniqueConstraint("ref", name=op.f("uq_jury_ref")),
    )
    op.create_table(
        "jury_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("jury_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["jury_id"], ["jury.id"], name=op.f("fk_jury_seat_jury_id_jury")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_seat")),
        sa.UniqueConstraint("ref", name=op.f("uq_jury_seat_ref")),
    )
    op.create_index(op.f("ix_jury_seat_email"), "jury_seat", ["email"])
    op.create_index(op.f("uq_jury_seat_sitting"), "jury_seat", ["jury_id", "email"], unique=True, sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"))
    op.create_table(
        "jury_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("jury_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("boss_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("cell", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["boss_id"], ["boss.id"], name=op.f("fk_jury_entry_boss_id_boss")),
        sa.ForeignKeyConstraint(["jury_id"], ["jury.id"], name=op.f("fk_jury_entry_jury_id_jury")),
        sa.ForeignKeyConstraint(["nomination_id"], ["nomination.id"], name=op.f("fk_jury_entry_nomination_id_nomination")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_entry")),
        sa.UniqueConstraint("jury_id", "number", name=op.f("uq_jury_entry_jury_id_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_jury_entry_ref")),
    )
    op.create_index(op.f("ix_jury_entry_boss_id"), "jury_entry", ["boss_id"])
    op.create_index(op.f("ix_jury_entry_nomination_id"), "jury_entry", ["nomination_id"])
    op.create_index(op.f("uq_jury_entry_boss"), "jury_entry", ["jury_id", "boss_id"], unique=True, sqlite_where=sa.text("nomination_id IS NULL"), postgresql_where=sa.text("nomination_id IS NULL"))
    op.create_index(op.f("uq_jury_entry_duo"), "jury_entry", ["jury_id", "nomination_id"], unique=True, sqlite_where=sa.text("nomination_id IS NOT NULL"), postgresql_where=sa.text("nomination_id IS NOT NULL"))
    op.create_table(
        "jury_nudge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("nudged_on", sa.Date(), nullable=False),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nudged_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["jury_seat.id"], name=op.f("fk_jury_nudge_seat_id_jury_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_nudge")),
        sa.UniqueConstraint("seat_id", "nudged_on", name=op.f("uq_jury_nudge_seat_id_nudged_on")),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("jury_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_digest", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["jury_entry.id"], name=op.f("fk_ballot_entry_id_jury_entry")),
        sa.ForeignKeyConstraint(["jury_id"], ["jury.id"], name=op.f("fk_ballot_jury_id_jury")),
        sa.ForeignKeyConstraint(["seat_id"], ["jury_seat.id"], name=op.f("fk_ballot_seat_id_jury_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("jury_id", "position", name=op.f("uq_ballot_jury_id_position")),
        sa.UniqueConstraint("ref", name=op.f("uq_ballot_ref")),
        sa.UniqueConstraint("seat_id", "entry_id", "number", name=op.f("uq_ballot_seat_id_entry_id_number")),
    )
    op.create_index(op.f("ix_ballot_entry_id"), "ballot", ["entry_id"])
    op.create_table(
        "jury_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["jury_entry.id"], name=op.f("fk_jury_assignment_entry_id_jury_entry")),
        sa.ForeignKeyConstraint(["seat_id"], ["jury_seat.id"], name=op.f("fk_jury_assignment_seat_id_jury_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_assignment")),
        sa.UniqueConstraint("seat_id", "entry_id", name=op.f("uq_jury_assignment_seat_id_entry_id")),
    )
    op.create_index(op.f("ix_jury_assignment_entry_id"), "jury_assignment", ["entry_id"])
    op.create_table(
        "recusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recused_by", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["jury_entry.id"], name=op.f("fk_recusal_entry_id_jury_entry")),
        sa.ForeignKeyConstraint(["seat_id"], ["jury_seat.id"], name=op.f("fk_recusal_seat_id_jury_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.CheckConstraint("kind IN ('conflict', 'abstention')", name=op.f("ck_recusal_kind")),
    )
    op.create_index(op.f("ix_recusal_entry_id"), "recusal", ["entry_id"])
    op.create_index(op.f("uq_recusal_standing"), "recusal", ["seat_id", "entry_id"], unique=True, sqlite_where=sa.text("taken_back_at IS NULL"), postgresql_where=sa.text("taken_back_at IS NULL"))

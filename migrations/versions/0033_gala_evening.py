"""The evening of a gala: its organisers, awards, order, guests, tables and seats."""

import sqlalchemy as sa
from alembic import op

revision = "0033_gala_evening"
down_revision = "0032_jury"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gala_announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_gala_announcement_gala_id_gala")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gala_announcement")),
        sa.UniqueConstraint("gala_id", name=op.f("uq_gala_announcement_gala_id")),
    )
    op.create_table(
        "gala_award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("sponsor", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_gala_award_gala_id_gala")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gala_award")),
        sa.UniqueConstraint("gala_id", "name_fr", name=op.f("uq_gala_award_gala_id_name_fr")),
        sa.UniqueConstraint("ref", name=op.f("uq_gala_award_ref")),
    )
    op.create_table(
        "gala_cancellation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_gala_cancellation_gala_id_gala")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gala_cancellation")),
        sa.UniqueConstraint("gala_id", name=op.f("uq_gala_cancellation_gala_id")),
    )
    op.create_table(
        "gala_organiser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_gala_organiser_gala_id_gala")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gala_organiser")),
        sa.UniqueConstraint("ref", name=op.f("uq_gala_organiser_ref")),
    )
    op.create_index(op.f("ix_gala_organiser_email"), "gala_organiser", ["email"])
    op.create_index(
        op.f("uq_gala_organiser_standing"),
        "gala_organiser",
        ["gala_id", "email"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "gala_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_gala_table_gala_id_gala")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gala_table")),
        sa.UniqueConstraint("gala_id", "name", name=op.f("uq_gala_table_gala_id_name")),
        sa.UniqueConstraint("ref", name=op.f("uq_gala_table_ref")),
        sa.CheckConstraint("seats > 0", name=op.f("ck_gala_table_seats")),
    )
    op.create_table(
        "award_placing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("laureate_id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["gala_award.id"], name=op.f("fk_award_placing_award_id_gala_award")),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_award_placing_gala_id_gala")),
        sa.ForeignKeyConstraint(["laureate_id"], ["laureate.id"], name=op.f("fk_award_placing_laureate_id_laureate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_placing")),
        sa.UniqueConstraint("gala_id", "laureate_id", name=op.f("uq_award_placing_gala_id_laureate_id")),
    )
    op.create_index(op.f("ix_award_placing_award_id"), "award_placing", ["award_id"])
    op.create_index(op.f("ix_award_placing_laureate_id"), "award_placing", ["laureate_id"])
    op.create_table(
        "evening_moment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("laureate_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("presenter", sa.String(), nullable=False),
        sa.Column("music", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_evening_moment_gala_id_gala")),
        sa.ForeignKeyConstraint(["laureate_id"], ["laureate.id"], name=op.f("fk_evening_moment_laureate_id_laureate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evening_moment")),
        sa.UniqueConstraint("gala_id", "laureate_id", name=op.f("uq_evening_moment_gala_id_laureate_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_evening_moment_ref")),
        sa.CheckConstraint("kind IN ('award', 'speech', 'meal', 'music', 'break', 'other')", name=op.f("ck_evening_moment_kind")),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_evening_moment_seconds")),
    )
    op.create_index(op.f("ix_evening_moment_gala_id_position"), "evening_moment", ["gala_id", "position"])
    op.create_index(op.f("ix_evening_moment_laureate_id"), "evening_moment", ["laureate_id"])
    op.create_table(
        "guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("gala_id", sa.Integer(), nullable=False),
        sa.Column("laureate_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("reply_digest", sa.String(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["gala_id"], ["gala.id"], name=op.f("fk_guest_gala_id_gala")),
        sa.ForeignKeyConstraint(["laureate_id"], ["laureate.id"], name=op.f("fk_guest_laureate_id_laureate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
        sa.UniqueConstraint("gala_id", "laureate_id", "side", name=op.f("uq_guest_gala_id_laureate_id_side")),
        sa.UniqueConstraint("ref", name=op.f("uq_guest_ref")),
        sa.UniqueConstraint("reply_digest", name=op.f("uq_guest_reply_digest")),
        sa.CheckConstraint("seats > 0", name=op.f("ck_guest_seats")),
        sa.CheckConstraint("side IN ('employer', 'student', 'body')", name=op.f("ck_guest_side")),
    )
    op.create_index(op.f("ix_guest_gala_id_id"), "guest", ["gala_id", "id"])
    op.create_index(op.f("ix_guest_laureate_id"), "guest", ["laureate_id"])
    op.create_table(
        "guest_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_coming", sa.Boolean(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replied_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["guest_id"], ["guest.id"], name=op.f("fk_guest_reply_guest_id_guest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_reply")),
        sa.UniqueConstraint("guest_id", "number", name=op.f("uq_guest_reply_guest_id_number")),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_guest_reply_seats")),
    )
    op.create_table(
        "table_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["guest_id"], ["guest.id"], name=op.f("fk_table_seat_guest_id_guest")),
        sa.ForeignKeyConstraint(["table_id"], ["gala_table.id"], name=op.f("fk_table_seat_table_id_gala_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_seat")),
        sa.UniqueConstraint("table_id", "number", name=op.f("uq_table_seat_table_id_number")),
        sa.CheckConstraint("number > 0", name=op.f("ck_table_seat_number")),
    )
    op.create_index(op.f("ix_table_seat_guest_id"), "table_seat", ["guest_id"])

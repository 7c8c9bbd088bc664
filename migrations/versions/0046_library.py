"""The library: versions of tools and their files, beats and packs, testimonials, the watch; what is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0046_library"
down_revision = "0045_pursuits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "beat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("season_fr", sa.String(), nullable=False),
        sa.Column("season_en", sa.String(), nullable=False),
        sa.Column("what_fr", sa.String(), nullable=False),
        sa.Column("what_en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beat")),
        sa.UniqueConstraint("slug", name=op.f("uq_beat_slug")),
    )
    op.create_table(
        "beat_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("beat_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_beat_date_order")),
        sa.ForeignKeyConstraint(["beat_id"], ["beat.id"], name=op.f("fk_beat_date_beat_id_beat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beat_date")),
        sa.UniqueConstraint("beat_id", "year", name=op.f("uq_beat_date_beat_id_year")),
    )
    op.create_index("ix_beat_date_until_on", "beat_date", ["until_on"])
    op.create_table(
        "pack_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("beat_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title_fr", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("text_fr", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["beat_id"], ["beat.id"], name=op.f("fk_pack_piece_beat_id_beat")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_pack_piece_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_piece")),
        sa.UniqueConstraint("ref", name=op.f("uq_pack_piece_ref")),
    )
    op.create_index("ix_pack_piece_beat_id_program_id", "pack_piece", ["beat_id", "program_id"])
    op.create_table(
        "testimonial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_testimonial_employer_id_employer")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_testimonial_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_testimonial")),
        sa.UniqueConstraint("ref", name=op.f("uq_testimonial_ref")),
    )
    op.create_index(op.f("ix_testimonial_employer_id"), "testimonial", ["employer_id"])
    op.create_index("ix_testimonial_program_id_offered_at", "testimonial", ["program_id", "offered_at"])
    op.create_table(
        "watch_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_watch_note_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_note")),
        sa.UniqueConstraint("ref", name=op.f("uq_watch_note_ref")),
    )
    op.create_index("ix_watch_note_program_id_seen_at", "watch_note", ["program_id", "seen_at"])
    op.create_index("ix_watch_note_seen_at", "watch_note", ["seen_at"])
    op.create_table(
        "testimonial_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("testimonial_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["testimonial_id"], ["testimonial.id"], name=op.f("fk_testimonial_reading_testimonial_id_testimonial")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_testimonial_reading")),
        sa.UniqueConstraint("testimonial_id", name=op.f("uq_testimonial_reading_testimonial_id")),
    )
    op.create_table(
        "testimonial_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("testimonial_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["testimonial_id"], ["testimonial.id"], name=op.f("fk_testimonial_withdrawal_testimonial_id_testimonial")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_testimonial_withdrawal")),
        sa.UniqueConstraint("testimonial_id", name=op.f("uq_testimonial_withdrawal_testimonial_id")),
    )
    op.create_table(
        "tool_download",
        sa.Column("tool_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tool_id"], ["tool.id"], name=op.f("fk_tool_download_tool_id_tool")),
        sa.PrimaryKeyConstraint("tool_id", "number", "language", "day", "program", name=op.f("pk_tool_download")),
    )
    op.create_table(
        "tool_hiding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("tool_id", sa.Integer(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_tool_hiding_program_id_program")),
        sa.ForeignKeyConstraint(["tool_id"], ["tool.id"], name=op.f("fk_tool_hiding_tool_id_tool")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_hiding")),
        sa.UniqueConstraint("program_id", "tool_id", name=op.f("uq_tool_hiding_program_id_tool_id")),
    )
    op.create_index(op.f("ix_tool_hiding_tool_id"), "tool_hiding", ["tool_id"])
    op.create_table(
        "tool_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("tool_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title_fr", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("summary_fr", sa.String(), nullable=False),
        sa.Column("summary_en", sa.String(), nullable=False),
        sa.Column("text_fr", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["tool_id"], ["tool.id"], name=op.f("fk_tool_version_tool_id_tool")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_version")),
        sa.UniqueConstraint("ref", name=op.f("uq_tool_version_ref")),
        sa.UniqueConstraint("tool_id", "number", name=op.f("uq_tool_version_tool_id_number")),
    )
    op.create_index(op.f("ix_tool_version_published_at"), "tool_version", ["published_at"])
    op.create_table(
        "tool_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["sent_file.digest"], name=op.f("fk_tool_file_digest_sent_file")),
        sa.ForeignKeyConstraint(["version_id"], ["tool_version.id"], name=op.f("fk_tool_file_version_id_tool_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_file")),
        sa.UniqueConstraint("version_id", "name", name=op.f("uq_tool_file_version_id_name")),
    )
    op.create_index(op.f("ix_tool_file_digest"), "tool_file", ["digest"])
    op.create_table(
        "tool_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["tool_version.id"], name=op.f("fk_tool_review_version_id_tool_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_review")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_tool_review_version_id_number")),
    )
    op.add_column("hand_out", sa.Column("ref", sa.String(), nullable=True))
    op.create_index(op.f("ix_hand_out_ref"), "hand_out", ["ref"], unique=True)
    with op.batch_alter_table("tool") as tool:
        tool.add_column(sa.Column("topic", sa.String(), nullable=True))
        tool.add_column(sa.Column("origin_id", sa.Integer(), nullable=True))
        tool.add_column(sa.Column("employer_id", sa.Integer(), nullable=True))
        tool.add_column(sa.Column("review_on", sa.Date(), nullable=True))
        tool.create_foreign_key("fk_tool_origin_id_tool", "tool", ["origin_id"], ["id"])
        tool.create_foreign_key("fk_tool_employer_id_employer", "employer", ["employer_id"], ["id"])
    op.create_index(op.f("ix_tool_employer_id"), "tool", ["employer_id"])
    op.create_index("ix_tool_origin_id_program_id", "tool", ["origin_id", "program_id"], unique=True)
    op.create_index("ix_tool_review_on", "tool", ["review_on"])

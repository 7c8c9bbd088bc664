"""The calendar of the field: invitations that calendars understand, hours to choose from, subscriptions, tours, workshops."""

import sqlalchemy as sa
from alembic import op

revision = "0037_calendar"
down_revision = "0035_outreach"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_calendar_feed_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("ref", name=op.f("uq_calendar_feed_ref")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_calendar_feed_token_digest")),
    )
    op.create_index(
        "uq_calendar_feed_in_force",
        "calendar_feed",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "day_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_day_reminder_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_reminder")),
        sa.UniqueConstraint("user_id", "day", name=op.f("uq_day_reminder_user_id_day")),
    )
    op.create_table(
        "tour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_tour_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour")),
        sa.UniqueConstraint("program_id", "title", name=op.f("uq_tour_program_id_title")),
        sa.UniqueConstraint("ref", name=op.f("uq_tour_ref")),
    )
    op.create_index("ix_tour_program_id_made_at", "tour", ["program_id", "made_at"])
    op.create_table(
        "workshop_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("wished", sa.String(), nullable=False),
        sa.Column("preferred_on", sa.Date(), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_workshop_request_people")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_workshop_request_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_workshop_request_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_request")),
        sa.UniqueConstraint("ref", name=op.f("uq_workshop_request_ref")),
    )
    op.create_index("ix_workshop_request_program_id_asked_at", "workshop_request", ["program_id", "asked_at"])
    op.create_table(
        "tour_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(mrc_id IS NULL) <> (partner_id IS NULL)", name=op.f("ck_tour_stop_one_party")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_tour_stop_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_tour_stop_partner_id_partner")),
        sa.ForeignKeyConstraint(["tour_id"], ["tour.id"], name=op.f("fk_tour_stop_tour_id_tour")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_stop")),
        sa.UniqueConstraint("ref", name=op.f("uq_tour_stop_ref")),
        sa.UniqueConstraint("tour_id", "mrc_id", name=op.f("uq_tour_stop_tour_id_mrc_id")),
        sa.UniqueConstraint("tour_id", "partner_id", name=op.f("uq_tour_stop_tour_id_partner_id")),
    )
    op.create_index(op.f("ix_tour_stop_mrc_id"), "tour_stop", ["mrc_id"])
    op.create_index(op.f("ix_tour_stop_partner_id"), "tour_stop", ["partner_id"])
    op.create_table(
        "slot_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=True),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("weekdays", sa.String(), nullable=False),
        sa.Column("from_hour", sa.String(), nullable=False),
        sa.Column("until_hour", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_slot_offer_closed")),
        sa.CheckConstraint("minutes > 0 AND buffer_minutes >= 0", name=op.f("ck_slot_offer_lengths")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_slot_offer_order")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_slot_offer_employer_id_employer")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_slot_offer_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_slot_offer_program_id_program")),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_slot_offer_prospect_id_prospect")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_slot_offer_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_offer")),
        sa.UniqueConstraint("ref", name=op.f("uq_slot_offer_ref")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_slot_offer_token_digest")),
    )
    op.create_index(op.f("ix_slot_offer_employer_id"), "slot_offer", ["employer_id"])
    op.create_index("ix_slot_offer_program_id_opened_at", "slot_offer", ["program_id", "opened_at"])
    op.create_index(op.f("ix_slot_offer_prospect_id"), "slot_offer", ["prospect_id"])
    op.create_index(op.f("ix_slot_offer_user_id"), "slot_offer", ["user_id"])
    op.create_table(
        "route_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_route_stop_user_id_user")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_route_stop_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_stop")),
        sa.UniqueConstraint("user_id", "visit_id", name=op.f("uq_route_stop_user_id_visit_id")),
    )
    op.create_index(op.f("ix_route_stop_visit_id"), "route_stop", ["visit_id"])
    op.create_table(
        "slot_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["offer_id"], ["slot_offer.id"], name=op.f("fk_slot_choice_offer_id_slot_offer")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_slot_choice_user_id_user")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_slot_choice_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_choice")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_slot_choice_visit_id")),
    )
    op.create_index(
        "uq_slot_choice_hour",
        "slot_choice",
        ["user_id", "starts_at"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index(
        "uq_slot_choice_offer",
        "slot_choice",
        ["offer_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "stop_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["tour_stop.id"], name=op.f("fk_stop_meeting_stop_id_tour_stop")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_stop_meeting_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop_meeting")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_stop_meeting_visit_id")),
    )
    op.create_index(op.f("ix_stop_meeting_stop_id"), "stop_meeting", ["stop_id"])
    op.create_table(
        "visit_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_visit_invitation_withdrawn")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_invitation_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_invitation")),
        sa.UniqueConstraint("ref", name=op.f("uq_visit_invitation_ref")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_visit_invitation_token_digest")),
        sa.UniqueConstraint("visit_id", "email", name=op.f("uq_visit_invitation_visit_id_email")),
    )
    op.create_table(
        "workshop_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.CheckConstraint("(visit_id IS NULL) = (reason IS NOT NULL)", name=op.f("ck_workshop_answer_one_answer")),
        sa.ForeignKeyConstraint(["request_id"], ["workshop_request.id"], name=op.f("fk_workshop_answer_request_id_workshop_request")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_workshop_answer_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_answer")),
        sa.UniqueConstraint("request_id", name=op.f("uq_workshop_answer_request_id")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_workshop_answer_visit_id")),
    )
    op.create_table(
        "invitation_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["visit_invitation.id"], name=op.f("fk_invitation_reminder_invitation_id_visit_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_reminder")),
        sa.UniqueConstraint("invitation_id", "sequence", name=op.f("uq_invitation_reminder_invitation_id_sequence")),
    )
    op.create_table(
        "invitation_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(answer = 'proposed') = (proposed_at IS NOT NULL)", name=op.f("ck_invitation_reply_proposed")),
        sa.CheckConstraint("answer IN ('accepted', 'declined', 'proposed')", name=op.f("ck_invitation_reply_answer")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["visit_invitation.id"], name=op.f("fk_invitation_reply_invitation_id_visit_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_reply")),
        sa.UniqueConstraint("invitation_id", "number", name=op.f("uq_invitation_reply_invitation_id_number")),
    )
    op.create_index("ix_visit_starts_at", "visit", ["starts_at"])
    op.add_column("letter", sa.Column("calendar", sa.String(), nullable=True))

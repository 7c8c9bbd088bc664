"""Who is around a program and who decides: the register, committees, distinctions, ways to help, requests, consultations."""

import sqlalchemy as sa
from alembic import op

revision = "0044_network"
down_revision = "0043_reports"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
PLAIN = (
    ("committee", "mrc_id"), ("consultation", "program_id"), ("distinction", "employer_id"), ("distinction", "mrc_id"),
    ("help_offer", "employer_id"), ("consultation_invitation", "employer_id"), ("network_body", "category_id"),
    ("network_body", "partner_id"), ("body_contact", "body_id"), ("body_contact", "ended_at"), ("body_place", "body_id"),
    ("body_place", "mrc_id"), ("committee_decision", "meeting_id"), ("committee_decision", "version_id"),
    ("meeting_minutes", "adopted_in_id"), ("committee_seat", "body_id"), ("committee_seat", "committee_id"),
    ("committee_seat", "delegate_id"), ("support_assignment", "expert_id"), ("support_assignment", "request_id"),
    ("support_assignment", "user_id"), ("committee_task", "seat_id"), ("committee_task", "user_id"), ("meeting_attendance", "seat_id"),
)  # fmt: skip
"""Tables and the one column by which each is read."""


def upgrade() -> None:
    op.create_table(
        "committee", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False), sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False), sa.Column("mandate", sa.String(), nullable=False),
        sa.Column("is_ours", sa.Boolean(), nullable=False), sa.Column("formed_at", AT, nullable=False),
        sa.Column("formed_by", sa.String(), nullable=False), sa.Column("dissolved_at", AT, nullable=True),
        sa.Column("dissolved_by", sa.String(), nullable=True),
        sa.CheckConstraint("(dissolved_at IS NULL) = (dissolved_by IS NULL)", name=op.f("ck_committee_dissolved")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_committee_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_committee_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("program_id", "name", name=op.f("uq_committee_program_id_name")),
        sa.UniqueConstraint("ref", name=op.f("uq_committee_ref")),
    )  # fmt: skip
    op.create_index("ix_committee_formed_at", "committee", ["formed_at", "ref"])
    op.create_table(
        "consultation", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False), sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False), sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False), sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False), sa.Column("opened_at", AT, nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False), sa.Column("summary", sa.String(), nullable=False),
        sa.Column("closed_at", AT, nullable=True), sa.Column("closed_by", sa.String(), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_consultation_closed")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_consultation_order")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_consultation_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")), sa.UniqueConstraint("ref", name=op.f("uq_consultation_ref")),
    )  # fmt: skip
    op.create_index("ix_consultation_opened_at", "consultation", ["opened_at", "ref"])
    op.create_index("uq_consultation_open", "consultation", ["program_id"], unique=True, sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL"))
    op.create_table(
        "distinction", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False), sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False), sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("offered_at", AT, nullable=False), sa.Column("offered_by", sa.String(), nullable=False),
        sa.Column("accepted_at", AT, nullable=True), sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("ended_at", AT, nullable=True), sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("(kind = 'ambassador') = (mrc_id IS NOT NULL)", name=op.f("ck_distinction_place")),
        sa.CheckConstraint("kind IN ('founder', 'ambassador')", name=op.f("ck_distinction_kind")),
        sa.CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_distinction_steps")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_distinction_employer_id_employer")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_distinction_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_distinction_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinction")), sa.UniqueConstraint("ref", name=op.f("uq_distinction_ref")),
    )  # fmt: skip
    op.create_index("ix_distinction_offered_at", "distinction", ["offered_at", "ref"])
    op.create_index("uq_distinction_standing", "distinction", ["program_id", "employer_id", "kind"], unique=True, sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"))
    op.create_table(
        "help_offer", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False), sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False), sa.Column("note", sa.String(), nullable=False),
        sa.Column("offered_at", AT, nullable=False), sa.Column("offered_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", AT, nullable=True), sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_help_offer_withdrawn")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_help_offer_employer_id_employer")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_help_offer_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_offer")), sa.UniqueConstraint("ref", name=op.f("uq_help_offer_ref")),
    )  # fmt: skip
    op.create_index("ix_help_offer_offered_at", "help_offer", ["offered_at", "ref"])
    op.create_index("uq_help_offer_standing", "help_offer", ["program_id", "employer_id", "kind"], unique=True, sqlite_where=sa.text("withdrawn_at IS NULL"), postgresql_where=sa.text("withdrawn_at IS NULL"))
    op.create_table(
        "member_category", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False), sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", AT, nullable=False), sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_member_category_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_category")),
        sa.UniqueConstraint("program_id", "name", name=op.f("uq_member_category_program_id_name")),
        sa.UniqueConstraint("ref", name=op.f("uq_member_category_ref")),
    )  # fmt: skip
    op.create_table(
        "support_request", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False), sa.Column("asker", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False), sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False), sa.Column("phone", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False), sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.CheckConstraint("asker IN ('school', 'partner', 'employer', 'other')", name=op.f("ck_support_request_asker")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_support_request_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_request")), sa.UniqueConstraint("ref", name=op.f("uq_support_request_ref")),
    )  # fmt: skip
    op.create_index("ix_support_request_program_id_asked_at", "support_request", ["program_id", "asked_at"])
    op.create_table(
        "committee_meeting", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False), sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(), nullable=False), sa.Column("place", sa.String(), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False), sa.Column("planned_at", AT, nullable=False),
        sa.Column("planned_by", sa.String(), nullable=False), sa.Column("cancelled_at", AT, nullable=True),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name=op.f("ck_committee_meeting_cancelled")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_committee_meeting_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_meeting")),
        sa.UniqueConstraint("committee_id", "held_on", "starts_at", name=op.f("uq_committee_meeting_committee_id_held_on_starts_at")),
        sa.UniqueConstraint("ref", name=op.f("uq_committee_meeting_ref")),
    )  # fmt: skip
    op.create_table(
        "consultation_invitation", sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False), sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("link_digest", sa.String(), nullable=True), sa.Column("invited_at", AT, nullable=False),
        sa.Column("invited_by", sa.String(), nullable=False), sa.Column("answered_at", AT, nullable=True),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_invitation_consultation_id_consultation")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_consultation_invitation_employer_id_employer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_invitation")),
        sa.UniqueConstraint("consultation_id", "employer_id", name=op.f("uq_consultation_invitation_consultation_id_employer_id")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_consultation_invitation_link_digest")),
    )  # fmt: skip
    op.create_table(
        "network_body", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False), sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True), sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False), sa.Column("website", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False), sa.Column("noted_at", AT, nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False), sa.Column("archived_at", AT, nullable=True),
        sa.Column("archived_by", sa.String(), nullable=True),
        sa.CheckConstraint("(archived_at IS NULL) = (archived_by IS NULL)", name=op.f("ck_network_body_archived")),
        sa.ForeignKeyConstraint(["category_id"], ["member_category.id"], name=op.f("fk_network_body_category_id_member_category")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_network_body_partner_id_partner")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_network_body_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_body")),
        sa.UniqueConstraint("program_id", "name", name=op.f("uq_network_body_program_id_name")),
        sa.UniqueConstraint("program_id", "partner_id", name=op.f("uq_network_body_program_id_partner_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_network_body_ref")),
    )  # fmt: skip
    op.create_index("ix_network_body_noted_at", "network_body", ["noted_at", "ref"])
    op.create_index("ix_network_body_program_id_kind", "network_body", ["program_id", "kind"])
    op.create_table(
        "support_settlement", sa.Column("id", sa.Integer(), nullable=False), sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False), sa.Column("note", sa.String(), nullable=False),
        sa.Column("settled_at", AT, nullable=False), sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("settler", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["support_request.id"], name=op.f("fk_support_settlement_request_id_support_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_settlement")),
        sa.UniqueConstraint("request_id", name=op.f("uq_support_settlement_request_id")),
    )  # fmt: skip
    op.create_index("ix_support_settlement_settled_at", "support_settlement", ["settled_at"])
    op.create_table(
        "body_contact", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False), sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False), sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True), sa.Column("language", sa.String(), nullable=False),
        sa.Column("expertise", sa.String(), nullable=False), sa.Column("noted_at", AT, nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False), sa.Column("ended_at", AT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_body_contact_language")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_body_contact_ended")),
        sa.ForeignKeyConstraint(["body_id"], ["network_body.id"], name=op.f("fk_body_contact_body_id_network_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_contact")), sa.UniqueConstraint("ref", name=op.f("uq_body_contact_ref")),
    )  # fmt: skip
    op.create_table(
        "body_place", sa.Column("id", sa.Integer(), nullable=False), sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=False), sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True), sa.Column("noted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["network_body.id"], name=op.f("fk_body_place_body_id_network_body")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_body_place_mrc_id_mrc")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_place")),
    )  # fmt: skip
    op.create_index("uq_body_place_standing", "body_place", ["body_id", "mrc_id"], unique=True, sqlite_where=sa.text("until_on IS NULL"), postgresql_where=sa.text("until_on IS NULL"))
    op.create_table(
        "body_provision", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False), sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False), sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False), sa.Column("what", sa.String(), nullable=False),
        sa.Column("noted_at", AT, nullable=False), sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("struck_at", AT, nullable=True), sa.Column("struck_by", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('money', 'hours', 'rooms', 'prizes')", name=op.f("ck_body_provision_kind")),
        sa.CheckConstraint("(struck_at IS NULL) = (struck_by IS NULL)", name=op.f("ck_body_provision_struck")),
        sa.CheckConstraint("cents >= 0 AND quantity >= 0 AND cents + quantity > 0", name=op.f("ck_body_provision_amount")),
        sa.ForeignKeyConstraint(["body_id"], ["network_body.id"], name=op.f("fk_body_provision_body_id_network_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_provision")), sa.UniqueConstraint("ref", name=op.f("uq_body_provision_ref")),
    )  # fmt: skip
    op.create_index("ix_body_provision_body_id_given_on", "body_provision", ["body_id", "given_on"])
    op.create_table(
        "committee_decision", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False), sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True), sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False), sa.Column("noted_at", AT, nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_committee_decision_committee_id_committee")),
        sa.ForeignKeyConstraint(["meeting_id"], ["committee_meeting.id"], name=op.f("fk_committee_decision_meeting_id_committee_meeting")),
        sa.ForeignKeyConstraint(["version_id"], ["program_version.id"], name=op.f("fk_committee_decision_version_id_program_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_decision")),
        sa.UniqueConstraint("committee_id", "number", name=op.f("uq_committee_decision_committee_id_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_committee_decision_ref")),
    )  # fmt: skip
    op.create_table(
        "consultation_comment", sa.Column("id", sa.Integer(), nullable=False), sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False), sa.Column("words", sa.String(), nullable=False),
        sa.Column("said_at", AT, nullable=False),
        sa.ForeignKeyConstraint(["invitation_id"], ["consultation_invitation.id"], name=op.f("fk_consultation_comment_invitation_id_consultation_invitation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_comment")),
        sa.UniqueConstraint("invitation_id", "clause", name=op.f("uq_consultation_comment_invitation_id_clause")),
    )  # fmt: skip
    op.create_table(
        "meeting_minutes", sa.Column("id", sa.Integer(), nullable=False), sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False), sa.Column("digest", sa.String(), nullable=True),
        sa.Column("written_at", AT, nullable=False), sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("adopted_at", AT, nullable=True), sa.Column("adopted_by", sa.String(), nullable=True),
        sa.Column("adopted_in_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(adopted_at IS NULL) = (adopted_by IS NULL) AND (adopted_at IS NULL) = (adopted_in_id IS NULL) AND (adopted_at IS NULL) = (digest IS NULL)", name=op.f("ck_meeting_minutes_adopted")),
        sa.ForeignKeyConstraint(["adopted_in_id"], ["committee_meeting.id"], name=op.f("fk_meeting_minutes_adopted_in_id_committee_meeting")),
        sa.ForeignKeyConstraint(["meeting_id"], ["committee_meeting.id"], name=op.f("fk_meeting_minutes_meeting_id_committee_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_minutes")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_meeting_minutes_meeting_id")),
    )  # fmt: skip
    op.create_table(
        "meeting_synthesis", sa.Column("id", sa.Integer(), nullable=False), sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False), sa.Column("sent_to", sa.Integer(), nullable=False),
        sa.Column("sent_at", AT, nullable=False), sa.Column("sent_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["committee_meeting.id"], name=op.f("fk_meeting_synthesis_meeting_id_committee_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_synthesis")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_meeting_synthesis_meeting_id")),
    )  # fmt: skip
    op.create_table(
        "committee_seat", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False), sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True), sa.Column("role", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False), sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("given_at", AT, nullable=False), sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["network_body.id"], name=op.f("fk_committee_seat_body_id_network_body")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_committee_seat_committee_id_committee")),
        sa.ForeignKeyConstraint(["delegate_id"], ["body_contact.id"], name=op.f("fk_committee_seat_delegate_id_body_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_seat")), sa.UniqueConstraint("ref", name=op.f("uq_committee_seat_ref")),
    )  # fmt: skip
    op.create_index("uq_committee_seat_standing", "committee_seat", ["committee_id", "body_id"], unique=True, sqlite_where=sa.text("until_on IS NULL"), postgresql_where=sa.text("until_on IS NULL"))
    op.create_table(
        "support_assignment", sa.Column("id", sa.Integer(), nullable=False), sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True), sa.Column("expert_id", sa.Integer(), nullable=True),
        sa.Column("assigned_at", AT, nullable=False), sa.Column("assigned_by", sa.String(), nullable=False),
        sa.CheckConstraint("(user_id IS NULL) <> (expert_id IS NULL)", name=op.f("ck_support_assignment_one_person")),
        sa.ForeignKeyConstraint(["expert_id"], ["body_contact.id"], name=op.f("fk_support_assignment_expert_id_body_contact")),
        sa.ForeignKeyConstraint(["request_id"], ["support_request.id"], name=op.f("fk_support_assignment_request_id_support_request")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_support_assignment_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_assignment")),
    )  # fmt: skip
    op.create_table(
        "committee_task", sa.Column("id", sa.Integer(), nullable=False), sa.Column("ref", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False), sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("seat_id", sa.Integer(), nullable=True), sa.Column("what", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False), sa.Column("noted_at", AT, nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False), sa.Column("done_at", AT, nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_committee_task_done")),
        sa.CheckConstraint("(user_id IS NULL) <> (seat_id IS NULL)", name=op.f("ck_committee_task_one_doer")),
        sa.ForeignKeyConstraint(["meeting_id"], ["committee_meeting.id"], name=op.f("fk_committee_task_meeting_id_committee_meeting")),
        sa.ForeignKeyConstraint(["seat_id"], ["committee_seat.id"], name=op.f("fk_committee_task_seat_id_committee_seat")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_committee_task_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_task")), sa.UniqueConstraint("ref", name=op.f("uq_committee_task_ref")),
    )  # fmt: skip
    op.create_index("ix_committee_task_meeting_id_due_on", "committee_task", ["meeting_id", "due_on"])
    op.create_table(
        "meeting_attendance", sa.Column("id", sa.Integer(), nullable=False), sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False), sa.Column("presence", sa.String(), nullable=False),
        sa.Column("noted_at", AT, nullable=False), sa.Column("noted_by", sa.String(), nullable=False),
        sa.CheckConstraint("presence IN ('present', 'excused', 'absent')", name=op.f("ck_meeting_attendance_presence")),
        sa.ForeignKeyConstraint(["meeting_id"], ["committee_meeting.id"], name=op.f("fk_meeting_attendance_meeting_id_committee_meeting")),
        sa.ForeignKeyConstraint(["seat_id"], ["committee_seat.id"], name=op.f("fk_meeting_attendance_seat_id_committee_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendance")),
        sa.UniqueConstraint("meeting_id", "seat_id", name=op.f("uq_meeting_attendance_meeting_id_seat_id")),
    )  # fmt: skip
    for table, column in PLAIN:
        op.create_index(f"ix_{table}_{column}", table, [column])

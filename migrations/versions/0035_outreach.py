"""Outreach: funders, plans and objectives; tools and what was handed out; visits, their reports and what follows."""

import sqlalchemy as sa
from alembic import op

revision = "0035_outreach"
down_revision = "0034_laureate_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "funder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_by", sa.String(), nullable=True),
        sa.CheckConstraint("(archived_at IS NULL) = (archived_by IS NULL)", name=op.f("ck_funder_archived")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_funder_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funder")),
        sa.UniqueConstraint("program_id", "name", name=op.f("uq_funder_program_id_name")),
        sa.UniqueConstraint("ref", name=op.f("uq_funder_ref")),
    )
    op.create_table(
        "tool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("title_fr", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_tool_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool")),
        sa.UniqueConstraint("slug", name=op.f("uq_tool_slug")),
    )
    op.create_index("ix_tool_program_id", "tool", ["program_id"])
    op.create_table(
        "action_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("funder_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("is_pilot", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.CheckConstraint("until_on > from_on", name=op.f("ck_action_plan_order")),
        sa.ForeignKeyConstraint(["funder_id"], ["funder.id"], name=op.f("fk_action_plan_funder_id_funder")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_action_plan_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan")),
        sa.UniqueConstraint("ref", name=op.f("uq_action_plan_ref")),
    )
    op.create_index(op.f("ix_action_plan_funder_id"), "action_plan", ["funder_id"])
    op.create_index("ix_action_plan_program_id_from_on", "action_plan", ["program_id", "from_on"])
    op.create_table(
        "hand_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tool_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_hand_out_count")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_hand_out_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_hand_out_program_id_program")),
        sa.ForeignKeyConstraint(["tool_id"], ["tool.id"], name=op.f("fk_hand_out_tool_id_tool")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_out")),
        sa.UniqueConstraint("subject", "tool_id", name=op.f("uq_hand_out_subject_tool_id")),
    )
    op.create_index(op.f("ix_hand_out_mrc_id"), "hand_out", ["mrc_id"])
    op.create_index("ix_hand_out_program_id_handed_on", "hand_out", ["program_id", "handed_on"])
    op.create_index(op.f("ix_hand_out_tool_id"), "hand_out", ["tool_id"])
    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("axis", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plan.id"], name=op.f("fk_objective_plan_id_action_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint("plan_id", "code", name=op.f("uq_objective_plan_id_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_objective_ref")),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=True),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_visit_order")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_visit_employer_id_employer")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_visit_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_visit_objective_id_objective")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_visit_partner_id_partner")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_visit_program_id_program")),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_visit_prospect_id_prospect")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("ref", name=op.f("uq_visit_ref")),
    )
    op.create_index(op.f("ix_visit_employer_id"), "visit", ["employer_id"])
    op.create_index(op.f("ix_visit_mrc_id"), "visit", ["mrc_id"])
    op.create_index(op.f("ix_visit_objective_id"), "visit", ["objective_id"])
    op.create_index(op.f("ix_visit_partner_id"), "visit", ["partner_id"])
    op.create_index("ix_visit_program_id_starts_at", "visit", ["program_id", "starts_at"])
    op.create_index(op.f("ix_visit_prospect_id"), "visit", ["prospect_id"])
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_follow_up_done")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_follow_up_user_id_user")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_follow_up_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("ref", name=op.f("uq_follow_up_ref")),
    )
    op.create_index("ix_follow_up_user_id_due_on", "follow_up", ["user_id", "due_on"])
    op.create_index(op.f("ix_follow_up_visit_id"), "follow_up", ["visit_id"])
    op.create_table(
        "visit_cancellation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_cancellation_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_cancellation")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_visit_cancellation_visit_id")),
    )
    op.create_table(
        "visit_goer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_visit_goer_user_id_user")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_goer_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_goer")),
        sa.UniqueConstraint("visit_id", "user_id", name=op.f("uq_visit_goer_visit_id_user_id")),
    )
    op.create_index(op.f("ix_visit_goer_user_id"), "visit_goer", ["user_id"])
    op.create_table(
        "visit_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_move_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_move")),
        sa.UniqueConstraint("visit_id", "sequence", name=op.f("uq_visit_move_visit_id_sequence")),
    )
    op.create_table(
        "visit_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("client_key", sa.String(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("people_met", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kilometres", sa.Integer(), nullable=False),
        sa.Column("needs_training", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("photo_digest", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.CheckConstraint("people_met >= 0 AND minutes >= 0 AND kilometres >= 0", name=op.f("ck_visit_report_counts")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_visit_report_program_id_program")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_visit_report_user_id_user")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_report_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_report")),
        sa.UniqueConstraint("client_key", name=op.f("uq_visit_report_client_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_visit_report_ref")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_visit_report_visit_id")),
    )
    op.create_index("ix_visit_report_program_id_met_on", "visit_report", ["program_id", "met_on"])
    op.create_index(op.f("ix_visit_report_user_id"), "visit_report", ["user_id"])

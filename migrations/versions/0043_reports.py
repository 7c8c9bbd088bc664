"""Accountability: periods, locks and frozen figures, targets, evaluations of trials, rates, statements."""

import sqlalchemy as sa
from alembic import op

revision = "0043_reports"
down_revision = "0042_bulletins_and_offers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("visit_cents", sa.Integer(), nullable=False),
        sa.Column("kilometre_cents", sa.Integer(), nullable=False),
        sa.Column("hour_cents", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint("visit_cents >= 0 AND kilometre_cents >= 0 AND hour_cents >= 0", name=op.f("ck_activity_rate_cents")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_activity_rate_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_rate")),
        sa.UniqueConstraint("program_id", "from_on", name=op.f("uq_activity_rate_program_id_from_on")),
        sa.UniqueConstraint("ref", name=op.f("uq_activity_rate_ref")),
    )
    op.create_table(
        "report_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_report_period_order")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_report_period_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_period")),
        sa.UniqueConstraint("program_id", "from_on", "until_on", name=op.f("uq_report_period_program_id_from_on_until_on")),
        sa.UniqueConstraint("ref", name=op.f("uq_report_period_ref")),
    )
    op.create_table(
        "period_lock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_by", sa.String(), nullable=False),
        sa.Column("unlocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unlocked_by", sa.String(), nullable=True),
        sa.Column("unlock_reason", sa.String(), nullable=True),
        sa.CheckConstraint("(unlocked_at IS NULL) = (unlock_reason IS NULL)", name=op.f("ck_period_lock_unlocked")),
        sa.ForeignKeyConstraint(["period_id"], ["report_period.id"], name=op.f("fk_period_lock_period_id_report_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_lock")),
        sa.UniqueConstraint("period_id", "number", name=op.f("uq_period_lock_period_id_number")),
    )
    op.create_index(
        "uq_period_lock_open",
        "period_lock",
        ["period_id"],
        unique=True,
        sqlite_where=sa.text("unlocked_at IS NULL"),
        postgresql_where=sa.text("unlocked_at IS NULL"),
    )
    op.create_table(
        "statement_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("kilometres", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_statement_approval_partner_id_partner")),
        sa.ForeignKeyConstraint(["period_id"], ["report_period.id"], name=op.f("fk_statement_approval_period_id_report_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_approval")),
        sa.UniqueConstraint("period_id", "partner_id", name=op.f("uq_statement_approval_period_id_partner_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_statement_approval_ref")),
    )
    op.create_index(op.f("ix_statement_approval_partner_id"), "statement_approval", ["partner_id"])
    op.create_table(
        "approved_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("report_ref", sa.String(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("kilometres", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("visit_cents", sa.Integer(), nullable=False),
        sa.Column("kilometre_cents", sa.Integer(), nullable=False),
        sa.Column("hour_cents", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approval_id"], ["statement_approval.id"], name=op.f("fk_approved_line_approval_id_statement_approval")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approved_line")),
        sa.UniqueConstraint("approval_id", "number", name=op.f("uq_approved_line_approval_id_number")),
        sa.UniqueConstraint("report_ref", name=op.f("uq_approved_line_report_ref")),
    )
    op.create_table(
        "frozen_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lock_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("cut", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["lock_id"], ["period_lock.id"], name=op.f("fk_frozen_figure_lock_id_period_lock")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_figure")),
        sa.UniqueConstraint("lock_id", "indicator", "cut", "key", name=op.f("uq_frozen_figure_lock_id_indicator_cut_key")),
    )
    op.create_table(
        "pilot_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("signer", sa.String(), nullable=True),
        sa.CheckConstraint("(signed_at IS NULL) = (signed_by IS NULL)", name=op.f("ck_pilot_evaluation_signed")),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plan.id"], name=op.f("fk_pilot_evaluation_plan_id_action_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_evaluation")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_pilot_evaluation_plan_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_pilot_evaluation_ref")),
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("aim", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint("aim > 0", name=op.f("ck_target_aim")),
        sa.CheckConstraint("mrc_id IS NULL OR objective_id IS NULL", name=op.f("ck_target_one_of")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_target_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_target_objective_id_objective")),
        sa.ForeignKeyConstraint(["period_id"], ["report_period.id"], name=op.f("fk_target_period_id_report_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("ref", name=op.f("uq_target_ref")),
    )
    op.create_index(
        "uq_target_mrc",
        "target",
        ["period_id", "indicator", "mrc_id"],
        unique=True,
        sqlite_where=sa.text("mrc_id IS NOT NULL"),
        postgresql_where=sa.text("mrc_id IS NOT NULL"),
    )
    op.create_index(
        "uq_target_objective",
        "target",
        ["period_id", "indicator", "objective_id"],
        unique=True,
        sqlite_where=sa.text("objective_id IS NOT NULL"),
        postgresql_where=sa.text("objective_id IS NOT NULL"),
    )
    op.create_index(
        "uq_target_whole",
        "target",
        ["period_id", "indicator"],
        unique=True,
        sqlite_where=sa.text("mrc_id IS NULL AND objective_id IS NULL"),
        postgresql_where=sa.text("mrc_id IS NULL AND objective_id IS NULL"),
    )

"""Prospects on their way: where each stands, approaches, decisions, territories, reservations."""

import sqlalchemy as sa
from alembic import op

revision = "0045_pursuits"
down_revision = "0044_network"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number_digest", sa.String(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_stop")),
        sa.UniqueConstraint("number_digest", name=op.f("uq_call_stop_number_digest")),
    )
    op.create_table(
        "agent_territory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("postal_prefix", sa.String(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("(mrc_id IS NULL) <> (postal_prefix IS NULL)", name=op.f("ck_agent_territory_place")),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_agent_territory_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_agent_territory_program_id_program")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_agent_territory_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_territory")),
        sa.UniqueConstraint("ref", name=op.f("uq_agent_territory_ref")),
    )
    op.create_index(
        "uq_agent_territory_mrc",
        "agent_territory",
        ["program_id", "mrc_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND mrc_id IS NOT NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND mrc_id IS NOT NULL"),
    )
    op.create_index(
        "uq_agent_territory_postal",
        "agent_territory",
        ["program_id", "postal_prefix"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND postal_prefix IS NOT NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND postal_prefix IS NOT NULL"),
    )
    op.create_table(
        "cadence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("rest_months", sa.Integer(), nullable=False),
        sa.Column("refused_months", sa.Integer(), nullable=False),
        sa.Column("only_given", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "attempts > 0 AND days > 0 AND rest_months > 0 AND refused_months >= rest_months", name=op.f("ck_cadence_bounds")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_cadence_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadence")),
        sa.UniqueConstraint("program_id", "number", name=op.f("uq_cadence_program_id_number")),
    )
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reserved_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_reservation_program_id_program")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reservation_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint("ref", name=op.f("uq_reservation_ref")),
    )
    op.create_index("ix_reservation_program_id_reserved_at", "reservation", ["program_id", "reserved_at"])
    op.create_index(op.f("ix_reservation_until_on"), "reservation", ["until_on"])
    op.create_index(op.f("ix_reservation_user_id"), "reservation", ["user_id"])
    op.create_table(
        "approach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("approached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approached_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_approach_prospect_id_prospect")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_approach_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approach")),
        sa.UniqueConstraint("prospect_id", "number", name=op.f("uq_approach_prospect_id_number")),
    )
    op.create_index("ix_approach_approached_at", "approach", ["approached_at"])
    op.create_index("ix_approach_user_id_approached_at", "approach", ["user_id", "approached_at"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_assignment_prospect_id_prospect"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_assignment_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_prospect_id"), "assignment", ["prospect_id"])
    op.create_table(
        "pursuit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reservation_id", sa.Integer(), nullable=True),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name=op.f("fk_pursuit_mrc_id_mrc")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_pursuit_program_id_program")),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_pursuit_prospect_id_prospect"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservation.id"], name=op.f("fk_pursuit_reservation_id_reservation")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_pursuit_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pursuit")),
        sa.UniqueConstraint("prospect_id", name=op.f("uq_pursuit_prospect_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_pursuit_ref")),
    )
    op.create_index("ix_pursuit_agent", "pursuit", ["program_id", "user_id", "stage", "touched_at", "ref"])
    op.create_index("ix_pursuit_back", "pursuit", ["stage", "due_at"])
    op.create_index("ix_pursuit_due", "pursuit", ["user_id", "due_at", "ref"])
    op.create_index("ix_pursuit_mrc", "pursuit", ["program_id", "mrc_id", "stage", "touched_at", "ref"])
    op.create_index("ix_pursuit_origin", "pursuit", ["program_id", "origin", "stage", "touched_at", "ref"])
    op.create_index("ix_pursuit_postal", "pursuit", ["program_id", "postal_code"])
    op.create_index("ix_pursuit_program_due", "pursuit", ["program_id", "due_at", "ref"])
    op.create_index(op.f("ix_pursuit_reservation_id"), "pursuit", ["reservation_id"])
    op.create_index("ix_pursuit_stage", "pursuit", ["program_id", "stage", "touched_at", "ref"])
    op.create_table(
        "pursuit_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.CheckConstraint("(kind = 'later') = (until_on IS NOT NULL)", name=op.f("ck_pursuit_decision_until")),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_pursuit_decision_prospect_id_prospect")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pursuit_decision")),
        sa.UniqueConstraint("prospect_id", "number", name=op.f("uq_pursuit_decision_prospect_id_number")),
    )
    op.create_index(
        "uq_pursuit_decision_stop",
        "pursuit_decision",
        ["prospect_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'stop'"),
        postgresql_where=sa.text("kind = 'stop'"),
    )
    op.create_table(
        "reserved_prospect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reservation_id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=False),
        sa.Column("release", sa.String(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(), nullable=True),
        sa.CheckConstraint("(released_at IS NULL) = (release IS NULL)", name=op.f("ck_reserved_prospect_release")),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_reserved_prospect_prospect_id_prospect")),
        sa.ForeignKeyConstraint(["reservation_id"], ["reservation.id"], name=op.f("fk_reserved_prospect_reservation_id_reservation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserved_prospect")),
        sa.UniqueConstraint("prospect_id", "reservation_id", name=op.f("uq_reserved_prospect_prospect_id_reservation_id")),
    )
    op.create_index(op.f("ix_reserved_prospect_reservation_id"), "reserved_prospect", ["reservation_id"])
    op.create_index(
        "uq_reserved_prospect_held",
        "reserved_prospect",
        ["prospect_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_sighting_employer_id_employer")),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_sighting_prospect_id_prospect")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
        sa.UniqueConstraint("prospect_id", "employer_id", name=op.f("uq_sighting_prospect_id_employer_id")),
    )
    op.create_index(op.f("ix_sighting_employer_id"), "sighting", ["employer_id"])
    op.create_index(
        "uq_sighting_street",
        "sighting",
        ["prospect_id"],
        unique=True,
        sqlite_where=sa.text("employer_id IS NULL"),
        postgresql_where=sa.text("employer_id IS NULL"),
    )

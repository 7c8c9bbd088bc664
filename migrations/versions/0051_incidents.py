"""The register of confidentiality incidents, and who keeps it."""

import sqlalchemy as sa
from alembic import op

revision = "0051_incidents"
down_revision = "0050_school_calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "privacy_officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_privacy_officer_program_id_program")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_privacy_officer_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_officer")),
        sa.UniqueConstraint("ref", name=op.f("uq_privacy_officer_ref")),
    )
    here = sa.text("ended_at IS NULL")
    op.create_index("ix_privacy_officer_one", "privacy_officer", ["program_id"], unique=True, sqlite_where=here, postgresql_where=here)
    op.create_index(op.f("ix_privacy_officer_user_id"), "privacy_officer", ["user_id"])
    op.create_table(
        "privacy_incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("recalled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_privacy_incident_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_incident")),
        sa.UniqueConstraint("number", name=op.f("uq_privacy_incident_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_privacy_incident_ref")),
    )
    op.create_index(op.f("ix_privacy_incident_program_id"), "privacy_incident", ["program_id"])
    op.create_index(op.f("ix_privacy_incident_known_on"), "privacy_incident", ["known_on"])
    op.create_table(
        "incident_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("circumstances", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("when_words", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("people_words", sa.String(), nullable=False),
        sa.Column("is_serious", sa.Boolean(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.CheckConstraint("people IS NULL OR people >= 0", name=op.f("ck_incident_account_people")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["privacy_incident.id"], name=op.f("fk_incident_account_incident_id_privacy_incident"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_account")),
        sa.UniqueConstraint("incident_id", "number", name=op.f("uq_incident_account_incident_id_number")),
    )
    op.create_table(
        "incident_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["privacy_incident.id"], name=op.f("fk_incident_step_incident_id_privacy_incident"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_step")),
        sa.UniqueConstraint("incident_id", "number", name=op.f("uq_incident_step_incident_id_number")),
    )

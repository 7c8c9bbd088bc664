"""The register: banners, employers, establishments, who acts for them, and what is on its way in."""

import sqlalchemy as sa
from alembic import op

revision = "0005_employers"
down_revision = "0004_accounts"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "banner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_banner"),
        sa.UniqueConstraint("ref", name="uq_banner_ref"),
        sa.UniqueConstraint("name_key", name="uq_banner_name_key"),
    )
    op.create_table(
        "employer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("neq", sa.String(), nullable=True),
        sa.Column("legal_name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("trade_name", sa.String(), nullable=True),
        sa.Column("banner_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("hires", sa.String(), nullable=False),
        sa.Column("federally_regulated", sa.Boolean(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_role", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_employer"),
        sa.ForeignKeyConstraint(["banner_id"], ["banner.id"], name="fk_employer_banner_id_banner"),
        sa.UniqueConstraint("ref", name="uq_employer_ref"),
        sa.UniqueConstraint("neq", name="uq_employer_neq"),
    )
    op.create_index("ix_employer_name_key", "employer", ["name_key"])
    op.create_index("ix_employer_banner_id", "employer", ["banner_id"])
    op.create_table(
        "establishment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("mrc_id", sa.Integer(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_establishment"),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_establishment_employer_id_employer"),
        sa.ForeignKeyConstraint(["mrc_id"], ["mrc.id"], name="fk_establishment_mrc_id_mrc"),
        sa.UniqueConstraint("ref", name="uq_establishment_ref"),
    )
    op.create_index("ix_establishment_employer_id", "establishment", ["employer_id"])
    op.create_index("ix_establishment_mrc_id", "establishment", ["mrc_id"])
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_membership_user_id_user"),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_membership_employer_id_employer"),
        sa.UniqueConstraint("ref", name="uq_membership_ref"),
    )
    op.create_index("ix_membership_employer_id", "membership", ["employer_id"])
    current = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_membership_current", "membership", ["user_id", "employer_id"], unique=True, sqlite_where=current, postgresql_where=current
    )
    op.create_table(
        "registration_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("resume_digest", sa.String(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_registration_draft"),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_registration_draft_employer_id_employer"),
        sa.UniqueConstraint("token_digest", name="uq_registration_draft_token_digest"),
        sa.UniqueConstraint("resume_digest", name="uq_registration_draft_resume_digest"),
    )
    op.create_index("ix_registration_draft_saved_at", "registration_draft", ["saved_at"])
    op.create_table(
        "join_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_join_request"),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_join_request_employer_id_employer"),
        sa.UniqueConstraint("ref", name="uq_join_request_ref"),
    )
    op.create_index("ix_join_request_employer_id", "join_request", ["employer_id"])
    undecided = sa.text("decided_at IS NULL")
    op.create_index(
        "uq_join_request_undecided", "join_request", ["employer_id", "email"], unique=True, sqlite_where=undecided, postgresql_where=undecided
    )
    op.create_table(
        "member_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("invited_at", INSTANT, nullable=False),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("valid_until", INSTANT, nullable=False),
        sa.Column("accepted_at", INSTANT, nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_member_invitation"),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name="fk_member_invitation_employer_id_employer"),
        sa.UniqueConstraint("ref", name="uq_member_invitation_ref"),
        sa.UniqueConstraint("token_digest", name="uq_member_invitation_token_digest"),
    )
    op.create_index("ix_member_invitation_employer_id", "member_invitation", ["employer_id"])

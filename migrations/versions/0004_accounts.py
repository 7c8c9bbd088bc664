"""Who people are: persons, roles, invitations, sign-in links, sessions, second factors."""

import sqlalchemy as sa
from alembic import op

revision = "0004_accounts"
down_revision = "0003_programs"

INSTANT = sa.DateTime(timezone=True)
ADMIN_IN_FORCE = sa.text("revoked_at IS NULL AND program_id IS NULL")
PROGRAM_IN_FORCE = sa.text("revoked_at IS NULL AND program_id IS NOT NULL AND partner_id IS NULL")
IN_FORCE = sa.text("revoked_at IS NULL")
PLACES = (
    "(role = 'admin' AND program_id IS NULL AND partner_id IS NULL)"
    " OR (role IN ('manager', 'agent') AND program_id IS NOT NULL AND partner_id IS NULL)"
    " OR (role = 'partner' AND program_id IS NOT NULL AND partner_id IS NOT NULL)"
)


def upgrade() -> None:
    create_people()
    create_roles()
    create_ways_in()
    create_second_factors()


def create_people() -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.Column("disabled_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("ref", name="uq_user_ref"),
        sa.UniqueConstraint("email", name="uq_user_email"),
    )


def create_roles() -> None:
    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.CheckConstraint(PLACES, name=op.f("ck_grant_place")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_grant_user_id_user"),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name="fk_grant_program_id_program"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_grant_partner_id_partner"),
        sa.PrimaryKeyConstraint("id", name="pk_grant"),
        sa.UniqueConstraint("ref", name="uq_grant_ref"),
    )
    op.create_index("ix_grant_user_id", "grant", ["user_id"])
    op.create_index("ix_grant_program_id", "grant", ["program_id"])
    for name, columns, where in (
        ("uq_grant_admin_in_force", ["user_id", "role"], ADMIN_IN_FORCE),
        ("uq_grant_program_in_force", ["user_id", "role", "program_id"], PROGRAM_IN_FORCE),
        ("uq_grant_partner_in_force", ["user_id", "role", "program_id", "partner_id"], IN_FORCE),
    ):
        op.create_index(name, "grant", columns, unique=True, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "staff_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("invited_at", INSTANT, nullable=False),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("valid_until", INSTANT, nullable=False),
        sa.Column("accepted_at", INSTANT, nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name="fk_staff_invitation_program_id_program"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_staff_invitation_partner_id_partner"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_invitation"),
        sa.UniqueConstraint("ref", name="uq_staff_invitation_ref"),
        sa.UniqueConstraint("token_digest", name="uq_staff_invitation_token_digest"),
    )
    op.create_index("ix_staff_invitation_email", "staff_invitation", ["email"])
    op.create_index("ix_staff_invitation_program_id", "staff_invitation", ["program_id"])


def create_ways_in() -> None:
    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("next_path", sa.String(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_sign_in_link_user_id_user"),
        sa.ForeignKeyConstraint(["invitation_id"], ["staff_invitation.id"], name="fk_sign_in_link_invitation_id_staff_invitation"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_link"),
        sa.UniqueConstraint("ref", name="uq_sign_in_link_ref"),
        sa.UniqueConstraint("token_digest", name="uq_sign_in_link_token_digest"),
    )
    op.create_index("ix_sign_in_link_newest", "sign_in_link", ["email", "purpose", "id"])
    op.create_index("ix_sign_in_link_user_id", "sign_in_link", ["user_id"])
    op.create_index("ix_sign_in_link_sent_at", "sign_in_link", ["sent_at"])
    op.create_table(
        "user_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("proved_at", INSTANT, nullable=False),
        sa.Column("second_factor_at", INSTANT, nullable=True),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_user_session_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_user_session"),
        sa.UniqueConstraint("ref", name="uq_user_session_ref"),
        sa.UniqueConstraint("token_digest", name="uq_user_session_token_digest"),
    )
    op.create_index("ix_user_session_user_id", "user_session", ["user_id"])
    op.create_index("ix_user_session_last_seen_at", "user_session", ["last_seen_at"])


def create_second_factors() -> None:
    op.create_table(
        "one_time_secret",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=False),
        sa.Column("last_counter", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_one_time_secret_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_one_time_secret"),
        sa.UniqueConstraint("user_id", name="uq_one_time_secret_user_id"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("selector", sa.String(), nullable=False),
        sa.Column("hashed", sa.String(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_recovery_code_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
    )
    op.create_index("uq_recovery_code_user_id_selector", "recovery_code", ["user_id", "selector"], unique=True)
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_passkey_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("ref", name="uq_passkey_ref"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )
    op.create_index("ix_passkey_user_id", "passkey", ["user_id"])

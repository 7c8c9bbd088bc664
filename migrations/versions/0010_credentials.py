"""Credentials, with their places in the status lists; the public register, its days and its pages."""

import sqlalchemy as sa
from alembic import op

revision = "0010_credentials"
down_revision = "0009_answered_posts"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), sa.ForeignKey("certification.id", name="fk_credential_certification_id_certification"), nullable=False),
        sa.Column("verification_id", sa.Integer(), sa.ForeignKey("verification.id", name="fk_credential_verification_id_verification"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("list_index", sa.Integer(), nullable=False),
        sa.Column("valid_until", INSTANT, nullable=False),
        sa.Column("digest", sa.String(), sa.ForeignKey("evidence.digest", name="fk_credential_digest_evidence"), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_credential"),
        sa.UniqueConstraint("certification_id", "verification_id", "kind", name="uq_credential_certification_id_verification_id_kind"),
        sa.UniqueConstraint("list_number", "list_index", name="uq_credential_list_number_list_index"),
    )
    op.create_index("ix_credential_verification_id", "credential", ["verification_id"])
    op.create_index("ix_establishment_closed_at", "establishment", ["closed_at"])


def downgrade() -> None:
    op.drop_index("ix_establishment_closed_at", "establishment")
    op.drop_table("credential")

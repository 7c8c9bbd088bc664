"""Issuers of credentials that are trusted beside our own; what an authority says of when a contract was sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0018_trust"
down_revision = "0017_paper"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trusted_issuer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("keys", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("trusted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trusted_by", sa.String(), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_trusted_issuer_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_issuer")),
        sa.UniqueConstraint("did", name=op.f("uq_trusted_issuer_did")),
        sa.UniqueConstraint("ref", name=op.f("uq_trusted_issuer_ref")),
    )
    op.create_table(
        "contract_stamp",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_digest", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_digest"], ["evidence.digest"], name=op.f("fk_contract_stamp_document_digest_evidence")),
        sa.ForeignKeyConstraint(["token_digest"], ["evidence.digest"], name=op.f("fk_contract_stamp_token_digest_evidence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_stamp")),
        sa.UniqueConstraint("document_digest", name=op.f("uq_contract_stamp_document_digest")),
    )


def downgrade() -> None:
    op.drop_table("contract_stamp")
    op.drop_table("trusted_issuer")

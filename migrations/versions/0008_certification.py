"""The path of an employer: certifications, and the facts from which their stage is read."""

import sqlalchemy as sa
from alembic import op

revision = "0008_certification"
down_revision = "0007_contributions"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "certification",
        *_key("certification"),
        sa.Column("ref", sa.String(), nullable=False),
        _link("certification", "employer"),
        _link("certification", "program"),
        sa.Column("version_id", sa.Integer(), sa.ForeignKey("program_version.id", name="fk_certification_version_id_program_version"), nullable=False),
        _link("certification", "contribution", nullable=True),
        sa.Column("cycle", sa.Integer(), nullable=False),
        *_when_and_who("opened"),
        sa.UniqueConstraint("ref", name="uq_certification_ref"),
        sa.UniqueConstraint("contribution_id", name="uq_certification_contribution_id"),
        sa.UniqueConstraint("employer_id", "program_id", "cycle", name="uq_certification_employer_id_program_id_cycle"),
    )
    op.create_index("ix_certification_program_id", "certification", ["program_id"])
    _signing()
    _deciding()
    _showing()
    _standing()
    for table in ("contract_signature", "decision", "revocation"):
        _keep_unchanged(table)


def _signing() -> None:
    op.create_table(
        "contract_delivery",
        *_key("contract_delivery"),
        _link("contract_delivery", "certification"),
        _link("contract_delivery", "contract"),
        sa.Column("french_shown_at", INSTANT, nullable=False),
        sa.Column("shown_to", sa.String(), nullable=False),
        sa.UniqueConstraint("certification_id", "contract_id", name="uq_contract_delivery_certification_id_contract_id"),
    )
    op.create_table(
        "language_choice",
        *_key("language_choice"),
        _link("language_choice", "certification"),
        sa.Column("language", sa.String(), nullable=False),
        *_when_and_who("chosen"),
    )
    op.create_table(
        "signing_code",
        *_key("signing_code"),
        _link("signing_code", "certification"),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=False),
    )
    texts = ("signatory", "signatory_role", "email", "network_address", "agent")
    op.create_table(
        "contract_signature",
        *_key("contract_signature"),
        _link("contract_signature", "certification"),
        _link("contract_signature", "contract"),
        sa.Column("french_digest", sa.String(), nullable=False),
        sa.Column("english_digest", sa.String(), nullable=False),
        sa.Column("french_shown_at", INSTANT, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("language_chosen_at", INSTANT, nullable=True),
        sa.Column("commitments", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        *_when_and_who("signed"),
        sa.Column("pdf_digest", sa.String(), sa.ForeignKey("evidence.digest", name="fk_contract_signature_pdf_digest_evidence"), nullable=False),
        sa.UniqueConstraint("certification_id", name="uq_contract_signature_certification_id"),
    )
    op.create_table(
        "contract_decline",
        *_key("contract_decline"),
        _link("contract_decline", "certification"),
        sa.Column("reason", sa.String(), nullable=False),
        *_when_and_who("declined"),
    )
    for table in ("language_choice", "signing_code", "contract_decline"):
        op.create_index(f"ix_{table}_certification_id", table, ["certification_id"])


def _deciding() -> None:
    op.create_table(
        "decision",
        *_key("decision"),
        _link("decision", "certification"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_granted", sa.Boolean(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        *_when_and_who("decided"),
        sa.Column("decider", sa.String(), nullable=False),
        sa.UniqueConstraint("certification_id", "number", name="uq_decision_certification_id_number"),
    )
    op.create_table(
        "resubmission",
        *_key("resubmission"),
        _link("resubmission", "decision"),
        sa.Column("note", sa.String(), nullable=False),
        *_when_and_who("resubmitted"),
        sa.UniqueConstraint("decision_id", name="uq_resubmission_decision_id"),
    )


def _showing() -> None:
    op.create_table(
        "verification",
        *_key("verification"),
        sa.Column("code", sa.String(), nullable=False),
        _link("verification", "establishment"),
        _link("verification", "program"),
        *_when_and_who("issued"),
        sa.UniqueConstraint("code", name="uq_verification_code"),
        sa.UniqueConstraint("establishment_id", "program_id", name="uq_verification_establishment_id_program_id"),
    )
    op.create_table(
        "badge",
        *_key("badge"),
        _link("badge", "certification"),
        _link("badge", "verification"),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("certificate_digest", sa.String(), sa.ForeignKey("evidence.digest", name="fk_badge_certificate_digest_evidence"), nullable=False),
        sa.UniqueConstraint("number", name="uq_badge_number"),
        sa.UniqueConstraint("certification_id", "verification_id", name="uq_badge_certification_id_verification_id"),
    )
    op.create_index("ix_badge_verification_id", "badge", ["verification_id"])


def _standing() -> None:
    op.create_table(
        "suspension",
        *_key("suspension"),
        _link("suspension", "certification"),
        sa.Column("reason", sa.String(), nullable=False),
        *_when_and_who("suspended"),
    )
    op.create_index("ix_suspension_certification_id", "suspension", ["certification_id"])
    op.create_table(
        "reinstatement",
        *_key("reinstatement"),
        _link("reinstatement", "suspension"),
        sa.Column("reason", sa.String(), nullable=False),
        *_when_and_who("reinstated"),
        sa.UniqueConstraint("suspension_id", name="uq_reinstatement_suspension_id"),
    )
    op.create_table(
        "revocation",
        *_key("revocation"),
        _link("revocation", "certification"),
        sa.Column("reason", sa.String(), nullable=False),
        *_when_and_who("revoked"),
        sa.UniqueConstraint("certification_id", name="uq_revocation_certification_id"),
    )


def _key(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _link(table: str, to: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(f"{to}_id", sa.Integer(), sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{to}_id_{to}"), nullable=nullable)


def _when_and_who(done: str) -> tuple[sa.Column[object], sa.Column[str]]:
    return sa.Column(f"{done}_at", INSTANT, nullable=False), sa.Column(f"{done}_by", sa.String(), nullable=False)


def _keep_unchanged(table: str) -> None:
    """Let these rows only be added: what was signed or decided is never rewritten."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        op.execute(f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()")
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")

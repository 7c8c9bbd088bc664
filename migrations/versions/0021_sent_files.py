"""Files that people send leave the evidence, which is for ever, for a table of their own, which is erased in time; and the coordinates of
the body that carries a program: its postal address, and the address of its team."""

import sqlalchemy as sa
from alembic import op

revision = "0021_sent_files"
down_revision = "0020_portraits"
branch_labels = None
depends_on = None

SENT = {"employer_logo": "digest", "criterion_evidence": "piece_digest", "examination_evidence": "piece_digest"}
"""What refers to a file that somebody sent."""

PROOFS = {
    "credential": ("digest",), "badge": ("certificate_digest",), "contract_signature": ("pdf_digest",), "receipt": ("digest_fr", "digest_en"),
}  # fmt: skip
NAMED_IN = {"program_version": "rules", "letter": "attachments"}
"""What names a document by its digest without a key."""


def upgrade() -> None:
    with op.batch_alter_table("program") as program:
        program.add_column(sa.Column("postal_address", sa.String(), nullable=True))
        program.add_column(sa.Column("email", sa.String(), nullable=True))
    op.create_table(
        "sent_file",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sent_file")),
    )
    wanted = " UNION ".join(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL" for table, column in SENT.items())
    op.execute(f"INSERT INTO sent_file SELECT digest, media_type, content, kept_at FROM evidence WHERE digest IN ({wanted})")
    _refer("evidence", "sent_file")
    _let_go()


def downgrade() -> None:
    known = "SELECT digest FROM evidence"
    op.execute(
        "INSERT INTO evidence (digest, media_type, content, kept_at)"
        f" SELECT digest, media_type, content, sent_at FROM sent_file WHERE digest NOT IN ({known})"
    )
    _refer("sent_file", "evidence")
    op.drop_table("sent_file")
    for column in ("email", "postal_address"):  # in place: SQLite would make anew a table to which others refer
        op.drop_column("program", column)


def _refer(before: str, after: str) -> None:
    for table, column in SENT.items():
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_{column}_{before}", type_="foreignkey")
            batch.create_foreign_key(f"fk_{table}_{column}_{after}", after, [column], ["digest"])


def _let_go() -> None:
    """Take what was moved out of the evidence, unless something else is proven by the very same bytes."""
    proven = [f"NOT EXISTS (SELECT 1 FROM {table} WHERE {column} = evidence.digest)" for table, columns in PROOFS.items() for column in columns]
    named = [
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE CAST({column} AS TEXT) LIKE '%' || evidence.digest || '%')"
        for table, column in NAMED_IN.items()
    ]
    gone = f"DELETE FROM evidence WHERE digest IN (SELECT digest FROM sent_file) AND {' AND '.join([*proven, *named])}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE evidence DISABLE TRIGGER evidence_unchanged")
        op.execute(gone)
        op.execute("ALTER TABLE evidence ENABLE TRIGGER evidence_unchanged")
        return
    op.execute("DROP TRIGGER evidence_no_delete")
    op.execute(gone)
    op.execute("CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END")

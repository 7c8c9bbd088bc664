"""What holds whatever happens: nothing acknowledged is lost, nothing is half done, nothing is done twice, and the journal is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from sqlalchemy import select, text

from certif.certification import Badge, Certification, ContractSignature, Decision
from certif.contributions import Contribution, Payment, Receipt
from certif.employers import Employer
from certif.kit import audit
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.evidence import Evidence
from certif.kit.jobs import Job
from certif.kit.outbox import Letter

Marks = Mapping[str, int]
Made = dict[str, dict[str, int]]
"""For each kind of trace that an act leaves, how many there are for each file."""

LETTERS = {
    "sign": "certification/contract_signed",
    "pay": "contributions/contribution_received",
    "validate": "certification/file_validated",
}
_EVENTS = {"sign": "contract_signed", "pay": "contribution_received_by_", "validate": "file_validated"}


def faults(acknowledged: Iterable[tuple[str, str]] = ()) -> list[str]:
    """Give a sentence for each thing that should not be. `acknowledged`: the act and the file of each answer that a client received."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})  # one instant, as SQLite always gives
    traces = {act: _traces(act) for act in LETTERS}
    found = [fault for act in LETTERS for fault in _uneven(act, traces[act])]
    lost = sorted({(act, ref) for act, ref in acknowledged if not _made(traces[act]).get(ref)})
    found += [f"lost although acknowledged: {act} of {ref}" for act, ref in lost]
    return found + _unsendable() + _holes()


def chain_faults() -> list[str]:
    """Read the whole journal; tell where it breaks."""
    with db.engine.connect() as connection:
        broken = audit.first_broken(connection)
    return [] if broken is None else [f"the journal breaks at entry {broken}"]


def engine_faults() -> list[str]:
    """Ask SQLite whether its file is whole, and every reference met."""
    if db.engine.dialect.name != "sqlite":
        return []
    whole = db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    dangling = db.session.execute(text("PRAGMA foreign_key_check")).all()
    return ([] if whole else ["the file is damaged"]) + [f"a reference leads nowhere: {row}" for row in dangling]


def _made(traces: Made) -> Marks:
    return traces["row"]


def _uneven(act: str, traces: Made) -> list[str]:
    """Tell the files whose act left some of its traces and not all, or one of them more than once."""
    refs = {ref for counts in traces.values() for ref in counts}
    told = []
    for ref in sorted(refs):
        counts = {kind: marks.get(ref, 0) for kind, marks in traces.items()}
        if set(counts.values()) != {1}:
            told.append(f"{'twice' if max(counts.values()) > 1 else 'half done'}: {act} of {ref}: {counts}")
    return told


def _traces(act: str) -> Made:
    """Give the traces of an act, counted for each certification."""
    address_of: dict[str, str] = {}
    ref_of_contribution: dict[str, str] = {}
    rows = select(Certification.ref, Employer.contact_email, Contribution.ref)
    rows = rows.join(Employer, Certification.employer_id == Employer.id).outerjoin(
        Contribution, Certification.contribution_id == Contribution.id
    )
    for ref, address, contribution in db.session.execute(rows):
        address_of[address] = ref
        ref_of_contribution[contribution] = ref
    subject_of = {f"Certification:{ref}": ref for ref in address_of.values()} | {
        f"Contribution:{key}": ref for key, ref in ref_of_contribution.items()
    }
    journal = select(JournalEntry.subject).where(JournalEntry.event.startswith(_EVENTS[act]))
    letters = select(Letter.to_address).where(Letter.name == LETTERS[act])
    return {
        **_documents(act),
        "journal": Counter(subject_of[subject] for subject in db.session.scalars(journal)),
        "letter": Counter(address_of[address] for address in db.session.scalars(letters)),
    }


def _documents(act: str) -> Made:
    """Give the rows of an act and the documents kept with them."""
    if act == "sign":
        rows = select(Certification.ref, Evidence.digest).join(ContractSignature, ContractSignature.certification_id == Certification.id)
        found = db.session.execute(rows.outerjoin(Evidence, Evidence.digest == ContractSignature.pdf_digest)).all()
        return {"row": Counter(ref for ref, _pdf in found), "pdf": Counter(ref for ref, pdf in found if pdf)}
    if act == "pay":
        payments = select(Certification.ref, Receipt.number, Evidence.digest)
        payments = payments.join(Payment, Payment.contribution_id == Certification.contribution_id)
        payments = payments.outerjoin(Receipt, Receipt.payment_id == Payment.id)
        paid = db.session.execute(payments.outerjoin(Evidence, Evidence.digest == Receipt.digest_fr)).all()
        return {
            "row": Counter(ref for ref, *_rest in paid),
            "receipt": Counter(ref for ref, number, _pdf in paid if number),
            "pdf": Counter(ref for ref, _number, pdf in paid if pdf),
        }
    decided = select(Certification.ref).join(Decision, Decision.certification_id == Certification.id).where(Decision.is_granted)
    badges = select(Certification.ref, Evidence.digest).join(Badge, Badge.certification_id == Certification.id)
    given = db.session.execute(badges.outerjoin(Evidence, Evidence.digest == Badge.certificate_digest)).all()
    return {
        "row": Counter(db.session.scalars(decided)),
        "badge": Counter(ref for ref, _pdf in given),
        "certificate": Counter(ref for ref, pdf in given if pdf),
    }


def _unsendable() -> list[str]:
    """Tell the letters that no job will send."""
    jobs = set(db.session.scalars(select(Job.once).where(Job.kind == "send_letter")))
    return [f"a letter that nothing sends: {ref}" for ref in db.session.scalars(select(Letter.ref)) if f"letter {ref}" not in jobs]


def _holes() -> list[str]:
    """Tell the series of receipts that jump a number."""
    numbers = db.session.execute(select(Receipt.program_id, Receipt.sequence).order_by(Receipt.program_id, Receipt.sequence)).all()
    series = {program: [row.sequence for row in rows] for program, rows in groupby(numbers, key=lambda row: row.program_id)}
    return [f"receipts of program {program}: {found}" for program, found in series.items() if found != list(range(1, len(found) + 1))]

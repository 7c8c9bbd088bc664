"""Re-check what must never have changed: every sealed contract, every kept document, the journal's chain, the public register's, and
how the laureates of each contest were chosen."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select

from certif import documents
from certif.certification import Certification, ContractSignature, ContractStamp, is_stamp_good
from certif.kit import audit
from certif.kit.db import db
from certif.kit.evidence import Evidence
from certif.kit.settings import settings
from certif.roll import first_broken_day
from certif.selections import broken_ballots, first_broken_selection


def first_fault() -> str | None:
    """Give a line that names the first broken record, or None when everything holds."""
    broken = audit.first_broken(db.session.connection())
    if broken is not None:
        return f"journal entry {broken} does not follow from the one before it"
    for digest in db.session.scalars(select(Evidence.digest).order_by(Evidence.kept_at, Evidence.digest)):
        content = db.session.scalar(select(Evidence.content).where(Evidence.digest == digest))
        if hashlib.sha256(content or b"").hexdigest() != digest:
            return f"document {digest} is not what it was"
    day = first_broken_day()
    if day is not None:
        return f"the public register of {day} does not follow from the one before it, or is not what was signed"
    return _first_broken_contract() or _first_broken_stamp() or broken_ballots() or first_broken_selection()


def summary() -> str:
    """Say how much was checked."""
    counted = [
        (db.session.scalar(select(func.count()).select_from(kind)) or 0) for kind in (audit.JournalEntry, Evidence, ContractSignature)
    ]
    return f"{counted[0]} journal entries, {counted[1]} documents and {counted[2]} signed contracts: all as they were."


def _first_broken_stamp() -> str | None:
    for stamp in db.session.scalars(select(ContractStamp).order_by(ContractStamp.id)):
        if not is_stamp_good(stamp):
            return f"the timestamp of document {stamp.document_digest} does not say what is noted of it, or nobody trusted here says it"
    return None


def _first_broken_contract() -> str | None:
    found = settings()
    key = documents.sealing_key(found.data_dir, found.secret_key)
    query = select(ContractSignature, Certification.ref).join(Certification, Certification.id == ContractSignature.certification_id)
    for signature, ref in db.session.execute(query.order_by(ContractSignature.id)):
        contract = signature.contract
        if (signature.french_digest, signature.english_digest) != (contract.digest_fr, contract.digest_en):
            return f"certification {ref} was signed on another text than its contract's"
        for language in ("fr", "en"):
            if hashlib.sha256(contract.text(language).encode()).hexdigest() != contract.digest_of(language):
                return f"contract {contract.ref} does not say ({language}) what was digested"
        sealed = db.session.scalar(select(Evidence.content).where(Evidence.digest == signature.pdf_digest))
        if sealed is None or not documents.check(sealed, key).is_ours:
            return f"the sealed contract of certification {ref} is not ours, or was changed"
        if signature.paper is not None and not _is_whole(signature.paper.scan_digest):
            return f"the signed page of certification {ref} is missing, or is not what it was"
    return None


def _is_whole(digest: str) -> bool:
    content = db.session.scalar(select(Evidence.content).where(Evidence.digest == digest))
    return content is not None and hashlib.sha256(content).hexdigest() == digest

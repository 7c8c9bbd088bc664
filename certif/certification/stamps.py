"""Somebody else says when a sealed contract existed: asked after the seal, outside of any unit of work, and kept as evidence beside it."""

from __future__ import annotations

import datetime as dt
import logging

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from certif import documents
from certif.certification.model import Certification
from certif.certification.signatures import ContractSignature
from certif.kit import audit, clock, evidence
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import Model, db, transaction
from certif.kit.errors import Unavailable
from certif.kit.evidence import Evidence
from certif.kit.jobs import recurring
from certif.kit.languages import _l
from certif.kit.settings import settings

TOKEN = "application/timestamp-token"  # noqa: S105 — a media type
_AT_ONCE = 50

_log = logging.getLogger("certif.stamps")

audit.declare("contract_stamped", _l("%(authority)s atteste l’instant du sceau du contrat."), "authority", "at")


class ContractStamp(Model):
    """A token over a sealed contract. `stamped_at`: the instant in it; `token_digest`: the token itself, kept as evidence.

    Keeps: a digest, an instant and the name of the authority; as long as the contract they speak of.
    """

    __tablename__ = "contract_stamp"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_digest: Mapped[str] = mapped_column(ForeignKey("evidence.digest"), unique=True)
    token_digest: Mapped[str] = mapped_column(ForeignKey("evidence.digest"))
    authority: Mapped[str]
    stamped_at: Mapped[dt.datetime]
    kept_at: Mapped[dt.datetime]


def stamp_of(digest: str) -> ContractStamp | None:
    """Give what somebody else says of a document, or None."""
    return db.session.scalar(select(ContractStamp).where(ContractStamp.document_digest == digest))


def is_stamp_good(stamp: ContractStamp) -> bool:
    """Whether the token still says what its row says, by an authority that the settings trust."""
    token, roots = evidence.fetch(stamp.token_digest).content, settings().timestamp_roots
    found = documents.read_stamp(token, stamp.document_digest, roots=roots)
    return found == documents.Stamp(stamp.stamped_at.astimezone(dt.UTC), stamp.authority)


def keep_stamp(digest: str, token: bytes, *, by: Actor) -> ContractStamp | None:
    """Keep a token over a sealed contract. Gives: None where one was kept in the meantime, or where it says nothing of this document."""
    said, certification = documents.read_stamp(token, digest, roots=settings().timestamp_roots), _certification_of(digest)
    if said is None or certification is None or stamp_of(digest) is not None:
        return None
    kept = evidence.keep(token, TOKEN)
    stamp = ContractStamp(document_digest=digest, token_digest=kept, authority=said.authority, stamped_at=said.at, kept_at=clock.now())
    db.session.add(stamp)
    audit.record("contract_stamped", certification, by=by, authority=said.authority, at=said.at.isoformat())
    return stamp


@recurring("stamp_contracts", every=dt.timedelta(minutes=5), outward=True)
def stamp_contracts() -> None:
    """Have the contracts that were sealed since stamped, oldest first. An authority that does not answer is asked again later."""
    url = settings().timestamp_url
    if url is None:
        return
    with transaction():
        waiting = _unstamped()
    for digest in waiting:
        try:
            token = documents.ask_for_stamp(url, digest, roots=settings().timestamp_roots)
        except Unavailable:
            _log.warning("the timestamp authority does not answer as it should; %s contracts wait", len(waiting))
            return
        with transaction():
            keep_stamp(digest, token, by=SYSTEM)


def _unstamped() -> list[str]:
    is_its = ContractStamp.document_digest == ContractSignature.pdf_digest
    query = select(ContractSignature.pdf_digest).outerjoin(ContractStamp, is_its).where(ContractStamp.id.is_(None))
    return list(
        db.session.scalars(query.join(Evidence, Evidence.digest == ContractSignature.pdf_digest).order_by(Evidence.kept_at).limit(_AT_ONCE))
    )


def _certification_of(digest: str) -> Certification | None:
    query = select(Certification).join(ContractSignature, ContractSignature.certification_id == Certification.id)
    return db.session.scalar(query.where(ContractSignature.pdf_digest == digest))

"""What is forgotten, and when: who is named in what concerns a student, 90 days after its end; the rest, three years after."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from certif.agreements.kinds import AgreementKind
from certif.agreements.model import (
    Agreement,
    AgreementCode,
    AgreementEnd,
    AgreementLink,
    AgreementParty,
    AgreementSeal,
    AgreementSignature,
    InternshipEvaluation,
)
from certif.kit import clock, sent_files
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring

KEPT = dt.timedelta(days=90)
UNSIGNED_KEPT = dt.timedelta(days=60)
SCHOOL_KEPT = dt.timedelta(days=3 * 366)
MOST = 500

_PLAIN = {"synchronize_session": False}


@recurring("forget_agreements", every=dt.timedelta(days=1), retention=True)
def forget_agreements() -> None:
    """Erase whom agreements name, once they have been kept long enough: names, addresses, signatures, evaluations, the sealed copy. That
    there was an agreement, its hours and its days stay, as figures."""
    while _erase_some():
        pass


def _erase_some() -> bool:
    with transaction():
        old = list(db.session.scalars(select(Agreement.id).where(Agreement.erased_at.is_(None), _is_old()).limit(MOST)))
        if not old:
            return False
        parties = select(AgreementParty.id).where(AgreementParty.agreement_id.in_(old))
        for table in (AgreementLink, AgreementCode, AgreementSignature):
            db.session.execute(delete(table).where(table.party_id.in_(parties)), execution_options=_PLAIN)
        for row in (AgreementParty, InternshipEvaluation):
            db.session.execute(delete(row).where(row.agreement_id.in_(old)), execution_options=_PLAIN)
        seals = update(AgreementSeal).where(AgreementSeal.agreement_id.in_(old)).values(pdf_digest=None)
        db.session.execute(seals, execution_options=_PLAIN)
        blank: dict[str, object] = {"words": {}, "age_band": "", "exception": "", "school_body_id": None, "school": "", "shifts": []}
        erased = update(Agreement).where(Agreement.id.in_(old)).values(**blank, erased_at=clock.now())
        db.session.execute(erased, execution_options=_PLAIN)
        sent_files.erase_unused()
    return len(old) == MOST


def _is_old() -> ColumnElement[bool]:
    now, today, about_student = clock.now(), clock.today(), Agreement.kind != AgreementKind.SCHOOL
    ended_long_ago = select(AgreementEnd.id).where(AgreementEnd.agreement_id == Agreement.id)
    unsigned = ~select(AgreementSeal.id).where(AgreementSeal.agreement_id == Agreement.id).exists()
    return or_(
        Agreement.last_day < today - SCHOOL_KEPT,
        ended_long_ago.where(AgreementEnd.ended_at < now - SCHOOL_KEPT).exists(),
        and_(
            about_student,
            or_(
                Agreement.last_day < today - KEPT,
                ended_long_ago.where(AgreementEnd.ended_at < now - KEPT).exists(),
                and_(unsigned, Agreement.opened_at < now - UNSIGNED_KEPT),
            ),
        ),
    )

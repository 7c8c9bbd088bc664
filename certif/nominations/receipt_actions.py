"""What whoever nominated does afterwards, with the code of the receipt: correct the words, change what is agreed to, take it all back."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, func, select

from certif.consents import PURPOSES, consents_of, give_consent, withdraw_consent
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, language
from certif.nominations.boss_queries import merge_of
from certif.nominations.boss_tallies import retally
from certif.nominations.model import Nomination, NominationReading, NominationTrace, NominationWithdrawal, NominatorContact
from certif.nominations.nominate_counting import uncount_bosses
from certif.nominations.nominate_keys import typed_code, words_digest
from certif.nominations.nominate_model import NominationCorrection
from certif.nominations.nominate_said import PURPOSES_ASKED

audit.declare("nomination_corrected", _l("Qui avait nommé un boss a corrigé ses mots : ils sont à relire."))
audit.declare("nomination_withdrawn", _l("Qui avait nommé un boss a retiré sa nomination."))


def nomination_behind(code: str) -> Nomination | None:
    """Give the nomination of a receipt, however its code is typed; None for no code of ours."""
    return db.session.scalar(select(Nomination).where(Nomination.receipt_digest == tokens.digest(typed_code(code))))


def agreed_to(nomination: Nomination) -> list[str]:
    """Give the purposes that are agreed to now."""
    return [consent.purpose for consent in consents_of(nomination) if consent.is_in_force and consent.purpose in PURPOSES_ASKED]


def may_correct(nomination: Nomination) -> bool:
    """Whether its words may still be changed: while others nominate, before anyone judges."""
    return nomination.withdrawal is None and nomination.campaign.is_open


def correct_nomination(nomination: Nomination, *, first_name: str, answers: dict[str, str], by: Actor) -> bool:
    """Change the words and the first name. They are held again until they are read; what they were is not kept.

    Gives: whether anything changed.
    Refuses: a nomination that was taken back; a contest that is over.
    """
    lock(nomination)
    if not may_correct(nomination):
        raise Refusal(_("Cette nomination ne peut plus être corrigée : elle est retirée, ou le concours est terminé."))
    if (nomination.first_name, nomination.answers) == (first_name, answers):
        return False
    nomination.first_name, nomination.answers, nomination.outcome = first_name, answers, None
    _hold_again(nomination, by)
    _recount(nomination)
    trace = db.session.scalar(select(NominationTrace).where(NominationTrace.nomination_id == nomination.id))
    if trace is not None:
        trace.words_digest = words_digest(nomination.campaign.ref, answers)
    audit.record("nomination_corrected", nomination, by=by)
    return True


def withdraw_nomination(nomination: Nomination, *, by: Actor) -> NominationWithdrawal:
    """Take a nomination back: words, names and address are erased, and it counts no more. The same student may name that boss again.

    Refuses: one that was taken back already.
    """
    lock(nomination)
    if nomination.withdrawal is not None:
        raise Refusal(_("Cette nomination est déjà retirée."))
    uncount_bosses(nomination)
    nomination.withdrawal = NominationWithdrawal(withdrawn_at=clock.now(), withdrawn_by=by.ref)
    _recount(nomination)
    nomination.first_name = nomination.school = ""
    nomination.answers, nomination.hours, nomination.school_body_id = {}, None, None
    nomination.nominator_key = f"withdrawn {nomination.ref}"
    for kind in (NominatorContact, NominationTrace):
        db.session.execute(delete(kind).where(kind.nomination_id == nomination.id))
    for purpose in PURPOSES_ASKED:
        withdraw_consent(nomination, purpose, by=by)
    audit.record("nomination_withdrawn", nomination, by=by)
    return nomination.withdrawal


def change_consents(nomination: Nomination, wanted: Collection[str], *, by: Actor) -> None:
    """Give and withdraw what is agreed to, one purpose at a time. Takes: `wanted`, all the purposes that are agreed to from now on.

    Refuses: more consents on a nomination that was taken back.
    """
    lock(nomination)
    if nomination.withdrawal is not None:
        raise Refusal(_("Cette nomination est retirée : il n’y a plus rien à accepter."))
    for purpose in PURPOSES_ASKED:
        if purpose in wanted:
            give_consent(nomination, purpose, version=PURPOSES[purpose].version, language=language(), by=by)
        else:
            withdraw_consent(nomination, purpose, by=by)


def _recount(nomination: Nomination) -> None:
    """Count anew the nominations of its boss; one left at a boss that was merged counts nowhere."""
    db.session.flush()
    retally(lock(nomination.boss), is_merged=merge_of(nomination.boss) is not None)


def _hold_again(nomination: Nomination, by: Actor) -> None:
    """Forget what readers decided of other words; the journal remembers."""
    db.session.execute(delete(NominationReading).where(NominationReading.nomination_id == nomination.id))
    db.session.expire(nomination, ["readings"])
    mine = NominationCorrection.nomination_id == nomination.id
    number = (db.session.scalar(select(func.max(NominationCorrection.number)).where(mine)) or 0) + 1
    correction = NominationCorrection(nomination_id=nomination.id, number=number, corrected_at=clock.now(), corrected_by=by.ref)
    db.session.add(correction)

"""What readers do with the words of a nomination: approved, set aside, struck. Until then it is held, and no one else reads them.

Deciding otherwise is another reading: nothing that was decided is erased.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.striking import STRIKES, STRUCK, StrikeKind, struck
from certif.nominations.boss_queries import merge_of, sees
from certif.nominations.boss_tallies import shift_tally
from certif.nominations.desk_model import NominationStrike
from certif.nominations.lead_actions import note_lead
from certif.nominations.model import Nomination, NominationReading, ReadingOutcome
from certif.nominations.reading_queries import said_digest
from certif.nominations.thanks_actions import ask_for_thanks

audit.declare("nomination_approved", _l("%(by)s a approuvé la nomination."))
audit.declare("nomination_set_aside", _l("%(by)s a mis la nomination de côté. Motif : %(reason)s"), "reason")
audit.declare(
    "nomination_struck",
    _l("%(by)s a caviardé des mots de la nomination (%(count)s). Motif : %(kind)s"),
    "count",
    "kind",
    words={"kind": STRIKES},
)

MOST_AT_ONCE = 50


def approve_nomination(nomination: Nomination, *, digest: str, by: Actor) -> NominationReading:
    """Let a nomination be judged, and its boss be thanked and become a lead where it is not certified.

    Takes: `digest`, that of the words on the screen.
    Refuses: someone who has no say in that place; one that was withdrawn, or approved already; words that have changed since.
    """
    _let_read(nomination, by)
    _let_change(nomination, digest)
    if nomination.outcome == ReadingOutcome.APPROVED:
        raise Refusal(_("Cette nomination est déjà approuvée."))
    reading = _read(nomination, ReadingOutcome.APPROVED, "", by)
    audit.record("nomination_approved", nomination, by=by)
    note_lead(nomination, by=by)
    ask_for_thanks(nomination.boss)
    return reading


def approve_nominations(nominations: Sequence[Nomination], digests: Mapping[str, str], *, by: Actor) -> int:
    """Approve several at once; those that changed or were decided by somebody else in the meantime are left as they are. Gives: how many.

    Takes: `digests`, by the ref of each, of the words on the screen.
    Refuses: none, or more than fifty; someone who has no say in one of these places.
    """
    if not nominations:
        raise Refusal(_("Choisissez au moins une nomination à approuver."))
    if len(nominations) > MOST_AT_ONCE:
        raise Refusal(_("Approuvez cinquante nominations à la fois, au plus."))
    count = 0
    for nomination in sorted(nominations, key=lambda one: one.id):
        _let_read(nomination, by)
        if nomination.outcome is None and digests.get(nomination.ref) == said_digest(nomination):
            approve_nomination(nomination, digest=digests[nomination.ref], by=by)
            count += 1
    return count


def set_aside_nomination(nomination: Nomination, reason: str, *, by: Actor) -> NominationReading:
    """Set a nomination aside: it counts no more, and nobody judges it.

    Refuses: someone who has no say in that place; one that was withdrawn, or set aside already.
    """
    _let_read(nomination, by)
    if nomination.outcome == ReadingOutcome.SET_ASIDE:
        raise Refusal(_("Cette nomination est déjà mise de côté."))
    reading = _read(nomination, ReadingOutcome.SET_ASIDE, reason, by)
    audit.record("nomination_set_aside", nomination, by=by, reason=reason)
    return reading


def strike_nomination(
    nomination: Nomination, places: Mapping[str, Sequence[int]], kind: StrikeKind, *, digest: str, by: Actor
) -> NominationStrike:
    """Strike words out for good: they are kept nowhere.

    Takes: `places`, which words of which prompt, from 0; `digest`, that of the words on the screen.
    Refuses: someone who has no say in that place; one that was withdrawn; words that have changed since; none, or all of them.
    """
    _let_read(nomination, by)
    _let_change(nomination, digest)
    kept, count = dict(nomination.answers), 0
    for prompt, chosen in places.items():
        if prompt in kept:
            kept[prompt], more = struck(kept[prompt], chosen)
            count += more
    if not count:
        raise Refusal(_("Choisissez au moins un mot à caviarder."))
    if not any(words and words != STRUCK for words in kept.values()):
        raise Refusal(_("Il ne resterait rien à lire : mettez plutôt cette nomination de côté."))
    nomination.answers = kept
    strike = NominationStrike(nomination_id=nomination.id, kind=kind.value, count=count, struck_at=clock.now(), struck_by=by.ref)
    db.session.add(strike)
    audit.record("nomination_struck", nomination, by=by, count=count, kind=kind.value)
    return strike


def _read(nomination: Nomination, outcome: ReadingOutcome, reason: str, by: Actor) -> NominationReading:
    """Write what was decided; the tally follows, unless the boss stands for another and so counts nothing."""
    last = select(NominationReading.number).where(NominationReading.nomination_id == nomination.id)
    number = (db.session.scalar(last.order_by(NominationReading.number.desc()).limit(1)) or 0) + 1
    reading = NominationReading(number=number, outcome=outcome.value, reason=reason, read_at=clock.now(), read_by=by.ref)
    counted, counts = nomination.outcome != ReadingOutcome.SET_ASIDE, outcome is not ReadingOutcome.SET_ASIDE
    nomination.readings.append(reading)
    nomination.outcome = outcome.value
    if counts != counted and merge_of(nomination.boss) is None:
        shift_tally(nomination.boss_id, counts - counted)
    return reading


def _let_read(nomination: Nomination, by: Actor) -> None:
    lock(nomination)
    if not sees(by, nomination.boss):
        raise Refusal(_("Dans ce concours, votre rôle ne permet pas de lire les nominations de cet endroit."))
    if nomination.withdrawal is not None:
        raise Refusal(_("Cette nomination vient d’être retirée par la personne qui l’avait faite."))


def _let_change(nomination: Nomination, digest: str) -> None:
    if digest != said_digest(nomination):
        raise Refusal(_("Ces mots viennent de changer. Relisez-les avant de continuer."))

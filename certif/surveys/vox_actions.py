"""What is done with the words of students, in story order: left in the box, struck, published or set aside, withdrawn.

Leaving them writes nothing in the journal, as answering does not: an instant there would tell who it was.
"""

from __future__ import annotations

from collections.abc import Collection

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, language
from certif.kit.striking import STRIKES, STRUCK, StrikeKind, let_strike, struck
from certif.surveys.running_queries import RUNNERS
from certif.surveys.vox_model import (
    BoxedWords,
    VoxPop,
    WordsOutcome,
    WordsSettlement,
    WordsStrike,
    WordsWithdrawal,
)
from certif.surveys.vox_queries import MOST_QUOTES, hears, quotes_of
from certif.surveys.ways import Way

audit.declare(
    "words_struck", _l("%(by)s a caviardé des mots d’élève (%(count)s). Motif : %(kind)s"), "count", "kind", words={"kind": STRIKES}
)
audit.declare("words_published", _l("%(by)s a publié des mots d’élève."))
audit.declare("words_set_aside", _l("%(by)s a mis de côté des mots d’élève. Motif : %(reason)s"), "reason")
audit.declare("words_withdrawn", _l("%(by)s a retiré des mots d’élève qui étaient publiés. Motif : %(reason)s"), "reason")


def leave_words(way: Way, words: str, *, has_consent: bool, mark: str, by: Actor) -> bool:
    """Put words in the box. Nothing says whose they are, nor which answer they go with.

    Takes: `words`, cleaned, 280 signs at most; `has_consent`, whether they may be published; `mark`, that of the page, drawn at random.
    Gives: whether they are new; the same page sent again changes nothing.
    Refuses: a way in where nobody is heard today.
    """
    assert not by.is_signed_in, "who speaks is nobody that we know"
    if not hears(way):
        raise Refusal(_("On ne peut pas laisser de mot ici pour le moment."))
    left = {"id": mark, "survey_id": way.survey_id, "language": language(), "words": words, "has_consent": has_consent}
    return bool(insert_new(BoxedWords, [left], BoxedWords.id))


def strike_words(vox: VoxPop, places: Collection[int], kind: StrikeKind, *, digest: str, by: Actor) -> WordsStrike:
    """Strike words out for good: they are kept nowhere.

    Takes: `places`, which words, from 0, as `pieces_of` gives them; `digest`, that of the words on the screen.
    Refuses: someone who has no part in the program; words that were settled, or that have changed since; all of them, or none.
    """
    _let_moderate(vox, by)
    _let_settle(vox)
    let_strike(vox.words, digest)
    kept, count = struck(vox.words, places)
    if not count:
        raise Refusal(_("Choisissez au moins un mot à caviarder."))
    if kept == STRUCK:
        raise Refusal(_("Il ne resterait rien à lire : mettez plutôt ces mots de côté."))
    vox.words = kept
    strike = WordsStrike(vox_pop_id=vox.id, kind=kind.value, count=count, struck_at=clock.now(), struck_by=by.ref)
    db.session.add(strike)
    audit.record("words_struck", vox, by=by, count=count, kind=kind.value)
    return strike


def publish_words(vox: VoxPop, *, digest: str, by: Actor) -> WordsSettlement:
    """Let anyone read words, on the portrait of the region, without school, level or date.

    Takes: `digest`, that of the words on the screen.
    Refuses: someone who has no part in the program; words that were settled, changed since, or left without consent to publish; a
    thirteenth for the same portrait.
    """
    lock(vox.survey.program)  # two who publish at once would both find the twelfth place free
    _let_moderate(vox, by)
    _let_settle(vox)
    if not vox.has_consent:
        raise Refusal(_("Cette personne n’a pas accepté que ses mots soient publiés."))
    let_strike(vox.words, digest)
    if len(quotes_of(vox.survey.program_id, vox.survey.school_year)) >= MOST_QUOTES:
        raise Refusal(_("Le portrait montre déjà %(most)s mots d’élèves : retirez-en un d’abord.", most=MOST_QUOTES))
    vox.settlement = WordsSettlement(outcome=WordsOutcome.PUBLISHED.value, reason="", settled_at=clock.now(), settled_by=by.ref)
    audit.record("words_published", vox, by=by)
    return vox.settlement


def set_aside_words(vox: VoxPop, reason: str, *, by: Actor) -> WordsSettlement:
    """Set words aside: nobody else reads them, and they are forgotten 90 days later.

    Refuses: someone who has no part in the program; words that were settled.
    """
    _let_moderate(vox, by)
    _let_settle(vox)
    vox.settlement = WordsSettlement(outcome=WordsOutcome.SET_ASIDE.value, reason=reason, settled_at=clock.now(), settled_by=by.ref)
    audit.record("words_set_aside", vox, by=by, reason=reason)
    return vox.settlement


def withdraw_words(vox: VoxPop, reason: str, *, by: Actor) -> WordsWithdrawal:
    """Show published words no longer, for good.

    Refuses: someone who has no part in the program; words that nobody can read today.
    """
    _let_moderate(vox, by)
    if vox.settlement is None or not vox.is_published:
        raise Refusal(_("Ces mots ne sont pas publiés."))
    vox.settlement.withdrawal = WordsWithdrawal(reason=reason, withdrawn_at=clock.now(), withdrawn_by=by.ref)
    audit.record("words_withdrawn", vox, by=by, reason=reason)
    return vox.settlement.withdrawal


def _let_moderate(vox: VoxPop, by: Actor) -> None:
    lock(vox)
    if not by.holds(vox.survey.program_id, *RUNNERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de lire les mots des élèves."))


def _let_settle(vox: VoxPop) -> None:
    if vox.settlement is not None:
        raise Refusal(_("On a déjà décidé de ces mots."))
    if not vox.words:
        raise Refusal(_("Ces mots ont été oubliés, comme promis."))

"""The same boss under ten spellings becomes one: merged, undone, told apart, found in the register. Nothing is erased."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from certif.employers import Employer, Establishment
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, folded
from certif.nominations.boss_queries import merge_of, sees
from certif.nominations.boss_tallies import counts_now, retally, shift_tally
from certif.nominations.boss_twins import compare, forget_twins
from certif.nominations.desk_model import BossApart, BossMerge, BossMergeUndoing, pair_of
from certif.nominations.model import Boss, Nomination
from certif.nominations.reading_queries import approved_of
from certif.nominations.thanks_actions import ask_for_thanks
from certif.territory import mrcs

audit.declare("boss_merged", _l("%(by)s a réuni « %(merged)s » à « %(kept)s » : %(count)s nominations."), "merged", "kept", "count")
audit.declare("boss_merge_undone", _l("%(by)s a séparé « %(merged)s » de « %(kept)s ». Motif : %(reason)s"), "merged", "kept", "reason")
audit.declare("boss_kept_apart", _l("%(by)s a noté que ce boss et « %(other)s » sont deux."), "other")
audit.declare("boss_linked", _l("%(by)s a reconnu ce boss au registre : %(place)s."), "place")

_NOT_TRACKED = {"synchronize_session": False}


def merge_bosses(merged: Boss, kept: Boss, *, by: Actor) -> BossMerge:
    """Let the nominations of a boss count for another: both are one.

    A student who named both counts once: the nomination of the boss that is merged stays where it is, and counts for nothing.
    Refuses: someone who has no say in both places; two of different contests, or the same twice; one that stands for another already;
    two that the register knows apart; to keep one that was described where the other is in the register.
    """
    _let_join(merged, kept, by)
    is_named_twice = select(Nomination.nominator_key).where(Nomination.boss_id == kept.id)
    moving = Nomination.boss_id == merged.id, Nomination.nominator_key.not_in(is_named_twice)
    count = db.session.scalar(select(func.count()).select_from(Nomination).where(*moving, counts_now())) or 0
    db.session.execute(update(Nomination).where(*moving).values(boss_id=kept.id), execution_options=_NOT_TRACKED)
    number = db.session.scalar(select(func.max(BossMerge.number)).where(BossMerge.merged_id == merged.id)) or 0
    merge = BossMerge(merged=merged, kept=kept, number=number + 1, merged_at=clock.now(), merged_by=by.ref)
    db.session.add(merge)
    db.session.flush()
    retally(merged, is_merged=True)
    shift_tally(kept.id, count)
    forget_twins(merged)
    db.session.expire_all()
    for one in (kept, merged):
        audit.record("boss_merged", one, by=by, merged=merged.name, kept=kept.name, count=count)
    if approved_of(kept, 1):
        ask_for_thanks(kept)
    return merge


def undo_merge(merge: BossMerge, reason: str, *, by: Actor) -> BossMergeUndoing:
    """Let two bosses be two again: each nomination counts for the one that its student named, or for which that one stood.

    Refuses: someone who has no say in both places; a merge that was undone; one whose boss was merged further: that one first.
    """
    merged, kept = merge.merged, merge.kept
    for one in sorted((merged, kept), key=lambda boss: boss.id):
        lock(one)
    _let_in((merged, kept), by)
    lock(merge)
    if merge.undoing is not None:
        raise Refusal(_("Ces deux boss sont déjà séparés."))
    if merge_of(kept) is not None:
        raise Refusal(_("« %(kept)s » a été réuni à un autre depuis : séparez-les d’abord.", kept=kept.name))
    theirs = Nomination.boss_id == kept.id, Nomination.named_id.in_(_family(merged))
    db.session.execute(update(Nomination).where(*theirs).values(boss_id=merged.id), execution_options=_NOT_TRACKED)
    merge.undoing = BossMergeUndoing(reason=reason, undone_at=clock.now(), undone_by=by.ref)
    db.session.flush()
    retally(merged)
    retally(kept)
    _note_apart(merged, kept, by)
    db.session.expire_all()
    compare(merged)
    for one in (kept, merged):
        audit.record("boss_merge_undone", one, by=by, merged=merged.name, kept=kept.name, reason=reason)
    assert merge.undoing is not None
    return merge.undoing


def keep_apart(boss: Boss, other: Boss, *, by: Actor) -> None:
    """Note that two bosses that look alike are two: they are not shown side by side any more.

    Refuses: someone who has no say in both places; two of different contests, or the same twice.
    """
    _let_pair(boss, other, by)
    if _note_apart(boss, other, by):
        audit.record("boss_kept_apart", boss, by=by, other=other.name)


def link_boss(boss: Boss, establishment: Establishment, *, by: Actor) -> None:
    """Recognise a boss in the register: its place is where the register says. What students wrote stays its name.

    Refuses: someone who has no say in that place; a boss that stands for another; a place that is closed, is known already, or is
    another boss of this contest: those are merged.
    """
    lock(boss)
    _let_in((boss,), by)
    if merge_of(boss) is not None:
        raise Refusal(_("Ce boss a été réuni à un autre : cherchez plutôt cet autre au registre."))
    if establishment.closed_at is not None:
        raise Refusal(_("Cet établissement est fermé."))
    if boss.establishment_id == establishment.id:
        raise Refusal(_("Ce boss est déjà reconnu à cet établissement."))
    same = Boss.campaign_id == boss.campaign_id, Boss.establishment_id == establishment.id
    other = db.session.scalar(select(Boss).where(*same))
    if other is not None:
        raise Refusal(_("Cet établissement est déjà nommé dans ce concours, sous « %(name)s » : réunissez-les.", name=other.name))
    boss.establishment = establishment
    boss.mrc, boss.municipality, boss.sector = establishment.mrc, establishment.municipality, establishment.employer.sector
    db.session.flush()
    retally(boss)
    compare(boss)
    audit.record("boss_linked", boss, by=by, place=f"{establishment.name}, {establishment.municipality}")


def places_like(boss: Boss, text: str) -> Sequence[Establishment]:
    """Give the establishments of the region whose name has all these words, those of the boss's own MRC first; ten at most."""
    words = folded(text).split()
    if not words:
        return []
    near = [one.id for one in mrcs(boss.campaign.program.region)]
    named = [Employer.name_key.contains(word, autoescape=True) for word in words]
    found = (
        select(Establishment)
        .join(Employer, Employer.id == Establishment.employer_id)
        .where(Establishment.mrc_id.in_(near), Establishment.closed_at.is_(None), *named)
        .order_by((Establishment.mrc_id == boss.mrc_id).desc(), Employer.name_key, Establishment.id)
    )
    return db.session.scalars(found.limit(10)).all()


def _let_join(merged: Boss, kept: Boss, by: Actor) -> None:
    for one in sorted((merged, kept), key=lambda boss: boss.id):
        lock(one)
    _let_pair(merged, kept, by)
    if merge_of(merged) is not None or merge_of(kept) is not None:
        raise Refusal(_("L’un de ces boss vient d’être réuni à un autre. Revenez à la liste."))
    if merged.establishment_id is not None and kept.establishment_id is not None:
        raise Refusal(_("Le registre connaît ces deux établissements : ils sont distincts."))
    if merged.establishment_id is not None:
        raise Refusal(_("Gardez plutôt « %(name)s » : c’est lui que le registre connaît.", name=merged.name))


def _let_pair(boss: Boss, other: Boss, by: Actor) -> None:
    _let_in((boss, other), by)
    if boss.id == other.id or boss.campaign_id != other.campaign_id:
        raise Refusal(_("Choisissez deux boss différents du même concours."))


def _let_in(bosses: Sequence[Boss], by: Actor) -> None:
    if not all(sees(by, one) for one in bosses):
        raise Refusal(_("Dans ce concours, votre rôle ne permet pas de décider pour cet endroit."))


def _note_apart(boss: Boss, other: Boss, by: Actor) -> bool:
    forget_twins(boss, other)
    row = {**pair_of(boss, other), "said_at": clock.now(), "said_by": by.ref}
    return bool(insert_new(BossApart, [row], BossApart.id))


def _family(boss: Boss) -> list[int]:
    """Give a boss and all those that stand for it, at whatever remove."""
    found, added = [boss.id], [boss.id]
    while added:
        live = select(BossMerge.merged_id).outerjoin(BossMerge.undoing).where(BossMergeUndoing.id.is_(None))
        added = [one for one in db.session.scalars(live.where(BossMerge.kept_id.in_(added))) if one not in found]
        found += added
    return found

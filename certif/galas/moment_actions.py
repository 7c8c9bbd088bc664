"""What can happen to the order of an evening: awards named, laureates placed and put in words, moments added, moved, dropped."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from sqlalchemy import delete, select

from certif.galas.evening_model import AwardPlacing, EveningMoment, GalaAward, MomentKind
from certif.galas.honours import Honour, honours_of, reading_seconds
from certif.galas.model import Gala
from certif.galas.standing import lock_standing
from certif.galas.terms import MomentTerms, Wording
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.selections import Laureate

audit.declare("gala_award_added", _l("%(by)s a ajouté le prix « %(name)s »."), "name")
audit.declare("gala_award_dropped", _l("%(by)s a retiré le prix « %(name)s »."), "name")
audit.declare("laureates_placed", _l("%(by)s a placé des lauréats dans les prix de la soirée."))
audit.declare("laureate_worded", _l("%(by)s a revu ce qui se dit d’une lauréate ou d’un lauréat."))
audit.declare("moment_added", _l("%(by)s a ajouté un moment au déroulement : %(title)s."), "title")
audit.declare("moment_edited", _l("%(by)s a modifié un moment du déroulement : %(title)s."), "title")
audit.declare("moment_moved", _l("%(by)s a déplacé un moment du déroulement : %(title)s."), "title")
audit.declare("moment_dropped", _l("%(by)s a retiré un moment du déroulement : %(title)s."), "title")
audit.declare("laureates_staged", _l("%(by)s a inscrit les lauréats au déroulement (%(count)s)."), "count")

ON_STAGE_SECONDS = 60
"""Added to the reading of a citation: to walk up, to be applauded, to be photographed."""

MOST_MOMENTS = 200


def add_award(gala: Gala, *, name_fr: str, name_en: str, sponsor: str, by: Actor) -> GalaAward:
    """Name an award of the evening's own. Refuses: a cancelled gala; a name it has already."""
    lock_standing(gala)
    if db.session.scalar(select(GalaAward.id).where(GalaAward.gala_id == gala.id, GalaAward.name_fr == name_fr)):
        raise Refusal(_("Un prix de ce gala porte déjà ce nom."))
    award = GalaAward(gala=gala, name_fr=name_fr, name_en=name_en, sponsor=sponsor, added_at=clock.now(), added_by=by.ref)
    db.session.add(award)
    audit.record("gala_award_added", gala, by=by, name=name_fr)
    return award


def drop_award(award: GalaAward, *, by: Actor) -> None:
    """Take an award back; its laureates keep the category of their contest. Refuses: a cancelled gala."""
    gala = lock_standing(award.gala)
    lock(award)
    db.session.execute(delete(AwardPlacing).where(AwardPlacing.award_id == award.id))
    audit.record("gala_award_dropped", gala, by=by, name=award.name_fr)
    db.session.delete(award)


def place_laureates(gala: Gala, placed: Sequence[tuple[Laureate, GalaAward | None]], *, by: Actor) -> None:
    """Say which award each laureate receives; None: that of its contest. Refuses: a cancelled gala."""
    lock_standing(gala)
    of_these = AwardPlacing.gala_id == gala.id, AwardPlacing.laureate_id.in_([laureate.id for laureate, _award in placed])
    db.session.execute(delete(AwardPlacing).where(*of_these))
    db.session.add_all(
        AwardPlacing(gala_id=gala.id, laureate_id=laureate.id, award_id=award.id, placed_at=clock.now(), placed_by=by.ref)
        for laureate, award in placed
        if award is not None
    )
    audit.record("laureates_placed", gala, by=by)


def word_laureate(gala: Gala, laureate: Laureate, wording: Wording, *, by: Actor) -> None:
    """Say how a laureate is named, pronounced and presented. The moment that honours it lasts as long as its new citation takes.

    Refuses: a cancelled gala.
    """
    lock_standing(gala)
    for name, value in dataclasses.asdict(wording).items():
        if value is not None:
            setattr(laureate, name, value)
    moment = db.session.scalar(select(EveningMoment).where(EveningMoment.gala_id == gala.id, EveningMoment.laureate_id == laureate.id))
    if moment is not None:
        moment.seconds = seconds_for(laureate.citation)
    audit.record("laureate_worded", gala, by=by)


def add_moment(gala: Gala, terms: MomentTerms, *, after: EveningMoment | None, by: Actor) -> EveningMoment:
    """Add a moment to the evening, right after another, or first where `after` is None.

    Refuses: a cancelled gala; more than two hundred moments.
    """
    lock_standing(gala)
    standing = _in_order(gala)
    if len(standing) >= MOST_MOMENTS:
        raise Refusal(_("Une soirée a au plus %(most)s moments.", most=MOST_MOMENTS))
    moment = EveningMoment(gala=gala, position=0, added_at=clock.now(), added_by=by.ref, **dataclasses.asdict(terms))
    db.session.add(moment)
    _put_in_order(_with(standing, moment, after))
    audit.record("moment_added", gala, by=by, title=terms.title)
    return moment


def edit_moment(moment: EveningMoment, terms: MomentTerms, *, after: EveningMoment | None, by: Actor) -> None:
    """Say anew what a moment is, and what it follows. Refuses: a cancelled gala."""
    gala = lock_standing(moment.gala)
    lock(moment)
    for name, value in dataclasses.asdict(terms).items():
        setattr(moment, name, value)
    _put_in_order(_with([one for one in _in_order(gala) if one is not moment], moment, after))
    audit.record("moment_edited", gala, by=by, title=terms.title)


def move_moment(moment: EveningMoment, *, is_up: bool, by: Actor) -> None:
    """Let a moment and its neighbour change places. Refuses: a cancelled gala; a moment that has no neighbour on that side."""
    gala = lock_standing(moment.gala)
    standing = _in_order(gala)
    here = standing.index(moment)
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(standing):
        raise Refusal(_("Ce moment est déjà le premier.") if is_up else _("Ce moment est déjà le dernier."))
    standing[here], standing[there] = standing[there], standing[here]
    _put_in_order(standing)
    audit.record("moment_moved", gala, by=by, title=moment.title)


def drop_moment(moment: EveningMoment, *, by: Actor) -> None:
    """Take a moment out of the evening. Refuses: a cancelled gala."""
    gala = lock_standing(moment.gala)
    lock(moment)
    audit.record("moment_dropped", gala, by=by, title=moment.title)
    db.session.delete(moment)


def stage_laureates(gala: Gala, *, by: Actor) -> int:
    """Give each laureate a moment, after the last award there is, else at the end; those who have one keep it.

    Gives: how many moments were added.
    Refuses: a cancelled gala; nobody left to add; more than two hundred moments.
    """
    lock_standing(gala)
    standing = _in_order(gala)
    staged = {one.laureate_id for one in standing}
    waiting = [one for one in honours_of(gala) if one.laureate.id not in staged]
    if not waiting:
        raise Refusal(_("Tous les lauréats sont déjà au déroulement."))
    if len(standing) + len(waiting) > MOST_MOMENTS:
        raise Refusal(_("Une soirée a au plus %(most)s moments.", most=MOST_MOMENTS))
    first = max((place for place, one in enumerate(standing, 1) if one.kind == MomentKind.AWARD), default=len(standing))
    insert_new(EveningMoment, [_row(gala, one, by) for one in waiting], EveningMoment.id)
    added = [one for one in _in_order(gala) if one not in standing]
    _put_in_order([*standing[:first], *added, *standing[first:]])
    audit.record("laureates_staged", gala, by=by, count=len(added))
    return len(added)


def seconds_for(citation: str) -> int:
    """Give how long honouring takes: the reading of the citation, and what goes with it."""
    return reading_seconds(citation) + ON_STAGE_SECONDS


def _row(gala: Gala, honour: Honour, by: Actor) -> dict[str, object]:
    laureate = honour.laureate
    return {
        "ref": tokens.ref(), "gala_id": gala.id, "laureate_id": laureate.id, "kind": MomentKind.AWARD.value, "title": "", "position": 0,
        "seconds": seconds_for(laureate.citation), "presenter": "", "music": "", "notes": "", "added_at": clock.now(), "added_by": by.ref,
    }  # fmt: skip


def _in_order(gala: Gala) -> list[EveningMoment]:
    db.session.flush()
    wanted = select(EveningMoment).where(EveningMoment.gala_id == gala.id)
    return list(db.session.scalars(wanted.order_by(EveningMoment.position, EveningMoment.id)))


def _with(standing: list[EveningMoment], moment: EveningMoment, after: EveningMoment | None) -> list[EveningMoment]:
    place = standing.index(after) + 1 if after in standing else 0
    return [*standing[:place], moment, *standing[place:]]


def _put_in_order(moments: list[EveningMoment]) -> None:
    for position, one in enumerate(moments, 1):
        one.position = position

"""Catching up with what happens elsewhere: prospects that are new, come back, register, are certified or no longer are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import exists, or_, select, union, update

from certif.employers import Employer, Establishment
from certif.imports import Prospect, ProspectInvitation, is_certified, is_registered
from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring
from certif.visits.contact_model import Approach
from certif.visits.pursuing import follow_all
from certif.visits.pursuit_model import Pursuit, PursuitStage

BATCH = 250
INVITED_LATELY = dt.timedelta(days=30)
"""How far back one looks for letters that invited: the job would have to be away as long to miss one."""
NOTES_KEPT = dt.timedelta(days=730)


@recurring("follow_prospects", every=dt.timedelta(minutes=15))
def follow_prospects() -> None:
    """Follow the prospects that nobody follows yet, then those that changed without us: some at a time."""
    after = 0
    while ids := _unfollowed(after):
        _follow(ids)
        after = ids[-1]
    for ids in _batches(_changed()):
        _follow(ids)


@recurring("forget_approach_notes", every=dt.timedelta(days=1), retention=True)
def forget_approach_notes() -> None:
    """Erase what was noted of old approaches, as their model says."""
    with transaction():
        old = Approach.approached_at < clock.now() - NOTES_KEPT, Approach.note != ""
        db.session.execute(update(Approach).where(*old).values(note=""))


def _follow(ids: Sequence[int]) -> None:
    with transaction():
        db.session.execute(select(Prospect.id).where(Prospect.id.in_(ids)).order_by(Prospect.id).with_for_update())
        follow_all(ids)


def _unfollowed(after: int) -> Sequence[int]:
    alone = ~exists().where(Pursuit.prospect_id == Prospect.id)
    return db.session.scalars(select(Prospect.id).where(Prospect.id > after, alone).order_by(Prospect.id).limit(BATCH)).all()


def _changed() -> Sequence[int]:
    """Give those whose row says something else than the register, the certifications, the invitations and the calendar."""
    in_register = Pursuit.stage.in_([PursuitStage.APPLIED, PursuitStage.CERTIFIED])
    back = select(Pursuit.prospect_id).where(Pursuit.stage == PursuitStage.LATER, Pursuit.due_at <= clock.now())
    of_prospects = select(Pursuit.prospect_id).join(Prospect, Prospect.id == Pursuit.prospect_id)
    same_neq = of_prospects.join(Employer, Employer.neq == Prospect.neq).where(~in_register)
    same_name = of_prospects.join(Employer, Employer.name_key == Prospect.name_key).where(~in_register)
    here = Establishment.employer_id == Employer.id, Establishment.postal_code == Prospect.postal_code, Establishment.closed_at.is_(None)
    moved = or_(
        (Pursuit.stage == PursuitStage.APPLIED) & is_certified(),
        (Pursuit.stage == PursuitStage.CERTIFIED) & ~is_certified(),
        ~is_registered(),
    )
    same_place = same_name.where(exists().where(*here).correlate(Employer, Prospect))
    lately = ProspectInvitation.invited_at > clock.now() - INVITED_LATELY, ProspectInvitation.invited_at > Pursuit.touched_at
    invited = of_prospects.join(ProspectInvitation, ProspectInvitation.prospect_id == Prospect.id).where(*lately)
    return db.session.scalars(union(back, same_neq, same_place, of_prospects.where(in_register, moved), invited)).all()


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))

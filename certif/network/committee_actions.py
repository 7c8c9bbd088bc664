"""What can happen to a committee, in story order: formed, given seats, dissolved."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, select

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.network.actions import let_work
from certif.network.committee_model import Committee, CommitteeSeat
from certif.network.model import BodyContact, NetworkBody
from certif.network.queries import DECIDERS, mrcs_of
from certif.programs import Program
from certif.territory import Mrc

audit.declare("committee_formed", _l("%(by)s a inscrit le comité « %(name)s »."), "name", "is_ours")
audit.declare("committee_dissolved", _l("%(by)s a mis fin au comité « %(name)s »."), "name")
audit.declare("seat_given", _l("%(by)s a donné un siège à « %(body)s » au comité « %(name)s »."), "body", "name", "role")
audit.declare("seat_ended", _l("%(by)s a mis fin au siège de « %(body)s » au comité « %(name)s »."), "body", "name")


def form_committee(program: Program, name: str, *, mandate: str, is_ours: bool, mrc: Mrc | None, by: Actor) -> Committee:
    """Form a committee, or note a table that others hold.

    Takes: `mrc`, the one it is about; None for the whole region.
    Refuses: someone who does not work for the program; a name that is taken; an MRC outside the program.
    """
    let_work(by, program)
    if db.session.scalar(select(exists().where(Committee.program_id == program.id, Committee.name == name))):
        raise Refusal(_("Un comité porte déjà ce nom."))
    if mrc is not None and mrc.id not in {each.id for each in mrcs_of(program)}:
        raise Refusal(_("Choisissez une MRC de la région du programme."))
    committee = Committee(program=program, name=name, mandate=mandate, is_ours=is_ours, mrc=mrc, formed_at=clock.now(), formed_by=by.ref)
    db.session.add(committee)
    db.session.flush()
    audit.record("committee_formed", committee, by=by, name=name, is_ours=is_ours)
    return committee


def dissolve_committee(committee: Committee, *, by: Actor) -> None:
    """Say that a committee is over: its seats end today, and what it did stays.

    Refuses: someone who does not decide in the program; one that is over already.
    """
    if not by.holds(committee.program_id, *DECIDERS):
        raise Refusal(_("La direction du programme met fin à un comité."))
    lock_standing(committee)
    committee.dissolved_at, committee.dissolved_by = clock.now(), by.ref
    for seat in db.session.scalars(
        select(CommitteeSeat).where(CommitteeSeat.committee_id == committee.id, CommitteeSeat.until_on.is_(None))
    ):
        seat.until_on, seat.ended_by = clock.today(), by.ref
    audit.record("committee_dissolved", committee, by=by, name=committee.name)


def give_seat(
    committee: Committee, body: NetworkBody, *, delegate: BodyContact | None, role: str, from_on: dt.date | None = None, by: Actor
) -> CommitteeSeat:
    """Let a body sit on a committee. To name another delegate, end the seat and give it again: both are kept.

    Takes: `from_on`, the first day, today by default.
    Refuses: someone who does not work for the program; a committee that is over; a body of another program, archived, or that sits
    there already; a delegate who is not of the body; a day to come.
    """
    let_work(by, committee.program)
    lock_standing(committee)
    if body.program_id != committee.program_id or body.archived_at is not None:
        raise Refusal(_("Choisissez un organisme du registre qui n’est pas archivé."))
    if delegate is not None and (delegate.body_id != body.id or delegate.ended_at is not None):
        raise Refusal(_("La personne déléguée doit être une personne à joindre de cet organisme."))
    first = from_on or clock.today()
    if first > clock.today():
        raise Refusal(_("Un siège commence aujourd’hui ou un jour passé."))
    mine = CommitteeSeat.committee_id == committee.id, CommitteeSeat.body_id == body.id, CommitteeSeat.until_on.is_(None)
    if db.session.scalar(select(exists().where(*mine))):
        raise Refusal(_("Cet organisme siège déjà à ce comité."))
    seat = CommitteeSeat(committee=committee, body=body, delegate=delegate, role=role, from_on=first, given_at=clock.now(), given_by=by.ref)
    db.session.add(seat)
    db.session.flush()
    audit.record("seat_given", committee, by=by, body=body.name, name=committee.name, role=role)
    return seat


def end_seat(seat: CommitteeSeat, *, by: Actor) -> None:
    """End a seat today. Refuses: someone who does not work for the program; a seat that ended already."""
    let_work(by, seat.committee.program)
    if lock(seat).until_on is not None:
        raise Refusal(_("Ce siège a déjà pris fin."))
    seat.until_on, seat.ended_by = clock.today(), by.ref
    audit.record("seat_ended", seat.committee, by=by, body=seat.body.name, name=seat.committee.name)


def lock_standing(committee: Committee) -> Committee:
    """Hold a committee until the unit of work ends. Refuses: one that is over."""
    if lock(committee).dissolved_at is not None:
        raise Refusal(_("Ce comité a pris fin."))
    return committee

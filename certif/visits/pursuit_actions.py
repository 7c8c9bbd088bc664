"""What the team does with prospects: noted on the way, given to somebody, put off, ruled out, taken up again; who covers which ground."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, insert, literal, or_, select, true, update

from certif.accounts import User, grants_of
from certif.employers import Employer
from certif.imports import Prospect, is_registered, note_prospect
from certif.kit import audit, clock
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.territory import Mrc, territory_of
from certif.visits.contact_actions import STOPPED, is_stopped, let_go_of
from certif.visits.pursuing import follow, follow_all
from certif.visits.pursuit_model import OPEN, AgentTerritory, Assignment, DecisionKind, Pursuit, PursuitDecision, Sighting

audit.declare("prospect_sighted", _l("%(by)s a repéré ce prospect. Nommé par : %(named_by)s"), "named_by")
audit.declare("prospect_assigned", _l("%(by)s a confié ce prospect à %(to)s."), "to")
audit.declare("prospect_put_off", _l("%(by)s a remis ce prospect à plus tard : %(until)s."), "until")
audit.declare("prospect_ruled_out", _l("%(by)s a écarté ce prospect."))
audit.declare("prospect_taken_up", _l("%(by)s a repris ce prospect."))
audit.declare(
    "territory_given", _l("%(by)s a confié un territoire à %(to)s : %(place)s. Prospects déplacés : %(moved)s."), "to", "place", "moved"
)
audit.declare("territory_ended", _l("%(by)s a mis fin à un territoire de %(to)s : %(place)s."), "to", "place")

LATEST = dt.timedelta(days=730)
"""How long a prospect may be put off."""


@dataclass(frozen=True)
class SightingTerms:
    """An organisation seen on the way. `employer`, who named it."""

    name: str
    municipality: str
    mrc: Mrc
    note: str = ""
    employer: Employer | None = None


def note_sighting(program: Program, terms: SightingTerms, *, by: Actor) -> Prospect:
    """Note an organisation seen in the street, or that an employer named: the prospect is new, or the one that is known.

    Refuses: an employer of that name that is registered there.
    """
    source = _("Nommé par %(name)s", name=terms.employer.name) if terms.employer else _("Repéré sur le terrain")
    found = note_prospect(program, terms.name, terms.municipality, terms.mrc, None, source=source, note=terms.note, by=by)
    if found is None:
        raise Refusal(_("Un employeur de ce nom est déjà inscrit à cet endroit."))
    lock(found)
    row = {"prospect_id": found.id, "employer_id": terms.employer.id if terms.employer else None}
    if insert_new(Sighting, [{**row, "seen_at": clock.now(), "seen_by": by.ref}], Sighting.id):
        audit.record("prospect_sighted", found, by=by, named_by=terms.employer.name if terms.employer else "–")
    if follow(found).user_id is None and by.user_id is not None:
        _give(found, by.user_id, by)
        follow(found)
    return found


def assign_prospects(prospects: Sequence[Prospect], user: User | None, *, by: Actor) -> int:
    """Give prospects to somebody of the team, or to nobody. Gives: how many changed hands.

    Refuses: none chosen; a partner who does not serve where one of them is.
    """
    if not prospects:
        raise Refusal(_("Cochez au moins un prospect."))
    served = _served(user, prospects[0].program_id) if user else None
    if served is not None and any(one.mrc_id not in served for one in prospects):
        raise Refusal(_("Ce partenaire ne dessert pas le territoire de tous ces prospects."))
    ids = sorted(one.id for one in prospects)
    held = db.session.scalars(select(Prospect).where(Prospect.id.in_(ids)).order_by(Prospect.id).with_for_update(of=Prospect)).all()
    follow_all(ids)
    known = {row.prospect_id: row for row in db.session.scalars(select(Pursuit).where(Pursuit.prospect_id.in_(ids)))}
    user_id = user.id if user else None
    changed = [one for one in held if known[one.id].user_id != user_id]
    for prospect in changed:
        _give(prospect, user_id, by)
        audit.record("prospect_assigned", prospect, by=by, to=user.shown_name if user else "–")
    follow_all([one.id for one in changed])
    return len(changed)


def put_off(prospect: Prospect, until_on: dt.date, reason: str, *, by: Actor) -> None:
    """Come back to a prospect on a day, not before: it returns by itself.

    Refuses: one that said stop, or is in the register; a day that has passed, or is more than two years away.
    """
    if not clock.today() < until_on <= clock.today() + LATEST:
        raise Refusal(_("Choisissez un jour à venir, d’ici deux ans."))
    _decide(prospect, DecisionKind.LATER, reason, until_on, by)
    audit.record("prospect_put_off", prospect, by=by, until=until_on.isoformat())
    follow(prospect)


def rule_out(prospect: Prospect, reason: str, *, by: Actor) -> None:
    """Come back to a prospect no more, and say why. Refuses: one that said stop, or is in the register."""
    _decide(prospect, DecisionKind.NEVER, reason, None, by)
    let_go_of(prospect, by=by)
    audit.record("prospect_ruled_out", prospect, by=by)
    follow(prospect)


def take_up(prospect: Prospect, *, by: Actor) -> None:
    """Take up again a prospect that was put off or ruled out: it is somebody's turn today.

    Refuses: one that said stop, or is in the register; one that was neither.
    """
    last = _last(lock(prospect))
    if last is None or last.kind == DecisionKind.RESUMED:
        raise Refusal(_("Ce prospect est déjà à suivre."))
    _decide(prospect, DecisionKind.RESUMED, "", None, by)
    audit.record("prospect_taken_up", prospect, by=by)
    follow(prospect)


def give_territory(program: Program, user: User, *, mrc: Mrc | None = None, postal_prefix: str | None = None, by: Actor) -> int:
    """Let somebody follow the prospects of an MRC, or of a postal prefix, in the place of whoever did.

    Those that are open move, unless they were given by hand; so do those to come. Gives: how many moved.
    Refuses: a territory that this person already covers.
    """
    lock(program)
    here = AgentTerritory.mrc_id == mrc.id if mrc else AgentTerritory.postal_prefix == postal_prefix
    asked = select(AgentTerritory).where(AgentTerritory.program_id == program.id, AgentTerritory.ended_at.is_(None), here)
    before = db.session.scalar(asked)
    if before is not None and before.user_id == user.id:
        raise Refusal(_("Cette personne couvre déjà ce territoire."))
    if before is not None:
        before.ended_at, before.ended_by = clock.now(), by.ref
        db.session.flush()
    given = AgentTerritory(program=program, user=user, mrc=mrc, postal_prefix=postal_prefix, given_at=clock.now(), given_by=by.ref)
    db.session.add(given)
    db.session.flush()
    moved = _move(given, by)
    audit.record("territory_given", given, by=by, to=user.shown_name, place=given.place, moved=moved)
    return moved


def end_territory(given: AgentTerritory, *, by: Actor) -> None:
    """Let nobody be given what comes from this ground any more; what was given stays. Refuses: one that has ended."""
    lock(given)
    if given.ended_at is not None:
        raise Refusal(_("Ce territoire n’est déjà plus confié à cette personne."))
    given.ended_at, given.ended_by = clock.now(), by.ref
    audit.record("territory_ended", given, by=by, to=given.user.shown_name, place=given.place)


def _move(given: AgentTerritory, by: Actor) -> int:
    """Give the open prospects of a ground to who covers it now, all at once however many."""
    finer = exists().where(
        AgentTerritory.program_id == given.program_id, AgentTerritory.ended_at.is_(None), AgentTerritory.postal_prefix.is_not(None),
        Pursuit.postal_code.startswith(AgentTerritory.postal_prefix),
        func.length(AgentTerritory.postal_prefix) > len(given.postal_prefix or ""),
    ).correlate(Pursuit)  # fmt: skip
    place: ColumnElement[bool] = Pursuit.mrc_id == given.mrc_id if given.mrc_id else true()
    if given.postal_prefix:
        place = Pursuit.postal_code.startswith(given.postal_prefix, autoescape=True)
    there = Pursuit.program_id == given.program_id, place, Pursuit.stage.in_(OPEN), Pursuit.is_by_hand.is_(False), ~finer
    moving = *there, or_(Pursuit.user_id.is_(None), Pursuit.user_id != given.user_id)
    columns = ["prospect_id", "user_id", "is_by_hand", "assigned_at", "assigned_by"]
    said = literal(given.user_id), literal(value=False), literal(clock.now(), Assignment.assigned_at.type), literal(by.ref)
    db.session.execute(insert(Assignment).from_select(columns, select(Pursuit.prospect_id, *said).where(*moving)))
    done = db.session.execute(
        update(Pursuit).where(*moving).values(user_id=given.user_id), execution_options={"synchronize_session": False}
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def _give(prospect: Prospect, user_id: int | None, by: Actor) -> None:
    given = Assignment(prospect_id=prospect.id, user_id=user_id, is_by_hand=True, assigned_at=clock.now(), assigned_by=by.ref)
    db.session.add(given)


def _served(user: User, program_id: int) -> set[int] | None:
    """Give the MRC where a partner's people may follow prospects; None: everywhere in the program."""
    mine = [grant for grant in grants_of(user) if grant.program_id in {program_id, None}]
    if any(grant.role is not Role.PARTNER for grant in mine):
        return None
    return {mrc.id for grant in mine if grant.partner is not None for mrc in territory_of(grant.partner)}


def _decide(prospect: Prospect, kind: DecisionKind, reason: str, until_on: dt.date | None, by: Actor) -> None:
    lock(prospect)
    if is_stopped(prospect):
        raise Refusal(str(STOPPED))
    if db.session.scalar(select(Prospect.id).where(Prospect.id == prospect.id, is_registered())) is not None:
        raise Refusal(_("Cette organisation est déjà inscrite : suivez plutôt son dossier."))
    last = _last(prospect)
    if last is not None and (last.kind, last.until_on, last.reason) == (kind.value, until_on, reason):
        raise Refusal(_("C’est déjà noté."))
    decision = PursuitDecision(prospect_id=prospect.id, number=last.number + 1 if last else 1, kind=kind.value, until_on=until_on)
    decision.reason, decision.decided_at, decision.decided_by = reason, clock.now(), by.ref
    db.session.add(decision)


def _last(prospect: Prospect) -> PursuitDecision | None:
    mine = select(PursuitDecision).where(PursuitDecision.prospect_id == prospect.id)
    return db.session.scalar(mine.order_by(PursuitDecision.number.desc()).limit(1))

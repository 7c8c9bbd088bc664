"""From where a meeting is planned: a prospect, an employer’s file, a body, a stop of a tour, a workshop that was asked for, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.accounts import User, staff_of
from certif.certification import file_of
from certif.employers import establishments_of
from certif.imports import KEEPERS, Prospect, visible_to
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import _
from certif.plans import Audience
from certif.programs import Program
from certif.territory import Mrc, Partner, mrcs, partner, partners, territory_of
from certif.visits.calendar_queries import day_asked
from certif.visits.model import Visit, VisitKind
from certif.visits.plan_actions import plan_visit
from certif.visits.plan_terms import About, VisitTerms, VisitTime
from certif.visits.tour_actions import plan_stop
from certif.visits.tour_model import TourStop
from certif.visits.tour_queries import name_of, seat_of, stop_of
from certif.visits.workshop_actions import accept_workshop
from certif.visits.workshop_model import WorkshopRequest
from certif.visits.workshop_queries import request_of


@dataclass(frozen=True)
class Origin:
    """What a meeting is planned from; `name`, of whom or of what."""

    about: About
    stop: TourStop | None = None
    request: WorkshopRequest | None = None
    name: str = ""

    @property
    def is_free(self) -> bool:
        """Whether it is planned from nothing."""
        return not self.name


def origin_of(actor: Actor, program: Program, asked: Mapping[str, str]) -> Origin:
    """Read from where a meeting is planned: `prospect`, `dossier`, `organisme`, `arret` or `demande` of the address, each a ref.

    Refuses (404): a row that this person does not see, or of another program.
    """
    if "prospect" in asked:
        prospect = db.session.scalar(select(Prospect).where(Prospect.ref == asked["prospect"], visible_to(actor)))
        _check(prospect, program)
        return Origin(About(prospect=prospect), name=prospect.name if prospect else "")
    if "dossier" in asked:
        certification = file_of(actor, asked["dossier"])
        _check(certification, program)
        return Origin(About(employer=certification.employer), name=certification.employer.name)
    if "organisme" in asked:
        body = partner(asked["organisme"])
        return Origin(About(partner=body), name=body.name)
    if "arret" in asked:
        stop = stop_of(actor, asked["arret"])
        _check(stop.tour, program)
        return Origin(About(partner=stop.partner), stop=stop, name=name_of(stop))
    if "demande" in asked:
        request = request_of(actor, asked["demande"])
        _check(request, program)
        return Origin(About(), request=request, name=request.body)
    return Origin(About())


def answers_from(origin: Origin, actor: Actor, asked: Mapping[str, str]) -> dict[str, Any]:
    """Give what the form is filled in with at first."""
    plain = {"kind": VisitKind.VISIT, "audience": Audience.EMPLOYERS, "day": day_asked(asked.get("le")), "goers": [actor.ref]}
    if origin.stop is not None:
        where = origin.stop.mrc or seat_of(origin.stop.partner)
        tour = {"kind": VisitKind.TOUR, "audience": origin.stop.tour.audience, "title": origin.name, "place": origin.name}
        return {**plain, **tour, "mrc": where.slug if where else ""}
    if origin.request is not None:
        one = origin.request
        said = {"kind": VisitKind.WORKSHOP, "audience": one.audience, "title": _("Atelier – %(name)s", name=one.body), "place": one.body}
        return {**plain, **said, "mrc": one.mrc.slug, "day": one.preferred_on or plain["day"]}
    return {**plain, **_place_of(origin.about)}


def plan_from(
    origin: Origin, program: Program, terms: VisitTerms, when: VisitTime, *, goers: Sequence[User], body: Partner | None, despite: bool,
    by: Actor,
) -> Visit:  # fmt: skip
    """Plan a meeting, and note of what it came. Refuses: what `plan_visit`, `plan_stop` and `accept_workshop` refuse."""
    if origin.stop is not None:
        return plan_stop(origin.stop, terms, when, goers=goers, despite=despite, by=by)
    if origin.request is not None:
        return accept_workshop(origin.request, terms, when, goers=goers, despite=despite, by=by)
    about = About(partner=body) if origin.is_free and body else origin.about
    return plan_visit(program, terms, when, goers=goers, about=about, despite=despite, by=by)


def goers_for(actor: Actor, program: Program) -> list[User]:
    """Give who may go to meetings of a program, as far as this person decides: the team, its partners, and oneself; a partner, oneself."""
    me = db.session.get_one(User, actor.user_id)
    if not actor.holds(program.id, *KEEPERS):
        return [me]
    team = staff_of(program, (Role.MANAGER, Role.AGENT, Role.PARTNER))
    return [me, *(user for user in team if user.id != me.id)]


def places_for(actor: Actor, program: Program) -> list[Mrc]:
    """Give the MRC in which this person may plan meetings: those of the program; of a partner, those that it serves."""
    whole = list(program.mrcs) or mrcs(program.region)
    if actor.holds(program.id, *KEEPERS):
        return whole
    held = [grant.partner_id for grant in actor.grants if grant.program_id == program.id and grant.partner_id is not None]
    served = {mrc.id for key in held for mrc in territory_of(db.session.get_one(Partner, key))}
    return [mrc for mrc in whole if mrc.id in served]


def bodies_for(program: Program) -> list[Partner]:
    """Give the bodies of the region that may be met."""
    return partners(region=program.region)


def _place_of(about: About) -> dict[str, Any]:
    if about.prospect is not None:
        one = about.prospect
        return {"place": one.name, "address": one.municipality or "", "mrc": one.mrc.slug if one.mrc else ""}
    if about.employer is not None:
        place = establishments_of(about.employer)[0]
        return {"place": about.employer.name, "address": f"{place.address}, {place.municipality}", "mrc": place.mrc.slug}
    if about.partner is not None:
        where = seat_of(about.partner)
        return {"place": about.partner.name, "audience": Audience.PARTNERS, "mrc": where.slug if where else ""}
    return {}


def _check(row: Any, program: Program) -> None:
    if row is None or row.program_id != program.id:
        raise NotFound

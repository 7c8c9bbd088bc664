"""The network of a program to try things in, through the real acts."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import Any

from sqlalchemy import select

from certif.certification import Certification, Stage
from certif.kit import clock
from certif.kit.access import SYSTEM, VISITOR, Actor, Granted, Role
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.network import (
    AskTerms,
    BodyContact,
    BodyKind,
    BodyTerms,
    Committee,
    CommitteeMeeting,
    CommitteeSeat,
    Consultation,
    ContactTerms,
    Distinction,
    DistinctionKind,
    MeetingTerms,
    NetworkBody,
    Provision,
    ProvisionKind,
    ProvisionTerms,
    SupportRequest,
    ask_for_support,
    form_committee,
    give_seat,
    note_body,
    note_contact,
    note_provision,
    offer_distinction,
    plan_meeting,
    write_minutes,
)
from certif.network.consultation_actions import invite_to_consultation, open_consultation
from certif.network.queries import mrcs_of
from certif.programs import Program, draft_version
from tests.factories import make_certification, make_program, unit

BOSS = Actor("decider", "La direction", "direction@exemple.com", 1, frozenset({Role.MANAGER}), (Granted(Role.ADMIN),))
"""Who decides everywhere, for the acts of tests."""

_number = itertools.count(1)


def make_body(program: Program, name: str = "", *, mrcs: Any = None, kind: BodyKind = BodyKind.MUNICIPAL, goal: str = "") -> NetworkBody:
    """Give a body that works in the first MRC of a program, or in those that are named."""
    with unit():
        where = [mrcs_of(program)[0]] if mrcs is None else mrcs
        return note_body(program, BodyTerms(name or f"MRC d’essai {next(_number)}", kind, where, goal=goal), by=BOSS)


def make_contact(body: NetworkBody, email: str | None = None, expertise: str = "") -> BodyContact:
    """Give somebody to reach in a body."""
    number = next(_number)
    with unit():
        terms = ContactTerms(f"Personne déléguée {number}", "Direction", email or f"delegue{number}@exemple.com", expertise=expertise)
        return note_contact(body, terms, by=BOSS)


def make_provision(body: NetworkBody, hours: int = 10, given_on: dt.date | None = None) -> Provision:
    """Give hours that a body gave."""
    with unit():
        return note_provision(
            body, ProvisionTerms(ProvisionKind.HOURS, given_on or clock.today(), "Comité de sélection", quantity=hours), by=BOSS
        )


def make_committee(program: Program, name: str = "", *, is_ours: bool = True) -> Committee:
    """Give a committee of a program."""
    with unit():
        return form_committee(program, name or f"Comité {next(_number)}", mandate="Conseiller.", is_ours=is_ours, mrc=None, by=BOSS)


def make_seat(committee: Committee, body: NetworkBody | None = None, email: str | None = None) -> CommitteeSeat:
    """Give a seat to a body, with a delegate."""
    body = body or make_body(committee.program)
    delegate = make_contact(body, email)
    with unit():
        return give_seat(committee, body, delegate=delegate, role="Présidence", from_on=clock.today() - dt.timedelta(days=90), by=BOSS)


def make_meeting(committee: Committee, days: int = -10, starts_at: str = "13:30", minutes: str = "") -> CommitteeMeeting:
    """Give a meeting, so many days from today, with its minutes where some are given."""
    terms = MeetingTerms(clock.today() + dt.timedelta(days=days), starts_at, "Joliette", "## Accueil\n\n- Adopter le plan\n- Divers")
    with unit():
        meeting = plan_meeting(committee, terms, by=BOSS)
        if minutes:
            write_minutes(meeting, minutes, by=BOSS)
    return meeting


def make_distinction(
    certification: Certification | None = None, kind: DistinctionKind = DistinctionKind.FOUNDER
) -> tuple[Distinction, Certification]:
    """Give a distinction that a certified employer was offered."""
    found = certification or make_certification(Stage.CERTIFIED, make_program(code="14"))
    mrc = mrcs_of(found.program)[0] if kind is DistinctionKind.AMBASSADOR else None
    with unit():
        return offer_distinction(found, kind, mrc=mrc, by=BOSS), found


def make_request(program: Program, organisation: str = "École des Cascades") -> SupportRequest:
    """Give a request for support."""
    number = next(_number)
    terms = AskTerms("school", organisation, "Noémie Roy", f"ecole{number}@exemple.com", "Un atelier sur le travail, en avril.")
    with unit():
        return ask_for_support(program, terms, by=VISITOR)


def make_consultation(program: Program, opens_in: int = 0, lasts: int = 14) -> Consultation:
    """Give a consultation on a draft of a program, which is drafted first."""
    first = clock.today() + dt.timedelta(days=opens_in)
    with unit():
        draft_version(program, by=SYSTEM)
    with unit():
        return open_consultation(
            program, "Que pensez-vous du contrat\u00a0?", opens_on=first, closes_on=first + dt.timedelta(days=lasts), by=BOSS
        )


def invited_link(consultation: Consultation, group: str = "all") -> str:
    """Invite a group, and give the path of the last link that left."""
    with unit():
        invite_to_consultation(consultation, group, by=BOSS)
    letter = db.session.scalars(
        select(Letter).where(Letter.name == "network/consultation_invited").order_by(Letter.id.desc()).limit(1)
    ).one()
    found = re.search(r"/consultation/\S+", letter.body)
    assert found
    return found.group()

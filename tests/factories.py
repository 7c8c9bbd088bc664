"""Reach a stage by calling the real acts: whatever is made here, a person could have made. Keyword arguments change one thing at a time."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app
from sqlalchemy import select

from certif import accounts, contributions, employers, programs, standing
from certif import certification as paths
from certif.accounts.identity import cookie_name
from certif.certification import Certification, Stage
from certif.employers import Employer
from certif.kit import clock, tokens
from certif.kit.access import SYSTEM, Actor, Role
from certif.kit.db import _may_write, checkpoint, db, transaction
from certif.kit.outbox import Letter
from certif.programs import Program, Rules, Terms
from certif.territory import Mrc, Partner, PartnerKind, mrcs, partners, region
from tests.pages import Visitor

_number = itertools.count(1)
_LONG_AGO = dt.timedelta(days=4 * 365)


@contextmanager
def unit() -> Iterator[None]:
    """Do one unit of work, inside the test's own when there is one; either way it is committed, and undone at the end of the test."""
    if not _may_write.get():
        with transaction():
            yield
        return
    checkpoint()
    yield
    checkpoint()


class Person(Visitor):
    """Somebody signed in, with a browser."""

    user: accounts.User
    token: str

    @property
    def actor(self) -> Actor:
        """Who this person is to the acts, as things are now."""
        presence = accounts.presence_of(self.token)
        assert presence is not None, "this session is over"
        return presence.actor()


def make_program(
    model: str = "provincial",
    *,
    name: str | None = None,
    code: str = "14",
    only: tuple[Mrc, ...] = (),
    postal_address: str = "1, rue du Test\nJoliette (Québec) J6E 3Z9",
    **overrides: Any,
) -> Program:
    """Make a program whose first version is in force. `code`: its region; `postal_address`, none when it is empty; `overrides`: any of its
    terms and rules, `price_cents=0`."""
    with unit():
        place = region(code)
        title = name or f"Programme {next(_number)}"
        program = programs.create_program(title, region=place, body=partners(PartnerKind.IRC, place)[0], only=only, by=SYSTEM)
        publish(program, model, **overrides)
        if postal_address:
            programs.give_coordinates(program, postal_address=postal_address, email="equipe@exemple.com", by=SYSTEM)
    return program


def publish(program: Program, model: str | None = None, **overrides: Any) -> programs.ProgramVersion:
    """Publish the next version of a program, in force today."""
    with unit():
        draft = programs.draft_version(program, model=model, by=SYSTEM)
        terms = {name: overrides[name] for name in overrides if name in {field.name for field in dataclasses.fields(Terms)}}
        rules = {name: overrides[name] for name in overrides if name in {field.name for field in dataclasses.fields(Rules)}}
        assert len(terms) + len(rules) == len(overrides), f"neither terms nor rules: {sorted(overrides)}"
        programs.edit_draft(
            draft, terms=dataclasses.replace(draft.terms, **terms), rules=dataclasses.replace(draft.rules, **rules), by=SYSTEM
        )
        return programs.publish_version(draft, by=SYSTEM)


def make_user(email: str | None = None, *, name: str | None = None, language: str = "fr") -> accounts.User:
    """Make an account."""
    number = next(_number)
    with unit():
        return accounts.open_account(email or f"personne{number}@exemple.com", name=name or f"Personne {number}", language=language)


def make_staff(
    role: Role,
    program: Program | None = None,
    *,
    partner: Partner | None = None,
    user: accounts.User | None = None,
    second_factor: bool = True,
) -> Person:
    """Make somebody who holds a role, signed in, the second factor given. `program` None: everywhere, for an administrator."""
    user = user or make_user()
    with unit():
        accounts.add_staff(user.email, role, [program] if program else [], partner=partner)
    return sign_in(Person(current_app._get_current_object()), user, second_factor=second_factor)  # type: ignore[attr-defined]


def make_person(user: accounts.User | None = None) -> Person:
    """Make somebody signed in, without any role."""
    return sign_in(Person(current_app._get_current_object()), user or make_user())  # type: ignore[attr-defined]


def sign_in(visitor: Person, user: accounts.User, *, second_factor: bool = False) -> Person:
    """Let a browser carry a session of this person."""
    with unit():
        started = accounts.start_session(user, browser=accounts.Browser(agent="tests"), second_factor=second_factor)
    visitor.user, visitor.token = user, started.token
    visitor.client.set_cookie(cookie_name(), started.token, domain="127.0.0.1")
    return visitor


def make_employer(owner: accounts.User | None = None, *, mrc: Mrc | None = None, places: int = 1, **answers: Any) -> Employer:
    """Register an employer, through a draft, as its owner would. `answers`: what was typed, `legal_name="Épicerie & fils"`."""
    number = next(_number)
    owner = owner or make_user(f"contact{number}@exemple.com", name=answers.get("contact_name", f"Contact {number}"))
    said: dict[str, Any] = {
        "neq": f"11{number:08d}", "legal_name": f"Épicerie {number} inc.", "postal_code": "J6E 3Z9", "trade_name": None, "banner": None,
        "kind": "company", "sector": "44-45", "size": "5-19", "hires": "students", "federally_regulated": False, "contact_name": owner.name,
        "contact_role": "Propriétaire", "contact_email": owner.email, "contact_phone": None, "language": owner.language, **answers,
    }  # fmt: skip
    with unit():
        token = tokens.secret()
        draft = employers.keep_first_answers(token, said)
        for place in range(places):
            employers.keep_establishment(draft, _place(number, place, mrc or mrcs(region("14"))[0], answers))
        return employers.register_employer(draft, by=accounts.actor_of(owner))


def _place(number: int, place: int, mrc: Mrc, answers: dict[str, Any]) -> dict[str, str]:
    name = f"Établissement {number}" + (f"-{place + 1}" if place else "")
    return {
        "name": answers.get("establishment", name),
        "address": f"{number}, rue Principale",
        "municipality": answers.get("municipality", "Joliette"),
        "postal_code": "J6E 3Z9",
        "mrc": mrc.slug,
    }


def owner_of(employer: Employer) -> accounts.User:
    """Give the person who registered an employer."""
    return employers.members_of(employer)[0].user


def make_certification(
    stage: Stage = Stage.CERTIFIED,
    program: Program | None = None,
    *,
    employer: Employer | None = None,
    level: str | None = None,
    **answers: Any,
) -> Certification:
    """Make a certification and lead it to a stage, step by step. `answers`: those of `make_employer`, when no employer is given."""
    if stage is Stage.EXPIRED and program is None:
        with clock.frozen(clock.now() - _LONG_AGO):
            return make_certification(Stage.CERTIFIED, employer=employer, level=level, **answers)
    program = program or make_program()
    employer = employer or make_employer(mrc=(program.mrcs or mrcs(program.region))[0], **answers)
    with unit():
        found = paths.open_certification(employer, program, by=accounts.actor_of(owner_of(employer)))
    lead_to(found, stage, level=level)
    return found


def lead_to(certification: Certification, stage: Stage, *, level: str | None = None) -> None:
    """Lead a certification forward to a stage, through the acts of the people concerned."""
    if certification.stage is stage:
        return
    if certification.stage is Stage.AWAITING_CONTRACT:
        sign(certification)
    elif certification.stage is Stage.AWAITING_CONTRIBUTION:
        pay(certification)
    elif certification.stage is Stage.SENT_BACK:
        with unit():
            paths.resubmit(certification, "Voici ce qui manquait.", by=accounts.actor_of(owner_of(certification.employer)))
    elif certification.stage is Stage.AWAITING_VALIDATION:
        decide(certification, stage, level)
    else:
        _after_the_badge(certification, stage)
    lead_to(certification, stage, level=level)


def sign(certification: Certification, *, by: Actor | None = None) -> None:
    """Read the contract, ask for a code, find it in the letter, sign."""
    by = by or accounts.actor_of(owner_of(certification.employer))
    with unit():
        paths.deliver_contract(certification, by=by)
    with unit():
        paths.send_signing_code(certification, by=by)
    code = code_in_letter(by.email)
    contract = programs.contract_in_force(certification.program)
    assert contract is not None
    with unit():
        assent = paths.Assent(contract.digest_fr, code, by.name, "Propriétaire", [], "127.0.0.1", "tests")
        paths.sign_contract(certification, assent, by=by)


def code_in_letter(address: str) -> str:
    """Give the six digits of the newest letter to an address."""
    letter = db.session.scalars(select(Letter).where(Letter.to_address == address).order_by(Letter.id.desc()).limit(1)).one()
    found = re.search(r"(?<!\d)(\d{3})\s?(\d{3})(?!\d)", letter.body)
    assert found, f"no code in the letter {letter.name}"
    return "".join(found.groups())


def pay(certification: Certification) -> None:
    """Let staff record what came by post, or waive the contribution where the program takes cards only."""
    by, asked = make_staff(Role.MANAGER, certification.program).actor, certification.contribution
    assert asked is not None
    by_hand = [method for method in asked.version.rules.instructions if method is not programs.PaymentMethod.CARD]
    with unit():
        if by_hand:
            contributions.record_offline_payment(asked, method=by_hand[0], received_on=clock.today(), reference="1001", by=by)
        else:
            contributions.waive_contribution(asked, "Le programme ne prend que les cartes.", by=by)


def decide(
    certification: Certification, stage: Stage, level: str | None = None, *, places: list[employers.Establishment] | None = None
) -> None:
    """Let a manager validate the file for `places` (all of them by default), or send it back when that is the stage wanted."""
    by, seen = make_staff(Role.MANAGER, certification.program).actor, len(certification.decisions)
    with unit():
        if stage is Stage.SENT_BACK:
            paths.send_back(certification, "Précisez l’horaire des élèves.", seen=seen, by=by)
            return
        version = certification.version
        visited_on = clock.today() if version.requires_visit else None
        covered = places or employers.establishments_of(certification.employer)
        chosen = level or _usual_level(certification)
        paths.validate(certification, level=chosen, establishments=covered, visited_on=visited_on, seen=seen, by=by)


def _usual_level(certification: Certification) -> str | None:
    rules = certification.version.rules
    if certification.employer.hires_nobody and rules.supporter_level:
        return rules.supporter_level.code
    return rules.earned_levels[0].code if rules.earned_levels else None


def _after_the_badge(certification: Certification, stage: Stage) -> None:
    by = make_staff(Role.MANAGER, certification.program).actor
    with unit():
        if stage is Stage.SUSPENDED:
            standing.suspend(certification, "Vérification en cours.", by=by)
        elif stage is Stage.REVOKED:
            standing.revoke(certification, "Engagements non tenus.", by=by)
        elif stage is Stage.CERTIFIED:
            standing.reinstate(certification, "Tout est réglé.", by=by)
        else:
            raise AssertionError(f"no act leads from {certification.stage} to {stage}: freeze the clock instead")

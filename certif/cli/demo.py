"""A believable demonstration: regions with different rules, people of every role, employers at every stage. The same for the same seed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from werkzeug.exceptions import NotFound

from certif import accounts, contributions, employers, programs, standing, territory
from certif.certification import (
    Assent,
    Certification,
    Stage,
    Verification,
    decline_contract,
    deliver_contract,
    open_certification,
    resubmit,
    send_back,
    send_signing_code,
    sign_contract,
    validate,
    validate_automatically,
)
from certif.cli import demo_contests, demo_evenings, demo_rooms, demo_sponsors, demo_surveys, demo_words, demo_years
from certif.cli.demo_agreements import agree
from certif.cli.demo_network import surround
from certif.cli.demo_stories import STORIES, Story
from certif.cli.demo_visibility import post_up
from certif.kit import clock, tokens
from certif.kit.access import SYSTEM, Actor, Granted, Role
from certif.kit.db import checkpoint, db, transaction
from certif.kit.jobs import Job
from certif.kit.outbox import Letter
from certif.programs import PaymentMethod, Program
from certif.public import shown_at

SEED = 2026
_MODELS = {"14": "oser-jeunes", "02": "certification-etudes-travail", "07": "eere", "15": "generation-c4", "05": "provincial"}
"""Region and the model it copied: levels, a public «en démarche», no signature, a supporter level, and the provincial model."""

_TOWNS = {
    "14": "Joliette (Québec) J6E 3Z9", "02": "Saguenay (Québec) G7H 5B1", "07": "Gatineau (Québec) J8X 3X2",
    "15": "Saint-Jérôme (Québec) J7Z 1X1", "05": "Sherbrooke (Québec) J1H 5H9",
}  # fmt: skip
"""Where the invented body of each region gets its mail."""

_SAMPLED = {"02": 50}
"""Regions that examine a share of their employers each year, in percent."""

_AUTOMATIC = {"07": programs.Automatic(tuple(programs.Check), hand_percent=10)}
"""Regions that validate by themselves the files for which everything holds, but for those that the lot gives to a person."""

_PRICED = {"14"}
"""Regions that ask for the contribution of the provincial model besides."""


def is_loaded() -> bool:
    """Whether the database holds any program: the demonstration is only ever loaded into an empty one."""
    return db.session.scalar(select(Program.id).limit(1)) is not None


def load(seed: int = SEED) -> None:
    """Load the demonstration into an empty database."""
    with tokens.drawn_from(seed), transaction():
        made = {code: _program(code, model) for code, model in _MODELS.items()}
        staff = _staff(made)
        told = [tell(story, number, made[story.region], staff[story.region]) for number, story in enumerate(STORIES)]
        renewing = next(one for one, story in zip(told, STORIES, strict=True) if story.ends_at == "renewing")
        demo_years.live_on(renewing, told[0], staff["02"])
        demo_sponsors.give(made["14"], staff["14"])
        demo_words.speak(made["14"], staff["14"])
        agree(told[0], staff["14"])
        surround(made["14"], told[0], staff["14"])
        post_up(told, staff)
    validate_automatically()
    demo_rooms.load(seed, made["14"], staff["14"])
    _say_all_is_sent()


def _say_all_is_sent() -> None:
    """Let no letter of the demonstration leave: nobody lives at these addresses."""
    with transaction():
        db.session.execute(update(Letter).where(Letter.sent_at.is_(None)).values(sent_at=clock.now()))
        db.session.execute(update(Job).where(Job.kind == "send_letter", Job.finished_at.is_(None)).values(finished_at=clock.now()))


def visitors() -> list[tuple[str, str]]:
    """Give one account of each role, to sign in with: role and address."""
    first: dict[str, str] = {}
    for user in db.session.scalars(select(accounts.User).order_by(accounts.User.id)):
        account = _account(user)
        first.setdefault(str(account["role"]), user.email)
    return list(first.items())


def manifest() -> dict[str, Any]:
    """Give what a visitor of the demonstration may try: accounts, a verification code in every status, the codes of surveys, a new
    key of each gala."""
    users = db.session.scalars(select(accounts.User).order_by(accounts.User.id))
    return {
        "accounts": [_account(user) for user in users],
        "verification": [
            found for one in db.session.scalars(select(Verification).order_by(Verification.id)) if (found := _shown(one.code))
        ],
        "surveys": demo_surveys.codes(),
        "campaigns": demo_contests.refs(),
        "galas": demo_evenings.keys(),
    }


def _shown(code: str) -> dict[str, str] | None:
    try:
        return {"code": code, "status": shown_at(code).status.value}
    except NotFound:
        return None  # its path is under way in a program that does not show it


def write_manifest(path: Path) -> None:
    """Write the manifest as JSON."""
    path.write_text(json.dumps(manifest(), ensure_ascii=False, indent=2) + "\n")


def _account(user: accounts.User) -> dict[str, str | None]:
    grants = accounts.grants_of(user)
    if grants:
        program = grants[0].program
        return {"role": grants[0].role.value, "email": user.email, "region": program.region.code if program else None}
    if (seated := demo_evenings.part_of(user.email)) is not None:
        return {"role": seated, "email": user.email, "region": demo_evenings.REGION}
    owned = employers.employers_of(accounts.actor_of(user))
    places = employers.establishments_of(owned[0]) if owned else []
    return {"role": Role.EMPLOYER.value, "email": user.email, "region": territory.region_of(places[0].mrc).code if places else None}


def _program(code: str, model: str) -> Program:
    region = territory.region(code)
    body = territory.partners(territory.PartnerKind.IRC, region)[0]
    with clock.frozen(clock.now() - dt.timedelta(days=1500)):
        program = programs.create_program(programs.load_model(model).title.fr, region=region, body=body, by=SYSTEM)
        draft = programs.draft_version(program, model=model, by=SYSTEM)
        if code in _PRICED:
            usual = programs.load_model("provincial")
            terms = dataclasses.replace(draft.terms, price_cents=usual.terms.price_cents, requires_contribution=True)
            programs.edit_draft(
                draft, terms=terms, rules=dataclasses.replace(draft.rules, instructions=usual.rules.instructions), by=SYSTEM
            )
        rules = dataclasses.replace(draft.rules, sample_percent=_SAMPLED.get(code), automatic=_AUTOMATIC.get(code))
        programs.edit_draft(draft, rules=rules, by=SYSTEM)
        programs.publish_version(draft, by=SYSTEM)
        address = f"1, rue de la Démonstration\n{_TOWNS[code]}"
        ways = {"email": f"equipe-{code}@exemple.com", "phone": f"+15145550{code}0", "website": f"https://equipe-{code}.exemple.com"}
        programs.give_coordinates(program, postal_address=address, **ways, by=SYSTEM)
    return program


def _staff(made: dict[str, Program]) -> dict[str, Actor]:
    """Make people of every role; give the manager of each program."""
    accounts.add_staff("admin@exemple.com", Role.ADMIN, name="Alexe Demers")
    managers = {}
    for code, program in made.items():
        user = accounts.add_staff(f"gestion-{code}@exemple.com", Role.MANAGER, [program], name=f"Camille Roy ({code})")
        managers[code] = Actor(user.ref, user.name, user.email, user.id, frozenset({Role.MANAGER}), (Granted(Role.MANAGER, program.id),))
        accounts.add_staff(f"agent-{code}@exemple.com", Role.AGENT, [program], name=f"Noa Gagné ({code})")
    centre = territory.add_partner(
        "Carrefour jeunesse-emploi de la démonstration", kind=territory.PartnerKind.CJE, source="Démonstration",
        mrcs=territory.mrcs(territory.region("14"))[:2], by=SYSTEM,
    )  # fmt: skip
    accounts.add_staff("partenaire-14@exemple.com", Role.PARTNER, [made["14"]], partner=centre, name="Sacha Morin")
    return managers


def tell(story: Story, number: int, program: Program, manager: Actor) -> Certification:
    """Let one employer go as far as its story says, at the dates of its story."""
    start = clock.now() - dt.timedelta(days=story.days_ago)
    with clock.frozen(start):
        owner = accounts.open_account(f"employeur-{number + 1}@exemple.com", name=f"Dominique Lévesque {number + 1}", language="fr")
        by = accounts.actor_of(owner)
        certification = open_certification(_employer(story, number, owner, by, program), program, by=by)
    with clock.frozen(start + dt.timedelta(hours=1)):
        _advance(certification, story, by, manager)
    return certification


def renew(certification: Certification, manager: Actor) -> Certification:
    """Let an employer confirm its answers and go through the next cycle, to the badge."""
    by = accounts.actor_of(employers.members_of(certification.employer)[0].user)
    following = standing.renew(certification, seen=standing.digest_of(standing.answers_of(certification)), by=by)
    _advance(following, dataclasses.replace(STORIES[0], ends_at="renewed"), by, manager)
    return following


def _advance(certification: Certification, story: Story, by: Actor, manager: Actor) -> None:
    if story.ends_at == "declined":
        deliver_contract(certification, by=by)
        decline_contract(certification, "Nous voulons d’abord en parler à notre conseil d’administration.", by=by)
    if story.ends_at in {"declined", "awaiting_contract"}:
        return
    if certification.stage is Stage.AWAITING_CONTRACT:
        _sign(certification, by)
    if story.ends_at == "awaiting_contribution":
        return
    if certification.contribution is not None and not certification.contribution.is_settled:
        contributions.record_offline_payment(
            certification.contribution, method=PaymentMethod.CHEQUE, received_on=clock.today(), reference="00421", by=manager
        )
    if story.ends_at in {"awaiting_validation"}:
        return
    _decide(certification, story, by, manager)


def _decide(certification: Certification, story: Story, by: Actor, manager: Actor) -> None:
    if story.ends_at == "sent_back":
        send_back(certification, "Précisez quels établissements embauchent des élèves.", seen=0, by=manager)
        return
    if story.ends_at == "certified":
        send_back(certification, "Ajoutez le nom de la personne-ressource.", seen=0, by=manager)
        resubmit(certification, "C’est fait, merci.", by=by)
    rules = certification.version.rules
    level = rules.supporter_level if certification.employer.hires_nobody else next(iter(rules.earned_levels), None)
    validate(
        certification, level=level.code if level else None, establishments=employers.establishments_of(certification.employer),
        visited_on=clock.today(), seen=len(certification.decisions), by=manager,
    )  # fmt: skip
    if story.ends_at == "suspended":
        standing.suspend(certification, "Des horaires dépassent la promesse ; une vérification est en cours.", by=manager)
    if story.ends_at == "revoked":
        standing.revoke(certification, "Les engagements n’ont pas été tenus malgré deux rencontres.", by=manager)
    if story.ends_at == "paused" and not programs.is_paused(certification.program):
        programs.pause_program(certification.program, reason="Le financement du programme est en renouvellement.", by=manager)


def _sign(certification: Certification, by: Actor) -> None:
    delivery = deliver_contract(certification, by=by)
    checkpoint()  # attempts are counted before anything is written
    send_signing_code(certification, by=by)
    letter = db.session.scalars(select(Letter).where(Letter.to_address == by.email).order_by(Letter.id.desc()).limit(1)).one()
    code = re.search(r"\b\d{6}\b", letter.body)
    assert code is not None
    checkpoint()
    sign_contract(
        certification, Assent(delivery.contract.digest_fr, code.group(), by.name, "Propriétaire", [], "127.0.0.1", "Démonstration"), by=by
    )
    checkpoint()


def _employer(story: Story, number: int, owner: accounts.User, by: Actor, program: Program) -> employers.Employer:
    answers = {
        "neq": None if story.kind == "municipality" else f"11{number:08d}", "legal_name": story.name,
        "postal_code": "J6E 3Z9", "trade_name": None,
        "banner": None, "kind": story.kind, "sector": story.sector, "size": story.size, "hires": story.hires, "federally_regulated": False,
        "contact_name": owner.name, "contact_role": "Propriétaire", "contact_email": owner.email, "contact_phone": None, "language": "fr",
    }  # fmt: skip
    draft = employers.keep_first_answers(tokens.secret(), answers)
    place = {
        "name": story.name, "address": f"{100 + number}, rue Principale", "municipality": story.place, "postal_code": "J6E 3Z9",
        "mrc": story.mrc,
    }  # fmt: skip
    employers.keep_establishment(draft, place)
    return employers.register_employer(draft, by=by)

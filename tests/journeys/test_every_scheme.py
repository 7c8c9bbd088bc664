"""Every scheme seen in the regions is data: an employer goes through each of them, as its model says, to its final state."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import certif
from certif.certification import Certification, Stage, certification_of, verifications_of
from certif.contributions import Contribution
from certif.kit import clock
from certif.kit.access import Role
from certif.programs import Level, PaymentMethod, Program, bare_level, load_model, model_names, version_in_force
from certif.territory import PartnerKind, mrcs, partners, region, regions
from tests.conftest import Mailbox
from tests.factories import Person, code_in_letter, make_certification, make_employer, make_person, make_program, make_staff, owner_of
from tests.journeys.people import told_by_machines
from tests.pages import Page, Visitor

SEEN_IN = {
    "6-9-15": "07", "axe-sur-la-reussite": "03", "certification-etudes-travail": "02", "cet-estrie": "05", "eere": "14",
    "employeur-conciliant": "01", "equi-t-e": "15", "generation-c4": "15", "mon-choix": "12", "ocet-al": "16", "oser-jeunes": "14",
    "provincial": "13", "top-reussite": "17",
}  # fmt: skip
SIGNS_NOTHING = {"6-9-15", "eere", "mon-choix"}
SHOWS_PROGRESS = {"certification-etudes-travail", "ocet-al"}
VISITS = {"certification-etudes-travail"}
LABELS = {True: "Supporteur", False: "Certifié"}


def a_program(model: str) -> Program:
    """Let a region copy a model, where it was seen, and change nothing."""
    return make_program(model, code=SEEN_IN[model])


def enter(program: Program, level: Level | None) -> tuple[Person, Certification]:
    """Register an employer in the region, and let it ask for the certification from its space."""
    hires = "none" if level is not None and level.is_supporter else "students"
    employer = make_employer(mrc=mrcs(program.region)[0], hires=hires)
    person = make_person(owner_of(employer))
    person.open("/mon-espace").fill(f"Demander la certification {program.name}")
    return person, certification_of(person.actor)


def do_what_is_asked(person: Person, certification: Certification) -> list[str]:
    """Follow the one thing that the space asks, again and again, until it asks nothing; give what was asked."""
    asked = []
    while step := person.open("/mon-espace").soup.select_one(".panel__next a"):
        asked.append(step.get_text(strip=True))
        page = person.open(str(step["href"]))
        if "Contrat moral" in page.h1:
            sign(person, page)
        else:
            give(person, page, certification.contribution)
    return asked


def sign(person: Person, page: Page) -> None:
    page.fill("Ouvrir le contrat moral").follow("Oui, je signe").fill("Recevoir mon code de signature")
    form = person.open("/certification/contrat/signature")
    form.fill("Signer", role="Propriétaire", agrees=True, code=code_in_letter(person.user.email))


def give(person: Person, page: Page, asked: Contribution | None) -> None:
    assert asked is not None
    assert PaymentMethod.CHEQUE in asked.version.rules.instructions
    agent = make_staff(Role.AGENT, asked.program)
    form = agent.open(f"/personnel/contributions/{asked.ref}/encaissement")
    form.fill("Inscrire", method="cheque", reference="7", received_on=clock.today().isoformat())


def decide(program: Program, certification: Certification, level: Level | None) -> None:
    """Let the first role that the program names validate, through its pages."""
    version = version_in_force(program)
    assert version is not None
    role = version.rules.validators[0]
    partner = partners(PartnerKind.IRC, program.region)[0] if role is Role.PARTNER else None
    staff = make_staff(role, program, partner=partner)
    page = staff.open("/personnel").follow(certification.employer.name).follow("Valider")
    offered = [field["value"] for field in page.soup.find_all("input", attrs={"name": "level"})]
    assert (level.code if level else None) in (offered or [None])
    typed = {"level": level.code} if level else {}
    if version.requires_visit:
        assert page.fill("Accorder", **typed).status == 422, "the visit comes first"
        typed["visited_on"] = clock.today().isoformat()
    assert page.fill("Accorder", **typed).status == 200


def test_each_scheme_has_its_place_here(app: Flask) -> None:
    assert set(SEEN_IN) == set(model_names())
    assert {name for name in SEEN_IN if not load_model(name).terms.requires_signature} == SIGNS_NOTHING
    assert {name for name in SEEN_IN if load_model(name).rules.shows_in_progress} == SHOWS_PROGRESS
    assert {name for name in SEEN_IN if load_model(name).terms.requires_visit} == VISITS
    assert [level.code for level in load_model("oser-jeunes").rules.levels] == ["bronze", "argent", "or"]
    five, one = load_model("generation-c4").rules.earned_levels, load_model("generation-c4").rules.supporter_level
    assert (len(five), one is not None) == (5, True)


@pytest.mark.parametrize("model", sorted(SEEN_IN))
def test_an_employer_goes_through_a_scheme_to_its_final_state(app: Flask, visitor: Visitor, letters: Mailbox, model: str) -> None:
    program, found = a_program(model), load_model(model)
    level = next(iter(found.rules.earned_levels), None)
    person, certification = enter(program, level)
    code = verifications_of(certification)[0].code
    before = visitor.open(f"/v/{code}")
    assert (before.status, before.h1 == "En démarche") == ((200, True) if model in SHOWS_PROGRESS else (404, False))
    asked = do_what_is_asked(person, certification)
    assert ("Lire et signer le contrat moral" in asked) == (model not in SIGNS_NOTHING)
    assert ("Verser la contribution" in asked) == (found.terms.price_cents > 0)
    assert visitor.open(f"/v/{code}").status == before.status, "all is done, nothing is granted"
    decide(program, certification, level)
    page, told = visitor.open(f"/v/{code}"), told_by_machines(visitor, code)
    assert (page.h1, told["status"]) == ("Certifié", "certified")
    assert told["level"] == (level.name.fr if level else None)
    assert told["region"] == program.region.name
    said = "Les valeurs que cet employeur partage" if model in SIGNS_NOTHING else "Ce que cet employeur promet"
    assert said in page.text
    version = version_in_force(program)
    assert version is not None
    assert told["valid_until"] == version.valid_until(clock.today()).isoformat()
    assert certification.stage is Stage.CERTIFIED
    assert (certification.signature is None) == (model in SIGNS_NOTHING)
    assert "attestation-" in letters.last(certification.employer.contact_email).attachments


OTHER_LEVELS = [(model, level) for model in sorted(SEEN_IN) for level in load_model(model).rules.levels]


@pytest.mark.parametrize(("model", "level"), OTHER_LEVELS, ids=lambda one: one if isinstance(one, str) else one.code)
def test_every_level_of_every_scheme_is_reached_and_told(app: Flask, visitor: Visitor, model: str, level: Level) -> None:
    program = a_program(model)
    certification = make_certification(program=program, level=level.code, hires="none" if level.is_supporter else "students")
    code = verifications_of(certification)[0].code
    page, told = visitor.open(f"/v/{code}"), told_by_machines(visitor, code)
    assert page.h1 == LABELS[level.is_supporter]
    assert bare_level(level.name.fr) in page.text
    assert (told["level"], told["status"]) == (level.name.fr, "supporter" if level.is_supporter else "certified")
    person = make_person(owner_of(certification.employer))
    assert bare_level(level.name.fr) in person.open("/mon-espace").text
    assert bare_level(level.name.en) in visitor.open(f"/en/v/{code}").text


def test_no_region_and_no_scheme_is_named_in_code(app: Flask) -> None:
    """The demonstration apart: its employers live somewhere."""
    names = {one.name for one in regions()} | {body.name for body in partners(PartnerKind.IRC)} | set(SEEN_IN) - {"provincial"}
    source = Path(certif.__file__).parent if certif.__file__ else Path(next(iter(certif.__path__)))
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
    files = [path for path in source.rglob("*.py") if path.name not in {"demo.py", "demo_stories.py"}]
    assert len(files) > 100
    said = {path.name: text for path in files for text in texts_of(path.read_text(encoding="utf-8")) if pattern.search(text)}
    assert said == {}
    assert [text for text in texts_of(f'if where == "{region("14").name}": pass') if pattern.search(text)], "and this would be seen"


def texts_of(code: str) -> Iterator[str]:
    """Give the texts that a program reads, those that explain it left out."""
    tree = ast.parse(code)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value

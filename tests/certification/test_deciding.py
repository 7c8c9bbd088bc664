"""Staff decide on a file: who may, what they grant, what they send back, and what follows at once."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from certif import certification as paths
from certif.accounts import actor_of
from certif.certification import Badge, Certification, Stage, verifications_of
from certif.certification.queries import places_of
from certif.employers import add_establishment, close_establishment, establishments_of
from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Actor, Role
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.territory import PartnerKind, add_partner, mrcs, partners, region
from tests.conftest import Mailbox
from tests.factories import make_certification, make_employer, make_program, make_staff, owner_of, unit

DAY = dt.timedelta(days=1)


def file_in(program: Program, **answers: object) -> Certification:
    """Make a file that awaits a decision."""
    return make_certification(Stage.AWAITING_VALIDATION, program, **answers)


def quick(model: str = "6-9-15", **decided: object) -> Program:
    """Make a program that asks for nothing before the decision."""
    return make_program(model, requires_signature=False, price_cents=0, requires_contribution=False, **decided)


def manager_of(certification: Certification) -> Actor:
    return make_staff(Role.MANAGER, certification.program).actor


def grant(certification: Certification, *, by: Actor | None = None, **decided: object) -> list[Badge]:
    """Validate in a unit of work of its own, every place covered unless said otherwise."""
    usual = {"level": None, "establishments": establishments_of(certification.employer), "visited_on": None, "seen": 0}
    by = by or manager_of(certification)
    with unit():
        return paths.validate(certification, **{**usual, **decided}, by=by)  # type: ignore[arg-type]


def refused(certification: Certification, match: str, **decided: object) -> None:
    """See that a decision is refused, and leaves nothing."""
    with pytest.raises(Refusal, match=match):
        grant(certification, **decided)  # type: ignore[arg-type]
    assert certification.decisions == []
    assert certification.stage is Stage.AWAITING_VALIDATION


def test_each_level_of_the_program_may_be_granted_and_no_other(app: Flask) -> None:
    program = quick("oser-jeunes")
    for level in ("bronze", "argent", "or"):
        certification = file_in(program)
        by = manager_of(certification)
        for wrong in (None, "", "platine", "supporter", "Or"):
            refused(certification, "niveau", level=wrong, by=by)
        [badge] = grant(certification, level=level, by=by)
        assert badge.level == certification.level == level


def test_a_program_without_levels_grants_none(app: Flask) -> None:
    certification = file_in(quick())
    refused(certification, "pas de niveaux", level="or")
    assert grant(certification)[0].level is None


def test_the_supporter_level_is_for_those_who_hire_nobody_and_the_only_one_for_them(app: Flask) -> None:
    program = quick("generation-c4")
    hires, hires_nobody = file_in(program), file_in(program, hires="none")
    refused(hires, "n’embauchent aucun élève", level="supporter")
    refused(hires_nobody, "n’embauche aucun élève", level="level-1")
    refused(hires_nobody, "n’embauche aucun élève", level=None)
    assert grant(hires, level="level-5")[0].level == "level-5"
    assert grant(hires_nobody, level="supporter")[0].level == "supporter"


def test_the_page_offers_each_the_levels_that_suit(app: Flask) -> None:
    program = quick("generation-c4")
    manager = make_staff(Role.MANAGER, program)
    for hires, offered in (("students", [f"level-{n}" for n in range(1, 6)]), ("none", ["supporter"])):
        certification = file_in(program, hires=hires)
        page = manager.open(f"/personnel/dossiers/{certification.ref}/validation")
        assert [field["value"] for field in page.soup.find_all("input", attrs={"name": "level"})] == offered


def test_each_establishment_covered_has_its_badge_and_the_others_none(app: Flask) -> None:
    certification = file_in(quick(), places=3)
    first, second, third = establishments_of(certification.employer)
    badges = grant(certification, establishments=[first, third])
    assert {badge.verification.establishment_id for badge in badges} == {first.id, third.id}
    assert {code.establishment_id for code in verifications_of(certification)} == {first.id, second.id, third.id}
    assert len({badge.certificate_digest for badge in badges}) == 2


def test_a_place_of_another_employer_of_another_region_or_closed_is_not_covered(app: Flask) -> None:
    certification, other = file_in(quick(), places=2), file_in(quick())
    here, closed = establishments_of(certification.employer)
    far = mrcs(region("03"))[0]
    by = actor_of(owner_of(certification.employer))
    with unit():
        close_establishment(closed, by=by)
        said = {"name": "Loin", "address": "1, rue Loin", "municipality": "Loin", "postal_code": "G1R 4S9", "mrc": far.slug}
        elsewhere = add_establishment(certification.employer, said, by=by)
    refused(certification, "établissement", establishments=[])
    for wrong in (closed, elsewhere, *establishments_of(other.employer)):
        refused(certification, "établissement", establishments=[here, wrong])
    assert places_of(certification) == [here]
    page = make_staff(Role.MANAGER, certification.program).open(f"/personnel/dossiers/{certification.ref}/validation")
    assert [field["value"] for field in page.soup.find_all("input", attrs={"name": "establishments"})] == [here.ref]
    assert len(grant(certification, establishments=[here])) == 1


def test_the_day_of_the_visit_is_asked_only_where_the_program_wants_one(app: Flask) -> None:
    visited, unvisited = file_in(quick(requires_visit=True)), file_in(quick())
    refused(visited, "demande une visite")
    refused(visited, "doit avoir eu lieu", visited_on=clock.today() + DAY)
    grant(visited, visited_on=clock.today())
    assert visited.decisions[0].visited_on == clock.today()
    grant(unvisited)
    assert unvisited.decisions[0].visited_on is None


@pytest.mark.parametrize(
    ("validators", "may"),
    [
        ((Role.MANAGER,), {Role.MANAGER, Role.ADMIN}),
        ((Role.AGENT, Role.MANAGER), {Role.AGENT, Role.MANAGER, Role.ADMIN}),
        ((Role.PARTNER, Role.AGENT, Role.MANAGER), {Role.PARTNER, Role.AGENT, Role.MANAGER, Role.ADMIN}),
    ],
    ids=["managers", "agents too", "partners too"],
)
def test_who_may_decide_is_what_the_program_says(app: Flask, validators: tuple[Role, ...], may: set[Role]) -> None:
    program = quick(validators=validators, receivers=validators)
    for role in (Role.ADMIN, Role.MANAGER, Role.AGENT, Role.PARTNER):
        partner = partners(PartnerKind.IRC, program.region)[0] if role is Role.PARTNER else None
        person, certification = make_staff(role, None if role is Role.ADMIN else program, partner=partner), file_in(program)
        page = person.open(f"/personnel/dossiers/{certification.ref}")
        assert ("Renvoyer" in page.text) == (role in may)
        if role in may:
            grant(certification, by=person.actor)
            assert certification.decisions[0].decided_by == person.user.ref
            continue
        assert "Vous ne décidez pas de ce dossier" in page.text
        refused(certification, "votre rôle ne permet pas", by=person.actor)
        with pytest.raises(Refusal, match="votre rôle"), unit():
            paths.send_back(certification, "x", seen=0, by=person.actor)


def test_nobody_else_decides(app: Flask) -> None:
    certification = file_in(quick())
    elsewhere = make_staff(Role.MANAGER, quick()).actor
    halfway = make_staff(Role.MANAGER, certification.program, second_factor=False).actor
    for by in (elsewhere, halfway, actor_of(owner_of(certification.employer))):
        refused(certification, "rôle", by=by)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN])
def test_a_member_of_the_employer_does_not_decide_on_it(app: Flask, role: Role) -> None:
    certification = file_in(quick())
    judge = make_staff(role, None if role is Role.ADMIN else certification.program, user=owner_of(certification.employer))
    refused(certification, "une autre personne doit décider", by=judge.actor)
    with pytest.raises(Refusal, match="membre"), unit():
        paths.send_back(certification, "x", seen=0, by=judge.actor)
    assert "Vous ne décidez pas de ce dossier" in judge.open(f"/personnel/dossiers/{certification.ref}").text
    page = judge.open(f"/personnel/dossiers/{certification.ref}/validation").fill("Accorder")
    assert page.status == 409


def test_a_file_sent_back_is_answered_and_decided_on_again(app: Flask, letters: Mailbox) -> None:
    certification = file_in(quick(), language="fr")
    by, owner, contact = manager_of(certification), owner_of(certification.employer), certification.employer.contact_email
    with unit():
        paths.send_back(certification, "Précisez l’horaire.", seen=0, by=by)
    assert certification.stage is Stage.SENT_BACK
    assert letters.last(contact).name == "certification/file_sent_back"
    assert "Précisez l’horaire." in letters.last(contact).body
    with pytest.raises(Refusal, match="n’attend pas de validation"):
        grant(certification, seen=1)
    with unit():
        paths.resubmit(certification, "Voici l’horaire.", by=actor_of(owner))
    with pytest.raises(Refusal, match="n’attend pas de réponse"), unit():
        paths.resubmit(certification, "Encore.", by=actor_of(owner))
    page = make_staff(Role.MANAGER, certification.program).open(f"/personnel/dossiers/{certification.ref}")
    assert "Voici l’horaire." in page.text, "staff read the answer"
    grant(certification, seen=1)
    assert [one.number for one in certification.decisions] == [1, 2]
    told = [entry.event for entry in audit.history(certification)]
    assert told == ["certification_opened", "file_sent_back", "file_resubmitted", "file_validated"]


def test_what_was_decided_is_not_decided_again(app: Flask) -> None:
    certification = file_in(quick())
    grant(certification)
    for seen in (1, 99):
        with pytest.raises(Refusal, match="n’attend pas de validation"):
            grant(certification, seen=seen)
        with pytest.raises(Refusal, match="n’attend pas de validation"), unit():
            paths.send_back(certification, "x", seen=seen, by=manager_of(certification))
    assert len(certification.decisions) == 1


def test_a_partner_sees_and_decides_in_its_own_territory_only(app: Flask) -> None:
    everyone = (Role.PARTNER, Role.AGENT, Role.MANAGER)
    program = quick(validators=everyone, receivers=everyone)
    here, there = mrcs(program.region)[:2]
    with unit():
        partner = add_partner("CJE d’ici", kind=PartnerKind.CJE, source="essai", mrcs=[here], by=SYSTEM)
    person = make_staff(Role.PARTNER, program, partner=partner)
    files = [file_in(program, employer=make_employer(mrc=mrc)) for mrc in (here, there)]
    assert [person.open(f"/personnel/dossiers/{one.ref}").status for one in files] == [200, 404]
    assert [person.open(f"/personnel/dossiers/{one.ref}/validation").status for one in files] == [200, 404]
    grant(files[0], by=person.actor)

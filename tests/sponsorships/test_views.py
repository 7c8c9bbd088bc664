"""The pages: a code followed by a visitor, typed by an employer, handed out by staff; and what its sponsor may read."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from certif import sponsorships
from certif.certification import Certification, Stage
from certif.contributions import Contribution
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.programs import Program
from certif.sponsorships import SponsoredSeat, Sponsorship
from tests.factories import Person, lead_to, make_certification, make_person, make_program, make_staff, owner_of, unit
from tests.pages import Visitor
from tests.sponsorships.making import sponsor
from tests.statements import statements


@pytest.fixture
def program(app: object) -> Program:
    return make_program()


@pytest.fixture
def given(program: Program) -> Sponsorship:
    return sponsor(program, shows_name=True)


@pytest.fixture
def found(program: Program) -> Certification:
    return make_certification(Stage.AWAITING_CONTRIBUTION, program)


@pytest.fixture
def employer(found: Certification) -> Person:
    return make_person(owner_of(found.employer))


@pytest.fixture
def boss(program: Program) -> Person:
    return make_staff(Role.MANAGER, program)


def test_an_employer_types_the_code_in_the_place_of_paying(found, employer, given, letters):
    page = employer.open("/certification/contribution").follow("J’ai un code de commandite")
    wrong = page.fill("Utiliser", code="AAAAA-AAAAA")
    assert wrong.status == 409
    assert "n’existe pas" in wrong.text
    assert "AAAAA-AAAAA" in str(wrong.soup)
    space = wrong.fill("Utiliser", code=given.shown_code.lower())
    assert space.h1 == "Mon espace"
    assert "50,00 $ pris en charge" in space.text
    assert db.session.get_one(Certification, found.id).stage is Stage.AWAITING_VALIDATION
    assert "Reçu de contribution" in space.text
    assert employer.open(f"/contribution/{found.contribution.ref}/commandite").h1 == "Mon espace"


def test_part_of_it_leads_back_to_what_is_left(program, employer, found):
    part = sponsor(program, percent=40, shows_name=True)
    page = employer.open(f"/contribution/{found.contribution.ref}/commandite").fill("Utiliser", code=part.code)
    assert page.h1 == "Contribution symbolique"
    assert "MRC des Exemples prend en charge 20,00 $ des 50,00 $" in page.text
    assert "J’ai un code" not in page.text


def test_whoever_follows_the_code_is_led_to_their_organisation(employer, given):
    page = employer.open(f"/commandite/{given.shown_code}").follow("Utiliser pour")
    assert given.shown_code in str(page.soup)
    assert page.fill("Utiliser").h1 == "Mon espace"


def test_a_visitor_keeps_the_code_and_finds_it_again_when_it_is_needed(app, visitor: Visitor, program, given):
    start = visitor.open(f"/commandite/{given.shown_code}").fill("Garder ce code")
    assert start.path.startswith("/inscription")
    later = make_certification(Stage.AWAITING_CONTRIBUTION, program)
    person = make_person(owner_of(later.employer))
    person.client.set_cookie("commandite", given.shown_code, domain="127.0.0.1")
    assert given.shown_code in str(person.open(f"/contribution/{later.contribution.ref}/commandite").soup)


def test_the_page_of_the_contribution_offers_the_code_that_the_browser_keeps(employer, given):
    assert "Ce navigateur garde" not in employer.open("/certification/contribution").text
    employer.client.set_cookie("commandite", given.shown_code, domain="127.0.0.1")
    page = employer.open("/certification/contribution")
    assert f"Ce navigateur garde le code {given.shown_code}" in page.text
    assert page.follow("Utiliser ce code").fill("Utiliser").h1 == "Mon espace"
    assert not employer.client.get_cookie("commandite", domain="127.0.0.1")


def test_staff_use_a_sponsorship_in_the_place_of_an_employer_and_say_why(boss, program, given, found, letters):
    page = boss.open(f"/personnel/contributions/{found.contribution.ref}").follow("Utiliser une commandite")
    assert given.shown_code in page.text
    assert page.fill("Utiliser cette", sponsorship=given.ref, reason="").status == 422
    shown = page.fill("Utiliser cette", sponsorship=given.ref, reason="Demandé au téléphone.")
    assert "Commandite : 50,00 $ pris en charge" in shown.text
    assert f"{boss.user.shown_name} a utilisé la commandite de {given.sponsor} à la place de l’employeur. Motif : Demandé" in shown.text
    assert letters.last(found.employer.contact_email).attachments
    again = boss.open(f"/personnel/contributions/{found.contribution.ref}/commandite")
    assert again.fill("Utiliser cette", sponsorship=given.ref, reason="Encore.").status == 409


def test_nobody_covers_their_own_employer_nor_those_of_another_program(program, given, found):
    insider = make_staff(Role.MANAGER, program, user=owner_of(found.employer))
    page = insider.open(f"/personnel/contributions/{found.contribution.ref}/commandite")
    assert "Vous êtes membre" in page.fill("Utiliser cette", sponsorship=given.ref, reason="Pour nous.").text
    stranger = make_staff(Role.MANAGER, make_program(code="03"))
    assert stranger.open(f"/personnel/contributions/{found.contribution.ref}/commandite").status == 404


def test_where_no_sponsorship_may_be_used_the_page_says_so(boss, found):
    assert "Aucune commandite en cours" in boss.open(f"/personnel/contributions/{found.contribution.ref}/commandite").text


def test_following_a_code_tells_nobody_whether_it_is_good(visitor: Visitor, given):
    good, bad = visitor.open(f"/commandite/{given.shown_code}"), visitor.open("/commandite/AAAAA-AAAAA")
    assert good.text.replace(given.shown_code, "") == bad.text.replace("AAAAA-AAAAA", "")
    assert visitor.open("/en/commandite").h1 == "A sponsorship code"


def test_a_code_is_used_for_ones_own_organisation_only(found, given, program):
    stranger = make_person(owner_of(make_certification(Stage.AWAITING_CONTRIBUTION, program).employer))
    path = f"/contribution/{found.contribution.ref}/commandite"
    assert stranger.open(path).status == 404
    assert not db.session.get_one(Contribution, found.contribution_id).covers


def test_staff_record_hand_out_note_and_stop(boss, program):
    today = clock.today().isoformat()
    page = boss.open("/personnel/commandites").follow("Inscrire une commandite")
    neither = page.fill("Inscrire", sponsor="Ville", kind="municipality", valid_from=today, valid_until=today)
    assert "l’un des deux" in " ".join(neither.errors())
    shown = neither.fill(
        "Inscrire", seats="4", percent="50", most="30", mrcs=["joliette"], municipalities="Rawdon, Chertsey", shows_name=True
    )
    sponsorship = db.session.scalars(select(Sponsorship)).one()
    assert (sponsorship.seats, sponsorship.percent, sponsorship.most_cents, sponsorship.municipalities) == (
        4,
        50,
        3000,
        ["Rawdon", "Chertsey"],
    )
    assert sponsorship.shown_code in shown.text
    noted = shown.follow("Inscrire un versement").fill("Inscrire", amount="100,50", method="transfer", received_on=today, reference="V-9")
    assert "100,50 $" in noted.text
    stopped = noted.follow("Arrêter la commandite").fill("Arrêter", reason="Fin de l’entente.")
    assert "Fin de l’entente." in stopped.text
    assert "Arrêtée" in boss.open("/personnel/commandites").text


def test_the_sheet_and_the_code_are_for_staff(boss, visitor: Visitor, given):
    here = f"/personnel/commandites/{given.ref}"
    sheet = boss.client.get(f"{here}/feuille.pdf", base_url=boss.base)
    assert sheet.get_data().startswith(b"%PDF")
    assert b"<svg" in boss.client.get(f"{here}/code-fr.svg", base_url=boss.base).get_data()
    assert visitor.open(f"{here}/feuille.pdf").path.startswith("/connexion")


def test_an_agent_sees_and_notes_but_neither_records_nor_takes_back(program, given, employer, found):
    agent = make_staff(Role.AGENT, program)
    with unit():
        cover = sponsorships.use_code(found.contribution, given.code, by=employer.actor)
    page = agent.open(f"/personnel/commandites/{given.ref}")
    assert found.employer.name in page.text
    assert "Arrêter la commandite" not in page.text
    for path in (f"nouvelle/{program.slug}", f"{given.ref}/arret", f"prises-en-charge/{cover.ref}/retrait"):
        assert agent.open(f"/personnel/commandites/{path}").status == 403


def test_a_cover_is_taken_back_from_the_page_of_the_contribution(boss, given, employer, found):
    with unit():
        sponsorships.use_code(found.contribution, given.code, by=employer.actor)
    page = boss.open(f"/personnel/contributions/{found.contribution.ref}")
    assert "Commanditée" in page.text
    back = page.follow("Retirer la prise en charge").fill("Retirer", reason="Mauvais code.")
    assert "3 sur 3" in back.text
    assert not db.session.get_one(Contribution, found.contribution_id).is_settled


def test_the_sponsor_reads_how_many_and_never_who(visitor: Visitor, given, program, letters):
    names = []
    for _employer in range(3):
        helped = make_certification(Stage.AWAITING_CONTRIBUTION, program)
        names.append(helped.employer.name)
        with unit():
            sponsorships.use_code(helped.contribution, given.code, by=make_person(owner_of(helped.employer)).actor)
    page = visitor.open(f"/commanditaires/{given.sight}")
    assert "Employeurs aidés 3" in page.text
    assert "à partir de 5 employeurs" in page.text
    assert not [name for name in names if name in str(page.soup)]
    assert visitor.open(f"/en/commanditaires/{given.sight}").status == 200
    assert visitor.open(f"/commanditaires/{given.ref}").status == 404


def test_a_covered_file_waits_for_a_decision_since_it_was_covered(boss, given, employer, found):
    with unit():
        sponsorships.use_code(found.contribution, given.code, by=employer.actor)
    assert found.employer.name in boss.open("/personnel").text
    lead_to(found, Stage.CERTIFIED)
    assert db.session.scalars(select(SponsoredSeat)).one().number == 1


def test_lists_ask_as_much_of_the_database_for_one_row_and_for_many(boss, program, given, found, employer):
    def asked_for(path: str) -> int:
        db.session.expunge_all()
        with statements() as asked:
            assert boss.open(path).status == 200
        return len(asked)

    with unit():
        sponsorships.use_code(found.contribution, given.code, by=employer.actor)
    pages = ("/personnel/commandites", f"/personnel/commandites/{given.ref}")
    before = [asked_for(path) for path in pages]
    program = db.session.get_one(Program, program.id)
    for _each in range(2):
        sponsor(program)
        more = make_certification(Stage.AWAITING_CONTRIBUTION, program)
        with unit():
            sponsorships.use_code(more.contribution, given.code, by=make_person(owner_of(more.employer)).actor)
    assert [asked_for(path) for path in pages] == before

"""The register: bodies with a past, whom to reach and for how long, what each gave, and what a partner may see of it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from flask import Flask
from sqlalchemy import select

from certif.imports import confirm_intake, undo_intake
from certif.imports.queries import counts_of
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.money import Money
from certif.network import BodyKind, BodyTerms, ContactTerms, ProvisionKind, ProvisionTerms, actions, given_between, note_body
from certif.network.actions import add_category
from certif.network.model import BodyContact
from certif.network.queries import contacts_of, mrcs_of, places_of, standing_bodies
from certif.network.retention import forget_contacts
from certif.territory import PartnerKind, add_partner
from tests import factories
from tests.factories import make_staff, unit
from tests.imports.files import brought, csv_file, taken, work
from tests.network.making import BOSS, make_body, make_committee, make_contact, make_provision, make_seat
from tests.statements import statements


def test_an_mrc_that_is_left_ends_and_stays_known(app: Flask) -> None:
    program = factories.make_program()
    first, second = mrcs_of(program)[:2]
    body = make_body(program, "CDC du Nord", mrcs=[first])
    with unit():
        actions.edit_body(body, BodyTerms("CDC du Nord", BodyKind.COMMUNITY, [second]), by=BOSS)
    places = places_of(body)
    assert [(place.mrc, place.until_on is None) for place in places] == [(second, True), (first, False)]


def test_a_name_and_a_partner_stand_once_in_a_register(app: Flask) -> None:
    program = factories.make_program()
    with unit():
        cje = add_partner("CJE d’essai", kind=PartnerKind.CJE, source="essai", mrcs=mrcs_of(program)[:1], by=SYSTEM)
        note_body(program, BodyTerms("Le carrefour", BodyKind.EMPLOYMENT, partner=cje), by=BOSS)
    for terms in (BodyTerms("Le carrefour", BodyKind.OTHER), BodyTerms("Un autre nom", BodyKind.OTHER, partner=cje)):
        with unit(), pytest.raises(Refusal, match="registre"):
            note_body(program, terms, by=BOSS)


def test_an_mrc_of_another_region_is_refused(app: Flask) -> None:
    program, other = factories.make_program(code="14"), factories.make_program(code="03")
    with unit(), pytest.raises(Refusal, match="région"):
        note_body(program, BodyTerms("Ville", BodyKind.MUNICIPAL, mrcs_of(other)[:1]), by=BOSS)


def test_what_each_body_gave_is_added_up_by_period_and_what_was_struck_is_not(app: Flask) -> None:
    program, today = factories.make_program(), clock.today()
    body = make_body(program)
    make_provision(body, hours=10)
    make_provision(body, hours=5, given_on=today - dt.timedelta(days=400))
    wrong = make_provision(body, hours=99)
    with unit():
        money = ProvisionTerms(ProvisionKind.MONEY, today, "Commandite", Money(250_000), quantity=7)
        prizes = ProvisionTerms(ProvisionKind.PRIZES, today, "Cartes-cadeaux", Money(10_000), quantity=4)
        for terms in (money, prizes):
            actions.note_provision(body, terms, by=BOSS)
        actions.strike_provision(wrong, by=BOSS)
    (given,) = given_between(program, today - dt.timedelta(days=30), today)
    assert (given.money, given.hours, given.rooms, given.prizes, given.worth) == (Money(250_000), 10, 0, 4, Money(10_000))


@pytest.mark.parametrize(
    "terms",
    [
        ProvisionTerms(ProvisionKind.MONEY, dt.date(2020, 1, 1), "Rien"),
        ProvisionTerms(ProvisionKind.HOURS, dt.date(2020, 1, 1), "Rien", Money(5000)),
        ProvisionTerms(ProvisionKind.HOURS, dt.date(2099, 1, 1), "Plus tard", quantity=3),
    ],
)
def test_nothing_and_what_is_to_come_are_not_given(app: Flask, terms: ProvisionTerms) -> None:
    body = make_body(factories.make_program())
    with unit(), pytest.raises(Refusal):
        actions.note_provision(body, terms, by=BOSS)


def test_whom_one_reached_is_forgotten_a_year_after(app: Flask) -> None:
    body = make_body(factories.make_program())
    kept, gone = make_contact(body), make_contact(body)
    with unit():
        actions.end_contact(gone, by=BOSS)
    forget_contacts()
    assert db.session.scalars(select(BodyContact.name).where(BodyContact.id == gone.id)).one(), "not yet"
    with clock.frozen(clock.now() + dt.timedelta(days=366)):
        forget_contacts()
    db.session.expire_all()
    assert (gone.name, gone.email, gone.phone) == ("", None, None)
    assert kept.email, "who is still to be reached stays"


def test_a_body_that_is_archived_keeps_its_gifts_and_loses_whom_to_reach(app: Flask) -> None:
    program = factories.make_program()
    body = make_body(program)
    make_contact(body)
    make_provision(body)
    with unit():
        actions.archive_body(body, by=BOSS)
    assert not contacts_of(body)
    assert given_between(program, clock.today(), clock.today())[0].hours == 10
    with unit(), pytest.raises(Refusal, match="archivé"):
        actions.archive_body(body, by=BOSS)


def test_an_expert_has_an_address(app: Flask) -> None:
    body = make_body(factories.make_program())
    with unit(), pytest.raises(Refusal, match="adresse"):
        actions.note_contact(body, ContactTerms("Lou", "Experte", expertise="Parcours"), by=BOSS)


def test_the_register_is_kept_from_its_pages_and_taken_away(app: Flask) -> None:
    program = factories.make_program(code="14")
    agent = make_staff(Role.AGENT, program)
    page = agent.open(f"/personnel/reseau/nouveau/{program.slug}").fill(
        name="Maison des jeunes de l’Est", kind="youth", mrcs=["joliette"], goal="Plan jeunesse", website="https://exemple.com"
    )
    path = page.path
    agent.open(f"{path}/personnes/nouvelle").fill(name="Alix", role="Coordination", email="alix@exemple.com")
    page = agent.open(f"{path}/apports/nouveau").fill(kind="money", amount="1 250,50", given_on=clock.today().isoformat(), what="Prix")
    assert "1 250,50" in page.text
    assert "Alix" in page.text
    assert "Maison des jeunes" in agent.open("/personnel/reseau?kind=youth&mrc=joliette").text
    assert "Maison des jeunes" not in agent.open("/personnel/reseau?kind=school").text
    assert "1 250,50" in agent.open(f"/personnel/reseau/apports/{program.slug}").text
    sheet = agent.open(f"/personnel/reseau/registre/{program.slug}/registre.csv").response.get_data(as_text=True)
    assert "Maison des jeunes de l’Est;Maison de jeunes, Aire ouverte;;Joliette;;Plan jeunesse" in sheet
    for path in (f"registre/{program.slug}/registre", f"apports/{program.slug}/apports"):
        book = agent.client.get(f"/personnel/reseau/{path}.xlsx", base_url=agent.base).data
        assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(book)).namelist()


def test_a_site_that_is_not_secure_is_refused_and_what_was_typed_stays(app: Flask) -> None:
    program = factories.make_program(code="14")
    page = make_staff(Role.AGENT, program).open(f"/personnel/reseau/nouveau/{program.slug}")
    page = page.fill(name="Ville", kind="municipal", mrcs=["joliette"], website="javascript:alert(1)")
    assert page.status == 422
    assert "https://" in page.text
    assert page.soup.find("input", {"name": "name"})["value"] == "Ville"  # type: ignore[index]


def test_a_partner_sees_the_map_of_its_territory_and_no_other(app: Flask) -> None:
    program = factories.make_program(code="14")
    mine, other = mrcs_of(program)[:2]
    with unit():
        cje = add_partner("CJE du Sud", kind=PartnerKind.CJE, source="essai", mrcs=[mine], by=SYSTEM)
    here, _there = make_body(program, "Chez nous", mrcs=[mine]), make_body(program, "Ailleurs", mrcs=[other])
    make_seat(make_committee(program, "Table jeunesse"), here)
    partner, agent = make_staff(Role.PARTNER, program, partner=cje), make_staff(Role.AGENT, program)
    seen = partner.open(f"/personnel/cartographie?mrc={mine.slug}").text
    assert "Chez nous" in seen
    assert "Table jeunesse" in seen
    assert "Ailleurs" not in partner.open(f"/personnel/cartographie?mrc={other.slug}").text
    assert "Ailleurs" in agent.open(f"/personnel/cartographie?mrc={other.slug}").text


def test_a_list_costs_no_more_for_ten_bodies_than_for_one(app: Flask) -> None:
    program = factories.make_program()
    agent = make_staff(Role.AGENT, program)
    make_body(program)
    agent.open("/personnel/reseau")
    with statements() as one:
        agent.open("/personnel/reseau")
    for _each in range(10):
        make_body(program)
    with statements() as many:
        agent.open("/personnel/reseau")
    assert len(many) <= len(one)


class TestTheRegisterAsAFile:
    """Bodies and whom to reach, brought in by a file, seen first, and taken back."""

    HEADS = ("Organisme", "Genre", "MRC", "Site", "Personne à joindre", "Fonction", "Courriel", "Expertise")

    def sheet(self, *rows: list[str]) -> bytes:
        return csv_file(*rows, heads=self.HEADS)

    def test_lines_are_seen_brought_in_once_and_taken_back_where_nothing_has_happened(self, app: Flask) -> None:
        program = factories.make_program(code="14")
        agent, (first, second) = make_staff(Role.AGENT, program), mrcs_of(program)[:2]
        make_body(program, "CDC déjà là")
        both = f"{first.name}, {second.name}"
        content = self.sheet(
            ["CJE des Cascades", "Carrefour jeunesse-emploi, employabilité", both, "", "Lou Roy", "", "l@exemple.com", ""],
            ["École du Rang", "school", "", "https://exemple.com", "", "", "", ""],
            ["cdc DEJA LA", "Autre organisme", "", "", "", "", "", ""],
            ["Ecole du rang", "Milieu scolaire", "", "", "", "", "", ""],
            ["Fautive", "Inconnu", "Kamouraska", "exemple.com", "", "Direction", "", ""],
            ["Experte", "Autre organisme", "", "", "Ana Lebel", "", "", "Les horaires"],
        )  # fmt: skip
        intake = brought(program, content, agent.actor, "bodies")
        counts = counts_of(intake)
        assert (counts.fit, counts.faulty, counts.in_register, counts.in_file) == (2, 2, 1, 1)
        seen = agent.open(f"/personnel/importations/{intake.ref}")
        for sentence in (
            "Écrivez l’une des réponses",
            "territoire du programme",
            "https://",
            "le nom de la personne",
            "donnez son adresse",
        ):
            assert sentence in seen.text, sentence
        assert "Déjà à la ligne 3 du fichier" in seen.text and "parmi les prospects" not in seen.text
        with unit():
            confirm_intake(intake, by=agent.actor)
        work()
        names = {body.name: body for body in standing_bodies(program)}
        assert set(names) == {"CDC déjà là", "CJE des Cascades", "École du Rang"}
        assert [place.mrc for place in places_of(names["CJE des Cascades"])] == sorted([first, second], key=lambda one: one.name)
        assert [one.name for one in contacts_of(names["CJE des Cascades"])] == ["Lou Roy"]
        make_provision(names["École du Rang"])
        with unit():
            undo_intake(intake, by=agent.actor)
        work()
        assert [body.name for body in standing_bodies(program)] == ["CDC déjà là", "École du Rang"]
        assert "un apport y a été noté" in agent.open(f"/personnel/importations/{intake.ref}").text

    def test_the_model_is_read_as_it_was_handed_out(self, app: Flask) -> None:
        program = factories.make_program(code="14")
        agent = make_staff(Role.AGENT, program)
        assert "Des organismes du registre" in agent.open("/personnel/importations/nouvelle?genre=bodies").text
        with unit():
            add_category(program, "Membre actif", by=BOSS)
        for suffix in ("csv", "xlsx"):
            content = taken(agent, f"/personnel/importations/modele.{suffix}?genre=bodies")
            assert counts_of(brought(program, content, agent.actor, "bodies")).faulty == 0

"""Prospects: seen by those who follow them, invited once in a while by a letter that says how to stop, and recognised once registered."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import select

from certif.imports import Prospect, confirm_intake, forget_old_imports, invite_prospect
from certif.imports.queries import Standing, standing_of
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import _message
from certif.programs import Program
from certif.territory import PartnerKind, add_partner, mrcs, region
from tests.conftest import Mailbox
from tests.factories import Person, make_employer, make_staff, unit
from tests.imports.files import brought, csv_file, row, work
from tests.pages import Visitor
from tests.statements import statements


@pytest.fixture
def prospects(program: Program, agent: Person) -> dict[str, Prospect]:
    """Three prospects, by name."""
    near, far = mrcs(region("14"))[:2]
    content = csv_file(
        row("Café Noir", neq="1170000031", mrc=near.name, email="camille@exemple.com"), row("Scierie", mrc=far.name),
        row("Garage", code="J6E 1A1"),
    )  # fmt: skip
    intake = brought(program, content, agent.actor)
    with unit():
        confirm_intake(intake, by=agent.actor)
    work()
    return {one.name: one for one in db.session.scalars(select(Prospect))}


def links(body: str) -> list[str]:
    return re.findall(r"https?://\S+", body)


class TestList:
    """Who sees which."""

    def test_they_are_searched_and_filtered_by_where_they_stand(self, prospects: dict[str, Prospect], agent: Person) -> None:
        make_employer(neq="1170000031")
        make_employer(legal_name="GARAGE", postal_code="J6E 1A1")
        found = agent.open("/personnel/prospects?etat=registered")
        assert "Café Noir" in found.text
        assert "Scierie" not in found.text
        assert "Garage" in agent.open("/personnel/prospects?q=garage&etat=known").text, "the same name, at another postal code"
        assert "Scierie" in agent.open(f"/personnel/prospects?mrc={prospects['Scierie'].mrc.slug}").text

    def test_a_partner_sees_those_of_its_territory_and_may_not_invite(self, prospects: dict[str, Prospect], program: Program) -> None:
        with unit():
            cje = add_partner("CJE", kind=PartnerKind.CJE, source="essai", mrcs=[prospects["Café Noir"].mrc], by=SYSTEM)
        partner = make_staff(Role.PARTNER, program, partner=cje)
        page = partner.open("/personnel/prospects")
        assert "Café Noir" in page.text
        assert "Scierie" not in page.text
        assert "Inviter" not in page.follow("Café Noir").text
        assert partner.open(f"/personnel/prospects/{prospects['Scierie'].ref}").status == 404
        assert partner.open(f"/personnel/prospects/{prospects['Café Noir'].ref}/invitation").status == 403

    def test_it_costs_the_same_for_one_and_for_many_and_goes_on(self, program: Program, agent: Person) -> None:
        def cost() -> int:
            with statements() as asked:
                agent.open("/personnel/prospects")
            return len(asked)

        for content in (csv_file(row("Premier")), csv_file(*[row(f"Suivant {number}") for number in range(30)])):
            intake = brought(program, content, agent.actor)
            with unit():
                confirm_intake(intake, by=agent.actor)
            work()
            db.session.expunge_all()
            costs = [*locals().get("costs", []), cost()]
        assert costs[0] == costs[1]
        assert "Premier" in agent.open("/personnel/prospects").follow("Page suivante").text


class TestInvitation:
    """The letter, its two links."""

    def test_the_letter_is_seen_then_sent_and_its_link_fills_the_registration_in(
        self, prospects: dict[str, Prospect], agent: Person, letters: Mailbox, visitor: Visitor
    ) -> None:
        page = agent.open(f"/personnel/prospects/{prospects['Café Noir'].ref}").follow("Inviter à s’inscrire")
        page = page.fill("Mettre l’aperçu à jour", note="Au plaisir de vous revoir.")
        assert "Au plaisir de vous revoir." in page.text
        assert letters.all() == []
        page.fill("Envoyer l’invitation")
        letter = letters.last("camille@exemple.com")
        assert "Au plaisir de vous revoir." in letter.body
        assert "Votre adresse vient de\u00a0: Site Web." in letter.body
        assert standing_of(prospects["Café Noir"]) is Standing.INVITED
        start = visitor.open(links(letter.body)[0]).fill("Commencer l’inscription")
        values = {field["name"]: field.get("value") for field in start.soup.main.find_all("input", attrs={"name": True})}
        assert (values["neq"], values["legal_name"], values["postal_code"]) == ("1170000031", "Café Noir", "J6E 3Z9")
        assert start.fill("Continuer").h1 == "Décrire l’organisation"

    def test_the_letter_carries_the_postal_address_and_without_it_nothing_leaves(
        self, prospects: dict[str, Prospect], agent: Person, program: Program, letters: Mailbox
    ) -> None:
        known, path = prospects["Café Noir"], f"/personnel/prospects/{prospects['Café Noir'].ref}"
        given = program.postal_address
        with unit():
            program.postal_address = None
        assert "Il manque l’adresse postale" in agent.open(path).text
        assert "Il manque l’adresse postale" in agent.open(f"{path}/invitation").text
        with pytest.raises(Refusal, match="adresse postale"), unit():
            invite_prospect(known, by=agent.actor)
        with unit():
            program.postal_address = given
        assert "Il manque" not in agent.open(path).text
        with unit():
            invite_prospect(known, by=agent.actor)
        assert f"{program.body.name}\n1, rue du Test\nJoliette (Québec) J6E 3Z9\nequipe@exemple.com\n" in letters.last().body

    def test_one_press_stops_every_invitation_also_from_the_mail_program(
        self, prospects: dict[str, Prospect], agent: Person, letters: Mailbox, visitor: Visitor
    ) -> None:
        by = agent.actor
        with unit():
            invite_prospect(prospects["Café Noir"], by=by)
        message = _message(letters.last())
        address = message["List-Unsubscribe"].strip("<>")
        assert address == links(letters.last().body)[1]
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "Ne plus m’écrire" in visitor.open(address).text, "opening the link changes nothing"
        told = {"data": {"List-Unsubscribe": "One-Click"}, "base_url": visitor.base, "headers": {"Origin": "https://courrier.exemple.com"}}
        assert Visitor(visitor.client.application).client.post(visitor._local(address), **told).status_code == 303
        assert "Plus aucune invitation" in visitor.open(address).text
        with clock.frozen(clock.now() + dt.timedelta(days=60)), pytest.raises(Refusal, match="ne plus recevoir"), unit():
            invite_prospect(prospects["Café Noir"], by=by)

    def test_nobody_is_invited_twice_in_a_month_nor_without_an_address_nor_once_registered(
        self, prospects: dict[str, Prospect], agent: Person
    ) -> None:
        by = agent.actor
        with pytest.raises(Refusal, match="Aucune adresse"), unit():
            invite_prospect(prospects["Scierie"], by=by)
        with unit():
            invite_prospect(prospects["Café Noir"], by=by)
        with pytest.raises(Refusal, match="déjà partie"), unit():
            invite_prospect(prospects["Café Noir"], by=by)
        with clock.frozen(clock.now() + dt.timedelta(days=31)):
            with unit():
                assert invite_prospect(prospects["Café Noir"], by=by).number == 2
            make_employer(neq="1170000031")
        with clock.frozen(clock.now() + dt.timedelta(days=90)), pytest.raises(Refusal, match="déjà inscrite"), unit():
            invite_prospect(prospects["Café Noir"], by=by)


def test_a_contact_without_news_is_forgotten_after_two_years(prospects: dict[str, Prospect], agent: Person) -> None:
    with clock.frozen(clock.now() + dt.timedelta(days=700)):
        forget_old_imports()
    db.session.expire_all()
    assert prospects["Café Noir"].contact_email == "camille@exemple.com"
    with clock.frozen(clock.now() + dt.timedelta(days=731)):
        forget_old_imports()
    db.session.expire_all()
    assert (prospects["Café Noir"].contact_email, prospects["Café Noir"].name) == (None, "Café Noir")

"""Contests as staff see them: begun from a model, changed page by page without any file, published, copied, compared, ended."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif.campaigns import Campaign, PhaseKind, Quota, Tie, Winner, load_model, read_campaign, write_campaign
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.programs import Program
from certif.territory import PartnerKind, add_partner, mrcs
from tests.campaigns.making import make_campaign, make_edition
from tests.factories import Person, make_program, make_staff, unit

LIST = "/personnel/concours"


@pytest.fixture
def program(app: Flask) -> Program:
    """A program of region 14."""
    return make_program(code="14")


@pytest.fixture
def manager(program: Program) -> Person:
    """Who decides of its contests."""
    return make_staff(Role.MANAGER, program)


def only_one() -> Campaign:
    """Give the only contest there is."""
    db.session.expire_all()
    return db.session.scalars(select(Campaign)).one()


def test_a_contest_is_begun_from_a_model_changed_in_words_and_published(manager: Person) -> None:
    page = manager.open(f"{LIST}/nouveau").fill("Commencer", model="choix-des-partenaires", opens_on=clock.today())
    assert page.h1 == "Mon boss, c’est le meilleur !"
    page = page.follow("Modifier").fill("Enregistrer", title_fr="Mon.ma boss, c'est le.la meilleur.e !", title_en="The best boss")
    assert page.h1 == "Mon.ma boss, c’est le.la meilleur.e !"
    edit = f"{page.path}/brouillon"
    manager.open(f"{edit}/admissibilite").fill("Enregistrer", least_age=15, most_age=24, ties=["works", "lives"], most_hours=20)
    manager.open(f"{edit}/territoire").fill("Enregistrer", quota="mrc")
    manager.open(f"{edit}/reglement").fill("Enregistrer", rules_fr="Gratuit.\n\nPour tous.", rules_en="Free.")
    found = only_one().definition
    assert (found.eligibility.least_age, found.eligibility.most_age, found.eligibility.most_hours) == (15, 24, 20)
    assert set(found.eligibility.ties) == {Tie.WORKS, Tie.LIVES}
    assert found.quota is Quota.MRC
    page = manager.open(page.path).fill("Publier")
    assert "il ne changera plus" in page.text
    assert only_one().is_open
    assert manager.open(f"{edit}/reglement").status == 404


def test_a_jury_is_composed_in_words(manager: Person, program: Program) -> None:
    campaign = make_campaign(program, published=False)
    lists = f"{LIST}/{campaign.ref}/brouillon/listes"
    first = campaign.closes_on + dt.timedelta(days=20)
    page = manager.open(f"{lists}/etapes").follow("Ajouter une étape")
    page = page.fill(
        "Enregistrer", name_fr="Jury", name_en="Jury", kind="jury", from_on=first, until_on=first + dt.timedelta(days=5), keeps=2,
        deciders=["manager"], is_blind=True, criterion_1_fr="Souplesse", criterion_1_en="Flexibility", criterion_1_weight=3,
        criterion_2_fr="Intérêt",
    )  # fmt: skip
    assert "Jury" in page.text
    jury = only_one().definition.phases[1]
    assert (jury.kind, jury.keeps, jury.is_blind) == (PhaseKind.JURY, 2, True)
    assert [(one.name.fr, one.weight, one.most) for one in jury.criteria] == [("Souplesse", 3, 5), ("Intérêt", 1, 5)]
    ids = [one.id for one in jury.criteria]
    manager.open(f"{lists}/etapes/2").fill("Enregistrer", criterion_1_fr="Souplesse aux examens", position=1)
    moved = only_one().definition.phases[0]
    assert ([one.id for one in moved.criteria], moved.criteria[0].name.fr) == (ids, "Souplesse aux examens")
    manager.open(f"{lists}/etapes/2").fill("Retirer du brouillon")
    assert [one.kind for one in only_one().definition.phases] == [PhaseKind.JURY]


def test_questions_categories_and_prizes_are_lists_too(manager: Person, program: Program) -> None:
    campaign = make_campaign(program, published=False)
    lists = f"{LIST}/{campaign.ref}/brouillon/listes"
    manager.open(f"{lists}/questions/nouveau").fill("Enregistrer", name_fr="Et ton horaire ?", name_en="And your schedule?", position=1)
    manager.open(f"{lists}/categories/nouveau").fill(
        "Enregistrer", name_fr="Relève", name_en="Next", keeps=2, sponsor="Caisse", levels=["college"], sectors=["72"]
    )
    manager.open(f"{lists}/prix/nouveau").fill("Enregistrer", name_fr="Panier", name_en="Basket", to="duo", number=1, value=50)
    found = only_one().definition
    assert found.prompts[0].name.fr == "Et ton horaire\u00a0?"
    [category] = found.categories
    assert (category.keeps, category.sponsor, category.levels, category.sectors) == (2, "Caisse", ("college",), ("72",))
    assert (found.prizes[1].to, found.prizes[1].value_cents) == (Winner.DUO, 50_00)
    assert manager.open(f"{lists}/prix/9").status == 404
    assert manager.open(f"{lists}/rien").status == 404


def test_a_list_that_changed_meanwhile_is_read_again_before_it_is_changed(manager: Person, program: Program) -> None:
    campaign = make_campaign(program, published=False)
    page = manager.open(f"{LIST}/{campaign.ref}/brouillon/listes/questions/1")
    manager.open(page.path).fill("Retirer du brouillon")
    assert len(only_one().definition.prompts) == 1
    for act in ({"button": "Retirer du brouillon"}, {"button": "Enregistrer", "name_fr": "Autre question"}):
        answer = page.fill(act.pop("button"), **act)
        assert answer.status == 409
        assert "a changé entre-temps" in answer.response.get_data(as_text=True)
    assert len(only_one().definition.prompts) == 1


def test_what_is_typed_wrong_is_kept_and_said(manager: Person, program: Program) -> None:
    campaign = make_campaign(program, published=False)
    edit = f"{LIST}/{campaign.ref}/brouillon"
    page = manager.open(f"{edit}/annonce").fill("Enregistrer", opens_on="2027-03-01", closes_on="2027-02-01")
    assert (page.status, page.soup.find(id="closes_on")["value"]) == (422, "2027-02-01")
    assert manager.open(f"{edit}/admissibilite").fill("Enregistrer", least_age=12).status == 422


def test_a_draft_says_what_prevents_it_and_cannot_be_pressed_through(manager: Person, program: Program) -> None:
    campaign = make_campaign(program, published=False, phases=())
    page = manager.open(f"{LIST}/{campaign.ref}")
    assert "ajoutez au moins une étape" in page.text
    assert "Publier ce concours" not in page.text
    token = manager.open(f"{LIST}/nouveau").soup.find("input", attrs={"name": "csrf_token"})["value"]
    assert manager.send(f"{LIST}/{campaign.ref}/publication", {"csrf_token": token}).status == 409  # type: ignore[arg-type]
    assert not only_one().is_published


def test_a_file_is_taken_away_and_brought_in_the_same(manager: Person, program: Program) -> None:
    campaign = make_edition(program, "finalistes-et-jury")
    taken = manager.client.get(f"{LIST}/{campaign.ref}/fichier.yaml", base_url=manager.base).get_data(as_text=True)
    page = manager.open(f"{LIST}/importation").fill("Lire", content=taken)
    assert "Brouillon" in page.text
    again = manager.client.get(f"{page.path}/fichier.yaml", base_url=manager.base).get_data(as_text=True)
    assert again == taken == write_campaign(campaign.definition)


def test_the_faults_of_a_file_are_said_by_line(manager: Person) -> None:
    content = write_campaign(load_model("finalistes-et-jury").definition)
    wrong = content.replace("kind: jury", "kind: astrologie").replace("unit: duo", "unit: duo\nfrais: 10")
    page = manager.open(f"{LIST}/importation").fill("Lire", content=wrong)
    assert page.status == 422
    assert any("astrologie" not in error and "choisissez parmi" in error for error in page.errors())
    assert any("toujours gratuite" in error for error in page.errors())
    assert all(error.startswith("Ligne ") for error in page.errors())
    assert db.session.scalars(select(Campaign)).all() == []


def test_a_draft_may_be_changed_as_a_file(manager: Person, program: Program) -> None:
    campaign = make_campaign(program, published=False)
    content = write_campaign(campaign.definition).replace("least_age: 14", "least_age: 16")
    assert manager.open(f"{LIST}/{campaign.ref}/brouillon/fichier").fill("Garder", content=content).status == 200
    assert only_one().definition == read_campaign(content).definition


def test_another_edition_is_copied_and_compared_in_words(manager: Person, program: Program) -> None:
    campaign = make_edition(program, "tirage-capsules-video")
    opens = campaign.opens_on + dt.timedelta(days=364)
    page = manager.open(f"{LIST}/{campaign.ref}").follow("Préparer une autre édition").fill("Copier", opens_on=opens)
    manager.open(f"{page.path}/brouillon/admissibilite").fill("Enregistrer", least_age=16)
    compared = manager.open(f"{page.path}/comparaison?avec={campaign.ref}")
    assert "Avoir au moins 16 ans." in compared.text
    assert "Étape retirée" not in compared.text
    other = manager.open(f"{page.path}/comparaison?avec=inconnu")
    assert other.status == 200


def test_nominations_are_ended_before_their_day_with_a_reason(manager: Person, program: Program) -> None:
    campaign = make_campaign(program)
    page = manager.open(f"{LIST}/{campaign.ref}").follow("Mettre fin").fill("Mettre fin", reason="Tempête de verglas.")
    assert "Tempête de verglas." in page.text
    assert only_one().is_over
    assert manager.open(f"{LIST}/{campaign.ref}/fin").fill("Mettre fin", reason="Encore.").status == 409


def test_a_partner_and_an_agent_read_and_decide_nothing(program: Program) -> None:
    campaign, draft = make_campaign(program), make_campaign(program, published=False)
    with unit():
        centre = add_partner("CJE", kind=PartnerKind.CJE, source="essai", mrcs=mrcs(program.region)[:1], by=SYSTEM)
    for reader in (make_staff(Role.AGENT, program), make_staff(Role.PARTNER, program, partner=centre)):
        for one in (campaign, draft):
            page = reader.open(f"{LIST}/{one.ref}")
            assert page.status == 200
            assert "Modifier" not in page.text
            assert "Mettre fin" not in page.text
        assert reader.open(f"{LIST}/{draft.ref}/apercu").status == 200
        assert reader.open(f"{LIST}/{draft.ref}/brouillon/annonce").status == 403


def test_a_contest_elsewhere_is_not_found(program: Program) -> None:
    campaign = make_campaign(make_program(code="03"))
    assert make_staff(Role.MANAGER, program).open(f"{LIST}/{campaign.ref}").status == 404

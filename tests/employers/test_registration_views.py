"""Registering, page by page, as a person does it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import accounts
from certif.employers import JoinRequest, RegistrationDraft
from certif.kit.db import db, transaction
from tests.conftest import Mailbox
from tests.employers.people import CONTACT, DESCRIPTION, FIRST, PLACE, filled_in, register, signed_in
from tests.pages import Visitor


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_person_goes_through_short_pages_to_a_summary_of_everything(visitor: Visitor) -> None:
    summary = filled_in(visitor, trade_name="Le Coin", banner="Les Épiceries du Nord")
    assert summary.h1 == "Vérifier vos réponses"
    shown = (
        "Épicerie du Coin inc.",
        "1160000001",
        "Le Coin",
        "Les Épiceries du Nord",
        "Entreprise",
        "44-45",
        "5 à 19 personnes",
        "12, rue Saint-Jean",
        "Québec (Québec) G1R 4S9",
        "Aïcha Tremblay",
        "Propriétaire",
        "aicha@exemple.com",
        "418 555-1234",
        "Français",
    )
    for text in shown:
        assert text in summary.text, text
    assert summary.soup.find("form", action=re.compile("/inscription/"))


def test_the_english_pages_are_the_same_path(visitor: Visitor) -> None:
    page = visitor.open("/en/inscription")
    assert page.language == "en"
    page = page.fill(**FIRST)
    assert page.path == "/en/inscription/organisation"


def test_every_line_of_the_summary_leads_to_its_page_and_back(visitor: Visitor) -> None:
    summary = filled_in(visitor)
    page = visitor.open(summary.soup.find("a", href="/inscription/organisation")["href"])
    back = page.fill("Continuer", trade_name="Chez Aïcha")
    assert back.h1 == "Vérifier vos réponses"
    assert "Chez Aïcha" in back.text
    assert summary.follow("Modifier (Établissement principal)").h1 == "Corriger un établissement"


def test_each_page_is_kept_as_soon_as_it_is_answered(visitor: Visitor) -> None:
    visitor.open("/inscription").fill("Continuer", **FIRST).fill("Continuer", **DESCRIPTION)
    page = visitor.open("/inscription/organisation")
    assert page.soup.find(id="kind").find("option", selected=True)["value"] == "company"
    assert "Une inscription est commencée" in visitor.open("/inscription").text


def test_the_cookie_is_out_of_reach_of_scripts_and_holds_a_random_token_only(visitor: Visitor) -> None:
    visitor.open("/inscription")
    cookie = visitor.client.get_cookie("inscription", domain="127.0.0.1")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, len(cookie.value)) == (True, "Lax", 43)


def test_a_planted_cookie_that_is_no_token_of_ours_is_replaced(visitor: Visitor) -> None:
    visitor.client.set_cookie("inscription", "plante", domain="127.0.0.1")
    visitor.open("/inscription").fill("Continuer", **FIRST)
    cookie = visitor.client.get_cookie("inscription", domain="127.0.0.1")
    assert cookie is not None
    assert len(cookie.value) == 43


@pytest.mark.parametrize(
    "path", ["organisation", "etablissements", "etablissements/ajout", "personne-ressource", "verification", "plus-tard"]
)
def test_a_page_opened_without_a_draft_leads_to_the_beginning(visitor: Visitor, path: str) -> None:
    page = visitor.open(f"/inscription/{path}")
    assert page.path == "/inscription"
    assert "n’a pas été retrouvée" in page.text


def test_a_page_opened_too_early_leads_to_what_is_missing(visitor: Visitor) -> None:
    visitor.open("/inscription").fill("Continuer", **FIRST)
    assert visitor.open("/inscription/verification").path == "/inscription/organisation"


def test_several_establishments_are_added_corrected_and_taken_out(visitor: Visitor) -> None:
    page = visitor.open("/inscription").fill("Continuer", **FIRST).fill("Continuer", **DESCRIPTION)
    assert page.soup.find(id="postal_code")["value"] == "G1R 4S9"
    page = page.fill("Ajouter l’établissement", **{**PLACE, "name": "Nord"})
    page = page.follow("Ajouter un établissement").fill("Ajouter l’établissement", **{**PLACE, "name": "Sud", "mrc": "joliette"})
    page = page.follow("Corriger : Sud").fill("Enregistrer l’établissement", name="Sud-Est")
    assert "Sud-Est" in page.text
    page = page.fill("Retirer Nord")
    assert "Nord" not in page.text
    page = page.fill("Retirer Sud-Est")
    assert page.h1 == "Ajouter l’établissement principal"


def test_mrcs_are_grouped_by_region(visitor: Visitor) -> None:
    page = visitor.open("/inscription").fill("Continuer", **FIRST).fill("Continuer", **DESCRIPTION)
    groups = page.soup.find(id="mrc").find_all("optgroup")
    assert sum(bool(group["label"]) for group in groups) == 17
    assert len(page.soup.find(id="mrc").find_all("option")) == 105


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"neq": ""}, "Écrivez le NEQ, ou cochez cette case si"),
        ({"has_no_neq": True}, "pas les deux"),
        ({"neq": "116000000"}, "dix chiffres du NEQ"),
        ({"neq": "11600000O1"}, "dix chiffres du NEQ"),
        ({"postal_code": "90210"}, "code postal canadien"),
        ({"postal_code": "D1R 4S9"}, "code postal canadien"),
        ({"legal_name": ""}, "Écrivez le nom légal"),
    ],
)
def test_a_wrong_answer_says_what_to_do_keeps_what_was_typed_and_stores_nothing(
    visitor: Visitor, typed: dict[str, object], said: str
) -> None:
    page = visitor.open("/inscription").fill("Continuer", **{**FIRST, **typed})
    assert page.status == 422
    assert any(said in sentence for sentence in page.errors()), page.errors()
    for name, value in {**FIRST, **typed}.items():
        if isinstance(value, str):
            assert page.soup.find(id=name)["value"] == value
    assert count(RegistrationDraft) == 0


def test_a_neq_typed_with_spaces_is_the_same_neq(visitor: Visitor) -> None:
    assert "1160000001" in filled_in(visitor, neq=" 1160 000 001 ").text


def test_an_organisation_without_a_neq_goes_through(visitor: Visitor) -> None:
    summary = filled_in(visitor, neq="", kind="municipality", legal_name="Ville de Lac-Bleu", hires="interns_only")
    assert "Aucun" in summary.text
    assert "Seulement des stagiaires" in summary.text


def test_leaving_keeps_the_page_and_sends_a_link_that_another_browser_opens(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    page = visitor.open("/inscription").fill("Continuer", **FIRST)
    page = visitor.send("/inscription/organisation", {**DESCRIPTION, "later": "1", "csrf_token": page.soup.find(id="csrf_token")["value"]})
    assert page.h1 == "Revenir plus tard"
    assert "Le lien est en route" in page.fill("Envoyer le lien", email="aicha@exemple.com").text
    link = re.search(r"http://\S+/inscription/reprise/\S+", letters.last("aicha@exemple.com").body)
    assert link
    other = Visitor(app)
    page = other.open(link.group())
    assert other.client.get_cookie("inscription", domain="127.0.0.1") is None
    page = page.fill("Reprendre l’inscription")
    assert page.h1 == "Ajouter l’établissement principal"
    page = page.fill("Ajouter l’établissement", **PLACE)
    assert "12, rue Saint-Jean" in visitor.open("/inscription/etablissements").text


def test_a_link_that_was_never_sent_is_not_found(visitor: Visitor) -> None:
    assert visitor.open("/inscription/reprise/" + "x" * 43).status == 404


def test_the_same_organisation_is_found_before_it_is_made_twice_and_nobody_behind_it_is_shown(visitor: Visitor) -> None:
    with transaction():
        register(legal_name="Épicerie du Coin inc.", contact_name="Marguerite Secrète", contact_email="secrete@exemple.com")
    page = visitor.open("/inscription").fill("Continuer", **{**FIRST, "legal_name": "EPICERIE DU COIN (INC)"})
    assert page.h1 == "Cette organisation est peut-être déjà inscrite"
    for secret in ("Marguerite", "secrete", "rue Saint-Jean"):
        assert secret not in page.response.get_data(as_text=True)
    page = page.fill("C’est une autre organisation")
    assert page.h1 == "Décrire l’organisation"
    assert filled_in(visitor, legal_name="Epicerie du coin inc").h1 == "Vérifier vos réponses"


def test_the_same_neq_offers_no_way_on_but_to_join_or_to_correct_it(visitor: Visitor) -> None:
    with transaction():
        register(neq=FIRST["neq"], legal_name="Tout autre nom")
    page = visitor.open("/inscription").fill("Continuer", **FIRST)
    assert "a le même NEQ" in page.text
    assert page.soup.main.find("form") is None
    page = page.follow("Corriger le NEQ").fill("Continuer", neq="1160000002")
    assert page.h1 == "Décrire l’organisation"


def test_asking_to_join_answers_the_same_to_a_member_and_to_a_stranger(app: Flask, letters: Mailbox) -> None:
    with transaction():
        register(neq=FIRST["neq"])
    answers = []
    for email in ("aicha@exemple.com", "inconnue@exemple.com"):
        visitor = Visitor(app)
        page = visitor.open("/inscription").fill("Continuer", **FIRST).follow("Demander à se joindre")
        answers.append(page.fill("Envoyer la demande", name="Noémie Roy", email=email, message=""))
    member, stranger = answers
    assert (member.status, member.path, member.text) == (stranger.status, stranger.path, stranger.text)
    assert [letter.to_address for letter in letters.all()] == ["aicha@exemple.com", "aicha@exemple.com"]
    assert count(JoinRequest) == 1


def test_a_finished_registration_is_left_alone_and_another_one_may_begin(visitor: Visitor) -> None:
    filled_in(visitor)
    with transaction():
        draft = db.session.scalars(select(RegistrationDraft)).one()
        from certif import employers
        from tests.employers.people import person

        employers.register_employer(draft, by=person(CONTACT["contact_email"]))
    assert visitor.open("/inscription/organisation").path == "/inscription"
    page = visitor.open("/inscription").fill("Continuer", **{**FIRST, "neq": "1160000002", "legal_name": "Seconde inc."})
    assert page.h1 == "Décrire l’organisation"
    assert count(RegistrationDraft) == 2


def test_nothing_but_the_questions_of_a_page_is_ever_kept(visitor: Visitor) -> None:
    page = visitor.open("/inscription")
    token = page.soup.find(id="csrf_token")["value"]
    extra = {
        "role": "admin",
        "is_staff": "1",
        "status": "valide",
        "paid": "1",
        "employer_id": "1",
        "region_id": "1",
        "different_from": "x",
        "links": "x",
    }
    visitor.send("/inscription", {**FIRST, **extra, "csrf_token": token})
    visitor.send("/inscription/organisation", {**DESCRIPTION, **extra, "csrf_token": token})
    visitor.send("/inscription/etablissements/ajout", {**PLACE, **extra, "key": "x", "is_main": "y", "csrf_token": token})
    visitor.send("/inscription/personne-ressource", {**CONTACT, **extra, "csrf_token": token})
    draft = db.session.scalars(select(RegistrationDraft)).one()
    assert set(draft.data) == {*FIRST, *DESCRIPTION, *CONTACT, "establishments"}
    assert set(draft.establishments[0]) == {*PLACE, "key"}
    assert draft.employer_id is None


def test_opening_pages_writes_nothing(visitor: Visitor) -> None:
    visitor.open("/inscription")
    assert count(RegistrationDraft) == 0


def test_a_person_signed_in_registers_a_second_entity(app: Flask) -> None:
    with transaction():
        register(contact_email="aicha@exemple.com")
    visitor = signed_in(app, "aicha@exemple.com")
    assert filled_in(visitor).h1 == "Vérifier vos réponses"
    assert accounts.user_for("aicha@exemple.com") is not None

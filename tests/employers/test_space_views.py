"""My space: what a member keeps true, who acts with them, and nothing of anybody else's."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from certif import accounts, employers
from certif.employers import Employer, people
from certif.kit.access import VISITOR
from certif.kit.db import db, transaction
from tests.conftest import Mailbox
from tests.employers.people import PLACE, person, register, signed_in
from tests.pages import Visitor

OWNER = "aicha@exemple.com"


@pytest.fixture
def employer(app: Flask) -> Employer:
    with transaction():
        return register({"name": "Nord"}, {"name": "Sud"}, legal_name="Ferme du Ruisseau")


@pytest.fixture
def owner(app: Flask, employer: Employer) -> Visitor:
    return signed_in(app, OWNER)


def add_member(employer: Employer, email: str, role: str = "member") -> None:
    with transaction():
        invitation = employers.invite_member(employer, email=email, name="Noémie Roy", role=role, by=person(OWNER))
        employers.accept_invitation(invitation, by=person(email))


def addresses(employer: Employer) -> list[str]:
    """Every address of the space that names something of this employer."""
    with transaction():
        employers.invite_member(employer, email="invitee@exemple.com", name="Invitée", role="member", by=person(OWNER))
        employers.ask_to_join(employer, name="Demandeur", email="demandeur@exemple.com", message="", language="fr", by=VISITOR)
    place, [membership, *_others] = employers.establishments_of(employer)[0], employers.members_of(employer)
    [request], [invitation] = people.pending_requests(employer), people.open_invitations(employer)
    return [
        *(f"/mon-espace/{page}/{employer.ref}" for page in ("employeur", "personne-ressource", "etablissements", "personnes")),
        f"/mon-espace/etablissements/{employer.ref}/ajout",
        f"/mon-espace/etablissement/{place.ref}",
        f"/mon-espace/etablissement/{place.ref}/fermeture",
        f"/mon-espace/personnes/{employer.ref}/invitation",
        f"/mon-espace/depart/{membership.ref}",
        f"/mon-espace/demande/{request.ref}",
        f"/mon-espace/invitation/{invitation.ref}/retrait",
    ]


def is_list(path: str) -> bool:
    """Whether the page is only read."""
    return re.fullmatch(r"/mon-espace/(etablissements|personnes)/\w+", path) is not None


def test_what_is_anothers_is_not_found_by_any_address_nor_method(app: Flask, employer: Employer) -> None:
    with transaction():
        register(contact_email="voisin@exemple.com")
    paths = addresses(employer)
    neighbour = signed_in(app, "voisin@exemple.com")
    token = neighbour.open("/mon-espace/employeur").soup.find("input", attrs={"name": "csrf_token"})["value"]
    for path in paths:
        for language in ("", "/en"):
            opened = neighbour.open(language + path)
            assert opened.status == (405 if path.endswith("/retrait") else 404), path
            sent = neighbour.send(language + path, {"csrf_token": token, **PLACE})
            assert sent.status == (405 if is_list(path) else 404), path
            assert "Ruisseau" not in opened.response.get_data(as_text=True) + sent.response.get_data(as_text=True)


def test_the_same_addresses_open_for_the_owner(app: Flask, employer: Employer, owner: Visitor) -> None:
    for path in addresses(employer):
        if not path.endswith("/retrait"):
            assert owner.open(path).status == 200, path


def test_nobody_signed_in_is_led_to_sign_in(visitor: Visitor, employer: Employer) -> None:
    for path in addresses(employer):
        if not path.endswith("/retrait"):
            assert visitor.open(path).path.startswith("/connexion?next="), path


def test_who_left_finds_nothing_any_more(app: Flask, employer: Employer) -> None:
    add_member(employer, "noemie@exemple.com")
    visitor = signed_in(app, "noemie@exemple.com")
    page = visitor.open("/mon-espace/personnes").follow("Quitter l’organisation").fill("Quitter l’organisation")
    assert "Vous avez quitté l’organisation" in page.text
    assert visitor.open(f"/mon-espace/employeur/{employer.ref}").status == 404


def test_an_owner_keeps_the_organisation_true(employer: Employer, owner: Visitor) -> None:
    page = owner.open("/mon-espace/employeur").fill(
        "Enregistrer", trade_name="Le Ruisseau", federally_regulated="yes", website="exemple.com"
    )
    assert "à jour" in page.text
    db.session.refresh(employer)
    assert (employer.name, employer.federally_regulated, employer.website) == ("Le Ruisseau", True, "https://exemple.com")


def test_a_refusal_keeps_what_was_typed(employer: Employer, owner: Visitor) -> None:
    page = owner.open("/mon-espace/employeur").fill("Enregistrer", neq="1160000099", trade_name="Le Ruisseau")
    assert page.status == 409
    assert any("ne change pas" in said for said in page.errors())
    assert page.soup.find(id="trade_name")["value"] == "Le Ruisseau"
    db.session.refresh(employer)
    assert employer.trade_name is None


def test_an_owner_changes_how_the_contact_is_reached(employer: Employer, owner: Visitor) -> None:
    page = owner.open("/mon-espace/employeur").follow("Modifier la personne-ressource")
    assert page.fill("Enregistrer", contact_email="ailleurs@exemple.com").status == 409
    assert "à jour" in page.fill("Enregistrer", contact_phone="(514) 555-9876").text
    db.session.refresh(employer)
    assert (employer.contact_email, employer.contact_phone) == (OWNER, "+15145559876")


def test_establishments_are_added_changed_and_closed(employer: Employer, owner: Visitor) -> None:
    page = owner.open("/mon-espace/etablissements").follow("Ajouter un établissement")
    page = page.fill("Ajouter l’établissement", **{**PLACE, "name": "Est", "mrc": "joliette", "is_main": True})
    assert "« Est » est ajouté" in page.text
    page = page.follow("Modifier : Est").fill("Enregistrer", name="Est-Nord-Est")
    page = page.follow("Fermer : Est-Nord-Est").fill("Fermer cet établissement")
    assert "est fermé" in page.text
    assert [place.name for place in employers.establishments_of(employer)] == ["Nord", "Sud"]


def test_an_owner_invites_someone_who_has_no_account_and_who_enters_with_a_code(
    app: Flask, employer: Employer, owner: Visitor, letters: Mailbox
) -> None:
    page = owner.open("/mon-espace/personnes").follow("Inviter une personne")
    page = page.fill("Envoyer l’invitation", name="Noémie Roy", email="noemie@exemple.com", role="member", language="fr")
    assert "Noémie Roy" in page.text
    link = re.search(r"http://\S+/mon-espace/invitation/\S+", letters.last("noemie@exemple.com").body)
    assert link
    newcomer = Visitor(app)
    page = newcomer.open(link.group())
    assert "Ferme du Ruisseau" in page.text
    assert accounts.user_for("noemie@exemple.com") is None
    page = page.fill("Accepter l’invitation")
    code = re.search(r"\d{3}\s?\d{3}", letters.last("noemie@exemple.com").body)
    assert code
    assert page.fill("Confirmer et accepter", code="000000" if code.group() != "000000" else "111111").status == 409
    page.fill("Confirmer et accepter", code=code.group())
    assert newcomer.open("/mon-espace/employeur").status == 200
    assert [membership.user.email for membership in employers.members_of(employer)] == [OWNER, "noemie@exemple.com"]
    assert "déjà servi" in newcomer.open(link.group()).text


def test_a_person_signed_in_accepts_with_one_button_but_not_under_another_address(
    app: Flask, employer: Employer, owner: Visitor, letters: Mailbox
) -> None:
    with transaction():
        employers.invite_member(employer, email="noemie@exemple.com", name="Noémie", role="signatory", by=person(OWNER))
    link = re.search(r"/mon-espace/invitation/[\w-]+", letters.last("noemie@exemple.com").body)
    assert link
    page = signed_in(app, "autre@exemple.com").open(link.group()).fill("Accepter l’invitation")
    assert page.status == 409
    assert any("à une autre adresse" in said for said in page.errors())
    invited = signed_in(app, "noemie@exemple.com")
    invited.open(link.group()).fill("Accepter l’invitation")
    assert invited.open(f"/mon-espace/employeur/{employer.ref}").status == 200


def test_opening_an_invitation_consumes_nothing(visitor: Visitor, employer: Employer, letters: Mailbox) -> None:
    with transaction():
        employers.invite_member(employer, email="noemie@exemple.com", name="Noémie", role="member", by=person(OWNER))
    link = re.search(r"/mon-espace/invitation/[\w-]+", letters.last("noemie@exemple.com").body)
    assert link
    for _scanner in range(3):
        assert visitor.open(link.group()).status == 200
    assert len(people.open_invitations(employer)) == 1
    assert len(letters.to("noemie@exemple.com")) == 1


def test_an_owner_withdraws_an_invitation_and_its_link_says_so(
    visitor: Visitor, employer: Employer, owner: Visitor, letters: Mailbox
) -> None:
    with transaction():
        employers.invite_member(employer, email="noemie@exemple.com", name="Noémie", role="member", by=person(OWNER))
    link = re.search(r"/mon-espace/invitation/[\w-]+", letters.last("noemie@exemple.com").body)
    assert link
    assert "L’invitation est retirée" in owner.open("/mon-espace/personnes").fill("Retirer l’invitation de Noémie").text
    assert "n’est plus valable" in visitor.open(link.group()).text


@pytest.mark.parametrize(
    ("button", "letter"), [("Accepter et inviter", "employers/member_invited"), ("Refuser la demande", "employers/join_declined")]
)
def test_an_owner_answers_a_request_to_join(employer: Employer, owner: Visitor, letters: Mailbox, button: str, letter: str) -> None:
    with transaction():
        employers.ask_to_join(employer, name="Noémie Roy", email="noemie@exemple.com", message="Gérante", language="fr", by=VISITOR)
    page = owner.open("/mon-espace/personnes").follow("Répondre : Noémie Roy")
    assert "Gérante" in page.text
    decline = {"decline": "1"} if button.startswith("Refuser") else {}
    token = page.soup.find(id="csrf_token")["value"]
    page = owner.send(page.path, {"csrf_token": token, "role": "member", **decline})
    assert "Votre réponse est en route" in page.text
    assert letters.last("noemie@exemple.com").name == letter


def test_a_member_sees_the_people_but_not_the_owners_acts(app: Flask, employer: Employer) -> None:
    add_member(employer, "noemie@exemple.com")
    with transaction():
        employers.ask_to_join(employer, name="Demandeur", email="demandeur@exemple.com", message="", language="fr", by=VISITOR)
    page = signed_in(app, "noemie@exemple.com").open("/mon-espace/personnes")
    links = " ".join(link.get_text() for link in page.soup.main.find_all("a"))
    assert "Répondre" not in links
    assert "Retirer" not in links
    assert "Quitter l’organisation" in links


def test_the_last_owner_is_told_why_they_cannot_leave(employer: Employer, owner: Visitor) -> None:
    page = owner.open("/mon-espace/personnes").follow("Quitter l’organisation").fill("Quitter l’organisation")
    assert page.status == 409
    assert any("au moins une personne responsable" in said for said in page.errors())


def test_several_organisations_of_one_person_are_listed_and_each_has_its_own_pages(app: Flask, employer: Employer, owner: Visitor) -> None:
    with transaction():
        register(legal_name="Ville de Lac-Bleu", neq=None)
    page = owner.open("/mon-espace/employeur")
    assert page.path == "/mon-espace/employeurs"
    assert (
        owner.open("/mon-espace/employeurs").follow("Renseignements : Ville de Lac-Bleu").soup.find(id="legal_name")["value"]
        == "Ville de Lac-Bleu"
    )


def test_a_person_without_an_organisation_is_told_what_to_do(app: Flask) -> None:
    page = signed_in(app, "nouvelle@exemple.com").open("/mon-espace/personnes")
    assert page.path == "/mon-espace/employeurs"
    assert page.follow("Inscrire une organisation").path == "/inscription"


def test_nothing_but_the_questions_of_a_page_changes_anything(employer: Employer, owner: Visitor) -> None:
    extra = {
        "ref": "X",
        "name_key": "x",
        "registered_by": "x",
        "hires_nobody": "y",
        "contact_email": "x@exemple.com",
        "employer_id": "99",
        "is_main": "",
    }
    page = owner.open("/mon-espace/employeur")
    token = page.soup.find(id="csrf_token")["value"]
    before = {name: getattr(employer, name) for name in ("ref", "registered_by", "registered_at", "contact_email", "neq")}
    said = {
        "legal_name": "Ferme du Ruisseau", "neq": employer.neq or "", "trade_name": "", "banner": "", "kind": "company", "sector": "44-45",
        "size": "5-19", "hires": "students", "federally_regulated": "no", "website": "",
    }  # fmt: skip
    assert owner.send("/mon-espace/employeur", {**said, **extra, "csrf_token": token}).status == 200
    db.session.refresh(employer)
    assert {name: getattr(employer, name) for name in before} == before


def test_a_form_without_its_token_changes_nothing(app: Flask, employer: Employer, owner: Visitor) -> None:
    for path in addresses(employer):
        assert owner.send(path, dict(PLACE)).status == (405 if is_list(path) else 400), path
    assert len(employers.establishments_of(employer)) == 2


@pytest.mark.parametrize("path", ["employeurs", "employeur", "personne-ressource", "etablissements", "personnes"])
def test_each_page_exists_in_english(owner: Visitor, path: str) -> None:
    page = owner.open(f"/en/mon-espace/{path}")
    assert (page.status, page.language) == (200, "en")

"""The pages of programs, as staff and visitors use them."""

import io

import pytest
from flask import Flask
from PIL import Image

from certif.kit.access import Role
from certif.kit.db import transaction
from certif.programs import draft_of, program_by_slug, version_in_force
from certif.territory import partners, region
from tests.pages import Visitor
from tests.programs.making import make_program, publish, staff

SLUG = "programme-d-essai"
BASE = f"/personnel/programmes/{SLUG}"


@pytest.fixture
def program(app):
    with transaction():
        made = make_program()
        publish(made, model="oser-jeunes")
    return made


@pytest.fixture
def manager(app, program):
    return staff(app, Role.MANAGER, program)


def test_anyone_reads_the_promise_and_the_floor_as_two_things(visitor, program):
    shown = visitor.open("/programmes").follow("Programme d’essai")
    assert shown.status == 200
    headings = [heading.get_text() for heading in shown.soup.find_all("h2")]
    assert headings[:2] == ["La promesse", "Le plancher légal"]
    promise, floor = shown.soup.select(".promise-and-floor__side")
    assert "17 heures par semaine" in promise.get_text()
    assert "art. 84.4" in floor.get_text()
    assert "art. 84.4" not in promise.get_text()
    assert visitor.open(f"/en/programmes/{SLUG}").status == 200


def test_a_program_without_a_version_is_not_there_for_the_public(visitor, app):
    with transaction():
        make_program("Secret")
    assert visitor.open("/programmes/secret").status == 404
    assert "Secret" not in visitor.open("/programmes").text


def test_an_administrator_creates_a_program_and_publishes_it(app):
    admin = staff(app, Role.ADMIN)
    body = partners(region=region("15"))[0].ref
    page = admin.open("/personnel/programmes").follow("Créer un programme")
    page = page.fill("Créer", name="Études d'abord", region="15", body=body, model="generation-c4")
    assert page.h1 == "Études d’abord"
    page = page.follow("Continuer le brouillon").follow("Passer à la publication").fill("Publier la version 1")
    assert "La version 1 est publiée" in page.text
    assert version_in_force(program_by_slug("etudes-d-abord")).model == "generation-c4"


def test_a_manager_prepares_the_next_version_page_by_page(app, program, manager):
    page = manager.open(BASE).fill("Préparer la version suivante")
    assert page.h1 == "Brouillon de la version 2"
    terms = {"price": "25", "requires_contribution": True, "methods": ["card", "cheque"], "grace_days": "45"}
    page = page.follow("Modalités").fill("Enregistrer", **terms, entry_level_months="24", sample_percent="10")
    page = page.follow("Présentation").fill("Enregistrer", card_fr="Payez en ligne : c'est simple.", card_en="Pay online: it's simple.")
    page = page.follow("Heures").fill("Enregistrer", everyone_week_hours="15", everyone_latest_finish="21:30")
    assert "au plus 15 h par semaine" in page.text
    assert "fin au plus tard à 21 h 30" in page.text
    page = (
        page.follow("Niveaux")
        .follow("Ajouter un niveau")
        .fill("Enregistrer", name_fr="Platine", name_en="Platinum", colour="#334455", position="1")
    )
    assert page.soup.select(".entry strong")[0].get_text() == "Platine"
    page = page.fill("Retirer Bronze")
    page = manager.open(f"{BASE}/brouillon/engagements").follow("Ajouter")
    page = page.fill("Enregistrer", promise_fr="dire merci", promise_en="say thank you", position="1")
    assert "dire merci" in page.text
    page = page.follow("Modifier").fill("Enregistrer", promise_fr="dire un grand merci")
    page = page.fill("Retirer l’engagement 2")
    page = manager.open(f"{BASE}/brouillon").follow("Texte du contrat").fill("Enregistrer", title_fr="Notre contrat")
    page = manager.open(f"{BASE}/publication")
    for words in ("Platine", "25,00 $, requise", "dire un grand merci", "Engagement retiré"):
        assert words in page.text
    page = page.fill("Publier la version 2")
    assert page.status == 200
    version = version_in_force(program)
    assert (version.number, version.price_cents, version.grace_days) == (2, 2500, 45)
    assert version.rules.instructions["card"].fr == "Payez en ligne\u00a0: c’est simple."
    assert version.rules.contract.title.fr == "Notre contrat"
    assert (version.rules.entry_level_months, version.rules.sample_percent) == (24, 10)
    assert "a publié la version 2" in manager.open(BASE).text
    assert "Platine" in manager.open(f"{BASE}/versions/1/2").text


def test_saving_a_page_unchanged_changes_nothing(app, program, manager):
    manager.open(BASE).fill("Préparer la version suivante")
    before = draft_of(program).rules, draft_of(program).terms
    for part in ("modalites", "heures", "textes", "contrat"):
        manager.open(f"{BASE}/brouillon/{part}").fill("Enregistrer")
    manager.open(f"{BASE}/brouillon/engagements").follow("Modifier").fill("Enregistrer")
    manager.open(f"{BASE}/brouillon/niveaux").follow("Modifier").fill("Enregistrer")
    assert (draft_of(program).rules, draft_of(program).terms) == before
    assert "a modifié le brouillon" not in manager.open(BASE).text


def test_20_hours_are_refused_with_the_rule_and_nothing_is_published(app, program, manager):
    manager.open(BASE).fill("Préparer la version suivante")
    page = manager.open(f"{BASE}/brouillon/heures").fill("Enregistrer", secondary_compulsory_week_hours="20")
    assert "Avant de publier" in page.text
    page = page.follow("Passer à la publication").fill("Publier")
    assert page.status == 409
    assert any("Loi sur les normes du travail, art. 84.4" in sentence for sentence in page.errors())
    assert version_in_force(program).number == 1


def test_bad_numbers_are_answered_and_kept(app, program, manager):
    manager.open(BASE).fill("Préparer la version suivante")
    page = manager.open(f"{BASE}/brouillon/modalites").fill("Enregistrer", price="beaucoup", validity_months="0")
    assert page.status == 422
    assert len(page.errors()) == 2
    page = manager.open(f"{BASE}/brouillon/heures").fill("Enregistrer", cegep_week_hours="-1")
    assert page.status == 422
    page = manager.open(f"{BASE}/brouillon/niveaux").follow("Modifier").fill("Enregistrer", colour="rouge")
    assert page.status == 422


def test_a_program_is_paused_and_reopened(visitor, program, manager):
    page = manager.open(BASE).follow("Mettre en pause").fill("Mettre en pause", reason="Fin du financement")
    assert "Fin du financement" in page.text
    assert "Programme en pause" in visitor.open(f"/programmes/{SLUG}").text
    assert "Fin du financement" not in visitor.open(f"/programmes/{SLUG}").text
    page = page.fill("Rouvrir le programme")
    assert "Programme en pause" not in page.text


def test_a_draft_can_be_thrown_away(program, manager):
    manager.open(BASE).fill("Préparer la version suivante").fill("Jeter le brouillon")
    assert draft_of(program) is None
    assert manager.open(f"{BASE}/brouillon").status == 404


def test_the_contract_is_read_in_both_languages_before_it_is_published(program, manager):
    page = manager.open(f"{BASE}/versions/1/contrat")
    assert [article["lang"] for article in page.soup.select("article")] == ["fr", "en"]
    assert page.text.count("Empreinte SHA-256") == 2
    manager.open(BASE).fill("Préparer la version suivante")
    assert "Empreinte" not in manager.open(f"{BASE}/versions/2/contrat").text


def test_the_territory_can_be_limited(program, manager):
    page = manager.open(f"{BASE}/territoire").fill("Enregistrer", mrcs=["joliette"])
    assert "Territoire : Joliette" in page.text


def test_a_logo_is_redrawn_and_shown(app, program, manager):
    manager.open(BASE).fill("Préparer la version suivante")
    picture = io.BytesIO()
    Image.new("RGB", (1600, 400), "#0f4a3c").save(picture, "JPEG")
    page = _send_logo(manager, picture.getvalue())
    assert page.status == 200
    manager.open(f"{BASE}/publication").fill("Publier")
    answer = Visitor(app).client.get(f"/programmes/{SLUG}/logo.png", base_url=manager.base)
    assert Image.open(io.BytesIO(answer.data)).size == (800, 200)


def test_what_is_not_a_picture_is_refused(program, manager):
    manager.open(BASE).fill("Préparer la version suivante")
    page = _send_logo(manager, b"<svg onload='x()'/>")
    assert page.status == 409
    assert "PNG, JPEG ou WebP" in page.errors()[0]


def _send_logo(manager, content):
    form = manager.open(f"{BASE}/brouillon/logo").soup.main.find("form")
    token = form.find("input", attrs={"name": "csrf_token"})["value"]
    data = {"csrf_token": token, "picture": (io.BytesIO(content), "logo.png")}
    return manager.send(f"{BASE}/brouillon/logo", data)


EDITING = (
    "brouillon",
    "brouillon/modalites",
    "brouillon/heures",
    "publication",
    "pause",
    "territoire",
    "brouillon/niveaux",
    "brouillon/logo",
)


@pytest.mark.parametrize("role", [Role.AGENT, Role.PARTNER])
def test_agents_and_partners_read_but_do_not_edit(app: Flask, program, manager, role):
    manager.open(BASE).fill("Préparer la version suivante")
    reader = staff(app, role, program)
    page = reader.open(BASE)
    assert page.status == 200
    assert "Préparer" not in page.text
    assert "Mettre en pause" not in page.text
    assert reader.open(f"{BASE}/versions/2").status == 200
    for path in EDITING:
        assert reader.open(f"{BASE}/{path}").status == 403


def test_the_staff_of_another_program_find_nothing(app: Flask, program, manager):
    manager.open(BASE).fill("Préparer la version suivante")
    with transaction():
        other = make_program("Ailleurs", code="15")
    stranger = staff(app, Role.MANAGER, other)
    for path in ("", "/versions/1", "/versions/1/contrat", *(f"/{path}" for path in EDITING)):
        assert stranger.open(f"{BASE}{path}").status == 404
    assert "Programme d’essai" not in stranger.open("/personnel/programmes").text
    assert stranger.open("/personnel/programmes/nouveau").status == 403


def test_a_list_costs_the_same_for_one_program_and_for_many(app: Flask, visitor, program):
    from sqlalchemy import event

    from certif.kit.db import db

    def cost():
        statements = []
        listener = lambda *args: statements.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        try:
            visitor.open("/programmes")
        finally:
            event.remove(db.engine, "before_cursor_execute", listener)
        return len([one for one in statements if one.startswith("SELECT")])

    first = cost()
    with transaction():
        for number in range(8):
            publish(make_program(f"Autre {number}", code=f"0{number + 1}"))
    assert cost() == first > 0


def test_a_manager_says_where_the_team_is_written_to_and_anyone_reads_it(visitor, manager, program):
    assert "Il manque l’adresse postale" in manager.open(BASE).text
    assert "Une question" not in visitor.open(f"/programmes/{SLUG}").text
    form = manager.open(BASE).follow("Donner les coordonnées")
    assert form.fill("Enregistrer", postal_address="", email="nous@exemple.com").status == 422
    page = form.fill("Enregistrer", postal_address="12, rue du Test\nJoliette (Québec) J6E 3Z9", email="nous@exemple.com")
    assert "12, rue du Test" in page.text
    assert "Il manque" not in page.text
    shown = visitor.open(f"/programmes/{SLUG}")
    assert "Une question" in shown.text
    assert shown.soup.main.find("a", href="mailto:nous@exemple.com")
    again = manager.open(BASE).follow("Changer les coordonnées")
    assert again.soup.main.find("textarea").get_text(strip=True).startswith("12, rue du Test")

"""Questionnaires as staff see them: brought in as a file with its faults by line, taken away, copied, changed, compared, published."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict

from certif.kit.access import Role
from certif.kit.db import db
from certif.programs import Program
from certif.surveys import Questionnaire
from tests.factories import Person, make_program, make_staff
from tests.surveys.running import file_of, make_questionnaire

IMPORT = "/personnel/questionnaires/importation"


@pytest.fixture
def manager(program: Program) -> Person:
    """Who decides what it asks."""
    return make_staff(Role.MANAGER, program)


def only_one() -> Questionnaire:
    """Give the only questionnaire there is."""
    return db.session.scalars(select(Questionnaire)).one()


def test_a_file_is_pasted_published_and_taken_away_as_it_was(manager: Person) -> None:
    page = manager.open(IMPORT).fill("Lire", content=file_of("parents-14"))
    assert page.h1 == "Un court questionnaire, version 1"
    assert "Votre enfant travaille-t-il" in page.text
    page = page.fill("Publier")
    assert "il ne changera plus" in page.text
    taken = manager.client.get(f"/personnel/questionnaires/{only_one().ref}/fichier.yaml", base_url=manager.base)
    assert taken.headers["Content-Disposition"] == "attachment; filename=parents-14-1.yaml"
    page = manager.open(IMPORT).fill("Lire", content=taken.get_data(as_text=True))
    assert page.h1 == "Un court questionnaire, version 2"
    page = page.fill("Publier")
    assert page.status == 409, "nothing changes since version 1"


def test_the_faults_of_a_file_are_said_by_line_and_its_text_stays_to_be_mended(manager: Person) -> None:
    wrong = file_of("parents-14").replace("kind: choice", "kind: colour").replace("      en: Does your child work?\n", "")
    typed = MultiDict({"csrf_token": manager.open(IMPORT).soup.find("input", attrs={"name": "csrf_token"})["value"]})
    typed["program"] = manager.open(IMPORT).soup.select_one("[name=program] option")["value"]
    sent = {**typed.to_dict(), "file": FileStorage(io.BytesIO(wrong.encode()), "q.yaml"), "content": ""}
    page = manager.send(IMPORT, sent)  # type: ignore[arg-type]
    assert page.status == 422
    assert len(page.errors()) >= 2
    assert all(error.startswith("Ligne ") for error in page.errors())
    assert page.soup.find("textarea").get_text().strip() == wrong.strip()
    assert db.session.scalars(select(Questionnaire)).all() == []


@pytest.mark.parametrize("sent", [b"\xff\xfe\x00", b"a: [", b"&a [*a]", b"x" * 300_000, b"", b"<script>alert(1)</script>"])
def test_what_is_no_questionnaire_is_a_sentence_and_leaves_nothing(manager: Person, sent: bytes) -> None:
    form = manager.open(IMPORT)
    typed = {
        "csrf_token": form.soup.find("input", attrs={"name": "csrf_token"})["value"],
        "program": form.soup.select_one("[name=program] option")["value"], "content": "",
        "file": FileStorage(io.BytesIO(sent), "q.yaml"),
    }  # fmt: skip
    manager.inspects = False
    page = manager.send(IMPORT, typed)  # type: ignore[arg-type]
    assert page.status in {409, 422}
    assert page.errors()
    assert "<script>alert" not in page.response.get_data(as_text=True)
    assert db.session.scalars(select(Questionnaire)).all() == []


def test_nothing_sent_is_said(manager: Person) -> None:
    page = manager.open(IMPORT).fill("Lire")
    assert (page.status, page.errors()) == (422, ["Choisissez un fichier, ou collez son texte."])


def test_a_copy_is_changed_as_a_file_and_compared(manager: Person, program: Program) -> None:
    first = make_questionnaire(program)
    page = manager.open(f"/personnel/questionnaires/{first.ref}/copie").fill("Copier")
    assert page.h1 == "Un court questionnaire, version 2"
    draft = page.path.rsplit("/", 1)[-1]
    edit = manager.open(f"/personnel/questionnaires/{draft}/modification")
    text = edit.soup.find("textarea").get_text()
    page = edit.fill("Garder", content=text.replace("travaille-t-il", "travaille-t-il beaucoup"))
    assert "travaille-t-il beaucoup" in page.text
    compared = manager.open(f"/personnel/questionnaires/{draft}/comparaison").fill("Comparer", avec=first.ref)
    assert "Question reformulée" in compared.text
    assert manager.open(f"/personnel/questionnaires/{draft}/comparaison").status == 200
    page = manager.open(f"/personnel/questionnaires/{draft}/modification").fill("Garder", content="slug: [")
    assert page.status == 422
    assert "slug: [" in page.soup.find("textarea").get_text(), "what was typed stays"
    page = manager.open(f"/personnel/questionnaires/{draft}").fill("Jeter ce brouillon")
    assert "Le brouillon est jeté." in page.text


def test_what_is_published_is_changed_by_nobody(manager: Person, program: Program) -> None:
    found = make_questionnaire(program)
    page = manager.open(f"/personnel/questionnaires/{found.ref}")
    assert "Modifier le fichier" not in page.text
    page = manager.open(f"/personnel/questionnaires/{found.ref}/modification").fill("Garder")
    assert page.status == 409
    assert "il ne change plus" in page.text


def test_an_agent_reads_and_a_stranger_finds_nothing(program: Program) -> None:
    found = make_questionnaire(program)
    agent = make_staff(Role.AGENT, program)
    assert agent.open(f"/personnel/questionnaires/{found.ref}").status == 200
    assert "Importer" not in agent.open("/personnel/questionnaires").text
    assert agent.open(IMPORT).status == 403
    stranger = make_staff(Role.MANAGER, make_program(code="03"))
    assert stranger.open(f"/personnel/questionnaires/{found.ref}").status == 404
    assert "court" not in stranger.open("/personnel/questionnaires").text

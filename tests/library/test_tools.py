"""What tools say: in versions that never change, found by anyone or by staff, hidden or adapted by a program, out of date, retired."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image
from sqlalchemy import inspect, select

from certif.kit import clock
from certif.kit.access import Role
from certif.kit.audit import history
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.sent_files import SentFile
from certif.library import load_tools, tools_of
from certif.library.actions import adapt_tool, hide_tool, publish_version, retire_tool, review_tool
from certif.library.model import Tool
from certif.library.papers import sheet_pdf
from certif.library.prose import blocks, plain
from certif.library.queries import newest_of, tools_to_review, versions_of
from certif.programs import Text
from tests import factories
from tests.factories import unit
from tests.library.making import BOSS, in_a_year, make_beat, make_tool, publish, upload, wording
from tests.pages import Visitor
from tests.statements import statements


def test_a_tool_is_written_published_and_read_by_anyone(app: object, visitor: Visitor) -> None:
    manager = factories.make_staff(Role.MANAGER, factories.make_program())
    page = manager.open("/personnel/bibliotheque/nouveau")
    page = page.fill(None, title_fr="Nos horaires", kind="kit", audience="parents", is_public=True)
    assert page.h1 == "Version 1 de « Nos horaires »"
    assert visitor.open("/outils/nos-horaires").status == 404, "nothing is published yet"
    page = page.fill(None, summary_fr="Deux mots.", text_fr="## Titre\n\n- une ligne\n- une autre")
    assert "La version 1 est publiée." in page.response.get_data(as_text=True)
    read = visitor.open("/outils/nos-horaires")
    assert (read.h1, [one.text for one in read.soup.main.find_all("li")][:2]) == ("Nos horaires", ["une ligne", "une autre"])
    assert "Cet outil n’existe qu’en français" not in read.text
    english = visitor.open("/en/outils/nos-horaires")
    assert english.soup.select_one(".prose")["lang"] == "fr", "what has no English says so"


def test_a_version_follows_another_and_changes_nothing_of_it(app: object) -> None:
    tool = make_tool()
    first = newest_of(tool)
    said = first.text_fr
    publish(tool, text=Text("Autre chose.", "Something else."))
    db.session.expire_all()
    assert [(one.number, one.text_fr) for one in versions_of(tool)] == [(2, "Autre chose."), (1, said)]


def test_whoever_wrote_on_an_older_version_is_told(app: object) -> None:
    tool = make_tool()
    publish(tool)
    with pytest.raises(Refusal, match="Une autre version vient"), unit():
        publish_version(tool, wording(), seen=1, by=BOSS)


def test_the_database_refuses_a_second_version_of_the_same_number(app: object) -> None:
    uniques = inspect(db.engine).get_unique_constraints("tool_version")
    assert ["tool_id", "number"] in [one["column_names"] for one in uniques]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"text": Text("", "")}, "en français"),
        ({"text": Text("Oui.", "")}, "ou aucun des trois"),
        ({"review_on": dt.date(2020, 1, 1)}, "doit être à venir"),
        ({"uploads": [upload(b"MZ\x90\x00", "virus.exe")]}, "."),
        ({"uploads": [upload(b"%PDF-1.4 rien", "faux.pdf")]}, "ne s’ouvre pas"),
    ],
)
def test_what_may_not_be_published_is_refused_and_leaves_nothing(app: object, said: dict[str, object], sentence: str) -> None:
    tool = make_tool(says=False)
    with pytest.raises(Refusal) as refused, unit():
        publish_version(tool, wording(**said), seen=0, by=BOSS)
    assert sentence in str(refused.value)


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG", pnginfo=None)
    return drawn.getvalue()


def test_files_are_looked_into_kept_with_their_version_and_taken_away(app: object, visitor: Visitor) -> None:
    sheet = sheet_pdf(newest_of(make_tool(title="Source")), "fr", None)
    tool = make_tool()
    publish(tool, uploads=[upload(sheet, "Affiche été.pdf"), upload(picture(), "photo.png")])
    answer = visitor.client.get(f"/outils/{tool.slug}/fichiers/affiche-ete.pdf", base_url=visitor.base)
    assert (answer.status_code, answer.data) == (200, sheet)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    redrawn = visitor.client.get(f"/outils/{tool.slug}/fichiers/photo.jpg", base_url=visitor.base)
    assert redrawn.data.startswith(b"\xff\xd8"), "a picture is drawn again"
    publish(tool, kept=["affiche-ete.pdf"])
    assert visitor.open(f"/outils/{tool.slug}/fichiers/photo.jpg").status == 404, "the newest version does not have it"
    assert len(db.session.scalars(select(SentFile)).all()) == 2, "the older version still does"


def test_a_sheet_is_a_tagged_pdf_in_each_language_and_look(app: object, visitor: Visitor) -> None:
    program = factories.make_program()
    tool = make_tool(program)
    for path in (f"/outils/{tool.slug}/fiche.pdf", f"/en/outils/{tool.slug}/fiche.pdf?programme={program.slug}"):
        answer = visitor.client.get(path, base_url=visitor.base)
        assert answer.data.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in answer.data


def test_what_is_not_public_is_found_by_staff_alone(app: object, visitor: Visitor) -> None:
    program = factories.make_program()
    tool = make_tool(program, "Mode d’emploi interne", is_public=False)
    assert visitor.open(f"/outils/{tool.slug}").status == 404
    assert visitor.client.get(f"/outils/{tool.slug}/fiche.pdf", base_url=visitor.base).status_code == 404
    assert "interne" not in visitor.open("/outils").text
    partner = factories.make_staff(Role.AGENT, program)
    assert partner.open(f"/personnel/bibliotheque/outils/{tool.slug}").status == 200
    stranger = factories.make_staff(Role.AGENT, factories.make_program(code="02"))
    assert stranger.open(f"/personnel/bibliotheque/outils/{tool.slug}").status == 404


def test_filters_live_in_the_address(app: object, visitor: Visitor) -> None:
    make_tool(title="Horaires doux")
    make_tool(title="Élèves et été", audience="students", kind="kit")
    page = visitor.open("/outils?clientele=students&genre=kit")
    assert [one.get_text() for one in page.soup.select(".tool-list__title")] == ["Élèves et été"]
    assert [one.get_text() for one in visitor.open("/outils?q=ELEVES ete").soup.select(".tool-list__title")] == ["Élèves et été"]
    assert "Aucun outil ne répond" in visitor.open("/outils?q=zzz").text


def test_the_library_costs_the_same_for_one_tool_and_for_twenty(app: object, visitor: Visitor) -> None:
    make_tool(title="Premier")
    with statements() as for_one:
        visitor.open("/outils")
    for number in range(20):
        make_tool(title=f"Outil {number}")
    with statements() as for_many:
        visitor.open("/outils")
    assert len(for_many) == len(for_one) <= 3


def test_a_tool_of_all_is_edited_by_administrators_alone(app: object) -> None:
    tool, program = make_tool(), factories.make_program()
    manager = factories.make_staff(Role.MANAGER, program)
    assert manager.open(f"/personnel/bibliotheque/outils/{tool.slug}/version").status == 404
    assert factories.make_staff(Role.ADMIN).open(f"/personnel/bibliotheque/outils/{tool.slug}/version").status == 200
    with pytest.raises(Refusal, match="Seule l’administration"), unit():
        retire_tool(tool, by=manager.actor)


def test_a_program_hides_a_tool_of_all_and_shows_it_again(app: object, visitor: Visitor) -> None:
    tool, program = make_tool(), factories.make_program()
    page = factories.make_staff(Role.MANAGER, program).open(f"/personnel/bibliotheque/outils/{tool.slug}").fill("Masquer")
    assert "masqué" in page.text
    assert tool not in tools_of(program)
    assert tool.title not in visitor.open(f"/outils?programme={program.slug}").text
    assert tool.title in visitor.open("/outils").text, "elsewhere it is shown"
    page.fill("Montrer de nouveau")
    assert tool in tools_of(program)


def test_a_program_makes_a_tool_of_all_its_own_with_a_link_to_its_origin(app: object, visitor: Visitor) -> None:
    tool, program = make_tool(), factories.make_program()
    manager = factories.make_staff(Role.MANAGER, program)
    page = manager.open(f"/personnel/bibliotheque/outils/{tool.slug}/adaptation").fill(None, program=program.slug)
    page.fill(None, title_fr="Nos horaires doux", review_on=in_a_year())
    listed = visitor.open(f"/outils?programme={program.slug}")
    assert [one.get_text() for one in listed.soup.select(".tool-list__title")] == ["Nos horaires doux"]
    assert listed.follow("Nos horaires doux").follow("Lire l’outil provincial").h1 == tool.title_fr
    with pytest.raises(Refusal, match="déjà sa propre version"), unit():
        adapt_tool(tool, program, by=BOSS)


def test_what_is_out_of_date_is_listed_until_somebody_looked_again(app: object) -> None:
    program = factories.make_program()
    manager, tool = factories.make_staff(Role.MANAGER, program), make_tool(program)
    publish(tool, review_on=clock.today() + dt.timedelta(days=1))
    assert tools_to_review(manager.actor) == 0
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        manager = factories.sign_in(manager, manager.user, second_factor=True)
        assert tools_to_review(manager.actor) == 1
        page = manager.open("/personnel/bibliotheque?etat=a-revoir").follow(tool.title_fr)
        page.follow("encore juste").fill(None, next_on=in_a_year())
        assert tools_to_review(manager.actor) == 0
    db.session.expire_all()
    assert any("encore juste" in one.sentence for one in history(tool))


def test_a_review_of_what_has_changed_since_is_refused(app: object) -> None:
    tool = make_tool()
    publish(tool)
    with pytest.raises(Refusal, match="a changé depuis"), unit():
        review_tool(tool, in_a_year(), seen=1, by=BOSS)


def test_a_retired_tool_is_shown_to_nobody_and_changed_by_nobody(app: object, visitor: Visitor) -> None:
    program = factories.make_program()
    tool = make_tool(program)
    factories.make_staff(Role.MANAGER, program).open(f"/personnel/bibliotheque/outils/{tool.slug}/retrait").fill(None)
    assert visitor.open(f"/outils/{tool.slug}").status == 404
    assert tool.slug not in [one.slug for one in tools_of(program)]
    with pytest.raises(Refusal, match="est retiré"):
        publish(tool)


def test_a_program_may_not_hide_what_is_a_programs_own(app: object) -> None:
    program = factories.make_program()
    with pytest.raises(Refusal, match="appartient à un programme"), unit():
        hide_tool(make_tool(program), program, by=BOSS)


def test_what_comes_with_the_platform_is_there_once_and_readable(app: object, visitor: Visitor) -> None:
    make_beat()
    assert not load_tools(), "a second time, there is nothing to load"
    for path in ("/outils", "/en/outils"):
        page = visitor.open(path)
        assert len(page.soup.select(".tool-list__title")) >= 7
    for slug in db.session.scalars(select(Tool.slug).where(Tool.is_public)).all():
        assert visitor.open(f"/outils/{slug}").status == 200
        assert "Sources" in visitor.open(f"/outils/{slug}").text or "modele" in slug
    assert visitor.client.get("/en/outils/equilibre-etudes-travail/fiche.pdf", base_url=visitor.base).data.startswith(b"%PDF-")


def test_nothing_that_is_typed_becomes_code() -> None:
    said = blocks("<b>gras</b> [lien](javascript:x)\n\n## Titre\nsuite\n- un\n  encore\n- deux\n\n- seul")
    assert [(one.kind, one.text or one.lines) for one in said] == [
        ("text", "<b>gras</b> [lien](javascript:x)"), ("heading", "Titre"), ("text", "suite"), ("list", ["un encore", "deux"]),
        ("list", ["seul"]),
    ]  # fmt: skip
    assert plain("## Titre\nmot\n\n- un") == "TITRE\n\nmot\n\n- un"


def test_markup_that_was_typed_is_shown_as_it_was_typed(app: object) -> None:
    tool = make_tool()
    publish(tool, text=Text("<script>x()</script>", "<script>x()</script>"))
    html = Visitor(app, inspects=False).open(f"/outils/{tool.slug}").response.get_data(as_text=True)  # type: ignore[arg-type]
    assert "&lt;script&gt;x()" in html

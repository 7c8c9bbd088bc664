"""How many tools went where: noted by hand or by a report, downloaded by anyone, counted without anybody's identity."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from certif.kit import clock, tallies
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.library import Span, downloaded, hand_out, handed_out
from certif.library.handing import note_hand_out, remove_hand_out
from certif.library.model import HandOut
from certif.library.versions import ToolDownload
from certif.programs import Program
from certif.territory import PartnerKind, add_partner, mrcs
from tests import factories
from tests.factories import unit
from tests.library.making import BOSS, make_tool, publish
from tests.pages import Visitor, _forget_the_request


def span(program: Program | None = None) -> Span:
    """Give the last month."""
    return Span(clock.today() - dt.timedelta(days=30), clock.today(), program)


def note(program: Program, count: int = 5, place: int = 0, **said: object) -> None:
    """Note by hand that copies went somewhere."""
    with unit():
        tool = said.pop("tool", None) or make_tool(program)
        note_hand_out(
            tool, program, count, mrc=mrcs(program.region)[place], audience=str(said.pop("audience", "employers")),
            on=clock.today(), by=said.pop("by", BOSS),
        )  # type: ignore[arg-type]  # fmt: skip


def test_what_is_noted_by_hand_is_counted_by_tool_place_and_audience(app: object) -> None:
    program = factories.make_program()
    make_tool(program, "Fiche à remettre")
    agent = factories.make_staff(Role.AGENT, program)
    place = mrcs(program.region)[1]
    page = agent.open("/personnel/remises/notes").follow("Noter une remise")
    page = page.fill(None, tool="fiche-a-remettre", count=12, mrc=place.slug, audience="parents")
    assert "12 × Fiche à remettre" in page.text
    counts = agent.open("/personnel/remises")
    assert [cell.get_text() for cell in counts.soup.select("table tr")[-1].find_all(["th", "td"])][-1] == "12"
    assert [(row.place, row.audience, row.count) for row in handed_out(agent.actor, span())] == [(place.name, "Parents", 12)]
    text = agent.client.get("/personnel/remises.csv", base_url=agent.base).get_data(as_text=True)
    assert f"Fiche à remettre;{place.name};Parents;12" in text
    assert agent.client.get("/personnel/remises.xlsx", base_url=agent.base).data.startswith(b"PK")


def test_a_meeting_counts_a_tool_once_however_often_its_report_comes(app: object) -> None:
    program, tool = factories.make_program(), make_tool()
    for subject in ("visite-1", "visite-1", "visite-2"):
        with unit():
            hand_out(tool, program, 3, mrc=None, audience="employers", on=clock.today(), subject=subject, by=BOSS)
    assert [row.count for row in handed_out(BOSS, span(program))] == [6]


def test_without_a_subject_nothing_is_counted_once(app: object) -> None:
    program, tool = factories.make_program(), make_tool()
    for _each in range(2):
        with unit():
            hand_out(tool, program, 3, mrc=None, audience="employers", on=clock.today(), subject=None, by=BOSS)
    assert [row.count for row in handed_out(BOSS, span(program))] == [6], "two people may hand out the same the same day"


def test_a_partner_notes_and_counts_in_its_own_territory_alone(app: object) -> None:
    program = factories.make_program()
    here, there = mrcs(program.region)[:2]
    with unit():
        partner = add_partner("CJE d’ici", kind=PartnerKind.CJE, source="Test", mrcs=[here], by=BOSS)
    person, tool = factories.make_staff(Role.PARTNER, program, partner=partner), make_tool(program)
    note(program, 7, place=1, tool=tool)
    note(program, 4, place=0, tool=tool, by=person.actor)
    with pytest.raises(Refusal, match="n’est pas le vôtre"):
        note(program, 1, place=1, tool=tool, by=person.actor)
    assert [row.count for row in handed_out(person.actor, span())] == [4]
    form = person.open(f"/personnel/remises/programmes/{program.slug}/nouvelle")
    assert [one["value"] for one in form.soup.select("#mrc option")] == [here.slug]
    others = db.session.scalars(select(HandOut).where(HandOut.mrc_id == there.id)).one()
    assert person.open(f"/personnel/remises/notes/{others.ref}/retrait").status == 404


def test_another_region_sees_nothing_of_it(app: object) -> None:
    note(factories.make_program())
    stranger = factories.make_staff(Role.MANAGER, factories.make_program(code="02"))
    assert handed_out(stranger.actor, span()) == []
    assert "Aucune remise notée" in stranger.open("/personnel/remises/notes").text


def test_a_wrong_note_is_taken_back_but_not_that_of_a_report(app: object) -> None:
    program = factories.make_program()
    note(program)
    agent = factories.make_staff(Role.AGENT, program)
    agent.open("/personnel/remises/notes").follow("Retirer").fill(None)
    assert handed_out(agent.actor, span()) == []
    with unit():
        hand_out(make_tool(), program, 3, mrc=None, audience="employers", on=clock.today(), subject="visite", by=BOSS)
    with pytest.raises(Refusal, match="compte rendu"), unit():
        remove_hand_out(db.session.scalars(select(HandOut)).one(), by=BOSS)


def test_what_is_to_come_is_not_noted(app: object) -> None:
    program = factories.make_program()
    with pytest.raises(Refusal, match="à venir"), unit():
        tomorrow = clock.today() + dt.timedelta(days=1)
        note_hand_out(make_tool(program), program, 1, mrc=mrcs(program.region)[0], audience="parents", on=tomorrow, by=BOSS)


def test_downloads_are_counted_by_version_and_language_and_by_nobody(app: object, visitor: Visitor) -> None:
    program = factories.make_program()
    tool = make_tool(program)
    tallies.forget()
    take(visitor, f"/outils/{tool.slug}/fiche.pdf", 2)
    take(visitor, f"/en/outils/{tool.slug}/fiche.pdf?programme={program.slug}")
    publish(tool)
    take(visitor, f"/outils/{tool.slug}/fiche.pdf")
    assert db.session.scalars(select(ToolDownload)).all() == [], "a page that is read writes nothing"
    tallies.flush()
    found = {(row.number, row.language): row.count for row in downloaded(BOSS, span())}
    assert found == {(1, "fr"): 2, (1, "en"): 1, (2, "fr"): 1}
    assert {column.key for column in ToolDownload.__table__.columns} == {"tool_id", "number", "language", "day", "program", "count"}
    stranger = factories.make_staff(Role.MANAGER, factories.make_program(code="02"))
    assert downloaded(stranger.actor, span()) == []


def test_robots_are_not_counted(app: object, visitor: Visitor) -> None:
    tool = make_tool()
    tallies.forget()
    take(visitor, f"/outils/{tool.slug}/fiche.pdf", agent="Googlebot/2.1")
    assert tallies.flush() == 0
    take(visitor, f"/outils/{tool.slug}/fiche.pdf")
    assert tallies.flush() == 1


def take(visitor: Visitor, path: str, times: int = 1, agent: str = "Mozilla/5.0 (X11; Linux) Firefox/140.0") -> None:
    """Take something away, as a browser does."""
    for _each in range(times):
        _forget_the_request()
        assert visitor.client.get(path, base_url=visitor.base, headers={"User-Agent": agent}).status_code == 200

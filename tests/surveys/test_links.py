"""Links that serve once, as staff get them: a sheet, or slips to cut out; nothing kept tells them."""

from __future__ import annotations

import csv
import io
from contextlib import nullcontext
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from certif.kit import audit, tokens
from certif.kit.db import _may_write as may_write
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.surveys import DoorKind, Survey, SurveyInvitation, door_papers, door_views
from certif.surveys.door_actions import MOST_LINKS, draw_links, give_links
from tests.factories import Person, unit
from tests.faults.crowds import filled
from tests.surveys.running import BOSS, make_door, make_survey


@pytest.fixture
def survey(program: Program) -> Survey:
    """A survey that is open."""
    return make_survey(program)


def test_they_are_given_as_a_sheet_and_nothing_kept_tells_them(survey: Survey, agent: Person) -> None:
    door = make_door(survey, DoorKind.INVITATIONS)
    agent.open(f"/personnel/portes/{door.ref}/liens")
    answer = agent.open(f"/personnel/portes/{door.ref}/liens").fill("Faire les liens", count=25, look="csv").response
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"))[1:]
    links = [row[0].rsplit("/s/", 1)[1] for row in rows]
    assert len(set(links)) == 25
    kept = set(db.session.scalars(select(SurveyInvitation.token_digest)))
    assert kept == {tokens.digest(link) for link in links}
    assert not any(link in entry.facts for link in links for entry in db.session.scalars(select(audit.JournalEntry)))
    page = agent.open(f"/personnel/portes/{door.ref}")
    assert "Liens faits : 25" in page.text
    assert door.code not in page.text, "the code of such a way in opens nothing"


def test_slips_are_typeset_ten_to_a_sheet(survey: Survey, agent: Person) -> None:
    door = make_door(survey, DoorKind.INVITATIONS)
    press = filled(agent, f"/personnel/portes/{door.ref}/liens", count=11)
    answer = agent.client.post(press.path, data=press.typed, base_url=agent.base)
    assert answer.mimetype == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.data)).pages) == 2
    again = agent.client.post(press.path, data=press.typed, base_url=agent.base)
    assert again.status_code == 409, "the same press makes no others, and these cannot be shown again"


@pytest.mark.parametrize("waits", [False, True])
def test_nobody_who_writes_waits_while_slips_are_typeset(
    survey: Survey, agent: Person, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    door, held, whole = make_door(survey, DoorKind.INVITATIONS), list[bool](), door_papers.slips_of

    def watched(*given: Any, **more: Any) -> bytes:
        held.append(db.session().in_transaction() and may_write.get())
        return whole(*given, **more)

    monkeypatch.setattr(door_papers, "slips_of", watched)
    if waits:  # as it would be, were they typeset in the midst of writing
        monkeypatch.setattr(door_views, "let_go", lambda: None)
        monkeypatch.setattr(door_views, "reading", nullcontext)
    press = filled(agent, f"/personnel/portes/{door.ref}/liens", count=11)
    assert agent.client.post(press.path, data=press.typed, base_url=agent.base).mimetype == "application/pdf"
    assert held == [waits]
    assert db.session.scalar(select(func.count()).select_from(SurveyInvitation)) == 11


def test_only_such_a_way_in_gives_links_and_not_thousands_at_once(survey: Survey, agent: Person) -> None:
    door, invited = make_door(survey), make_door(survey, DoorKind.INVITATIONS)
    with pytest.raises(Refusal, match="s’ouvre par un code"), unit():
        give_links(door, draw_links(5), by=BOSS)
    with pytest.raises(Refusal, match="à la fois"):
        draw_links(MOST_LINKS + 1)
    assert agent.open(f"/personnel/portes/{door.ref}/liens").status == 404
    page = agent.open(f"/personnel/portes/{invited.ref}/liens").fill("Faire les liens", count=0)
    assert page.status == 422

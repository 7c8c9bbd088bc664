"""Beats: dates that follow no rule and are stored with their source, and a pack for each, in the colours of a program."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from certif.kit import clock
from certif.kit.access import Role
from certif.kit.errors import Refusal
from certif.library import coming_soon
from certif.library.beat_actions import date_beat, drop_piece, write_piece
from certif.library.beat_model import PieceKind
from certif.library.beat_queries import coming, dates_of, next_of, pieces_of
from certif.programs import Text
from tests import factories
from tests.factories import unit
from tests.library.making import BOSS, JPS, make_beat, make_piece
from tests.pages import Visitor

NOVEMBER = dt.datetime(2026, 11, 26, 15, tzinfo=dt.UTC)


def test_the_dates_of_each_year_are_stored_with_who_announced_them(app: object, visitor: Visitor) -> None:
    beat = make_beat()
    known = {one.year: (one.from_on.isoformat(), one.until_on.isoformat()) for one in dates_of(beat)}
    assert known[2026] == ("2026-02-16", "2026-02-20")
    assert known[2025] == ("2025-02-10", "2025-02-14")
    assert "cdcamos.org" in visitor.open(f"/outils/temps-forts/{JPS}").text


def test_a_beat_without_a_date_says_when_it_usually_is_and_never_guesses(app: object, visitor: Visitor) -> None:
    beat = make_beat()
    with clock.frozen(NOVEMBER):
        assert next_of(beat).date is None
        assert "annoncée chaque année" in visitor.open(f"/outils/temps-forts/{JPS}").text


def test_an_administrator_notes_the_dates_and_everyone_sees_them(app: object, visitor: Visitor) -> None:
    beat = make_beat()
    with clock.frozen(NOVEMBER):
        admin = factories.make_staff(Role.ADMIN)
        page = admin.open(f"/personnel/temps-forts/{JPS}/dates")
        page.fill(None, from_on="2027-02-19", until_on="2027-02-15", source="Annonce")
        page = page.fill(None, from_on="2027-02-15", until_on="2027-02-19", source="Annonce de l’automne")
        assert "Annonce de l’automne" in page.text
        assert next_of(beat).date is not None
        assert "15 février 2027" in visitor.open("/outils/temps-forts").text
        with unit():
            date_beat(beat, dt.date(2027, 2, 22), dt.date(2027, 2, 26), "Correction", by=BOSS)
        assert [one.from_on.day for one in dates_of(beat) if one.year == 2027] == [22], "noted anew, the year has one date"


def test_others_note_no_date(app: object) -> None:
    beat, manager = make_beat(), factories.make_staff(Role.MANAGER, factories.make_program())
    assert manager.open(f"/personnel/temps-forts/{JPS}/dates").status == 403
    with pytest.raises(Refusal, match="Seule l’administration"), unit():
        date_beat(beat, clock.today(), clock.today(), "x", by=manager.actor)
    with pytest.raises(Refusal, match="inversez-les"), unit():
        date_beat(beat, dt.date(2027, 2, 19), dt.date(2027, 2, 15), "x", by=BOSS)


def test_the_next_beats_come_first_and_are_said_to_staff(app: object) -> None:
    make_beat()
    with clock.frozen(NOVEMBER):
        assert [one.beat.slug for one in coming()][:2] == ["avant-les-fetes", JPS]
        assert {one.beat.slug for one in coming_soon()} == {"avant-les-fetes", JPS, "jeudi-persevert"}
        agent = factories.make_staff(Role.AGENT, factories.make_program())
        assert "Avant les Fêtes" in agent.open("/personnel").text


def test_a_program_adds_to_a_pack_and_takes_its_own_away(app: object, visitor: Visitor) -> None:
    beat, program = make_beat(), factories.make_program()
    manager = factories.make_staff(Role.MANAGER, program)
    page = manager.open(f"/personnel/trousses-temps-forts/{program.slug}/{JPS}").follow("Ajouter à la trousse")
    page = page.fill(None, kind="post", title_fr="Notre mot", text_fr="Bravo !")
    assert "Texte en français, 7 signes" in page.text
    assert "Notre mot" in visitor.open(f"/outils/temps-forts/{JPS}?programme={program.slug}").text
    assert "Notre mot" not in visitor.open(f"/outils/temps-forts/{JPS}").text
    page.follow("Retirer").fill(None)
    assert "Notre mot" not in visitor.open(f"/outils/temps-forts/{JPS}?programme={program.slug}").text
    of_all = pieces_of(beat, None)[0]
    assert manager.open(f"/personnel/trousses-temps-forts/{program.slug}/{JPS}/{of_all.ref}/retrait").status == 404
    with pytest.raises(Refusal, match="ne permet pas"), unit():
        drop_piece(of_all, by=manager.actor)


def test_half_a_translation_is_refused(app: object) -> None:
    beat, program = make_beat(), factories.make_program()
    with pytest.raises(Refusal, match="ou aucune"), unit():
        write_piece(beat, program, PieceKind.POST, Text("Titre", "Title"), Text("Texte"), by=BOSS)


def test_a_pack_holds_every_text_in_both_languages_and_every_poster(app: object, visitor: Visitor) -> None:
    beat, program = make_beat(), factories.make_program()
    make_piece(beat, program, "Notre mot")
    answer = visitor.client.get(f"/outils/temps-forts/{JPS}/trousse.zip?programme={program.slug}", base_url=visitor.base)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        names = pack.namelist()
        assert pack.testzip() is None
        posters = [name for name in names if name.endswith(".pdf")]
        assert len(posters) == 2, "in French, and with English beneath"
        assert all(pack.read(name).startswith(b"%PDF-") for name in posters)
        texts = {name: pack.read(name).decode() for name in names if name.endswith(".txt")}
    assert sum(name.endswith("-en.txt") for name in texts) == 4
    assert any(text.startswith("Notre mot\n") for text in texts.values())
    again = visitor.client.get(f"/outils/temps-forts/{JPS}/trousse.zip?programme={program.slug}", base_url=visitor.base)
    assert again.data == answer.data, "the same pack gives the same bytes"


def test_a_poster_is_typeset_with_the_dates_of_the_year(app: object, visitor: Visitor) -> None:
    beat = make_beat()
    poster = next(one for one in pieces_of(beat, None) if one.kind == PieceKind.POSTER)
    path = f"/outils/temps-forts/{JPS}/affiches/{poster.ref}.pdf"
    french = visitor.client.get(path, base_url=visitor.base).data
    both = visitor.client.get(f"{path}?bilingue=1", base_url=visitor.base).data
    assert french.startswith(b"%PDF-")
    assert french != both
    assert visitor.open(f"/outils/temps-forts/{JPS}/affiches/x.pdf").status == 404


@pytest.mark.parametrize("path", ["/outils/temps-forts", f"/outils/temps-forts/{JPS}", "/outils/veille", "/outils/temoignages"])
def test_each_page_opens_in_both_languages(app: object, visitor: Visitor, path: str) -> None:
    make_beat()
    assert (visitor.open(path).status, visitor.open(f"/en{path}").language) == (200, "en")

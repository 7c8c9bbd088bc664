"""The order of an evening: hours worked out, moments moved about, laureates put on stage as each may be named."""

from __future__ import annotations

import html
import io
import re
import zipfile

import pytest
from flask import Flask
from pypdf import PdfReader

from certif.consents import withdraw_consent
from certif.galas import MomentKind, papers
from certif.galas.evening import clock_time, run_sheet_of
from certif.galas.honours import honours_of, reading_seconds
from certif.galas.moment_actions import MOST_MOMENTS, add_award, drop_moment, move_moment, place_laureates, stage_laureates
from certif.galas.table_actions import seat_guest
from certif.kit import sent_files
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import french
from tests import factories
from tests.campaigns.making import make_campaign
from tests.factories import make_staff, unit
from tests.galas.making import BOSS, make_gala, make_guest, make_moment, make_organiser, make_table
from tests.selections.making import make_laureate
from tests.statements import statements

LONG = "Les Entreprises agroalimentaires coopératives de la Petite-Nation et des Hautes-Laurentides réunies, division de Saint-Côme-Linière"


def hours(gala) -> list[str]:  # type: ignore[no-untyped-def]
    return [f"{line.starts_at:%H:%M:%S}" for line in run_sheet_of(gala)]


def text_of(pdf: bytes) -> str:
    """Give the words of a PDF, where a line that goes on is one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def strings_of(book: bytes) -> list[str]:
    """Give the texts of a workbook, each once, as they come."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return [html.unescape(one) for one in re.findall(r"<t[^>]*>(.*?)</t>", parts.read("xl/sharedStrings.xml").decode(), re.DOTALL)]


def test_each_moment_begins_when_the_one_before_ends(app: Flask) -> None:
    gala = make_gala(factories.make_program())
    make_moment(gala, "Accueil", 600)
    make_moment(gala, "Repas", 4500, kind=MomentKind.MEAL)
    make_moment(gala, "Fin", 45)
    assert hours(gala) == ["18:30:00", "18:40:00", "19:55:00"]
    assert f"{run_sheet_of(gala)[-1].ends_at:%H:%M:%S}" == "19:55:45"


def test_an_evening_may_go_past_midnight(app: Flask) -> None:
    gala = make_gala(factories.make_program(), starts_at="23:30")
    make_moment(gala, "Danse", 3600, kind=MomentKind.MUSIC)
    make_moment(gala, "Fin", 60)
    assert hours(gala) == ["23:30:00", "00:30:00"]
    assert clock_time(run_sheet_of(gala)[1].starts_at) == "0\u00a0h\u00a030"


def test_a_citation_is_timed_for_reading_aloud() -> None:
    assert reading_seconds("") == 0
    assert reading_seconds("un mot " * 65) == 60, "130 words a minute"
    assert reading_seconds("mot") == 5, "to the next five seconds"


def test_moments_change_places_and_stop_at_the_ends(app: Flask) -> None:
    gala = make_gala(factories.make_program())
    first, second, third = (make_moment(gala, title) for title in ("un", "deux", "trois"))
    with unit():
        move_moment(third, is_up=True, by=BOSS)
        move_moment(first, is_up=False, by=BOSS)
    assert [line.title for line in run_sheet_of(gala)] == ["trois", "un", "deux"]
    with unit(), pytest.raises(Refusal):
        move_moment(third, is_up=True, by=BOSS)
    with unit(), pytest.raises(Refusal):
        move_moment(second, is_up=False, by=BOSS)


def test_moments_move_without_a_script(app: Flask) -> None:
    gala = make_gala(factories.make_program())
    organiser = make_organiser(gala)
    for title in ("Accueil", "Repas"):
        make_moment(gala, title)
    page = organiser.open(f"/mes-galas/{gala.ref}/deroulement").fill("Descendre")
    assert [line.title for line in run_sheet_of(gala)] == ["Repas", "Accueil"]
    assert page.h1 == "Déroulement"
    page.fill("Retirer")
    assert [line.title for line in run_sheet_of(gala)] == ["Accueil"]


def test_a_moment_is_added_where_it_is_wanted(app: Flask) -> None:
    gala = make_gala(factories.make_program())
    organiser, first = make_organiser(gala), make_moment(gala, "Accueil")
    make_moment(gala, "Fin")
    page = organiser.open(f"/mes-galas/{gala.ref}/deroulement/nouveau")
    page.fill("Ajouter", kind="music", title="Chorale", minutes=3, seconds=30, after=first.ref)
    assert [(line.title, line.moment.seconds) for line in run_sheet_of(gala)] == [("Accueil", 300), ("Chorale", 210), ("Fin", 300)]
    assert organiser.open(f"/mes-galas/{gala.ref}/deroulement/nouveau").fill("Ajouter", minutes=0, seconds=0).status == 422


def test_each_laureate_has_one_moment_however_often_they_are_put_on_stage(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    make_laureate(campaign, "Dépanneur Le Soleil")
    make_moment(gala, "Mot de la fin")
    with unit():
        assert stage_laureates(gala, by=BOSS) == 1
    make_laureate(campaign, "Épicerie du Nord")
    with unit():
        assert stage_laureates(gala, by=BOSS) == 1, "only the new one"
    assert [line.honour.employer for line in run_sheet_of(gala) if line.honour] == ["Dépanneur Le Soleil", "Épicerie du Nord"]
    with unit(), pytest.raises(Refusal):
        stage_laureates(gala, by=BOSS)
    assert MOST_MOMENTS == 200


def test_who_did_not_agree_is_named_nowhere(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    said = {"citation": "Bravo à Zacharie, qui a nommé son boss.", "boss_name": "Ursule Quirion"}
    make_laureate(campaign, "Xylophones Quirion", "Zacharie Wabano", agrees=(), **said)
    with unit():
        stage_laureates(gala, by=BOSS)
    organiser = make_organiser(gala)
    pages = ("", "/laureats", "/deroulement", "/documents", "/embargo")
    shown = " ".join(organiser.open(f"/mes-galas/{gala.ref}{path}").text for path in pages)
    printed = " ".join(text_of(paper(gala)) for paper in papers.PAPERS.values())
    cells = " ".join(strings_of(organiser.client.get(f"/mes-galas/{gala.ref}/deroulement.xlsx", base_url=organiser.base).data))
    for told in (shown, printed, cells):
        assert not [name for name in ("Zacharie", "Wabano", "Xylophones", "Quirion", "Ursule") if name in told]
    assert "consentement de l’élève manquant" in shown
    assert "une ou un élève" in printed


def test_the_same_laureate_is_named_everywhere_once_they_agree(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    make_laureate(campaign, "Xylophones Quirion", "Zacharie Wabano", citation="Bravo à Zacharie !")
    with unit():
        stage_laureates(gala, by=BOSS)
    for name in ("deroulement", "projection", "diplomes", "trophees", "presse"):
        said = text_of(papers.PAPERS[name](gala))
        assert "Xylophones Quirion" in said, name
        assert "Zacharie Wabano" in said, name
        assert "Éloïse Bélanger" in said, name


def test_a_photo_is_shown_to_those_who_prepare_if_it_was_agreed_to_and_is_kept(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    with unit():
        digest = sent_files.keep(b"\x89PNG", "image/png")
    shown = make_laureate(campaign, photo_digest=digest)
    make_laureate(campaign, photo_digest=digest, agrees=("laureate_employer",))
    make_laureate(campaign)
    assert [one.photo for one in honours_of(gala)] == [digest, None, None]
    organiser = make_organiser(gala)
    answer = organiser.client.get(f"/mes-galas/{gala.ref}/laureats/{shown.ref}/photo", base_url=organiser.base)
    assert (answer.status_code, answer.data) == (200, b"\x89PNG")


def test_a_consent_taken_back_counts_at_once(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    laureate = make_laureate(campaign, student="Zacharie Wabano", citation="Zacharie a tout dit.")
    assert [one.student for one in honours_of(gala)] == ["Zacharie Wabano"]
    with unit():
        withdraw_consent(laureate, "laureate_student", by=SYSTEM)
    [honour] = honours_of(gala)
    assert (honour.student, honour.citation, honour.names_too_much) == ("une ou un élève", "", True)


def test_every_paper_is_tagged_and_holds_long_and_accented_names(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    make_laureate(campaign, LONG, "Marie-Ève-Océane de la Durantaye-Bouchard Saint-Hilaire", boss_name="Ḵéšḵaʼa Nʉmʉnʉʉ-Çağlar")
    with unit():
        stage_laureates(gala, by=BOSS)
    with unit():
        seat_guest(make_guest(gala, "Anaïs Ölander-Żółć"), make_table(gala), by=BOSS)
    for name, paper in papers.PAPERS.items():
        reader = PdfReader(io.BytesIO(paper(gala)))
        assert "/StructTreeRoot" in reader.trailer["/Root"], name
        assert reader.trailer["/Root"]["/Lang"].startswith("en" if name == "projection-anglais" else "fr"), name
    assert "Ölander-Żółć" in text_of(papers.PAPERS["marque-places"](gala))
    assert "Saint-Côme-Linière" in text_of(papers.PAPERS["presse"](gala))
    assert "Durantaye-Bouchard" in text_of(papers.PAPERS["diplomes"](gala))


def test_papers_of_an_evening_without_anything_are_made_all_the_same(app: Flask) -> None:
    gala = make_gala(factories.make_program())
    assert all(paper(gala).startswith(b"%PDF") for paper in papers.PAPERS.values())


def test_the_rundown_is_texts_that_ontime_reads(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    make_laureate(campaign, "=cmd|' /C calc'!A0", "+418 Élève", boss_name="@boss", citation="-1+1")
    make_moment(gala, '=HYPERLINK("x")', 90, presenter="\tTabule", notes="+1")
    with unit():
        stage_laureates(gala, by=BOSS)
    organiser = make_organiser(gala)
    book = organiser.client.get(f"/mes-galas/{gala.ref}/deroulement.xlsx", base_url=organiser.base).data
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet, names = parts.read("xl/worksheets/sheet1.xml").decode(), parts.read("xl/workbook.xml").decode()
    assert 'name="event schedule"' in names
    cells = re.findall(r"<c ([^>]*[^/])>", sheet)
    assert cells
    assert all('t="s"' in one for one in cells), "texts only, no number"
    assert "<f>" not in sheet
    said = strings_of(book)
    assert said[:7] == ["time start", "time end", "duration", "cue", "title", "notes", "colour"]
    assert {"18:30:00", "18:31:30", "00:01:30", "1", '=HYPERLINK("x")', "=cmd|' /C calc'!A0", "+418 Élève", "-1+1"} <= set(said)


def test_an_award_of_the_evening_takes_the_place_of_that_of_the_contest(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala, laureate = make_gala(campaign.program, campaign), make_laureate(campaign)
    assert honours_of(gala)[0].prize == french(campaign.title_fr)
    with unit():
        award = add_award(gala, name_fr="Employeur Pro-Jeunes", name_en="Youth-Friendly Employer", sponsor="Caisse", by=BOSS)
    organiser = make_organiser(gala)
    organiser.open(f"/mes-galas/{gala.ref}/laureats").fill("Attribuer", **{f"award__{laureate.ref}": award.ref})
    [honour] = honours_of(gala)
    assert (honour.prize, honour.sponsor) == ("Employeur Pro-Jeunes", "Caisse")
    refused = organiser.open(f"/mes-galas/{gala.ref}/laureats").fill("Attribuer", **{f"award__{laureate.ref}": "x"})
    assert refused.status == 422
    with unit():
        place_laureates(gala, [(laureate, None)], by=BOSS)
    assert honours_of(gala)[0].award is None


def test_a_moment_that_is_dropped_leaves_the_laureate(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    make_laureate(campaign)
    with unit():
        stage_laureates(gala, by=BOSS)
    with unit():
        drop_moment(run_sheet_of(gala)[0].moment, by=BOSS)
    assert run_sheet_of(gala) == []
    assert len(honours_of(gala)) == 1


def test_what_is_said_of_a_laureate_is_written_and_times_its_moment(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala, laureate = make_gala(campaign.program, campaign), make_laureate(campaign, agrees=("laureate_employer",))
    with unit():
        stage_laureates(gala, by=BOSS)
    page = make_organiser(gala).open(f"/mes-galas/{gala.ref}/laureats/{laureate.ref}")
    assert not page.soup.find(attrs={"name": "student_name"}), "who may not be named is not typed"
    page.fill("Enregistrer", boss_name="Éloïse B.", boss_said="é-lo-IZ", citation="mot " * 260)
    db.session.refresh(laureate)
    assert (laureate.boss_name, laureate.student_name) == ("Éloïse B.", "Noé Lévesque")
    assert run_sheet_of(gala)[0].moment.seconds == 120 + 60


@pytest.mark.parametrize("path", ["", "/laureats", "/deroulement", "/convives", "/salle", "/documents"])
def test_a_page_asks_as_little_for_twenty_as_for_one(app: Flask, path: str) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    manager = make_staff(Role.MANAGER, campaign.program)
    address, table = f"/mes-galas/{gala.ref}{path}", make_table(gala, seats=90)

    def fill(count: int) -> None:
        for _each in range(count):
            make_laureate(campaign)
            with unit():
                seat_guest(make_guest(gala), table, by=BOSS)
        with unit():
            stage_laureates(gala, by=BOSS)

    fill(1)
    manager.open(address)
    with statements() as few:
        manager.open(address)
    fill(12)
    with statements() as many:
        assert manager.open(address).status == 200
    assert len(many) == len(few)

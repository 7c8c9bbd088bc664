"""The pages of reports: the same figure on the page, on paper and in the workbook; each opens its list; what staff do there."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from certif.kit.access import Role
from certif.programs import Program
from certif.reports import INDICATORS, Asked, figures_of, list_behind, lock_period
from certif.territory import Mrc, mrcs, region
from tests.factories import Person, make_program, make_staff, unit
from tests.pages import Page
from tests.reports.making import BOSS, FIRST, LAST, make_hand_out, make_objective, make_period, make_plan_of, make_report, taken


@pytest.fixture
def told(app: Flask) -> tuple[Program, Mrc, Person]:
    program, place = make_program(), mrcs(region("14"))[0]
    objective = make_objective(program, funder="Fondation")
    for number in range(30):
        make_report(program, place, people_met=41, kilometres=3, title=f"Rencontre à Berthier {number}", objective=objective)
    make_hand_out(program, place, 77)
    return program, place, make_staff(Role.MANAGER, program)


def row_of(page: Page, label: str) -> str:
    found = next(row for row in page.soup.find_all("tr") if row.th and row.th.get_text(strip=True) == label)
    return " ".join(found.get_text(" ").replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_page_the_paper_and_the_workbook_say_the_same(told: tuple[Program, Mrc, Person]) -> None:
    program, _place, manager = told
    period = make_period(program)
    asked = Asked((program,), FIRST, LAST, period)
    question = f"?periode={period.ref}"
    page = manager.open(f"/personnel/rapports{question}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(manager, f"/personnel/rapports/rapport.xlsx{question}")[1]))
    sheet = {row[0]: row[1] for row in book.get_sheet_by_index(0).to_python()}
    pdf = PdfReader(io.BytesIO(taken(manager, f"/personnel/rapports/rapport.pdf{question}")[1]))
    paper = " ".join("\n".join(leaf.extract_text() for leaf in pdf.pages).replace("\u00a0", " ").replace("\u202f", " ").split())
    for figure in figures_of(asked):
        label, count = str(figure.indicator.label), figure.count
        assert sheet[label] == count
        spaced = f"{count:,}".replace(",", " ")
        assert f"{label} {spaced}" in row_of(page, label)
        assert f" {spaced} " in paper
    assert "1 230" in paper and "/StructTreeRoot" in pdf.trailer["/Root"]


def test_a_figure_opens_the_list_it_counts_page_after_page(told: tuple[Program, Mrc, Person]) -> None:
    program, place, manager = told
    first = manager.open(f"/personnel/rapports?depuis={FIRST}&jusqua={LAST}&mrc={place.slug}").follow("Rencontres tenues")
    assert first.h1 == "Rencontres tenues" and first.text.count("Rencontre à Berthier") == 25
    assert "Rencontre à Berthier" in first.follow("Rencontre à Berthier").h1, "each line leads to its meeting"
    assert first.follow("Page suivante").text.count("Rencontre à Berthier") == 5
    assert "Rencontre à Berthier" not in manager.open("/personnel/rapports/liste?chiffre=visited&depuis=2000-01-01&jusqua=2000-02-01").text
    assert manager.open("/personnel/rapports/liste?chiffre=signed&public=parents").status == 404
    assert len(list_behind(INDICATORS["visited"], Asked((program,), FIRST, LAST), None).rows) == 25


def test_each_report_shows_its_lines_in_both_languages(told: tuple[Program, Mrc, Person]) -> None:
    _program, place, manager = told
    days = f"?depuis={FIRST}&jusqua={LAST}"
    places = manager.open(f"/personnel/rapports/mrc{days}")
    assert "MRC sur" in places.text and "0 sur 0" in row_of(places, place.name) and "1 230" in row_of(places, place.name)
    assert "1 230" in row_of(manager.open(f"/personnel/rapports/bailleurs{days}"), "Fondation")
    assert "Institut" in manager.open("/personnel/rapports/isq").text
    assert "People met" in manager.open(f"/en/personnel/rapports{days}").text
    assert "Coverage" in manager.open(f"/en/personnel/rapports/mrc{days}").text


def test_a_manager_opens_a_period_aims_locks_and_unlocks_it(told: tuple[Program, Mrc, Person]) -> None:
    program, place, manager = told
    page = manager.open(f"/personnel/rapports/periodes/nouvelle/{program.slug}").fill(title="Année", from_on=FIRST, until_on=LAST)
    page = page.follow("Fixer une cible").fill(indicator="reached", aim="2460", mrc=place.slug)
    assert "1 230 sur 2 460, 50 %" in page.text.replace("\u00a0", " ").replace("\u202f", " ")
    page = page.follow("Verrouiller").fill("Verrouiller")
    make_report(program, place, people_met=1)
    assert "aujourd’hui : 1 231" in page.follow("Voir les chiffres").text.replace("\u00a0", " ").replace("\u202f", " ")
    page = page.follow("Déverrouiller").fill("Déverrouiller", reason="Un rapport manquait.")
    assert "Un rapport manquait." in page.text
    assert "Aucune cible" in page.fill("Retirer").text


def test_a_trial_is_weighed_concluded_and_signed_once(app: Flask) -> None:
    program = make_program()
    plan, manager = make_plan_of(program, is_pilot=True), make_staff(Role.MANAGER, program)
    make_report(program, people_met=12)
    page = manager.open("/personnel/rapports/pilotes").follow(plan.title)
    assert "+12" in row_of(page, "Personnes rencontrées")
    page = page.follow("Rédiger la conclusion").fill("Enregistrer", conclusion="Les ateliers portent fruit.")
    page = page.follow("Signer l’évaluation").fill("Signer")
    assert "Évaluation signée" in page.text and "Les ateliers portent fruit." in page.text
    refused = manager.open(f"/personnel/rapports/pilotes/{plan.ref}/conclusion").fill("Enregistrer", conclusion="Autre chose.")
    assert refused.status == 409 and "ne change plus" in refused.text


def test_an_agent_reads_and_does_not_decide(told: tuple[Program, Mrc, Person]) -> None:
    program, _place, _manager = told
    agent, period = make_staff(Role.AGENT, program), make_period(program)
    with unit():
        lock_period(period, by=BOSS)
    page = agent.open(f"/personnel/rapports/periodes/{period.ref}")
    assert "Verrouillée" in page.text and "Déverrouiller" not in page.text and "Fixer une cible" not in page.text
    assert agent.open(f"/personnel/rapports/periodes/{period.ref}/verrou").status == 403
    stranger = make_staff(Role.MANAGER, make_program(code="03"))
    assert stranger.open(f"/personnel/rapports/periodes/{period.ref}").status == 404
    assert stranger.open(f"/personnel/rapports?periode={period.ref}").text.count("1 230") == 0

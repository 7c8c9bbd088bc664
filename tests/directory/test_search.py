"""Searching the directory: the same words and filters give the same rows on both engines, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import case, func, literal_column

from certif import directory
from certif.directory import search
from certif.directory.cursors import Cursor
from certif.directory.facets import Asked, counts_of, total_of
from certif.directory.search import page_of
from certif.kit.db import db
from certif.programs import Program
from tests.directory.listing import certify, names
from tests.factories import make_program
from tests.statements import statements

BAKERY, BOUCHARD, PHARMACY = "Boulangerie Bouleau", "Boulangerie Bouchard", "Pharmacie Tremblay"
OTHER_PHARMACY, CAFE, FARM = "Pharmacie Gagnon", "Café de l’Œuf", "Ferme du Vieux-Moulin"


@pytest.fixture
def program(app: Flask) -> Program:
    program = make_program("eere")
    certify(BAKERY, program, sector="72")
    certify(BOUCHARD, program, sector="72", place="matawinie", municipality="Rawdon")
    certify(PHARMACY, program)
    certify(OTHER_PHARMACY, program, hires="interns_only")
    certify(CAFE, program, sector="72", municipality="Saint-Côme")
    certify(FARM, program, sector="11", establishment="Le comptoir de Tremblay")
    return program


def test_names_are_found_by_the_beginnings_of_their_words(program: Program) -> None:
    assert names() == [BOUCHARD, BAKERY, CAFE, FARM, OTHER_PHARMACY, PHARMACY], "without a question, everyone by name"
    assert names("BOUL") == [BOUCHARD, BAKERY], "each once, though two of its words begin so"
    assert names("oeuf") == names("Œuf") == names("CAFE de") == [CAFE]
    assert names("moulin") == names("vieux-moul") == [FARM]
    assert names("tremblay") == [FARM, PHARMACY], "by name, whatever the place of the word"
    assert names("pharm trem") == names("tremblay pharmacie") == [PHARMACY]
    assert names("saint come") == [CAFE], "a municipality"
    assert names("rawdon boul") == [BOUCHARD]
    assert names("b") == names(), "a letter alone asks nothing"
    assert names("xyzzy") == []


def test_a_typing_fault_is_forgiven_where_little_else_is_found(program: Program) -> None:
    assert names("boulengerie") == [BOUCHARD, BAKERY]
    assert names("tremblai") == [FARM, PHARMACY]
    assert names("pharmasie gagnon") == [OTHER_PHARMACY]
    directory.fold()
    assert page_of(Asked("boulengerie")).near == ("boulangerie",), "and said"
    assert page_of(Asked("boulangerie bouleau")).near == ()


def test_filters_narrow_words_and_names_alike(program: Program) -> None:
    elsewhere = make_program("eere", code="03")
    certify("Boulangerie du Cap", elsewhere, place="quebec", sector="72", municipality="Québec")
    assert names(region="03") == names(region="03", text="boul") == ["Boulangerie du Cap"]
    assert names(mrc="matawinie") == names(mrc="matawinie", text="boul") == [BOUCHARD]
    assert names(sector="72", text="boul") == ["Boulangerie Bouchard", "Boulangerie Bouleau", "Boulangerie du Cap"]
    assert names(sector="72", region="14", text="bouleau boulangerie") == [BAKERY]
    assert names(hires_students=True, text="pharmacie") == [PHARMACY]
    assert names(mrc="matawinie", text="pharmacie") == []
    assert total_of(Asked(region="14")) == 6
    counts = counts_of(Asked(region="14", sector="72"))
    assert counts["region"] == {"14": 3, "03": 1}, "the other filters kept, this one left out"
    assert counts["mrc"] == {"joliette": 2, "matawinie": 1}
    assert counts["hires_students"] == {"": 3}


def test_a_level_narrows_by_its_name(app: Flask) -> None:
    program = make_program("oser-jeunes")
    certify("Garage du Pont", program)
    found = names(level="bronze")
    assert found == ["Garage du Pont"]
    assert names(level="or") == []


def test_a_page_costs_the_same_questions_for_one_row_and_for_twenty(program: Program) -> None:
    directory.fold()

    def asked(question: Asked, size: int) -> int:
        db.session.rollback()
        with statements() as sent:
            page_of(question, size=size)
        return len(sent)

    for question in (Asked(), Asked("boul"), Asked("boulengerie"), Asked("pharmacie tremblay"), Asked("boul", mrc="joliette")):
        assert asked(question, 1) <= asked(question, 20) <= 7


def test_a_cursor_that_somebody_made_up_breaks_nothing(program: Program) -> None:
    directory.fold()
    made_up = str(Cursor(9, 9, "", "", "")), str(Cursor(0, 1, "boul", "zzz", "NONE")), str(Cursor(0, 0, "", "\0", ""))
    for cursor in ("", "x", "é", "e30", "WzBd", "W251bGwsMCwiIiwiIiwiIl0", *made_up):
        page_of(Asked("boul"), cursor)
        page_of(Asked("boulangerie bouleau"), cursor)
        assert page_of(Asked(), cursor).rows or cursor in made_up


def test_the_twin_without_the_first_word_rule_a_name_is_shown_twice(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "func", _Careless())
    assert names("boul").count(BAKERY) == 2


class _Careless:
    """Stands for `func`, and takes any word of a listing for its first."""

    def __getattr__(self, name: str) -> Any:
        return self.min if name == "min" else getattr(func, name)

    @staticmethod
    def min(word: Any) -> Any:
        """Give the word that is walked, whatever the words of the listing."""
        return func.min(case((word != "", literal_column("listing_word.word"))))

"""Money, names and dates, as each language writes them."""

import datetime as dt

import pytest
from flask import Flask

from certif.kit.languages import folded, format_day, format_instant, format_money, speaking
from certif.kit.money import Money


def test_money_counts_whole_cents() -> None:
    assert Money.dollars(50) - Money(1) == Money(4999)
    with pytest.raises(TypeError):
        Money(0.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "written"), [("fr", "1\u00a0050,00\u00a0$"), ("en", "$1,050.00")])
def test_money_is_written_as_its_reader_writes_it(app: Flask, language: str, written: str) -> None:
    with speaking(language):
        assert format_money(Money.dollars(1050)) == written


def test_days_and_instants_are_written_as_their_reader_writes_them(app: Flask) -> None:
    at = dt.datetime(2026, 11, 1, 3, 5, tzinfo=dt.UTC)  # still October in Québec
    with speaking("fr"):
        assert format_day(dt.date(2026, 11, 1)) == "1er novembre 2026"
        assert format_instant(at).replace("\u00a0", " ") == "31 octobre 2026, 23 h 05"
    with speaking("en"):
        assert format_instant(at).startswith("October 31, 2026, 11:05")


@pytest.mark.parametrize("written", ["Épicerie L’Œuf d’Or inc.", "EPICERIE  L'OEUF D'OR, INC", "épicerie l oeuf d or inc"])
def test_one_name_under_many_spellings_is_one_name(written: str) -> None:
    assert folded(written) == "epicerie l oeuf d or inc"

"""Money, names and dates, as each language writes them."""

import datetime as dt

import pytest
from flask import Flask
from markupsafe import Markup

from certif.kit.languages import folded, format_day, format_instant, format_money, format_phone, speaking, whole
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


@pytest.mark.parametrize(
    "kept", ["G1R 4S9", "G1R\u00a04S9", "14-2026-00005", "14-2026-000042", "OSER-JEUNES", "SHA-256", "employeur-1@exemple.com"]
)
def test_what_must_not_break_across_lines_is_kept_whole(kept: str) -> None:
    assert whole(f"Ici {kept}.") == f'Ici <span class="whole">{kept}</span>.'
    assert whole(Markup("<b>{}</b>").format(kept)) == f'<b><span class="whole">{kept}</span></b>'


@pytest.mark.parametrize("told", ["Saint-Jean-sur-Richelieu", "jeudi 4S9", "2026-11-26", "tres.longue.adresse-courriel@exemple.com", 12])
def test_the_rest_is_left_as_it_is_and_nothing_typed_becomes_html(told: object) -> None:
    assert whole(told) == str(told)
    assert whole("<i>OSER-JEUNES</i> & moi") == '&lt;i&gt;<span class="whole">OSER-JEUNES</span>&lt;/i&gt; &amp; moi'
    assert whole(Markup('<a href="/14-2026-00005">ici</a>')) == '<a href="/14-2026-00005">ici</a>'


def test_a_telephone_number_is_written_as_people_write_it(app: Flask) -> None:
    with speaking("fr"):
        assert format_phone("+14185551234") == "418\u00a0555-1234"
        assert format_phone("+14185551234;ext=12") == "418\u00a0555-1234, poste 12"
    with speaking("en"):
        assert format_phone("+14185551234;ext=12") == "418\u00a0555-1234, ext. 12"
    assert (format_phone("+33142685300"), format_phone(None)) == ("+33142685300", "")

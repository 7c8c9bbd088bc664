"""Money, names and dates, as each language writes them."""

import datetime as dt

import pytest
from flask import Flask
from markupsafe import Markup

from certif.kit.languages import _n, filled, folded, format_day, format_instant, format_money, format_phone, speaking, whole
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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Épicerie Côté", "l’équipe d’Épicerie Côté"),
        ("Librairie", "l’équipe de Librairie"),
        ("IGA", "l’équipe d’IGA"),
        ("Yves", "l’équipe d’Yves"),
        ("Yasmine", "l’équipe de Yasmine"),
        ("Hélène", "l’équipe d’Hélène"),
        ("Hydro-Québec", "l’équipe d’Hydro-Québec"),
        ("Home Depot", "l’équipe de Home Depot"),
        ("Ouellet et fils", "l’équipe de Ouellet et fils"),
        ("Outaouais", "l’équipe d’Outaouais"),
        ("« Ici »", "l’équipe d’« Ici »"),
        ("agent-14@exemple.com", "l’équipe de agent-14@exemple.com"),
        ("11 pommes", "l’équipe de 11 pommes"),
        ("ᐃᓄᒃ", "l’équipe de ᐃᓄᒃ"),
        ("", "l’équipe de "),
        ("Le Thi Mai", "l’équipe de Le Thi Mai"),
    ],
)
def test_de_is_joined_to_the_name_that_follows_as_french_joins_it(name: str, said: str) -> None:
    assert filled("l’équipe de %(name)s", {"name": name}) == said


def test_que_is_joined_too_and_what_is_quoted_or_marked_is_seen_through() -> None:
    assert filled("ce que %(who)s promet", {"who": "Anne"}) == "ce qu’Anne promet"
    assert filled("la liste de « %(who)s »", {"who": "Anne"}) == "la liste d’« Anne »"
    said = filled(Markup("l’équipe de %(who)s"), {"who": Markup("<b>Anne</b>")})
    assert (said, type(said)) == ("l’équipe d’<b>Anne</b>", Markup)
    assert filled(Markup("l’équipe de %(who)s"), {"who": "A<b>"}) == "l’équipe d’A&lt;b&gt;"


def test_the_article_of_a_place_melts_and_that_of_a_person_does_not() -> None:
    assert filled("Un employeur de %(place)s", {"place": "Les Etchemins"}) == "Un employeur des Etchemins"
    assert filled("Un employeur de %(place)s, à %(place)s", {"place": "Le Granit"}) == "Un employeur du Granit, au Granit"
    assert filled("De %(place)s à %(mrc)s", {"place": "Le Rocher-Percé", "mrc": "La Matanie"}) == "Du Rocher-Percé à La Matanie"
    assert filled(Markup("de %(place)s"), {"place": "Les <b>"}) == "des &lt;b&gt;"


def test_other_languages_and_other_words_are_left_as_they_are(app: Flask) -> None:
    assert filled("the team of %(name)s", {"name": "Anne"}) == "the team of Anne"
    assert filled("d’ici à %(day)s, aide %(name)s, 100 %%", {"day": "octobre", "name": "Anne"}) == "d’ici à octobre, aide Anne, 100 %"


def test_nothing_is_counted_as_one_in_french_and_as_many_in_english(app: Flask) -> None:
    with speaking("fr"):
        assert [_n("%(num)s employeur", "%(num)s employeurs", count) for count in (0, 1, 2)] == [
            "0 employeur",
            "1 employeur",
            "2 employeurs",
        ]
    with speaking("en"):
        assert _n("%(num)s employeur", "%(num)s employeurs", 0) == "0 employeurs"


def test_a_page_joins_its_words_by_itself(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ _('La promesse de %(name)s', name=name) }}")
    with app.test_request_context():
        assert template.render(name="Épicerie & fils <i>") == "La promesse d’Épicerie &amp; fils &lt;i&gt;"

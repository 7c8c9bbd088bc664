"""A portrait on paper and on slides, with the region's identity: the same figures, typeset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import format_decimal

from certif.documents import typeset
from certif.kit.languages import _, format_day, language
from certif.portraits.figures import Figure
from certif.portraits.reading import Bar, Chart, Reading, Stack, View
from certif.portraits.voices import answered, name_of, others_in, voice_of
from certif.programs import Program, version_in_force
from certif.surveys import Audience, Quote

_COLUMNS = (("works", "yes"), ("hours", "16_plus"), ("weekdays", "11_plus"), ("success", "matters"))
_GREEN = "#0f4a3c"


def sheet_pdf(reading: Reading, program: Program, quotes: Sequence[Quote] = ()) -> bytes:
    """Typeset the portrait to print, with the words of students that stand beside it today. Gives: PDF bytes, tagged, US Letter."""
    data = {**_data(reading, program), "quotes_title": _("Un bon employeur, disent des élèves")}
    data["quotes"] = [{"language": one.language, "words": one.printed} for one in quotes]
    views = [reading.view(cut) for cut in reading.views]
    data["tables"] = [_table(view) for view in views if view.lines]
    data["voices"] = [
        {"title": name_of(one), "lead": answered(one, _count(one)), "charts": _asked(one.charts)} for one in others_in(reading)
    ]
    return typeset("portrait", data, language())


def slides_pdf(reading: Reading, program: Program) -> bytes:
    """Typeset the portrait as slides. Gives: PDF bytes, tagged, 16 by 9."""
    return typeset("slides", {**_data(reading, program), "tables": [], "voices": []}, language())


def _data(reading: Reading, program: Program) -> dict[str, Any]:
    version = version_in_force(program)
    colours = version.rules.colours if version else None
    return {
        "title": _("Le travail des élèves : %(place)s, %(year)s", place=reading.place, year=reading.year),
        "place": reading.place, "year": reading.year, "program": program.name, "body": program.body.name,
        "colour": colours.primary if colours else _GREEN,
        "lead": answered(reading, _count(reading)) if reading.answers else "",
        "released": _("Parution %(number)s, le %(day)s.", number=reading.told["number"], day=format_day(reading.released_on)),
        "tiles": _tiles(reading),
        "charts": [*_charts(reading)],
        "stack": {
            "title": _("Heures par semaine"),
            "labels": [_("Moins de 11 h"), _("De 11 à 15 h"), _("16 h ou plus")],
            "rows": [_stack(one) for one in reading.hours],
        },
        "week": {"title": _("Une semaine de travail"), "heads": [_("Moment"), _("Moyenne"), _("Médiane")], "rows": _week(reading)},
        "method_title": _("Comment lire ce portrait"),
        "method": method(reading),
        "withheld": _("retenu"),
        "sources": sorted({bar.note for bar in (*reading.works, *reading.success) if bar.note}),
        "sources_title": _("Sources des comparaisons"),
    }  # fmt: skip


def _count(reading: Reading) -> str:
    return str(format_decimal(reading.answers or 0))


def method(reading: Reading) -> list[str]:
    """Say how the figures are made and what is withheld."""
    least = reading.told["least"]
    vouched = _(
        "Seules comptent les réponses venues d’une classe, d’une école ou d’un lien à usage unique, et guère plus qu’il n’y a de "
        "personnes. Le code affiché chez un employeur est ouvert à tout le monde : ses réponses n’entrent pas dans ces chiffres."
    )
    return [
        *([vouched] if reading.told.get("is_vouched") else []),
        _("Rien n’est dit de moins de %(least)s personnes, et ce qui est retenu ne peut pas être recalculé du reste.", least=least),
        _(
            "Les nombres sont arrondis à 5, et les pourcentages en sont tirés. Les traits jaunes et les nombres entre parenthèses disent "
            "entre quoi un chiffre se trouve 95 fois sur 100 : intervalle de Wilson pour une part, tranches d’heures pour une moyenne."
        ),
        _("Un chiffre auquel trop peu de réponses se sont ajoutées reste celui de la parution précédente."),
        _("Les réponses viennent des élèves qui ont bien voulu répondre : ce n’est pas un échantillon tiré au hasard.")
        if voice_of(reading) is Audience.STUDENTS
        else _("Les réponses viennent de qui a bien voulu répondre : ce n’est pas un échantillon tiré au hasard."),
    ]  # fmt: skip


def _tiles(reading: Reading) -> list[dict[str, str]]:
    chosen = (("works", "yes"), ("hours", "16_plus"), ("latest", "after_22"), ("success", "matters"))
    tiles = [(reading.indicator(*pair).label, reading.indicator(*pair).share) for pair in chosen]
    return [{"label": label, "value": percent_text(share.percent if share else None)} for label, share in tiles]


def percent_text(percent: float | None) -> str:
    """Write a share as a reader expects it; the word for what is withheld."""
    if percent is None:
        return str(_("retenu"))
    number = f"{percent:g}".replace(".", "," if language() == "fr" else ".")
    return f"{number}\u00a0%" if language() == "fr" else f"{number}%"


def hours_text(hours: float | None) -> str:
    """Write a number of hours."""
    if hours is None:
        return str(_("retenu"))
    return f"{hours:g}".replace(".", "," if language() == "fr" else ".") + "\u00a0h"


def _charts(reading: Reading) -> list[dict[str, Any]]:
    figures = reading.figures
    named = ((_("Qui travaille"), reading.works), (_("Ma réussite compte pour mon employeur"), reading.success))
    asked = [(str(figure.measure.title), reading.bars(name)) for name in ("latest", "adapts", "missed") if (figure := figures[name])]
    last = [(_("Pourquoi travailler"), reading.motives)]
    usual = [{"title": title, "bars": [_bar(bar) for bar in bars], "note": ""} for title, bars in (*named, *asked, *last) if bars]
    return [*usual, *_asked(reading.besides)]


def _asked(charts: list[Chart]) -> list[dict[str, Any]]:
    return [
        {"title": one.title, "bars": [_bar(bar) for bar in one.bars], "note": _("Réponses %(among)s", among=one.among)} for one in charts
    ]


def _bar(bar: Bar) -> dict[str, Any]:
    text = percent_text(bar.percent)
    return {"label": bar.label, "percent": bar.percent, "text": text, "low": bar.low, "high": bar.high, "other": bar.is_other}


def _stack(one: Stack) -> dict[str, Any]:
    return {"label": one.label, "parts": one.parts, "texts": [percent_text(part) for part in one.parts]}


def _week(reading: Reading) -> list[list[str]]:
    return [[label, mean_text(figure), median_text(figure)] for label, figure in reading.week]


def mean_text(figure: Figure | None) -> str:
    """Write a mean, and between what it lies where that is known."""
    mean, between = (figure.mean, figure.mean_between) if figure else (None, None)
    return _with_bounds(hours_text(mean), hours_text(between[0]), hours_text(between[1])) if between else hours_text(mean)


def median_text(figure: Figure | None) -> str:
    """Write a median in the same way."""
    median, between = (figure.median, figure.median_between) if figure else (None, None)
    return _with_bounds(median, *between) if median and between else median or str(_("retenu"))


def _with_bounds(value: str, low: str, high: str) -> str:
    return str(_("%(value)s (de %(low)s à %(high)s)", value=value, low=low, high=high))


def _table(view: View) -> dict[str, Any]:
    shown = [pair for pair in view.shown if pair in _COLUMNS]
    rows = [
        [
            line.name,
            format_decimal(line.answers or 0),
            *(percent_text(share.percent if (share := line.shares[pair]) else None) for pair in shown),
        ]
        for line in view.lines
    ]
    return {
        "title": view.label, "heads": [_("Groupe"), _("Réponses"), *(view.label_of(*pair) for pair in shown)], "rows": rows,
        "note": _("Trop peu de réponses : %(names)s.", names=", ".join(view.withheld)) if view.withheld else "",
    }  # fmt: skip

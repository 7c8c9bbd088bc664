"""Portraits for anyone: as a page, on paper, as slides, as files. Everything is read from the last release, and says the same."""

from __future__ import annotations

import dataclasses

from flask import Response, jsonify, render_template, request, url_for
from flask_babel import format_decimal
from werkzeug.exceptions import NotFound

from certif.kit import sheets
from certif.kit.access import ANYONE, audience
from certif.kit.languages import language
from certif.kit.limits import limiter
from certif.kit.web import Pages, anonymous, download, page, question
from certif.portraits import beside, queries, space_words  # noqa: F401 — what is said in the employer's space
from certif.portraits.exports import csv_of, open_data, xlsx_of
from certif.portraits.keeping import drawn
from certif.portraits.model import PortraitRelease
from certif.portraits.papers import mean_text, median_text, method, percent_text, sheet_pdf, slides_pdf
from certif.portraits.reading import VIEWS, Reading, reading_of
from certif.portraits.voices import ADDRESSES, VOICES, answered, reading_for, voice_of
from certif.surveys import Audience, Quote, quotes_of
from certif.territory import region as region_coded

pages = Pages("portraits", __name__)
pages.add_app_template_filter(percent_text, "percent")
pages.add_app_template_filter(mean_text, "mean_hours")
pages.add_app_template_filter(median_text, "median_hours")

_PDF = "application/pdf"


@pages.route("/portrait")
@audience(ANYONE)
def list_regions() -> Response:
    """Every region, and the last school year that its portrait tells of."""
    return page("portraits/list_regions.html", found=queries.regions_told())


@pages.route("/portrait/<region>")
@audience(ANYONE)
def show_portrait(region: str) -> Response:
    """The portrait of a region: chosen year and program, and the groups by which it is read, are in the address."""
    found = queries.releases_of_region(region)
    if not found:
        return page("portraits/show_portrait.html", place=region_coded(region), release=None)
    years, asked = _chosen(found), (request.args.get("voix"), request.args.get("vue"))
    voice, cut = (one if one in known else None for one, known in zip(asked, (ADDRESSES.values(), VIEWS), strict=True))
    body = drawn((*(one.digest for one in years), language(), voice, cut), lambda: _draw(years, voice, cut))
    place, choices, quotes = years[0].program.region, _choices(found, years), _quotes(years[0])
    return page("portraits/show_portrait.html", place=place, release=years[0], body=body, choices=choices, quotes=quotes)


def _draw(years: list[PortraitRelease], voice: str | None, cut: str | None) -> str:
    (reading, heard), here = reading_for(years, voice), f"?annee={years[0].school_year}&programme={years[0].program.slug}"
    spoken = voice_of(reading)
    voices = [(str(VOICES[one]), f"{here}&voix={ADDRESSES[one]}", one is spoken) for one in heard]
    cut = cut if cut in reading.views else next(iter(reading.views), next(iter(VIEWS)))
    views = [(str(VIEWS[name]), f"{here}&voix={ADDRESSES[spoken]}&vue={name}#groupes", name == cut) for name in reading.views]
    return render_template(
        "portraits/_told.html", reading=reading, view=reading.view(cut), views=views, voices=voices, method=method(reading),
        answered=answered(reading, format_decimal(reading.answers or 0)), is_of_students=spoken is Audience.STUDENTS,
    )  # fmt: skip


def _chosen(found: list[PortraitRelease]) -> list[PortraitRelease]:
    """Give the release that the address names, or the newest, then those of the other years of its program.

    Refuses (404) a year or a program that has none.
    """
    year, program = request.args.get("annee"), request.args.get("programme")
    fits = [one for one in found if (not year or one.school_year == year) and (not program or one.program.slug == program)]
    if not fits:
        raise NotFound
    return [fits[0], *(one for one in found if one.program_id == fits[0].program_id and one is not fits[0])]


def _choices(found: list[PortraitRelease], years: list[PortraitRelease]) -> dict[str, list[tuple[str, str, bool]]]:
    """Give the other years of this program, and the other programs of this region: label, address, whether it is this one."""
    chosen, newest = years[0], sorted(years, key=lambda one: one.school_year, reverse=True)
    programs = list({one.program_id: one.program for one in found}.values())
    return {
        "years": [(one.school_year, question(annee=one.school_year, programme=one.program.slug), one is chosen) for one in newest],
        "programs": [(one.name, "?programme=" + one.slug, one.id == chosen.program_id) for one in programs] if len(programs) > 1 else [],
    }


def _reading(region: str) -> tuple[Reading, PortraitRelease]:
    found = queries.releases_of_region(region)
    if not found:
        raise NotFound
    years = _chosen(found)
    return reading_of(years), years[0]


@pages.route("/portrait/<region>/portrait.pdf")
@limiter.limit("30 per minute")
@audience(ANYONE)
def print_portrait(region: str) -> Response:
    """The portrait to print."""
    reading, release = _reading(region)
    return download(sheet_pdf(reading, release.program, _quotes(release)), _PDF, f"portrait-{region}-{reading.year}.pdf")


@pages.route("/portrait/<region>/diapositives.pdf")
@limiter.limit("30 per minute")
@audience(ANYONE)
def print_slides(region: str) -> Response:
    """The portrait as slides."""
    reading, release = _reading(region)
    return download(slides_pdf(reading, release.program), _PDF, f"diapositives-{region}-{reading.year}.pdf")


@pages.route("/portrait/<region>/portrait.csv")
@limiter.limit("60 per minute")
@audience(ANYONE)
@anonymous
def export_csv(region: str) -> Response:
    """The portrait as a sheet."""
    reading, _release = _reading(region)
    return _open(download(csv_of(reading.told), sheets.CSV, f"portrait-{region}-{reading.year}.csv"))


@pages.route("/portrait/<region>/portrait.xlsx")
@limiter.limit("60 per minute")
@audience(ANYONE)
@anonymous
def export_xlsx(region: str) -> Response:
    """The portrait as a workbook, with its codebook."""
    reading, release = _reading(region)
    return _open(download(xlsx_of(reading.told, _quotes(release)), sheets.XLSX, f"portrait-{region}-{reading.year}.xlsx"))


@pages.route("/portrait/<region>/portrait.json")
@limiter.limit("60 per minute")
@audience(ANYONE)
@anonymous
def export_json(region: str) -> Response:
    """The portrait as open data: all that it tells, as it is kept, and the words of students that stand beside it today."""
    reading, release = _reading(region)
    quotes = [dataclasses.asdict(one) for one in _quotes(release)]
    return _open(jsonify(open_data(reading.told, release.digest) | {"student_words": quotes}))


def _quotes(release: PortraitRelease) -> list[Quote]:
    return quotes_of(release.program_id, release.school_year)


def _open(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@pages.app_context_processor
def files_of_portrait() -> dict[str, object]:
    """Let a page give the address of a file of the portrait that it shows."""
    return {"portrait_file": lambda name, region: url_for(f"portraits.{name}", region=region) + question()}

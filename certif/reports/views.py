"""Reports: the figures of a question, the list behind each, by MRC, by funder, beside the Institut's; as a page, a PDF and a workbook."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound

from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.limits import limiter
from certif.kit.sheets import XLSX, xlsx_workbook
from certif.kit.web import Pages, download, page, question
from certif.programs import programs_of
from certif.reports import funders, papers
from certif.reports.asking import question_of
from certif.reports.coverage import picture_of, places_of
from certif.reports.figures import figure_of, figures_of, list_behind
from certif.reports.indicators import INDICATORS
from certif.reports.queries import READERS

pages = Pages("reports", __name__)


@pages.route("/personnel/rapports")
@audience(*READERS)
def show_report() -> Response:
    """The figures, with their targets and how each is counted."""
    form, asked = question_of(actor())
    return page("reports/show_report.html", form=form, asked=asked, figures=figures_of(asked), question=question())


@pages.route("/personnel/rapports/liste")
@audience(*READERS)
def show_list() -> Response:
    """The list behind a figure."""
    form, asked = question_of(actor())
    indicator = INDICATORS.get(request.args.get("chiffre", "visited"))
    if indicator is None or not indicator.answers(asked):
        raise NotFound
    found, figure = list_behind(indicator, asked, request.args.get("suite")), figure_of(indicator, asked)
    link = indicator.link if indicator.link in current_app.view_functions else None
    shown: dict[str, Any] = {"figure": figure, "found": found, "link": link, "next_url": following(found)}
    return page("reports/show_list.html", form=form, asked=asked, indicator=indicator, question=question(suite=""), **shown)


@pages.route("/personnel/rapports/mrc")
@audience(*READERS)
def show_places() -> Response:
    """The figures of each MRC, for those who are elected there, with the map of what is reached."""
    form, asked = question_of(actor())
    places = places_of(asked)
    return page(
        "reports/show_places.html", form=form, asked=asked, places=places, coverage=papers.coverage_said(places),
        picture=picture_of(places), question=question(),
    )  # fmt: skip


@pages.route("/personnel/rapports/bailleurs")
@audience(*READERS)
def show_funders() -> Response:
    """What is counted under the objectives that each funder pays for."""
    form, asked = question_of(actor())
    return page(
        "reports/show_funders.html", form=form, asked=asked, lines=funders.lines_of(asked), indicators=funders.SHOWN, question=question()
    )


@pages.route("/personnel/rapports/isq")
@audience(*READERS)
def compare() -> Response:
    """What students told here, beside the survey of the Institut de la statistique du Québec."""
    return page("reports/compare.html", regions=funders.compared_by(programs_of(actor(), *READERS)))


@pages.route("/personnel/rapports/rapport.pdf")
@limiter.limit("60 per minute")
@audience(*READERS)
def download_report() -> Response:
    """The same report, typeset."""
    return download(papers.report_pdf(question_of(actor())[1]), "application/pdf", "rapport.pdf")


@pages.route("/personnel/rapports/rapport.xlsx")
@limiter.limit("60 per minute")
@audience(*READERS)
def download_workbook() -> Response:
    """The same report, as a workbook."""
    return download(xlsx_workbook(*papers.report_sheets(question_of(actor())[1])), XLSX, "rapport.xlsx")

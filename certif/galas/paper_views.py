"""What is printed, shown and taken away of a gala."""

from __future__ import annotations

from flask import Response
from werkzeug.exceptions import NotFound

from certif.galas import papers
from certif.galas.evening import length, rundown_of
from certif.galas.honours import honours_of, reading_seconds
from certif.galas.queries import gala_of, name_of
from certif.galas.views import pages
from certif.kit.access import Role, actor, audience
from certif.kit.limits import limiter
from certif.kit.sheets import XLSX, xlsx_workbook
from certif.kit.web import download, page


@pages.route("/mes-galas/<ref>/documents")
@audience(Role.EMPLOYER)
def show_papers(ref: str) -> Response:
    """All that can be printed or shown, and the text of each trophy."""
    gala = gala_of(actor(), ref)
    honours = honours_of(gala)
    return page(
        "galas/show_papers.html", gala=gala, name=name_of(gala), honours=honours, trophies=papers.trophies_of(gala, honours),
        left_out=[one for one in honours if one.missing], length=length, reading_seconds=reading_seconds,
    )  # fmt: skip


@pages.route("/mes-galas/<ref>/documents/<paper>.pdf", bilingual=False)
@limiter.limit("60 per minute")
@audience(Role.EMPLOYER)
def download_paper(ref: str, paper: str) -> Response:
    """One of them, typeset."""
    gala = gala_of(actor(), ref)
    if paper not in papers.PAPERS:
        raise NotFound
    return download(papers.PAPERS[paper](gala), "application/pdf", f"gala-{paper}.pdf")


@pages.route("/mes-galas/<ref>/deroulement.xlsx", bilingual=False)
@limiter.limit("60 per minute")
@audience(Role.EMPLOYER)
def download_rundown(ref: str) -> Response:
    """The order of the evening, as Ontime imports it."""
    return download(xlsx_workbook(rundown_of(gala_of(actor(), ref))), XLSX, "gala-deroulement.xlsx")

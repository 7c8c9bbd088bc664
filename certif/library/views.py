"""What anyone may read and take away: tools, beats and their packs, testimonials, the watch."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.exceptions import NotFound

from certif.kit.access import ANYONE, audience
from certif.kit.filters import following
from certif.kit.languages import language
from certif.kit.limits import limiter
from certif.kit.paging import Slice
from certif.kit.web import Pages, anonymous, document, download, is_looked_at, page
from certif.library import beat_queries, papers, queries, word_queries
from certif.library.counting import note_download
from certif.library.forms import ToolFilterForm
from certif.library.model import TOPICS
from certif.library.versions import ToolVersion
from certif.programs import Program, open_programs

pages = Pages("library", __name__)
PDF, ZIP = "application/pdf", "application/zip"


def program_asked() -> Program | None:
    """Give the program that the address names, in whose look something is taken away; None where it names none that is open."""
    asked = request.args.get("programme")
    return next((one for one in open_programs() if one.slug == asked), None) if asked else None


def sheet_of(version: ToolVersion, program: Program | None) -> Response:
    """Answer with a tool, typeset in the language of the page, and count it."""
    spoken = language() if language() in version.languages else "fr"
    content = papers.sheet_pdf(version, spoken, program)
    if is_looked_at():
        note_download(version, spoken, program)
    return download(content, PDF, f"{version.tool.slug}-v{version.number}-{spoken}.pdf")


def file_of(version: ToolVersion, name: str) -> Response:
    """Answer with a file of a tool, and count it. Refuses (404) any other name."""
    found = next((one for one in version.files if one.name == name), None)
    if found is None:
        raise NotFound
    if is_looked_at():
        note_download(version, found.language, program_asked())
    return document(found.content, found.name)


@pages.route("/outils")
@audience(ANYONE)
@anonymous
def list_tools() -> Response:
    """The library, for anyone."""
    form = ToolFilterForm().offer(open_programs())
    asked = form.filter()
    found = queries.public_tools(asked, request.args.get("suite"))
    return page("library/list_tools.html", form=form, found=found, next_url=following(found), asked=asked)


@pages.route("/outils/<slug>")
@audience(ANYONE)
@anonymous
def show_tool(slug: str) -> Response:
    """One tool."""
    version = queries.public_tool(slug)
    return page("library/show_tool.html", version=version, tool=version.tool, programme=request.args.get("programme"))


@pages.route("/outils/<slug>/fiche.pdf")
@limiter.limit("60 per minute")
@audience(ANYONE)
@anonymous
def download_sheet(slug: str) -> Response:
    """One tool, to print; in the look of the program that the address names, or of its own."""
    version = queries.public_tool(slug)
    return sheet_of(version, program_asked() or version.tool.program)


@pages.route("/outils/<slug>/fichiers/<name>", bilingual=False)
@audience(ANYONE)
@anonymous
def download_file(slug: str, name: str) -> Response:
    """A file that goes with a tool."""
    return file_of(queries.public_tool(slug), name)


@pages.route("/outils/temps-forts")
@audience(ANYONE)
@anonymous
def list_beats() -> Response:
    """The beats of the year, the next one first."""
    return page("library/list_beats.html", coming=beat_queries.coming(), days=papers.days)


@pages.route("/outils/temps-forts/<slug>")
@audience(ANYONE)
@anonymous
def show_beat(slug: str) -> Response:
    """A beat: when it is, and with what it is told."""
    beat, program = beat_queries.beat_by_slug(slug), program_asked()
    said: dict[str, Any] = {
        "next": beat_queries.next_of(beat),
        "dates": beat_queries.dates_of(beat),
        "pieces": beat_queries.pieces_of(beat, program),
    }
    return page("library/show_beat.html", beat=beat, program=program, days=papers.days, **said)


@pages.route("/outils/temps-forts/<slug>/affiches/<ref>.pdf", bilingual=False)
@limiter.limit("60 per minute")
@audience(ANYONE)
@anonymous
def download_poster(slug: str, ref: str) -> Response:
    """A poster of a beat, to print: in French, or with English beneath (`?bilingue=1`)."""
    beat, program = beat_queries.beat_by_slug(slug), program_asked()
    piece = next((one for one in beat_queries.pieces_of(beat, program) if one.ref == ref and one.kind == "poster"), None)
    if piece is None:
        raise NotFound
    date = beat_queries.next_of(beat).date
    return download(papers.poster_pdf(piece, date, program, is_bilingual="bilingue" in request.args), PDF, f"{slug}-affiche.pdf")


@pages.route("/outils/temps-forts/<slug>/trousse.zip", bilingual=False)
@limiter.limit("30 per minute")
@audience(ANYONE)
@anonymous
def download_pack(slug: str) -> Response:
    """The whole pack of a beat."""
    beat, program = beat_queries.beat_by_slug(slug), program_asked()
    content = papers.pack_zip(beat, beat_queries.pieces_of(beat, program), beat_queries.next_of(beat).date, program)
    return download(content, ZIP, f"{slug}.zip")


@pages.route("/outils/veille")
@audience(ANYONE)
@anonymous
def list_watch() -> Response:
    """What was seen elsewhere, the newest first."""
    topic = request.args.get("sujet", "")
    topic = topic if topic in set(TOPICS) else ""
    found = word_queries.watch(None, topic, request.args.get("suite"))
    return page("library/list_watch.html", **_listed(found), topic=topic, topics=TOPICS)


@pages.route("/outils/temoignages")
@audience(ANYONE)
@anonymous
def list_testimonials() -> Response:
    """What certified employers say, the newest first."""
    return page("library/list_testimonials.html", **_listed(word_queries.public_testimonials(request.args.get("suite"))))


def _listed(found: Slice[Any]) -> dict[str, Any]:
    return {"found": found, "next_url": following(found)}

"""The directory and its map, for anyone: everything asked is in the address, and the list is whole without the map and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Response, jsonify, request, stream_with_context, url_for

from certif.directory.exports import geojson_of, map_of, sheet_of
from certif.directory.facets import Asked, counted, counts_of, total_of
from certif.directory.forms import DirectoryForm
from certif.directory.frames import NAMES, frame_code
from certif.directory.search import page_of
from certif.kit.access import ANYONE, audience
from certif.kit.limits import limiter
from certif.kit.settings import settings
from certif.kit.web import Pages, anonymous, framed, page

pages = Pages("directory", __name__)


@pages.route("/repertoire")
@audience(ANYONE)
def show_directory() -> Response:
    """Who is certified, where, and what it is worth today."""
    form = DirectoryForm()
    asked = form.asked()
    total = None if asked.text else total_of(asked)
    if total is not None:
        form.count(asked, counts_of(asked))
    found = page_of(asked, request.args.get("suite"))
    return page(
        "directory/show_directory.html", form=form, asked=asked, found=found, total=None if total is None else counted(total),
        next_url=_following(asked, found.next), chosen=_chosen(form, asked), query=query_of(asked),
        tiles=settings(), frame_code=frame_code(query_of(asked)),
    )  # fmt: skip


def query_of(asked: Asked, **more: str) -> str:
    """Give the question of an address that asks the same: `?region=14&…`, empty where nothing is asked."""
    given = {said: value for name, said in NAMES.items() if (value := getattr(asked, name))}
    given |= {"eleves": "y"} if asked.hires_students else {}
    return f"?{urlencode(given | more)}" if given or more else ""


def _following(asked: Asked, cursor: str | None) -> str | None:
    return url_for(request.endpoint or "directory.show_directory") + query_of(asked, suite=cursor) if cursor else None


def _chosen(form: DirectoryForm, asked: Asked) -> list[tuple[str, str]]:
    """Give what narrows the list: the words of each filter, and the address without it."""
    here = url_for("directory.show_directory")
    return [(label, here + query_of(without)) for label, without in form.chosen(asked)]


@pages.route("/repertoire.csv", bilingual=False)
@limiter.limit("60 per minute")
@audience(ANYONE)
@anonymous
def export_csv() -> Response:
    """The directory as a sheet, with the same filters."""
    return _open_data(sheet_of(DirectoryForm().asked()), "text/csv", "repertoire.csv")


@pages.route("/repertoire.geojson", bilingual=False)
@limiter.limit("60 per minute")
@audience(ANYONE)
@anonymous
def export_geojson() -> Response:
    """The directory as points, with the same filters."""
    return _open_data(geojson_of(DirectoryForm().asked()), "application/geo+json", "repertoire.geojson")


@pages.route("/repertoire/carte.geojson")
@audience(ANYONE)
@anonymous
def show_map() -> Response:
    """What the map shows of the directory, with the same filters: places, or counts by MRC where they are many."""
    response = jsonify(map_of(DirectoryForm().asked()))
    response.headers["Cache-Control"] = "public, max-age=30"
    return response


@pages.route("/repertoire/cadre")
@audience(ANYONE)
@framed
def show_frame() -> Response:
    """The list alone, for partners to show inside their own sites."""
    form = DirectoryForm()
    asked = form.asked()
    found = page_of(asked, request.args.get("suite"))
    return page("directory/show_frame.html", form=form, asked=asked, found=found, next_url=_following(asked, found.next))


def _open_data(pieces: Iterator[str], kind: str, file_name: str) -> Response:
    response = Response(stream_with_context(pieces), content_type=f"{kind}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response

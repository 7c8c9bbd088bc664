"""The directory and its map, for anyone: everything asked is in the address, and the list is whole without the map and without scripts."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, request, url_for

from certif.directory.facets import Asked, counts_of, total_of
from certif.directory.forms import DirectoryForm
from certif.directory.search import page_of
from certif.kit.access import ANYONE, audience
from certif.kit.web import Pages, page

pages = Pages("directory", __name__)

_NAMES = {"text": "q", "region": "region", "mrc": "mrc", "sector": "secteur", "level": "niveau"}


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
        "directory/show_directory.html", form=form, asked=asked, found=found, total=total,
        next_url=_following(asked, found.next), chosen=_chosen(form, asked), query=query_of(asked),
    )  # fmt: skip


def query_of(asked: Asked, **more: str) -> str:
    """Give the question of an address that asks the same: `?region=14&…`, empty where nothing is asked."""
    given = {said: value for name, said in _NAMES.items() if (value := getattr(asked, name))}
    given |= {"eleves": "y"} if asked.hires_students else {}
    return f"?{urlencode(given | more)}" if given or more else ""


def _following(asked: Asked, cursor: str | None) -> str | None:
    return url_for(request.endpoint or "directory.show_directory") + query_of(asked, suite=cursor) if cursor else None


def _chosen(form: DirectoryForm, asked: Asked) -> list[tuple[str, str]]:
    """Give what narrows the list: the words of each filter, and the address without it."""
    here = url_for("directory.show_directory")
    return [(label, here + query_of(without)) for label, without in form.chosen(asked)]

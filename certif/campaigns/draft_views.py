"""The pages of a draft: one for each thing that a region decides of a contest. Published ones have none of them."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.campaigns import actions
from certif.campaigns.draft_forms import PARTS
from certif.campaigns.editing import with_item, without_item
from certif.campaigns.files import read_campaign, write_campaign
from certif.campaigns.forms import EditFileForm
from certif.campaigns.item_forms import LISTS
from certif.campaigns.queries import WRITERS, draft_to_edit
from certif.campaigns.telling import mrc_names
from certif.campaigns.views import pages
from certif.campaigns.wording import item_words
from certif.kit import tokens
from certif.kit.access import actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say

_DRAFT = "/personnel/concours/<ref>/brouillon"


@pages.route(f"{_DRAFT}/fichier", methods=["GET", "POST"])
@audience(*WRITERS)
def edit_file(ref: str) -> Response | Answer:
    """The whole draft, as a file."""
    draft = draft_to_edit(actor(), ref)
    form = EditFileForm(content=write_campaign(draft.definition))
    if form.validate_on_submit():
        with form.held():
            actions.edit_campaign(draft, read_campaign(form.content.data or "").definition, by=actor())
            return _saved(ref)
    return page("campaigns/edit_file.html", form=form, campaign=draft)


@pages.route(f"{_DRAFT}/<part>", methods=["GET", "POST"])
@audience(*WRITERS)
def edit_part(ref: str, part: str) -> Response | Answer:
    """One thing that the draft decides."""
    draft, (label, kind) = draft_to_edit(actor(), ref), _known(PARTS, part)
    form = kind(data=kind.showing(draft.definition)).offer(list(mrc_names(draft.program).items()))
    if form.validate_on_submit():
        with form.held():
            actions.edit_campaign(draft, form.applied_to(draft.definition), by=actor())
            return _saved(ref)
    return page("campaigns/edit_part.html", form=form, campaign=draft, label=label)


@pages.route(f"{_DRAFT}/listes/<part>")
@audience(*WRITERS)
def list_items(ref: str, part: str) -> Response:
    """One of the lists of the draft, in order."""
    draft, (field, label, adding, _kind) = draft_to_edit(actor(), ref), _known(LISTS, part)
    items = item_words(draft.definition, field, mrc_names(draft.program))
    return page("campaigns/list_items.html", campaign=draft, part=part, label=label, adding=adding, items=items)


@pages.route(f"{_DRAFT}/listes/<part>/nouveau", methods=["GET", "POST"], endpoint="add_item")
@pages.route(f"{_DRAFT}/listes/<part>/<int:number>", methods=["GET", "POST"])
@audience(*WRITERS)
def edit_item(ref: str, part: str, number: int | None = None) -> Response | Answer:
    """One item of a list, new or not."""
    draft, (field, label, adding, kind) = draft_to_edit(actor(), ref), _known(LISTS, part)
    items = getattr(draft.definition, field)
    before = _at(items, number)
    form = kind(data=_showing(kind, before, number)).offer(list(mrc_names(draft.program).items()))
    if form.validate_on_submit():
        item = form.item(getattr(before, "id", None) or tokens.ref()[:8].lower(), before)
        place = number - 1 if number else None
        actions.edit_campaign(draft, with_item(draft.definition, field, place, item, form.position.data), by=actor())
        return _saved(ref, part)
    return page("campaigns/edit_item.html", form=form, campaign=draft, part=part, label=label, adding=adding, number=number)


@pages.route(f"{_DRAFT}/listes/<part>/<int:number>/retrait", methods=["POST"])
@audience(*WRITERS)
def remove_item(ref: str, part: str, number: int) -> Answer:
    """Take an item out of a list."""
    draft, (field, *_others) = draft_to_edit(actor(), ref), _known(LISTS, part)
    _at(getattr(draft.definition, field), number)
    actions.edit_campaign(draft, without_item(draft.definition, field, number - 1), by=actor())
    return _saved(ref, part)


def _known(places: dict[str, Any], part: str) -> Any:
    if part not in places:
        raise NotFound
    return places[part]


def _at(items: Any, number: int | None) -> Any:
    if number is None:
        return None
    if not 1 <= number <= len(items):
        raise NotFound
    return items[number - 1]


def _showing(kind: Any, before: Any, number: int | None) -> dict[str, Any]:
    return {"position": number, **kind.showing(before)} if before is not None else dict(kind.FIRST)


def _saved(ref: str, part: str | None = None) -> Answer:
    say(_("Le brouillon est enregistré."))
    return go("campaigns.list_items", ref=ref, part=part) if part else go("campaigns.show_campaign", ref=ref)

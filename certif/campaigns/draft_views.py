"""The pages of a draft: one for each thing that a region decides of a contest. Published ones have none of them."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.campaigns import actions
from certif.campaigns.draft_forms import PARTS
from certif.campaigns.editing import mark_of, without_item
from certif.campaigns.files import read_campaign, write_campaign
from certif.campaigns.forms import EditFileForm
from certif.campaigns.item_forms import LISTS, Listed
from certif.campaigns.model import Campaign
from certif.campaigns.queries import WRITERS, draft_to_edit
from certif.campaigns.telling import mrc_names
from certif.campaigns.views import pages
from certif.campaigns.wording import item_words
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
            read = read_campaign(form.content.data or "").definition
            actions.edit_campaign(draft, lambda _before: read, by=actor())
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
            actions.edit_campaign(draft, form.applied_to, by=actor())
            return _saved(ref)
    return page("campaigns/edit_part.html", form=form, campaign=draft, label=label)


@pages.route(f"{_DRAFT}/listes/<part>")
@audience(*WRITERS)
def list_items(ref: str, part: str) -> Response:
    """One of the lists of the draft, in order."""
    draft, listed = draft_to_edit(actor(), ref), _known(LISTS, part)
    items = item_words(draft.definition, listed.field, mrc_names(draft.program))
    return page("campaigns/list_items.html", campaign=draft, part=part, listed=listed, items=items)


@pages.route(f"{_DRAFT}/listes/<part>/nouveau", methods=["GET", "POST"], endpoint="add_item")
@pages.route(f"{_DRAFT}/listes/<part>/<int:number>", methods=["GET", "POST"])
@audience(*WRITERS)
def edit_item(ref: str, part: str, number: int | None = None) -> Response | Answer:
    """One item of a list, new or not."""
    draft, listed = draft_to_edit(actor(), ref), _known(LISTS, part)
    before, form = _item_form(draft, listed, number)
    if form.validate_on_submit():
        with form.held():
            actions.edit_campaign(draft, form.put(listed.field, number, before), by=actor())
            return _saved(ref, part)
    return page("campaigns/edit_item.html", form=form, campaign=draft, part=part, listed=listed, number=number)


@pages.route(f"{_DRAFT}/listes/<part>/<int:number>/retrait", methods=["POST"])
@audience(*WRITERS)
def remove_item(ref: str, part: str, number: int) -> Answer:
    """Take an item out of a list."""
    draft, listed = draft_to_edit(actor(), ref), _known(LISTS, part)
    _at(getattr(draft.definition, listed.field), number)
    seen = request.form.get("seen", "")
    actions.edit_campaign(draft, lambda now: without_item(now, listed.field, number - 1, seen=seen), by=actor())
    return _saved(ref, part)


def _item_form(draft: Campaign, listed: Listed, number: int | None) -> tuple[Any, Any]:
    """Give the item at a place, None for a new one, and the form that shows it."""
    before = _at(getattr(draft.definition, listed.field), number)
    shown = {"position": number, **listed.form.showing(before)} if before is not None else dict(listed.form.FIRST)
    form = listed.form(data=shown | {"seen": mark_of(draft.definition, listed.field)})
    return before, form.offer(list(mrc_names(draft.program).items()))


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


def _saved(ref: str, part: str | None = None) -> Answer:
    say(_("Le brouillon est enregistré."))
    return go("campaigns.list_items", ref=ref, part=part) if part else go("campaigns.show_campaign", ref=ref)

"""Prospects as staff see them: the list, one of them, and the letter that invites it."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.imports import inviting, papers, queries
from certif.imports.forms import InviteForm, ProspectFilterForm
from certif.imports.queries import KEEPERS, ProspectFilter, prospect_of
from certif.imports.views import pages
from certif.kit import audit
from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.programs import programs_of
from certif.territory import mrc_choices


@pages.route("/personnel/prospects")
@audience(*STAFF)
def list_prospects() -> Response:
    """The prospects of my programs, and of my territory."""
    form = ProspectFilterForm().offer([(one.slug, one.name) for one in programs_of(actor())], mrc_choices())
    asked = ProspectFilter(form.asked("text") or "", form.asked_standing(), form.asked("program"), form.asked("mrc"))
    found = queries.prospects_of(actor(), asked, request.args.get("suite"))
    keeps = bool(actor().roles & set(KEEPERS))
    return page("imports/list_prospects.html", form=form, found=found, next_url=following(found), keeps=keeps, **papers.STANDING_WORDS)


@pages.route("/personnel/prospects/<ref>")
@audience(*STAFF)
def show_prospect(ref: str) -> Response:
    """What is known of a prospect, and what happened."""
    prospect = prospect_of(actor(), ref)
    return page(
        "imports/show_prospect.html", prospect=prospect, standing=queries.standing_of(prospect), employer=queries.employer_like(prospect),
        keeps=actor().holds(prospect.program_id, *KEEPERS), history=audit.history(prospect), why_not=inviting.obstacle(prospect),
        sector=papers.sector_name(prospect.sector), **papers.STANDING_WORDS,
    )  # fmt: skip


@pages.route("/personnel/prospects/<ref>/invitation", methods=["GET", "POST"])
@audience(*KEEPERS)
def invite_prospect(ref: str) -> Response | Answer:
    """See the letter, and send it."""
    prospect, form = prospect_of(actor(), ref), InviteForm()
    if form.validate_on_submit() and "send" in request.form:
        with form.held():
            inviting.invite_prospect(prospect, note=form.note.data or "", by=actor())
            say(_("L’invitation est en route vers %(email)s.", email=prospect.contact_email))
            return go("imports.show_prospect", ref=ref)
    letter = papers.letter_seen(prospect, note=form.note.data or "", inviter=actor().name)
    return page("imports/invite_prospect.html", form=form, prospect=prospect, letter=letter, why_not=inviting.obstacle(prospect))

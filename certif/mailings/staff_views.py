"""Staff write to many: choose whom, see the letter and the count, confirm, follow, stop."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.errors import Refusal
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.mailings import actions, queries, writing
from certif.mailings.forms import DraftForm
from certif.mailings.model import FOUR_EYES_ABOVE, Audience, Step
from certif.mailings.queries import SENDERS, mailing_of
from certif.mailings.views import pages
from certif.programs import program_of, programs_of


@pages.route("/personnel/envois")
@audience(*SENDERS)
def list_mailings() -> Response:
    """The letters to many of my programs."""
    found = queries.mailings_of(actor(), request.args.get("suite"))
    return page("mailings/list_mailings.html", found=found, next_url=following(found))


@pages.route("/personnel/envois/nouveau", methods=["GET", "POST"])
@audience(*SENDERS)
def draft_mailing() -> Response | Answer:
    """Choose whom to write to. Nothing leaves yet."""
    form = DraftForm().offer([(one.slug, one.name) for one in programs_of(actor(), *SENDERS)])
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *SENDERS)
            mailing = actions.draft_mailing(program, Audience(form.audience.data), note=form.note.data or "", by=actor())
            return go("mailings.show_mailing", ref=mailing.ref)
    return page("mailings/draft_mailing.html", form=form, bound=FOUR_EYES_ABOVE)


@pages.route("/personnel/envois/selection", methods=["POST"])
@audience(*SENDERS)
def select_files() -> Answer:
    """From a list: the files that were ticked. Nothing leaves yet."""
    program, refs = queries.chosen_program(actor(), request.form.getlist("refs"))
    if program is None:
        raise Refusal(_("Cochez des dossiers d’un même programme."))
    mailing = actions.draft_mailing(program, Audience.SELECTED, refs=refs, by=actor())
    return go("mailings.show_mailing", ref=mailing.ref)


@pages.route("/personnel/envois/<ref>")
@audience(*SENDERS)
def show_mailing(ref: str) -> Response:
    """For whom, how many, the very letter; then how far it is."""
    mailing = mailing_of(actor(), ref)
    found = queries.recipients_of(mailing, request.args.get("suite"))
    steps = {kind.value: mailing.step(kind) for kind in Step}
    return page(
        "mailings/show_mailing.html", mailing=mailing, steps=steps, progress=queries.progress_of(mailing), found=found,
        next_url=following(found), letters=writing.seen_letters(mailing) if not (steps["confirmed"] or "suite" in request.args) else [],
        may_second=actor().ref not in {mailing.drafted_by, getattr(steps["confirmed"], "taken_by", None)}, form=Form(),
        bound=FOUR_EYES_ABOVE, about=writing.subject_of(mailing),
    )  # fmt: skip


@pages.route("/personnel/envois/<ref>/confirmation", methods=["POST"])
@audience(*SENDERS)
def confirm_mailing(ref: str) -> Answer:
    """Agree to send it."""
    actions.confirm_mailing(mailing_of(actor(), ref), by=actor())
    say(_("L’envoi est confirmé."))
    return go("mailings.show_mailing", ref=ref)


@pages.route("/personnel/envois/<ref>/seconde-confirmation", methods=["POST"])
@audience(*SENDERS)
def second_mailing(ref: str) -> Answer:
    """Agree as the second person."""
    actions.second_mailing(mailing_of(actor(), ref), by=actor())
    say(_("L’envoi est confirmé par deux personnes : il commence."))
    return go("mailings.show_mailing", ref=ref)


@pages.route("/personnel/envois/<ref>/arret", methods=["POST"])
@audience(*SENDERS)
def stop_mailing(ref: str) -> Answer:
    """Send no more of it."""
    actions.stop_mailing(mailing_of(actor(), ref), by=actor())
    say(_("L’envoi est arrêté. Ce qui est parti est parti."))
    return go("mailings.show_mailing", ref=ref)

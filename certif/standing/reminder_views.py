"""The reminders of a file: what left and what will, for staff; and where whoever reads them stops them."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.certification import file_of
from certif.kit.access import ANYONE, STAFF, VISITOR, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import foreign_posts, go, page, say
from certif.standing import silence
from certif.standing.views import pages


@pages.route("/personnel/dossiers/<ref>/rappels", methods=["GET", "POST"])
@audience(*STAFF)
def show_reminders(ref: str) -> Response | Answer:
    """The reminders of a file; the button stops them."""
    certification, form = file_of(actor(), ref), Form()
    if form.validate_on_submit():
        silence.stop_reminders(certification, by=actor())
        say(_("Les rappels automatiques de ce dossier sont arrêtés."))
        return go("standing.show_reminders", ref=ref)
    return page(
        "standing/show_reminders.html", form=form, certification=certification, sent=silence.reminders_of(certification),
        has_stopped=silence.has_stopped(certification), next_on=silence.next_reminder_on(certification),
        delays=silence.reminder_days(certification.program),
    )  # fmt: skip


@pages.route("/rappels/<token>/arret", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@foreign_posts
@audience(ANYONE)
def stop_reminders(token: str) -> Response | Answer:
    """One button stops the reminders; mail programs press it too (RFC 8058), which the token alone allows."""
    certification, form = silence.certification_to_stop(token), Form()
    if form.is_submitted():
        silence.stop_reminders(certification, by=VISITOR)
        return go("standing.stop_reminders", token=token)
    return page(
        "standing/stop_reminders.html", form=form, certification=certification, has_stopped=silence.has_stopped(certification)
    )  # fmt: skip

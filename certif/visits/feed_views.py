"""The subscription of one’s own calendar: its secret address, and what it gives."""

from __future__ import annotations

import hashlib

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import ANYONE, STAFF, actor, audience
from certif.kit.calendars import ICS
from certif.kit.forms import Form
from certif.kit.languages import _, speaking
from certif.kit.limits import limiter
from certif.kit.web import anonymous, go, page, say
from certif.visits import feed_actions as actions
from certif.visits.calendar_queries import oneself
from certif.visits.feed_queries import calendar_of, feed_behind
from certif.visits.views import pages


@pages.route("/personnel/terrain/abonnement", methods=["GET", "POST"])
@audience(*STAFF)
def show_feed() -> Response:
    """The address that my own calendar reads: whether there is one; a new one is shown once."""
    me, form, token = oneself(actor()), Form(), None
    if form.validate_on_submit():
        token = actions.make_feed(me, by=actor())
    return page("visits/show_feed.html", form=form, feed=actions.feed_of(me), token=token)


@pages.route("/personnel/terrain/abonnement/fermeture", methods=["POST"])
@audience(*STAFF)
def revoke_feed() -> Answer:
    """The address gives nothing any more."""
    actions.revoke_feed(oneself(actor()), by=actor())
    say(_("L’adresse ne donne plus rien. Supprimez l’abonnement dans votre agenda."))
    return go("visits.show_feed")


@pages.route("/calendriers/<token>.ics", bilingual=False)
@limiter.limit("120 per hour")
@anonymous
@audience(ANYONE)
def read_feed(token: str) -> Answer:
    """My meetings, for the calendar that subscribed to them."""
    user = feed_behind(token).user
    with speaking(user.language):
        text = calendar_of(user)
    answer = Response(text, mimetype=ICS)
    answer.set_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)

"""What anyone does with bulletins: ask for them, confirm, unsubscribe, read those that were published."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.bulletins import queries, subscribing
from certif.bulletins.feed import feed_of
from certif.bulletins.forms import SubscribeForm
from certif.bulletins.links import subscriber_to_confirm, subscriber_to_stop
from certif.bulletins.parts import parts_of
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.feeds import MEDIA_TYPE
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _, language
from certif.kit.limits import limiter
from certif.kit.web import Pages, anonymous, foreign_posts, go, page, say
from certif.programs import Program, open_programs, program_by_slug

pages = Pages("bulletins", __name__)


@pages.route("/bulletin", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@audience(ANYONE)
def subscribe() -> Response | Answer:
    """Where anyone asks for the bulletins of a region."""
    form = SubscribeForm(program=request.args.get("programme"), spoken=language()).offer(open_programs())
    if form.validate_on_submit():
        with form.held():
            program = program_by_slug(form.program.data)
            subscribing.ask_for_bulletin(program, form.email.data, language=form.spoken.data, version=form.seen_version, by=VISITOR)
            return go("bulletins.show_asked")
    return page("bulletins/subscribe.html", form=form)


@pages.route("/bulletin/demande")
@audience(ANYONE)
def show_asked() -> Response:
    """What comes next, once it was asked for; the same for everyone."""
    return page("bulletins/show_asked.html", days=subscribing.PATIENCE.days)


@pages.route("/bulletin/confirmation/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def confirm_subscription(token: str) -> Response | Answer:
    """The link of the letter: reading it changes nothing; the button confirms."""
    subscriber, form = subscriber_to_confirm(token), Form()
    if form.validate_on_submit():
        with form.held():
            subscribing.confirm_subscription(subscriber, by=VISITOR)
            say(_("C’est fait : vous recevrez les prochains bulletins."))
            return go("bulletins.confirm_subscription", token=token)
    return page("bulletins/confirm_subscription.html", form=form, subscriber=subscriber)


@pages.route("/bulletin/desabonnement/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@foreign_posts
@audience(ANYONE)
def unsubscribe(token: str) -> Response | Answer:
    """One button unsubscribes; mail programs press it too (RFC 8058), which the token alone allows."""
    subscriber, form = subscriber_to_stop(token), Form()
    if form.is_submitted():
        subscribing.unsubscribe(subscriber, by=VISITOR)
        return go("bulletins.unsubscribe", token=token)
    return page("bulletins/unsubscribe.html", form=form, subscriber=subscriber)


@pages.route("/bulletins")
@audience(ANYONE)
def list_published() -> Response:
    """The bulletins that were published, the newest first."""
    program = _asked_program()
    found = queries.published_bulletins(program, request.args.get("suite"))
    return page("bulletins/list_published.html", found=found, next_url=following(found), program=program)


@pages.route("/bulletins.atom")
@limiter.limit("60 per minute")
@audience(ANYONE)
@anonymous
def show_feed() -> Response:
    """The same, for programs that read feeds."""
    program = _asked_program()
    text = feed_of(program, queries.newest_bulletins(program))
    return Response(text, mimetype=MEDIA_TYPE, headers={"Cache-Control": "public, max-age=300"})


@pages.route("/bulletins/<ref>")
@audience(ANYONE)
def show_published(ref: str) -> Response:
    """One bulletin. Names in it follow what was agreed to, as of now."""
    bulletin = queries.published_bulletin(ref)
    return page("bulletins/show_published.html", bulletin=bulletin, parts=parts_of(bulletin, language()))


def _asked_program() -> Program | None:
    asked = request.args.get("programme")
    return program_by_slug(asked) if asked else None

"""A student names a boss: where they work, why, and a code that shows the address to be theirs.

These pages read no cookie and set none, so anyone may keep a copy of what is only read. What was typed travels in the page, or waits a day
for a code; nothing of it is in an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, request
from flask_limiter.util import get_remote_address
from werkzeug import Response as Answer

from certif.consents import PURPOSES
from certif.kit import clock, tokens
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.db import reading
from certif.kit.limits import limiter
from certif.kit.web import cookieless, go, page
from certif.nominations import nominate_actions as actions
from certif.nominations.nominate_counting import find_spot
from certif.nominations.nominate_forms import CodeForm, NominateForm, form_of
from certif.nominations.nominate_keys import RECEIPT_LENGTH, in_groups, new_code
from certif.nominations.nominate_queries import (
    LEAST_SIGNS,
    Door,
    Spot,
    Waiting,
    door_at,
    draft_at,
    draft_for_parent,
    find_places,
    place_at,
    place_of,
)
from certif.nominations.nominate_said import Said, age_choices, is_child, is_too_young
from certif.nominations.pass_queries import school_of
from certif.nominations.views import pages
from certif.surveys import level_label

A_SCHOOL = "6000 per minute"
"""What one network may post: a school that names its bosses within a morning."""
LETTERS_TO_A_NETWORK, LETTERS_OF_THE_SITE = "1200 per 10 minutes", "6000 per 10 minutes"
"""How many posts may make us write to somebody: a large school at once, and no more from everywhere."""
KEPT_SECONDS = 30


def network() -> str:
    """Give a name of the day for the network that asks: whoever counts by it keeps no address."""
    return tokens.digest(f"{clock.today()} {get_remote_address()}")[:16]


def _wrote(response: Response) -> bool:
    return response.status_code == 303


def _everyone() -> str:
    return "nominations"


@pages.route("/n/<ref>", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, key_func=network, methods=["POST"], override_defaults=True)
@limiter.limit(LETTERS_TO_A_NETWORK, key_func=network, methods=["POST"], deduct_when=_wrote)
@limiter.limit(LETTERS_OF_THE_SITE, key_func=_everyone, methods=["POST"], deduct_when=_wrote)
@audience(ANYONE)
@cookieless
def nominate(ref: str) -> Response | Answer:
    """Name a boss: first where, then why and who."""
    if request.method == "POST":
        return _hear(ref)
    door = door_at(ref)
    if door is None or door.state != "open":
        return turned_away(door)
    asks = any(request.args.get(name) for name in ("etablissement", "lieu"))
    return _kept_briefly(_ask(door, _beforehand(door)) if asks else _find(door))


@pages.route("/n/<ref>/code/<draft>", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def confirm_nomination(ref: str, draft: str) -> Response | Answer:
    """Type the six digits of the letter: from then on the nomination counts."""
    form = CodeForm()
    with reading():
        reply = _prepared(door_at(ref), draft_at(draft))
    if isinstance(reply, Response):
        return reply
    if request.form.get("go") == "again":
        return _send_again(reply)
    if form.validate_on_submit():
        with form.held():
            actions.confirm_nomination(reply.waiting, reply.door, reply.spot, form.code.data, receipt=reply.receipt, by=VISITOR)
            return reply.thanks
    return _awaiting(reply, form)


@pages.route("/n/<ref>/parent/<token>", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def confirm_as_parent(ref: str, token: str) -> Response:
    """A parent reads what a child wrote, and presses the one button; without it nothing counts."""
    with reading():
        reply = _prepared(door_at(ref), draft_for_parent(tokens.digest(token)))
    if isinstance(reply, Response):
        return reply
    if request.method == "POST":
        actions.confirm_as_parent(reply.waiting, reply.door, reply.spot, receipt=reply.receipt, by=VISITOR)
        return reply.thanks
    said = reply.waiting.said
    return page("nominations/confirm_as_parent.html", door=reply.door, said=said, purposes=PURPOSES, level_label=level_label)


def turned_away(door: Door | None) -> Response:
    """Say kindly that one cannot nominate here now, and why."""
    status = 404 if door is None else 410 if door.state == "over" else 409
    return page("nominations/turned_away.html", status=status, door=door)


@dataclass(frozen=True)
class _Confirming:
    """A draft that may count, and the last page, set before anything is held: nobody waits while it is drawn."""

    door: Door
    waiting: Waiting
    spot: Spot
    receipt: str
    thanks: Response


@dataclass(frozen=True)
class _Heard:
    """What was typed and may be kept. `thanks`, for whoever has a pass."""

    door: Door
    form: Any
    said: Said
    spot: Spot
    receipt: str
    thanks: Response | None


def _prepared(door: Door | None, waiting: Waiting | None) -> Response | _Confirming:
    if door is None or door.state != "open":
        return turned_away(door)
    if waiting is None or waiting.campaign_id != door.campaign_id:
        return page("nominations/draft_gone.html", status=410, door=door)
    spot, receipt = find_spot(door, waiting.said), new_code(RECEIPT_LENGTH)
    _know(door)
    return _Confirming(door, waiting, spot, receipt, _thank(door, receipt, is_mailed=True))


def _know(door: Door) -> None:
    """Read all that is asked of a contest later on, while nothing is held."""
    assert door.areas is not None and door.school_bodies is not None and door.body


def _find(door: Door) -> Response:
    text = " ".join(request.args.get("q", "").split())
    found, coupon = find_places(door, text), request.args.get("coupon", "")[:40]
    return page("nominations/nominate.html", door=door, text=text, found=found, is_asked=len(text) >= LEAST_SIGNS, coupon=coupon)


def _beforehand(door: Door) -> Any:
    """Give the form as it stands before anything is typed: what the address says is filled in."""
    coupon = request.args.get("coupon", "")[:40]
    known = {"establishment": request.args.get("etablissement", "")[:64], "coupon": coupon}
    return form_of(NominateForm, door, door.areas, **known, school=school_of(door.campaign_id, coupon) if coupon else "")


def _ask(door: Door, form: Any) -> Response:
    place = place_at(form.establishment.data) if form.establishment.data else None
    if place is None:
        form.establishment.data = ""
    name = place_of(place) if place else ""
    return page("nominations/say_why.html", door=door, form=form, place=place, place_name=name, bodies=door.school_bodies)


def _hear(ref: str) -> Response | Answer:
    """Hear what was typed. All that is only read comes first; then something is kept, at once."""
    with reading():
        reply = _listen(door_at(ref))
    if isinstance(reply, Response):
        return reply
    with reply.form.held():
        return _keep(reply)
    return _ask(reply.door, reply.form)


def _listen(door: Door | None) -> Response | _Heard:
    """Understand what was typed. Of whoever is too young, nothing is looked at, and nothing is kept."""
    if door is None or door.state != "open":
        return turned_away(door)
    age, rules = request.form.get("age", ""), door.definition.eligibility
    if age in dict(age_choices(rules)) and is_too_young(rules, age):
        return page("nominations/too_young.html", door=door)
    form = form_of(NominateForm, door, door.areas)
    if form.validate_on_submit():
        with form.held():
            said, receipt = form.said(), new_code(RECEIPT_LENGTH)
            spot, has_pass = find_spot(door, said), not form.address
            _know(door)
            return _Heard(door, form, said, spot, receipt, _thank(door, receipt, is_mailed=False) if has_pass else None)
    return _ask(door, form)


def _keep(heard: _Heard) -> Response | Answer:
    door, form, here = heard.door, heard.form, get_remote_address() or ""
    if heard.thanks is not None:
        actions.nominate_by_pass(door, heard.said, heard.spot, form.coupon.data, network=here, receipt=heard.receipt, by=VISITOR)
        return heard.thanks
    draft = actions.keep_draft(door, heard.said, form.address, network=here, by=VISITOR)
    if is_child(heard.said.age):
        return page("nominations/ask_parent.html", door=door, email=form.address)
    return go("nominations.confirm_nomination", ref=door.ref, draft=draft)


def _awaiting(reply: _Confirming, form: CodeForm) -> Response:
    was_again = "encore" in request.args
    return page("nominations/confirm_nomination.html", door=reply.door, waiting=reply.waiting, form=form, was_again=was_again)


def _send_again(reply: _Confirming) -> Answer:
    actions.send_another_code(reply.waiting.ref, reply.door, reply.waiting.email, by=VISITOR)
    return go("nominations.confirm_nomination", ref=reply.door.ref, draft=reply.waiting.ref, encore=1)


def _thank(door: Door, receipt: str, *, is_mailed: bool) -> Response:
    return page("nominations/thanks.html", door=door, code=in_groups(receipt), is_mailed=is_mailed)


def _kept_briefly(response: Response) -> Response:
    """Let anybody keep a page that says the same to all for half a minute; one that holds a pass, nobody."""
    if response.status_code == 200 and "coupon" not in request.args:
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, must-revalidate"
        response.add_etag()
        response.make_conditional(request)
    return response

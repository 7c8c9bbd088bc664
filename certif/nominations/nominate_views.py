"""A student names a boss: where they work, why, and a code that shows the address to be theirs.

These pages read no cookie and set none, so anyone may keep a copy of what is only read. What was typed travels in the page, or waits a day
for a code; nothing of it is in an address.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_limiter.util import get_remote_address
from werkzeug import Response as Answer

from certif.consents import PURPOSES
from certif.kit import clock, tokens
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.limits import limiter
from certif.kit.web import cookieless, go, page
from certif.nominations import nominate_actions as actions
from certif.nominations.nominate_counting import Receipt
from certif.nominations.nominate_forms import CodeForm, NominateForm, form_of
from certif.nominations.nominate_keys import in_groups
from certif.nominations.nominate_model import NominationDraft
from certif.nominations.nominate_queries import LEAST_SIGNS, Door, door_at, draft_at, draft_for_parent, find_places, place_at, place_of
from certif.nominations.nominate_said import Said, age_choices, is_too_young
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
    door = door_at(ref)
    if door is None or door.state != "open":
        return turned_away(door)
    if request.method == "POST":
        return _hear(door)
    asks = any(request.args.get(name) for name in ("etablissement", "lieu"))
    return _kept_briefly(_ask(door, _beforehand(door)) if asks else _find(door))


@pages.route("/n/<ref>/code/<draft>", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def confirm_nomination(ref: str, draft: str) -> Response | Answer:
    """Type the six digits of the letter: from then on the nomination counts."""
    door, kept, form = door_at(ref), draft_at(draft), CodeForm()
    if door is None or door.state != "open":
        return turned_away(door)
    if kept is None or kept.campaign_id != door.campaign.id:
        return page("nominations/draft_gone.html", status=410, door=door)
    if request.form.get("go") == "again":
        return _send_again(door, kept)
    if form.validate_on_submit():
        with form.held():
            return _thank(door, actions.confirm_nomination(kept, door, form.code.data, by=VISITOR))
    return page("nominations/confirm_nomination.html", door=door, draft=kept, form=form, was_again="encore" in request.args)


@pages.route("/n/<ref>/parent/<token>", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def confirm_as_parent(ref: str, token: str) -> Response:
    """A parent reads what a child wrote, and presses the one button; without it nothing counts."""
    door, draft = door_at(ref), draft_for_parent(tokens.digest(token))
    if door is None or door.state != "open":
        return turned_away(door)
    if draft is None or draft.campaign_id != door.campaign.id:
        return page("nominations/draft_gone.html", status=410, door=door)
    if request.method == "POST":
        return _thank(door, actions.confirm_as_parent(draft, door, by=VISITOR))
    return page(
        "nominations/confirm_as_parent.html", door=door, said=Said(**draft.said), draft=draft, purposes=PURPOSES, level_label=level_label
    )


def turned_away(door: Door | None) -> Response:
    """Say kindly that one cannot nominate here now, and why."""
    status = 404 if door is None else 410 if door.state == "over" else 409
    return page("nominations/turned_away.html", status=status, door=door)


def _find(door: Door) -> Response:
    text = " ".join(request.args.get("q", "").split())
    found = find_places(door, text)
    return page(
        "nominations/nominate.html", door=door, text=text, found=found, is_asked=len(text) >= LEAST_SIGNS,
        coupon=request.args.get("coupon", "")[:40],
    )  # fmt: skip


def _beforehand(door: Door) -> Any:
    """Give the form as it stands before anything is typed: what the address says is filled in."""
    coupon = request.args.get("coupon", "")[:40]
    known = {"establishment": request.args.get("etablissement", "")[:64], "coupon": coupon}
    return form_of(NominateForm, door, door.territory(), **known, school=school_of(door.campaign, coupon) if coupon else "")


def _ask(door: Door, form: Any) -> Response:
    place = place_at(form.establishment.data) if form.establishment.data else None
    if place is None:
        form.establishment.data = ""
    return page(
        "nominations/say_why.html", door=door, form=form, place=place, place_name=place_of(place) if place else "",
        bodies=door.school_bodies(),
    )  # fmt: skip


def _hear(door: Door) -> Response | Answer:
    """Hear what was typed. Of whoever is too young, nothing is looked at, and nothing is kept."""
    age, rules = request.form.get("age", ""), door.definition.eligibility
    if age in dict(age_choices(rules)) and is_too_young(rules, age):
        return page("nominations/too_young.html", door=door)
    form = form_of(NominateForm, door, door.territory())
    if form.validate_on_submit():
        with form.held():
            return _keep(door, form)
    return _ask(door, form)


def _keep(door: Door, form: Any) -> Response | Answer:
    said, here = form.said(), get_remote_address() or ""
    if form.coupon.data and not form.address:
        return _thank(door, actions.nominate_by_pass(door, said, form.coupon.data, network=here, by=VISITOR))
    draft = actions.keep_draft(door, said, form.address, network=here, by=VISITOR)
    if draft.is_for_parent:
        return page("nominations/ask_parent.html", door=door, draft=draft)
    return go("nominations.confirm_nomination", ref=door.campaign.ref, draft=draft.ref)


def _send_again(door: Door, draft: NominationDraft) -> Answer:
    actions.send_another_code(draft, door, by=VISITOR)
    return go("nominations.confirm_nomination", ref=door.campaign.ref, draft=draft.ref, encore=1)


def _thank(door: Door, receipt: Receipt) -> Response:
    return page("nominations/thanks.html", door=door, nomination=receipt.nomination, code=in_groups(receipt.code))


def _kept_briefly(response: Response) -> Response:
    """Let anybody keep a page that says the same to all for half a minute; one that holds a pass, nobody."""
    if response.status_code == 200 and "coupon" not in request.args:
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, must-revalidate"
        response.add_etag()
        response.make_conditional(request)
    return response

"""Signs that nominations of a boss may come of one hand, with their reasons: of a contest, and of one boss."""

from __future__ import annotations

from flask import Response, request

from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.web import page
from certif.nominations import signs_queries as queries
from certif.nominations.boss_queries import boss_of, contest_of
from certif.nominations.signs_finding import NAMES, explain
from certif.nominations.signs_picture import picture_of
from certif.nominations.views import pages


@pages.route("/personnel/concours/<ref>/signes")
@audience(*STAFF)
def list_signs(ref: str) -> Response:
    """The bosses whose nominations show signs, and from when on a sign is shown."""
    campaign = contest_of(actor(), ref)
    found = queries.suspects_of(campaign, actor(), request.args.get("suite"))
    rules = [(kind, NAMES[kind], explain(kind)) for kind in NAMES]
    names = {kind.value: name for kind, name in NAMES.items()}
    return page("nominations/list_signs.html", campaign=campaign, found=found, next_url=following(found), rules=rules, names=names)


@pages.route("/personnel/boss/<ref>/signes")
@audience(*STAFF)
def show_signs(ref: str) -> Response:
    """Why the nominations of one boss look independent or tied: a picture, and the table behind it."""
    boss = boss_of(actor(), ref)
    traced = queries.traced_of(boss)
    finding = queries.signs_of(traced)
    return page(
        "nominations/show_signs.html", boss=boss, traced=traced, finding=finding, picture=picture_of(traced, finding), names=NAMES,
        explained=[(kind, NAMES[kind], explain(kind)) for kind in NAMES], most=queries.MOST_DRAWN,
    )  # fmt: skip

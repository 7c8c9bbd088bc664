"""What follows nominations in the demonstration: a jury that is seated, laureates, a gala that was held and one to come; news of it all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from certif import galas, territory
from certif.campaigns import Campaign
from certif.cli import demo_bulletins, demo_galas, demo_jury, demo_laureates
from certif.galas import Gala
from certif.kit import clock, tokens
from certif.kit.access import SYSTEM, Actor, Granted, Role
from certif.kit.db import db, transaction
from certif.programs import Program

REGION = "14"
"""Where all of it happens."""
_ISSUER = Actor(SYSTEM.ref, SYSTEM.name, roles=frozenset({Role.ADMIN}), grants=(Granted(Role.ADMIN),))
"""Who issues keys for those who try the demonstration."""
_KEPT_DAYS = 90
_LONG_AGO = dt.timedelta(days=300)
"""A contest that ended before that had its gala in its time."""


def load(seed: int, manager: Actor) -> None:
    """Bring each contest of region 14 to where it stands today: seat its jury, let the public vote, or, when all is over, choose its
    laureates and honour them at a gala; then write to those who asked for news."""
    wanted = (
        select(Campaign).join(Program).join(territory.Region).where(territory.Region.code == REGION, Campaign.published_at.is_not(None))
    )
    with tokens.drawn_from(seed + 4):
        for campaign in db.session.scalars(wanted.order_by(Campaign.id)).all():
            is_running = campaign.is_over and campaign.definition.results_on >= clock.today()
            if is_running:
                demo_laureates.bring_to_today(campaign, manager)
            with transaction():
                jury = demo_jury.seat_jury(campaign, manager)
            if jury is None and campaign.is_over and not is_running:
                demo_laureates.honour(campaign, manager, tells=False)
                _celebrate(campaign, manager)
        demo_bulletins.load(
            db.session.scalars(select(Program).join(territory.Region).where(territory.Region.code == REGION)).one(), manager
        )


def keys() -> list[dict[str, Any]]:
    """Give a new key of each gala, that reads its laureates even under embargo: the first held first."""
    until = clock.today() + dt.timedelta(days=_KEPT_DAYS)
    with transaction():
        found = db.session.scalars(select(Gala).order_by(Gala.held_on, Gala.id)).all()
        return [
            {
                "ref": gala.ref,
                "token": galas.issue_token(gala, label="Démonstration", expires_on=until, sees_embargoed=True, by=_ISSUER),
            }
            for gala in found
        ]


def part_of(email: str) -> str | None:
    """Give what someone without any role in a program is here for: `juror` or `organiser`; None for neither."""
    if email == demo_galas.ORGANISER:
        return "organiser"
    return "juror" if email in dict(demo_jury.JURORS) else None


def _celebrate(campaign: Campaign, manager: Actor) -> None:
    chosen = clock.midnight(max(one.until_on for one in campaign.definition.phases) + dt.timedelta(days=5))
    is_past = chosen < clock.now() - _LONG_AGO
    with clock.frozen(chosen if is_past else clock.now()):
        gala = demo_galas.add_gala(campaign, by=manager)
        with transaction():
            galas.announce_gala(gala, by=manager)
    if is_past:
        with clock.frozen(clock.midnight(gala.held_on) + dt.timedelta(hours=21)), transaction():
            galas.lift_embargo(gala, by=manager)

"""What rooms to the right have to show on a contest’s pages, which know none of them: for staff, where nominations are read, a jury sits…;
for anyone, where one votes and reads the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from certif.campaigns.model import Campaign
from certif.kit.access import Actor


@dataclass(frozen=True)
class CampaignTool:
    """A page that is about a contest. `endpoint` and `values` make its address; `note`, what it would say today, or nothing."""

    label: str
    endpoint: str
    note: str = ""
    values: dict[str, Any] = field(default_factory=dict)


Offer = Callable[[Campaign, Actor], Iterable[CampaignTool]]

_offers: list[Offer] = []


def offer_beside_campaign(offer: Offer) -> Offer:
    """Let a room to the right show its pages on that of each contest. Takes: `offer`, asked for a published contest and who reads it."""
    _offers.append(offer)
    return offer


def tools_of(campaign: Campaign, actor: Actor) -> list[CampaignTool]:
    """Give the pages about a contest that this person may be interested in; none for a draft."""
    return [tool for offer in _offers for tool in offer(campaign, actor)] if campaign.is_published else []


@dataclass(frozen=True)
class PublicLink:
    """A page about a contest, for anyone. `is_main`: what one comes for today."""

    label: str
    endpoint: str
    ref: str
    is_main: bool = False


PublicOffer = Callable[[Campaign], Iterable[PublicLink]]

_public_offers: list[PublicOffer] = []


def offer_on_contest(offer: PublicOffer) -> PublicOffer:
    """Let a room to the right lead to its pages from that of a contest for anyone. Takes: `offer`, asked for a published contest."""
    _public_offers.append(offer)
    return offer


def links_on(campaign: Campaign) -> tuple[PublicLink, ...]:
    """Give the pages about a contest that anyone may open today, in the language being spoken."""
    return tuple(link for offer in _public_offers for link in offer(campaign))

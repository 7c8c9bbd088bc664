"""What rooms to the right have for somebody in « Mon espace », which knows none of them: a jury to sit on, an evening to prepare…"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from certif.kit.access import Actor


@dataclass(frozen=True)
class SpaceLink:
    """A page that is theirs, by its `endpoint`."""

    label: str
    endpoint: str


Offer = Callable[[Actor], Iterable[SpaceLink]]

_offers: list[Offer] = []


def offer_in_space(offer: Offer) -> Offer:
    """Let a room to the right lead there from one’s own space. Takes: `offer`, asked for whoever reads it; it gives nothing for most."""
    _offers.append(offer)
    return offer


def links_of(actor: Actor) -> list[SpaceLink]:
    """Give the pages of other rooms that are about this person."""
    return [link for offer in _offers for link in offer(actor)]

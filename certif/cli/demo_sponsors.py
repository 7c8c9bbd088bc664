"""What the demonstration shows of sponsors: one that gives ten contributions, and has paid for them."""

from __future__ import annotations

import datetime as dt

from certif import sponsorships
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.money import Money
from certif.programs import Program
from certif.sponsorships import SponsorKind, SponsorMethod, SponsorshipTerms


def give(program: Program, manager: Actor) -> None:
    """Let a chamber of commerce give ten contributions of a program, for anyone in it."""
    with clock.frozen(clock.now() - dt.timedelta(days=15)):
        today = clock.today()
        terms = SponsorshipTerms(
            "Chambre de commerce de la démonstration", SponsorKind.CHAMBER, today, today + dt.timedelta(days=300), seats=10,
            shows_name=True, contact_name="Andrée Morin", contact_email="chambre@exemple.com", reference="Résolution 26-041",
        )  # fmt: skip
        given = sponsorships.record_sponsorship(program, terms, by=manager)
        sponsorships.note_sponsor_payment(
            given, Money.dollars(500), method=SponsorMethod.INVOICE, received_on=today, reference="F-0087", by=manager
        )

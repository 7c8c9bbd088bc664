"""SPONSORS. Who gives contributions in the place of employers, the code they hand out, and whom it helped.

A sponsor buys a number of contributions, or gives an amount; an employer types its code and its contribution is covered, or a part of it.
The money of sponsors is counted apart from that of employers: what is covered was not received.
"""

from certif.sponsorships.actions import (
    apply_code,
    note_sponsor_payment,
    record_sponsorship,
    return_seat,
    stop_sponsorship,
    use_code,
)
from certif.sponsorships.kinds import CODE_COOKIE, SponsorKind, SponsorMethod, Standing, sponsor_method_label
from certif.sponsorships.model import SponsoredSeat, SponsorPayment, Sponsorship, SponsorshipStop
from certif.sponsorships.queries import uptake_of, usage_of
from certif.sponsorships.terms import SponsorshipTerms

__all__ = [
    "CODE_COOKIE",
    "SponsorKind",
    "SponsorMethod",
    "SponsorPayment",
    "SponsoredSeat",
    "Sponsorship",
    "SponsorshipStop",
    "SponsorshipTerms",
    "Standing",
    "apply_code",
    "note_sponsor_payment",
    "record_sponsorship",
    "return_seat",
    "sponsor_method_label",
    "stop_sponsorship",
    "uptake_of",
    "usage_of",
    "use_code",
]

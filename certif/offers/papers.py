"""What schools post up: the jobs that are offered this week, on paper. In French, as what is posted up must be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from certif.badges import qr_svg
from certif.documents import typeset
from certif.kit import clock
from certif.kit.languages import _, format_day, format_phone, speaking
from certif.kit.web import absolute_url
from certif.offers.model import JobOffer
from certif.programs import time_of_day


def sheet_pdf(place: str, offers: Sequence[JobOffer]) -> bytes:
    """Typeset the sheet of a place. Gives: PDF, tagged, US Letter."""
    with speaking("fr"):
        data = {
            "title": _("Emplois pour élèves"), "place": place, "day": _("Offres en vigueur le %(day)s", day=format_day(clock.today())),
            "promise": _("Ces employeurs sont certifiés : ils se sont engagés à faire une place aux études."),
            "offers": [_told(one) for one in offers], "empty": _("Aucune offre cette semaine."),
            "more": _("Toutes les offres :"), "address": absolute_url("offers.list_offers", language="fr").partition("://")[2],
        }  # fmt: skip
        return typeset("offers_sheet", data, "fr")


def _told(offer: JobOffer) -> dict[str, Any]:
    alt, address = _("Code QR de l’offre"), absolute_url("offers.show_offer", ref=offer.ref, language="fr")
    return {
        "title": offer.title_fr, "employer": offer.employer.name, "where": f"{offer.establishment.municipality} ({offer.mrc.name})",
        "group": str(offer.group_label), "hours": _hours(offer), "apply": " · ".join(_apply(offer)),
        "until": _("Jusqu’au %(day)s", day=format_day(offer.until_on)), "qr": qr_svg(address, alt=alt), "alt": alt,
    }  # fmt: skip


def _hours(offer: JobOffer) -> str:
    return _(
        "%(hours)s h par semaine au plus, dont %(weekdays)s du lundi au vendredi ; fin à %(time)s ; dès %(age)s ans",
        hours=offer.week_hours, weekdays=offer.monday_friday_hours, time=time_of_day(offer.latest_finish, "fr"), age=offer.least_age,
    )  # fmt: skip


def _apply(offer: JobOffer) -> list[str]:
    return [one for one in (offer.apply_email, format_phone(offer.apply_phone) if offer.apply_phone else "", offer.apply_url) if one]

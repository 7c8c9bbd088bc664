"""A job offer as search engines read it. Source: schema.org/JobPosting."""

from __future__ import annotations

from typing import Any

from certif.kit.languages import language
from certif.kit.web import absolute_url
from certif.offers.model import JobOffer


def posting_of(offer: JobOffer) -> dict[str, Any]:
    """Give the facts of an offer that is shown; no wage is asked for, so none is told."""
    place = offer.establishment
    assert offer.published_at is not None
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": str(offer.title),
        "description": str(offer.tasks),
        "datePosted": offer.published_at.date().isoformat(),
        "validThrough": offer.until_on.isoformat(),
        "employmentType": "PART_TIME" if offer.season == "school" else "TEMPORARY",
        "workHours": f"{offer.week_hours} h",
        "directApply": False,
        "url": absolute_url("offers.show_offer", ref=offer.ref, language=language()),
        "hiringOrganization": {"@type": "Organization", "name": offer.employer.name},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress", "streetAddress": place.address, "addressLocality": place.municipality, "addressRegion": "QC",
                "postalCode": place.postal_code, "addressCountry": "CA",
            },
        },
    }  # fmt: skip

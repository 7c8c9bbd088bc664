"""What a page says of an employer to search engines, in the words of schema.org; only while the certification stands."""

from __future__ import annotations

from typing import Any

from certif.kit.web import absolute_url
from certif.public.queries import Shown


def markup_of(shown: Shown) -> dict[str, Any]:
    """Give the employer's place and its certification, fit for JSON-LD."""
    address = str(absolute_url("public.verify", code=shown.code))
    certification = {
        "@type": "Certification",
        "name": shown.program,
        "certificationIdentification": shown.number,
        "certificationStatus": "https://schema.org/CertificationActive",
        "issuedBy": {"@type": "Organization", "name": shown.body},
        "validFrom": shown.valid_from.isoformat() if shown.valid_from else None,
        "expires": shown.valid_until.isoformat() if shown.valid_until else None,
        "url": address,
    }
    place = {"@type": "PostalAddress", "addressLocality": shown.municipality, "addressRegion": "QC", "addressCountry": "CA"}
    found: dict[str, Any] = {"@context": "https://schema.org", "@type": "LocalBusiness", "@id": address, "name": shown.employer}
    found |= {"address": place, "image": str(absolute_url("public.card_png", code=shown.code)), "hasCertification": certification}
    if shown.profile is not None and shown.profile.website:
        found["url"] = shown.profile.website
    if shown.profile is not None and shown.profile.description:
        found["description"] = shown.profile.description
    return found

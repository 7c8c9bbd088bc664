"""What tells others: the living badge for another site, and plain links that open another site with the public address.

No script, and nobody is followed.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

from certif.kit.languages import _, language
from certif.kit.web import absolute_url
from certif.visibility.kits import Kit
from certif.visibility.wording import title_of

_LINKEDIN_PROFILE = "https://www.linkedin.com/profile/add"
_LINKEDIN = "https://www.linkedin.com/sharing/share-offsite/"
_FACEBOOK = "https://www.facebook.com/sharer/sharer.php"

BADGE = (320, 132)
"""How large the living badge is in other sites, in pixels."""

Link = tuple[str, str]


def badge_code(code: str, title: str, size: tuple[int, int] = BADGE) -> str:
    """Give what another site pastes to show the living badge of a code, in the language being spoken."""
    address = escape(str(absolute_url("public.badge_frame", code=code, language=language())))
    return f'<iframe src="{address}" title="{escape(title)}" width="{size[0]}" height="{size[1]}" style="border:0" loading="lazy"></iframe>'


def shared_address(kit: Kit) -> str:
    """Give the address that is told to others, in the language being spoken."""
    return str(absolute_url("public.verify", code=kit.code))


def share_links(kit: Kit) -> list[Link]:
    """Give where the certification may be told: (words, address)."""
    address = shared_address(kit)
    return [
        (_("LinkedIn : publier"), f"{_LINKEDIN}?{urlencode({'url': address})}"),
        (_("LinkedIn : ajouter à un profil"), f"{_LINKEDIN_PROFILE}?{urlencode(_profile(kit, address))}"),
        (_("Facebook : publier"), f"{_FACEBOOK}?{urlencode({'u': address})}"),
        (_("Courriel"), _letter(kit, address)),
    ]


def _profile(kit: Kit, address: str) -> dict[str, str | int]:
    program = kit.certification.program
    said: dict[str, str | int] = {
        "startTask": "CERTIFICATION_NAME",
        "name": f"{title_of(kit)} – {program.name}",
        "organizationName": program.body.name,
        "certUrl": address,
    }
    if kit.badge is None:
        return said
    since, until = kit.badge.valid_from, kit.badge.valid_until
    said |= {"issueYear": since.year, "issueMonth": since.month, "expirationYear": until.year, "expirationMonth": until.month}
    return {**said, "certId": kit.badge.number}


def _letter(kit: Kit, address: str) -> str:
    subject = _("%(employer)s : %(title)s", employer=kit.employer.name, title=title_of(kit))
    body = _("Notre certification de conciliation études-travail se vérifie ici, à tout moment :")
    return f"mailto:?{urlencode({'subject': subject, 'body': f'{body} {address}'}, quote_via=quote)}"

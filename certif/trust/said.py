"""What a credential says, read with care: whoever wrote it may have written anything."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from certif import badges
from certif.kit import clock
from certif.kit.languages import _, format_instant
from certif.kit.settings import settings

_LONGEST = 300
_CODE = re.compile(r"https?://[^/#?]+/v/([0-9A-Z]{8,40})(?:#.*)?", re.DOTALL)
_PLACE = re.compile(r"(" + "|".join(badges.PURPOSES) + r")-([1-9][0-9]{0,5})", re.ASCII)
_MOST_CHANGES = 20
_INSTANTS = {("validFrom",), ("validUntil",), ("proof", "created")}


@dataclass(frozen=True)
class Said:
    """What a credential says; each part empty, or None, where it says nothing that can be read."""

    issuer: str
    name: str
    municipality: str
    region: str
    achievement: str
    body: str
    level: str
    valid_from: dt.datetime | None
    valid_until: dt.datetime | None
    code: str | None
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was signed. `was` or `now` is None where it is not there at all."""

    label: str
    was: str | None
    now: str | None


def said_in(document: dict[str, Any]) -> Said:
    """Read what a credential says."""
    subject = _first(document.get("credentialSubject"))
    achievement, address = _first(subject.get("achievement")), _first(subject.get("address"))
    found = _CODE.fullmatch(_text(document.get("id")))
    return Said(
        issuer=_text(_first(document.get("issuer")).get("name")),
        name=_text(subject.get("name")),
        municipality=_text(address.get("addressLocality")),
        region=_text(address.get("addressRegion")),
        achievement=_text(achievement.get("name")),
        body=_text(_first(achievement.get("creator")).get("name")),
        level=_text(_first(subject.get("result")).get("value")),
        valid_from=instant(document.get("validFrom")),
        valid_until=instant(document.get("validUntil")),
        code=found[1] if found else None,
        places=tuple(_places(document.get("credentialStatus"))),
    )


def instant(text: Any) -> dt.datetime | None:
    """Read an instant, in UTC where it names no offset; None where it is none."""
    try:
        found = dt.datetime.fromisoformat(text) if isinstance(text, str) else None
        return None if found is None else (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(clock.TORONTO)
    except (ValueError, OverflowError):
        return None


def changes_between(original: dict[str, Any], here: dict[str, Any]) -> list[Change]:
    """Give what differs from what was signed, the first twenty, in the order of the text."""
    before, now = dict(_leaves(original, ())), dict(_leaves(here, ()))
    different = [path for path in [*before, *(path for path in now if path not in before)] if before.get(path) != now.get(path)]
    return [Change(_label(path), _shown(path, before.get(path)), _shown(path, now.get(path))) for path in different[:_MOST_CHANGES]]


def _leaves(one: Any, path: tuple[str, ...]) -> Any:
    inner = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else None
    if inner is None:
        yield path, one
        return
    for name, value in inner:
        yield from _leaves(value, (*path, str(name)))


def _label(path: tuple[str, ...]) -> str:
    known = {
        "credentialSubject.name": _("Employeur"),
        "credentialSubject.address.addressLocality": _("Municipalité"),
        "credentialSubject.address.addressRegion": _("Région"),
        "credentialSubject.result.0.value": _("Niveau"),
        "credentialSubject.achievement.name": _("Ce qui est attesté"),
        "credentialSubject.achievement.creator.name": _("Organisme régional"),
        "credentialSubject.achievement.criteria.narrative": _("Critères"),
        "validFrom": _("Depuis le"),
        "validUntil": _("Jusqu’au"),
        "issuer.name": _("Émetteur"),
        "proof.proofValue": _("Signature"),
        "proof.created": _("Instant de la signature"),
    }
    return str(known.get(".".join(path), " › ".join(path)[:120]))


def _shown(path: tuple[str, ...], value: Any) -> str | None:
    at = instant(value) if path in _INSTANTS else None
    return None if value is None else format_instant(at) if at else _visible(str(value)[:_LONGEST])


def _visible(text: str) -> str:
    """Give a text with a mark in place of each sign that shows nothing, so that what differs can be seen."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _places(entries: Any) -> Any:
    """Give the places in our own lists that a credential names."""
    for entry in (entries if isinstance(entries, list) else [entries])[:4]:
        address, index = _text(_first(entry).get("statusListCredential")), _text(_first(entry).get("statusListIndex"))
        found = _PLACE.fullmatch(address.removeprefix(f"{settings().public_base_url}/statuts/"))
        if found and re.fullmatch(r"[0-9]{1,6}", index, re.ASCII):
            yield int(found[2]), int(index)


def _first(one: Any) -> dict[str, Any]:
    found = one[0] if isinstance(one, list) and one else one
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return "".join(sign for sign in value[:_LONGEST] if sign.isprintable()) if isinstance(value, str) else ""

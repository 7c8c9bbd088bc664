"""Who answers for personal information on this site."""

from __future__ import annotations

from dataclasses import dataclass

from certif.kit.settings import settings


@dataclass(frozen=True)
class Officer:
    """Who answers for personal information. Source: P-39.1, s. 3.1: the title and the address are published."""

    title: str
    email: str


def officer() -> Officer:
    """Give who answers for personal information on this site."""
    return Officer(settings().privacy_officer, settings().privacy_email)

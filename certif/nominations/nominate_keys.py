"""What is drawn from who nominates, and says nobody: keys and digests under the site's secret, each good for one contest only."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from certif.accounts import folded_email, mark
from certif.kit import tokens
from certif.kit.languages import folded

RECEIPT_LENGTH, PASS_LENGTH = 16, 12
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
"""Mail hosts where dots in a name do not count, each with the name it goes by."""
_GROUP = 4
_NEAR = {4: 24, 6: 48}


def mailbox(email: str) -> str:
    """Give the one mailbox behind the spellings of an address: without what follows `+`, nor the dots that the host ignores."""
    name, _at, host = folded_email(email).rpartition("@")
    name, host = name.split("+")[0] or name, _DOTLESS.get(host, host)
    return f"{name.replace('.', '') if host in _DOTLESS else name}@{host}"


def nominator_key(contest: str, who: str) -> str:
    """Give what tells that two nominations of a contest come of one person.

    Takes: `contest`, its public name, as all that follow; `who`, a mailbox, a pass, the number of a paper.
    """
    return mark(f"{contest} {who}", for_="nominators").hex()


def network_digest(contest: str, address: str) -> str:
    """Give what tells that two nominations of a contest come of one network: a school has one, and so has a house."""
    try:
        found = ipaddress.ip_address(address)
        near = str(ipaddress.ip_network(f"{found}/{_NEAR[found.version]}", strict=False))
    except ValueError:
        near = ""
    return mark(f"{contest} {near}", for_="networks of nominators").hex()


def words_digest(contest: str, answers: Mapping[str, str]) -> str:
    """Give what tells that two nominations of a contest say the same, capitals, accents and signs aside."""
    said = " ".join(folded(answers[name]) for name in sorted(answers))
    return mark(f"{contest} {said}", for_="words of nominators").hex()


def new_code(length: int) -> str:
    """Draw a code that a person types: capitals and figures that nobody confuses."""
    return tokens.ref()[:length]


def typed_code(typed: str | None) -> str:
    """Give a code as it was drawn, however it is typed: small letters, spaces and dashes do not count."""
    return "".join(sign for sign in (typed or "").upper() if sign.isascii() and sign.isalnum())[:64]


def in_groups(code: str) -> str:
    """Give a code as it is read aloud and typed: in groups of four."""
    return " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))

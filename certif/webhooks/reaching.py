"""Posting to an address that somebody typed: never inside our own network, never elsewhere than there, never for long.

The name is looked up once, every address that it has is judged, and the one that was judged is the one that is connected to: a name that
changes in between changes nothing. No redirection is followed, and no proxy is asked.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from certif.kit.errors import Refusal
from certif.kit.languages import _
from certif.kit.settings import settings
from certif.webhooks.model import End

SECONDS = 8.0
"""How long an attempt lasts at most, from the connection to the last byte."""
HEAVIEST = 4096
"""How many bytes of an answer are read at most; none is kept."""
_UNFIT = re.compile(r"[\s\\<>\"'\x00-\x20\x7f-\uffff]")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_PROTOCOLS = ipaddress.IPv4Network("192.0.0.0/24")
_TUNNELS = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Came:
    """What came of an attempt: `status`, what was answered, if anything was."""

    end: End
    status: int | None
    milliseconds: int


class _NotThere(Exception):
    """The address leads nowhere, or inside."""

    def __init__(self, end: End) -> None:
        self.end = end


def check_address(url: str) -> None:
    """Look whether an address may be told of anything.

    Refuses: what is no https address, one with a password in it, one whose name leads nowhere, one that leads inside our own network.
    """
    parts = _parts(url)
    if parts is None:
        raise Refusal(_("Écrivez une adresse complète qui commence par https://, sans mot de passe ni espace."))
    try:
        _look_up(parts)
    except _NotThere as problem:
        if problem.end == End.INSIDE:
            raise Refusal(_("Cette adresse mène à un réseau privé. Donnez une adresse que l’Internet public atteint.")) from None
        raise Refusal(_("Le nom de cette adresse est introuvable. Vérifiez-le.")) from None


def post(url: str, body: bytes, headers: dict[str, str]) -> Came:
    """Post once. Gives: what came of it; nothing is raised for what others do wrong."""
    started = time.monotonic()
    end, status = _post(url, body, headers)
    return Came(end, status, int((time.monotonic() - started) * 1000))


def is_inside(address: Address) -> bool:
    """Whether an address leads to this machine, to our own network, or to nobody in particular."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_inside(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_inside(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or any(address in net for net in _TUNNELS):
            return True
    if address in _PROTOCOLS:
        return True
    return not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified


def _parts(url: str) -> SplitResult | None:
    """Give the parts of an address that may be told; None for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if _UNFIT.search(url) or not parts.hostname or "@" in parts.netloc or parts.fragment or port == 0:
        return None
    return parts if parts.scheme == "https" or (parts.scheme == "http" and _is_let_in(parts)) else None


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _is_let_in(parts: SplitResult) -> bool:
    return f"{parts.hostname}:{_port(parts)}" in settings().webhooks_inside


def _look_up(parts: SplitResult) -> str:
    """Give the address to connect to. Raises `_NotThere`: where there is none, or one of them leads inside."""
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise _NotThere(End.UNKNOWN) from None
    if not _is_let_in(parts) and any(is_inside(ipaddress.ip_address(one.partition("%")[0])) for one in found):
        raise _NotThere(End.INSIDE)
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was judged, under the name that was typed."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        super().__init__(str(parts.hostname), _port(parts), timeout=SECONDS)
        self._address, self._is_tls, self.is_late = address, parts.scheme == "https", False
        self.default_port = 443 if self._is_tls else 80

    def connect(self) -> None:
        """Connect there, and check whose certificate it is."""
        raw = socket.create_connection((self._address, self.port), timeout=SECONDS)
        self.sock = raw
        if self._is_tls:
            self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)

    def hang_up(self) -> None:
        """Cut it short, whatever it is at: each byte that dribbles in would else be given the whole time anew."""
        self.is_late = True
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def _post(url: str, body: bytes, headers: dict[str, str]) -> tuple[End, int | None]:
    parts = _parts(url)
    if parts is None:
        return End.UNKNOWN, None
    try:
        line = _Pinned(parts, _look_up(parts))
    except _NotThere as problem:
        return problem.end, None
    clock = threading.Timer(SECONDS, line.hang_up)
    clock.start()
    try:
        line.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        answer = line.getresponse()
        answer.read(HEAVIEST)
        return _end_of(answer.status), answer.status
    except (OSError, http.client.HTTPException, ValueError) as problem:
        return (End.LATE if line.is_late else _end_of_error(problem)), None
    finally:
        clock.cancel()
        line.close()


def _end_of(status: int) -> End:
    if 200 <= status < 300:
        return End.DELIVERED
    return End.REDIRECTED if 300 <= status < 400 else End.ANSWERED


def _end_of_error(problem: Exception) -> End:
    if isinstance(problem, TimeoutError):
        return End.LATE
    if isinstance(problem, ssl.SSLError):
        return End.CERTIFICATE
    return End.UNREACHABLE if isinstance(problem, OSError) else End.GARBLED

"""Every environment variable, read once, typed; all faults are reported at once.

A site whose `PUBLIC_BASE_URL` is on this machine is a **demo**: everything has a default. Any other site must be given its secrets, or it
does not start.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

_DEFAULT_SECRETS = {"", "changeme", "change-me", "secret", "dev", "default", "password", "demo"}
_SHORTEST_SECRET = 32


class SettingsFault(Exception):
    """The environment is not fit to start from: one line for each fault."""


@dataclass(frozen=True)
class Settings:
    """What the environment says.

    Gives: `public_base_url` without a trailing slash, the only source of absolute links; `data_dir`, which exists; `is_demo`, true when
    the public address is
    this machine.
    """

    database_url: str
    redis_url: str | None
    data_dir: Path
    public_base_url: str
    secret_key: str
    smtp_url: str | None
    mail_from: str
    stripe_secret_key: str | None
    stripe_webhook_secret: str | None
    stripe_api_base: str | None
    trusted_proxies: int
    privacy_officer: str
    privacy_email: str
    map_tiles_url: str | None
    map_tiles_by: str
    timestamp_url: str | None
    timestamp_roots: tuple[bytes, ...]
    webhooks_inside: frozenset[str]
    port: int
    is_demo: bool

    @property
    def is_https(self) -> bool:
        """Whether people reach the site over TLS: decides the cookies' prefix and HSTS."""
        return self.public_base_url.startswith("https://")

    @property
    def host(self) -> str:
        """Host and port of the public address, as a browser sends it."""
        return urlsplit(self.public_base_url).netloc


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Takes: `environment`, names and texts as in the README's table.
    Refuses (`SettingsFault`, listing every fault): outside the demo, a missing, short or default secret; numbers and addresses that are
    none.
    """
    faults: list[str] = []
    port = _whole_number(environment, "PORT", 8000, faults)
    base = _base(environment.get("PUBLIC_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"), faults)
    parts = urlsplit(base)
    is_demo = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    data_dir = Path(environment.get("DATA_DIR", "var")).absolute()
    data_dir.mkdir(parents=True, exist_ok=True)
    secret = _secret(environment.get("SECRET_KEY", ""), data_dir, is_demo, faults)
    stripe_key, webhook_secret = _stripe(environment, faults)
    if not is_demo and parts.scheme != "https":
        faults.append("PUBLIC_BASE_URL must be https outside the demo.")
    sender = environment.get("MAIL_FROM", f"Certif <ne-pas-repondre@{parts.hostname or 'localhost'}>")
    settings = Settings(
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{data_dir / 'certif.sqlite3'}",
        redis_url=environment.get("REDIS_URL") or None,
        data_dir=data_dir,
        public_base_url=base,
        secret_key=secret,
        smtp_url=environment.get("SMTP_URL") or None,
        mail_from=sender,
        stripe_secret_key=stripe_key,
        stripe_webhook_secret=webhook_secret,
        stripe_api_base=environment.get("STRIPE_API_BASE") or None,
        trusted_proxies=_whole_number(environment, "TRUSTED_PROXIES", 0, faults),
        privacy_officer=environment.get("PRIVACY_OFFICER", "Direction générale"),
        privacy_email=environment.get("PRIVACY_EMAIL") or parseaddr(sender)[1],
        map_tiles_url=_tiles(environment.get("MAP_TILES_URL", ""), faults),
        map_tiles_by=environment.get("MAP_TILES_BY", ""),
        timestamp_url=_authority(environment.get("TIMESTAMP_URL", ""), faults),
        timestamp_roots=_roots(environment.get("TIMESTAMP_ROOTS", ""), faults),
        webhooks_inside=_inside(environment.get("WEBHOOKS_INSIDE", ""), faults),
        port=port,
        is_demo=is_demo,
    )
    if faults:
        raise SettingsFault("\n".join(faults))
    return settings


def settings() -> Settings:
    """Give the settings of the running application."""
    found = current_app.config["SETTINGS"]
    assert isinstance(found, Settings)
    return found


def _base(given: str, faults: list[str]) -> str:
    """Read the public address of the site."""
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        faults.append(f"PUBLIC_BASE_URL must be like https://certif.example, without a path; it is {given!r}.")
    return given


def _stripe(environment: Mapping[str, str], faults: list[str]) -> tuple[str | None, str | None]:
    """Read the gateway's key, and the secret that its notices are signed with: neither goes without the other."""
    key, secret = environment.get("STRIPE_SECRET_KEY") or None, environment.get("STRIPE_WEBHOOK_SECRET") or None
    if key and not secret:
        faults.append("STRIPE_WEBHOOK_SECRET is missing although STRIPE_SECRET_KEY is given.")
    return key, secret


def _tiles(given: str, faults: list[str]) -> str | None:
    """Read where a map's background comes from: none by default, so that a reader's browser asks nothing of anyone else."""
    parts = urlsplit(given)
    if given and (parts.scheme != "https" or not parts.hostname or any(mark not in given for mark in ("{z}", "{x}", "{y}"))):
        faults.append(f"MAP_TILES_URL must be like https://tiles.example/{{z}}/{{x}}/{{y}}.png; it is {given!r}.")
    return given or None


def _authority(given: str, faults: list[str]) -> str | None:
    """Read who says when a contract was sealed: nobody by default. On this machine alone it may answer without TLS."""
    parts = urlsplit(given)
    is_here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if given and not (parts.hostname and (parts.scheme == "https" or is_here)):
        faults.append(f"TIMESTAMP_URL must be like https://timestamp.example/tsr; it is {given!r}.")
    return given or None


def _roots(given: str, faults: list[str]) -> tuple[bytes, ...]:
    """Read the certificates (DER) in which the chain of a timestamp must end, from a file of PEM; none: whatever the token carries."""
    if not given:
        return ()
    from cryptography.hazmat.primitives.serialization import Encoding  # late: most sites pin none
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return tuple(one.public_bytes(Encoding.DER) for one in load_pem_x509_certificates(Path(given).read_bytes()))
    except (OSError, ValueError):
        faults.append(f"TIMESTAMP_ROOTS must be a readable file of certificates in PEM; it is {given!r}.")
        return ()


def _inside(given: str, faults: list[str]) -> frozenset[str]:
    """Read which hosts of our own network may be told of events, `host:port` each: none by default."""
    found = frozenset(one.strip().lower() for one in given.split(",") if one.strip())
    if any(not re.fullmatch(r"[a-z0-9.-]+:[0-9]{1,5}", one) for one in found):
        faults.append(f"WEBHOOKS_INSIDE must be like intranet.example:8443, several with commas; it is {given!r}.")
    return found


def _whole_number(environment: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    text = environment.get(name, "")
    if not text:
        return default
    if not text.isdecimal():
        faults.append(f"{name} must be a whole number; it is {text!r}.")
        return default
    return int(text)


def _secret(given: str, data_dir: Path, is_demo: bool, faults: list[str]) -> str:
    """Give the site's secret: the one given, or in the demonstration its own; anywhere else a poor one is a fault."""
    if is_demo:
        return given or _kept_secret(data_dir / "secret_key")
    if given.lower() in _DEFAULT_SECRETS or len(given) < _SHORTEST_SECRET:
        faults.append(f"SECRET_KEY is missing, too short or a default: give at least {_SHORTEST_SECRET} random characters.")
    return given


def _kept_secret(path: Path) -> str:
    """Give the demo's own secret, made at first start and kept, so that links and keys survive a restart."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()

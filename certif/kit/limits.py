"""How many posts one network may send, and where a view says so, how many requests.

The memory takes over when Redis is away, so a limit is never lost.
"""

from __future__ import annotations

import threading

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage

from certif.kit import clock
from certif.kit.settings import Settings

SWEEP_SECONDS = 60.0

limiter = Limiter(
    get_remote_address,
    default_limits=["600 per minute"],
    default_limits_exempt_when=lambda: request.method in {"GET", "HEAD"},  # a whole school reads from one address
    in_memory_fallback_enabled=True,
)


class Counters(Storage):
    """Numbers of this process, by fixed windows. What is over is swept away by a post once a minute: the library's own memory starts a
    thread for that at nearly every post."""

    STORAGE_SCHEME = ["process"]  # noqa: RUF012 — the library reads it so

    def __init__(self, uri: str | None = None, **options: bool | str) -> None:
        super().__init__(uri, wrap_exceptions=False)
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[int, float]] = {}
        self._swept = _now()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong here: nothing."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count more under a key. Gives: how many in this window, which starts with the first."""
        now = _now()
        with self._lock:
            if now - self._swept > SWEEP_SECONDS:
                self._counts, self._swept = {name: held for name, held in self._counts.items() if held[1] > now}, now
            count, until = self._counts.get(key, (0, 0.0))
            count, until = (count + amount, until) if until > now else (amount, now + expiry)
            self._counts[key] = count, until
            return count

    def get(self, key: str) -> int:
        """Give how many there are in this window."""
        count, until = self._counts.get(key, (0, 0.0))
        return count if until > _now() else 0

    def get_expiry(self, key: str) -> float:
        """Give when this window ends."""
        return self._counts.get(key, (0, _now()))[1]

    def check(self) -> bool:
        """Whether one may count: always."""
        return True

    def reset(self) -> int:
        """Forget everything. Gives: how many windows there were."""
        with self._lock:
            found, self._counts = len(self._counts), {}
        return found

    def clear(self, key: str) -> None:
        """Forget one key."""
        with self._lock:
            self._counts.pop(key, None)


def _now() -> float:
    return clock.now().timestamp()


def install(app: Flask, settings: Settings) -> None:
    """Set the limits, counted in Redis when there is one, else in each process."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", settings.redis_url or "process://")
    if settings.redis_url:
        app.config["RATELIMIT_STORAGE_OPTIONS"] = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
    limiter.init_app(app)

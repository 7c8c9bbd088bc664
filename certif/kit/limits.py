"""How many posts one network may send, and where a view says so, how many requests.

The memory takes over when Redis is away, so a limit is never lost.
"""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from certif.kit.settings import Settings

limiter = Limiter(
    get_remote_address,
    default_limits=["600 per minute"],
    default_limits_exempt_when=lambda: request.method in {"GET", "HEAD"},  # a whole school reads from one address
    in_memory_fallback_enabled=True,
)


def install(app: Flask, settings: Settings) -> None:
    """Set the limits, counted in Redis when there is one, else in each process."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", settings.redis_url or "memory://")
    if settings.redis_url:
        app.config["RATELIMIT_STORAGE_OPTIONS"] = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
    limiter.init_app(app)

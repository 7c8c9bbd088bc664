"""Browsers that speak bare HTTP on a real socket. What a browser never heard the end of is neither done nor undone: it is lost."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Lost(Exception):
    """The line broke before the answer: whoever asked knows nothing."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: str
    headers: dict[str, str]


@dataclass
class Browser:
    """Somebody with cookies. `session`: the name and the value of the cookie of a session that is open already."""

    port: int
    session: tuple[str, str] | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str, *, key: str = "") -> Answer:
        """Open a page. Takes: `key`, what a program shows instead of a session."""
        return self._ask("GET", path, None, {"Authorization": f"Bearer {key}"} if key else {})

    def post(self, path: str, **typed: object) -> Answer:
        """Send a form, with the token of this browser; a list is sent once for each of its values."""
        if not self.token:
            self.learn_token()
        said = {name: value if isinstance(value, list) else str(value) for name, value in typed.items()}
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **said}, doseq=True))

    def learn_token(self) -> None:
        """Read the token that our forms carry for this browser."""
        page = self.get("/inscription")
        if page.status == 503:
            raise Lost("turned away before anything was asked")
        found = TOKEN.search(page.body)
        assert found, f"no form with a token: {page.status}"
        self.token = found[1]

    def _ask(self, method: str, path: str, body: str | None, more: dict[str, str] | None = None) -> Answer:
        parts = urlsplit(path)
        line = http.client.HTTPConnection("127.0.0.1", parts.port or self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in {**self.cookies, **dict([self.session] if self.session else [])}.items())
        headers = {"Cookie": cookies, "User-Agent": "tests"} | (
            {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        )
        try:
            line.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, headers | (more or {}))
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as problem:
            raise Lost(f"{method} {path}: {problem!r}") from problem
        finally:
            line.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, answer.headers.get("Location", ""), text, dict(answer.headers.items()))

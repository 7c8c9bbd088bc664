"""Portraits that were just drawn: a release never changes, so what was drawn of it for one reader is good for the next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from markupsafe import Markup

Key = tuple[object, ...]
MOST = 200
"""How many drawings a process keeps: about 80 kB each."""

_drawn: OrderedDict[Key, Markup] = OrderedDict()
_lock = Lock()


def drawn(key: Key, draw: Callable[[], str]) -> Markup:
    """Give what was drawn under a key, or draw it and keep it. The key names the releases and all else that it is drawn from."""
    with _lock:
        if key in _drawn:
            _drawn.move_to_end(key)
            return _drawn[key]
    made = Markup(draw())  # noqa: S704 — a template of ours, escaped already
    with _lock:
        _drawn[key] = made
        while len(_drawn) > MOST:
            _drawn.popitem(last=False)
    return made

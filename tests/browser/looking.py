"""What is asked of every page in a real browser: axe finds nothing, nothing sticks out, nothing complains."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


COLOURS = ("color-contrast", "link-in-text-block")
"""What axe asks of colours: all of it that the dark can change, once the same page was looked at in the light."""


def look_at(page: Page, rules: Sequence[str] = RULES) -> None:
    """Wait until the page is all there, its style included; look at it, and say what is wrong with it."""
    page.wait_for_load_state()
    where = f"{page.url} at {page.viewport_size['width'] if page.viewport_size else '?'} px"
    found = violations(page, rules)
    assert not found, f"{where}:\n" + "\n".join(_told(one) for one in found)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where}: something is {wide} px too wide: {_widest(page)}"


def violations(page: Page, rules: Sequence[str] = RULES) -> list[dict[str, Any]]:
    """Give what axe finds: WCAG 2.2 AA, and its best practices."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_axe())
    kind = "rule" if set(rules) <= set(COLOURS) else "tag"
    asked = {"runOnly": {"type": kind, "values": list(rules)}, "resultTypes": ["violations"]}
    found = page.evaluate("asked => axe.run(document, asked)", asked)
    return list(found["violations"])


@cache
def _axe() -> str:
    return (Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js").read_text()


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(f"{node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:200]}" for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} — {places}"


def _widest(page: Page) -> str:
    return str(
        page.evaluate(
            """() => [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
               .slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""
        )
    )

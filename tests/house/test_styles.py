"""Colours have one place, `tokens.css`, so that light, dark and print agree everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, complain

NAMED = (
    "black|silver|gr[ae]y|white|maroon|red|purple|fuchsia|green|lime|olive|yellow|navy|blue|teal|aqua|orange|gold|pink|brown|beige|ivory|coral|crimson|indigo|"
    "violet|magenta|cyan|tan|salmon|turquoise|tomato|plum|orchid|khaki|lavender|snow|linen|rebeccapurple|whitesmoke|(?:dark|light)(?:gr[ae]y|blue|green|red)"
)
COLOUR = re.compile(rf"#[0-9a-f]{{3,8}}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|(?<![\w-])(?:{NAMED})(?![\w-])", re.IGNORECASE)
DECLARATION = re.compile(r"(?P<name>[\w-]+)\s*:\s*(?P<value>[^;{}]+)[;}]")


def test_colours_stand_in_tokens_only() -> None:
    paths = [path for path in sorted((ROOT / "static").rglob("*.css")) if path.name != "tokens.css" and "vendor" not in path.parts]
    complain(
        [complaint for path in paths for complaint in own_colours(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))]
    )


@pytest.mark.parametrize("value", ["#fff", "#A1B2C3", "rgb(0 0 0 / 50%)", "hsl(1, 2%, 3%)", "1px solid red", "oklch(1 0 0)", "White"])
def test_a_colour_elsewhere_is_seen(value: str) -> None:
    assert own_colours("static/css/parts/x.css", f".x {{ border: {value}; }}")


@pytest.mark.parametrize(
    "value",
    [
        "var(--ink)",
        "1px solid var(--line-red)",
        "transparent",
        "currentColor",
        "CanvasText",
        "color-mix(in oklab, var(--ink) 8%, transparent)",
        "url(#a)",
    ],
)
def test_tokens_and_the_systems_own_colours_are_free(value: str) -> None:
    assert own_colours("static/css/parts/x.css", f".red-x {{ border: {value}; }} /* red #fff */") == []


def test_every_part_has_its_stylesheet_under_its_own_name() -> None:
    sheets = {path.stem for path in (ROOT / "static/css/parts").glob("*.css")}
    parts = {path.stem for path in (ROOT / "templates/_parts").glob("*.html")}
    classes = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "static/css/parts").glob("*.css")}
    assert not sheets - parts, f"name each stylesheet after its part, or remove it: {sorted(sheets - parts)}"
    wrong = [name for name, text in classes.items() if f".{name.replace('_', '-')}" not in text and f".{name}" not in text]
    assert not wrong, f"the class of a part bears its name: {wrong}"


def own_colours(place: str, text: str) -> list[str]:
    """Complain of a colour written in a declaration."""
    bare = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment.group().count("\n"), text, flags=re.DOTALL)
    found = []
    for declaration in DECLARATION.finditer(bare):
        value = re.sub(r"url\([^)]*\)|var\(--[\w-]+", "", declaration["value"])
        if COLOUR.search(value):
            line = bare[: declaration.start()].count("\n") + 1
            found.append(f"{place}:{line}: give this colour a name in tokens.css, and use var(--…): {declaration['value'].strip()}")
    return found


def test_the_tokens_exist() -> None:
    assert Path(ROOT / "static/css/tokens.css").exists()

"""The glossary of README.md is the only bridge from French to code: each word of code it gives is really said in the code."""

from __future__ import annotations

import re

from tests.house.sources import CERTIF, ROOT, TEMPLATES

ROW = re.compile(r"^\|(?P<french>[^|]+)\|(?P<code>[^|]+)\|", re.MULTILINE)
WORD = re.compile(r"`([A-Za-z_][\w.]*)`")


def glossary(readme: str) -> dict[str, list[str]]:
    """Give, for each French word of the table, its words of code."""
    section = re.search(r"^#+ [^\n]*(?:[Gg]lossa)[^\n]*\n(.*?)(?=^#+ |\Z)", readme, re.MULTILINE | re.DOTALL)
    rows = ROW.finditer(section.group(1)) if section else []
    return {row["french"].strip(): words for row in rows if (words := WORD.findall(row["code"]))}


def unsaid(words: dict[str, list[str]], code: str) -> list[str]:
    """Give the words of the glossary that the code never says."""
    return [
        f"{french}: `{word}`"
        for french, given in words.items()
        for word in given
        if not re.search(rf"(?<![A-Za-z]){re.escape(word)}", code)
    ]


def whole_code() -> str:
    """Give all that is written in the package, and the names of its files and templates."""
    paths = [*sorted(CERTIF.rglob("*.py")), *sorted(TEMPLATES.rglob("*.html"))]
    return "\n".join(f"{path.relative_to(ROOT).as_posix()}\n{path.read_text(encoding='utf-8')}" for path in paths)


def test_each_word_of_the_glossary_is_said_in_the_code() -> None:
    words = glossary((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(words) >= 20, "README.md: give the glossary as a table «| French | `code` | note |» under a heading «Glossary»"
    missing = unsaid(words, whole_code())
    assert not missing, "README.md, glossary: mend the word, or remove its row:\n" + "\n".join(missing)


def test_a_word_that_nothing_says_is_seen() -> None:
    rows = ["| French | code | note |", "|---|---|---|", "| employeur | `employer` | |", "| patron | `chief_of_all` | |"]
    readme = "\n".join(["# X", "", "## Glossary", "", *rows, "", "## Other", "", "| a | `b` | |", ""])
    words = glossary(readme)
    assert words == {"employeur": ["employer"], "patron": ["chief_of_all"]}
    assert unsaid(words, "class Employer: employer = 1") == ["patron: `chief_of_all`"]

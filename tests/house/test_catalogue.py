"""French is the source and is written as French is; English exists for every sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.house.sources import CERTIF, ROOT, TEMPLATES, complain

HARD = "\u00a0\u202f"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "_n": (1, 2), "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
FAULTS = {
    re.compile(r"(?<=\w)'|'(?=\w)"): "write ’, not '",
    re.compile(r'"|“|”'): "write « », not quotes",
    re.compile(rf"(?<![{HARD}:;!?])(?<=\S)[:;!?](?=\s|$)|(?<![{HARD}])[ \t][:;!?]"): "a hard space (U+00A0) goes before : ; ! ?",
    re.compile(rf"«(?![{HARD}])|(?<![{HARD}])»"): "a hard space (U+00A0) goes after « and before »",
    re.compile(r"\.\.\."): "write …, not ...",
    re.compile(r"  |^\s|\s$"): "one space between words, none at the ends",
    re.compile(r"<[a-z/]"): "leave markup to the template",
    re.compile(r"%[sd]|\{\w*\}"): "name what is filled in: %(name)s",
}


@cache
def sentences() -> dict[tuple[str, ...], str]:
    """Give every sentence of the code and the templates, each with a place where it stands: (singular,) or (singular, plural)."""
    found: dict[tuple[str, ...], str] = {}
    for path, method in files():
        with path.open("rb") as file:
            for line, message, _comments, _context in extract(
                method, file, KEYWORDS, options={"newstyle_gettext": "true"} if method != "python" else {}
            ):
                said = (message,) if isinstance(message, str) else tuple(message)
                if said[0]:
                    found.setdefault(said, f"{path.relative_to(ROOT).as_posix()}:{line}")
    return found


def files() -> Iterator[tuple[Path, str]]:
    """Give every file that may hold sentences, and how it is read."""
    for path in sorted(CERTIF.rglob("*.py")):
        yield path, "python"
    for path in sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]):
        yield path, "jinja2.ext:babel_extract"


@cache
def english() -> dict[str, str | tuple[str, ...]]:
    """Give the English of each French sentence that has one."""
    said: dict[object, str | tuple[str, ...]] = {}
    for path in (CERTIF / "translations").glob("en*/LC_MESSAGES/messages.po"):
        with path.open("rb") as file:
            said |= {message.id: message.string for message in read_po(file) if message.id and not message.fuzzy}
    return {str(key[0] if isinstance(key, list | tuple) else key): value for key, value in said.items()}


def test_sentences_are_found_in_code_and_in_templates() -> None:
    places = list(sentences().values())
    assert any(place.startswith("certif/") for place in places)
    assert any(place.startswith("templates/") for place in places)


def test_every_sentence_is_written_as_french_is() -> None:
    complain([f"{place}: {advice}: {said!r}" for whole, place in sentences().items() for said in whole for advice in faults(said)])


@pytest.mark.parametrize(
    "said",
    [
        "L'employeur",
        'Le "contrat"',
        "Voulez-vous signer?",
        "Voulez-vous signer ?",
        "Nom: %(name)s",
        "«Contrat»",
        "« Contrat »",
        "Un instant...",
        "%s élèves",
        "<b>Non</b>",
        " Oui",
    ],
)
def test_a_fault_of_french_is_seen(said: str) -> None:
    assert faults(said)


@pytest.mark.parametrize(
    "said",
    [
        "L’employeur a signé.",
        "Voulez-vous signer\u00a0?",
        "Nom\u202f: %(name)s",
        "«\u00a0Contrat\u00a0»",
        "«\u00a0Vraiment\u00a0?\u00a0»",
        "Voir https://exemple.ca/x?y",
        "Quoi\u00a0?!",
        "À 14:05",
        "Un instant…",
    ],
)
def test_good_french_is_free(said: str) -> None:
    assert faults(said) == []


def test_every_sentence_has_its_english() -> None:
    known = english()
    missing = [f"{place}: {said[0]!r}" for said, place in sentences().items() if not spoken(known.get(said[0]))]
    assert not missing, f"{len(missing)} sentences have no English in certif/translations:\n" + "\n".join(missing)


def test_the_english_fills_in_the_same_names() -> None:
    known, wrong = english(), []
    for said, place in sentences().items():
        wanted = {name for form in said for name in PLACEHOLDER.findall(form)}
        for form in spoken(known.get(said[0])):
            if not set(PLACEHOLDER.findall(form)) <= wanted or (len(said) == 1 and set(PLACEHOLDER.findall(form)) != wanted):
                wrong.append(f"{place}: {said[0]!r} → {form!r}: keep the same %(names)s")
    complain(wrong)


def test_the_catalogue_holds_nothing_that_is_no_longer_said() -> None:
    said = {whole[0] for whole in sentences()}
    complain([f"certif/translations: remove {key!r}, which nothing says any more" for key in english() if key not in said])


def faults(said: str) -> list[str]:
    """Give what is wrong with a French sentence."""
    return [advice for shape, advice in FAULTS.items() if shape.search(said)]


def spoken(translation: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Give the forms of a translation; none while one of them is missing."""
    forms = (translation,) if isinstance(translation, str) else tuple(translation or ())
    return forms if forms and all(forms) else ()

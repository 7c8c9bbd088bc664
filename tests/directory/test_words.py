"""Words as they are looked for, and faults of typing."""

from __future__ import annotations

import pytest

from certif.directory.words import is_near, terms_of, variants_of, words_of


def test_case_accents_and_punctuation_do_not_count() -> None:
    assert terms_of("  L’Épicerie-du COIN, œufs ") == ["epicerie", "du", "coin", "oeufs"]
    assert words_of(["Vieux-Moulin", None, "Côte"]) == {"vieux", "moulin", "cote"}


def test_a_question_is_bounded() -> None:
    assert terms_of("a b c") == []
    assert len(terms_of(" ".join(f"mot{number}" for number in range(50)))) == 6
    assert len(terms_of("z" * 5000)[0]) == 40


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("boulengerie", "boulangerie"),
        ("boulagnerie", "boulangerie"),
        ("boulangeriee", "boulangerie"),
        ("bolangerie", "boulangerie"),
        ("boulengeri", "boulangerie"),
        ("tremblai", "tremblay"),
        ("gagnn", "gagnon"),
        ("jolliette", "joliette"),
    ],
)
def test_a_typing_fault_is_forgiven(typed: str, word: str) -> None:
    assert is_near(typed, word)
    assert variants_of(typed) & variants_of(word), "and found without comparing with every word"


@pytest.mark.parametrize(("typed", "word"), [("pain", "main d"), ("garage", "forge"), ("roy", "roi"), ("2024", "2025")])
def test_other_words_are_other_words(typed: str, word: str) -> None:
    assert not (is_near(typed, word) and variants_of(typed) & variants_of(word))

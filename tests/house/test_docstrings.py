"""Words in the code: every public module, class, function and method says what it promises."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import Function, Source, complain, sources


def test_everything_public_says_what_it_promises() -> None:
    complain([complaint for source in sources() for complaint in wordless(source)])


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        '"""M."""\ndef f(): ...',
        '"""M."""\nclass C:\n    pass',
        '"""M."""\nclass C:\n    """C."""\n    def f(self): ...',
        '"""M."""\ndef f():\n    """ """',
    ],
)
def test_what_has_no_words_is_seen(text: str) -> None:
    assert wordless(Source("certif/employers/model.py", text))


def test_what_is_private_may_be_wordless() -> None:
    assert wordless(Source("certif/employers/model.py", '"""M."""\ndef _f(): ...\nclass _C:\n    def f(self): ...')) == []


def test_words_are_sentences() -> None:
    complain([complaint for source in sources() for complaint in unfinished(source)])
    assert unfinished(Source("certif/x.py", '"""a module"""'))
    assert unfinished(Source("certif/x.py", '"""A module."""\ndef f():\n    """Give it. See:\n\n    more."""')) == []


def test_every_refusal_of_an_act_is_promised() -> None:
    complain([complaint for source in sources() for complaint in unpromised_refusal(source)])
    assert unpromised_refusal(Source("certif/employers/actions.py", 'def f():\n    """Do it."""\n    raise Refusal(_("Non."))'))
    assert (
        unpromised_refusal(
            Source("certif/employers/actions.py", 'def f():\n    """Do it. Refuses: always."""\n    raise Refusal(_("Non."))')
        )
        == []
    )


def promisers(source: Source) -> Iterator[ast.Module | ast.ClassDef | Function]:
    """Give what others may read or call: the module, its public classes and their public methods, its public functions."""
    yield source.tree
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (inner for inner in node.body if isinstance(inner, Function) and not inner.name.startswith("_"))


def wordless(source: Source) -> list[str]:
    """Complain of what is public and has no docstring."""
    return [
        f"{source.at(node)}: give {getattr(node, 'name', 'the module')} a docstring: an imperative (act) or a noun phrase (thing)"
        for node in promisers(source)
        if not (ast.get_docstring(node) or "").strip()
    ]


def unfinished(source: Source) -> list[str]:
    """Complain of a first paragraph that is not made of sentences."""
    found = [(node, (ast.get_docstring(node) or "A.").split("\n\n")[0]) for node in promisers(source)]
    return [f"{source.at(node)}: start with a capital and end with a stop: {words!r}" for node, words in found if not is_sentence(words)]


def is_sentence(words: str) -> bool:
    """Whether words start like a sentence and end like one."""
    return (words[0].isupper() or not words[0].isalpha()) and words.rstrip().endswith((".", "?", "!", ":", ")", "»", "`", "…"))


def unpromised_refusal(source: Source) -> list[str]:
    """Complain of a public act that refuses without saying so."""
    if not source.name.endswith("actions"):
        return []
    return [
        f"{source.at(node)}: {node.name} raises a Refusal; say which under «Refuses:»"
        for node in source.public_functions()
        if any(isinstance(inner, ast.Raise) and "Refusal(" in ast.unparse(inner) for inner in ast.walk(node))
        and "Refuses" not in (ast.get_docstring(node) or "")
    ]

"""The house as text: every Python file read once, for the rules that look at how it is written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
CERTIF = ROOT / "certif"
TEMPLATES = ROOT / "templates"
COMPOSERS = {"app", "cli"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file of `certif`, or a made-up one that shows that a rule can fail."""

    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """What the file says."""
        return ast.parse(self.text)

    @property
    def parts(self) -> list[str]:
        """`certif/employers/model.py` is `["employers", "model"]`; a door is `["employers", "__init__"]`."""
        return self.place.removeprefix("certif/").removesuffix(".py").split("/")

    @property
    def room(self) -> str:
        """The room the file stands in; a file beside the rooms is its own."""
        return self.parts[0]

    @property
    def name(self) -> str:
        """The file's own name, without its suffix."""
        return self.parts[-1]

    @property
    def is_about_pages(self) -> bool:
        """Whether the file is HTTP only."""
        return self.name in {"views", "forms"} or self.name.endswith(("_views", "_forms"))

    def functions(self) -> Iterator[Function]:
        """Give every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def public_functions(self) -> list[Function]:
        """Give the functions of the file that others may call."""
        return [node for node in self.tree.body if isinstance(node, Function) and not node.name.startswith("_")]

    def views(self) -> list[Function]:
        """Give the functions that answer a route."""
        return [node for node in self.functions() if any(is_route(decorator) for decorator in node.decorator_list)]

    def at(self, node: ast.AST) -> str:
        """Give a clickable place."""
        return f"{self.place}:{getattr(node, 'lineno', 1)}"


def read(path: Path) -> Source:
    """Read one file."""
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


@cache
def sources() -> tuple[Source, ...]:
    """Give every Python file of `certif`, read and understood once for all the rules."""
    return tuple(read(path) for path in sorted(CERTIF.rglob("*.py")))


def rooms() -> set[str]:
    """Give the names of the rooms: the packages right under `certif`."""
    return {path.parent.name for path in CERTIF.glob("*/__init__.py")}


def is_route(decorator: ast.expr) -> bool:
    """Whether a decorator gives an address to a function."""
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute) and decorator.func.attr in {"route", "get", "post"}


def called(node: ast.Call) -> str:
    """Give the name of what is called, as it is written: `audit.record`."""
    return ast.unparse(node.func)


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Give every call inside."""
    for found in ast.walk(node):
        if isinstance(found, ast.Call):
            yield found


def texts(node: ast.AST) -> set[str]:
    """Give every string constant inside."""
    return {found.value for found in ast.walk(node) if isinstance(found, ast.Constant) and isinstance(found.value, str)}


def lines_of(node: Function) -> int:
    """Give how many lines a function takes, from `def` to its end, its docstring aside."""
    first = node.body[0]
    has_words = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    words = (first.end_lineno or 0) - first.lineno + 1 if has_words else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - words


def complain(complaints: list[str]) -> None:
    """Fail with every complaint on a line of its own."""
    assert not complaints, "\n" + "\n".join(complaints)

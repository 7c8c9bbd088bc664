"""Rules 1 and 9: import only leftwards, from another room only through its door, and no drawer for odds and ends."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import CERTIF, COMPOSERS, ROOT, Source, complain, read, rooms, sources

DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "services", "service"}


def test_every_import_goes_left() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, (
        f"{done.stdout}\nMove what both rooms need to a room on their left, or the act to the leftmost room that sees it all."
    )


def test_an_import_to_the_right_is_seen(tmp_path: Path) -> None:
    for room in line_of_rooms():
        (tmp_path / "certif" / room).mkdir(parents=True)
        (tmp_path / "certif" / room / "__init__.py").write_text('"""A room."""\n')
    (tmp_path / "certif" / "__init__.py").write_text("")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    assert lint_imports(tmp_path).returncode == 0
    (tmp_path / "certif" / "territory" / "__init__.py").write_text("from certif import employers\n")
    done = lint_imports(tmp_path)
    assert done.returncode != 0
    assert "certif.territory is not allowed to import certif.employers" in " ".join(done.stdout.split())


def test_every_room_stands_in_the_line() -> None:
    missing = sorted(rooms() - line_of_rooms())
    assert not missing, f"give these rooms their place in the layers of pyproject.toml: {missing}"


def test_rooms_enter_each_other_only_by_the_door() -> None:
    complain([complaint for source in sources() for complaint in by_the_window(source)])


@pytest.mark.parametrize(
    "line",
    [
        "from certif.territory.model import Mrc",
        "import certif.territory.model",
        "from certif.territory import queries",
        "from certif import territory\nterritory.queries.mrcs()",
        "def late():\n    from certif.territory.queries import mrcs",
    ],
)
def test_an_entry_by_the_window_is_seen(line: str) -> None:
    assert by_the_window(Source("certif/employers/actions.py", line))


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("certif/employers/actions.py", "from certif.territory import Mrc, mrcs"),
        ("certif/employers/actions.py", "from certif import territory\nterritory.mrcs()"),
        ("certif/employers/actions.py", "from certif.kit.db import db"),
        ("certif/territory/actions.py", "from certif.territory.model import Mrc"),
        ("certif/app.py", "from certif.territory.model import Mrc"),
    ],
)
def test_the_door_the_own_room_the_kit_and_the_composers_are_free(place: str, line: str) -> None:
    assert by_the_window(Source(place, line)) == []


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    complain([complaint for source in sources() for complaint in drawer(source)])
    assert drawer(Source("certif/employers/utils.py", ""))
    assert drawer(Source("certif/helpers/model.py", ""))


def line_of_rooms() -> set[str]:
    """Give the names in the layers contract."""
    [contract] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {layer.strip("()").removeprefix("certif.") for layer in contract["layers"]}


def by_the_window(source: Source) -> list[str]:
    """Complain of each import that goes past another room's door."""
    if source.room in COMPOSERS:
        return []
    others = rooms() - {source.room, "kit"}
    entered: set[tuple[ast.AST, str]] = set()
    known: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            entered |= {(node, alias.name) for alias in node.names if alias.name.count(".") >= 2}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            entered |= {(node, node.module)} if node.module.count(".") >= 2 else set()
            if node.module == "certif":
                known |= {alias.asname or alias.name: alias.name for alias in node.names}
            elif node.module.startswith("certif."):
                room = node.module.split(".")[1]
                entered |= {(node, f"{node.module}.{alias.name}") for alias in node.names if is_inner(room, alias.name)}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and is_inner(known.get(node.value.id, ""), node.attr):
            entered.add((node, f"certif.{known[node.value.id]}.{node.attr}"))
    return [
        f"{source.at(node)}: {path} is past the door of its room; import from {door(path)}, and export it there if it is meant for others"
        for node, path in entered
        if path.startswith("certif.") and path.split(".")[1] in others
    ]


def door(path: str) -> str:
    """Give the door of the room a module stands in."""
    return ".".join(path.split(".")[:2])


def is_inner(room: str, name: str) -> bool:
    """Whether a room has a file of this name which its door does not also offer as a thing."""
    return bool(room) and is_file(room, name) and name not in offered(room)


def is_file(room: str, name: str) -> bool:
    """Whether a room has a file of this name."""
    return (CERTIF / room / f"{name}.py").exists() or (CERTIF / room / name / "__init__.py").exists()


@cache
def offered(room: str) -> set[str]:
    """Give the names that a room's door lists."""
    path = CERTIF / room / "__init__.py"
    for node in read(path).tree.body if path.exists() else []:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def drawer(source: Source) -> list[str]:
    """Complain of a name that says nothing."""
    found = DRAWERS.intersection(source.parts)
    return [f"{source.place}: «{name}» says nothing; name the file after what it knows" for name in found]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the layers contract of pyproject.toml on the package in `folder`."""
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run([sys.executable, "-c", program, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=100)

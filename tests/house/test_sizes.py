"""Rule 10: a file is at ease under 300 lines, a function under 40, a view under 15. Past that, look for the second room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.sources import ROOT, Source, complain, lines_of, sources

FILE, FUNCTION, VIEW = 300, 40, 15


def test_no_python_file_reaches_300_lines() -> None:
    complain([complaint for source in sources() for complaint in long_file(source.place, source.text)])


@pytest.mark.parametrize("folder", ["templates", "static/css", "static/js", "tests", "migrations", "bench"])
def test_no_other_file_reaches_300_lines(folder: str) -> None:
    kinds = {".html", ".txt", ".css", ".js", ".py"}
    paths = [
        path
        for path in sorted((ROOT / folder).rglob("*"))
        if "node_modules" not in path.parts
        if path.suffix in kinds and "vendor" not in path.parts and "fonts" not in path.parts
    ]
    complain(
        [complaint for path in paths for complaint in long_file(path.relative_to(ROOT).as_posix(), Path(path).read_text(encoding="utf-8"))]
    )


def test_no_function_reaches_40_lines_and_no_view_15() -> None:
    complain([complaint for source in sources() for complaint in long_functions(source)])


def test_what_is_too_long_is_seen() -> None:
    assert long_file("certif/x.py", "\n" * FILE)
    assert long_file("certif/x.py", "\n" * (FILE - 1)) == []
    body = "\n    x = 1"
    assert long_functions(Source("certif/x.py", "def f():" + body * (FUNCTION - 1)))
    assert long_functions(Source("certif/x.py", "def f():" + body * (FUNCTION - 2))) == []
    assert long_functions(Source("certif/x.py", "@pages.route('/x')\n@audience(ANYONE)\ndef f():" + body * (VIEW - 1)))
    assert long_functions(Source("certif/x.py", "@pages.route('/x')\n@audience(ANYONE)\ndef f():" + body * (VIEW - 2))) == []


def test_words_about_a_function_are_not_counted_against_it() -> None:
    assert long_functions(Source("certif/x.py", 'def f():\n    """' + "Words.\n" * FUNCTION + '"""\n    return 1')) == []


def long_file(place: str, text: str) -> list[str]:
    """Complain of a file that has outgrown its room."""
    count = text.count("\n")
    return [f"{place}: {count} lines; look for the second room in it ({FILE} is the limit)"] if count >= FILE else []


def long_functions(source: Source) -> list[str]:
    """Complain of functions, and of views, that do more than one thing."""
    views = source.views()
    return [
        f"{source.at(node)}: {node.name} takes {lines_of(node)} lines, {limit} is the limit; {advice}"
        for node in source.functions()
        for limit, advice in [(VIEW, "a view calls one act: move the rest into it") if node in views else (FUNCTION, "name its steps")]
        if lines_of(node) >= limit
    ]

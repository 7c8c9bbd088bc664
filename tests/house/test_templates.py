"""Mirrored names: a page's template bears the name of its endpoint, and nothing lies about unused, nor written inline."""

from __future__ import annotations

import ast
import re

import pytest
from flask import Flask

from tests.house.sources import ROOT, TEMPLATES, Source, called, calls, complain, sources, texts

INLINE = {
    re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", re.IGNORECASE): "move the script to static/js/modules",
    re.compile(r"<style\b", re.IGNORECASE): "move the rules to static/css",
    re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE): "use a class of the part",
    re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE): "use a data- attribute and a module",
    re.compile(r"javascript:", re.IGNORECASE): "use a button and a module",
    re.compile(r"\|\s*safe\b"): "let Python give Markup, where it can be seen that it is safe",
}
NAMED = re.compile(r"""(?:\{%-?\s*(?:extends|include|import|from)\s+|\bsame_for_all\()["']([^"']+)["']""")
PRINTED = re.compile(r"""#(?:import|include)\s+"([^"]+)\"""")
IMPORTED = re.compile(r'#import "([^"]+)"')
"""How one typeset sheet names another, in `documents/`."""


def templates() -> dict[str, str]:
    """Give every template by its name."""
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*")) if path.is_file()
    }


def test_every_page_has_the_template_of_its_endpoint() -> None:
    known = set(templates())
    complain([complaint for source in sources() for complaint in unmirrored(source, known)])


def test_a_template_of_another_name_is_seen() -> None:
    view = "@pages.route('/x')\ndef show():\n    return page('{}')"
    known = {"employers/show.html", "employers/other.html"}
    assert unmirrored(Source("certif/employers/views.py", view.format("employers/other.html")), known)
    assert unmirrored(Source("certif/employers/views.py", view.format("employers/show.html")), set()), "it must exist"
    assert unmirrored(Source("certif/employers/views.py", view.format("employers/show.html")), known) == []


def test_every_template_is_used() -> None:
    complain(unused(templates(), [source.text for source in sources()]))


def test_an_unused_template_is_seen() -> None:
    pages = {"employers/show.html": '{% extends "_layout/page.html" %}', "_layout/page.html": "", "employers/letters/joined.txt": ""}
    assert unused(pages, ['page("employers/show.html")', 'outbox.queue("employers/joined", to)']) == []
    assert len(unused(pages, ['page("employers/show.html")'])) == 1
    assert len(unused(pages, [])) == 2


def test_every_template_compiles_and_what_it_names_exists(house: Flask) -> None:
    known = templates()
    for name, text in known.items():
        house.jinja_env.parse(text, name)
        missing = [other for other in NAMED.findall(text) if other not in known]
        assert not missing, f"templates/{name} names {missing}, which do not exist"


def test_every_letter_that_is_queued_has_its_template() -> None:
    known = templates()
    queued = {
        (source.at(call), call.args[0].value)
        for source in sources()
        for call in calls(source.tree)
        if called(call).endswith(("outbox.queue", "queue"))
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }
    complain([f"{place}: write templates/{letter(name)}" for place, name in sorted(queued) if "/" in name and letter(name) not in known])


def test_nothing_is_written_inline() -> None:
    complain([complaint for name, text in templates().items() for complaint in inline(name, text)])


@pytest.mark.parametrize(
    "text",
    [
        "<script>x()</script>",
        "<style>a{}</style>",
        '<p class="a" style="color:red">',
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        "{{ x|safe }}",
    ],
)
def test_what_is_inline_is_seen(text: str) -> None:
    assert inline("x.html", text)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/main.js" type="module"></script>',
        '<script type="application/ld+json">{}</script>',
        '<p class="style on">',
        "{% if style == 1 %}",
    ],
)
def test_files_classes_and_data_are_free(text: str) -> None:
    assert inline("x.html", text) == []


def test_every_page_extends_a_layout() -> None:
    pages = {name: text for name, text in templates().items() if name.endswith(".html") and "_" not in (name[0], name.split("/")[-1][0])}
    complain([f"templates/{name}: extend a layout, one level deep" for name, text in pages.items() if '{% extends "_layout/' not in text])


def unmirrored(source: Source, known: set[str]) -> list[str]:
    """Complain of a view whose pages do not bear its name, or are not there."""
    found = []
    for view in source.views():
        pages = [
            str(call.args[0].value)
            for call in calls(view)
            if called(call) == "page" and call.args and isinstance(call.args[0], ast.Constant)
        ]
        room = "atelier" if source.name == "atelier" else source.room
        mirrored = f"{room}/{view.name}.html"
        found += [f"{source.at(view)}: write templates/{name}" for name in pages if name not in known]
        if pages and mirrored not in pages:
            found.append(f"{source.at(view)}: the template of {source.room}.{view.name} is {mirrored}, not {pages[0]}; give both one name")
    return found


def unused(known: dict[str, str], code: list[str]) -> list[str]:
    """Complain of templates that nothing renders, extends, includes or imports."""
    said = {text for one in code for text in texts(ast.parse(one))}
    named = {other for text in known.values() for other in NAMED.findall(text)}
    named |= {f"documents/{other}" for text in known.values() for other in IMPORTED.findall(text)} | {
        f"documents/{text}.typ" for text in said
    }
    letters = {letter(text) for text in said if text.count("/") == 1}
    return [
        f"templates/{name}: nothing uses it; remove it, or name it after its endpoint"
        for name in known
        if name not in said | named | letters
    ]


def letter(name: str) -> str:
    """Give the template of a letter."""
    room, fact = name.split("/")
    return f"{room}/letters/{fact}.txt"


def inline(name: str, text: str) -> list[str]:
    """Complain of what the content policy forbids, or what escapes escaping."""
    bare = re.sub(r"\{#.*?#\}", lambda note: "\n" * note.group().count("\n"), text, flags=re.DOTALL)
    return [
        f"templates/{name}:{bare[: hit.start()].count(chr(10)) + 1}: {advice}"
        for shape, advice in INLINE.items()
        for hit in shape.finditer(bare)
    ]


def test_the_templates_stand_where_the_house_says() -> None:
    assert (ROOT / "templates/_layout/page.html").exists()

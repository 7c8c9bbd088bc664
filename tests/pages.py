"""A visitor who opens pages, fills forms and follows links, and an inspector who looks at every page on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask, g
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, TestResponse

from certif.kit.db import db

_AS_TYPED = {"code", "pre", "kbd", "script", "textarea", "svg", "title"}
_NO_LABEL_NEEDED = {"hidden", "submit", "button", "image"}
_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)|\"")
_BARE_SPACE = re.compile(r"(?<=[\w»)]) (?=[:;!?»](?:\s|$))|« | »")


class Page:
    """An answer, as a person sees it."""

    def __init__(self, visitor: Visitor, response: TestResponse, path: str) -> None:
        self.visitor, self.response, self.path = visitor, response, path
        self.status = response.status_code
        text = response.get_data(as_text=True)
        self.soup = BeautifulSoup(text, "lxml")
        if "whole" in text:
            for kept_whole in self.soup.select("span.whole"):  # they hold no word apart
                kept_whole.unwrap()
            self.soup.smooth()

    @property
    def h1(self) -> str:
        """The title that is seen."""
        return _words(self.soup.h1)

    @property
    def text(self) -> str:
        """All the words of the page's main part."""
        return _words(self.soup.main or self.soup)

    @property
    def language(self) -> str:
        """The language the page says it is in: `fr` or `en`."""
        return str(self.soup.html["lang"])[:2]

    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        return [_words(line) for line in self.soup.select(".error-summary li")]

    def follow(self, words: str) -> Page:
        """Follow the link that says `words`."""
        links = [link for link in self.soup.find_all("a", href=True) if words in _words(link)]
        assert links, f"no link says {words!r} on {self.path}; there are {[_words(link) for link in self.soup.find_all('a')]}"
        return self.visitor.open(urljoin(self.path, links[0]["href"]))

    def fill(self, button: str | None = None, /, **answers: object) -> Page:
        """Fill the page's form (the one with the button that says `button`) and send it; names with a dash are written with two
        underscores."""
        form = self._form_with(button, answers)
        data = _as_it_stands(form)
        for written, answer in answers.items():
            name = written.replace("__", "-")
            data.setlist(
                name,
                [str(one) for one in answer] if isinstance(answer, list | tuple) else [] if answer in (None, False) else [_typed(answer)],
            )
        pressed = _button(form, button)
        if pressed is not None and pressed.get("name"):
            data.setlist(pressed["name"], [pressed.get("value", "")])
        action = (pressed.get("formaction") if pressed is not None else None) or form.get("action") or self.path
        target = urljoin(self.path, action)
        if form.get("method", "get").lower() == "post":
            return self.visitor.send(target, data)
        return self.visitor.open(target + "?" + "&".join(f"{name}={value}" for name, value in data.items(multi=True)))

    def _form_with(self, button: str | None, answers: dict[str, object]) -> Tag:
        forms = [form for form in (self.soup.main or self.soup).find_all("form") if _button(form, button) is not None or button is None]
        if button is None and len(forms) > 1:
            forms = [form for form in forms if all(form.find(attrs={"name": name.replace("__", "-")}) for name in answers)] or forms
        assert forms, f"no form with the button {button!r} on {self.path}"
        return forms[0]


class Visitor:
    """Somebody with a browser. `inspects` off only where a page shows hostile text on purpose."""

    def __init__(self, app: Flask, *, inspects: bool = True) -> None:
        self.client: Client = app.test_client()
        self.inspects = inspects
        self.base = app.config["SETTINGS"].public_base_url

    def open(self, path: str, *, headers: dict[str, str] | None = None) -> Page:
        """Open a page, following redirections."""
        _let_go()
        return self._arrive(self.client.get(self._local(path), base_url=self.base, headers=headers, buffered=True), path)

    def send(self, path: str, data: MultiDict[str, str] | dict[str, str]) -> Page:
        """Post to an address, as its form would, following redirections."""
        _let_go()
        return self._arrive(self.client.post(self._local(path), data=data, base_url=self.base, buffered=True), path)

    def _local(self, path: str) -> str:
        parts = urlsplit(path)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def _arrive(self, response: TestResponse, path: str) -> Page:
        hops = 0
        while response.status_code in {301, 302, 303, 307, 308}:
            path = urljoin(path, response.headers["Location"])
            if urlsplit(path).netloc not in {"", urlsplit(self.base).netloc}:
                break
            hops += 1
            assert hops < 10, f"redirected for ever at {path}"
            _forget_the_request()
            response = self.client.get(self._local(path), base_url=self.base, buffered=True)
        page = Page(self, response, self._local(path))
        if response.mimetype == "text/html":
            inspect(page, typography=self.inspects)
        return page


def inspect(page: Page, *, typography: bool = True) -> None:
    """Look at a page as a careful reader would; say what to do about what is wrong."""
    soup, where = page.soup, page.path
    assert page.status != 500, f"{where} is our fault: {page.text[:300]}"
    tags = [tag for tag in soup.descendants if isinstance(tag, Tag)]  # walked once: every page of every test comes through here
    titles = [tag for tag in tags if tag.name == "h1"]
    assert len(titles) == 1, f"{where} has {len(titles)} h1: give it one, with page_header(…)"
    assert soup.title and _words(soup.title).startswith(_words(titles[0])), (
        f"{where}: the title must start with the h1 ({_words(soup.title)!r}, {page.h1!r})"
    )
    assert soup.html and soup.html.get("lang"), f"{where}: say the language in <html lang>"
    ids = [tag["id"] for tag in tags if "id" in tag.attrs]
    assert len(ids) == len(set(ids)), f"{where}: ids must be unique: {sorted(one for one in ids if ids.count(one) > 1)}"
    labels = {tag.get("for") for tag in tags if tag.name == "label"}
    for tag in tags:
        bad = [name for name in tag.attrs if name.startswith("on") or name == "style"]
        assert not bad, f"{where}: <{tag.name}> has {bad}: use a class or a module"
        _inspect_tag(tag, labels, where)
    if typography and page.language == "fr":
        _inspect_typography(soup, where)


def _inspect_tag(tag: Tag, labels: set[Any], where: str) -> None:
    if tag.name in {"script", "style"}:
        is_inline = not tag.get("src") and tag.get("type") not in {"application/ld+json"}
        assert not is_inline, f"{where}: move inline <{tag.name}> to a file"
    elif tag.name == "form":
        assert tag.get("method", "").lower() in {"get", "post"}, f"{where}: say each form’s method"
        if tag["method"].lower() == "post" and not tag.has_attr("data-cookieless"):
            assert tag.find("input", attrs={"name": "csrf_token"}), f"{where}: a posted form lacks its token: use form(…)"
    elif tag.name in {"input", "select", "textarea"} and tag.get("type") not in _NO_LABEL_NEEDED:
        labelled = tag.get("aria-label") or tag.get("aria-labelledby") or tag.get("id") in labels or tag.find_parent("label")
        assert labelled, f"{where}: label the field {tag.get('name')!r}"
    elif tag.name == "img":
        assert tag.has_attr("alt"), f"{where}: describe the image {tag.get('src')} with alt"


def _inspect_typography(soup: BeautifulSoup, where: str) -> None:
    for text in _french_texts(soup.body) if soup.body else []:
        assert not _STRAIGHT.search(text), f"{where}: write ’ and « » rather than straight quotes: {text.strip()[:120]!r}"
        assert not _BARE_SPACE.search(text), f"{where}: a hard space goes before : ; ! ? » and after «: {text.strip()[:120]!r}"


def _french_texts(tag: Tag) -> Iterator[str]:
    """Give the texts under a tag that are ours to typeset: neither code, nor what was typed, nor English."""
    for child in tag.children:
        if not isinstance(child, Tag):
            yield child
        elif child.name not in _AS_TYPED and child.get("lang") != "en":
            yield from _french_texts(child)


def _let_go() -> None:
    """End the test's own reading before a request: they share one connection, and undoing the first must not undo the second."""
    if db.session.new or db.session.dirty:
        raise RuntimeError("commit what the test wrote (with transaction():) before opening a page")
    db.session.rollback()
    _forget_the_request()


def _forget_the_request() -> None:
    """Forget what Flask kept of the request before (who it was, its token): in a test, every request shares one application context."""
    for name in list(g):
        g.pop(name)


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").replace("\u00a0", " ").replace("\u202f", " ").split()).replace("\u2060", "") if tag else ""


def _typed(answer: object) -> str:
    return "y" if answer is True else str(answer)


def _button(form: Tag, words: str | None) -> Tag | None:
    elsewhere = form.find_parent("html").find_all("button", form=form["id"]) if form.get("id") else []
    buttons = [button for button in [*form.find_all("button"), *elsewhere] if button.get("type", "submit") == "submit"]
    if words is not None:
        buttons = [button for button in buttons if words in _words(button) or words == button.get("value")]
    return buttons[0] if buttons else None


def _as_it_stands(form: Tag) -> MultiDict[str, str]:
    """What a browser would send if nothing more were typed."""
    data: MultiDict[str, str] = MultiDict()
    for control in form.find_all(["input", "select", "textarea"]):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or control.has_attr("disabled") or kind in {"submit", "button", "file"}:
            continue
        if control.name == "select":
            chosen = control.find_all("option", selected=True) or control.find_all("option")[:1]
            for option in chosen:
                data.add(name, option.get("value", option.get_text()))
        elif control.name == "textarea":
            data.add(name, control.get_text())
        elif kind in {"checkbox", "radio"}:
            if control.has_attr("checked"):
                data.add(name, control.get("value", "on"))
        else:
            data.add(name, control.get("value", ""))
    return data

"""French is the source text and is read first; English is a catalogue. Dates, numbers and money as each language writes them."""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context
from flask_babel import Babel, force_locale, format_date, format_datetime, format_decimal, get_locale, lazy_gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from certif.kit.elision import joined
from certif.kit.money import Money

LANGUAGES = {"fr": "Français", "en": "English"}
"""Each language's own name for itself, French first."""

CATALOGUES = Path(__file__).parent.parent / "translations"

_WHOLE = re.compile(
    r"""(?<![\w.@+-])(?:[A-Z]\d[A-Z][ \u00a0]\d[A-Z]\d      # a postal code
    |\d{2}-\d{4}-\d{4,6}                         # the number of a receipt or of a badge
    |\d{3}[ \u00a0]\d{3}-\d{4}                      # a telephone number
    |[A-Z]{2,}(?:-[A-Z0-9]+)+                    # OSER-JEUNES, SHA-256
    |\w{1,6}(?:-t)?-(?:ce|il|elle|on|ils|elles|je|nous|vous)  # est-ce, y a-t-il
    |[a-z0-9.+-]{1,16}@[a-z0-9-]{1,16}\.[a-z]+   # a short address
    )(?![\w@-])""",
    re.VERBOSE,
)
_HOURS = ("a.m.", "p.m.", "a.\u2060m.", "p.\u2060m.")
_LOCALES = {"fr": "fr_CA", "en": "en_CA"}
_babel = Babel()

_l = lazy_gettext


def _(text: str, /, **said: Any) -> str:
    """Say a sentence in the language being spoken. Looked up here rather than by Babel, which would look for the language three times."""
    spoken = get_locale()
    found = _catalogue(str(spoken)).gettext(text) if spoken is not None else text
    return filled(found, said) if said else found


def _n(one: str, many: str, number: int, /, **said: Any) -> str:
    """Say a sentence that counts, in the language being spoken."""
    return filled(_counted(one, many, number), {"num": number, **said})


def _counted(one: str, many: str, number: int) -> str:
    """Choose the sentence that fits a number: in French, nothing is counted as one."""
    if language() == "fr":
        return one if abs(number) < 2 else many
    return _catalogue(str(get_locale())).ngettext(one, many, number)


def filled(sentence: str, said: Mapping[str, Any]) -> str:
    """Fill a sentence in: where French says so, `de Épicerie` becomes `d’Épicerie`. Takes: safe HTML, which stays safe, or a text."""
    ready, known = joined(sentence, said)
    whole_sentence = (Markup(ready) if isinstance(sentence, Markup) else ready) % known  # noqa: S704 — as safe as what was given
    for hour in _HOURS:
        if f"{hour}." in whole_sentence:  # an English hour brings its own full stop
            whole_sentence = whole_sentence.replace(f"{hour}.", hour)
    return whole_sentence


@pass_context
def _on_page(context: Context, text: str, /, **said: Any) -> str:
    return filled(Markup(_(text)) if context.eval_ctx.autoescape else _(text), said)  # noqa: S704 — our own sentences


@pass_context
def _counted_on_page(context: Context, one: str, many: str, number: int, /, **said: Any) -> str:
    found = _counted(one, many, number)
    return filled(Markup(found) if context.eval_ctx.autoescape else found, {"num": number, **said})  # noqa: S704 — our own sentences


@cache
def _catalogue(locale: str) -> NullTranslations:
    """Give the sentences of a language, read once."""
    return Translations.load(CATALOGUES, [locale])


def language() -> str:
    """Give the language being spoken: `"fr"` or `"en"`."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "fr"


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak `name` (`"fr"` or `"en"`) for a while: letters and documents follow their reader, not the page."""
    with force_locale(_LOCALES[name]):
        yield


def folded(text: str) -> str:
    """Give `text` as it is compared: no case, no accents, no punctuation, single spaces."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae"))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def format_money(amount: Money) -> str:
    """Write an amount: `50,00 $` or `$50.00`."""
    locale = Locale.parse(_LOCALES[language()])
    return str(locale.currency_formats["standard"].apply(Decimal(amount.cents) / 100, locale, currency="CAD"))


def format_day(day: dt.date) -> str:
    """Write a day: `3 novembre 2026`, `1er novembre 2026` or `November 3, 2026`."""
    if language() == "fr" and day.day == 1:
        return f"1er {format_date(day, 'MMMM y')}"
    return str(format_date(day, "long"))


def format_weekday(day: dt.date | dt.datetime) -> str:
    """Write a day, or that of an instant in Québec, with its name: `jeudi 26 novembre 2026` or `Thursday, November 26, 2026`."""
    here = _local_day(day) if isinstance(day, dt.datetime) else day
    name = format_date(here, "EEEE")
    return f"{name}, {format_day(here)}" if language() == "en" else f"{name} {format_day(here)}"


def format_short_day(day: dt.date) -> str:
    """Write a day in few signs: `jeu. 26 nov.` or `Thu Nov 26`."""
    return str(format_date(day, "EEE MMM d" if language() == "en" else "EEE d MMM"))


def format_month(day: dt.date) -> str:
    """Write the month of a day: `novembre 2026` or `November 2026`."""
    return str(format_date(day, "LLLL y"))


def format_instant(at: dt.datetime) -> str:
    """Write an instant in Québec's time: `3 novembre 2026, 14 h 05` or `November 3, 2026, 2:05 p.m.`."""
    time = format_datetime(at, "H'\u00a0h\u00a0'mm" if language() == "fr" else "h:mm a")
    return f"{format_day(_local_day(at))}, {time}"


def _local_day(at: dt.datetime) -> dt.date:
    from certif.kit.clock import TORONTO  # clock knows no language, but says where days begin

    return at.astimezone(TORONTO).date()


def format_phone(number: str | None) -> str:
    """Write a telephone number kept as `+14185551234;ext=12`: `418 555-1234, poste 12`. One of elsewhere stays as it is."""
    found = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})(?:;ext=(\d+))?", number or "")
    if found is None:
        return number or ""
    area, exchange, line, extension = found.groups()
    said = f"{area}\u00a0{exchange}-{line}"
    return str(_("%(number)s, poste %(extension)s", number=said, extension=extension)) if extension else said


def whole(text: object) -> Markup:
    """Give a text in which no code, number, acronym or short address breaks across two lines. Takes: words, or safe HTML."""
    pieces = re.split(r"(<[^>]*>)", str(escape(text)))
    kept = (one if one.startswith("<") else _WHOLE.sub(r'<span class="whole">\g<0></span>', one) for one in pieces)
    return Markup("".join(kept))  # noqa: S704 — what was given, escaped where it was not safe, and our own spans


def install(app: Flask) -> None:
    """Set up both languages, their catalogues and the filters of templates."""
    _compile_catalogues()
    app.config.update(BABEL_DEFAULT_TIMEZONE="America/Toronto", BABEL_TRANSLATION_DIRECTORIES=str(CATALOGUES))
    _babel.init_app(app, default_locale="fr_CA", locale_selector=_language_of_the_page)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_on_page, _counted_on_page, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(
        money=format_money,
        day=format_day,
        weekday=format_weekday,
        short_day=format_short_day,
        month=format_month,
        instant=format_instant,
        number=format_decimal,
        phone=format_phone,
        whole=whole,
        filled=lambda sentence, **said: filled(sentence, said),
    )


def _language_of_the_page() -> str:
    return _LOCALES[g.get("language", "fr")] if has_request_context() else "fr_CA"


def _compile_catalogues() -> None:
    """Compile each catalogue whose text is newer, so that a translator only edits a text file."""
    for source in CATALOGUES.glob("*/LC_MESSAGES/messages.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = compiled.with_suffix(f".{os.getpid()}.part")  # two processes may start together
        with source.open("rb") as text, draft.open("wb") as binary:
            write_mo(binary, read_po(text))
        draft.replace(compiled)

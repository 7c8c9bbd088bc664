"""What people type about tools: how to find one, where it is filed, what it says, what was handed out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import wtforms
from wtforms import ValidationError
from wtforms.validators import Optional

from certif.employers import Employer
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Choices, Day, Form, LongText, Number, ShortText, Tick
from certif.kit.languages import _, _l
from certif.library.actions import MOST_FILES, Filing, Wording
from certif.library.model import TOOL_KINDS, TOPICS, Tool
from certif.library.queries import ToolFilter
from certif.library.uploads import ACCEPTED, LARGEST, Upload
from certif.library.versions import ToolVersion
from certif.plans import AUDIENCES
from certif.programs import Program, Text
from certif.territory import Mrc

OF_ALL = "-"
"""What stands for all programs in a choice."""

_AUDIENCES = [(one.value, label) for one, label in AUDIENCES.items()]
_KINDS = [(one.value, label) for one, label in TOOL_KINDS.items()]
_TOPICS = [(one.value, label) for one, label in TOPICS.items()]


class ToolFilterForm(FilterForm):
    """What narrows the library; it stands in the address."""

    q = ShortText(_l("Mots"), required=False, most=100)
    clientele = Choice(_l("Clientèle"), choices=[("", _l("Toutes")), *_AUDIENCES], required=False)
    genre = Choice(_l("Genre"), choices=[("", _l("Tous")), *_KINDS], required=False)
    sujet = Choice(_l("Sujet"), choices=[("", _l("Tous")), *_TOPICS], required=False)
    programme = Choice(_l("Programme"), required=False)

    def offer(self, programs: list[Program]) -> ToolFilterForm:
        """Offer these programs."""
        self.by_slug = {one.slug: one for one in programs}
        self.programme.choices = [("", _l("Tous")), *((one.slug, one.name) for one in programs)]
        return self

    def filter(self, state: str | None = None) -> ToolFilter:
        """Give what was asked."""
        program = self.by_slug.get(self.asked("programme") or "")
        return ToolFilter(
            self.asked("clientele"), self.asked("genre"), self.asked("sujet"), self.asked("q") or "", program, state
        )  # fmt: skip


class FilingForm(Form):
    """Where a tool stands in the library."""

    kind = Choice(_l("Genre"), choices=_KINDS)
    audience = Choice(_l("Clientèle"), choices=_AUDIENCES)
    topic = Choice(_l("Sujet"), choices=[("", _l("Aucun")), *_TOPICS], required=False)
    is_public = Tick(_l("Tout le monde peut le lire"), hint=_l("Sinon, seuls le personnel et les partenaires le voient."))
    employer = ShortText(
        _l("Employeur dont c’est l’histoire"), required=False,
        hint=_l("Pour un bon coup seulement : son nom légal ou son NEQ. Rien ne paraît avant qu’il l’ait lu et accepté."),
    )  # fmt: skip

    def filing(self, employer: Employer | None) -> Filing:
        """Give what was typed. Takes: the employer that was named, if any."""
        return Filing(self.kind.data, self.audience.data, self.topic.data or None, self.is_public.data, employer)


class AddToolForm(FilingForm):
    """A tool to be."""

    program = Choice(_l("Programme"))
    title_fr = ShortText(_l("Titre, en français"), most=120)


def filing_of(tool: Tool) -> dict[str, Any]:
    """Give where a tool stands, as the form shows it."""
    employer = tool.employer.neq or tool.employer.legal_name if tool.employer else ""
    return {"kind": tool.kind, "audience": tool.audience, "topic": tool.topic or "", "is_public": tool.is_public, "employer": employer}


_MARKS = _l(
    "« ## » ouvre un intertitre, « - » une ligne de liste, une ligne vide un paragraphe. Nommez la source et l’année de chaque chiffre."
)
_OPTIONAL = _l("Sans anglais, le français est montré à tout le monde, avec une note.")


def _files(label: Any) -> wtforms.MultipleFileField:
    def check(_form: Any, field: Any) -> None:
        if any(len(one.stream.read(LARGEST + 1)) > LARGEST for one in field.data or [] if one):
            raise ValidationError(_("Un de ces fichiers est trop lourd. Choisissez-en de 5 Mo au plus."))

    return wtforms.MultipleFileField(label, validators=[Optional(), check], render_kw={"accept": ACCEPTED})


class VersionForm(Form):
    """What a version says."""

    seen = wtforms.HiddenField()
    title_fr = ShortText(_l("Titre, en français"), most=120)
    summary_fr = LongText(_l("Résumé, en français"), most=400)
    text_fr = LongText(_l("Texte, en français"), most=20_000, hint=_MARKS, render_kw={"rows": 16})
    title_en = ShortText(_l("Titre, en anglais"), most=120, required=False, hint=_OPTIONAL)
    summary_en = LongText(_l("Résumé, en anglais"), most=400, required=False)
    text_en = LongText(_l("Texte, en anglais"), most=20_000, required=False, render_kw={"rows": 16})
    kept = Choices(_l("Fichiers à garder"), required=False)
    files_fr = _files(_l("Fichiers à joindre, en français : PDF ou image, 5 Mo au plus"))
    files_en = _files(_l("Fichiers à joindre, en anglais"))
    review_on = Day(_l("À revoir le"), required=False, hint=_l("L’outil paraîtra ce jour-là dans la liste « À revoir »."))
    note = ShortText(_l("Ce qui change"), required=False, hint=_l("Pour vos collègues."))

    def offer(self, before: ToolVersion | None) -> VersionForm:
        """Offer to keep the files of the version before."""
        self.kept.choices = [(one.name, one.name) for one in (before.files if before else [])][:MOST_FILES]
        return self

    @property
    def number_seen(self) -> int:
        """The version that was read before writing; 0 for none."""
        return number_in(self.seen)

    @property
    def wording(self) -> Wording:
        """What was typed."""
        title, summary, text = (Text(self[f"{name}_fr"].data or "", self[f"{name}_en"].data or "") for name in ("title", "summary", "text"))
        sent = [*_sent(self.files_fr, "fr"), *_sent(self.files_en, "en")]
        return Wording(title, summary, text, self.note.data or "", self.review_on.data, self.kept.data or [], sent)


def number_in(field: Any) -> int:
    """Give the number that a hidden field holds; 0 for anything else."""
    typed = field.data or ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0


def _sent(field: Any, language: str) -> list[Upload]:
    found = []
    for one in field.data or []:
        if one and getattr(one, "filename", ""):
            one.stream.seek(0)
            found.append(Upload(one.filename, one.stream.read(LARGEST + 1), language))
    return found


def words_of(tool: Tool, before: ToolVersion | None) -> dict[str, Any]:
    """Give what the form of the next version shows: what the one before says."""
    if before is None:
        return {"seen": "0", "title_fr": tool.title_fr}
    names = [f"{part}_{spoken}" for part in ("title", "summary", "text") for spoken in ("fr", "en")]
    return {"seen": str(before.number), "kept": [one.name for one in before.files], **{name: getattr(before, name) for name in names}}


class ReviewForm(Form):
    """A tool was looked at again."""

    seen = wtforms.HiddenField()
    next_on = Day(_l("À revoir de nouveau le"))

    @property
    def number_seen(self) -> int:
        """The version that was looked at; 0 for none."""
        return number_in(self.seen)


class ProgramForm(Form):
    """For which program."""

    program = Choice(_l("Programme"))


class HandOutForm(Form):
    """What was handed out."""

    tool = Choice(_l("Outil"))
    count = Number(_l("Exemplaires remis"), least=1, most=100_000)
    mrc = Choice(_l("MRC"))
    audience = Choice(_l("Clientèle"), choices=_AUDIENCES)
    handed_on = Day(_l("Remis le"))

    def offer(self, tools: Iterable[Tool], places: Iterable[Mrc]) -> HandOutForm:
        """Offer these tools and places."""
        self.tool.choices = [(one.slug, one.title) for one in tools]
        self.mrc.choices = [(one.slug, one.name) for one in places]
        return self


class SpanForm(FilterForm):
    """Which figures are read."""

    du = Day(_l("Du"), required=False)
    au = Day(_l("Au"), required=False)
    programme = Choice(_l("Programme"), required=False)

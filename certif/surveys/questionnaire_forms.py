"""What staff give about a questionnaire: a file, sent or pasted; where to copy it; what to compare it with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_wtf.file import FileField

from certif.kit.db import give_up
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Form, LongText
from certif.kit.languages import _, _l
from certif.surveys.checking import FaultyQuestionnaire
from certif.surveys.questionnaire_files import MOST_BYTES


class EditQuestionnaireForm(Form):
    """A questionnaire as a file, pasted or changed in place."""

    content = LongText(_l("Le questionnaire, en YAML"), most=MOST_BYTES, required=False)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Say each fault of the file by itself; what was typed is kept."""
        with super().held():
            try:
                yield
            except FaultyQuestionnaire as faulty:
                give_up()
                self.form_errors = [*self.form_errors, *faulty.faults]


class ImportQuestionnaireForm(EditQuestionnaireForm):
    """A questionnaire's file, sent or pasted."""

    program = Choice(_l("Programme"))
    file = FileField(_l("Fichier YAML"))
    content = LongText(
        _l("Ou le texte du fichier"),
        most=MOST_BYTES,
        required=False,
        hint=_l("Si le fichier contient une faute, il s’affiche ici pour être corrigé."),
    )

    def offer(self, programs: list[tuple[str, str]]) -> ImportQuestionnaireForm:
        """Offer the programs whose staff this person is."""
        self.program.choices = programs
        return self

    def given(self) -> str | bytes:
        """Give what was sent, else what was pasted. A file that is text stays on the page, so that its faults can be mended there."""
        if not self.file.data:
            return self.content.data or ""
        sent: bytes = self.file.data.stream.read(MOST_BYTES + 1)
        if len(sent) <= MOST_BYTES:
            self.content.data = sent.decode("utf-8", errors="replace").lstrip("\ufeff").replace("\0", "")
        return sent

    def validate(self, *args: object, **kwargs: object) -> bool:
        """Refuse to read nothing."""
        if not super().validate(*args, **kwargs):
            return False
        if not self.file.data and not self.content.data:
            self.content.errors = [_("Choisissez un fichier, ou collez son texte.")]
            return False
        return True


class CopyQuestionnaireForm(Form):
    """Where a copy goes."""

    program = Choice(_l("Programme"))

    def offer(self, programs: list[tuple[str, str]]) -> CopyQuestionnaireForm:
        """Offer the programs whose staff this person is."""
        self.program.choices = programs
        return self


class CompareForm(FilterForm):
    """Which other version."""

    other = Choice(_l("Comparer avec"), name="avec", required=False)

    def offer(self, others: list[tuple[str, str]]) -> CompareForm:
        """Offer the other questionnaires."""
        self.other.choices = [("", _("Choisissez")), *others]
        return self

"""What staff give about a questionnaire: a file, sent or pasted; where to copy it; what to compare it with."""

from __future__ import annotations

from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Form, LongText
from certif.kit.languages import _, _l
from certif.kit.plain_files import MOST_BYTES
from certif.kit.plain_forms import PlainFileForm, SentPlainFileForm


class EditQuestionnaireForm(PlainFileForm):
    """A questionnaire as a file, changed in place."""

    content = LongText(_l("Le questionnaire, en YAML"), most=MOST_BYTES, required=False)


class ImportQuestionnaireForm(SentPlainFileForm):
    """A questionnaire's file, sent or pasted."""

    program = Choice(_l("Programme"))

    def offer(self, programs: list[tuple[str, str]]) -> ImportQuestionnaireForm:
        """Offer the programs whose staff this person is."""
        self.program.choices = programs
        return self


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

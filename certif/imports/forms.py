"""What staff give: a file and what it holds, what narrows the list of prospects, a word in an invitation."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Self

from flask_wtf.file import FileField, FileRequired

from certif.imports.kinds import added_kinds
from certif.imports.model import Kind
from certif.imports.queries import STANDINGS, Standing
from certif.imports.sheets import MOST_BYTES
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Form, LongText, ShortText
from certif.kit.languages import _l

KIND_LABELS = {
    Kind.PROSPECTS: _l("Des prospects : des employeurs connus, à inviter"),
    Kind.CERTIFIED: _l("Des employeurs certifiés avant Certif"),
}


class FileForm(Form):
    """A file of rows of a program."""

    program = Choice(_l("Programme"))
    file = FileField(_l("Fichier XLSX ou CSV"), validators=[FileRequired(_l("Choisissez un fichier."))])

    def offer(self, programs: list[tuple[str, str]]) -> Self:
        """Offer the programs whose staff this person is."""
        self.program.choices = programs
        return self

    @property
    def content(self) -> bytes:
        """What was sent; one byte more than allowed is enough to know."""
        found: bytes = self.file.data.stream.read(MOST_BYTES + 1)
        return found

    @property
    def file_name(self) -> str:
        """The name of the file alone, bounded, without signs that do not show."""
        name = PurePath(str(self.file.data.filename).replace("\\", "/")).name
        return "".join(sign for sign in name if sign.isprintable())[-120:]


class UploadForm(FileForm):
    """A file of rows, and what it holds."""

    kind = Choice(_l("Ce que le fichier contient"), radio=True)

    def offer(self, programs: list[tuple[str, str]]) -> Self:
        """Offer the programs whose staff this person is, and every kind of file."""
        self.kind.choices = [*KIND_LABELS.items(), *((one.name, one.label) for one in added_kinds())]
        return super().offer(programs)


class ProspectFilterForm(FilterForm):
    """Which prospects."""

    text = ShortText(_l("Nom ou NEQ"), name="q", required=False, most=100)
    standing = Choice(_l("État"), name="etat", required=False, choices=[("", _l("Tous")), *STANDINGS.items()])
    program = Choice(_l("Programme"), name="programme", required=False)
    mrc = Choice(_l("MRC"), name="mrc", required=False)

    def offer(self, programs: list[tuple[str, str]], mrcs: dict[str, Any]) -> ProspectFilterForm:
        """Offer the programs and the places that the reader may see."""
        self.program.choices = [("", _l("Tous")), *programs]
        self.mrc.choices = {"": [("", _l("Toutes"))], **mrcs}
        return self

    def asked_standing(self) -> Standing | None:
        """Give the standing that was asked, if any."""
        asked = self.asked("standing")
        return Standing(asked) if asked else None


class InviteForm(Form):
    """A word that goes into the letter."""

    note = LongText(_l("Un mot de votre part"), hint=_l("Il sera placé au début du courriel, tel quel."), required=False, most=1000)

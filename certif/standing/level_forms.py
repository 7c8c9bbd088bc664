"""What is typed about a level, a criterion at a time: the employer's evidence, and what staff find of it."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import ValidationError

from certif.kit.forms import Choice, Form, LongText
from certif.kit.languages import _, _l
from certif.standing.level_actions import Found, Said
from certif.standing.pieces import LARGEST, Upload

FILES = ".pdf,.png,.jpg,.jpeg"


class CriteriaForm(Form):
    """A form with some fields for each criterion. `rows`: their number."""

    rows = 0

    def row(self, position: int) -> list[Any]:
        """Give the fields of one criterion, in order."""
        return [field for name, field in self._fields.items() if name.endswith(f"_{position}")]


class EvidenceForm(CriteriaForm):
    """What the employer says of each criterion, and files that support it."""

    @property
    def said(self) -> list[Said]:
        """What was said, criterion by criterion."""
        return [Said(self[f"words_{n}"].data or "", uploaded(self[f"file_{n}"])) for n in range(self.rows)]


class FindingsForm(CriteriaForm):
    """What staff find of each criterion."""

    @property
    def found(self) -> list[Found]:
        """What was found, criterion by criterion."""
        return [Found(self[f"met_{n}"].data == "yes", self[f"reason_{n}"].data or "") for n in range(self.rows)]


def piece_field(label: Any) -> FileField:
    """Give a place for one file that supports what is said."""

    def check(_form: Any, field: Any) -> None:
        if field.data and len(field.data.stream.read(LARGEST + 1)) > LARGEST:
            raise ValidationError(_("Ce fichier est trop lourd. Choisissez-en un de 2 Mo au plus."))

    return FileField(label, validators=[check], render_kw={"accept": FILES})


def uploaded(field: Any) -> Upload | None:
    """Give the file that a field holds, or None."""
    if not field.data or not field.data.filename:
        return None
    field.data.stream.seek(0)
    return Upload(field.data.filename, field.data.stream.read(LARGEST + 1))


def evidence_form(criteria: list[str]) -> EvidenceForm:
    """Give a form that asks for evidence of each criterion."""
    fields: dict[str, Any] = {"rows": len(criteria)}
    for n, criterion in enumerate(criteria):
        fields[f"words_{n}"] = LongText(criterion, most=2000, hint=_l("Dites comment, avec des exemples vérifiables."))
        fields[f"file_{n}"] = piece_field(_l("Pièce à l’appui : PDF, PNG ou JPEG de 2 Mo au plus"))
    return type("AskedEvidence", (EvidenceForm,), fields)()  # type: ignore[no-any-return]


def findings_form(criteria: list[str]) -> FindingsForm:
    """Give a form that asks what was found of each criterion."""
    fields: dict[str, Any] = {"rows": len(criteria)}
    for n, criterion in enumerate(criteria):
        fields[f"met_{n}"] = Choice(criterion, choices=[("yes", _l("Rempli")), ("no", _l("Non rempli"))], radio=True)
        fields[f"reason_{n}"] = LongText(_l("Motif, s’il n’est pas rempli"), most=1000, required=False)
    return type("AskedFindings", (FindingsForm,), fields)()  # type: ignore[no-any-return]

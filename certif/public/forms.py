"""What anyone may drop."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import ValidationError

from certif.kit.forms import Form
from certif.kit.languages import _, _l

LARGEST = 5 * 1024 * 1024


class DocumentForm(Form):
    """One PDF, at most 5 MiB. `content`: its bytes."""

    document = FileField(_l("Document PDF"), render_kw={"required": True})
    content: bytes = b""

    def validate_document(self, field: Any) -> None:
        """Refuse what is no PDF, before anything looks inside."""
        if not field.data:
            raise ValidationError(_("Choisissez le document PDF à vérifier."))
        self.content = field.data.stream.read(LARGEST + 1)
        if not self.content:
            raise ValidationError(_("Ce fichier est vide. Choisissez le document PDF à vérifier."))
        if len(self.content) > LARGEST:
            raise ValidationError(_("Ce fichier est trop lourd. Choisissez un PDF de 5 Mo au plus."))
        if b"%PDF-" not in self.content[:1024]:
            raise ValidationError(_("Ce fichier n’est pas un PDF. Choisissez celui que vous avez reçu, sans le convertir."))

"""What anyone may hand over to be checked; and what staff type of an issuer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf.file import FileField
from wtforms import TextAreaField, ValidationError

from certif import badges
from certif.kit.errors import Refusal
from certif.kit.forms import Day, Form, LongText, ShortText
from certif.kit.languages import _, _l

_MOST_KEYS = 20


class CredentialForm(Form):
    """A credential: a file, its text, or its address on this site; the first one that is given counts."""

    document = FileField(_l("Fichier (JSON, PNG ou SVG)"))
    text = TextAreaField(
        _l("Texte de l’attestation"), render_kw={"rows": 6, "spellcheck": "false", "autocapitalize": "none"}
    )  # as it is typed
    address = ShortText(_l("Adresse ou code, sur ce site"), required=False, most=500)

    def validate_address(self, _field: Any) -> None:
        """Refuse when nothing at all was given."""
        if not self.document.data and not (self.text.data or "").strip() and not self.address.data:
            raise ValidationError(_("Déposez un fichier, collez le texte de l’attestation, ou donnez son adresse."))

    def handed_over(self) -> str | None:
        """Give the text of the credential in the file or in the box; None where only an address was given.

        Refuses: what carries none, as `badges.credential_in` says.
        """
        if self.document.data:
            return badges.credential_in(self.document.data.stream.read(badges.HEAVIEST_CREDENTIAL + 1))
        text = (self.text.data or "").strip()
        return badges.credential_in(text.encode(errors="replace")) if text else None

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Say a `Refusal` as what is wrong with what was handed over (422)."""
        try:
            yield
        except Refusal as refusal:
            self.form_errors = [*self.form_errors, str(refusal)]


class IssuerForm(Form):
    """What is known of an issuer. Its identifier is typed once."""

    did = ShortText(_l("Identifiant (DID)"), hint=_l("Par exemple did:web:certif.exemple.org."), most=250)
    name = ShortText(_l("Nom"), hint=_l("Tel que le public doit le lire."))
    territory = ShortText(_l("Territoire"), hint=_l("Où ce qu’il délivre a cours."))
    keys = LongText(
        _l("Clés publiques"),
        hint=_l("Une par ligne, en multibase (z6Mk…), obtenues de l’émetteur lui-même. Nous n’allons pas les chercher."),
    )
    since = Day(_l("Reconnu depuis le"), hint=_l("Ce qu’il a signé avant ce jour ne compte pas ici."))
    until = Day(_l("Reconnu jusqu’au"), hint=_l("Laissez vide tant qu’il est reconnu."), required=False)

    def validate_did(self, field: Any) -> None:
        """Refuse what is no identifier."""
        if field.data and not badges.is_did(field.data):
            raise ValidationError(_("Écrivez un identifiant comme did:web:certif.exemple.org."))

    def validate_keys(self, field: Any) -> None:
        """Refuse what is no key."""
        keys = self.key_list()
        if len(keys) > _MOST_KEYS or any(badges.public_key(key) is None for key in keys):
            raise ValidationError(_("Écrivez une clé Ed25519 par ligne, comme z6Mk… suivi de 44 signes ; vingt au plus."))

    def key_list(self) -> list[str]:
        """Give the keys, each once, in the order they were typed."""
        return list(dict.fromkeys((self.keys.data or "").split()))

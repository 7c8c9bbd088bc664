"""What is typed about a signature given on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, ValidationError

from certif.certification.paper_signing import HEAVIEST_SCAN, PaperPage
from certif.certification.signatures import Mandate
from certif.kit import clock
from certif.kit.forms import Choice, Choices, Day, Form, LongText, ShortText, Tick
from certif.kit.languages import LANGUAGES, _, _l
from certif.programs import Contract

SCANS = ".pdf,.jpg,.jpeg,.png,.webp"
_MANDATES = [
    (Mandate.OFFICE.value, _l("Sa fonction : propriétaire, présidence, direction")),
    (Mandate.RESOLUTION.value, _l("Une résolution du conseil ou des associés")),
    (Mandate.PROXY.value, _l("Un mandat écrit ou une procuration")),
]


def _not_ahead(_form: Any, field: Any) -> None:
    if field.data is not None and field.data > clock.today():
        raise ValidationError(_("Ce jour est à venir. Écrivez celui qui figure sur le papier."))


def _is_there(_form: Any, field: Any) -> None:
    if not field.data or not field.data.filename:
        raise ValidationError(_("Choisissez le fichier de la page signée."))
    if len(field.data.stream.read(HEAVIEST_SCAN + 1)) > HEAVIEST_SCAN:
        raise ValidationError(_("Ce fichier est trop lourd. Choisissez-en un de 5 Mo au plus."))
    field.data.stream.seek(0)


class PaperSignatureForm(Form):
    """What stands on the signed page, and what staff say of it."""

    digest = HiddenField()
    signatory = ShortText(_l("Nom complet du ou de la signataire"), hint=_l("Tel qu’il figure sur le papier."))
    role = ShortText(_l("Sa fonction"), hint=_l("Par exemple : propriétaire, directrice générale."))
    mandate = Choice(_l("Ce qui lui donne le pouvoir de signer"), choices=_MANDATES, radio=True, default=Mandate.OFFICE.value)
    mandate_source = ShortText(
        _l("Référence du mandat"), required=False,
        hint=_l("Pour une résolution ou un mandat : sa date, son numéro, ou la personne qui l’a donné. Sinon, laissez vide."),
    )  # fmt: skip
    signed_on = Day(_l("Jour de la signature"), hint=_l("Celui qui figure sur le papier."), validators=[_not_ahead])
    witness = ShortText(
        _l("Signé en présence de"), required=False, hint=_l("L’agente ou l’agent qui était là, si quelqu’un de l’équipe y était.")
    )
    language = Choice(_l("Langue du papier"), choices=list(LANGUAGES.items()), default="fr", radio=True)
    chose_expressly = Tick(
        _l("Le texte français a été remis d’abord, et le papier porte le choix exprès de l’anglais."),
        hint=_l("À cocher seulement si le papier est en anglais."),
    )
    commitments = Choices(_l("Engagements au choix"), required=False, hint=_l("Ceux qui sont cochés sur le papier."))
    reason = LongText(_l("Pourquoi sur papier"), most=500, hint=_l("Par exemple : pas d’adresse courriel, signature lors d’une visite."))
    original_at = ShortText(_l("Où l’original est conservé"), hint=_l("Par exemple : bureau de Joliette, classeur 2026."))
    scan = FileField(_l("Page signée : PDF, JPEG, PNG ou WebP de 5 Mo au plus"), validators=[_is_there], render_kw={"accept": SCANS})
    is_same_text = Tick(
        _l("J’ai comparé : le papier porte le texte ci-dessus, mot pour mot, et une signature à la main."),
        required=_l("Comparez le papier avec le texte, puis cochez cette case."),
    )

    def offer(self, contract: Contract) -> None:
        """Offer the optional commitments of this contract."""
        self.commitments.choices = [(one.id, str(one.text)) for one in contract.optional]
        if not self.commitments.choices:
            del self.commitments

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what depends on another answer."""
        is_right = bool(super().validate(extra_validators))
        if self.language.data == "en" and not self.chose_expressly.data:
            self.chose_expressly.errors = [_("L’anglais n’engage que s’il a été choisi expressément, après le texte français.")]
            is_right = False
        if self.mandate.data in {Mandate.RESOLUTION, Mandate.PROXY} and not self.mandate_source.data:
            self.mandate_source.errors = [_("Dites d’où vient le mandat.")]
            is_right = False
        return is_right

    @property
    def page(self) -> PaperPage:
        """What was typed, as the act takes it."""
        signed_on = self.signed_on.data
        assert isinstance(signed_on, dt.date)
        return PaperPage(
            digest=self.digest.data or "", signatory=self.signatory.data, role=self.role.data, signed_on=signed_on,
            language=self.language.data, chose_expressly=bool(self.chose_expressly.data),
            commitments=list(self.commitments.data or []) if self.commitments else [], witness=self.witness.data or "",
            reason=self.reason.data, original_at=self.original_at.data, scan=self.scan.data.stream.read(),
            mandate=Mandate(self.mandate.data), mandate_source=self.mandate_source.data or "",
        )  # fmt: skip


class ContestSignatureForm(Form):
    """Why the employer says that the signature is not theirs."""

    reason = LongText(_l("Ce qui ne va pas"), most=2000, hint=_l("Par exemple : cette personne n’avait pas le pouvoir de signer."))


class SetAsideSignatureForm(Form):
    """Why a signature recorded from paper counts no more."""

    reason = LongText(_l("Motif"), most=2000, hint=_l("L’employeur le lira. Ce qui a été consigné reste au dossier."))

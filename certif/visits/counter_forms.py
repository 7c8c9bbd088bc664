"""What is typed at a counter: the employer in short, the code of its contact, and the sticker that is put up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import ValidationError

from certif.employers import HIRING, KINDS, Hires
from certif.imports import Prospect
from certif.kit.forms import Choice, Email, Form, Neq, PostalCode, ShortText, SixDigits, Tick
from certif.kit.languages import LANGUAGES, _, _l
from certif.programs import SIZES
from certif.territory import Mrc, sectors

_CHOOSE = ("", _l("Choisissez"))
_TYPED = ("legal_name", "kind", "sector", "size", "hires", "contact_name", "contact_role", "contact_email", "language", "postal_code")
_KNOWN = ("neq", "municipality", "postal_code", "sector", "contact_name", "contact_email", "language")


class CounterForm(Form):
    """An employer in short: what a registration cannot do without. The rest is completed later in its space."""

    legal_name = ShortText(_l("Nom légal"), most=200)
    neq = Neq(_l("Numéro d’entreprise du Québec (NEQ)"), required=False, hint=_l("Vide : l’organisation n’en a pas."))
    address = ShortText(_l("Adresse"), most=200, hint=_l("Numéro et rue : là où la vignette sera affichée."))
    municipality = ShortText(_l("Municipalité"), most=120)
    postal_code = PostalCode(_l("Code postal"))
    mrc = Choice(_l("MRC ou territoire équivalent"))
    kind = Choice(_l("Genre d’organisation"), choices=list(KINDS.items()), default="company")
    sector = Choice(_l("Secteur d’activité"))
    size = Choice(_l("Nombre de personnes employées"), choices=[_CHOOSE, *SIZES.items()])
    hires = Choice(_l("Emploie des élèves, des étudiantes ou des étudiants"), choices=list(HIRING.items()), default=Hires.STUDENTS.value)
    federally_regulated = Tick(
        _l("Relève des normes du travail fédérales"), hint=_l("Banque, télécommunications, transport interprovincial.")
    )
    contact_name = ShortText(_l("Nom de la personne qui signe"), most=120, render_kw={"autocomplete": "off"})
    contact_role = ShortText(_l("Sa fonction"), most=120, render_kw={"autocomplete": "off"})
    contact_email = Email(
        _l("Sa propre adresse courriel"), hint=_l("Elle y reçoit tout de suite un code, sur son téléphone. Jamais la vôtre."),
        render_kw={"autocomplete": "off"},
    )  # fmt: skip
    language = Choice(_l("Langue de ses courriels"), choices=list(LANGUAGES.items()), default="fr")
    present = Tick(
        _l("La personne est devant moi, a lu ce que nous gardons d’elle et l’accepte"),
        required=_l("Montrez-lui d’abord la page sur les renseignements personnels."),
    )

    def offer(self, places: Sequence[Mrc]) -> CounterForm:
        """Offer the places of the program, and the sectors."""
        self.mrc.choices = [_CHOOSE, *((one.slug, one.name) for one in places)]
        self.sector.choices = [_CHOOSE, *((sector.code, f"{sector.code} – {sector.name}") for sector in sectors())]
        return self

    @classmethod
    def about(cls, prospect: Prospect | None) -> CounterForm:
        """Give the form, with what is known of a prospect already written."""
        if prospect is None:
            return cls()
        known = {name: getattr(prospect, name) for name in _KNOWN if getattr(prospect, name)}
        return cls(data={**known, "legal_name": prospect.name, "mrc": prospect.mrc.slug if prospect.mrc else ""})

    def validate_legal_name(self, field: ShortText) -> None:
        """Refuse a name of signs only."""
        if field.data and not any(sign.isalnum() for sign in field.data):
            raise ValidationError(_("Écrivez ce texte avec des lettres ou des chiffres."))

    def answers(self) -> dict[str, Any]:
        """Give what was answered of the organisation, as a registration keeps it."""
        plain = {name: self[name].data for name in _TYPED}
        blank: dict[str, Any] = {"trade_name": None, "banner": None, "contact_phone": None}
        return {**blank, **plain, "neq": self.neq.data or None, "federally_regulated": bool(self.federally_regulated.data)}

    def place(self) -> dict[str, str]:
        """Give the place of work, as a registration keeps it."""
        return {"name": "", **{name: self[name].data for name in ("address", "municipality", "postal_code", "mrc")}}


class ContactCodeForm(Form):
    """The code that the contact received."""

    code = SixDigits(_l("Code reçu par la personne"), hint=_l("Six chiffres. Elle les lit sur son téléphone, et les écrit elle-même."))


class HangForm(Form):
    """Which sticker was put up, and where."""

    number = ShortText(_l("Vignette"), most=200, hint=_l("Le numéro imprimé, comme 0012-034, ou l’adresse que son code QR ouvre."))
    hangs_at = ShortText(_l("Où exactement"), most=120, hint=_l("Par exemple : porte principale, vitrine de gauche."))

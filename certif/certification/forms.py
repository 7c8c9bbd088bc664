"""What people type on the path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField

from certif.certification.signatures import Mandate
from certif.employers import Establishment
from certif.kit.forms import Choice, Choices, Day, Email, Form, LongText, ShortText, SixDigits, Tick
from certif.kit.languages import LANGUAGES, _l
from certif.programs import Contract, Program, ProgramVersion, sentence

MANDATES = [
    (Mandate.OFFICE.value, _l("Ma fonction : propriétaire, présidence, direction")),
    (Mandate.RESOLUTION.value, _l("Une résolution du conseil ou des associés")),
    (Mandate.PROXY.value, _l("Un mandat écrit ou une procuration")),
]


class ConfirmRegistrationForm(Form):
    """The code that proves the contact's address and, where several programs are open there, the one chosen."""

    program = Choice(_l("Programme"), radio=True)
    code = SixDigits(_l("Code reçu par courriel"), hint=_l("Six chiffres. Regardez aussi dans les courriels indésirables."))

    def offer(self, programs: list[Program], *, needs_code: bool) -> None:
        """Ask for the program only where there is a choice, and for the code only of someone not yet known."""
        self.program.choices = [(program.ref, program.name) for program in programs]
        if len(programs) < 2:
            del self.program
        if not needs_code:
            del self.code

    def chosen(self, programs: list[Program]) -> Program | None:
        """The program to enter; None where none is open."""
        if self.program is None:
            return programs[0] if programs else None
        return next(program for program in programs if program.ref == self.program.data)


class DeliverContractForm(Form):
    """The button that opens the contract, and nothing else."""


class ChooseLanguageForm(Form):
    """The express choice of a language, after the French text."""

    chosen = HiddenField()


class NameSignatoryForm(Form):
    """Who has the power to sign; asked only when it is someone else."""

    name = ShortText(_l("Nom de la personne"), render_kw={"autocomplete": "off"})
    email = Email(
        _l("Son adresse courriel"), hint=_l("Nous lui enverrons un lien pour lire et signer le contrat."), render_kw={"autocomplete": "off"}
    )
    spoken = Choice(_l("Langue du courriel"), choices=list(LANGUAGES.items()), radio=True)


class SignContractForm(Form):
    """The signature: a full name, a role, the commitments picked, an unticked box and the code."""

    digest = HiddenField()
    signatory = ShortText(_l("Votre nom complet"), render_kw={"autocomplete": "name"})
    role = ShortText(
        _l("Votre fonction"), hint=_l("Par exemple : propriétaire, directrice générale."), render_kw={"autocomplete": "organization-title"}
    )
    mandate = Choice(_l("Ce qui vous donne le pouvoir de signer"), choices=MANDATES, radio=True, default=Mandate.OFFICE.value)
    mandate_source = ShortText(
        _l("Référence du mandat"), required=False,
        hint=_l("Pour une résolution ou un mandat : sa date, son numéro, ou la personne qui l’a donné. Sinon, laissez vide."),
    )  # fmt: skip
    commitments = Choices(
        _l("Engagements au choix"), required=False, hint=_l("Cochez ceux que vous voulez prendre en plus. Aucun n’est obligatoire.")
    )
    agrees = Tick(
        _l("J’ai lu le contrat moral, j’ai le pouvoir d’engager cette organisation, et je le signe en son nom."),
        required=_l("Cochez cette case si vous voulez signer."),
    )
    code = SixDigits(_l("Code de signature"), hint=_l("Les six chiffres envoyés à votre adresse courriel."))

    def offer(self, contract: Contract, language: str) -> None:
        """Offer the optional commitments of this contract."""
        self.commitments.choices = [
            (one.id, sentence(one.text.said_in(language).rstrip(" ;\u00a0"))) for one in contract.parts(language).optional
        ]
        if not self.commitments.choices:
            del self.commitments

    @property
    def picked(self) -> list[str]:
        """The ids of the optional commitments that were picked."""
        return list(self.commitments.data or []) if self.commitments else []


class DeclineContractForm(Form):
    """Why the employer would rather not sign."""

    reason = LongText(
        _l("Ce qui vous retient"), most=2000, hint=_l("L’équipe régionale le lira et pourra vous répondre. Vous pourrez signer plus tard.")
    )


class ResubmitForm(Form):
    """The employer's answer to a file sent back."""

    note = LongText(_l("Votre réponse"), most=2000, hint=_l("Dites ce que vous avez corrigé ou ajouté."))


class ValidateForm(Form):
    """What staff grant."""

    seen = HiddenField()
    level = Choice(_l("Niveau accordé"), radio=True)
    establishments = Choices(_l("Établissements couverts"), required=_l("Choisissez au moins un établissement."))
    visited_on = Day(_l("Date de la visite"), hint=_l("Ce programme demande une visite avant la validation."))

    def offer(self, version: ProgramVersion, places: Iterable[Establishment], *, hires_nobody: bool) -> None:
        """Offer the levels that suit the employer, and its places; ask for a visit only where one is required."""
        supporter = version.rules.supporter_level
        levels = [supporter] if hires_nobody and supporter else [level for level in version.levels if not level.is_supporter]
        self.level.choices = [(level.code, str(level.name)) for level in levels]
        if not levels:
            del self.level
        self.establishments.choices = [(place.ref, f"{place.name}, {place.municipality}") for place in places]
        if not version.requires_visit:
            del self.visited_on

    def granted(self, places: Iterable[Establishment]) -> dict[str, Any]:
        """What is granted, as `validate` takes it: the level, the places chosen among `places`, the day of the visit."""
        return {
            "level": self.level.data if self.level else None,
            "establishments": [place for place in places if place.ref in self.establishments.data],
            "visited_on": self.visited_on.data if self.visited_on else None,
        }


class SendBackForm(Form):
    """Why a file is sent back."""

    seen = HiddenField()
    reason = LongText(_l("Ce qui doit être corrigé ou complété"), most=2000, hint=_l("L’employeur lira ces mots tels quels."))


def seen_by(form: Any) -> int:
    """Give how many decisions the page showed; anything but a small number counts as none, so that the act refuses it."""
    said = str(form.seen.data or "")
    return int(said) if said.isdecimal() and len(said) < 6 else 0

"""What is typed of confidentiality incidents, in the order of the regulation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, ValidationError

from certif.accounts import User
from certif.kit.forms import Choice, Day, Form, LongText, Number, ShortText
from certif.kit.languages import _, _l
from certif.privacy.incident_actions import Account
from certif.privacy.incident_model import STEP_KINDS, IncidentAccount, StepKind
from certif.programs import Program

_RISK = {"later": None, "serious": True, "none": False}


class AccountForm(Form):
    """What is known of an incident."""

    what = LongText(
        _l("Renseignements personnels visés"), most=2000,
        hint=_l("De quelles sortes : noms, adresses, réponses… Si vous ne le savez pas, dites pourquoi. Ne nommez personne."),
    )  # fmt: skip
    circumstances = LongText(
        _l("Circonstances de l’incident"), most=4000, hint=_l("Accès, utilisation, communication ou perte : que s’est-il passé ?")
    )
    from_on = Day(_l("Il a commencé le"), required=False)
    until_on = Day(_l("Il a pris fin le"), required=False, hint=_l("Vide s’il n’a duré qu’un jour."))
    when_words = ShortText(
        _l("Précisions sur le moment"), required=False, hint=_l("Obligatoire si le jour n’est pas connu : une approximation.")
    )
    people = Number(_l("Nombre de personnes concernées"), required=False, most=50_000_000)
    people_words = ShortText(
        _l("Précisions sur ce nombre"), required=False, hint=_l("Obligatoire si le nombre n’est pas connu : une approximation.")
    )
    risk = Choice(
        _l("Y a-t-il un risque qu’un préjudice sérieux soit causé ?"), radio=True, default="later",
        choices=[("later", _l("Pas encore évalué")), ("serious", _l("Oui : la Commission et les personnes doivent être avisées")),
                 ("none", _l("Non"))],
    )  # fmt: skip
    reasons = LongText(
        _l("Raisons de cette conclusion"), most=4000, required=False,
        hint=_l("Sensibilité des renseignements, utilisations malveillantes possibles, conséquences appréhendées, probabilité."),
    )  # fmt: skip
    seen = HiddenField()

    def shown(self, account: IncidentAccount) -> AccountForm:
        """Show what is known by now, when the form is not sent."""
        if not self.is_submitted():
            risk = {answer: name for name, answer in _RISK.items()}[account.is_serious]
            self.process(obj=account, risk=risk, seen=str(account.number))
        return self

    def validate_until_on(self, field: Day) -> None:
        """Refuse an end before the beginning, or without one."""
        if field.data and (self.from_on.data is None or field.data < self.from_on.data):
            raise ValidationError(_("La fin ne peut pas venir avant le début."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a day or an approximation, for a number or an approximation, and for reasons once the risk is weighed."""
        is_valid: bool = super().validate(extra_validators)
        if self.risk.data != "later" and not self.reasons.data:
            self.reasons.errors = [*self.reasons.errors, _("Dites pourquoi : le registre doit le montrer.")]
            is_valid = False
        for known, words in ((self.from_on, self.when_words), (self.people, self.people_words)):
            if known.data is None and not words.data and not known.errors:
                words.errors = [*words.errors, _("Ce n’est pas connu ? Écrivez une approximation.")]
                is_valid = False
        return is_valid

    @property
    def seen_number(self) -> int:
        """Which account was read before this one was written; 0 for what is no number."""
        typed = self.seen.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() else 0

    @property
    def account(self) -> Account:
        """What was typed."""
        return Account(
            self.what.data, self.circumstances.data, self.from_on.data, self.until_on.data, self.when_words.data or "", self.people.data,
            self.people_words.data or "", _RISK[self.risk.data], self.reasons.data or "",
        )  # fmt: skip


class IncidentForm(AccountForm):
    """A new incident."""

    program = Choice(_l("Programme"))
    known_on = Day(_l("Vous en avez eu connaissance le"), hint=_l("Ce jour ne pourra plus être changé."))

    def offer(self, programs: Sequence[Program], *, whole_site: bool) -> IncidentForm:
        """Offer the programs of which this person keeps the register."""
        self._programs = {one.slug: one for one in programs}
        everywhere = [("*", _("Tout le site"))] if whole_site else []
        self.program.choices = [*everywhere, *((one.slug, one.name) for one in programs)]
        return self

    @property
    def chosen(self) -> Program | None:
        """The program that was chosen; None for the whole site."""
        return self._programs.get(self.program.data)


class StepForm(Form):
    """What was done about an incident."""

    kind = Choice(
        _l("Ce qui a été fait"),
        radio=True,
        choices=[(kind.value, label) for kind, label in STEP_KINDS.items() if kind is not StepKind.CLOSED],
    )
    done_on = Day(_l("Le"))
    words = LongText(_l("En bref"), most=2000, hint=_l("La mesure, ou comment l’avis a été donné ; pour un avis public, pourquoi."))


class OfficerForm(Form):
    """Who keeps the register."""

    user = Choice(_l("Personne responsable"), radio=True)

    def offer(self, users: Sequence[User]) -> OfficerForm:
        """Offer the managers of the program."""
        self._users = {one.ref: one for one in users}
        self.user.choices = [(one.ref, f"{one.shown_name}, {one.email}") for one in users]
        return self

    @property
    def chosen(self) -> User:
        """Who was chosen."""
        return self._users[self.user.data]

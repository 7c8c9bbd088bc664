"""What people type to sign in, to look after their account, and to look after their team."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField

from certif.kit.forms import Choice, Email, Form, ShortText, SixDigits
from certif.kit.languages import LANGUAGES, _l


class SignInForm(Form):
    """Where to send the link and the code. `next` is where the person was going."""

    email = Email(
        _l("Votre adresse courriel"), hint=_l("Nous y enverrons un lien et un code à six chiffres. Il n’y a pas de mot de passe.")
    )
    next = HiddenField()


class CodeForm(Form):
    """The six digits of the letter."""

    code = SixDigits(_l("Code à six chiffres"), hint=_l("Il est dans le courriel que nous venons d’envoyer, et vaut quinze minutes."))


class PlainForm(Form):
    """A lone button: nothing is asked."""


class ProfileForm(Form):
    """Name, and language of letters."""

    name = ShortText(_l("Votre nom"), hint=_l("Prénom et nom, comme vous les signez."), render_kw={"autocomplete": "name"})
    language = Choice(_l("Langue de nos courriels"), choices=list(LANGUAGES.items()), radio=True)


class NewEmailForm(Form):
    """The address wanted from now on."""

    email = Email(_l("Nouvelle adresse courriel"), hint=_l("Nous y enverrons un code pour confirmer qu’elle est à vous."))


class SecondFactorForm(Form):
    """A one-time code, or a recovery code."""

    answer = ShortText(
        _l("Code de l’application, ou code de secours"),
        hint=_l("Six chiffres, ou un code de secours comme ABCD-EFGHJ-KMNPQ."),
        most=40,
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "characters"},
    )


class EnrolForm(Form):
    """The first code of an authenticator application. `sealed` is the secret it was given, which only we can open."""

    sealed = HiddenField()
    code = SixDigits(_l("Code affiché par l’application"), hint=_l("Six chiffres, qui changent toutes les trente secondes."))


class PasskeyForm(Form):
    """What the browser gives back from a passkey; empty where scripts are off, which the act refuses."""

    answer = HiddenField()


class NewPasskeyForm(PasskeyForm):
    """A passkey just made, and what the person calls it."""

    name = ShortText(_l("Nom de cet appareil"), hint=_l("Par exemple « téléphone » ou « portable du bureau »."), most=60)


class RoleForm(Form):
    """A role, and where it counts. The choices are those that the reader may give."""

    role = Choice(_l("Rôle"), radio=True)
    program = Choice(_l("Région"), hint=_l("Laissez vide pour l’administration provinciale."), required=False)
    partner = Choice(_l("Organisme partenaire"), hint=_l("Pour un rôle de partenaire seulement."), required=False)

    def offer(self, *, roles: list[Any], programs: list[Any], partners: list[Any]) -> None:
        """Give the choices: pairs of value and label."""
        self.role.choices, self.program.choices, self.partner.choices = roles, [("", "—"), *programs], [("", "—"), *partners]


class InviteForm(RoleForm):
    """Someone to invite, and the role proposed."""

    name = ShortText(_l("Nom de la personne"), hint=_l("Prénom et nom."))
    email = Email(_l("Son adresse courriel"), hint=_l("Son adresse professionnelle, à elle seule."))
    language = Choice(_l("Langue de ses courriels"), choices=list(LANGUAGES.items()), radio=True, default="fr")

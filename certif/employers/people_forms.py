"""What people type to join an organisation, to invite into it, and to answer."""

from __future__ import annotations

from typing import ClassVar

from certif.employers.forms import Words
from certif.employers.kinds import ROLES, MemberRole
from certif.kit.forms import Choice, Email, Form, LongText, SixDigits
from certif.kit.languages import LANGUAGES, _l

MOST_MESSAGE = 1000


class _RoleChoice(Choice):
    """What a person may do, each role with what it means."""

    option_hints: ClassVar = {
        MemberRole.OWNER: _l("Tout, y compris inviter et retirer des personnes."),
        MemberRole.MEMBER: _l("Modifier l’organisation et suivre la certification."),
        MemberRole.SIGNATORY: _l("Lire et signer le contrat moral."),
    }


class JoinForm(Form):
    """Who asks to join an organisation already registered."""

    name = Words(
        _l("Votre nom"),
        required=_l("Écrivez votre nom."),
        hint=_l("Pour que la personne responsable vous reconnaisse."),
        render_kw={"autocomplete": "name"},
    )
    email = Email(_l("Votre adresse courriel"), required=_l("Écrivez votre adresse courriel."), hint=_l("La réponse y sera envoyée."))
    message = LongText(_l("Message"), hint=_l("Par exemple votre fonction."), required=False, most=MOST_MESSAGE)

    def answers(self) -> dict[str, str]:
        """Give what was answered."""
        return {name: self[name].data or "" for name in ("name", "email", "message")}


class InviteForm(Form):
    """Whom an owner invites, and to do what."""

    name = Words(
        _l("Nom de la personne"),
        required=_l("Écrivez le nom de la personne."),
        hint=_l("Il sera lu dans l’invitation."),
        render_kw={"autocomplete": "off"},
    )
    email = Email(
        _l("Adresse courriel de la personne"),
        required=_l("Écrivez l’adresse courriel de la personne."),
        hint=_l("L’invitation y sera envoyée."),
        render_kw={"autocomplete": "off"},
    )
    role = _RoleChoice(
        _l("Ce qu’elle pourra faire"), required=_l("Choisissez ce que la personne pourra faire."), choices=list(ROLES.items()), radio=True
    )
    language = Choice(
        _l("Langue de l’invitation"),
        required=_l("Choisissez la langue de l’invitation."),
        choices=list(LANGUAGES.items()),
        radio=True,
        default="fr",
    )

    def answers(self) -> dict[str, str]:
        """Give what was answered."""
        return {name: self[name].data for name in ("name", "email", "role", "language")}


class AnswerForm(Form):
    """An owner's answer to a request to join."""

    role = _RoleChoice(
        _l("Ce que cette personne pourra faire"),
        required=_l("Choisissez ce que cette personne pourra faire."),
        choices=list(ROLES.items()),
        radio=True,
        default=MemberRole.MEMBER.value,
    )


class CodeForm(Form):
    """The six digits that prove an address."""

    code = SixDigits(_l("Code à six chiffres"), hint=_l("Il est dans le courriel qui vient d’être envoyé à l’adresse invitée."))

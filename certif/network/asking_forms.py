"""What is typed by employers and by anyone who asks; and what staff answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from certif.accounts import User
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Choices, Day, Email, Form, LongText, Phone, ShortText, Tick
from certif.kit.languages import _, _l, language
from certif.network.forms import ANY_MRC
from certif.network.help_model import DISTINCTION_KINDS, HELP_KINDS, DistinctionKind, HelpKind
from certif.network.help_queries import HelpFilter
from certif.network.model import BodyContact
from certif.network.request_model import ASKER_KINDS
from certif.network.terms import AskTerms
from certif.programs import Program
from certif.territory import Mrc


class DistinctionForm(Form):
    """Which distinction is offered."""

    kind = Choice(_l("Distinction"), radio=True, choices=[(one.value, label) for one, label in DISTINCTION_KINDS.items()])
    mrc = Choice(_l("MRC où cet employeur est ambassadeur"), required=False, hint=_l("Pour un employeur ambassadeur seulement."))

    def offer(self, mrcs: Sequence[Mrc]) -> DistinctionForm:
        """Offer the MRC of the program."""
        self._mrcs = {mrc.slug: mrc for mrc in mrcs}
        self.mrc.choices = [("", _("Choisissez")), *((mrc.slug, mrc.name) for mrc in mrcs)]
        return self

    @property
    def chosen(self) -> tuple[DistinctionKind, Mrc | None]:
        """The distinction, and where."""
        return DistinctionKind(self.kind.data), self._mrcs.get(self.mrc.data)


class AnswerDistinctionForm(Form):
    """Whether an employer accepts."""

    answer = Choice(
        _l("Votre réponse"), radio=True,
        choices=[("yes", _l("Nous acceptons, et la page publique peut le dire")), ("no", _l("Non merci, ou nous n’en voulons plus"))],
    )  # fmt: skip


class HelpForm(Form):
    """Which ways to help an employer offers."""

    kinds = Choices(_l("Ce que nous pouvons faire"), required=False, choices=[(one.value, label) for one, label in HELP_KINDS.items()])
    note = LongText(
        _l("À savoir"), most=500, required=False, hint=_l("Vos disponibilités, le nombre de personnes, ce qu’il faut prévoir.")
    )  # fmt: skip

    @property
    def chosen(self) -> list[HelpKind]:
        """What was ticked."""
        return [HelpKind(kind) for kind in self.kinds.data or []]


class HelpFilterForm(FilterForm):
    """What narrows the ways to help."""

    kind = Choice(_l("Coup de main"), required=False, choices=[("", _l("Tous")), *((one.value, said) for one, said in HELP_KINDS.items())])
    mrc = Choice(_l("MRC"), required=False)

    def offer(self, mrcs: Sequence[Mrc]) -> HelpFilterForm:
        """Offer the MRC that this person may see."""
        self.mrc.choices = [("", ANY_MRC), *((mrc.slug, mrc.name) for mrc in mrcs)]
        return self

    @property
    def wanted(self) -> HelpFilter:
        """What was asked."""
        return HelpFilter(self.asked("kind"), self.asked("mrc"))


class AskForm(Form):
    """What somebody asks for."""

    program = Choice(_l("Région"))
    asker = Choice(_l("Vous êtes"), radio=True, choices=[(one.value, label) for one, label in ASKER_KINDS.items()])
    organisation = ShortText(_l("Nom de votre milieu"), most=160, hint=_l("L’école, l’organisme, l’entreprise."))
    name = ShortText(_l("Votre nom"), most=120)
    email = Email(_l("Votre courriel"))
    phone = Phone(_l("Votre téléphone"), required=False)
    words = LongText(
        _l("Ce dont vous avez besoin"), most=2000,
        hint=_l("Un atelier, un conseil, de l’aide pour un événement. N’écrivez rien sur un ou une élève en particulier."),
    )  # fmt: skip

    def offer(self, programs: Sequence[Program]) -> AskForm:
        """Offer the programs that anyone may read about."""
        self._programs = {one.slug: one for one in programs}
        said = [(one.slug, f"{one.region.name} – {one.name}") for one in programs]
        self.program.choices = [("", _("Choisissez")), *said] if len(said) != 1 else said
        return self

    @property
    def chosen(self) -> Program:
        """The program that was chosen."""
        return self._programs[self.program.data]

    @property
    def terms(self) -> AskTerms:
        """What was typed."""
        return AskTerms(
            self.asker.data, self.organisation.data, self.name.data, self.email.data, self.words.data, self.phone.data or None, language()
        )


class AssignForm(Form):
    """To whom a request is given."""

    who = Choice(_l("Qui s’en occupe"), hint=_l("La personne reçoit la demande par courriel."))

    def offer(self, team: Sequence[User], experts: Sequence[BodyContact]) -> AssignForm:
        """Offer the team, and the experts of the register."""
        self._team, self._experts = {f"u{one.ref}": one for one in team}, {f"e{one.ref}": one for one in experts}
        self.who.choices = {
            "": [("", _("Choisissez"))],
            _("L’équipe"): [(key, one.shown_name) for key, one in self._team.items()],
            _("Réseau d’experts"): [(key, f"{one.name}, {one.body.name} : {one.expertise}") for key, one in self._experts.items()],
        }
        return self

    @property
    def chosen(self) -> dict[str, Any]:
        """Who was chosen."""
        return {"user": self._team.get(self.who.data), "expert": self._experts.get(self.who.data)}


class AnswerForm(Form):
    """An answer to who asked."""

    answer = LongText(_l("Votre réponse"), most=3000, hint=_l("La personne lira ces mots tels quels, dans un courriel."))


class CloseForm(Form):
    """Why a request is closed without an answer."""

    note = LongText(_l("Motif"), most=500, hint=_l("Vos collègues le liront. Comme « Réglé au téléphone »."))


class ConsultationForm(Form):
    """A round of comments."""

    title = ShortText(_l("Titre"), most=160, hint=_l("Comme « Nouveau contrat moral : qu’en pensez-vous ? »."))
    opens_on = Day(_l("Premier jour"))
    closes_on = Day(_l("Dernier jour"))


class InviteForm(Form):
    """Whom to invite."""

    group = Choice(_l("Employeurs certifiés à inviter"))

    def offer(self, mrcs: Sequence[Mrc]) -> InviteForm:
        """Offer the groups of the program."""
        self.group.choices = {
            "": [("founders", _("Noyau d’employeurs conciliants")), ("ambassadors", _("Employeurs ambassadeurs")), ("all", _("Tous"))],
            _("Par MRC"): [(mrc.slug, mrc.name) for mrc in mrcs],
        }
        return self


class SummaryForm(Form):
    """What was heard."""

    summary = LongText(_l("Ce que l’on retient"), most=5000, hint=_l("Les employeurs invités le liront par leur lien."))
    agreed = Tick(_l("La consultation se ferme : plus personne ne commente"), required=True)


def comment_form(clauses: Sequence[dict[str, str]], said: dict[str, str]) -> Form:
    """Make the form of a consultation: one place to comment for each clause, with what was said of it already."""

    def label(number: int, clause: dict[str, str]) -> object:
        if not clause["fr"]:
            return _l("Votre avis sur l’ensemble")
        return _l("Votre commentaire sur le passage %(number)s", number=number + 1)

    fields = {
        f"clause_{number}": LongText(label(number, clause), most=2000, required=False, render_kw={"rows": 3})
        for number, clause in enumerate(clauses)
    }
    made: type[Form] = type("CommentForm", (Form,), fields)
    return made(data={f"clause_{number}": said.get(clause["key"], "") for number, clause in enumerate(clauses)})

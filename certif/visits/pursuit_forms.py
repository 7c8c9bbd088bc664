"""What is asked of prospects on their way: what narrows the list, what came of an approach, when to come back, who follows what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from certif.accounts import User
from certif.imports import GROUNDS, Ground
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Day, Email, Form, LongText, Number, Phone, ShortText, Tick
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.territory import Mrc
from certif.visits.contact_actions import ApproachTerms
from certif.visits.contact_cadence import Pace
from certif.visits.contact_model import ANSWERS, CHANNELS, Answer, Channel
from certif.visits.pursuit_model import ORIGINS, PURSUIT_STAGES
from certif.visits.pursuit_queries import DUE
from certif.visits.reservation_actions import MOST, ReservationTerms


def _people(team: Sequence[User]) -> list[tuple[str, str]]:
    return [(one.ref, one.shown_name) for one in team]


def _places(places: Sequence[Mrc]) -> list[tuple[str, str]]:
    return [(one.slug, one.name) for one in places]


class PursuitFilterForm(FilterForm):
    """Which prospects on their way."""

    program = Choice(_l("Programme"), name="programme", required=False)
    stage = Choice(_l("Étape"), name="etape", required=False, choices=[("", _l("Toutes")), *PURSUIT_STAGES.items()])
    agent = Choice(_l("Responsable"), name="responsable", required=False)
    mrc = Choice(_l("MRC"), name="mrc", required=False)
    origin = Choice(_l("Provenance"), name="provenance", required=False, choices=[("", _l("Toutes")), *ORIGINS.items()])
    due = Choice(_l("À relancer"), name="relance", required=False, choices=[("", _l("Peu importe")), *DUE.items()])

    def offer(self, programs: Sequence[Program], team: Sequence[User], places: Sequence[Mrc]) -> PursuitFilterForm:
        """Offer the programs, people and places that the reader may see."""
        self._team = team
        self.program.choices = [(one.slug, one.name) for one in programs]
        self.agent.choices = [("", _l("Tout le monde")), *_people(team)]
        self.mrc.choices = [("", _l("Toutes")), *_places(places)]
        return self

    def of_one(self, user: User) -> None:
        """Ask about one person, this one for now, and not about everyone."""
        others = [one for one in self._team if one.ref != user.ref]
        self.agent.choices, self.agent.data = _people([user, *others]), user.ref


class AssignForm(Form):
    """To whom the ticked prospects are given."""

    agent = Choice(_l("Confier les prospects cochés à"), name="confier")

    def offer(self, team: Sequence[User]) -> AssignForm:
        """Offer the people of the team."""
        self.agent.choices = [("", _l("Choisir une personne")), *_people(team)]
        return self


class ApproachForm(Form):
    """What came of an approach."""

    channel = Choice(_l("Comment"), radio=True, choices=list(CHANNELS.items()))
    answer = Choice(_l("Résultat"), radio=True, choices=list(ANSWERS.items()))
    note = LongText(_l("Note"), hint=_l("Sans nom de personne."), required=False, most=1000)
    next_on = Day(_l("Prochain contact"), hint=_l("Laissez vide : la cadence du programme choisit le jour."), required=False)

    @property
    def terms(self) -> ApproachTerms:
        """What was typed."""
        return ApproachTerms(Channel(self.channel.data), Answer(self.answer.data), self.note.data or "", self.next_on.data)


class PersonForm(Form):
    """Whom to ask for, and what allows it."""

    contact_name = ShortText(_l("Nom"), required=False, most=120)
    contact_email = Email(_l("Courriel"), required=False)
    contact_phone = Phone(_l("Téléphone"), required=False)
    contact_ground = Choice(
        _l("Ce qui permet d’écrire ou d’appeler"),
        required=False,
        choices=[("", _l("Choisir un fondement")), *((one, GROUNDS[one]) for one in Ground)],
    )
    contact_source = ShortText(
        _l("D’où vient l’adresse ou le numéro"), hint=_l("Par exemple : site Web, carte remise."), required=False, most=200
    )

    @property
    def known(self) -> dict[str, str | None]:
        """What was typed, by its columns."""
        names = ("contact_name", "contact_email", "contact_phone", "contact_ground", "contact_source")
        return {name: self[name].data or None for name in names}


class PutOffForm(Form):
    """When to come back, and why."""

    until_on = Day(_l("Revenir le"))
    reason = ShortText(_l("Pourquoi"), required=False, most=300)


class RuleOutForm(Form):
    """Why one does not come back."""

    reason = ShortText(_l("Pourquoi"), hint=_l("Par exemple : aucun employé mineur, commerce fermé."), most=300)


class StopForm(Form):
    """What was said."""

    reason = ShortText(_l("Ce qui a été dit"), required=False, most=300)


class SightingForm(Form):
    """An organisation seen on the way."""

    name = ShortText(_l("Nom de l’entreprise"), most=200)
    municipality = ShortText(_l("Municipalité"), most=100)
    mrc = Choice(_l("MRC"))
    named_by = ShortText(
        _l("Nommée par l’employeur"),
        hint=_l("Le nom exact ou le NEQ d’un employeur inscrit, si l’un d’eux vous l’a nommée."),
        required=False,
        most=200,
    )
    note = ShortText(_l("Note"), required=False, most=300)
    is_other = Tick(_l("C’est une autre entreprise"))

    def offer(self, places: Sequence[Mrc]) -> SightingForm:
        """Offer the places where this person works."""
        self._by_slug = {one.slug: one for one in places}
        self.mrc.choices = _places(places)
        return self

    @property
    def place(self) -> Mrc:
        """The MRC that was chosen."""
        return self._by_slug[self.mrc.data]


class ReserveForm(Form):
    """Which prospects to keep, and until when."""

    mrc = Choice(_l("MRC"), required=False)
    municipality = ShortText(_l("Municipalité"), required=False, most=100)
    near = ShortText(_l("Près du code postal"), hint=_l("Entier ou son début, comme J6E."), required=False, most=7)
    count = Number(_l("Combien"), least=1, most=MOST)
    until_on = Day(_l("Jusqu’au"), hint=_l("Ce jour compris. Ce qui n’a pas été joint est ensuite remis."))
    only_mine = Tick(_l("Seulement les prospects qui me sont confiés"))

    def offer(self, places: Sequence[Mrc]) -> ReserveForm:
        """Offer the places where this person works."""
        self._by_slug = {one.slug: one for one in places}
        self.mrc.choices = [("", _l("Toutes")), *_places(places)]
        return self

    @property
    def terms(self) -> ReservationTerms:
        """What was typed."""
        return ReservationTerms(
            self.count.data, self.until_on.data, self._by_slug.get(self.mrc.data or ""), self.municipality.data or "",
            self.near.data or "", only_mine=bool(self.only_mine.data),
        )  # fmt: skip


class TerritoryForm(Form):
    """Who covers which ground."""

    agent = Choice(_l("Personne"))
    mrc = Choice(_l("MRC"), required=False)
    postal_prefix = ShortText(
        _l("Ou début de code postal"), hint=_l("De un à trois signes, comme J6E. Il l’emporte sur la MRC."), required=False, most=3
    )

    def offer(self, team: Sequence[User], places: Sequence[Mrc]) -> TerritoryForm:
        """Offer the people and the places of the program."""
        self._by_slug, self._by_ref = {one.slug: one for one in places}, {one.ref: one for one in team}
        self.agent.choices = [("", _l("Choisir une personne")), *_people(team)]
        self.mrc.choices = [("", _l("Aucune")), *_places(places)]
        return self

    @property
    def person(self) -> User:
        """Who was chosen."""
        return self._by_ref[self.agent.data]

    @property
    def ground(self) -> dict[str, Any]:
        """Which ground, for the act."""
        return {"mrc": self._by_slug.get(self.mrc.data or ""), "postal_prefix": (self.postal_prefix.data or "").upper() or None}

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for one ground, not two."""
        fits = bool(super().validate(extra_validators))
        if fits and bool(self.mrc.data) == bool(self.postal_prefix.data):
            self.mrc.errors = [_("Choisissez une MRC, ou écrivez un début de code postal.")]
            return False
        return fits


class CadenceForm(Form):
    """How often one may come."""

    attempts = Number(_l("Essais de suite sans réponse"), least=1, most=12)
    days = Number(_l("Jours entre deux essais"), least=1, most=90)
    rest_months = Number(_l("Mois d’attente ensuite"), hint=_l("Aussi pour qui y réfléchit."), least=1, most=24)
    refused_months = Number(_l("Mois d’attente après un refus"), least=1, most=36)
    only_given = Tick(_l("Les partenaires ne voient que les prospects qui leur sont confiés"))

    @property
    def pace(self) -> Pace:
        """What was typed."""
        return Pace(self.attempts.data, self.days.data, self.rest_months.data, self.refused_months.data, bool(self.only_given.data))

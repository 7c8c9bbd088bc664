"""What is typed of a committee and of its meetings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import ValidationError

from certif.accounts import User
from certif.kit.forms import Choice, Choices, Day, Form, LongText, ShortText
from certif.kit.languages import _, _l, format_day
from certif.network.committee_model import CommitteeMeeting, CommitteeSeat
from certif.network.model import BodyContact, NetworkBody
from certif.network.terms import MeetingTerms
from certif.programs import ProgramVersion
from certif.territory import Mrc

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])\s*[hH:]\s*([0-5][0-9])?")
_ORDER = _l("« ## » devant un titre, « - » devant chaque point d’une liste, une ligne vide entre deux paragraphes.")


class CommitteeForm(Form):
    """What a committee is."""

    name = ShortText(_l("Nom du comité ou de la table"), most=160)
    holder = Choice(
        _l("Qui le tient"), radio=True, default="ours",
        choices=[("ours", _l("Nous : ses rencontres et ses décisions sont suivies ici")),
                 ("others", _l("D’autres : on note seulement qui y siège"))],
    )  # fmt: skip
    mrc = Choice(_l("Territoire"), required=False)
    mandate = LongText(_l("Mandat"), most=2000, required=False)

    def offer(self, mrcs: Sequence[Mrc]) -> CommitteeForm:
        """Offer the MRC of the program."""
        self._mrcs = {mrc.slug: mrc for mrc in mrcs}
        self.mrc.choices = [("", _("Toute la région")), *((mrc.slug, mrc.name) for mrc in mrcs)]
        return self

    @property
    def place(self) -> Mrc | None:
        """The MRC it is about."""
        return self._mrcs.get(self.mrc.data)


class SeatForm(Form):
    """Who sits on a committee."""

    who = Choice(_l("Organisme et personne déléguée"), hint=_l("Les personnes à joindre de chaque organisme du registre."))
    role = ShortText(_l("Rôle"), most=80, required=False, hint=_l("Comme « Présidence » ou « Secrétariat ». Vide : membre."))
    from_on = Day(_l("Depuis le"), hint=_l("Un jour passé pour un siège qui existe déjà."))

    def offer(self, bodies: Sequence[NetworkBody], contacts: Sequence[BodyContact]) -> SeatForm:
        """Offer the bodies of the register, and in each whom to reach."""
        self._bodies = {one.ref: one for one in bodies}
        self._contacts = {one.ref: one for one in contacts}
        by_body: dict[int, list[BodyContact]] = {}
        for one in contacts:
            by_body.setdefault(one.body_id, []).append(one)
        groups: dict[str, list[tuple[str, str]]] = {"": [("", _("Choisissez"))]}
        for body in bodies:
            people = [(f"{body.ref}:{one.ref}", f"{one.name}, {one.role}") for one in by_body.get(body.id, [])]
            groups[body.name] = [*people, (f"{body.ref}:", _("%(body)s, sans personne déléguée", body=body.name))]
        self.who.choices = groups
        return self

    @property
    def body(self) -> NetworkBody:
        """The body that was chosen."""
        return self._bodies[self.who.data.split(":")[0]]

    @property
    def delegate(self) -> BodyContact | None:
        """Who sits for it."""
        return self._contacts.get(self.who.data.split(":")[1])


class MeetingForm(Form):
    """When and where a committee meets."""

    held_on = Day(_l("Date"), hint=_l("Un jour passé pour une rencontre qui a déjà eu lieu."))
    starts_at = ShortText(_l("Heure du début"), most=10, hint=_l("Comme 18 h 30 ou 18:30."))
    place = ShortText(_l("Lieu"), most=200, hint=_l("Une adresse, ou « En visioconférence »."))
    agenda = LongText(_l("Ordre du jour"), most=5000, required=False, hint=_ORDER)

    def validate_starts_at(self, field: ShortText) -> None:
        """Keep an hour as `18:30`; say how to write one."""
        found = _HOUR.fullmatch((field.data or "").replace("\u00a0", " "))
        if found is None:
            raise ValidationError(_("Écrivez une heure comme 18 h 30 ou 18:30."))
        field.data = f"{int(found.group(1)):02}:{found.group(2) or '00'}"

    @property
    def terms(self) -> MeetingTerms:
        """What was typed."""
        return MeetingTerms(self.held_on.data, self.starts_at.data, self.place.data, self.agenda.data or "")


class AttendanceForm(Form):
    """Who was there."""

    present = Choices(_l("Présences"), required=False)
    excused = Choices(_l("Absences motivées"), required=False, hint=_l("Les autres sièges sont notés absents."))

    def offer(self, seats: Sequence[CommitteeSeat]) -> AttendanceForm:
        """Offer the seats of that day."""
        self._ids = {seat.ref: seat.id for seat in seats}
        said = [(seat.ref, seat.body.name + (f" ({seat.delegate.name})" if seat.delegate and seat.delegate.name else "")) for seat in seats]
        self.present.choices, self.excused.choices = said, list(said)
        return self

    def validate_excused(self, field: Choices) -> None:
        """Refuse a seat that was both taken and excused."""
        if set(field.data or []) & set(self.present.data or []):
            raise ValidationError(_("Un siège ne peut pas être à la fois présent et absent."))

    def chosen(self, name: str) -> set[int]:
        """Give the ids of the seats that were ticked."""
        return {self._ids[ref] for ref in self[name].data or []}


class MinutesForm(Form):
    """What was said."""

    words = LongText(_l("Délibérations"), most=20000, hint=_ORDER, render_kw={"rows": 18})


class AdoptForm(Form):
    """Which meeting adopted the minutes."""

    later = Choice(_l("Rencontre qui a adopté ce procès-verbal"), radio=True)

    def offer(self, meetings: Sequence[CommitteeMeeting]) -> AdoptForm:
        """Offer the later meetings of the committee."""
        self._meetings = {one.ref: one for one in meetings}
        self.later.choices = [(one.ref, format_day(one.held_on)) for one in meetings]
        return self

    @property
    def chosen(self) -> CommitteeMeeting:
        """The meeting that was chosen."""
        return self._meetings[self.later.data]


class DecisionForm(Form):
    """What was decided."""

    words = LongText(_l("Décision"), most=2000, hint=_l("Elle reste telle quelle : une autre décision peut la défaire."))
    version = Choice(_l("Version du programme dont il s’agit"), required=False)

    def offer(self, versions: Sequence[ProgramVersion]) -> DecisionForm:
        """Offer the versions of the program."""
        self._versions = {str(one.number): one for one in versions}
        said = [(str(one.number), _("Version %(number)s", number=one.number)) for one in versions]
        self.version.choices = [("", _("Aucune")), *said]
        return self

    @property
    def chosen(self) -> ProgramVersion | None:
        """The version that was chosen."""
        return self._versions.get(self.version.data)


class TaskForm(Form):
    """What is to be done."""

    what = ShortText(_l("Ce qui est à faire"), most=200)
    who = Choice(_l("Qui s’en charge"))
    due_on = Day(_l("D’ici le"))

    def offer(self, team: Sequence[User], seats: Sequence[CommitteeSeat]) -> TaskForm:
        """Offer the team, and the bodies that sit on the committee."""
        self._team, self._seats = {f"u{one.ref}": one for one in team}, {f"s{one.ref}": one for one in seats}
        self.who.choices = {
            "": [("", _("Choisissez"))],
            _("L’équipe"): [(key, one.shown_name) for key, one in self._team.items()],
            _("Le comité"): [(key, one.body.name) for key, one in self._seats.items()],
        }
        return self

    @property
    def doer(self) -> dict[str, Any]:
        """Who was chosen."""
        return {"user": self._team.get(self.who.data), "seat": self._seats.get(self.who.data)}


class SynthesisForm(Form):
    """What those who sit on the committee read by letter."""

    words = LongText(_l("Synthèse"), most=5000, hint=_l("Les décisions et les suivis s’ajoutent d’eux-mêmes au courriel."))

"""What is typed of hours to choose from: to whom, on which days, from when to when; and the hour that is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from certif.accounts import User
from certif.kit import clock
from certif.kit.forms import Choice, Choices, Day, Email, Form, Number, ShortText
from certif.kit.languages import LANGUAGES, _, _l, format_day
from certif.territory import Mrc
from certif.visits.plan_forms import Hour
from certif.visits.queries import hour_of
from certif.visits.slot_actions import SlotTerms

WEEKDAYS = {
    "1": _l("Lundi"), "2": _l("Mardi"), "3": _l("Mercredi"), "4": _l("Jeudi"), "5": _l("Vendredi"), "6": _l("Samedi"), "7": _l("Dimanche"),
}  # fmt: skip


class SlotsForm(Form):
    """Hours to offer."""

    contact_name = ShortText(_l("Nom de la personne"), most=120)
    contact_email = Email(_l("Courriel"), hint=_l("Le lien y part aussitôt."))
    language = Choice(_l("Langue du courriel"), choices=list(LANGUAGES.items()))
    user = Choice(_l("Qui s’y rend"))
    place = ShortText(_l("Lieu"), most=120, hint=_l("Comme « À votre commerce » ou « Par téléphone »."))
    address = ShortText(_l("Adresse"), most=200, required=False)
    mrc = Choice(_l("MRC"), required=False, hint=_l("Elle compte la route depuis les autres rendez-vous."))
    from_on = Day(_l("Premier jour"))
    until_on = Day(_l("Dernier jour"))
    weekdays = Choices(_l("Jours"), choices=list(WEEKDAYS.items()))
    from_hour = Hour(_l("À partir de"), most=10, hint=_l("Comme 9 h."))
    until_hour = Hour(_l("Jusqu’à"), most=10, hint=_l("Comme 16 h 30."))
    minutes = Number(_l("Durée, en minutes"), least=10, most=480)
    buffer_minutes = Number(_l("Battement, en minutes"), least=0, most=240, hint=_l("Libre avant et après ; plus long si la route l’est."))

    def offer(self, *, users: Sequence[User], mrcs: Sequence[Mrc]) -> None:
        """Offer who may go, and the MRC of the program."""
        self._users, self._mrcs = {one.ref: one for one in users}, {one.slug: one for one in mrcs}
        self.user.choices = [(one.ref, one.shown_name) for one in users]
        self.mrc.choices = [("", _("Aucune, ou à distance")), *((one.slug, one.name) for one in mrcs)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; the day must have room for one meeting."""
        if not super().validate(extra_validators):
            return False
        if self.until_hour.data <= self.from_hour.data:
            self.until_hour.errors = [*self.until_hour.errors, _("La fin doit venir après le début.")]
            return False
        return True

    @property
    def terms(self) -> SlotTerms:
        """What was typed."""
        names = ("contact_name", "contact_email", "language", "place", "from_on", "until_on", "from_hour", "until_hour", "minutes")
        said = {name: self[name].data for name in names}
        return SlotTerms(
            address=self.address.data or "", weekdays="".join(sorted(self.weekdays.data)), buffer_minutes=self.buffer_minutes.data, **said
        )

    @property
    def chosen(self) -> User:
        """Who goes."""
        return self._users[self.user.data]

    @property
    def where(self) -> Mrc | None:
        """Where on the map."""
        return self._mrcs.get(self.mrc.data or "")


class ChooseForm(Form):
    """One of the hours."""

    hour = Choice(_l("Moment"), radio=True)

    def offer(self, hours: Sequence[dt.datetime]) -> ChooseForm:
        """Offer the hours that are free, by day."""
        self._hours = {f"{hour:%Y%m%dT%H%M}": hour for hour in hours}
        days = groupby(self._hours.items(), key=lambda one: _day(one[1]))
        self.hour.choices = {day: [(value, hour_of(hour)) for value, hour in each] for day, each in days}
        return self

    @property
    def chosen(self) -> dt.datetime:
        """The hour that was chosen."""
        return self._hours[self.hour.data]


def _day(hour: dt.datetime) -> str:
    here = hour.astimezone(clock.TORONTO).date()
    return f"{WEEKDAYS[str(here.isoweekday())]} {format_day(here)}"

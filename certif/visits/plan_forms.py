"""What is typed of a meeting: what it is, when and where, who goes, why it is cancelled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from wtforms import ValidationError

from certif.accounts import User
from certif.kit import clock
from certif.kit.forms import Choice, Choices, Day, Form, LongText, ShortText, Tick
from certif.kit.languages import _, _l
from certif.plans import AUDIENCES, Audience, Objective
from certif.territory import Mrc, Partner
from certif.visits.model import VISIT_KINDS, Visit, VisitKind
from certif.visits.plan_terms import VisitTerms, VisitTime
from certif.visits.queries import is_all_day

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])\s*(?:[hH:]\s*([0-5][0-9])?)?")

DESPITE = _l("Même si un autre rendez-vous tombe au même moment, ou si la route entre deux est trop longue.")


class Hour(ShortText):
    """An hour of the day, kept as `18:30`."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no hour; say how to write one."""
        if not self.data:
            return
        found = _HOUR.fullmatch(self.data.replace("\u00a0", " ").strip())
        if found is None:
            raise ValidationError(_("Écrivez une heure comme 13 h 30 ou 13:30."))
        self.data = f"{int(found.group(1)):02}:{found.group(2) or '00'}"


def at_hour(day: dt.date, hour: str) -> dt.datetime:
    """Give an instant from a day and an hour in Québec. Refuses (`ValidationError`) an hour that does not exist that day."""
    here = dt.datetime.combine(day, dt.time.fromisoformat(hour), clock.TORONTO)
    if here.astimezone(dt.UTC).astimezone(clock.TORONTO).time() != here.time():
        raise ValidationError(_("Cette heure n’existe pas ce jour-là : on avance les horloges. Choisissez-en une autre."))
    return here.astimezone(dt.UTC)


class WhenForm(Form):
    """When and where."""

    day = Day(_l("Date"))
    starts = Hour(_l("Début"), most=10, required=False, hint=_l("Comme 13 h 30."))
    ends = Hour(_l("Fin"), most=10, required=False, hint=_l("Comme 14 h 15."))
    all_day = Tick(_l("Toute la journée"))
    until_on = Day(_l("Dernier jour"), required=False, hint=_l("Pour un événement de plusieurs jours, toute la journée."))
    place = ShortText(_l("Lieu"), most=120, required=False, hint=_l("Comme « École secondaire, local 204 » ou « Zoom »."))
    address = ShortText(_l("Adresse"), most=200, required=False)
    mrc = Choice(_l("MRC"), required=False, hint=_l("Elle place le rendez-vous sur la carte, et compte la route."))
    despite = Tick(_l("Planifier quand même"), hint=DESPITE)

    when: VisitTime

    def offer_places(self, mrcs: Sequence[Mrc]) -> None:
        """Offer the MRC of the program."""
        self._mrcs = {one.slug: one for one in mrcs}
        self.mrc.choices = [("", _("Aucune, ou à distance")), *((one.slug, one.name) for one in mrcs)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then make a time of them: one that no clock shows is wrong."""
        if not super().validate(extra_validators):
            return False
        for field in (self.starts, self.ends):
            if not self.all_day.data and not field.data:
                field.errors = [*field.errors, _("Écrivez une heure, ou cochez « Toute la journée ».")]
                return False
        try:
            start, end = self._times()
        except ValidationError as fault:
            self.starts.errors = [*self.starts.errors, str(fault)]
            return False
        if end <= start:
            self.ends.errors = [*self.ends.errors, _("La fin doit venir après le début.")]
            return False
        self.when = VisitTime(start, end, self.place.data or "", self.address.data or "", self._mrcs.get(self.mrc.data or ""))
        return True

    def _times(self) -> tuple[dt.datetime, dt.datetime]:
        first, last = self.day.data, self.until_on.data or self.day.data
        if self.all_day.data:
            return clock.midnight(first), clock.midnight(last + dt.timedelta(days=1))
        return at_hour(first, self.starts.data), at_hour(first, self.ends.data)


class WhatForm(Form):
    """What a meeting is, and who goes."""

    kind = Choice(_l("Sorte de rendez-vous"), choices=list(VISIT_KINDS.items()))
    audience = Choice(_l("Public visé"), choices=list(AUDIENCES.items()))
    title = ShortText(_l("Titre"), most=120, required=False, hint=_l("Vide : le nom de l’employeur ou de l’organisme."))
    objective = Choice(_l("Objectif du plan d’action"), required=False)
    goers = Choices(_l("Qui s’y rend"))
    despite = Tick(_l("Planifier quand même"), hint=DESPITE)

    def offer(self, *, users: Sequence[User], objectives: Sequence[Objective]) -> None:
        """Offer the objectives of the program, and who may go."""
        self._objectives = {one.ref: one for one in objectives}
        self.objective.choices = [("", _("Aucun")), *((one.ref, f"{one.code} – {one.title}") for one in objectives)]
        self._users = {one.ref: one for one in users}
        self.goers.choices = [(one.ref, one.shown_name) for one in users]

    @property
    def terms(self) -> VisitTerms:
        """What was typed of it."""
        objective = self._objectives.get(self.objective.data or "")
        return VisitTerms(VisitKind(self.kind.data), Audience(self.audience.data), self.title.data or "", objective)

    @property
    def chosen(self) -> list[User]:
        """Who goes."""
        return [self._users[ref] for ref in self.goers.data or []]


class VisitForm(WhatForm, WhenForm):
    """A meeting that is planned."""

    partner = Choice(_l("Organisme rencontré"), required=False)

    def offer_bodies(self, partners: Sequence[Partner]) -> None:
        """Offer the bodies of the region."""
        self._partners = {one.ref: one for one in partners}
        self.partner.choices = [("", _("Aucun")), *((one.ref, one.name) for one in partners)]

    @property
    def body(self) -> Partner | None:
        """The body that is met."""
        return self._partners.get(self.partner.data or "")


class ReasonForm(Form):
    """Why a meeting will not be held."""

    reason = LongText(_l("Motif"), most=500, hint=_l("Les personnes invitées le liront."))


def answers_of(visit: Visit, moved_to: dt.datetime | None = None) -> dict[str, Any]:
    """Give what the forms are filled in with, from a meeting. Takes: `moved_to`, when it would begin instead, as long as it is."""
    begins = moved_to or visit.starts_at
    start = begins.astimezone(clock.TORONTO)
    end = (begins + (visit.ends_at - visit.starts_at)).astimezone(clock.TORONTO)
    whole = is_all_day(visit) and moved_to is None
    last = (end - dt.timedelta(days=1)).date() if whole else start.date()
    return {
        "day": start.date(), "starts": "" if whole else f"{start:%H:%M}", "ends": "" if whole else f"{end:%H:%M}", "all_day": whole,
        "until_on": last if whole and last != start.date() else None, "place": visit.place, "address": visit.address,
        "mrc": visit.mrc.slug if visit.mrc else "", "kind": visit.kind, "audience": visit.audience, "title": visit.title,
        "objective": visit.objective.ref if visit.objective else "", "goers": [goer.user.ref for goer in visit.goers],
    }  # fmt: skip

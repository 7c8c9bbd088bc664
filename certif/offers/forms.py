"""What people type: an offer, what narrows the list, what is wrong with one, why one is removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from wtforms.validators import ValidationError

from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Day, Email, Form, LongText, Number, Phone, ShortText
from certif.kit.languages import _, _l, language
from certif.law import StudentGroup
from certif.offers.model import REPORT_REASONS, SEASONS, JobOffer, ReportReason, Season
from certif.offers.queries import Wanted
from certif.offers.standing import MOST_DAYS, Place
from certif.offers.terms import OfferTerms
from certif.programs import Text, time_of_day
from certif.territory import mrc_choices, sectors

_TIMES = [dt.time(minutes // 60 % 24, minutes % 60) for minutes in range(12 * 60, 26 * 60 + 1, 30)]
_OPTIONAL = _l("Sans anglais, le français est montré à tout le monde.")
_SAME = (
    "title_fr", "title_en", "tasks_fr", "tasks_en", "group", "season", "week_hours", "monday_friday_hours", "monday_thursday_hours",
    "least_age", "starts_on", "ends_on", "apply_email", "apply_phone", "apply_url", "until_on",
)  # fmt: skip


class OfferForm(Form):
    """A job for young people."""

    place = Choice(_l("Lieu de travail"), hint=_l("Les établissements que votre certification couvre."))
    title_fr = ShortText(_l("Titre de l’emploi, en français"), most=100)
    tasks_fr = LongText(_l("Ce qu’on y fait, en français"), most=2000, hint=_l("Les tâches, l’équipe, ce que vous offrez à des élèves."))
    title_en = ShortText(_l("Titre de l’emploi, en anglais"), most=100, required=False, hint=_OPTIONAL)
    tasks_en = LongText(_l("Ce qu’on y fait, en anglais"), most=2000, required=False)
    group = Choice(_l("À qui s’adresse l’offre"), choices=[(one.value, one.label) for one in StudentGroup])
    season = Choice(_l("Quand"), radio=True, choices=[(one.value, label) for one, label in SEASONS.items()])
    week_hours = Number(_l("Heures par semaine, au plus"), least=1, most=40)
    monday_friday_hours = Number(_l("Dont du lundi au vendredi, au plus"), least=0, most=40)
    monday_thursday_hours = Number(
        _l("Dont du lundi au jeudi, au plus"), least=0, most=40, required=False, hint=_l("Seulement si votre engagement en parle.")
    )
    latest_finish = Choice(_l("Le travail finit au plus tard à"))
    least_age = Number(_l("Âge minimal"), least=14, most=30)
    starts_on = Day(_l("Premier jour de travail"))
    ends_on = Day(_l("Dernier jour de travail"), required=False, hint=_l("Obligatoire pour un emploi de congé."))
    apply_email = Email(
        _l("Courriel où postuler"), required=False, hint=_l("Publié tel quel. Les candidatures ne passent pas par ce site.")
    )
    apply_phone = Phone(_l("Téléphone où postuler"), required=False)
    apply_url = ShortText(_l("Page où postuler"), required=False, hint=_l("Une adresse qui commence par https://"))
    until_on = Day(_l("Dernier jour où l’offre paraît"), hint=_l("Au plus %(days)s jours.", days=MOST_DAYS))

    def offer(self, places: Sequence[Place]) -> OfferForm:
        """Offer the places of work that are certified now."""
        several = len({one.certification.program_id for one in places}) > 1
        self.place.choices = [
            (
                one.code,
                f"{one.establishment.name}, {one.establishment.municipality}" + (f" – {one.certification.program.name}" if several else ""),
            )
            for one in places
        ]
        self.latest_finish.choices = [(one.isoformat("minutes"), time_of_day(one, language())) for one in _TIMES]
        return self

    def validate_apply_url(self, field: ShortText) -> None:
        """Refuse what is not a page on the web, over a line that nobody reads."""
        parts = urlsplit(field.data or "")
        if field.data and (parts.scheme != "https" or not parts.hostname or " " in field.data or parts.username):
            raise ValidationError(_("Écrivez une adresse qui commence par https://"))

    def validate_monday_friday_hours(self, field: Number) -> None:
        """Refuse more hours in a part of the week than in the whole of it."""
        if self.week_hours.data is not None and field.data is not None and field.data > self.week_hours.data:
            raise ValidationError(_("C’est plus que les heures de la semaine."))

    def validate_monday_thursday_hours(self, field: Number) -> None:
        """Refuse more hours in four days than in five."""
        if self.monday_friday_hours.data is not None and field.data is not None and field.data > self.monday_friday_hours.data:
            raise ValidationError(_("C’est plus que les heures du lundi au vendredi."))

    def validate_ends_on(self, field: Day) -> None:
        """Refuse an end before the beginning."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("Le dernier jour vient après le premier."))

    @classmethod
    def of(cls, offer: JobOffer, places: Sequence[Place]) -> OfferForm:
        """Show what an offer says now, where nothing was typed yet."""
        known: dict[str, Any] = {name: getattr(offer, name) for name in _SAME}
        place = next((one.code for one in places if one.establishment.id == offer.establishment_id), "")
        return cls(place=place, latest_finish=offer.latest_finish.isoformat("minutes"), **known).offer(places)

    @property
    def terms(self) -> OfferTerms:
        """What was typed."""
        return OfferTerms(
            Text(self.title_fr.data, self.title_en.data or ""), Text(self.tasks_fr.data, self.tasks_en.data or ""),
            StudentGroup(self.group.data), Season(self.season.data), self.week_hours.data, self.monday_friday_hours.data,
            dt.time.fromisoformat(self.latest_finish.data), self.least_age.data, self.starts_on.data, self.until_on.data, self.ends_on.data,
            self.monday_thursday_hours.data, self.apply_email.data or "", self.apply_phone.data or "", self.apply_url.data or "",
        )  # fmt: skip


class OfferFilter(FilterForm):
    """What narrows the list."""

    mrc = Choice(_l("MRC"), name="mrc", required=False)
    sector = Choice(_l("Secteur d’activité"), name="secteur", required=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mrc.choices = {"": [("", _l("Toutes"))], **mrc_choices()}
        self.sector.choices = [("", _l("Tous")), *((one.code, one.name) for one in sectors())]

    @property
    def wanted(self) -> Wanted:
        """What was asked."""
        return Wanted(self.asked("mrc") or "", self.asked("sector") or "")


class ReportForm(Form):
    """What is wrong with an offer."""

    reason = Choice(_l("Qu’est-ce qui ne va pas ?"), radio=True, choices=[(one.value, label) for one, label in REPORT_REASONS.items()])
    words = LongText(
        _l("Dites-en plus"), most=1000, required=False, hint=_l("N’écrivez ni votre nom ni celui de quelqu’un d’autre.")
    )  # fmt: skip

    @property
    def chosen(self) -> ReportReason:
        """The reason that was chosen."""
        return ReportReason(self.reason.data)


class RemoveOfferForm(Form):
    """Why an offer is removed."""

    reason = LongText(_l("Motif"), most=1000, hint=_l("L’employeur le lira."))

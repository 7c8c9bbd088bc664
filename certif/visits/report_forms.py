"""What is typed of a meeting, on a phone, in less than a minute; and what is decided where two accounts differ."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, ValidationError

from certif.accounts import User
from certif.badges import HEAVIEST_PICTURE
from certif.kit import clock, tokens
from certif.kit.forms import Choice, Day, Form, LongText, Number, ShortText, Tick
from certif.kit.languages import _, _l, format_instant
from certif.library import Tool
from certif.plans import AUDIENCES, Audience
from certif.territory import Mrc
from certif.visits.model import OUTCOMES, VISIT_KINDS, Visit, VisitKind
from certif.visits.report_model import Keep, ReportConflict
from certif.visits.report_terms import Account, Told, WalkIn

_KEY = re.compile(r"[A-Za-z0-9_-]{10,64}")
MOST_COPIES = 5000


class ReportForm(Form):
    """What became of a meeting. The same form is written with and without a network."""

    client_key = HiddenField(default=tokens.ref)
    written_at = HiddenField()
    visit = Choice(_l("Rencontre"), required=False, choices=[("", _l("Sans rendez-vous"))])
    title = ShortText(_l("Chez qui, ou quoi ?"), required=False, most=120, hint=_l("Le nom de l’organisation ou de l’événement."))
    mrc = Choice(_l("MRC"), required=False, choices=[("", _l("Choisissez"))])
    kind = Choice(_l("Genre"), choices=list(VISIT_KINDS.items()), default=VisitKind.VISIT.value)
    audience = Choice(_l("Public visé"), choices=list(AUDIENCES.items()), default=Audience.EMPLOYERS.value)
    outcome = Choice(_l("Comment ça s’est passé"), choices=list(OUTCOMES.items()), radio=True, required=_l("Choisissez une issue."))
    met_on = Day(_l("Jour"), default=clock.today)
    people_met = Number(_l("Personnes rencontrées"), most=5000, default=1)
    needs_training = Tick(_l("Besoin de formation ou d’accompagnement"))
    next_step = ShortText(_l("Prochaine étape"), required=False, most=200, hint=_l("Vide : ce que l’issue demande d’habitude."))
    next_on = Day(_l("Pour le"), required=False)
    next_by = Choice(_l("Par"), required=False, choices=[("", _l("Moi"))])
    minutes = Number(_l("Minutes sur place"), most=1440, default=30)
    kilometres = Number(_l("Kilomètres, aller et retour"), most=2000, default=0)
    note = LongText(
        _l("Note"), required=False, most=2000, hint=_l("Sans nom de personne : elle est lue par toute l’équipe."), render_kw={"rows": 3}
    )
    photo = FileField(_l("Photo"), render_kw={"accept": "image/*"})

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        """Read what was typed, the copies of each tool included."""
        super().process(formdata, *args, **kwargs)
        typed = (self.meta.wrap_formdata(self, formdata) or {}).items()
        self.copies = {name.removeprefix("tool-"): said.strip() for name, said in typed if name.startswith("tool-")}

    def offer(self, visits: Sequence[Visit], places: Sequence[Mrc], team: Sequence[User], tools: Sequence[Tool]) -> ReportForm:
        """Offer the meetings that await a report, the places, the people and the tools of a program."""
        known = [(one.ref, _("%(title)s, %(when)s", title=one.title, when=format_instant(one.starts_at))) for one in visits]
        self.visit.choices = [*known, ("", _("Sans rendez-vous"))]
        self.mrc.choices = [("", _("Choisissez")), *((one.slug, one.name) for one in places)]
        self.next_by.choices = [("", _("Moi")), *((one.ref, one.shown_name) for one in team)]
        self._places, self.tools = {one.slug: one for one in places}, tools
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask where it was, when no meeting was chosen, and in which MRC: whoever serves it will see it."""
        is_fit = bool(super().validate(extra_validators))
        if self.visit.data:
            return is_fit
        if not self.title.data:
            self.title.errors = [*self.title.errors, _("Choisissez la rencontre, ou écrivez chez qui c’était.")]
        if not self.mrc.data:
            self.mrc.errors = [*self.mrc.errors, _("Choisissez la MRC où c’était.")]
        return is_fit and bool(self.title.data and self.mrc.data)

    def validate_met_on(self, field: Day) -> None:
        """Refuse a day to come."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("Ce jour est à venir : écrivez celui où la rencontre a eu lieu."))

    def validate_client_key(self, field: Any) -> None:
        """Give a report a key of its own where none is fit."""
        if not _KEY.fullmatch(field.data or ""):
            field.data = tokens.ref()

    def validate_photo(self, field: Any) -> None:
        """Refuse copies that are no numbers, and a picture that is too heavy."""
        if any(said and not re.fullmatch(r"[0-9]{1,4}", said) for said in self.copies.values()):
            raise ValidationError(_("Écrivez en chiffres combien d’outils vous avez remis."))
        if len(self.picture) > HEAVIEST_PICTURE:
            raise ValidationError(_("Cette image est trop lourde. Choisissez-en une de 5 Mo au plus."))

    @property
    def picture(self) -> bytes:
        """The picture that was sent; empty without one."""
        if not self.photo.data:
            return b""
        self.photo.data.stream.seek(0)
        found: bytes = self.photo.data.stream.read(HEAVIEST_PICTURE + 1)
        return found

    def told(self, photo_digest: str | None) -> Told:
        """What was typed."""
        plain = {name: self[name].data for name in ("client_key", "outcome", "met_on", "people_met", "minutes", "kilometres", "next_on")}
        return Told(
            **plain, written_at=_instant(self.written_at.data), needs_training=bool(self.needs_training.data), note=self.note.data or "",
            tools={slug: int(said) for slug, said in self.copies.items() if said}, next_step=self.next_step.data or "",
            next_by=self.next_by.data or None, photo_digest=photo_digest,
        )  # fmt: skip

    def walk_in(self, *, prospect_id: int | None, employer_id: int | None) -> WalkIn:
        """Where it was, when no meeting was chosen."""
        place = self._places.get(self.mrc.data)
        return WalkIn(self.title.data or "", self.kind.data, self.audience.data, place, prospect_id, employer_id)


class SettleForm(Form):
    """Which of two accounts is kept."""

    keep = Choice(_l("Que garder ?"), radio=True)

    def offer(self, first: Account | None, conflict: ReportConflict) -> SettleForm:
        """Name the two accounts by who wrote them; `first` is None where the meeting was cancelled."""
        both = _("Les deux : ce sont deux rencontres") if first else _("La rencontre a eu lieu : en faire une rencontre à part")
        before = _("La première, de %(name)s", name=first.who) if first else _("L’annulation")
        after = conflict.user.shown_name if conflict.user else _("une autre personne")
        named = [(Keep.FIRST.value, before), (Keep.SECOND.value, _("La seconde, de %(name)s", name=after)), (Keep.BOTH.value, both)]
        self.keep.choices = [one for one in named if first or one[0] != Keep.SECOND.value]
        return self


def _instant(text: str | None) -> dt.datetime:
    """Give when it was written, as the phone says; now, where it says nothing that can be."""
    try:
        found = dt.datetime.fromisoformat((text or "").replace("Z", "+00:00"))
    except ValueError:
        return clock.now()
    is_fit = found.tzinfo is not None and clock.now() - dt.timedelta(days=60) < found <= clock.now()
    return found.astimezone(dt.UTC) if is_fit else clock.now()

"""The walk list on paper: each door in order, whom to ask for, what was said last, and boxes to tick."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from certif.documents import typeset
from certif.kit import clock
from certif.kit.languages import _, format_day, format_phone, language
from certif.visits.contact_model import ANSWERS, Answer
from certif.visits.reservation_model import Reservation
from certif.visits.reservation_queries import Stop


def walk_pdf(batch: Reservation, walk: Sequence[Stop]) -> bytes:
    """Typeset the walk list of a batch: what is still to do. Gives: PDF, tagged, US Letter on its side."""
    data = {
        "title": _("Tournée"), "who": batch.user.shown_name, "what": batch.what, "program": batch.program.name,
        "until": _("Réservé jusqu’au %(day)s", day=format_day(batch.until_on)),
        "heads": [_("Entreprise"), _("Lieu"), _("Personne-ressource"), _("Dernier contact"), _("Résultat")],
        "boxes": [str(ANSWERS[answer]) for answer in Answer], "empty": _("Il ne reste aucune porte à cette tournée."),
        "note": _(
            "Ce qui est noté ici s’inscrit au retour, ou sur place, dans la page de la réservation. Détruisez cette feuille ensuite."
        ),
        "stops": [_stop(stop) for stop in walk if stop.is_held],
    }  # fmt: skip
    return typeset("walk_list", data, language())


def in_a_week() -> dt.date:
    """Give the day that is offered for the end of a batch."""
    return clock.today() + dt.timedelta(days=7)


def _stop(stop: Stop) -> dict[str, str]:
    prospect, last = stop.prospect, stop.last
    said = f"{format_day(last.approached_at.astimezone(clock.TORONTO).date())} · {last.answer_label}" if last else "–"
    return {
        "name": prospect.name, "town": prospect.municipality or "–", "code": prospect.postal_code or "",
        "person": prospect.contact_name or "–", "phone": format_phone(stop.phone), "last": said,
    }  # fmt: skip

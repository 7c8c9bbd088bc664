"""What is typed of guests and tables. Nothing is asked of diets or of health."""

from __future__ import annotations

from collections.abc import Sequence

from certif.galas.guest_model import GalaTable, Guest
from certif.galas.guest_queries import Seating
from certif.galas.terms import GuestTerms
from certif.kit.forms import Choice, Email, Form, Number, ShortText
from certif.kit.languages import LANGUAGES, _, _l, _n

MOST_SEATS = 20


class GuestForm(Form):
    """Someone to invite."""

    name = ShortText(_l("Nom"), most=120)
    body = ShortText(_l("Organisation"), most=120, required=False)
    seats = Number(_l("Places offertes"), least=1, most=MOST_SEATS, hint=_l("La personne invitée comprise."))
    email = Email(_l("Courriel"), required=False, hint=_l("L’invitation y part quand vous pressez « Envoyer les invitations »."))
    language = Choice(_l("Langue de l’invitation"), choices=list(LANGUAGES.items()))

    @property
    def terms(self) -> GuestTerms:
        """What was typed."""
        return GuestTerms(
            self.name.data or "", self.body.data or "", self.seats.data or 1, self.email.data or None, self.language.data or "fr"
        )


class ReplyForm(Form):
    """Whether a guest comes, and how many."""

    coming = Choice(_l("Serez-vous des nôtres ?"), radio=True, choices=[("yes", _l("Oui")), ("no", _l("Non"))])
    seats = Choice(_l("Combien de personnes, vous comprise ou compris ?"), required=False)

    def offer(self, guest: Guest) -> ReplyForm:
        """Offer as many seats as the invitation does."""
        self.seats.choices = [(str(number), str(number)) for number in range(1, guest.seats + 1)]
        return self

    @property
    def is_coming(self) -> bool:
        """Whether the answer is yes."""
        return bool(self.coming.data == "yes")

    @property
    def count(self) -> int:
        """How many come."""
        return int(self.seats.data or 1)


class LostInvitationForm(Form):
    """The address where an invitation went."""

    email = Email(_l("Votre adresse courriel"), hint=_l("Celle où l’invitation vous a été envoyée."))


class TableForm(Form):
    """A table of the room."""

    name = ShortText(_l("Nom ou numéro de la table"), most=40)
    seats = Number(_l("Nombre de places"), least=1, most=100)


class SeatForm(Form):
    """Where a guest sits."""

    table = Choice(_l("Table"), radio=True, required=False)

    def offer(self, plan: Sequence[Seating]) -> SeatForm:
        """Offer the tables, each with the seats that are left, and none."""
        self._tables = {one.table.ref: one.table for one in plan}
        places = [(one.table.ref, f"{one.table.name} ({_n('%(num)s place libre', '%(num)s places libres', one.left)})") for one in plan]
        self.table.choices = [*places, ("", _("Aucune table pour le moment"))]
        return self

    @property
    def chosen(self) -> GalaTable | None:
        """The table; None for none."""
        return self._tables.get(self.table.data or "")

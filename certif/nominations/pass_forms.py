"""What staff type to make school passes: for which school, how many, and as what."""

from __future__ import annotations

from certif.kit.forms import Choice, Form, Number, ShortText
from certif.kit.languages import _, _l
from certif.nominations.pass_actions import MOST_PASSES
from certif.territory import Partner


class PassesForm(Form):
    """How many passes, for whom, and as what."""

    school = ShortText(_l("École"), most=120)
    school_body = Choice(_l("Organisme scolaire"), required=False)
    count = Number(_l("Nombre de coupons"), least=1, most=MOST_PASSES)
    look = Choice(
        _l("Forme"), radio=True, choices=[
            ("lettre", _l("Coupons à découper, format Lettre (PDF)")), ("a4", _l("Coupons à découper, format A4 (PDF)")),
            ("csv", _l("Liste d’adresses (CSV)")),
        ],
    )  # fmt: skip
    spoken = Choice(_l("Langue des coupons"), radio=True, choices=[("fr", _l("Français")), ("en", _l("Français et anglais"))])

    def offer(self, bodies: list[Partner]) -> PassesForm:
        """Offer the school bodies of the region."""
        self.school_body.choices = [("", _("Aucun")), *((one.ref, one.name) for one in bodies)]
        return self

    def chosen_body(self, bodies: list[Partner]) -> Partner | None:
        """Give the school body that was chosen."""
        return next((one for one in bodies if one.ref == self.school_body.data), None)

"""What staff type about a contribution."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, ValidationError

from certif.kit.forms import Choice, Day, Form, LongText, ShortText
from certif.kit.languages import _, _l
from certif.kit.money import Money
from certif.programs import PaymentMethod


class RecordPaymentForm(Form):
    """A contribution that came by cheque, by transfer or in hand."""

    method = Choice(_l("Façon de contribuer"), radio=True)
    reference = ShortText(_l("Numéro du chèque ou du virement"), hint=_l("Rien pour de l’argent comptant."), required=False, most=60)
    received_on = Day(_l("Jour de réception"))

    def offer(self, methods: list[PaymentMethod]) -> None:
        """Offer the ways that the program accepts, the card aside."""
        self.method.choices = [(method.value, method.label) for method in methods if method is not PaymentMethod.CARD]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the number of what has one."""
        is_right = bool(super().validate(extra_validators))
        if not self.reference.data and self.method.data in {PaymentMethod.CHEQUE.value, PaymentMethod.INTERAC.value}:
            self.reference.errors = [_("Inscrivez le numéro du chèque ou du virement.")]
            return False
        return is_right


class WaiveForm(Form):
    """Why nothing is asked."""

    reason = LongText(_l("Motif de la dispense"), hint=_l("L’employeur le lira, et il reste au journal."), most=1000)


class RefundForm(Form):
    """How much is given back, and why. `seen`: how many refunds the page showed."""

    amount = ShortText(
        _l("Montant à rembourser"), hint=_l("Comme 20 ou 20,00. Laissez vide pour tout rembourser."), required=False, most=12
    )
    reason = LongText(_l("Motif du remboursement"), hint=_l("L’employeur le lira, et il reste au journal."), most=1000)
    seen = HiddenField()

    def validate_amount(self, field: ShortText) -> None:
        """Refuse what is no amount."""
        if field.data and self.money is None:
            raise ValidationError(_("Écrivez un montant en dollars, comme 20 ou 20,00."))

    @property
    def money(self) -> Money | None:
        """The amount that was typed; None for everything that is left."""
        return Money.typed(self.amount.data)

    @property
    def number_seen(self) -> int:
        """How many refunds the page showed; none when that was tampered with."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1

"""What is typed of an address to tell."""

from __future__ import annotations

from collections.abc import Iterable

from certif.kit.forms import Choices, Form, ShortText, Tick
from certif.kit.languages import _l
from certif.webhooks.actions import WebhookTerms
from certif.webhooks.kinds import LABELS, Kind


class WebhookForm(Form):
    """An address to tell."""

    label = ShortText(_l("À qui est cette adresse"), most=80, hint=_l("Comme « Site de la chambre de commerce »."))
    url = ShortText(_l("Adresse à prévenir"), most=500, hint=_l("Elle commence par https:// et reçoit des requêtes POST."))
    kinds = Choices(_l("Quand la prévenir"))
    sees_embargoed = Tick(_l("Aussi avant la levée de l’embargo : seulement pour préparer la soirée"))

    def offer(self, kinds: Iterable[Kind], *, decides: bool) -> WebhookForm:
        """Offer what it may be told of; to those who decide, also the embargo."""
        self.kinds.choices = [(one.value, LABELS[one]) for one in kinds]
        if not decides:
            del self.sees_embargoed
        return self

    @property
    def terms(self) -> WebhookTerms:
        """What was typed."""
        kinds = tuple(Kind(one) for one in self.kinds.data or [])
        hidden = bool(self.sees_embargoed.data) if "sees_embargoed" in self else False
        return WebhookTerms(self.label.data or "", (self.url.data or "").strip(), kinds, hidden)

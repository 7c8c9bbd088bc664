"""What is typed about laureate lists: a key for a program, a list asked of a region, and its answer."""

from __future__ import annotations

from certif.kit import clock
from certif.kit.forms import Choice, Day, Form, LongText, Number, ShortText, Tick
from certif.kit.languages import _, _l
from certif.territory import Mrc


class TokenForm(Form):
    """A key that reads the laureates of a gala."""

    label = ShortText(_l("À quoi sert cette clé"), most=80, hint=_l("Comme « Site de la chambre de commerce ». Elle se reconnaîtra ainsi."))
    expires_on = Day(_l("Dernier jour"), hint=_l("Dans un an au plus."))
    sees_embargoed = Tick(_l("Elle lit la liste avant la levée de l’embargo : seulement pour préparer la soirée"))


class ListRequestForm(Form):
    """A list that another organiser asks for."""

    organisation = ShortText(_l("Votre organisation"), most=120)
    held_on = Day(_l("Jour de votre gala"))
    year = Number(_l("Année des lauréates et lauréats"), least=2000, most=2100)
    mrc = Choice(_l("Territoire"), required=False)
    purpose = LongText(_l("Ce que vous ferez de la liste"), most=1000, hint=_l("L’équipe régionale le lira avant de répondre."))

    def offer(self, mrcs: list[Mrc]) -> ListRequestForm:
        """Offer the MRC of the program, and this year."""
        self._mrcs = {one.slug: one for one in mrcs}
        self.mrc.choices = [("", _("Tout le territoire du programme")), *((one.slug, one.name) for one in mrcs)]
        if not self.is_submitted():
            self.year.data = clock.today().year
        return self

    @property
    def chosen(self) -> Mrc | None:
        """The MRC that was chosen, or None for all of them."""
        return self._mrcs.get(self.mrc.data or "")


class GrantForm(Form):
    """A list granted until a day."""

    until_on = Day(_l("Dernier jour où la liste peut être téléchargée"))


class DeclineForm(Form):
    """A list that is not granted, and why."""

    reason = LongText(_l("Motif"), most=1000, hint=_l("La personne le lira tel quel."))

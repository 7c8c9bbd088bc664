"""What is typed about the words of students: by them, and by whoever reads them."""

from __future__ import annotations

import wtforms
from wtforms import ValidationError

from certif.kit.forms import Choice, Choices, Form, LongText, Tick
from certif.kit.languages import _, _l
from certif.kit.striking import STRIKES, STRUCK, StrikeKind, digest_of, pieces_of

MOST_SIGNS = 280


class LeaveWordsForm(Form):
    """A few words, and whether they may be published. No token: there is no session to forge."""

    class Meta:
        """Where it comes from is checked all the same."""

        csrf = False

    words = LongText(
        _l("Qu’est-ce qui fait un bon employeur ?"), most=MOST_SIGNS, filters=[lambda text: " ".join(text.split()) if text else text],
        required=_l("Écrivez quelques mots, ou laissez cette page."),
        hint=_l("280 signes au plus. N’écrivez aucun nom, ni le vôtre, ni celui d’un employeur ou d’une école."),
    )  # fmt: skip
    has_consent = Tick(
        _l("J’accepte que mes mots soient publiés"),
        hint=_l("Ils paraîtraient sur le portrait de la région, sans école ni date. Sinon, seule l’équipe du programme les lira."),
    )

    def validate_words(self, field: wtforms.Field) -> None:
        """Refuse what says nothing."""
        if not any(sign.isalnum() for sign in field.data):
            raise ValidationError(_("Écrivez quelques mots, ou laissez cette page."))


class PublishWordsForm(Form):
    """The words that were read, by their digest."""

    digest = wtforms.HiddenField()


class StrikeWordsForm(PublishWordsForm):
    """Which words are struck, and why."""

    places = Choices(_l("Mots à caviarder"), required=_l("Choisissez au moins un mot à caviarder."))
    kind = Choice(_l("Motif"), radio=True, choices=[(kind.value, label) for kind, label in STRIKES.items()])

    def offer(self, words: str) -> StrikeWordsForm:
        """Offer each word that is still there."""
        self.places.choices = [(str(place), piece) for place, piece in enumerate(pieces_of(words)) if piece != STRUCK]
        if not self.digest.data:
            self.digest.data = digest_of(words)
        return self

    def chosen(self) -> tuple[list[int], StrikeKind]:
        """Give what was chosen, as the act takes it."""
        return [int(place) for place in self.places.data], StrikeKind(self.kind.data)


class WordsReasonForm(Form):
    """Why words are set aside, or withdrawn."""

    reason = LongText(_l("Raison"), hint=_l("Elle reste dans le journal : n’y recopiez pas ces mots."), most=500)

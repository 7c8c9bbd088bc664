"""What a voter types: for whom, an address; then the six digits of a letter."""

from __future__ import annotations

from certif.kit.forms import Choice, Email, Form, SixDigits
from certif.kit.languages import _l
from certif.selections.phase_entries import Entry


class _Cookieless(Form):
    class Meta:
        """No session, so no token of one; where a post comes from is checked all the same."""

        csrf = False


class VoteForm(_Cookieless):
    """For whom, and the address where the code is sent."""

    entry = Choice(_l("Pour qui votez-vous ?"), radio=True, required=_l("Choisissez parmi les finalistes."))
    email = Email(
        _l("Votre adresse courriel"),
        hint=_l("Un code y est envoyé. L’adresse n’est pas gardée : seulement une empreinte, pour qu’on vote une fois."),
    )  # fmt: skip

    def offer(self, finalists: list[Entry]) -> VoteForm:
        """Offer the finalists, by place of work."""
        self.entry.choices = [(one.ref, one.name) for one in finalists]
        return self


class ConfirmVoteForm(_Cookieless):
    """The six digits."""

    code = SixDigits(_l("Le code reçu par courriel"))

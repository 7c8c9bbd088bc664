"""What a voter types: for whom, an address; then the six digits of a letter. What a decider types: votes to put aside, or back, and why."""

from __future__ import annotations

from certif.kit.forms import Choice, Choices, Email, Form, LongText, SixDigits
from certif.kit.languages import _, _l, format_instant
from certif.selections.phase_entries import Entry
from certif.selections.vote_signs import Found, Traced


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


class WeighForm(Form):
    """Votes of a sign, what becomes of them, and why."""

    votes = Choices(_l("Votes"), required=_l("Choisissez au moins un vote."))
    outcome = Choice(_l("Décision"), radio=True, choices=[("aside", _l("Mettre de côté")), ("back", _l("Remettre au compte"))])
    reason = LongText(_l("Raison"), most=1000, hint=_l("Elle reste au journal. Le procès-verbal dit combien de votes sont mis de côté."))

    def offer(self, sign: Found) -> WeighForm:
        """Offer the votes of a sign; networks go by a letter, and nobody is named."""
        networks = list(dict.fromkeys(one.network for one in sign.votes if one.network))
        self.votes.choices = [(str(one.number), _vote_said(one, networks)) for one in sign.votes]
        return self

    @property
    def numbers(self) -> list[int]:
        """The numbers of those that were ticked."""
        return [int(one) for one in self.votes.data or []]


def _vote_said(vote: Traced, networks: list[str]) -> str:
    said = [_("Vote %(number)s", number=vote.number), format_instant(vote.at)]
    said += [vote.domain] if vote.domain else []
    said += [_("réseau %(number)s", number=networks.index(vote.network) + 1)] if vote.network else []
    said += [_("mis de côté")] if vote.is_aside else []
    return " · ".join(str(one) for one in said)

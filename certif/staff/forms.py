"""The filters of lists, and their keeping. They live in the address; what is not offered counts as not asked."""

from __future__ import annotations

from typing import Any

from certif.certification import Stage, stage_label
from certif.kit import audit
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Day, Form, ShortText
from certif.kit.languages import _, _l
from certif.programs import Program

_ALL = ("", _l("Tous"))
_ALONG = (
    Stage.AWAITING_CONTRACT, Stage.AWAITING_CONTRIBUTION, Stage.AWAITING_VALIDATION, Stage.SENT_BACK, Stage.CERTIFIED, Stage.SUSPENDED,
    Stage.EXPIRED, Stage.REVOKED,
)  # fmt: skip
"""Every stage, in the order of a path."""


class FileFilterForm(FilterForm):
    """Which files."""

    text = ShortText(_l("Nom ou NEQ"), name="q", required=False, most=100)
    stage = Choice(_l("Étape"), name="etape", required=False)
    program = Choice(_l("Programme"), name="programme", required=False)
    mrc = Choice(_l("MRC"), name="mrc", required=False)

    def offer(self, programs: list[tuple[str, str]], mrcs: dict[str, list[tuple[str, str]]]) -> None:
        """Offer the programs and the places that the reader may see."""
        self.stage.choices = [("", _l("Toutes")), *((stage.value, stage_label(stage, staff=True)) for stage in _ALONG)]
        self.program.choices = [_ALL, *programs]
        self.mrc.choices = {"": [("", _l("Toutes"))], **mrcs}

    def asked_stage(self) -> Stage | None:
        """Give the stage that was asked, if any."""
        asked = self.asked("stage")
        return Stage(asked) if asked else None


class JournalFilterForm(FilterForm):
    """Which entries of the journal."""

    text = ShortText(_l("Mots ou nom"), name="q", required=False, most=100)
    event = Choice(_l("Événement"), name="evenement", required=False)
    since = Day(_l("Depuis le"), name="depuis", required=False)
    until = Day(_l("Jusqu’au"), name="jusqua", required=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.event.choices = [_ALL, *sorted(audit.events().items(), key=lambda one: one[1])]


class LetterFilterForm(FilterForm):
    """Which letters."""

    text = ShortText(_l("Adresse ou objet"), name="q", required=False, most=100)
    state = Choice(
        _l("État"), name="etat", required=False,
        choices=[_ALL, ("waiting", _l("En attente d’envoi")), ("sent", _l("Envoyés")), ("refused", _l("Refusés par le destinataire"))],
    )  # fmt: skip


class ContributionFilterForm(FilterForm):
    """Which contributions."""

    text = ShortText(_l("Nom ou NEQ"), name="q", required=False, most=100)
    state = Choice(
        _l("État"),
        name="etat",
        required=False,
        choices=[
            _ALL,
            ("due", _l("À recevoir")),
            ("received", _l("Reçues")),
            ("waived", _l("Dispensées")),
            ("covered", _l("Commanditées")),
            ("refunded", _l("Remboursées")),
        ],
    )
    program = Choice(_l("Programme"), name="programme", required=False)

    def offer(self, programs: list[tuple[str, str]]) -> None:
        """Offer the programs that the reader may see."""
        self.program.choices = [_ALL, *programs]


class AccountingFilterForm(FilterForm):
    """Which entries of the accounts."""

    program = Choice(_l("Programme"), name="programme", required=False)
    since = Day(_l("Depuis le"), name="depuis", required=False)
    until = Day(_l("Jusqu’au"), name="jusqua", required=False)

    def offer(self, programs: list[tuple[str, str]]) -> AccountingFilterForm:
        """Offer the programs that the reader may see."""
        self.program.choices = [_ALL, *programs]
        return self


class KeepFilterForm(Form):
    """A filter that is kept."""

    called = ShortText(_l("Nom du filtre"), most=60, hint=_l("Comme « Joliette, à valider »."))
    shared = Choice(_l("Qui le voit"), required=False)

    def offer(self, programs: list[Program]) -> KeepFilterForm:
        """Offer the teams with which it may be shared."""
        self._programs = {one.slug: one for one in programs}
        teams = [(one.slug, _("Toute l’équipe : %(program)s", program=one.name)) for one in programs]
        self.shared.choices = [("", _("Moi seulement")), *teams]
        return self

    @property
    def team(self) -> Program | None:
        """The program whose team sees it, or None for oneself alone."""
        return self._programs.get(self.shared.data or "")


class TieLineForm(Form):
    """The contribution that a sum received is."""

    reference = ShortText(_l("Référence de la contribution"), most=60, hint=_l("Les huit signes que l’employeur devait inscrire."))

"""How a stage is called depends on who reads it."""

from __future__ import annotations

from certif.certification.model import Stage
from certif.kit.languages import _l

_TO_EMPLOYERS = {
    Stage.REVOKED: _l("Révoquée"),
    Stage.EXPIRED: _l("Échue"),
    Stage.SUSPENDED: _l("Suspendue"),
    Stage.CERTIFIED: _l("Certifiée"),
    Stage.AWAITING_CONTRACT: _l("Contrat moral à signer"),
    Stage.AWAITING_CONTRIBUTION: _l("Contribution à verser"),
    Stage.SENT_BACK: _l("À compléter"),
    Stage.AWAITING_VALIDATION: _l("En attente de validation"),
}
_TO_STAFF = {
    **_TO_EMPLOYERS,
    Stage.AWAITING_CONTRACT: _l("Attend la signature"),
    Stage.AWAITING_CONTRIBUTION: _l("Attend la contribution"),
    Stage.SENT_BACK: _l("Renvoyé"),
    Stage.AWAITING_VALIDATION: _l("À valider"),
}
_TAGS = {
    Stage.REVOKED: "revoked",
    Stage.EXPIRED: "expired",
    Stage.SUSPENDED: "suspended",
    Stage.CERTIFIED: "certified",
    Stage.AWAITING_CONTRACT: "action",
    Stage.AWAITING_CONTRIBUTION: "action",
    Stage.SENT_BACK: "action",
    Stage.AWAITING_VALIDATION: "waiting",
}


def stage_label(stage: Stage, *, staff: bool = False) -> str:
    """Give a stage in words, to the employer or to staff."""
    return str((_TO_STAFF if staff else _TO_EMPLOYERS)[stage])


def stage_look(stage: Stage, *, staff: bool = False) -> str:
    """Give the look of a stage's tag, as the part `stage_tag` names it."""
    if staff and stage is Stage.AWAITING_VALIDATION:
        return "action"
    return "waiting" if staff and _TAGS[stage] == "action" else _TAGS[stage]

"""An employer's own space, put together: where each path stands, what comes next, and what is there to take away."""

from __future__ import annotations

from dataclasses import dataclass

from certif.certification.model import Certification, Stage
from certif.certification.queries import certifications_of_employer, open_programs
from certif.certification.wording import stage_label, stage_look
from certif.contributions import Receipt
from certif.employers import Employer, employers_of, establishments_of
from certif.kit.access import Actor
from certif.kit.languages import _
from certif.programs import Program

Step = tuple[str, bool, str | None]
_NEXT = {
    Stage.AWAITING_CONTRACT: "certification.read_contract",
    Stage.AWAITING_CONTRIBUTION: "certification.contribute",
    Stage.SENT_BACK: "certification.resubmit",
}


@dataclass(frozen=True)
class Path:
    """One certification, as its employer sees it: `steps` for the checklist, `next_url` and `next_label` for the one thing to do, if
    any."""

    certification: Certification
    label: str
    look: str
    steps: list[Step]
    next_label: str | None
    next_page: str | None
    receipts: list[Receipt]


@dataclass(frozen=True)
class Space:
    """One employer of this person: its paths, newest first, and the programs it may still enter."""

    employer: Employer
    paths: list[Path]
    open_programs: list[Program]


def space_of(actor: Actor) -> list[Space]:
    """Give the space of each employer for which this person acts."""
    return [
        Space(employer, [_path(one) for one in certifications_of_employer(employer)], open_programs(employer, establishments_of(employer)))
        for employer in employers_of(actor)
    ]


def next_step(certification: Certification) -> str:
    """Give the endpoint of the next thing the employer has to do; its own space when there is none."""
    return _NEXT.get(certification.stage, "certification.show")


def _path(certification: Certification) -> Path:
    stage = certification.stage
    labels = {
        Stage.AWAITING_CONTRACT: _("Lire et signer le contrat moral"),
        Stage.AWAITING_CONTRIBUTION: _("Verser la contribution"),
        Stage.SENT_BACK: _("Répondre à l’équipe régionale"),
    }
    is_supporter = stage is Stage.CERTIFIED and certification.is_supporter
    return Path(
        certification,
        _("Supporteur") if is_supporter else stage_label(stage),
        "supporter" if is_supporter else stage_look(stage),
        _steps(certification, stage),
        labels.get(stage),
        _NEXT.get(stage),
        certification.contribution.receipts if certification.contribution else [],
    )


def _steps(certification: Certification, stage: Stage) -> list[Step]:
    version = certification.version
    steps: list[Step] = [(_("Inscrire l’organisation"), True, None)]
    if version.requires_signature:
        steps.append((_("Lire et signer le contrat moral"), certification.signature is not None, "certification.read_contract"))
    if certification.contribution is not None:
        page = "certification.contribute" if stage is Stage.AWAITING_CONTRIBUTION else None
        steps.append((_("Verser la contribution symbolique"), certification.contribution.is_settled, page))
    if version.requires_visit:
        steps.append((_("Recevoir la visite de l’équipe régionale"), bool(certification.badges), None))
    steps.append((_("Être validée par l’équipe régionale"), bool(certification.badges), None))
    return [*steps, (_("Recevoir le badge, le code QR et l’attestation"), bool(certification.badges), None)]

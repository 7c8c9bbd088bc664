"""An employer's own space, put together: where each path stands, what comes next, and what is there to take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from certif.certification.cycles import granted_after, held_since
from certif.certification.model import Certification, Stage
from certif.certification.queries import certifications_of_employer, open_programs
from certif.certification.wording import stage_label, stage_look
from certif.contributions import Receipt
from certif.employers import Employer, MemberRole, employers_of, establishments_of, open_invitations
from certif.kit.access import Actor
from certif.kit.languages import _
from certif.programs import Program, is_paused

Step = tuple[str, bool, str | None]
_NEXT = {
    Stage.AWAITING_CONTRACT: "certification.read_contract",
    Stage.AWAITING_CONTRIBUTION: "certification.contribute",
    Stage.SENT_BACK: "certification.resubmit",
}


@dataclass(frozen=True)
class Word:
    """Something to say in the panel of a certification, and the page where to answer it: an endpoint, and the `ref` of its address.
    `kind`: that of a notice, `info` or `warning`; `asks`: whether it awaits an answer, as every warning does."""

    kind: str
    title: str
    text: str
    label: str
    page: str
    ref: str
    asks: bool = False


_speakers: list[Callable[[Certification], Iterable[Word]]] = []


def say_in_space(speaker: Callable[[Certification], Iterable[Word]]) -> None:
    """Let a room to the right say something to the employer, in the panel of each certification that asks for it."""
    _speakers.append(speaker)


@dataclass(frozen=True)
class Path:
    """One certification, as its employer sees it: `steps` for the checklist, `next_page` and `next_label` for the next step, if any;
    `lead`, the one word of other rooms that comes before all, if any awaits an answer; `others`, what else they say; `invited`, who was
    asked to sign and has not come yet; `since`, from when it has been held without a gap; `is_past`, once another cycle speaks in its
    place; `is_paused`, while its program is."""

    certification: Certification
    label: str
    look: str
    steps: list[Step]
    next_label: str | None
    next_page: str | None
    receipts: list[Receipt]
    lead: Word | None
    others: list[Word]
    invited: list[str]
    since: dt.date | None
    is_past: bool
    is_paused: bool


@dataclass(frozen=True)
class Space:
    """One employer of this person: its paths, newest first, and the programs it may still enter."""

    employer: Employer
    paths: list[Path]
    open_programs: list[Program]

    @property
    def has_badges(self) -> bool:
        """Whether it was ever certified: what comes with a badge is offered from then on."""
        return any(path.certification.badges for path in self.paths)


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
    is_past = bool(certification.badges) and granted_after(certification) is not None
    lead, others = _words(certification)
    return Path(
        certification,
        _("Cycle précédent") if is_past else _("Supporteur") if is_supporter else stage_label(stage),
        "expired" if is_past else "supporter" if is_supporter else stage_look(stage),
        _steps(certification, stage),
        labels.get(stage),
        _NEXT.get(stage),
        certification.contribution.receipts if certification.contribution else [],
        lead,
        others,
        _invited(certification.employer) if stage is Stage.AWAITING_CONTRACT else [],
        _since(certification, stage),
        is_past,
        is_paused(certification.program),
    )


def _invited(employer: Employer) -> list[str]:
    """Name those who were invited to sign."""
    return [one.name for one in open_invitations(employer) if one.role == MemberRole.SIGNATORY]


def _words(certification: Certification) -> tuple[Word | None, list[Word]]:
    """Give the one word that comes first, and the others: warnings, then what awaits an answer, then news, as the rooms say them."""
    said = [word for speaker in _speakers for word in speaker(certification)]
    said.sort(key=lambda word: (word.kind != "warning", not word.asks))
    if said and (said[0].kind == "warning" or (said[0].asks and certification.stage not in _NEXT)):
        return said[0], said[1:]
    return None, said


def _since(certification: Certification, stage: Stage) -> dt.date | None:
    """Give the first day of what has been held without a gap, where it is older than this cycle."""
    since = held_since(certification) if stage is Stage.CERTIFIED else None
    return since if since is not None and since < certification.badges[0].valid_from else None


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

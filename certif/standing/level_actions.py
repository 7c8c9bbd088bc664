"""A higher level: asked for with evidence, criterion by criterion; granted with new badges, or refused with reasons."""

from __future__ import annotations

from dataclasses import dataclass

from certif.accounts import staff_of
from certif.certification import Badge, Certification, Stage, granted_after, higher_levels, may_decide, raise_level
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.programs import Level, is_paused
from certif.standing.level_model import CriterionEvidence, CriterionFinding, LevelDecision, LevelRequest, grid_of
from certif.standing.level_queries import requests_of
from certif.standing.pieces import Upload, keep_piece

audit.declare("level_requested", _l("%(by)s a demandé le niveau « %(level)s »."), "level", "number")
audit.declare("level_granted", _l("%(by)s a accordé le niveau « %(level)s »."), "level", "number", "badges")
audit.declare("level_refused", _l("%(by)s n’a pas accordé le niveau « %(level)s », avec ses motifs."), "level", "number")


@dataclass(frozen=True)
class Said:
    """What is said of one criterion, and the file that supports it."""

    words: str
    file: Upload | None = None


@dataclass(frozen=True)
class Found:
    """What was found of one criterion; `reason`, where it is not met."""

    is_met: bool
    reason: str = ""


def next_level(certification: Certification) -> Level | None:
    """Give the level that an employer may ask for: one step at a time."""
    return next(iter(higher_levels(certification)), None)


def level_obstacle(certification: Certification) -> str | None:
    """Say why a higher level may not be asked for today, or nothing."""
    if certification.stage is not Stage.CERTIFIED:
        return str(_("Seule une certification en vigueur peut changer de niveau."))
    obstacles = (
        (next_level(certification) is None, _l("Il n’y a pas de niveau plus haut dans ce programme.")),
        (is_paused(certification.program), _l("Le programme est en pause : aucun niveau n’est accordé pour le moment.")),
        (_is_to_come(certification), _l("Le cycle suivant n’a pas commencé : demandez un autre niveau dès son premier jour.")),
        (has_open_request(certification), _l("Votre demande est déjà entre les mains de l’équipe régionale.")),
    )
    return next((str(said) for stands, said in obstacles if stands), None)


def _is_to_come(certification: Certification) -> bool:
    """Whether the cycle that speaks next is granted, and has not begun."""
    return granted_after(certification) is not None or certification.badges[0].valid_from > clock.today()


def has_open_request(certification: Certification) -> bool:
    """Whether a level was asked for and awaits staff."""
    return any(one.decision is None for one in requests_of(certification))


def ask_for_level(certification: Certification, said: list[Said], *, by: Actor) -> LevelRequest:
    """Ask for the next level, with evidence for each criterion of its grid.

    Refuses: what `level_obstacle` says; a criterion about which nothing is said; a file that `keep_piece` refuses.
    """
    lock(certification)
    why_not = level_obstacle(certification)
    if why_not is not None:
        raise Refusal(why_not)
    level = next_level(certification)
    assert level is not None
    if len(said) != len(grid_of(certification, level)) or not all(one.words for one in said):
        raise Refusal(_("Dites quelque chose de chaque critère."))
    number = len(requests_of(certification)) + 1
    request = LevelRequest(certification=certification, number=number, level=level.code, requested_at=clock.now(), requested_by=by.ref)
    db.session.add(request)
    for position, one in enumerate(said):
        piece = keep_piece(one.file) if one.file else None
        digest, name = (piece.digest, piece.name) if piece else (None, None)
        request.evidence.append(CriterionEvidence(position=position, words=one.words, piece_digest=digest, piece_name=name))
    db.session.flush()
    audit.record("level_requested", certification, by=by, level=level.name.fr, number=number)
    _tell_staff(request)
    return request


def decide_on_level(request: LevelRequest, found: list[Found], *, by: Actor) -> list[Badge]:
    """Decide, criterion by criterion. All met: the level is granted, with a new badge and certificate for each place, at once.

    Gives: the new badges; none where the level is refused. The employer may ask again.
    Refuses: someone who may not decide; a request already decided; a criterion left aside, or not met without a reason; what
    `raise_level` refuses.
    """
    certification = lock(lock(request).certification)
    if not may_decide(certification, by=by):
        raise Refusal(_("Vous ne décidez pas de ce dossier : votre rôle ne le permet pas, ou vous êtes membre de cette organisation."))
    if request.decision is not None:
        raise Refusal(_("%(name)s a déjà décidé de cette demande.", name=request.decision.decider))
    if len(found) != len(request.evidence) or any(not one.is_met and not one.reason for one in found):
        raise Refusal(_("Décidez de chaque critère, et donnez un motif pour chacun de ceux qui ne sont pas remplis."))
    is_granted = all(one.is_met for one in found)
    decision = LevelDecision(is_granted=is_granted, decided_at=clock.now(), decided_by=by.ref, decider=by.name)
    request.decision = decision
    decision.findings = [CriterionFinding(position=n, is_met=one.is_met, reason=one.reason) for n, one in enumerate(found)]
    badges = raise_level(certification, request.level, by=by) if is_granted else []
    level = {"level": request.asked_level.name.fr, "number": request.number}
    if is_granted:
        audit.record("level_granted", certification, by=by, badges=[badge.number for badge in badges], **level)
    else:
        audit.record("level_refused", certification, by=by, **level)
    _tell_employer(request, badges)
    return badges


def _tell_staff(request: LevelRequest) -> None:
    certification = request.certification
    for person in staff_of(certification.program, (Role.MANAGER, Role.AGENT)):
        outbox.queue(
            "standing/level_requested", person.email, language=person.language, scope=certification.scope, certification=certification,
            request=request, url=absolute_url("standing.decide_on_level", ref=request.ref, language=person.language),
        )  # fmt: skip


def _tell_employer(request: LevelRequest, badges: list[Badge]) -> None:
    certification, employer = request.certification, request.certification.employer
    outbox.queue(
        "standing/level_granted" if badges else "standing/level_refused", employer.contact_email, language=employer.language,
        scope=certification.scope, certification=certification, request=request,
        attachments=[(f"attestation-{badge.number}.pdf", badge.certificate_digest) for badge in badges[:10]],
        url=absolute_url("certification.show", language=employer.language),
    )  # fmt: skip

"""What can happen on the path, in story order: opened, (signed, paid,) decided by staff, answered, and at the end a badge."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from certif.accounts import Browser, SignIn, actor_of, confirm_address, folded_email, prove_address
from certif.certification import papers
from certif.certification.cycles import first_days, give_code, granted_before, latest, open_cycle
from certif.certification.issuing import issue_badge_credential
from certif.certification.levels import check_level, last_day_at
from certif.certification.milestones import set_milestones
from certif.certification.model import Badge, Certification, Decision, Resubmission, Stage, Verification
from certif.certification.queries import places_of
from certif.certification.reviews import review_of
from certif.employers import Employer, Establishment, RegistrationDraft, establishments_of, is_member, register_employer
from certif.kit import audit, clock, outbox
from certif.kit.access import STAFF, SYSTEM, Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, format_instant
from certif.kit.settings import settings
from certif.kit.web import absolute_url
from certif.programs import Program, is_paused, program_at, version_in_force

audit.declare(
    "certification_opened", _l("%(by)s a ouvert une demande de certification (programme %(program)s, cycle %(cycle)s)."), "program", "cycle"
)
audit.declare("file_sent_back", _l("%(by)s a renvoyé le dossier : « %(reason)s »"), "reason", "number")
audit.declare("file_resubmitted", _l("%(by)s a répondu au renvoi du dossier."), "number")
audit.declare(
    "file_validated", _l("%(by)s a validé la certification jusqu’au %(valid_until)s."), "valid_until", "level", "badges", "number"
)


def begin_confirmation(draft: RegistrationDraft, *, by: Actor, language: str) -> None:
    """Send the code that proves the contact's address, unless `by` is signed in under that very address.

    Refuses: a draft that lacks answers; too many letters to one address.
    """
    if not draft.is_complete:
        raise Refusal(_("Il manque des réponses à l’inscription. Complétez-les avant de confirmer."))
    if not is_contact(draft, by):
        prove_address(draft.contact_email, language=language)


def is_contact(draft: RegistrationDraft, by: Actor) -> bool:
    """Whether `by` is signed in under the contact's address, which is thereby proven."""
    return by.is_signed_in and folded_email(by.email) == folded_email(draft.contact_email)


def complete_registration(draft: RegistrationDraft, code: str, *, program: Program | None, browser: Browser) -> SignIn:
    """Prove the contact's address with the code that was sent there, register the employer, and open its certification: all of it or
    nothing.

    Refuses: a wrong or expired code; what `register_employer` and `open_certification` refuse.
    """
    welcome = confirm_address(draft.contact_email, code, name=draft.contact_name, language=draft.language, browser=browser)
    finish_registration(draft, program=program, by=actor_of(welcome.session.user))
    return welcome


def finish_registration(draft: RegistrationDraft, *, program: Program | None, by: Actor) -> Employer:
    """Register the employer of a draft and open its certification, for someone whose address is already proven.

    Takes: `program`, None where no program is open yet: the employer is then registered, and waits.
    """
    employer = register_employer(draft, by=by)
    if program is not None and not db.session.scalar(select(Certification.id).where(Certification.employer_id == employer.id).limit(1)):
        open_certification(employer, program, by=by)
    return employer


def open_certification(employer: Employer, program: Program, *, by: Actor) -> Certification:
    """Open the path of an employer in a program.

    Refuses: a program that is paused or has nothing in force; an employer without an establishment in its territory; one whose path is
    open or whose
    certification still stands.
    """
    lock(employer)
    places = [place for place in establishments_of(employer) if program in program_at(place.mrc)]
    version = version_in_force(program)
    if is_paused(program) or version is None:
        raise Refusal(_("Ce programme n’accepte pas de demandes pour le moment."))
    if not places:
        raise Refusal(_("Aucun de vos établissements n’est dans le territoire de ce programme."))
    last = latest(employer, program)
    if last is not None and last.stage not in {Stage.EXPIRED, Stage.REVOKED}:
        raise Refusal(_("Une demande est déjà ouverte dans ce programme."))
    certification = open_cycle(employer, version, places, by=by)
    outbox.queue(
        "certification/certification_opened", employer.contact_email, language=employer.language, scope=certification.scope,
        certification=certification, url=absolute_url("certification.show", language=employer.language),
    )  # fmt: skip
    return certification


def validate(
    certification: Certification,
    *,
    level: str | None,
    establishments: list[Establishment],
    visited_on: dt.date | None,
    seen: int,
    by: Actor,
) -> list[Badge]:
    """Grant the certification: a decision, a badge and a certificate for each establishment covered, and the letters, all at once.

    Takes: `level`, a code of the program's levels, or None where it has none; `establishments`, the places covered; `visited_on`, where a
    visit is required;
    `seen`, how many decisions the file showed when it was opened.
    Refuses: a file that awaits no validation; someone who may not decide; a level that the program does not name, or that does not suit
    the employer, or at which it has been as long as the program allows; a cycle that would follow one which is suspended; a signature
    that the employer contests; no establishment, or one of elsewhere; a visit to come; a decision taken in the meantime.
    """
    _check_may_decide(certification, seen, by)
    if certification.stage is not Stage.AWAITING_VALIDATION:
        raise Refusal(_("Ce dossier n’attend pas de validation."))
    _let_follow(certification)
    if certification.signature is not None and certification.signature.contest is not None:
        raise Refusal(_("L’employeur conteste la signature consignée sur papier : mettez-la de côté, et faites signer de nouveau."))
    check_level(certification, level)
    if not establishments or not set(establishments) <= set(places_of(certification)):
        raise Refusal(_("Choisissez au moins un établissement de cette organisation, dans le territoire du programme."))
    if certification.version.requires_visit and visited_on is None:
        raise Refusal(_("Ce programme demande une visite : inscrivez-en la date."))
    if visited_on is not None and visited_on > clock.today():
        raise Refusal(_("La visite doit avoir eu lieu : inscrivez une date passée, ou celle d’aujourd’hui."))
    decision = Decision(is_granted=True, level=level, visited_on=visited_on, reason="", **_signed(certification, by))
    certification.decisions.append(decision)
    _give_badges(certification, establishments, level, by)
    set_milestones(certification)
    audit.record(
        "file_validated", certification, by=by, level=level, number=decision.number,
        valid_until=certification.badges[0].valid_until.isoformat(), badges=[badge.number for badge in certification.badges],
    )  # fmt: skip
    _send_certificates(certification)
    return certification.badges


def raise_level(certification: Certification, level: str, *, by: Actor) -> list[Badge]:
    """Give each place a new badge and a new certificate at another level, from today to the day that was granted.

    Who asks for it, who decides and what is written about it are the business of the room that calls.
    Refuses: a certification that is not in force; what `validate` refuses of a level.
    """
    lock(certification)
    if certification.stage is not Stage.CERTIFIED:
        raise Refusal(_("Cette certification n’est pas en vigueur."))
    check_level(certification, level)
    today = clock.today()
    return [
        _give_badge(certification, one.verification, level, (max(today, one.valid_from), one.valid_until), by)
        for one in _open(certification)
    ]


def send_back(certification: Certification, reason: str, *, seen: int, by: Actor) -> Decision:
    """Send a file back to the employer, with reasons.

    Refuses: a file that awaits no validation; someone who may not decide; a decision taken in the meantime.
    """
    _check_may_decide(certification, seen, by)
    if certification.stage is not Stage.AWAITING_VALIDATION:
        raise Refusal(_("Ce dossier n’attend pas de validation."))
    decision = Decision(is_granted=False, level=None, visited_on=None, reason=reason, **_signed(certification, by))
    certification.decisions.append(decision)
    db.session.flush()
    audit.record("file_sent_back", certification, by=by, reason=reason, number=decision.number)
    employer = certification.employer
    outbox.queue(
        "certification/file_sent_back", employer.contact_email, language=employer.language, scope=certification.scope,
        certification=certification, reason=reason, url=absolute_url("certification.show", language=employer.language),
    )  # fmt: skip
    return decision


def resubmit(certification: Certification, note: str, *, by: Actor) -> Resubmission:
    """Answer a file sent back, so that staff look at it again.

    Refuses: a file that was not sent back, or was answered already.
    """
    lock(certification)
    if certification.stage is not Stage.SENT_BACK:
        raise Refusal(_("Ce dossier n’attend pas de réponse de votre part."))
    decision = certification.decisions[-1]
    decision.resubmission = Resubmission(note=note, resubmitted_at=clock.now(), resubmitted_by=by.ref)
    audit.record("file_resubmitted", certification, by=by, number=decision.number)
    return decision.resubmission


def may_decide(certification: Certification, *, by: Actor) -> bool:
    """Whether `by` may decide on this file: a role that validates in its program, and no part in the organisation."""
    held = [role for role in STAFF if by.holds(certification.program_id, role)]
    return certification.version.may_validate(*held) and not is_member(by.user_id, certification.employer)


def _check_may_decide(certification: Certification, seen: int, by: Actor) -> None:
    lock(certification)
    if by.ref == SYSTEM.ref:
        _let_system_decide(certification)
    elif not certification.version.may_validate(*(role for role in STAFF if by.holds(certification.program_id, role))):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de décider."))
    if is_member(by.user_id, certification.employer):
        raise Refusal(_("Vous êtes membre de cette organisation : une autre personne doit décider."))
    if len(certification.decisions) > seen:
        last = certification.decisions[-1]
        raise Refusal(_("%(name)s a déjà décidé de ce dossier, le %(when)s.", name=last.decider, when=format_instant(last.decided_at)))


def _let_system_decide(certification: Certification) -> None:
    """Let the system grant what its checks found fit, and nothing else."""
    review = review_of(certification)
    if review is None or not review.allows:
        raise Refusal(_("Rien ne permet de valider ce dossier sans qu’une personne le regarde."))


def _open(certification: Certification) -> list[Badge]:
    """Give the badges that count, of the places that are not closed."""
    return [badge for badge in certification.current_badges if badge.verification.establishment.closed_at is None]


def _let_follow(certification: Certification) -> None:
    before = granted_before(certification)
    if before is not None and before.stage is Stage.SUSPENDED:
        raise Refusal(_("La certification en cours est suspendue : levez la suspension, ou révoquez-la, avant de valider la suivante."))


def _signed(certification: Certification, by: Actor) -> dict[str, object]:
    return {"number": len(certification.decisions) + 1, "decided_at": clock.now(), "decided_by": by.ref, "decider": by.name}


def _give_badges(certification: Certification, establishments: list[Establishment], level: str | None, by: Actor) -> None:
    start, follows = first_days(certification)
    until = last_day_at(certification, level, start)
    for establishment in establishments:
        verification = give_code(establishment, certification.program, by=by)
        first = follows.get(verification, clock.today())
        _give_badge(certification, verification, level, (first, until), by)


def _give_badge(
    certification: Certification, verification: Verification, level: str | None, days: tuple[dt.date, dt.date], by: Actor
) -> Badge:
    badge = Badge(
        verification=verification,
        number=_next_number(certification.program),
        issue=1 + sum(badge.verification is verification for badge in certification.badges),
        level=level,
        valid_from=days[0],
        valid_until=days[1],
        expires_on=certification.version.grace_until(days[1]),
    )
    badge.certificate_digest = papers.certificate(certification, badge)
    certification.badges.append(badge)
    db.session.flush()
    issue_badge_credential(certification, badge, by=by)
    return badge


def _next_number(program: Program) -> str:
    """Give the next badge number of a region and year, like `14-2026-000042`. The region is held, so that two validations take different
    ones."""
    lock(program.region)
    start = f"{program.region.code}-{clock.today().year}-"
    last = db.session.scalar(select(func.max(Badge.number)).where(Badge.number.startswith(start)))
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:06d}"


def _send_certificates(certification: Certification) -> None:
    """Write to the contact; where a machine alone decided, it is told on which checks."""
    employer, is_automatic = certification.employer, certification.decisions[-1].decided_by == SYSTEM.ref
    outbox.queue(
        "certification/file_validated", employer.contact_email, language=employer.language, scope=certification.scope,
        attachments=[(papers.certificate_file_name(badge), badge.certificate_digest) for badge in certification.badges[:10]],
        review=review_of(certification) if is_automatic else None, reviewer=settings().privacy_email,
        certification=certification, url=absolute_url("certification.show", language=employer.language),
    )  # fmt: skip

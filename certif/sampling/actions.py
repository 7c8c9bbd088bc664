"""The draw of the year, in story order: announced, drawn; then each examination: answered, a finding noted, replied to, concluded."""

from __future__ import annotations

import datetime as dt

from certif.accounts import staff_of
from certif.employers import is_member
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, format_day
from certif.kit.web import absolute_url
from certif.programs import Program, is_paused, version_in_force
from certif.sampling.model import Conclusion, EvidenceSent, Examination, Finding, Outcome, Reply, SampleDraw
from certif.sampling.queries import draw_of_year, population_of
from certif.sampling.recipe import picked, seed_digest, ticket_of
from certif.standing import Upload, keep_piece

DRAWERS = (Role.ADMIN, Role.MANAGER)
EXAMINERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
ANSWER_DAYS, REPLY_DAYS = 30, 15

audit.declare(
    "draw_announced", _l("%(by)s a annoncé le tirage de %(year)s et publié l’empreinte de sa graine."), "year", "percent", "digest"
)
audit.declare("sample_drawn", _l("%(by)s a tiré %(count)s employeurs sur %(among)s, et publié la graine."), "count", "among", "seed")
audit.declare(
    "examination_asked", _l("Le tirage de %(year)s est tombé sur cet employeur : il répond d’ici le %(answer_by)s."), "year", "answer_by"
)
audit.declare("evidence_sent", _l("%(by)s a montré ce que fait l’employeur, en réponse à l’examen."), "number", "piece")
audit.declare("finding_noted", _l("%(by)s a noté une constatation : « %(reason)s »"), "outcome", "reason", "reply_by")
audit.declare("finding_replied", _l("%(by)s a répondu à la constatation."))
audit.declare("examination_concluded", _l("%(by)s a conclu l’examen : « %(reason)s »"), "outcome", "reason")


def announce_draw(program: Program, *, by: Actor) -> SampleDraw:
    """Announce the draw of this year: its seed is chosen, and the digest of the seed is public from now on.

    Refuses: someone who does not answer for the program; a program that examines nobody, or is paused; a second draw in a year.
    """
    version, year = version_in_force(program), clock.today().year
    if not by.holds(program.id, *DRAWERS):
        raise Refusal(_("Seule la gestion du programme annonce et fait le tirage."))
    if version is None or version.rules.sample_percent is None or is_paused(program):
        raise Refusal(_("Ce programme n’examine personne : dites d’abord quelle part, dans ses modalités, ou rouvrez-le."))
    lock(program)
    if draw_of_year(program, year) is not None:
        raise Refusal(_("Le tirage de cette année est déjà annoncé."))
    seed = tokens.ref()
    draw = SampleDraw(
        program=program, year=year, percent=version.rules.sample_percent, seed=seed, seed_digest=seed_digest(seed),
        announced_at=clock.now(), announced_by=by.ref,
    )  # fmt: skip
    db.session.add(draw)
    db.session.flush()
    audit.record("draw_announced", draw, by=by, year=year, percent=draw.percent, digest=draw.seed_digest)
    return draw


def draw_sample(draw: SampleDraw, *, by: Actor) -> list[Examination]:
    """Draw: the seed and the tickets become public, and each employer drawn is asked to show what it does.

    Refuses: someone who does not answer for the program; a draw already made; the very day of the announcement, for the digest must be
    seen before; a program that is paused, or has certified nobody.
    """
    lock(draw)
    if not by.holds(draw.program_id, *DRAWERS):
        raise Refusal(_("Seule la gestion du programme annonce et fait le tirage."))
    if draw.is_drawn:
        raise Refusal(_("Ce tirage est déjà fait."))
    if clock.today() <= draw.announced_at.astimezone(clock.TORONTO).date():
        raise Refusal(_("L’empreinte vient d’être publiée : tirez demain, pour que chacun ait pu la voir."))
    among = {ticket_of(code): certification for certification, code in population_of(draw.program)}
    if is_paused(draw.program) or not among:
        raise Refusal(_("Il n’y a personne à examiner : le programme est en pause, ou n’a certifié personne."))
    draw.tickets, draw.drawn_at, draw.drawn_by = sorted(among), clock.now(), by.ref
    answer_by = clock.today() + dt.timedelta(days=ANSWER_DAYS)
    chosen = picked(draw.seed, among, draw.percent)
    found = [
        Examination(draw=draw, certification=among[ticket], ticket=ticket, answer_by=answer_by, asked_at=clock.now()) for ticket in chosen
    ]
    db.session.add_all(found)
    db.session.flush()
    audit.record("sample_drawn", draw, by=by, count=len(found), among=len(among), seed=draw.seed)
    for examination in found:
        audit.record("examination_asked", examination.certification, by=by, year=draw.year, answer_by=answer_by.isoformat())
        _write("sampling/examination_asked", examination)
    return found


def answer(examination: Examination, words: str, file: Upload | None, *, by: Actor) -> EvidenceSent:
    """Show what the employer does. It may be done several times, until a finding is noted.

    Refuses: an examination already judged; a file that `keep_piece` refuses.
    """
    lock(examination)
    if examination.finding or examination.conclusion:
        raise Refusal(_("L’examen est déjà fait : vous ne pouvez plus rien y ajouter."))
    piece = keep_piece(file) if file else None
    number = len(examination.evidence) + 1
    sent = EvidenceSent(
        number=number, words=words, piece_digest=piece.digest if piece else None, piece_name=piece.name if piece else None,
        sent_at=clock.now(), sent_by=by.ref,
    )  # fmt: skip
    examination.evidence.append(sent)
    db.session.flush()
    audit.record("evidence_sent", examination.certification, by=by, number=number, piece=sent.piece_digest)
    return sent


def note_finding(examination: Examination, outcome: Outcome, reason: str, *, by: Actor) -> None:
    """Say what is found. Commitments that are kept end the examination at once; anything else lets the employer reply first.

    Refuses: someone who may not examine; an examination already judged; one that the employer still has time to answer.
    """
    _let_examine(examination, by)
    if examination.finding or examination.conclusion:
        raise Refusal(_("Une constatation est déjà notée."))
    if not examination.evidence and clock.today() <= examination.answer_by:
        raise Refusal(_("L’employeur a jusqu’au %(day)s pour répondre.", day=format_day(examination.answer_by)))
    if outcome is Outcome.UPHELD:
        _end(examination, outcome, reason, by)
        return
    reply_by = clock.today() + dt.timedelta(days=REPLY_DAYS)
    examination.finding = Finding(
        outcome=outcome.value, reason=reason, reply_by=reply_by, found_at=clock.now(), found_by=by.ref, finder=by.name
    )
    db.session.flush()
    audit.record(
        "finding_noted", examination.certification, by=by, outcome=outcome.value, reason=reason, reply_by=reply_by.isoformat()
    )  # fmt: skip
    _write("sampling/finding_noted", examination)


def reply(examination: Examination, words: str, *, by: Actor) -> Reply:
    """Reply to a finding, before anything is concluded.

    Refuses: no finding to reply to; one already replied to; an examination already concluded.
    """
    lock(examination)
    if examination.finding is None or examination.conclusion:
        raise Refusal(_("Il n’y a rien à quoi répondre."))
    if examination.finding.reply is not None:
        raise Refusal(_("Vous avez déjà répondu."))
    examination.finding.reply = Reply(words=words, replied_at=clock.now(), replied_by=by.ref)
    db.session.flush()
    audit.record("finding_replied", examination.certification, by=by)
    return examination.finding.reply


def conclude(examination: Examination, outcome: Outcome, reason: str, *, by: Actor) -> Conclusion:
    """Conclude, once the employer has replied or has let the time pass. A suspension is only proposed, to those who decide of it.

    Refuses: someone who may not examine; no finding; a reply that may still come; an examination already concluded.
    """
    _let_examine(examination, by)
    if examination.conclusion is not None:
        raise Refusal(_("Cet examen est déjà conclu."))
    finding = examination.finding
    if finding is None:
        raise Refusal(_("Notez d’abord ce que vous constatez."))
    if finding.reply is None and clock.today() <= finding.reply_by:
        raise Refusal(_("L’employeur a jusqu’au %(day)s pour répondre.", day=format_day(finding.reply_by)))
    return _end(examination, outcome, reason, by)


def _end(examination: Examination, outcome: Outcome, reason: str, by: Actor) -> Conclusion:
    conclusion = Conclusion(outcome=outcome.value, reason=reason, concluded_at=clock.now(), concluded_by=by.ref, concluder=by.name)
    examination.conclusion = conclusion
    db.session.flush()
    audit.record("examination_concluded", examination.certification, by=by, outcome=outcome.value, reason=reason)
    _write("sampling/examination_concluded", examination)
    if outcome is Outcome.SUSPENSION_PROPOSED:
        _propose_suspension(examination)
    return conclusion


def _let_examine(examination: Examination, by: Actor) -> None:
    certification = lock(examination).certification
    if not by.holds(certification.program_id, *EXAMINERS) or is_member(by.user_id, certification.employer):
        raise Refusal(_("Votre rôle ne permet pas cet examen, ou vous êtes membre de cette organisation."))


def _propose_suspension(examination: Examination) -> None:
    certification = examination.certification
    for person in staff_of(certification.program, (Role.MANAGER,)):
        outbox.queue(
            "sampling/suspension_proposed", person.email, language=person.language, scope=certification.scope, examination=examination,
            certification=certification, url=absolute_url("standing.suspend", ref=certification.ref, language=person.language),
        )  # fmt: skip


def _write(letter: str, examination: Examination) -> None:
    employer = examination.certification.employer
    outbox.queue(
        letter, employer.contact_email, language=employer.language, scope=examination.certification.scope, examination=examination,
        certification=examination.certification, url=absolute_url("sampling.answer", ref=examination.ref, language=employer.language),
        draw_url=absolute_url("sampling.show_draw", ref=examination.draw.ref, language=employer.language),
    )  # fmt: skip

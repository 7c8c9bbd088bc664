"""What can happen to a consultation on a draft, in story order: opened, invited to, commented, closed with a summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete

from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, speaking
from certif.kit.web import absolute_url
from certif.network.queries import DECIDERS
from certif.network.request_model import Consultation, ConsultationComment, ConsultationInvitation, digest_of
from certif.network.request_queries import open_consultation_in, to_invite
from certif.programs import Program, ProgramVersion, criteria_lines, draft_of, parts_of

GENERAL = "general"
"""The key under which an employer says what it thinks of the whole."""

audit.declare(
    "consultation_opened",
    _l("%(by)s a ouvert une consultation sur le brouillon de la version %(number)s."),
    "number",
    "digest",
    "closes_on",
)
audit.declare("consultation_invited", _l("%(by)s a invité %(count)s employeurs à commenter le brouillon."), "count")
audit.declare("draft_commented", _l("Un employeur invité a commenté le brouillon : %(count)s passages."), "count")
audit.declare("consultation_closed", _l("%(by)s a clos la consultation sur le brouillon."))

outbox.hide_once_sent("network/consultation_invited")


def open_consultation(program: Program, title: str, *, opens_on: dt.date, closes_on: dt.date, by: Actor) -> Consultation:
    """Open a round of comments on the draft of a program, frozen as it is today.

    Refuses: someone who does not decide in the program; a program without a draft; days out of order or past; a round that is open.
    """
    _let_decide(by, program)
    lock(program)
    draft = draft_of(program)
    if draft is None:
        raise Refusal(_("Préparez d’abord un brouillon : c’est lui que l’on commente."))
    if not clock.today() <= opens_on <= closes_on:
        raise Refusal(_("Choisissez des jours à venir, dans l’ordre."))
    if open_consultation_in(program) is not None:
        raise Refusal(_("Une consultation est déjà en cours. Fermez-la avant d’en ouvrir une autre."))
    clauses = clauses_of(draft)
    consultation = Consultation(
        program=program, number=draft.number, title=title, clauses=clauses, digest=digest_of(clauses), opens_on=opens_on,
        closes_on=closes_on, opened_at=clock.now(), opened_by=by.ref, summary="",
    )  # fmt: skip
    db.session.add(consultation)
    db.session.flush()
    said = {"number": draft.number, "digest": consultation.digest, "closes_on": closes_on.isoformat()}
    audit.record("consultation_opened", consultation, by=by, **said)
    return consultation


def invite_to_consultation(consultation: Consultation, group: str, *, by: Actor) -> int:
    """Invite the certified employers of a group who were not invited yet, each by a secret link of its own.

    Takes: `group`, as `to_invite` takes it. Gives: how many were invited.
    Refuses: someone who does not decide in the program; a consultation that is over; a group of which nobody is left to invite.
    """
    _let_decide(by, consultation.program)
    _lock_running(consultation)
    employers = to_invite(consultation, group)
    if not employers:
        raise Refusal(_("Personne à inviter dans ce groupe, ou tout le monde l’est déjà."))
    for employer in employers:
        token = tokens.secret()
        row = {
            "consultation_id": consultation.id, "employer_id": employer.id, "link_digest": tokens.digest(token),
            "invited_at": clock.now(), "invited_by": by.ref,
        }  # fmt: skip
        if insert_new(ConsultationInvitation, [row], ConsultationInvitation.id):
            outbox.queue(
                "network/consultation_invited", employer.contact_email, language=employer.language, scope=consultation.scope,
                consultation=consultation, employer=employer, program=consultation.program,
                url=absolute_url("network.comment_on_draft", token=token, language=employer.language),
            )  # fmt: skip
    audit.record("consultation_invited", consultation, by=by, count=len(employers))
    return len(employers)


def comment_on_draft(invitation: ConsultationInvitation, said: Mapping[str, str], *, by: Actor) -> None:
    """Say what an invited employer thinks, clause by clause; said again, it replaces what was said.

    Takes: `said`, words by clause; what is empty is left out.
    Refuses: a consultation that has not begun, or is over.
    """
    lock(invitation)
    consultation = invitation.consultation
    if not consultation.is_open:
        raise Refusal(_("La consultation n’est pas ouverte aujourd’hui."))
    keys = {clause["key"] for clause in consultation.clauses}
    db.session.execute(delete(ConsultationComment).where(ConsultationComment.invitation_id == invitation.id))
    kept = {key: words for key, words in said.items() if words and key in keys}
    db.session.add_all(
        ConsultationComment(invitation_id=invitation.id, clause=key, words=words, said_at=clock.now()) for key, words in kept.items()
    )
    invitation.answered_at = clock.now()
    db.session.flush()
    audit.record("draft_commented", consultation, by=by, count=len(kept))


def close_consultation(consultation: Consultation, summary: str, *, by: Actor) -> None:
    """Close a round of comments, and say what was heard: those invited read it by their link.

    Refuses: someone who does not decide in the program; a consultation closed already.
    """
    _let_decide(by, consultation.program)
    _lock_running(consultation)
    consultation.summary, consultation.closed_at, consultation.closed_by = summary, clock.now(), by.ref
    audit.record("consultation_closed", consultation, by=by)


def clauses_of(draft: ProgramVersion) -> list[dict[str, Any]]:
    """Give a draft clause by clause, in both languages: contract, commitments, criteria of each level, and the whole."""
    parts = {name: parts_of(draft.rules, name) for name in ("fr", "en")}
    found = [_clause("preamble", {name: "\n\n".join(one.preamble) for name, one in parts.items()})]
    found += [_clause(f"commitment-{one.id}", {"fr": one.text.fr, "en": one.text.en}) for one in draft.commitments]
    for level in draft.levels:
        said = {}
        for name in ("fr", "en"):
            with speaking(name):
                said[name] = "\n".join([str(level.name), *criteria_lines(level, draft.rules)])
        found.append(_clause(f"level-{level.code}", said))
    found.append(_clause("closing", {name: "\n\n".join(one.closing) for name, one in parts.items()}))
    return [*(clause for clause in found if clause["fr"]), _clause(GENERAL, {"fr": "", "en": ""})]


def _clause(key: str, said: Mapping[str, str]) -> dict[str, Any]:
    return {"key": key, "fr": said["fr"], "en": said["en"] or said["fr"]}


def _let_decide(by: Actor, program: Program) -> None:
    if not by.holds(program.id, *DECIDERS):
        raise Refusal(_("La direction du programme consulte sur un brouillon."))


def _lock_running(consultation: Consultation) -> None:
    if lock(consultation).closed_at is not None:
        raise Refusal(_("Cette consultation est close."))

"""Registrations on their way: each page is kept as soon as it is answered.

A draft is found again by the browser's cookie or by a link, and forgotten after thirty days. Nothing is journalled here: a draft binds
nobody until `register_employer`.
"""

from __future__ import annotations

import datetime as dt
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from sqlalchemy import and_, delete, or_, select
from werkzeug.exceptions import NotFound

from certif.employers.arrivals import DraftReminder, JoinRequest, MemberInvitation, RegistrationDraft
from certif.employers.model import Employer, find_similar
from certif.kit import clock, outbox, tokens
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_into
from certif.kit.jobs import recurring
from certif.kit.languages import _, language
from certif.kit.settings import settings
from certif.kit.web import absolute_url

outbox.hide_once_sent("employers/resume_link_sent")

DRAFT_COOKIE = "inscription"
"""The browser's cookie: the token of its draft, and nothing else."""

KEPT = dt.timedelta(days=30)
KEPT_UNDECIDED = dt.timedelta(days=365)
MOST_ESTABLISHMENTS = 50
MOST_RESUME_LINKS = 5
PAUSE = dt.timedelta(minutes=2)

Answers = Mapping[str, Any]


def draft_of(token: str | None) -> RegistrationDraft:
    """Give the draft of this cookie or of this link, finished ones included. Refuses (404) where there is none, or where it is too old."""
    found = find_draft(token)
    if found is None:
        raise NotFound
    return found


def find_draft(token: str | None) -> RegistrationDraft | None:
    """Find the draft of this cookie or of this link, or None."""
    if not token:
        return None
    digest = tokens.digest(token)
    named = or_(RegistrationDraft.token_digest == digest, RegistrationDraft.resume_digest == digest)
    return db.session.scalar(select(RegistrationDraft).where(named, RegistrationDraft.saved_at > clock.now() - KEPT))


def keep_first_answers(token: str, answers: Answers) -> RegistrationDraft:
    """Keep the first page: opens the draft of this token, or changes it. Posted many times at once, it stays one draft."""
    insert = insert_into(RegistrationDraft)
    now = clock.now()
    blank = {"token_digest": tokens.digest(token), "data": {}, "started_at": now, "saved_at": now}
    if find_draft(token) is None:
        db.session.execute(insert.values(**blank).on_conflict_do_nothing(index_elements=[RegistrationDraft.token_digest]))
    return keep_answers(draft_of(token), answers)


def keep_answers(draft: RegistrationDraft, answers: Answers) -> RegistrationDraft:
    """Keep the answers of one page, in place of those given before.

    Refuses: a registration already finished.
    """
    lock(draft)
    if draft.employer_id is not None:
        raise Refusal(_("Cette inscription est déjà terminée."))
    draft.data = {**draft.data, **answers}
    draft.saved_at = clock.now()
    return draft


def keep_establishment(draft: RegistrationDraft, answers: Answers, key: str | None = None) -> RegistrationDraft:
    """Keep one place of work: a new one at the end, or in place of the one named `key`. The same one given twice stays once.

    Refuses: more than fifty; a key that is not there (404).
    """
    places = lock(draft).establishments
    if key is not None:
        place_of(draft, key)
        places = [{**answers, "key": key} if place["key"] == key else place for place in places]
    elif not any({**answers, "key": place["key"]} == place for place in places):
        if len(places) >= MOST_ESTABLISHMENTS:
            raise Refusal(
                _(
                    "Inscrivez au plus %(most)s établissements ici ; vous pourrez ajouter les autres dans votre espace.",
                    most=MOST_ESTABLISHMENTS,
                )
            )
        places.append({**answers, "key": tokens.ref()})
    return keep_answers(draft, {"establishments": places})


def remove_establishment(draft: RegistrationDraft, key: str) -> RegistrationDraft:
    """Take one place of work out of the draft; once it is out, asking again changes nothing."""
    places = [place for place in lock(draft).establishments if place["key"] != key]
    return keep_answers(draft, {"establishments": places})


def place_of(draft: RegistrationDraft, key: str) -> dict[str, str]:
    """Give the place of work named `key`. Refuses (404) one that is not there."""
    for place in draft.establishments:
        if place["key"] == key:
            return place
    raise NotFound


def similar_to(draft: RegistrationDraft) -> Employer | None:
    """Find who may be the same organisation as this draft, those already said to be others aside (the same NEQ is never another)."""
    codes = {draft.data.get("postal_code", ""), *(place["postal_code"] for place in draft.establishments)}
    others = draft.data.get("different_from", [])
    return find_similar(draft.data.get("neq"), draft.data.get("legal_name", ""), *codes, other_than=others)


def has_same_neq(employer: Employer, draft: RegistrationDraft) -> bool:
    """Whether this employer has the very NEQ of the draft: then it cannot be another organisation."""
    return employer.neq is not None and employer.neq == draft.data.get("neq")


def say_different(draft: RegistrationDraft) -> RegistrationDraft:
    """Keep that the organisation is not the one it looks like.

    Refuses: the same NEQ, which only one organisation can have.
    """
    lock(draft)
    found = similar_to(draft)
    if found is None:
        return draft
    if has_same_neq(found, draft):
        raise Refusal(_("Ce NEQ est déjà celui d’une organisation inscrite. Corrigez-le, ou demandez à vous joindre à elle."))
    return keep_answers(draft, {"different_from": [*draft.data.get("different_from", []), found.ref]})


def send_resume_link(draft: RegistrationDraft, email: str) -> None:
    """Send the link that finds the draft again, from any device, for thirty days. Asked again at once, nothing more is sent.

    Takes: `email`, an address nobody has proven: the letter says nothing that was typed.
    Refuses: more than five letters for one draft; a registration already finished.
    """
    lock(draft)
    sent = list(draft.data.get("links", []))
    receiver, now = tokens.digest(email), clock.now()
    if sent and sent[-1][0] == receiver and dt.datetime.fromisoformat(sent[-1][1]) > now - PAUSE:
        return
    if len(sent) >= MOST_RESUME_LINKS:
        raise Refusal(_("Plusieurs liens ont déjà été envoyés. Utilisez celui que vous avez reçu."))
    token = _resume_token(draft)
    keep_answers(draft, {"links": [*sent, [receiver, now.isoformat()]]})
    draft.resume_digest = tokens.digest(token)
    url = absolute_url("employers.resume", token=token, language=language())
    outbox.queue("employers/resume_link_sent", email, language=language(), url=url)


def prove_link(draft: RegistrationDraft) -> None:
    """Keep that the link sent by letter was used: where all of them went to one address, it is read by whoever answers here."""
    receivers = {receiver for receiver, _sent_at in draft.data.get("links", [])}
    if draft.employer_id is None and len(receivers) == 1:
        keep_answers(draft, {"proven": receivers.pop()})


def resume_url(draft: RegistrationDraft, endpoint: str = "employers.resume") -> Markup:
    """Give the link that finds the draft again, or another page about it, in the language of its letters."""
    token = _resume_token(draft)
    if draft.resume_digest is None:
        draft.resume_digest = tokens.digest(token)
    return absolute_url(endpoint, token=token, language=draft.language)


@recurring("forget_old_arrivals", every=dt.timedelta(days=1), retention=True)
def forget_old_arrivals() -> None:
    """Apply the retention of drafts, requests and invitations, as their models say."""
    now = clock.now()
    with transaction():
        too_old = select(RegistrationDraft.id).where(RegistrationDraft.saved_at <= now - KEPT)
        db.session.execute(delete(DraftReminder).where(DraftReminder.draft_id.in_(too_old)))
        db.session.execute(delete(RegistrationDraft).where(RegistrationDraft.saved_at <= now - KEPT))
        decided = and_(JoinRequest.decided_at.is_not(None), JoinRequest.decided_at <= now - KEPT)
        db.session.execute(delete(JoinRequest).where(or_(decided, JoinRequest.asked_at <= now - KEPT_UNDECIDED)))
        over = or_(MemberInvitation.valid_until <= now - KEPT, MemberInvitation.accepted_at <= now - KEPT)
        db.session.execute(delete(MemberInvitation).where(over))


def _resume_token(draft: RegistrationDraft) -> str:
    """Give the token of the draft's link: always the same, so that a second letter does not break the first; only its digest is kept."""
    key, said = settings().secret_key.encode(), f"resume {draft.token_digest}".encode()
    return urlsafe_b64encode(hmac.digest(key, said, "sha256")).decode().rstrip("=")

"""What a student does to nominate, in story order: typed, shown to be theirs by a code, a link of their parent, or a pass of their school.

Nothing a student types is in a letter to an address that nobody has shown to be theirs.
"""

from __future__ import annotations

import datetime as dt
import hmac
import json
from typing import Any

from sqlalchemy import select, update

from certif.accounts import mark
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.nominations.model import WAY_LABELS, Nomination, Way
from certif.nominations.nominate_counting import Nominator, count_nomination
from certif.nominations.nominate_keys import in_groups, mailbox, network_digest, nominator_key, typed_code
from certif.nominations.nominate_model import NominationDraft
from certif.nominations.nominate_queries import Door, Spot, Waiting
from certif.nominations.nominate_said import Said, is_child
from certif.nominations.pass_model import NominationPass, PassLot

audit.declare("nomination_made", _l("Un boss a été nommé (%(way)s)."), "way", words={"way": WAY_LABELS})

CODE_LIFE = dt.timedelta(hours=1)
MOST_GUESSES = 5
LETTERS = ((5, dt.timedelta(minutes=10)), (20, dt.timedelta(days=1)))
"""How many letters one mailbox may be sent in a while, whoever asks and under however many spellings."""

_FRESH: dict[str, Any] = {"populate_existing": True}

for _name in ("nominations/nomination_code_sent", "nominations/parent_asked", "nominations/nomination_counted"):
    outbox.hide_once_sent(_name)
    outbox.forget_once_sent(_name)


def keep_draft(door: Door, said: Said, email: str, *, network: str, by: Actor) -> str:
    """Keep what was typed for a day, and write to the address: a code to a student, a link to the parent of a child.

    Must be called before anything is written in the unit of work, with what `find_spot` does not refuse. The same page sent again is the
    same draft, and one letter.
    Takes: `network`, the address that the request came from, of which only a digest is kept.
    Gives: the public name of the draft.
    Refuses: a mailbox that was written to too often.
    """
    content = tokens.digest(json.dumps([door.ref, email, said.written()], sort_keys=True))
    known = db.session.scalar(select(NominationDraft.ref).where(NominationDraft.content_digest == content))
    if known is not None:
        return known
    _bound_letters(email)
    is_for_parent, ref = is_child(said.age), tokens.ref()
    secret = tokens.secret() if is_for_parent else tokens.six_digits()
    new = {
        "ref": ref, "campaign_id": door.campaign_id, "content_digest": content, "email": email, "is_for_parent": is_for_parent,
        "code_digest": tokens.digest(secret) if is_for_parent else _code_digest(ref, secret), "said": said.written(),
        "network_digest": network_digest(door.ref, network), "language": said.language, "kept_at": clock.now(), "sent_at": clock.now(),
    }  # fmt: skip
    for draft_id in insert_new(NominationDraft, [new], NominationDraft.id):
        _write(db.session.get_one(NominationDraft, draft_id), door, secret)
    first = db.session.scalar(select(NominationDraft.ref).where(NominationDraft.content_digest == content))
    if first is None:
        raise Refusal(_served())
    return first


def send_another_code(ref: str, door: Door, email: str, *, by: Actor) -> None:
    """Write again, with another code; the one before no longer serves. Must be called before anything is written in the unit of work.

    Refuses: a mailbox that was written to too often.
    """
    _bound_letters(email)
    draft, code = _held(ref), tokens.six_digits()
    draft.code_digest, draft.sent_at = _code_digest(ref, code), clock.now()
    _write(draft, door, code)


def confirm_nomination(waiting: Waiting, door: Door, spot: Spot, code: str, *, receipt: str, by: Actor) -> Nomination:
    """Let a nomination count, once its address is shown to be the student's. Must be called before anything is written.

    Refuses: a wrong or old code; the sixth guess at one code; what `count_nomination` refuses.
    """
    tokens.count_attempt(f"nomination code {waiting.ref} {waiting.sent_at}", limit=MOST_GUESSES, within=CODE_LIFE)
    draft = _held(waiting.ref)
    is_right = hmac.compare_digest(_code_digest(draft.ref, code), draft.code_digest)
    if not is_right or clock.now() >= draft.sent_at + CODE_LIFE:
        raise Refusal(_("Ce code n’est pas le bon, ou il n’est plus valide. Vérifiez-le, ou demandez un nouveau courriel."))
    return _count_draft(draft, door, spot, receipt, by)


def confirm_as_parent(waiting: Waiting, door: Door, spot: Spot, *, receipt: str, by: Actor) -> Nomination:
    """Let the nomination of a child count: a parent has read it, and agreed. Refuses: what `count_nomination` refuses."""
    return _count_draft(_held(waiting.ref), door, spot, receipt, by)


def nominate_by_pass(door: Door, said: Said, spot: Spot, code: str, *, network: str, receipt: str, by: Actor) -> Nomination:
    """Let a nomination count by a pass of a school, which serves once; a refusal leaves the pass as it was.

    Refuses: a child, whose parent has no pass; a pass that has served, or that is none of this contest; what `count_nomination` refuses.
    """
    if is_child(said.age):
        raise Refusal(_("Avant 14 ans, c’est un parent qui accepte : écrivez son adresse courriel."))
    digest = tokens.digest(typed_code(code))
    lots = select(PassLot.id).where(PassLot.campaign_id == door.campaign_id)
    unused = NominationPass.token_digest == digest, NominationPass.used_at.is_(None), NominationPass.lot_id.in_(lots)
    used = update(NominationPass).where(*unused).values(used_at=clock.now())
    if not db.session.execute(used, execution_options={"synchronize_session": False}).rowcount:  # type: ignore[attr-defined]
        raise Refusal(_("Ce coupon n’est pas le bon, ou il a déjà servi. Vérifiez-le signe par signe, ou donnez une adresse courriel."))
    who = Nominator(nominator_key(door.ref, f"pass {digest}"), Way.PASS, None, network_digest(door.ref, network))
    return count_nomination(door, said, spot, who, receipt=receipt, by=by)


def _held(ref: str) -> NominationDraft:
    """Hold what waits, so that it serves once."""
    found = db.session.scalar(select(NominationDraft).where(NominationDraft.ref == ref).with_for_update().execution_options(**_FRESH))
    if found is None:
        raise Refusal(_served())
    return found


def _served() -> str:
    return str(_("Cette page vient de servir : votre nomination est arrivée. Le code de suivi est dans votre courriel."))


def _count_draft(draft: NominationDraft, door: Door, spot: Spot, receipt: str, by: Actor) -> Nomination:
    who = Nominator(nominator_key(door.ref, mailbox(draft.email)), Way.EMAIL, draft.email, draft.network_digest)
    nomination = count_nomination(door, Said(**draft.said), spot, who, receipt=receipt, by=by)
    db.session.delete(draft)
    outbox.queue(
        "nominations/nomination_counted", draft.email, language=draft.language, title=door.titles.said_in(draft.language),
        code=in_groups(receipt), link=absolute_url("nominations.use_receipt", language=draft.language),
    )  # fmt: skip
    return nomination


def _write(draft: NominationDraft, door: Door, secret: str) -> None:
    name = "nominations/parent_asked" if draft.is_for_parent else "nominations/nomination_code_sent"
    link = (
        absolute_url("nominations.confirm_as_parent", ref=door.ref, token=secret, language=draft.language)
        if draft.is_for_parent
        else absolute_url("nominations.confirm_nomination", ref=door.ref, draft=draft.ref, language=draft.language)
    )
    said: dict[str, Any] = {"title": door.titles.said_in(draft.language), "body_name": door.body, "code": secret, "link": link}
    outbox.queue(name, draft.email, language=draft.language, **said)


def _bound_letters(email: str) -> None:
    try:
        for limit, within in LETTERS:
            tokens.count_attempt(f"nomination letters in {within} to {mailbox(email)}", limit=limit, within=within)
    except Refusal:
        raise Refusal(
            _("Plusieurs courriels viennent d’être envoyés à cette adresse. Ouvrez le plus récent, ou attendez dix minutes.")
        ) from None


def _code_digest(ref: str, code: str) -> str:
    return mark(f"{ref} {code}", for_="codes of nominators").hex()

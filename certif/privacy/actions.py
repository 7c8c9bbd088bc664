"""What happens with what is known of a person, in story order: they ask, it is erased, they are answered."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

from certif.accounts import User, actor_of, erase_account, folded_email
from certif.employers import employers_of
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.kit.settings import settings
from certif.kit.web import absolute_url
from certif.privacy.holdings import HOLDINGS, End, Holding
from certif.privacy.model import Erasure, PrivacyRequest
from certif.privacy.queries import copy_of, table_of

audit.declare("privacy_asked", _l("%(by)s a fait une demande sur ses renseignements personnels."))
audit.declare("privacy_answered", _l("%(by)s a répondu à une demande sur des renseignements personnels."))
audit.declare(
    "personal_data_erased",
    _l("%(by)s a effacé ce qui était su d’une personne (%(where)s, %(count)s)."),
    "where",
    "count",
    words={"where": {one.table: one.label for one in HOLDINGS}},
)
audit.declare("personal_data_copied", _l("%(by)s a pris une copie de ce qui est su d’une personne."))


def ask_about_me(words: str, *, by: Actor) -> PrivacyRequest:
    """Ask to erase or to put right what is known of oneself. The answer comes within thirty days.

    Refuses: somebody whose earlier request waits.
    """
    before = db.session.scalars(select(PrivacyRequest).where(PrivacyRequest.user_id == by.user_id)).all()
    row = {"ref": tokens.ref(), "user_id": by.user_id, "time": len(before) + 1, "words": words, "asked_at": clock.now()}
    made = None if any(one.answered_at is None for one in before) else insert_new(PrivacyRequest, [row], PrivacyRequest.id)
    if not made:
        raise Refusal(_("Votre demande précédente attend sa réponse : elle viendra par courriel."))
    asked = db.session.get_one(PrivacyRequest, made[0])
    audit.record("privacy_asked", asked, by=by)
    outbox.queue(
        "privacy/asked", settings().privacy_email, language="fr", request=asked, url=absolute_url("privacy.answer", ref=asked.ref)
    )  # fmt: skip
    return asked


def erase_held(holding: Holding, email: str, *, by: Actor) -> int:
    """Erase what one table knows of the person at an address.

    Gives: how many rows.
    Refuses: what is kept, with why; the account of somebody who holds a role or acts for an employer.
    """
    if holding.end is End.KEPT:
        raise Refusal(_("Ce renseignement doit rester : %(why)s", why=holding.why))
    count = _empty_account(email, by) if holding.end is End.ACCOUNT else _erase_rows(holding, email)
    if count:
        erasure = Erasure(holding=holding.table, count=count, erased_at=clock.now(), erased_by=by.ref)
        db.session.add(erasure)
        audit.record("personal_data_erased", erasure, by=by, where=holding.table, count=count)
    return count


def take_copy(email: str, *, by: Actor) -> str:
    """Take everything that is known of the person at an address, to give it to them; that it was taken is in the journal."""
    user = db.session.get_one(User, by.user_id)
    audit.record("personal_data_copied", user, by=by)
    return copy_of(email)


def answer_request(asked: PrivacyRequest, answer: str, *, by: Actor) -> None:
    """Answer what somebody asked about what is known of them, by letter.

    Refuses: a request that has its answer.
    """
    if lock(asked).answered_at is not None:
        raise Refusal(_("Cette demande a déjà sa réponse."))
    asked.answer, asked.answered_at, asked.answered_by = answer, clock.now(), by.ref
    audit.record("privacy_answered", asked, by=by)
    outbox.queue("privacy/answered", asked.user.email, language=asked.user.language, answer=answer)


def _erase_rows(holding: Holding, email: str) -> int:
    table = table_of(holding)
    here = func.lower(table.c[holding.address]) == folded_email(email)
    if holding.end is End.DELETE:
        return int(db.session.execute(delete(table).where(here)).rowcount)  # type: ignore[attr-defined]
    words = [table.c[name] for name in holding.told if not name.endswith("_at")]
    nothing = {column.name: None if column.nullable else "" for column in words}
    return int(db.session.execute(update(table).where(here).values(**nothing)).rowcount)  # type: ignore[attr-defined]


def _empty_account(email: str, by: Actor) -> int:
    user = db.session.scalar(select(User).where(User.email == folded_email(email)))
    if user is None or lock(user).email != folded_email(email):
        return 0  # nobody, or somebody who was erased in the meantime
    if employers_of(actor_of(user)):
        raise Refusal(_("Cette personne agit pour un employeur : mettez d’abord fin à cet accès."))
    erase_account(user, by=by)
    return 1

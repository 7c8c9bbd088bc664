"""What happens to laureate lists, in story order: a key is issued, used, revoked; another organiser asks, is answered, takes the list."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from sqlalchemy import select, update

from certif.accounts import staff_of
from certif.galas.laureate_lists import ListFilter, Row, laureates_granted, laureates_of
from certif.galas.list_model import ListAnswer, ListRequest, ListToken
from certif.galas.model import Gala
from certif.kit import audit, clock, outbox, tallies, tokens
from certif.kit.access import SYSTEM, Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, format_day
from certif.kit.web import absolute_url
from certif.programs import Program
from certif.territory import Mrc

GIVERS = (Role.ADMIN, Role.MANAGER)
"""Who gives keys and lists."""
PREFIX = "certif_gala_"
"""How every key begins, so that a scanner of leaked secrets knows it."""
LONGEST = dt.timedelta(days=366)
USE = "list_token_used"

audit.declare("list_token_issued", _l("%(by)s a créé la clé « %(label)s », valable jusqu’au %(until)s."), "label", "until")
audit.declare("list_token_revoked", _l("%(by)s a révoqué la clé « %(label)s »."), "label")
audit.declare("list_read", _l("La clé « %(label)s » a lu la liste des lauréats (%(form)s, %(count)s fois)."), "label", "form", "count")
audit.declare("list_taken", _l("%(by)s a téléchargé la liste des lauréats (%(form)s, %(count)s lignes)."), "form", "count")
audit.declare("list_asked", _l("%(by)s a demandé la liste des lauréats de %(year)s."), "year")
audit.declare("list_granted", _l("%(by)s a accordé la liste des lauréats jusqu’au %(until)s."), "until")
audit.declare("list_declined", _l("%(by)s a refusé la liste des lauréats : « %(reason)s »"), "reason")


def issue_token(gala: Gala, *, label: str, expires_on: dt.date, sees_embargoed: bool, by: Actor) -> str:
    """Make a key that reads the laureates of one gala.

    Gives: the key, which is told this once and kept nowhere.
    Refuses: someone who does not answer for the program; a last day that is over, or more than a year away.
    """
    _let_give(gala.program, by)
    if not clock.today() <= expires_on <= clock.today() + LONGEST:
        raise Refusal(_("Choisissez un dernier jour à partir d’aujourd’hui, dans un an au plus."))
    secret = PREFIX + tokens.secret()
    token = ListToken(
        gala=gala, label=label, beginning=secret[: len(PREFIX) + 4], digest=tokens.digest(secret), sees_embargoed=sees_embargoed,
        expires_on=expires_on, issued_at=clock.now(), issued_by=by.ref,
    )  # fmt: skip
    db.session.add(token)
    audit.record("list_token_issued", token, by=by, label=label, until=expires_on.isoformat())
    return secret


def revoke_token(token: ListToken, *, by: Actor) -> None:
    """Let a key open nothing any more, from its next request on.

    Refuses: someone who does not answer for the program; a key already revoked.
    """
    _let_give(token.gala.program, by)
    if lock(token).revoked_at is not None:
        raise Refusal(_("Cette clé est déjà révoquée."))
    token.revoked_at, token.revoked_by = clock.now(), by.ref
    audit.record("list_token_revoked", token, by=by, label=token.label)


def note_use(token: ListToken, form: str) -> None:
    """Note that a key read a list, in memory: a reader waits for nobody's writing. Takes: `form`, `json`, `csv` or `xlsx`."""
    tallies.note(USE, token.id, form)


@tallies.tally(USE)
def note_uses(counts: Counter[tuple[int, str]], *, by: Actor = SYSTEM) -> None:
    """Write when keys served last, and in the journal how often they read what."""
    for (token_id, form), count in sorted(counts.items()):
        token = db.session.get(ListToken, token_id)
        if token is not None:
            audit.record("list_read", token.gala, by=by, label=token.label, form=form, count=count)
    used = {token_id for token_id, _form in counts}
    db.session.execute(update(ListToken).where(ListToken.id.in_(used)).values(last_used_at=clock.now()))


def take_list(gala: Gala, asked: ListFilter, *, form: str, by: Actor) -> list[Row]:
    """Take the whole list of a gala away. Takes: `form`, `csv` or `xlsx`."""
    rows = list(laureates_of(gala, asked).rows)
    audit.record("list_taken", gala, by=by, form=form, count=len(rows))
    return rows


def ask_for_list(
    program: Program, *, year: int, mrc: Mrc | None, organisation: str, purpose: str, held_on: dt.date, by: Actor
) -> ListRequest:
    """Ask a program for its laureates, for a gala that somebody else holds.

    Refuses: the same organisation asking the same program again for the same year, while its request waits.
    """
    mine = ListRequest.user_id == by.user_id, ListRequest.program_id == program.id, ListRequest.year == year
    before = db.session.scalars(select(ListRequest).where(*mine)).all()
    row = {
        "ref": tokens.ref(), "program_id": program.id, "user_id": by.user_id, "mrc_id": mrc and mrc.id, "year": year,
        "time": len(before) + 1, "organisation": organisation, "purpose": purpose, "held_on": held_on, "asked_at": clock.now(),
    }  # fmt: skip
    made = None if any(one.answer is None for one in before) else insert_new(ListRequest, [row], ListRequest.id)
    if not made:
        raise Refusal(_("Vous avez déjà demandé cette liste : l’équipe régionale va vous répondre."))
    request = db.session.get_one(ListRequest, made[0])
    audit.record("list_asked", request, by=by, year=year)
    for person in staff_of(program, (Role.MANAGER,)):
        outbox.queue(
            "galas/list_asked", person.email, language=person.language, scope=request.scope, request=request,
            url=absolute_url("galas.answer_list", ref=request.ref, language=person.language),
        )  # fmt: skip
    return request


def grant_list(request: ListRequest, *, until_on: dt.date, by: Actor) -> None:
    """Grant a list until a day.

    Refuses: someone who does not answer for the program; a request already answered; a day that is over, or more than a year away.
    """
    if not clock.today() <= until_on <= clock.today() + LONGEST:
        raise Refusal(_("Choisissez un dernier jour à partir d’aujourd’hui, dans un an au plus."))
    _answer(request, until_on, "", by)
    audit.record("list_granted", request, by=by, until=until_on.isoformat())


def decline_list(request: ListRequest, *, reason: str, by: Actor) -> None:
    """Decline, and say why.

    Refuses: someone who does not answer for the program; a request already answered.
    """
    _answer(request, None, reason, by)
    audit.record("list_declined", request, by=by, reason=reason)


def take_granted(request: ListRequest, *, form: str, by: Actor) -> list[Row]:
    """Take the list that was granted.

    Refuses: a request that is not granted, or no more.
    """
    if not request.is_granted:
        raise Refusal(_("Cette liste n’est pas accordée, ou ne l’est plus."))
    rows = list(laureates_granted(request, ListFilter()).rows)
    audit.record("list_taken", request, by=by, form=form, count=len(rows))
    return rows


def _answer(request: ListRequest, until_on: dt.date | None, reason: str, by: Actor) -> None:
    _let_give(request.program, by)
    if lock(request).answer is not None:
        raise Refusal(_("Cette demande a déjà sa réponse."))
    request.answer = ListAnswer(until_on=until_on, reason=reason, answered_at=clock.now(), answered_by=by.ref)
    db.session.flush()
    person = request.user
    outbox.queue(
        "galas/list_answered", person.email, language=person.language, scope=request.scope, request=request,
        until=format_day(until_on) if until_on else "", url=absolute_url("galas.show_list", ref=request.ref, language=person.language),
    )  # fmt: skip


def _let_give(program: Program, by: Actor) -> None:
    if not by.holds(program.id, *GIVERS):
        raise Refusal(_("Seule la gestion du programme donne les listes des lauréats."))

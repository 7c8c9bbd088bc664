"""The roll is published, once a day: pages first, each in a unit of work of its own, then the day that lists and signs them."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import func, select

from certif.certification import Verification, issuer_keys
from certif.kit import clock
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _, speaking
from certif.kit.web import absolute_url
from certif.public import Shown, Status, granted_between
from certif.roll.model import START, RollDay, RollPage
from certif.roll.queries import last_day

LISTED = frozenset({Status.CERTIFIED, Status.SUPPORTER, Status.PAUSED, Status.SUSPENDED})
PAGE_OF = 1000
"""How many codes share a page: those whose rows follow each other, so that a page only changes when one of its own does."""


@recurring("publish_roll", every=dt.timedelta(hours=1))
def publish_todays_roll() -> None:
    """Publish the roll of today, as soon as the day has begun, unless it is published already."""
    last, today = last_day(), clock.today()
    if last is not None and last.day >= today:
        return
    pages = list(write_pages(by=SYSTEM))
    with transaction():
        publish_roll(today, pages, by=SYSTEM)


def write_pages(*, by: Actor) -> Iterator[tuple[str, int]]:
    """Write what each code is worth now, a page at a time: neither memory nor any lock grows with the number of employers.

    Gives: the digest and the count of lines of each page, in order. A page that is kept already is not written again.
    """
    first = 0
    while (found := db.session.scalar(select(func.min(Verification.id)).where(Verification.id >= first))) is not None:
        start = found // PAGE_OF * PAGE_OF
        first = start + PAGE_OF
        with speaking("fr"):
            lines = [_line(shown) for shown in granted_between(start, first - 1) if shown.status in LISTED]
        if not lines:
            continue
        text = "".join(lines).encode()
        digest = hashlib.sha256(text).hexdigest()
        if db.session.get(RollPage, digest) is None:
            with transaction():
                db.session.add(RollPage(digest=digest, lines=len(lines), packed=gzip.compress(text, mtime=0)))
        yield digest, len(lines)


def publish_roll(day: dt.date, pages: list[tuple[str, int]], *, by: Actor) -> RollDay:
    """Sign the roll of a day, after the one before it. It is no secret and no decision: the roll itself is its own journal.

    Takes: `pages`, the digest and the count of lines of each.
    Refuses: a day that is not after the last one published.
    """
    last = last_day()
    if last is not None and last.day >= day:
        raise Refusal(_("Le registre de ce jour est déjà publié."))
    key, count = issuer_keys()[-1], sum(lines for _digest, lines in pages)
    number, previous = (last.number + 1, last.digest) if last else (1, START)
    said = {
        "register": str(absolute_url("roll.show_roll", language="fr")),
        "number": number,
        "day": day.isoformat(),
        "published_at": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "previous": previous,
        "key": key.ref,
        "lines": count,
        "pages": [{"digest": digest, "lines": lines} for digest, lines in pages],
    }
    statement = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    signature, digest = key.private.sign(statement.encode()).hex(), hashlib.sha256(statement.encode()).hexdigest()
    published = RollDay(
        number=number, day=day, lines=count, previous=previous, digest=digest, statement=statement, signature=signature,
        published_at=clock.now(),
    )  # fmt: skip
    db.session.add(published)
    db.session.flush()
    return published


def _line(shown: Shown) -> str:
    """Say of a code what the public page says of it, names in French."""
    said = {
        "code": shown.code,
        "status": shown.status.value,
        "employer": shown.employer,
        "establishment": shown.establishment,
        "municipality": shown.municipality,
        "region": shown.region,
        "program": shown.program,
        "level": shown.level.name.fr if shown.level else None,
        "valid_until": shown.valid_until.isoformat() if shown.valid_until else None,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"

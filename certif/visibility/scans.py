"""How often a printed sticker is scanned, by day: not by whom, not from where, not when."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from sqlalchemy import select

from certif.kit import clock, tallies
from certif.kit.db import db
from certif.visibility.serials import Sticker, StickerScan


def note(sticker: Sticker) -> None:
    """Count one scan of a sticker, today."""
    tallies.note("sticker_scan", sticker.id, clock.today())


@tallies.tally("sticker_scan")
def _write(taken: Counter[tuple[int, dt.date]]) -> None:
    known = set(db.session.scalars(select(Sticker.id).where(Sticker.id.in_({sticker for sticker, _day in taken}))))
    tallies.add(StickerScan, {key: count for key, count in taken.items() if key[0] in known})

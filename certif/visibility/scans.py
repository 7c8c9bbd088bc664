"""Scans of printed stickers, counted by day. The page that is scanned only adds a line to a file; a job counts the lines.

A GET writes nothing in the database. A line says which sticker and which day, and nothing else: not who, not where, not when.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections import Counter
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring
from certif.kit.settings import settings
from certif.visibility.serials import ScanBatch, Sticker, StickerScan

MOST_BYTES = 8 * 1024 * 1024
"""How large the file may grow between two counts: some 400 000 scans. What comes above is not counted."""

_WAITING, _TAKEN = "scans.log", ".taken"
_KEPT = dt.timedelta(days=30)


def note(sticker: Sticker) -> None:
    """Note that a sticker was scanned today. A disk that is full or away loses the count, never the page."""
    line = f"{clock.today().isoformat()} {sticker.id}\n".encode()
    try:
        file = os.open(_folder() / _WAITING, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            if os.fstat(file).st_size < MOST_BYTES:
                os.write(file, line)
        finally:
            os.close(file)
    except OSError:
        return


@recurring("count_scans", every=dt.timedelta(minutes=5))
def count_scans() -> None:
    """Count the files taken at the run before, then take the one that waits: whoever was writing in it has long finished."""
    for path in sorted(_folder().glob(f"*{_TAKEN}")):
        _count(path)
        path.unlink(missing_ok=True)
    waiting = _folder() / _WAITING
    if waiting.exists():
        waiting.replace(waiting.with_name(f"{secrets.token_hex(12)}{_TAKEN}"))


@recurring("forget_scan_batches", every=dt.timedelta(days=1), retention=True)
def forget_scan_batches() -> None:
    """Purge the names of files counted more than a month ago: they are long gone."""
    with transaction():
        db.session.execute(delete(ScanBatch).where(ScanBatch.counted_at < clock.now() - _KEPT))


def _count(path: Path) -> None:
    """Add the lines of a file to the days they speak of, once: its name is kept in the same transaction."""
    counts = Counter(read for line in path.read_text(errors="replace").splitlines() if (read := _read(line)) is not None)
    with transaction():
        if db.session.get(ScanBatch, path.name) is not None:
            return
        db.session.add(ScanBatch(name=path.name, counted_at=clock.now()))
        known = set(db.session.scalars(select(Sticker.id).where(Sticker.id.in_({sticker for _day, sticker in counts}))))
        for (day, sticker), count in sorted(counts.items()):
            if sticker in known:
                _add(sticker, day, count)


def _add(sticker: int, day: dt.date, count: int) -> None:
    insert = (postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite).insert(StickerScan)
    statement = insert.values(sticker_id=sticker, scanned_on=day, count=count)
    key = [StickerScan.sticker_id, StickerScan.scanned_on]
    db.session.execute(statement.on_conflict_do_update(index_elements=key, set_={"count": StickerScan.count + count}))


def _read(line: str) -> tuple[dt.date, int] | None:
    day, _space, sticker = line.partition(" ")
    try:
        return dt.date.fromisoformat(day), int(sticker)
    except ValueError:
        return None  # a line that a crash cut short


def _folder() -> Path:
    folder = settings().data_dir / "scans"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder

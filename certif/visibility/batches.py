"""Kits for many employers at once: what is left to typeset, part by part, on two cores, and picked up again wherever it was interrupted.

One job a part, so that letters leave in between. A kit that is done is a row, and a file beside the database (made anew if it is lost).
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from sqlalchemy import delete, select

from certif import documents
from certif.kit import clock, jobs
from certif.kit.db import db, transaction
from certif.kit.settings import settings
from certif.visibility.kits import kit_at
from certif.visibility.model import KitOrder, KitPart, OrderedKit, TypesetKit
from certif.visibility.sheets import KitFile, files_of, folder_name, zipped

PER_PART = 20
"""How many kits go in one file, some 20 MB; and in one job, well within its lease."""

KEPT_DAYS = 30
_JOB = "typeset_kits"


def begin(order: str, part: int, *, again: bool = False) -> None:
    """Ask for a part of the order of this ref, and then for those that follow. `again`: even where they were asked for before."""
    jobs.enqueue(_JOB, once=None if again else f"{_JOB} {order} {part}", order=order, part=part, again=again)


def path_of(order: KitOrder, part: int) -> Path:
    """Give where a part is, once it is whole."""
    return _folder(order) / f"trousses-{part:03d}.zip"


@jobs.job(_JOB)
def typeset_kits(order: str, part: int, again: bool) -> None:
    """Typeset the kits of a part that are not done, close it, and ask for the next. Run again, it does what is left."""
    found = db.session.scalars(select(KitOrder).where(KitOrder.ref == order)).one()
    if not path_of(found, part).exists():
        kits = _kits_in(found, part)
        _typeset(found, [one for one in kits if not _is_done(found, one)])
        _close(found, part, kits)
    if part < found.parts:
        with transaction():
            begin(order, part + 1, again=again)


@jobs.recurring("forget_old_kits", every=dt.timedelta(days=1), retention=True)
def forget_old_kits() -> None:
    """Remove from the disk the kits ordered more than a month ago; whoever needs them asks for them again."""
    oldest = clock.now() - dt.timedelta(days=KEPT_DAYS)
    for order in db.session.scalars(select(KitOrder).where(KitOrder.ordered_at < oldest)):
        shutil.rmtree(_folder(order), ignore_errors=True)


def _kits_in(order: KitOrder, part: int) -> list[OrderedKit]:
    query = select(OrderedKit).where(OrderedKit.order_id == order.id, OrderedKit.part == part).order_by(OrderedKit.id)
    return list(db.session.scalars(query))


def _is_done(order: KitOrder, one: OrderedKit) -> bool:
    row = db.session.scalar(select(TypesetKit).where(TypesetKit.ordered_kit_id == one.id))
    return row is not None and (row.is_left_out or _kit_path(order, one).exists())


def _typeset(order: KitOrder, todo: list[OrderedKit]) -> None:
    """Keep every press busy, with no more kits in memory than two for each. What fails stops it, once what is under way is noted."""
    _folder(order).mkdir(parents=True, exist_ok=True)
    waiting: dict[Future[None], OrderedKit] = {}
    failure: BaseException | None = None
    with ThreadPoolExecutor(documents.PRESSES) as crew:
        left = iter(todo)
        while True:
            for one in islice(left, 0 if failure else 2 * documents.PRESSES - len(waiting)):
                kit = kit_at(one.verification)
                if kit.is_whole:
                    waiting[crew.submit(_write, _kit_path(order, one), files_of(kit), folder_name(kit))] = one
                else:
                    _note(one, is_left_out=True)
            if not waiting:
                break
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                one, failure = waiting.pop(done), done.exception() or failure
                if done.exception() is None:
                    _note(one, is_left_out=False)
    if failure is not None:
        raise failure


def _note(one: OrderedKit, *, is_left_out: bool) -> None:
    with transaction():
        row = db.session.scalar(select(TypesetKit).where(TypesetKit.ordered_kit_id == one.id))
        if row is None:
            db.session.add(TypesetKit(ordered_kit_id=one.id, is_left_out=is_left_out, typeset_at=clock.now()))
        else:
            row.is_left_out = is_left_out


def _write(path: Path, files: list[KitFile], folder: str) -> None:
    _put(path, zipped((f"{folder}/{one.name}", one.make()) for one in files))


def _close(order: KitOrder, part: int, kits: list[OrderedKit]) -> None:
    """Put the kits of a part in one file, and forget the pieces."""
    path, pieces = path_of(order, part), [path for one in kits if (path := _kit_path(order, one)).exists()]
    draft = path.with_suffix(f".{os.getpid()}.part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as whole:
        for about, content in _entries(pieces):
            whole.writestr(about, content)
    draft.replace(path)
    with transaction():
        db.session.execute(delete(KitPart).where(KitPart.order_id == order.id, KitPart.number == part))
        db.session.add(KitPart(order_id=order.id, number=part, size_bytes=path.stat().st_size, closed_at=clock.now()))
    for piece in pieces:
        piece.unlink(missing_ok=True)


def _entries(pieces: list[Path]) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    for piece in pieces:
        with zipfile.ZipFile(piece) as archive:
            for about in archive.infolist():
                yield about, archive.read(about)


def _put(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_bytes(content)
    draft.replace(path)


def _folder(order: KitOrder) -> Path:
    return settings().data_dir / "kits" / order.ref


def _kit_path(order: KitOrder, one: OrderedKit) -> Path:
    return _folder(order) / f"{one.verification.code}.zip"

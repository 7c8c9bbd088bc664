"""The tools and beats that come with the platform: the files of `data/`, brought into the tables whenever they have changed.

A version is published once and never changed: a file that says something else gives its next number. What administrators published since
stays. Dates that they noted stay too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from sqlalchemy import select

from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.kit.inserting import insert_new
from certif.kit.languages import folded
from certif.kit.plain_files import read_plain
from certif.library.beat_model import Beat, BeatDate, PackPiece
from certif.library.model import Tool
from certif.library.queries import newest_of
from certif.library.versions import ToolVersion
from certif.programs import english, french
from certif.territory import ReferenceData

DATA = Path(__file__).parent / "data"
REVIEWED_EVERY = dt.timedelta(days=365)

_NAME = "library"
_WORDS = ("title", "summary", "text")


def load_tools(data: Path = DATA) -> bool:
    """Bring the tables up to the data files, in a unit of work of its own.

    Takes: `data`, the folder of the files; another one only in tests. Gives: whether anything had to be loaded.
    """
    digest = _digest_of(data)
    known = db.session.get(ReferenceData, _NAME, populate_existing=True)
    if known is not None and known.digest == digest:
        return False
    with transaction():
        db.session.merge(ReferenceData(name=_NAME, digest=digest))
        db.session.flush()
        for path in sorted((data / "tools").glob("*.yaml")):
            _load_tool(read_plain(path.read_bytes())[0])
        for path in sorted((data / "beats").glob("*.yaml")):
            _load_beat(read_plain(path.read_bytes())[0])
    return True


def _digest_of(data: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(data.glob("*/*.yaml")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _load_tool(told: dict[str, Any]) -> None:
    number, at = int(told["number"]), clock.now()
    row = {
        "slug": told["slug"], "kind": told["kind"], "audience": told["audience"], "topic": told["topic"],
        "is_public": told.get("is_public") != "no", "title_fr": french(told["title_fr"]), "title_en": english(told["title_en"]),
        "review_on": clock.today() + REVIEWED_EVERY, "added_at": at, "added_by": SYSTEM.ref,
    }  # fmt: skip
    insert_new(Tool, [row], Tool.id)
    tool = db.session.scalars(select(Tool).where(Tool.slug == told["slug"])).one()
    newest = newest_of(tool)
    if tool.program_id is not None or (newest is not None and newest.number >= number):
        return
    words = {f"{part}_fr": french(told[f"{part}_fr"]) for part in _WORDS} | {f"{part}_en": english(told[f"{part}_en"]) for part in _WORDS}
    version = {
        "ref": f"{told['slug']}-{number}", "tool_id": tool.id, "number": number, **words, "note": told.get("note", ""),
        "found_by": folded(f"{words['title_fr']} {words['title_en']} {words['summary_fr']} {words['summary_en']}"),
        "published_at": at, "published_by": SYSTEM.ref, "publisher": SYSTEM.name,
    }  # fmt: skip
    insert_new(ToolVersion, [version], ToolVersion.id)
    tool.title_fr, tool.title_en = words["title_fr"], words["title_en"]


def _load_beat(told: dict[str, Any]) -> None:
    beat = db.session.scalar(select(Beat).where(Beat.slug == told["slug"])) or Beat(slug=told["slug"])
    beat.month = int(told["month"])
    for part in ("name", "season", "what"):
        setattr(beat, f"{part}_fr", french(told[f"{part}_fr"]))
        setattr(beat, f"{part}_en", english(told[f"{part}_en"]))
    db.session.add(beat)
    db.session.flush()
    at = clock.now()
    dates = [{key: dt.date.fromisoformat(one[key]) for key in ("from_on", "until_on")} | {"source": one["source"]} for one in told["dates"]]
    rows = [{"beat_id": beat.id, "year": one["from_on"].year, **one, "noted_at": at, "noted_by": SYSTEM.ref} for one in dates]
    insert_new(BeatDate, rows, BeatDate.id)
    insert_new(PackPiece, [_piece(beat, one, at) for one in told["pieces"]], PackPiece.id)


def _piece(beat: Beat, told: dict[str, str], at: dt.datetime) -> dict[str, Any]:
    """Give a piece as a row; the same words have the same name, so that they are brought in once, and one that was dropped stays so."""
    words = {part: french(told[part]) if part.endswith("_fr") else english(told[part]) for part in told if part != "kind"}
    name = hashlib.sha256("\0".join((beat.slug, told["kind"], *words.values())).encode()).hexdigest()[:20]
    return {"ref": name, "beat_id": beat.id, "kind": told["kind"], **words, "written_at": at, "written_by": SYSTEM.ref}

"""What can be done with a tool: added, published in versions, looked at again, retired; a program hides one of all, or makes its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete

from certif.employers import Employer
from certif.kit import audit, clock
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, folded
from certif.library import uploads
from certif.library.model import Tool, ToolKind
from certif.library.queries import adaptation_of, edits, free_slug, newest_of, reviews_of
from certif.library.uploads import Upload
from certif.library.versions import ToolFile, ToolHiding, ToolReview, ToolVersion
from certif.programs import Program, Text, english, french

MOST_FILES = 8

audit.declare("tool_added", _l("%(by)s a ajouté l’outil « %(title)s » à la bibliothèque."), "title", "kind")
audit.declare("tool_edited", _l("%(by)s a modifié le classement de l’outil « %(title)s »."), "title")
audit.declare("tool_published", _l("%(by)s a publié la version %(number)s de l’outil « %(title)s »."), "title", "number")
audit.declare("tool_reviewed", _l("%(by)s a revu l’outil « %(title)s », encore juste jusqu’au %(next_on)s."), "title", "next_on")
audit.declare("tool_retired", _l("%(by)s a retiré l’outil « %(title)s »."), "title")
audit.declare("tool_hidden", _l("%(by)s a masqué l’outil « %(title)s » dans un programme."), "title", "program")
audit.declare("tool_shown_again", _l("%(by)s montre de nouveau l’outil « %(title)s » dans un programme."), "title", "program")
audit.declare("tool_adapted", _l("%(by)s a adapté l’outil « %(title)s » pour un programme."), "title", "program")


@dataclass(frozen=True)
class Filing:
    """Where a tool stands: its kind, audience and topic, who may read it, and whose story it tells, if any."""

    kind: str
    audience: str
    topic: str | None
    is_public: bool
    employer: Employer | None = None


@dataclass(frozen=True)
class Wording:
    """What a version says. English may be left out whole. `note`, what changed; `kept`, names of files of the version before."""

    title: Text
    summary: Text
    text: Text
    note: str = ""
    review_on: dt.date | None = None
    kept: Sequence[str] = ()
    uploads: Sequence[Upload] = field(default_factory=tuple)


def add_tool(program: Program | None, title: str, filing: Filing, *, by: Actor) -> Tool:
    """Add a tool, without a version yet: nobody but staff sees it.

    Takes: `program`, None for a tool of all.
    Refuses: someone who may not edit the tools of this program, or of all; a story that names an employer and is no story.
    """
    _let_edit(program, by)
    _check(filing)
    tool = Tool(
        slug=free_slug(title), program=program, title_fr=french(title), title_en="", added_at=clock.now(), added_by=by.ref,
        **_filed(filing),
    )  # fmt: skip
    db.session.add(tool)
    db.session.flush()
    audit.record("tool_added", tool, by=by, title=tool.title_fr, kind=tool.kind)
    return tool


def edit_tool(tool: Tool, filing: Filing, *, by: Actor) -> Tool:
    """File a tool elsewhere. Refuses: someone who may not edit it; a story that names an employer and is no story; a retired tool."""
    _hold(tool, by)
    _check(filing)
    for name, value in _filed(filing).items():
        setattr(tool, name, value)
    audit.record("tool_edited", tool, by=by, title=tool.title_fr)
    return tool


def publish_version(tool: Tool, wording: Wording, *, seen: int, by: Actor) -> ToolVersion:
    """Publish what a tool says from now on. What was published before stays as it was.

    Takes: `seen`, the number of the version that was read before writing, 0 for none.
    Refuses: someone who may not edit it; a retired tool; a version published in the meantime; what is missing in French; half a
    translation; a review in the past; a file that is neither PDF nor picture; too many files, or two of the same name.
    """
    _hold(tool, by)
    before = newest_of(tool)
    if (before.number if before else 0) != seen:
        raise Refusal(_("Une autre version vient d’être publiée. Relisez-la, puis refaites vos changements."))
    version = _version(tool, _whole(wording), seen + 1, by)
    names = {one.name: one for one in (before.files if before else [])}
    _attach(version, [names[name] for name in wording.kept if name in names], wording.uploads)
    tool.title_fr, tool.title_en, tool.review_on = version.title_fr, version.title_en, wording.review_on
    db.session.flush()
    audit.record("tool_published", tool, by=by, title=tool.title_fr, number=version.number)
    return version


def review_tool(tool: Tool, next_on: dt.date, *, seen: int, by: Actor) -> ToolReview:
    """Note that a tool was looked at again and is still right.

    Takes: `next_on`, when to look again; `seen`, the number of the version that was looked at.
    Refuses: someone who may not edit it; a retired tool; one that says nothing yet, or something else since; a day that is not to come.
    """
    _hold(tool, by)
    version = newest_of(tool)
    if version is None or version.number != seen:
        raise Refusal(_("Cet outil a changé depuis. Relisez-le d’abord."))
    _check_review(next_on)
    review = ToolReview(
        version_id=version.id, number=len(reviews_of(version)) + 1, next_on=next_on, reviewed_at=clock.now(), reviewed_by=by.ref
    )
    db.session.add(review)
    tool.review_on = next_on
    db.session.flush()
    audit.record("tool_reviewed", tool, by=by, title=tool.title_fr, next_on=next_on.isoformat())
    return review


def retire_tool(tool: Tool, *, by: Actor) -> Tool:
    """Show a tool no longer; what was handed out of it stays counted. Refuses: someone who may not edit it; a tool retired already."""
    _hold(tool, by)
    tool.retired_at, tool.retired_by = clock.now(), by.ref
    db.session.flush()
    audit.record("tool_retired", tool, by=by, title=tool.title_fr)
    return tool


def hide_tool(tool: Tool, program: Program, *, by: Actor) -> None:
    """Let a program not show a tool of all. Hiding it twice hides it once. Refuses: someone who does not decide for the program; a tool
    that is its own."""
    _let_edit(program, by)
    if tool.program_id is not None:
        raise Refusal(_("Cet outil appartient à un programme : retirez-le plutôt."))
    row = {"program_id": program.id, "tool_id": tool.id, "hidden_at": clock.now(), "hidden_by": by.ref}
    if insert_new(ToolHiding, [row], ToolHiding.id):
        audit.record("tool_hidden", tool, by=by, title=tool.title_fr, program=program.name)


def show_tool_again(tool: Tool, program: Program, *, by: Actor) -> None:
    """Let a program show a tool of all again. Refuses: someone who does not decide for the program."""
    _let_edit(program, by)
    gone = delete(ToolHiding).where(ToolHiding.program_id == program.id, ToolHiding.tool_id == tool.id).returning(ToolHiding.id)
    if db.session.scalars(gone).all():
        audit.record("tool_shown_again", tool, by=by, title=tool.title_fr, program=program.name)


def adapt_tool(tool: Tool, program: Program, *, by: Actor) -> Tool:
    """Give a program its own copy of a tool of all, to be changed at will; its public sees the copy in place of the tool.

    Refuses: someone who does not decide for the program; a tool that is not of all, retired, or without a version; one it has adapted.
    """
    lock(program)
    _let_edit(program, by)
    before = newest_of(tool)
    if tool.program_id is not None or tool.retired_at is not None or before is None:
        raise Refusal(_("Seul un outil de toute la province, publié, peut être adapté."))
    if adaptation_of(tool, program) is not None:
        raise Refusal(_("Ce programme a déjà sa propre version de cet outil."))
    copy = Tool(
        slug=free_slug(f"{tool.slug} {program.slug}"), program=program, kind=tool.kind, audience=tool.audience, topic=tool.topic,
        title_fr=tool.title_fr, title_en=tool.title_en, is_public=tool.is_public, origin=tool, review_on=tool.review_on,
        added_at=clock.now(), added_by=by.ref,
    )  # fmt: skip
    db.session.add(copy)
    db.session.flush()
    note = _("Copie de la version %(number)s de « %(title)s ».", number=before.number, title=before.title_fr)
    version = _version(copy, Wording(before.title, before.summary, before.text, note), 1, by)
    _attach(version, before.files, ())
    audit.record("tool_adapted", copy, by=by, title=copy.title_fr, program=program.name)
    return copy


def _hold(tool: Tool, by: Actor) -> None:
    lock(tool)
    _let_edit(tool.program, by)
    if tool.retired_at is not None:
        raise Refusal(_("Cet outil est retiré."))


def _let_edit(program: Program | None, by: Actor) -> None:
    if program is None and not edits(by, None):
        raise Refusal(_("Seule l’administration modifie les outils de toute la province. Adaptez celui-ci pour votre programme."))
    if program is not None and not by.holds(program.id, Role.ADMIN, Role.MANAGER):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de modifier les outils."))


def _check(filing: Filing) -> None:
    if filing.employer is not None and filing.kind != ToolKind.STORY:
        raise Refusal(_("Seul un bon coup raconte l’histoire d’un employeur."))


def _filed(filing: Filing) -> dict[str, object]:
    return {
        "kind": filing.kind, "audience": filing.audience, "topic": filing.topic, "is_public": filing.is_public,
        "employer_id": filing.employer.id if filing.employer else None,
    }  # fmt: skip


def _whole(wording: Wording) -> Wording:
    parts = [Text(french(one.fr).strip(), english(one.en).strip()) for one in (wording.title, wording.summary, wording.text)]
    if not all(one.fr for one in parts):
        raise Refusal(_("Écrivez le titre, le résumé et le texte en français."))
    if len({bool(one.en) for one in parts}) > 1:
        raise Refusal(_("En anglais, écrivez le titre, le résumé et le texte, ou aucun des trois."))
    if wording.review_on is not None:
        _check_review(wording.review_on)
    return Wording(parts[0], parts[1], parts[2], wording.note, wording.review_on)


def _check_review(day: dt.date) -> None:
    if day <= clock.today():
        raise Refusal(_("Le jour où l’outil sera revu doit être à venir."))


def _version(tool: Tool, wording: Wording, number: int, by: Actor) -> ToolVersion:
    version = ToolVersion(
        tool=tool, number=number, title_fr=wording.title.fr, title_en=wording.title.en, summary_fr=wording.summary.fr,
        summary_en=wording.summary.en, text_fr=wording.text.fr, text_en=wording.text.en, note=wording.note,
        found_by=folded(f"{wording.title.fr} {wording.title.en} {wording.summary.fr} {wording.summary.en}"),
        published_at=clock.now(), published_by=by.ref, publisher=by.name,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def _attach(version: ToolVersion, before: Sequence[ToolFile], sent: Sequence[Upload]) -> None:
    files = [(one.name, one.language, one.digest) for one in before]
    files += [(name, upload.language, digest) for upload in sent for name, digest in [uploads.keep_file(upload)]]
    if len(files) > MOST_FILES:
        raise Refusal(_("Joignez %(most)s fichiers au plus.", most=MOST_FILES))
    if len({name for name, _language, _digest in files}) < len(files):
        raise Refusal(_("Deux fichiers portent le même nom : renommez-en un, ou ne gardez pas l’ancien."))
    version.files = [ToolFile(name=name, language=language, digest=digest) for name, language, digest in files]

"""What can be done with a notice: it is published, and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from certif.kit import audit, clock
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.notices.model import Kind, NoticeWithdrawal, ProgramNotice
from certif.programs import Program, Text, english, french

TELLERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who speaks for a program: those who work for the whole of it."""

audit.declare("notice_published", _l("%(by)s a publié l’avis « %(title)s »."), "title", "kind")
audit.declare("notice_withdrawn", _l("%(by)s a retiré l’avis « %(title)s ». Motif : %(reason)s"), "title", "reason")


@dataclass(frozen=True)
class Words:
    """A title and a text, or a question and an answer, in French and, where there is any, in English."""

    head: Text
    body: Text

    def printed(self) -> Words:
        """Give them as they are printed."""
        return Words(*(Text(french(text.fr).strip(), english(text.en).strip()) for text in (self.head, self.body)))


def publish_notice(program: Program, kind: Kind, words: Words, *, by: Actor) -> ProgramNotice:
    """Let everyone know something of a program, from now on.

    Takes: `words`, title and text; English may be left out whole, and the French is then shown to everyone.
    Refuses: someone who does not work for the program; what is missing in French; half a translation.
    """
    let_speak(program, by)
    said = whole(words)
    notice = ProgramNotice(
        program=program, kind=kind.value, title_fr=said.head.fr, title_en=said.head.en, body_fr=said.body.fr, body_en=said.body.en,
        published_at=clock.now(), published_by=by.ref, publisher=by.name,
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    audit.record("notice_published", notice, by=by, title=notice.title_fr, kind=notice.kind)
    return notice


def withdraw_notice(notice: ProgramNotice, reason: str, *, by: Actor) -> NoticeWithdrawal:
    """Show a notice no longer. What was published stays known to staff, with the reason.

    Refuses: someone who does not work for the program; a notice withdrawn already.
    """
    lock(notice)
    let_speak(notice.program, by)
    if notice.withdrawal is not None:
        raise Refusal(_("Cet avis est déjà retiré."))
    notice.withdrawal = withdrawal = NoticeWithdrawal(reason=reason, withdrawn_at=clock.now(), withdrawn_by=by.ref)
    db.session.flush()
    audit.record("notice_withdrawn", notice, by=by, title=notice.title_fr, reason=reason)
    return withdrawal


def let_speak(program: Program, by: Actor) -> None:
    """Let only those who work for the whole program speak for it. Refuses: anyone else."""
    if not by.holds(program.id, *TELLERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de parler au public."))


def whole(words: Words) -> Words:
    """Give what may be published, as it is printed. Refuses: what is missing in French; half a translation."""
    said = words.printed()
    if not said.head.fr or not said.body.fr:
        raise Refusal(_("Écrivez les deux parties en français."))
    if bool(said.head.en) != bool(said.body.en):
        raise Refusal(_("En anglais, écrivez les deux parties, ou aucune : le français sera alors montré, avec une note."))
    return said

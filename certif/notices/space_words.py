"""What this room says elsewhere: the newest notice, in the space of those who are in the program, and on the program's own page."""

from __future__ import annotations

from collections.abc import Iterator

from certif.certification import Certification, Word, latest, say_in_space
from certif.kit.languages import _, format_day
from certif.notices.queries import news_of
from certif.programs import Program, ProgramWord, say_of_program


def notice_words(certification: Certification) -> Iterator[Word]:
    """Say the newest notice of the program, once, in the panel of the newest cycle."""
    notice = news_of(certification.program)
    if notice is None or latest(certification.employer, certification.program) is not certification:
        return
    said = _("%(day)s : %(title)s", day=format_day(notice.published_on), title=notice.title)
    yield Word("info", _("Avis du programme"), said, _("Lire l’avis"), "notices.show_notice", notice.ref)


def program_words(program: Program) -> Iterator[ProgramWord]:
    """Say the newest notice of a program on its own page."""
    notice = news_of(program)
    if notice is not None:
        yield ProgramWord(str(notice.title), notice.published_on, "notices.show_notice", notice.ref)


say_in_space(notice_words)
say_of_program(program_words)

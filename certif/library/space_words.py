"""What this room says in an employer's space: a story of it awaits its agreement."""

from __future__ import annotations

from collections.abc import Iterator

from certif.certification import Certification, Word, latest, say_in_space
from certif.kit.languages import _
from certif.library.word_queries import stories_of


def story_words(certification: Certification) -> Iterator[Word]:
    """Say which story awaits an agreement, in the panel of the newest cycle of its program, or of any where the story is of all."""
    employer = certification.employer
    if latest(employer, certification.program) is not certification:
        return
    for version, is_agreed in stories_of(employer):
        here = version.tool.program_id in {None, certification.program.id}
        if here and version.tool.is_public and not is_agreed:
            said = _("« %(title)s » raconte ce que fait votre organisation. Il ne paraîtra qu’avec votre accord.", title=version.title)
            title, label = _("Un bon coup à votre sujet"), _("Le lire, puis décider")
            yield Word("info", title, said, label, "library.answer_story", version.ref, asks=True)


say_in_space(story_words)

"""What this room says to an employer in its own space: the draw fell on it."""

from __future__ import annotations

from collections.abc import Iterator

from certif.certification import Certification, Word, say_in_space
from certif.kit.languages import _, format_day
from certif.sampling.queries import examinations_of_certification


def examination_words(certification: Certification) -> Iterator[Word]:
    """Say that an examination awaits the employer, or goes on."""
    for one in examinations_of_certification(certification) if certification.badges else ():
        if one.finding and not one.finding.reply:
            until = format_day(one.finding.reply_by)
            said = _("L’équipe régionale vous dit ce qu’elle constate. Vous pouvez y répondre jusqu’au %(day)s.", day=until)
            yield _word("warning", said, one.ref)
        elif one.evidence:
            yield _word("info", _("Votre réponse est entre les mains de l’équipe régionale."), one.ref)
        else:
            until = format_day(one.answer_by)
            said = _("Le tirage de l’année est tombé sur vous. Montrez ce que vous faites, d’ici le %(day)s.", day=until)
            yield _word("warning", said, one.ref)


def _word(kind: str, text: str, ref: str) -> Word:
    return Word(kind, _("Examen de suivi"), text, _("Ouvrir l’examen"), "sampling.answer", ref)


say_in_space(examination_words)

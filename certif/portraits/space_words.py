"""What this room says to an employer in its own space: the weeks of its students."""

from __future__ import annotations

from collections.abc import Iterator

from certif.certification import Certification, Word, say_in_space
from certif.kit.languages import _
from certif.portraits.queries import is_told


def week_words(certification: Certification) -> Iterator[Word]:
    """Say that the weeks of its students, or of others around, can be read. Nothing is said before a first release."""
    if certification.badges and is_told(certification.program):
        said = _("Combien d’heures ils travaillent, selon leurs réponses anonymes ou, si trop peu ont répondu, selon celles des alentours.")
        yield Word("info", _("Les semaines de vos élèves"), said, _("Voir les semaines"), "portraits.show_weeks", certification.ref)


say_in_space(week_words)

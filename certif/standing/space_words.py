"""What this room says to an employer in its own space: it is time to renew; a higher level may be asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from certif.certification import Certification, Word, entry_level_ends, say_in_space
from certif.kit import clock
from certif.kit.languages import _, format_day
from certif.standing.level_actions import has_open_request, level_obstacle, next_level
from certif.standing.review_actions import was_automatic
from certif.standing.review_queries import human_review_of
from certif.standing.windows import last_day, renewal_closes_on, renewal_obstacle

REVIEW_SHOWN = dt.timedelta(days=90)
"""How long a decision, or its review, is recalled in the space of the employer. Its letter leads to the page at any time."""


def renewal_words(certification: Certification) -> Iterator[Word]:
    """Say that a certification may be renewed, while it may."""
    if not certification.badges or renewal_obstacle(certification) is not None:
        return
    until, closes = last_day(certification), renewal_closes_on(certification)
    has_ended = clock.today() > until
    yield Word(
        "warning" if has_ended else "info",
        _("Il est temps de renouveler"),
        _("Votre certification a pris fin le %(until)s. Vous pouvez encore la renouveler jusqu’au %(closes)s.",
          until=format_day(until), closes=format_day(closes))
        if has_ended
        else _("Votre certification prend fin le %(until)s. Vos réponses sont gardées : relisez-les et confirmez, en deux minutes.",
               until=format_day(until)),
        _("Renouveler"),
        "standing.renew",
        certification.ref,
        asks=True,
    )  # fmt: skip


def level_words(certification: Certification) -> Iterator[Word]:
    """Say that a higher level may be asked for, and by when the first one must be left, where the program caps it."""
    if certification.badges and has_open_request(certification):
        said = _("Votre demande de niveau est entre les mains de l’équipe régionale, qui décide critère par critère.")
        yield Word("info", _("Niveau demandé"), said, _("Voir la demande"), "standing.ask_for_level", certification.ref)
    if level_obstacle(certification) is not None:
        return
    level, ends = next_level(certification), entry_level_ends(certification)
    assert level is not None
    yield Word(
        "info",
        _("Le niveau « %(level)s » est à votre portée", level=level.name),
        _("Le premier niveau ne se garde que jusqu’au %(day)s. Demandez le suivant, avec ce qui montre que vous le méritez.",
          day=format_day(ends))
        if ends is not None
        else _("Demandez-le quand vous voulez, avec ce qui montre que chaque critère est rempli."),
        _("Demander ce niveau"),
        "standing.ask_for_level",
        certification.ref,
    )  # fmt: skip


def review_words(certification: Certification) -> Iterator[Word]:
    """Say that a machine alone decided, and where a person may be asked to review it; then what came of it, for a season."""
    decided = certification.decisions[-1].decided_at if certification.decisions else None
    if decided is None or not was_automatic(certification):
        return
    asked = human_review_of(certification)
    if asked is None:
        said, label = _("Aucune personne n’a lu votre dossier. Vous pouvez demander qu’on le fasse."), _("Faire revoir la décision")
    elif asked.answered_at is None:
        said, label = _("Une personne de l’équipe régionale lit votre dossier, et vous répondra par courriel."), _("Voir la demande")
        decided = clock.now()
    else:
        said, label, decided = _("Une personne a revu la décision automatique, et vous a répondu."), _("Lire la réponse"), asked.answered_at
    if clock.now() - decided < REVIEW_SHOWN:
        yield Word("info", _("Décision automatique"), said, label, "standing.ask_for_review", certification.ref)


say_in_space(review_words)
say_in_space(renewal_words)
say_in_space(level_words)

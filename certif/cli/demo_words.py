"""What the demonstration shows of a program that speaks to its public: notices, a question answered, one set aside, one that waits."""

from __future__ import annotations

import datetime as dt

from certif import notices
from certif.kit import clock
from certif.kit.access import VISITOR, Actor
from certif.programs import Program, Text


def speak(program: Program, manager: Actor) -> None:
    """Let a program tell its public something, and answer what it is asked."""
    dates = notices.Words(
        Text("Les demandes du temps des Fêtes", "Requests over the holidays"),
        Text(
            "Le bureau régional est fermé du 21 décembre au 4 janvier. Les demandes reçues d’ici là seront lues avant.",
            "The regional office is closed from December 21 to January 4. Requests received by then will be read before.",
        ),
    )
    interns = notices.Words(
        Text("Les stagiaires comptent-ils ?", "Do interns count?"),
        Text(
            "Oui : une organisation qui n’accueille que des stagiaires peut être certifiée.",
            "Yes: an organization that takes on interns only can be certified.",
        ),
    )
    with clock.frozen(clock.now() - dt.timedelta(days=6)):
        asked = _ask(program, "On prend deux stagiaires par année, rien d’autre. Ça compte ?")
        noise = _ask(program, "Achetez des abonnés ici !!!")
    with clock.frozen(clock.now() - dt.timedelta(days=3)):
        notices.publish_notice(program, notices.Kind.DATES, dates, by=manager)
        notices.publish_answer(asked, interns, by=manager)
        notices.set_aside(noise, "Pourriel.", by=manager)
    with clock.frozen(clock.now() - dt.timedelta(days=1)):
        _ask(program, "Nos étudiants ont plus de 18 ans. Le contrat s’applique-t-il à eux ?")


def _ask(program: Program, words: str) -> notices.ProgramQuestion:
    return notices.ask_question(program, words, email=None, language="fr", by=VISITOR)

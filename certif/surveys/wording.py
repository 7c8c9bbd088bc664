"""What changes from one questionnaire to another, in words."""

from __future__ import annotations

from collections.abc import Iterator

from certif.kit.languages import _
from certif.surveys.definitions import Definition, Question


def differences(old: Definition, new: Definition) -> list[str]:
    """Say in words what the new questionnaire asks otherwise than the old one, in the reader's language; nothing when they ask the same."""
    return [str(one) for one in (*_whole(old, new), *_questions(old, new), *_order(old, new), *_rules(old, new))]


def _whole(old: Definition, new: Definition) -> Iterator[str]:
    if old.title != new.title:
        yield _("Titre : « %(before)s » devient « %(after)s ».", before=old.title, after=new.title)
    if old.intro != new.intro:
        yield _("Le mot d’accueil change.")
    if (old.audience, old.level) != (new.audience, new.level):
        yield _("Le questionnaire ne s’adresse plus aux mêmes personnes.")


def _questions(old: Definition, new: Definition) -> Iterator[str]:
    for question in old.questions:
        if new.question(question.id) is None:
            yield _("Question retirée : « %(ask)s »", ask=question.ask)
    for question in new.questions:
        before = old.question(question.id)
        if before is None:
            yield _("Question ajoutée : « %(ask)s »", ask=question.ask)
        elif before != question:
            yield from _question(before, question)


def _question(old: Question, new: Question) -> Iterator[str]:
    if old.ask != new.ask:
        yield _("Question reformulée : « %(before)s » devient « %(after)s »", before=old.ask, after=new.ask)
    was, now = {one.id: one.label for one in old.options}, {one.id: one.label for one in new.options}
    for name in was.keys() - now.keys():
        yield _("« %(ask)s » : réponse retirée, « %(label)s »", ask=new.ask, label=was[name])
    for name in [name for name in now if name not in was]:
        yield _("« %(ask)s » : réponse ajoutée, « %(label)s »", ask=new.ask, label=now[name])
    for name in [name for name in now if name in was and was[name] != now[name]]:
        yield _("« %(ask)s » : « %(before)s » devient « %(after)s »", ask=new.ask, before=was[name], after=now[name])
    if was.keys() == now.keys() and list(was) != list(now):
        yield _("« %(ask)s » : les réponses changent d’ordre.", ask=new.ask)
    if old.is_optional != new.is_optional:
        yield _("« %(ask)s » devient facultative.", ask=new.ask) if new.is_optional else _("« %(ask)s » devient requise.", ask=new.ask)
    if old.only_if != new.only_if:
        yield _("« %(ask)s » n’est plus posée aux mêmes personnes.", ask=new.ask)
    if old.hint != new.hint:
        yield _("« %(ask)s » : la précision change.", ask=new.ask)
    if old.kind != new.kind or old.role != new.role or old.positive != new.positive:
        yield _("« %(ask)s » n’est plus comptée de la même façon.", ask=new.ask)


def _order(old: Definition, new: Definition) -> Iterator[str]:
    both = [question.id for question in old.questions if new.question(question.id)]
    if both != [question.id for question in new.questions if old.question(question.id)]:
        yield _("Les questions changent d’ordre.")


def _rules(old: Definition, new: Definition) -> Iterator[str]:
    if old.checks != new.checks:
        yield _("Ce que les réponses doivent être ensemble change.")
    if old.flags != new.flags:
        yield _("Ce qui est tenu pour peu plausible change.")

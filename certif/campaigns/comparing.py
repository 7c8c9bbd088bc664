"""What changes from one edition of a contest to another, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from certif.campaigns.values import Category, Definition, Phase
from certif.campaigns.wording import KINDS, category_words, facts_of, kept_words, phase_lines, prize_words
from certif.kit.languages import _


def differences(old: Definition, new: Definition, mrc_names: dict[str, str] | None = None) -> list[str]:
    """Say in words what the new edition decides otherwise than the old one, in the reader’s language; nothing when they decide the same."""
    names = mrc_names or {}
    own = (*_texts(old, new), *_prompts(old, new), *_phases(old, new))
    return [*_facts(old, new, names), *own, *_categories(old, new, names), *_prizes(old, new)]


def _facts(old: Definition, new: Definition, names: dict[str, str]) -> Iterator[str]:
    for (label, was), (_label, now) in zip(facts_of(old, names), facts_of(new, names), strict=True):
        if was != now:
            yield _("%(label)s : « %(before)s » devient « %(after)s ».", label=label, before=was, after=now)


def _texts(old: Definition, new: Definition) -> Iterator[str]:
    if old.introduction != new.introduction:
        yield _("Le mot de présentation change.")
    if old.rules != new.rules:
        yield _("Le texte du règlement change.")


def _prompts(old: Definition, new: Definition) -> Iterator[str]:
    was, now = {one.id: one.name for one in old.prompts}, {one.id: one.name for one in new.prompts}
    yield from _gone(was, now, _("Question retirée"), _("Question ajoutée"))
    for name in (name for name in now if name in was and was[name] != now[name]):
        yield _("Question reformulée : « %(before)s » devient « %(after)s »", before=was[name], after=now[name])


def _phases(old: Definition, new: Definition) -> Iterator[str]:
    was, now = {one.id: one for one in old.phases}, {one.id: one for one in new.phases}
    yield from _gone(_named(was), _named(now), _("Étape retirée"), _("Étape ajoutée"))
    for name in (name for name in now if name in was):
        yield from _phase(was[name], now[name], old, new)
    kept = [name for name in was if name in now]
    if kept != [name for name in now if name in was]:
        yield _("Les étapes changent d’ordre.")


def _phase(was: Phase, now: Phase, old: Definition, new: Definition) -> Iterator[str]:
    before, after = (phase_lines(one)[one.phases.index(phase)] for one, phase in ((old, was), (new, now)))
    said = (
        (was.kind != now.kind, KINDS[was.kind], KINDS[now.kind]),
        (before.days != after.days, before.days, after.days),
        (before.keeps != after.keeps, kept_words(was, old), kept_words(now, new)),
        (before.deciders != after.deciders, before.deciders, after.deciders),
        (before.criteria != after.criteria, ", ".join(before.criteria), ", ".join(after.criteria)),
    )
    for changes, earlier, later in said:
        if changes:
            yield _("Étape « %(phase)s » : « %(before)s » devient « %(after)s ».", phase=now.name, before=earlier, after=later)
    quiet = ("is_blind", "shows_scores", "jurors_each", "is_ranked", "about", "name", "same_domain", "same_network", "same_hour")
    if any(getattr(was, name) != getattr(now, name) for name in quiet):
        yield _("Étape « %(phase)s » : la façon de faire change.", phase=now.name)


def _categories(old: Definition, new: Definition, names: dict[str, str]) -> Iterator[str]:
    was, now = {one.id: one for one in old.categories}, {one.id: one for one in new.categories}
    yield from _gone(_named(was), _named(now), _("Catégorie retirée"), _("Catégorie ajoutée"))
    for name in (name for name in now if name in was and was[name] != now[name]):
        before, after = category_words(was[name], names), category_words(now[name], names)
        yield _("Catégorie « %(name)s » : « %(before)s » devient « %(after)s ».", name=now[name].name, before=before, after=after)


def _prizes(old: Definition, new: Definition) -> Iterator[str]:
    was, now = [prize_words(one) for one in old.prizes], [prize_words(one) for one in new.prizes]
    for said in (one for one in was if one not in now):
        yield _("Prix retiré : « %(name)s »", name=said)
    for said in (one for one in now if one not in was):
        yield _("Prix ajouté : « %(name)s »", name=said)


def _named(found: Mapping[str, Category] | Mapping[str, Phase]) -> dict[str, object]:
    return {name: one.name for name, one in found.items()}


def _gone(was: Mapping[str, object], now: Mapping[str, object], removed: str, added: str) -> Iterator[str]:
    for name in (name for name in was if name not in now):
        yield _("%(what)s : « %(name)s »", what=removed, name=was[name])
    for name in (name for name in now if name not in was):
        yield _("%(what)s : « %(name)s »", what=added, name=now[name])

"""A contest in words, for people: who may nominate, what is won, how laureates are chosen, all in the reader’s language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from certif.campaigns.values import Category, Definition, Phase, PhaseKind, Prize, Quota, Tie, UnderAge, Unit, Winner
from certif.kit.access import Role
from certif.kit.languages import _, _l, _n, format_day, format_money
from certif.programs import Text
from certif.surveys import level_label
from certif.territory import sectors

UNITS = {Unit.BOSS: _l("Des boss, avec tout ce qui est dit de chacun"), Unit.DUO: _l("Des duos : l’élève et son boss")}
QUOTAS = {
    Quota.WHOLE: _l("Pour tout le concours"),
    Quota.MRC: _l("Dans chaque MRC"),
    Quota.CJE: _l("Dans chaque territoire de carrefour jeunesse-emploi"),
}
TIES = {Tie.WORKS: _l("travailler"), Tie.STUDIES: _l("étudier"), Tie.LIVES: _l("habiter")}
UNDER_AGE = {
    UnderAge.CLOSE: _l("Les remercier et ne rien garder"),
    UnderAge.PARENT: _l("Demander d’abord l’accord d’un parent"),
}
KINDS = {
    PhaseKind.CHECK: _l("Vérification"),
    PhaseKind.VISIT: _l("Visite du lieu de travail"),
    PhaseKind.JURY: _l("Jury"),
    PhaseKind.DRAW: _l("Tirage au sort"),
    PhaseKind.VOTE: _l("Vote du public"),
    PhaseKind.CHOICE: _l("Choix au mérite"),
}
HOW = {
    PhaseKind.CHECK: _l("L’équipe vérifie, pour chaque employeur nommé, qu’il peut être retenu."),
    PhaseKind.VISIT: _l("Chaque employeur encore retenu est visité à son lieu de travail."),
    PhaseKind.JURY: _l("Un jury lit les nominations et note chacune selon la même grille."),
    PhaseKind.DRAW: _l("Un tirage au sort, que toute personne peut refaire ensuite pour le vérifier."),
    PhaseKind.VOTE: _l("Le public vote parmi les finalistes : une voix par adresse confirmée."),
    PhaseKind.CHOICE: _l("Un choix au mérite, dont les raisons sont écrites."),
}
RANKED = _l(
    "Un jury lit les nominations et les classe par ordre de préférence ; un vote unique transférable, que toute personne peut "
    "recompter, en tire la liste."
)
WINNERS = {
    Winner.STUDENT: _l("À l’élève"),
    Winner.EMPLOYER: _l("À l’employeur"),
    Winner.DUO: _l("Au duo"),
    Winner.NOMINATOR: _l("À une personne tirée parmi celles qui ont nommé"),
}
DECIDERS = {Role.PARTNER: _l("partenaires"), Role.AGENT: _l("agentes et agents"), Role.MANAGER: _l("gestionnaires")}


@dataclass(frozen=True)
class PhaseLine:
    """A phase as it is told. `criteria`: each with its weight, for a jury."""

    title: str
    kind: str
    days: str
    how: str
    keeps: str
    deciders: str
    about: Text
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class PrizeLine:
    """A prize as it is told: what, to whom, how many, and what one is worth; empty where it has no price."""

    name: str
    to: str
    number: int
    value: str


def who_may(definition: Definition) -> list[str]:
    """Say who may nominate, one condition a line."""
    return [str(one) for one in _conditions(definition)]


def _conditions(definition: Definition) -> Iterator[str]:
    asked = definition.eligibility
    if asked.most_age is None:
        yield _("Avoir au moins %(age)s ans.", age=asked.least_age)
    else:
        yield _("Avoir de %(least)s à %(most)s ans.", least=asked.least_age, most=asked.most_age)
    levels = ", ".join(level_label(one).lower() for one in asked.levels)
    yield _("Étudier à l’un de ces niveaux : %(levels)s.", levels=levels) if levels else _("Étudier, à n’importe quel niveau.")
    if asked.full_time_under:
        yield _("Avant %(age)s ans, étudier à temps plein.", age=asked.full_time_under)
    if asked.ties:
        yield _("Dans le territoire du concours : %(ties)s.", ties=", ".join(str(TIES[one]) for one in asked.ties))
    if asked.most_hours and asked.most_hours_under:
        yield _("Avant %(age)s ans, travailler au plus %(hours)s heures par semaine.", age=asked.most_hours_under, hours=asked.most_hours)
    elif asked.most_hours:
        yield _("Travailler au plus %(hours)s heures par semaine.", hours=asked.most_hours)
    yield _("Un stage compte comme un emploi.") if asked.has_interns else _("Avoir un emploi ; un stage n’en est pas un.")
    if definition.elsewhere:
        yield str(definition.elsewhere)


def kept_words(phase: Phase, definition: Definition) -> str:
    """Say how many a phase keeps, and in what."""
    if phase.keeps is None:
        return str(_("Garde tout ce qui convient."))
    if phase is definition.phases[-1]:
        said = _laureates(phase.keeps, definition.unit)
    else:
        said = str(_n("%(num)s finaliste", "%(num)s finalistes", phase.keeps))
    if definition.quota is Quota.WHOLE:
        return f"{said}."
    if definition.quota is Quota.MRC:
        return str(_("%(count)s dans chaque MRC.", count=said))
    return str(_("%(count)s dans chaque territoire de CJE.", count=said))


def _laureates(count: int, unit: Unit) -> str:
    if unit is Unit.DUO:
        return str(_n("%(num)s duo lauréat", "%(num)s duos lauréats", count))
    return str(_n("%(num)s boss à l’honneur", "%(num)s boss à l’honneur", count))


def phase_lines(definition: Definition) -> list[PhaseLine]:
    """Tell each phase, in order."""
    return [
        PhaseLine(
            title=str(one.name), kind=str(KINDS[one.kind]), how=str(RANKED if one.is_ranked else HOW[one.kind]),
            keeps=kept_words(one, definition), about=one.about,
            days=_("du %(first)s au %(last)s", first=format_day(one.from_on), last=format_day(one.until_on)),
            deciders=", ".join(str(DECIDERS.get(role, role.value)) for role in one.deciders),
            criteria=tuple(_("%(name)s (poids %(weight)s)", name=each.name, weight=each.weight) for each in one.criteria),
        )
        for one in definition.phases
    ]  # fmt: skip


def prize_lines(definition: Definition) -> list[PrizeLine]:
    """Tell each prize, in order."""
    return [
        PrizeLine(str(one.name), str(WINNERS[one.to]), one.number, format_money(one.value) if one.value_cents else "")
        for one in definition.prizes
    ]


def prize_words(prize: Prize) -> str:
    """Tell a prize in one line."""
    said = f"{prize.number} × {prize.name}" if prize.number > 1 else str(prize.name)
    worth = [format_money(prize.value)] if prize.value_cents else []
    return " · ".join((said, *worth, str(WINNERS[prize.to])))


def category_words(category: Category, mrc_names: dict[str, str]) -> str:
    """Tell a category in one line: how many it honours, of what, and who lends its name."""
    said = [str(_n("%(num)s à l’honneur", "%(num)s à l’honneur", category.keeps))]
    known = {one.code: one.name for one in sectors()}
    for filters, names in ((category.mrcs, mrc_names), (category.sectors, known)):
        if filters:
            said.append(", ".join(names.get(one, one) for one in filters))
    if category.levels:
        said.append(", ".join(level_label(one) for one in category.levels))
    if category.sponsor:
        said.append(_("présentée par %(sponsor)s", sponsor=category.sponsor))
    return " · ".join(said)


def facts_of(definition: Definition, mrc_names: dict[str, str]) -> list[tuple[str, str]]:
    """Give all that is decided in short, as pairs of a label and its words."""
    asked = definition.eligibility
    chosen = str(UNITS[definition.unit])
    if definition.once_a_boss and definition.unit is Unit.DUO:
        chosen = _("%(chosen)s ; un même boss dans un seul", chosen=chosen)
    return [
        (_("Titre"), str(definition.title)),
        (_("Nominations"), _days(definition)),
        (_("Territoire"), ", ".join(mrc_names.get(one, one) for one in definition.mrcs) or _("tout le territoire du programme")),
        (_("Sont choisis"), chosen),
        (_("Nombre compté"), str(QUOTAS[definition.quota])),
        (_("Qui peut nommer"), " ".join(who_may(definition))),
        (_("Avant 14 ans"), str(UNDER_AGE[asked.under_age])),
        (_("Nominations sur papier"), _("acceptées") if definition.allows_paper else _("refusées")),
    ]


def _days(definition: Definition) -> str:
    return str(_("du %(first)s au %(last)s", first=format_day(definition.opens_on), last=format_day(definition.closes_on)))


def item_words(definition: Definition, field: str, mrc_names: dict[str, str]) -> list[tuple[str, str]]:
    """Give each item of one of the lists of a contest: its name, and the rest in a line."""
    if field == "phases":
        return [(one.title, " · ".join((one.kind, one.days, one.keeps))) for one in phase_lines(definition)]
    if field == "categories":
        return [(str(one.name), category_words(one, mrc_names)) for one in definition.categories]
    if field == "prizes":
        return [(str(one.name), prize_words(one)) for one in definition.prizes]
    return [(str(one.name), "") for one in definition.prompts]

"""What stands between a draft and its publication: each fault is a sentence that says what to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import pairwise

from certif.campaigns.values import Category, Definition, Phase, PhaseKind, Quota, Unit, Winner
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.languages import _
from certif.programs import Program, Text
from certif.surveys import LEVELS
from certif.territory import PartnerKind, mrcs, partners, sectors, territory_of

LEAST_AGE, LONGEST_DAYS = 14, 366
"""Source: Act respecting the protection of personal information in the private sector (P-39.1), s. 4.1: under 14, a parent decides."""

_FINAL = (PhaseKind.JURY, PhaseKind.DRAW, PhaseKind.VOTE, PhaseKind.CHOICE)
_FITNESS = (PhaseKind.CHECK, PhaseKind.VISIT)
_BY_STAFF = (Role.AGENT, Role.MANAGER, Role.ADMIN)
_MAY_DECIDE = (Role.PARTNER, *_BY_STAFF)


def faults_of(definition: Definition, program: Program) -> list[str]:
    """Say all that prevents a contest of a program from being published today, in the reader’s language; nothing when it may be."""
    territory = {one.slug for one in program.mrcs or mrcs(program.region)}
    return [
        *_day_faults(definition), *_text_faults(definition), *_who_faults(definition), *_phase_faults(definition),
        *_prize_faults(definition), *_place_faults(definition, territory), *_quota_faults(definition, program),
    ]  # fmt: skip


def _day_faults(definition: Definition) -> Iterator[str]:
    if definition.closes_on < definition.opens_on:
        yield _("Le dernier jour des nominations vient avant le premier.")
    elif (definition.closes_on - definition.opens_on).days >= LONGEST_DAYS:
        yield _("Les nominations durent un an au plus.")
    if definition.closes_on < clock.today():
        yield _("Les nominations seraient déjà finies : choisissez des jours à venir.")


def _text_faults(definition: Definition) -> Iterator[str]:
    if not definition.title.fr:
        yield _("Donnez au concours un titre en français.")
    if not definition.rules.fr:
        yield _("Écrivez le règlement en français : il lie les personnes qui participent, et se lit avant toute traduction.")
    names = [*(one.name for one in definition.prompts), *(one.name for one in definition.phases)]
    names += [*(one.name for one in definition.categories), *(one.name for one in definition.prizes)]
    names += [criterion.name for phase in definition.phases for criterion in phase.criteria]
    if not all(name.fr for name in names):
        yield _("Nommez en français chaque question, chaque étape, chaque critère, chaque catégorie et chaque prix.")
    if any(_is_only_english(text) for text in (definition.introduction, definition.elsewhere, *(one.about for one in definition.phases))):
        yield _("Un texte n’existe qu’en anglais : écrivez-le d’abord en français.")
    ids = [one.id for one in definition.prompts], [one.id for one in definition.phases], [one.id for one in definition.categories]
    for sort in ids:
        for name, count in Counter(sort).items():
            if count > 1 or not name:
                yield _("Deux éléments portent le nom « %(name)s » : donnez à chacun le sien.", name=name)


def _is_only_english(text: Text) -> bool:
    return bool(text.en and not text.fr)


def _who_faults(definition: Definition) -> Iterator[str]:
    asked = definition.eligibility
    if asked.least_age < LEAST_AGE:
        yield _("L’âge minimal est de 14 ans au moins ; avant, un parent décide.")
    if asked.most_age is not None and asked.most_age < asked.least_age:
        yield _("L’âge maximal est plus bas que l’âge minimal.")
    if set(asked.levels) - set(LEVELS):
        yield _("Un niveau d’études n’existe pas : choisissez-les dans la liste.")
    if asked.most_hours is not None and not 1 <= asked.most_hours <= 40:
        yield _("Le plafond d’heures de travail va de 1 à 40 par semaine.")
    if asked.most_hours_under is not None and asked.most_hours is None:
        yield _("Un âge est donné pour le plafond d’heures, sans le plafond : donnez les deux.")


def _phase_faults(definition: Definition) -> Iterator[str]:
    phases = definition.phases
    if not phases:
        yield _("Dites comment les lauréats sont choisis : ajoutez au moins une étape.")
        return
    for phase in phases:
        yield from _one_phase_faults(phase, definition)
    for before, after in pairwise(phases):
        if after.from_on <= before.until_on:
            yield _("L’étape « %(after)s » commence avant la fin de « %(before)s ».", after=after.name, before=before.name)
    yield from _keeping_faults(phases)


def _one_phase_faults(phase: Phase, definition: Definition) -> Iterator[str]:
    if phase.until_on < phase.from_on:
        yield _("L’étape « %(phase)s » finit avant de commencer.", phase=phase.name)
    starts_early = phase.kind in _FITNESS and phase is definition.phases[0]
    if phase.from_on < (definition.opens_on if starts_early else definition.closes_on) or phase.until_on <= definition.closes_on:
        yield _("L’étape « %(phase)s » finit après les nominations ; seule une première vérification commence avant.", phase=phase.name)
    elif not starts_early and phase.from_on == definition.closes_on:
        yield _("L’étape « %(phase)s » commence au plus tôt le lendemain des nominations.", phase=phase.name)
    if not phase.deciders or set(phase.deciders) - set(_MAY_DECIDE):
        yield _("Dites qui conclut l’étape « %(phase)s » : des membres de l’équipe ou des partenaires.", phase=phase.name)
    elif phase.kind in {PhaseKind.JURY, PhaseKind.DRAW, PhaseKind.VOTE} and not set(phase.deciders) & set(_BY_STAFF):
        yield _("L’étape « %(phase)s » se conclut par l’équipe du programme, non par les seuls partenaires.", phase=phase.name)
    yield from _jury_faults(phase)


def _jury_faults(phase: Phase) -> Iterator[str]:
    if phase.is_ranked:
        yield from _ranked_faults(phase)
    elif phase.kind is PhaseKind.JURY:
        if not phase.criteria:
            yield _("Donnez au jury de l’étape « %(phase)s » au moins un critère.", phase=phase.name)
        if any(one.weight < 1 or one.most < 1 for one in phase.criteria):
            yield _("Chaque critère de l’étape « %(phase)s » pèse au moins 1, et se note sur 1 au moins.", phase=phase.name)
        if len({one.id for one in phase.criteria}) < len(phase.criteria):
            yield _("Deux critères de l’étape « %(phase)s » portent le même nom.", phase=phase.name)
        if phase.jurors_each is not None and phase.jurors_each < 1:
            yield _("Chaque nomination de l’étape « %(phase)s » est lue par une personne au moins.", phase=phase.name)
    elif phase.criteria or phase.jurors_each is not None or phase.shows_scores:
        yield _("Seul un jury a des critères : retirez ceux de l’étape « %(phase)s ».", phase=phase.name)
    if min(phase.same_domain, phase.same_network, phase.same_hour) < 2:
        yield _("Un signe de l’étape « %(phase)s » se voit à partir de deux votes au moins.", phase=phase.name)
    if phase.is_blind and phase.kind not in {PhaseKind.JURY, PhaseKind.CHOICE}:
        yield _("Seuls un jury ou un choix se font sans voir les noms : changez l’étape « %(phase)s ».", phase=phase.name)


def _ranked_faults(phase: Phase) -> Iterator[str]:
    if phase.kind is not PhaseKind.JURY:
        yield _("Seul un jury classe ses choix : changez l’étape « %(phase)s ».", phase=phase.name)
    if phase.criteria or phase.jurors_each is not None or phase.shows_scores:
        yield _("À l’étape « %(phase)s », chaque membre du jury classe tout, sans grille ni vue sur les autres.", phase=phase.name)
    if phase.keeps is None:
        yield _("Dites combien de candidatures retient l’étape « %(phase)s » : un vote transférable élit un nombre.", phase=phase.name)


def _keeping_faults(phases: tuple[Phase, ...]) -> Iterator[str]:
    kept: int | None = None
    for phase in phases:
        if phase.keeps is not None and phase.keeps < 1:
            yield _("L’étape « %(phase)s » retient une nomination au moins.", phase=phase.name)
        if phase.kind is PhaseKind.VOTE and kept is None:
            yield _(
                "Le public vote parmi des finalistes : ajoutez avant « %(phase)s » une étape qui en retient un nombre.", phase=phase.name
            )
        if kept is not None and phase.keeps is not None and phase.keeps > kept:
            yield _("L’étape « %(phase)s » retient plus de nominations que celle d’avant.", phase=phase.name)
        kept = phase.keeps if phase.keeps is not None else kept
    last = phases[-1]
    if last.kind not in _FINAL or last.keeps is None:
        yield _("La dernière étape dit combien de lauréats elle retient, par un jury, un tirage, un vote ou un choix.")


def _prize_faults(definition: Definition) -> Iterator[str]:
    if any(prize.value_cents < 0 or prize.number < 1 for prize in definition.prizes):
        yield _("Chaque prix est remis une fois au moins, et sa valeur n’est pas négative.")
    if definition.unit is Unit.BOSS and any(prize.to in {Winner.STUDENT, Winner.DUO} for prize in definition.prizes):
        yield _(
            "Un prix va à l’élève ou au duo, mais ce sont des boss qui sont choisis : choisissez des duos, ou tirez ce prix "
            "parmi toutes les personnes qui ont nommé."
        )


def _place_faults(definition: Definition, territory: Collection[str]) -> Iterator[str]:
    if unknown := sorted(set(definition.mrcs) - set(territory)):
        yield _("Hors du territoire du programme : %(mrcs)s.", mrcs=", ".join(unknown))
    within = set(definition.mrcs) or set(territory)
    for category in definition.categories:
        yield from _category_faults(category, within, set(definition.eligibility.levels) or set(LEVELS))


def _category_faults(category: Category, territory: set[str], levels: set[str]) -> Iterator[str]:
    if set(category.mrcs) - territory:
        yield _("La catégorie « %(name)s » compte une MRC hors du territoire du concours.", name=category.name)
    if set(category.levels) - levels:
        yield _("La catégorie « %(name)s » compte un niveau d’études qui n’existe pas ou ne participe pas.", name=category.name)
    if set(category.sectors) - {one.code for one in sectors()}:
        yield _("La catégorie « %(name)s » compte un secteur d’activité qui n’existe pas.", name=category.name)
    if category.keeps < 1:
        yield _("La catégorie « %(name)s » honore une personne au moins.", name=category.name)


def _quota_faults(definition: Definition, program: Program) -> Iterator[str]:
    if definition.quota is not Quota.CJE:
        return
    within = set(definition.mrcs) or {one.slug for one in program.mrcs or mrcs(program.region)}
    served = {mrc.slug for one in partners(PartnerKind.CJE, program.region) for mrc in territory_of(one)}
    if not within & served:
        yield _("Les lauréats se comptent par territoire de CJE, et aucun CJE n’est inscrit dans ce territoire.")

"""Rules in words, for people: the promise beside the legal floor, all that a version decides, and what changed between two of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certif.kit import clock
from certif.kit.access import Role
from certif.kit.languages import _, _l, _n, format_day, format_money, language
from certif.kit.money import Money
from certif.law import HourRule, RuleCode, rules_in_force
from certif.programs.checks import Automatic
from certif.programs.contracts import filled, filled_commitments, sentence, time_of_day, unquoted
from certif.programs.model import ProgramVersion
from certif.programs.sizes import SIZES
from certif.programs.values import Level, Rules, Terms

_FLOOR = (
    RuleCode.WEEK_HOURS,
    RuleCode.WEEKDAY_HOURS,
    RuleCode.LONG_BREAK,
    RuleCode.SCHOOL_HOURS,
    RuleCode.NIGHT_WORK,
    RuleCode.NIGHT_AT_HOME,
    RuleCode.MINIMUM_AGE,
)
ROLES = {
    Role.PARTNER: _l("partenaires (CJE, chambre de commerce)"),
    Role.AGENT: _l("agentes et agents"),
    Role.MANAGER: _l("gestionnaires"),
}
AGREEMENTS = {"student": _l("entre employeur et élève"), "school": _l("entre employeur et école")}


_WORD_FIRST = re.compile(r"(?:niveau|level)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class FloorLine:
    """One rule of law: its sentence and where it is written."""

    title: str
    sentence: str
    source: str


@dataclass(frozen=True)
class PromiseAndFloor:
    """Two different things, never to be mixed: what the employer promises, and what the law already demands of everyone.

    Always show both, each under its own heading: « La promesse » and « Le plancher légal ».
    """

    promise: tuple[str, ...]
    floor: tuple[FloorLine, ...]


def bare_level(name: object) -> str:
    """Give the name of a level without the word «niveau» that it may begin with, for a sentence or a line that says that word itself."""
    return _WORD_FIRST.sub("", str(name), count=1) if _WORD_FIRST.match(str(name)) else str(name)


def promise_and_floor(version: ProgramVersion, on: dt.date | None = None, told: Mapping[str, str] | None = None) -> PromiseAndFloor:
    """Give the promise of a version, and the legal floor of a day (today by default), in the reader’s language.

    Takes: `told`, what to say in place of some commitments, by id, where more is known than their delay.
    Rules whose confidence is U are left out: no one has checked them enough to show them as facts.
    """
    rules = version.rules
    required = [one for one in rules.commitments if one.is_required]
    promise = [
        *hour_sentences(unquoted(rules.hours, (one.text for one in required))),
        *((told or {}).get(one.id) or sentence(str(one.text)) for one in filled_commitments(rules) if one.is_required),
    ]
    known = {rule.code: rule for rule in rules_in_force(on or clock.today()) if rule.may_be_shown}
    floor = (known[code] for code in _FLOOR if code in known)
    return PromiseAndFloor(tuple(promise), tuple(FloorLine(str(rule.title), str(rule.sentence), rule.source) for rule in floor))


def hour_sentences(hours: Iterable[HourRule]) -> list[str]:
    """Say what each group is promised, one line a group."""
    return [
        sentence(_("%(group)s : %(hours)s", group=rule.group.label, hours=", ".join(said))) for rule in hours if (said := _said_of(rule))
    ]


def _said_of(rule: HourRule) -> list[str]:
    said = []
    if rule.ideal_hours is not None:
        said.append(_("idéalement %(hours)s h par semaine", hours=rule.ideal_hours))
    if rule.week_hours is not None:
        said.append(_("au plus %(hours)s h par semaine", hours=rule.week_hours))
    if rule.monday_friday_hours is not None:
        said.append(_("au plus %(hours)s h du lundi au vendredi", hours=rule.monday_friday_hours))
    if rule.monday_thursday_hours is not None:
        said.append(_("au plus %(hours)s h du lundi au jeudi", hours=rule.monday_thursday_hours))
    if rule.latest_finish is not None:
        said.append(_("fin au plus tard à %(time)s", time=time_of_day(rule.latest_finish, language())))
    return said


def facts_of(terms: Terms, rules: Rules) -> list[tuple[str, str]]:
    """Give all that a version decides in short, as pairs of a label and its words, in the reader’s language."""
    return [
        (_("Contribution"), _price(terms, rules)),
        (_("Signature du contrat moral"), _asked(terms.requires_signature)),
        (_("Visite avant la décision"), _asked(terms.requires_visit)),
        (_("Validité"), _n("%(num)s mois", "%(num)s mois", terms.validity_months)),
        (_("Délai de grâce"), _n("%(num)s jour", "%(num)s jours", terms.grace_days)),
        (_("Niveaux"), ", ".join(str(level.name) for level in rules.levels) or _("aucun")),
        (_("Heures"), " ".join(hour_sentences(rules.hours)) or _("rien de plus que la loi")),
        (_("Démarche en cours"), _("visible du public") if rules.shows_in_progress else _("non visible du public")),
        (_("Reçoivent les demandes"), ", ".join(str(ROLES[role]) for role in rules.receivers) or _("personne")),
        (_("Valident les demandes"), ", ".join(str(ROLES[role]) for role in rules.validators) or _("personne")),
        (_("Façons de contribuer"), ", ".join(str(method.label) for method in rules.instructions) or _("aucune")),
        (_("Dispenses par année"), _("sans limite") if rules.waivers_per_year is None else str(rules.waivers_per_year)),
        (_("Ententes proposées ensuite"), ", ".join(str(AGREEMENTS[name]) for name in rules.agreements) or _("aucune")),
        (_("Couleurs"), f"{rules.colours.primary}, {rules.colours.in_progress}"),
        (_("Employeurs fondateurs"), _("mis en valeur") if rules.recognises_founders else _("non")),
        (_("Séjour au premier niveau"), _months(rules.entry_level_months)),
        (_("Employeurs examinés chaque année"), _("%(percent)s %%", percent=rules.sample_percent) if rules.sample_percent else _("aucun")),
        (_("Rappels après un silence"), _delays(rules.reminder_days)),
        (_("Validation automatique"), _automatic(rules.automatic)),
        (_("Projet pilote"), _("jusqu’au %(day)s", day=format_day(rules.pilot_until)) if rules.pilot_until else _("non")),
    ]


def _price(terms: Terms, rules: Rules) -> str:
    if not terms.price_cents:
        return str(_("gratuit"))
    amount = format_money(Money(terms.price_cents))
    said = _("%(amount)s, requise", amount=amount) if terms.requires_contribution else _("%(amount)s, volontaire", amount=amount)
    own = [_("%(size)s : %(amount)s", size=size, amount=format_money(price)) for size, price in own_prices(rules)]
    return " · ".join([str(said), *own])


def own_prices(rules: Rules) -> list[tuple[str, Money]]:
    """Give the bands of size that have a contribution of their own, in words, from the smallest to the largest."""
    return [(str(label), Money(rules.prices_by_size[size])) for size, label in SIZES.items() if size in rules.prices_by_size]


def prices_of(version: ProgramVersion) -> list[tuple[str, Money]]:
    """Give the contribution of every band of size, in words; nothing where it is the same for all."""
    return [(str(label), version.price_for(size)) for size, label in SIZES.items()] if version.rules.prices_by_size else []


def _automatic(rule: Automatic | None) -> str:
    if rule is None:
        return str(_("non : une personne décide de chaque dossier"))
    said = _("si tout ceci est vrai : %(checks)s", checks=" ; ".join(str(check.label) for check in rule.checks))
    return f"{said} · {_hand(rule.hand_percent)}" if rule.hand_percent else str(said)


def _hand(percent: int) -> str:
    return str(_("%(percent)s %% des dossiers, tirés au sort, sont regardés par une personne", percent=percent))


def _months(most: int | None) -> str:
    return str(_n("au plus %(num)s mois", "au plus %(num)s mois", most) if most else _("sans limite"))


def _delays(days: tuple[int, ...]) -> str:
    return str(_("après %(days)s jours", days=", ".join(str(day) for day in days)) if days else _("aucun"))


def _asked(asked: bool) -> str:
    return str(_("requise") if asked else _("non requise"))


def differences(old: ProgramVersion, new: ProgramVersion) -> list[str]:
    """Say in words what changes from one version to another, in the reader’s language; nothing when they decide the same."""
    before, after = old.rules, new.rules
    said = [
        _("%(label)s : « %(before)s » devient « %(after)s ».", label=label, before=was, after=now)
        for (label, was), (_label, now) in zip(facts_of(old.terms, before), facts_of(new.terms, after), strict=True)
        if was != now
    ]
    said += _commitment_differences(before, after)
    said += _level_differences(before, after)
    texts = (
        (_("L’accroche change."), before.slogan, after.slogan),
        (_("La présentation change."), before.presentation, after.presentation),
        (_("Le texte autour des engagements du contrat change."), before.contract, after.contract),
        (_("Les indications pour contribuer changent."), before.instructions, after.instructions),
        (_("Le logo change."), before.logo, after.logo),
    )
    return said + [told for told, was, now in texts if was != now]


def contract_differences(old: ProgramVersion, new: ProgramVersion) -> list[str]:
    """Say in words what a signatory of one version promises otherwise under another: hours, commitments, the text around them."""
    before, after = old.rules, new.rules
    was, now = hour_sentences(before.hours), hour_sentences(after.hours)
    said = [_("Règle d’heures retirée : « %(text)s »", text=one) for one in was if one not in now]
    said += [_("Règle d’heures ajoutée : « %(text)s »", text=one) for one in now if one not in was]
    said += _commitment_differences(before, after)
    return said + ([str(_("Le texte autour des engagements du contrat change."))] if before.contract != after.contract else [])


def _commitment_differences(before: Rules, after: Rules) -> list[str]:
    was = {one.id: one for one in filled_commitments(before)}
    now = {one.id: one for one in filled_commitments(after)}
    said = [_("Engagement retiré : « %(text)s »", text=one.text) for name, one in was.items() if name not in now]
    said += [_("Engagement ajouté : « %(text)s »", text=one.text) for name, one in now.items() if name not in was]
    for name in (name for name in was if name in now and was[name] != now[name]):
        if was[name].text != now[name].text:
            said.append(_("Engagement modifié : « %(before)s » devient « %(after)s »", before=was[name].text, after=now[name].text))
        if was[name].is_required != now[name].is_required:
            kind = _("requis") if now[name].is_required else _("au choix")
            said.append(_("Engagement désormais %(kind)s : « %(text)s »", kind=kind, text=now[name].text))
    return said


def _level_differences(before: Rules, after: Rules) -> list[str]:
    was = {level.code: level for level in before.levels}
    changed = (level for level in after.levels if level.code in was and level != was[level.code])
    return [_("Le niveau « %(level)s » change de nom, de critères ou de couleur.", level=level.name) for level in changed]


def criteria_of(rules: Rules) -> list[tuple[str, list[str]]]:
    """Give each level’s name and its criteria, one a line, numbers filled in."""
    return [(str(level.name), criteria_lines(level, rules)) for level in rules.levels]


def criteria_lines(level: Level, rules: Rules) -> list[str]:
    """Give the criteria of a level, one a line, numbers filled in; in French where the other language has not as many."""
    text = filled(level.criteria, rules.hours)
    french, said = (_lines(words) for words in (text.fr, str(text)))
    return said if len(said) == len(french) else french


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]

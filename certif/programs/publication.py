"""What stands between a draft and its publication: each fault is a sentence that says what to change, and, for the law, which rule it
would break."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from certif.kit.languages import _
from certif.law import Breach, clause_breach, floor_breaches
from certif.programs.contracts import filled, unknown_places
from certif.programs.values import Commitment, ContractText, Rules, Terms, Text, may_be_delays

LONGEST_DELAY = 24
"""How many months after the certification a promise may be met, at most."""


def faults_of(terms: Terms, rules: Rules, on: dt.date) -> list[str]:
    """Say all that prevents these rules from being published on a day, in the reader’s language; nothing when they may be."""
    return [*_legal_faults(rules, on), *_term_faults(terms, rules), *_text_faults(terms, rules), *_level_faults(rules)]


def _legal_faults(rules: Rules, on: dt.date) -> Iterator[str]:
    for breach in floor_breaches(rules.hours, on):
        yield _legal(breach)
    for where, text in _clauses(rules):
        for words in (text.fr, text.en):
            clause = clause_breach(words, on)
            if clause is not None:
                yield f"{_legal(clause)} ({where})"
                break


def _legal(breach: Breach) -> str:
    said = _(
        "%(sentence)s C’est la règle « %(rule)s » (%(source)s).",
        sentence=breach.sentence,
        rule=breach.rule.title,
        source=breach.rule.source,
    )
    return str(said)


def _clauses(rules: Rules) -> Iterator[tuple[str, Text]]:
    for number, commitment in enumerate(rules.commitments, 1):
        yield _("engagement %(number)s", number=number), filled(commitment.text, rules.hours)
    for level in rules.levels:
        for fr, en in zip(level.criteria.fr.split("\n"), level.criteria.en.split("\n"), strict=False):
            yield _("critères du niveau %(level)s", level=level.name), Text(fr, en)
    for text in _around(rules.contract):
        for words in (part for said in (text.fr, text.en) for part in said.split("\n\n")):
            yield _("texte du contrat"), filled(Text(words), rules.hours)
    for words in (part for said in (rules.presentation.fr, rules.presentation.en) for part in said.split("\n\n")):
        yield _("présentation"), filled(Text(words), rules.hours)


def _around(contract: ContractText) -> tuple[Text, ...]:
    return contract.title, contract.preamble, contract.required_intro, contract.optional_intro, contract.closing


def _term_faults(terms: Terms, rules: Rules) -> Iterator[str]:
    if terms.price_cents < 0 or terms.validity_months < 1 or terms.grace_days < 0:
        yield _("Donnez une contribution, une durée et un délai de grâce qui ne soient pas négatifs.")
    if rules.entry_level_months == 0 or (rules.entry_level_months and len(rules.earned_levels) < 2):
        yield _("Le séjour au premier niveau ne se limite que s’il y a plus d’un niveau, et à un mois au moins.")
    if rules.sample_percent is not None and not 1 <= rules.sample_percent <= 100:
        yield _("La part des employeurs examinés chaque année va de 1 à 100 pour cent.")
    if not may_be_delays(rules.reminder_days):
        yield _("Donnez de un à trois délais de rappel, de 1 à 365 jours, du plus court au plus long ; ou aucun.")
    if (automatic := rules.automatic) is not None and not (automatic.checks and automatic.hand_percent <= 100):
        yield _("La validation automatique demande au moins une vérification, et une part de 0 à 100 pour cent.")
    if rules.automatic is not None and terms.requires_visit:
        yield _("Une visite précède la décision : la validation ne peut pas être automatique.")
    if terms.requires_contribution and not terms.price_cents:
        yield _("Donnez le montant de la contribution, ou ne l’exigez pas.")
    if rules.prices_by_size and not terms.price_cents:
        yield _("Donnez aussi la contribution des tailles qui n’ont pas la leur : elle vaut quand la taille n’est pas connue.")
    if terms.price_cents and not rules.instructions:
        yield _("Choisissez au moins une façon de verser la contribution.")
    if not rules.receivers:
        yield _("Dites qui reçoit les demandes.")
    if not rules.validators:
        yield _("Dites qui valide les demandes.")


def _text_faults(terms: Terms, rules: Rules) -> Iterator[str]:
    if not rules.presentation.is_whole:
        yield _("Présentez le programme en français et en anglais.")
    for number, commitment in enumerate(rules.commitments, 1):
        if not commitment.text.is_whole:
            yield _("Écrivez l’engagement %(number)s en français et en anglais.", number=number)
        if _is_late(commitment, terms):
            yield _("L’engagement %(number)s se tient de 1 à 24 mois après la certification, et avant qu’elle finisse.", number=number)
    for place in (place for _where, text in _clauses(rules) for place in unknown_places(text, rules.hours)):
        yield _("Aucune règle d’heures ne donne %(place)s : ajoutez-la, ou écrivez le nombre.", place=place)
    if not terms.requires_signature:
        return
    contract = rules.contract
    needed = (contract.title, contract.preamble, contract.required_intro, contract.closing)
    if not all(text.is_whole for text in needed):
        yield _("Écrivez tout le contrat en français et en anglais : titre, préambule, annonce des engagements et conclusion.")
    if not any(commitment.is_required for commitment in rules.commitments):
        yield _("Un contrat signé compte au moins un engagement requis.")
    if any(not commitment.is_required for commitment in rules.commitments) and not contract.optional_intro.is_whole:
        yield _("Annoncez les engagements au choix en français et en anglais.")


def _is_late(commitment: Commitment, terms: Terms) -> bool:
    months = commitment.within_months
    return months is not None and not 1 <= months <= min(LONGEST_DELAY, terms.validity_months)


def _level_faults(rules: Rules) -> Iterator[str]:
    for level in rules.levels:
        if not level.name.is_whole:
            yield _("Nommez chaque niveau en français et en anglais.")
            break
    if sum(level.is_supporter for level in rules.levels) > 1:
        yield _("Un programme a au plus un niveau de soutien.")
    names = (
        [level.code for level in rules.levels],
        [commitment.id for commitment in rules.commitments],
        [rule.group for rule in rules.hours],
    )
    if any(count > 1 for group in names for count in Counter(map(str, group)).values()):
        yield _("Deux niveaux, deux engagements ou deux règles d’heures portent le même nom : gardez-en un.")

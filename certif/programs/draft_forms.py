"""What staff type to edit a draft. Each form knows the rules it shows, and gives the rules it was filled to mean."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields, replace
from typing import Any

from wtforms import ValidationError
from wtforms.validators import Regexp

from certif.kit.access import Role
from certif.kit.forms import Choice, Choices, Day, Form, LongText, Number, ShortText, Tick
from certif.kit.languages import _, _l
from certif.law import HourRule, StudentGroup
from certif.programs.checks import Automatic, Check
from certif.programs.contracts import time_of_day
from certif.programs.sizes import SIZES
from certif.programs.typography import english, french
from certif.programs.values import Colours, Commitment, ContractText, Level, PaymentMethod, Rules, Terms, Text, may_be_delays
from certif.programs.wording import AGREEMENTS, ROLES

_COLOUR = Regexp(r"#[0-9a-fA-F]{6}", message=_l("Choisissez une couleur, comme #0f4a3c."))
_ALWAYS = (Check.ENTRY_LEVEL, Check.NO_VISIT, Check.UNTOUCHED)
_OVER_THE_YEARS = ("entry_level_months", "sample_percent")
_OF_SIZE = {size: f"price_{size.removesuffix('+').replace('-', '_')}" for size in SIZES}
_ROLES = [(role.value, label) for role, label in ROLES.items()]


def _delays(typed: str | None) -> tuple[int, ...]:
    return tuple(int(day) for day in re.findall(r"[0-9]+", typed or ""))


def _are_delays(_form: Any, field: Any) -> None:
    if field.data and not (re.fullmatch(r"[0-9]{1,4}(?:[ ,;]+[0-9]{1,4})*", field.data, re.ASCII) and may_be_delays(_delays(field.data))):
        raise ValidationError(
            _("Écrivez de un à trois nombres de jours, de 1 à 365, du plus petit au plus grand, séparés par des virgules.")
        )


class TermsForm(Form):
    """What is asked, for how long, and who does what."""

    price = Number(_l("Contribution, en dollars"), most=1000, hint=_l("0 si le programme est gratuit."))
    price_1_4, price_5_19, price_20_99, price_100_499, price_500 = (Number(label, most=1000, required=False) for label in SIZES.values())
    requires_contribution = Tick(_l("La contribution est requise"))
    requires_signature = Tick(_l("Le contrat moral est signé"))
    requires_visit = Tick(_l("Une visite précède la décision"))
    validity_months = Number(_l("Validité, en mois"), least=1, most=120)
    grace_days = Number(_l("Délai de grâce après l’échéance, en jours"), most=365)
    shows_in_progress = Tick(_l("Le public voit les démarches en cours"))
    receivers = Choices(_l("Qui reçoit les demandes"), choices=_ROLES)
    validators = Choices(_l("Qui valide les demandes"), choices=_ROLES)
    methods = Choices(_l("Façons de contribuer"), choices=[(one.value, one.label) for one in PaymentMethod], required=False)
    waivers_per_year = Number(_l("Dispenses de contribution par année"), required=False, hint=_l("Vide : sans limite."))
    agreements = Choices(_l("Ententes proposées ensuite"), choices=list(AGREEMENTS.items()), required=False)
    recognises_founders = Tick(_l("Les employeurs fondateurs sont mis en valeur"))
    pilot_until = Day(_l("Projet pilote jusqu’au"), required=False)
    entry_level_months = Number(
        _l("Séjour au premier niveau, en mois au plus"), least=1, most=120, required=False, hint=_l("Vide : sans limite.")
    )
    sample_percent = Number(
        _l("Part des employeurs examinés chaque année, en pour cent"), least=1, most=100, required=False, hint=_l("Vide : aucun examen.")
    )

    reminder_days = ShortText(
        _l("Rappels après un silence, en jours"), most=40, required=False, validators=[_are_delays],
        hint=_l("Un à trois délais, du plus court au plus long, comme 7, 21, 45. Vide : aucun rappel."),
    )  # fmt: skip

    @staticmethod
    def showing(terms: Terms, rules: Rules) -> dict[str, Any]:
        """Give the answers that say these rules."""
        own = {
            name: getattr(terms, name)
            for name in ("requires_contribution", "requires_signature", "requires_visit", "validity_months", "grace_days")
        }
        shared = {
            name: getattr(rules, name)
            for name in ("shows_in_progress", "waivers_per_year", "agreements", "recognises_founders", "pilot_until", *_OVER_THE_YEARS)
        }
        roles = {name: [role.value for role in getattr(rules, name)] for name in ("receivers", "validators")}
        shared["reminder_days"] = ", ".join(str(day) for day in rules.reminder_days)
        prices = {_OF_SIZE[size]: cents // 100 for size, cents in rules.prices_by_size.items()}
        return {
            "price": terms.price_cents // 100,
            **prices,
            **own,
            **shared,
            **roles,
            "methods": [method.value for method in rules.instructions],
        }

    def of_sizes(self) -> list[Any]:
        """Give the fields of the contribution of each size, from the smallest to the largest."""
        return [self[name] for name in _OF_SIZE.values()]

    @property
    def terms(self) -> Terms:
        """The terms that were typed."""
        asked = self.requires_signature.data, self.requires_contribution.data, self.requires_visit.data
        return Terms(self.price.data * 100, *asked, self.validity_months.data, self.grace_days.data)

    def applied_to(self, rules: Rules) -> Rules:
        """Give these rules with what was typed; instructions already written are kept."""
        methods = [PaymentMethod(name) for name in self.methods.data or []]
        return replace(
            rules,
            receivers=tuple(Role(name) for name in self.receivers.data),
            validators=tuple(Role(name) for name in self.validators.data),
            shows_in_progress=self.shows_in_progress.data,
            instructions={method: rules.instructions.get(method, Text()) for method in methods},
            waivers_per_year=self.waivers_per_year.data,
            agreements=tuple(self.agreements.data or ()),
            recognises_founders=self.recognises_founders.data,
            pilot_until=self.pilot_until.data,
            entry_level_months=self.entry_level_months.data,
            sample_percent=self.sample_percent.data,
            reminder_days=_delays(self.reminder_days.data),
            prices_by_size={size: self[name].data * 100 for size, name in _OF_SIZE.items() if self[name].data is not None},
        )


class AutomaticForm(Form):
    """When a file is validated without a person looking at it."""

    is_automatic = Tick(_l("Valider automatiquement les dossiers pour lesquels tout est vrai"))
    checks = Choices(_l("Ce qui doit être vrai"), choices=[(one.value, one.label) for one in Check if one not in _ALWAYS], required=False)
    hand_percent = Number(
        _l("Part regardée par une personne tout de même, en pour cent"), most=100, required=False,
        hint=_l("Tirée au sort parmi les dossiers pour lesquels tout est vrai. Vide : aucune."),
    )  # fmt: skip

    @staticmethod
    def showing(rules: Rules) -> dict[str, Any]:
        """Give the answers that say these rules."""
        if rules.automatic is None:
            return {"checks": [one.value for one in Check]}
        return {"is_automatic": True, "checks": list(rules.automatic.checks), "hand_percent": rules.automatic.hand_percent or None}

    def applied_to(self, rules: Rules) -> Rules:
        """Give these rules with what was typed."""
        named = tuple(Check(name) for name in self.checks.data or ())
        return replace(rules, automatic=Automatic(named, self.hand_percent.data or 0) if self.is_automatic.data else None)


class HoursForm(Form):
    """The hours of each group in the school period; an empty place promises nothing."""

    @classmethod
    def showing(cls, rules: Rules) -> dict[str, Any]:
        """Give the answers that say these rules."""
        return {f"{rule.group}_{name}": _shown(getattr(rule, name)) for rule in rules.hours for name in _HOURS}

    def rows(self) -> list[tuple[object, list[Any]]]:
        """Give the fields by group, in reading order."""
        return [(group.label, [self[f"{group}_{name}"] for name in _HOURS]) for group in StudentGroup]

    def applied_to(self, rules: Rules) -> Rules:
        """Give these rules with what was typed; a group of which nothing is said has no rule."""
        said = [HourRule(group, **{name: _meant(self[f"{group}_{name}"].data) for name in _HOURS}) for group in StudentGroup]
        return replace(rules, hours=tuple(rule for rule in said if rule != HourRule(rule.group)))


_HOURS = {
    "week_hours": _l("Au plus, par semaine"),
    "monday_friday_hours": _l("Au plus, du lundi au vendredi"),
    "monday_thursday_hours": _l("Au plus, du lundi au jeudi"),
    "ideal_hours": _l("Idéalement, par semaine"),
    "latest_finish": _l("Fin au plus tard à"),
}
_TIMES = [dt.time(minutes // 60 % 24, minutes % 60) for minutes in range(18 * 60, 25 * 60 + 1, 15)]


def _shown(value: object) -> object:
    return value.isoformat("minutes") if isinstance(value, dt.time) else value


def _meant(answer: Any) -> Any:
    if isinstance(answer, str):
        return dt.time.fromisoformat(answer) if answer else None
    return answer


for _group in StudentGroup:
    for _name, _label in _HOURS.items():
        _times = [("", _l("Non précisé")), *((one.isoformat("minutes"), time_of_day(one, "fr")) for one in _TIMES)]
        _field = Choice(_label, choices=_times, required=False) if _name == "latest_finish" else Number(_label, most=60, required=False)
        setattr(HoursForm, f"{_group}_{_name}", _field)


class _Bilingual(Form):
    """A form whose fields go by pairs, `name_fr` and `name_en`."""

    def text(self, name: str) -> Text:
        """Give what was typed in both languages, set as it is printed."""
        return Text(french(self[f"{name}_fr"].data), english(self[f"{name}_en"].data))


class TextsForm(_Bilingual):
    """The words and colours the program is presented with."""

    slogan_fr = ShortText(_l("Accroche, en français"), most=120, required=False)
    slogan_en = ShortText(_l("Accroche, en anglais"), most=120, required=False)
    presentation_fr = LongText(_l("Présentation, en français"))
    presentation_en = LongText(_l("Présentation, en anglais"))
    card_fr = LongText(_l("Par carte : indications en français"), most=600, required=False)
    card_en = LongText(_l("Par carte : indications en anglais"), most=600, required=False)
    cheque_fr = LongText(_l("Par chèque : indications en français"), most=600, required=False)
    cheque_en = LongText(_l("Par chèque : indications en anglais"), most=600, required=False)
    interac_fr = LongText(_l("Par virement Interac : indications en français"), most=600, required=False)
    interac_en = LongText(_l("Par virement Interac : indications en anglais"), most=600, required=False)
    cash_fr = LongText(_l("En argent comptant : indications en français"), most=600, required=False)
    cash_en = LongText(_l("En argent comptant : indications en anglais"), most=600, required=False)
    primary = ShortText(_l("Couleur du programme"), validators=[_COLOUR], render_kw={"type": "color"})
    in_progress = ShortText(_l("Couleur d’une démarche en cours"), validators=[_COLOUR], render_kw={"type": "color"})

    @staticmethod
    def showing(rules: Rules) -> dict[str, Any]:
        """Give the answers that say these rules."""
        said = _pairs(
            {"slogan": rules.slogan, "presentation": rules.presentation, **{one.value: text for one, text in rules.instructions.items()}}
        )
        return {**said, "primary": rules.colours.primary, "in_progress": rules.colours.in_progress}

    def applied_to(self, rules: Rules) -> Rules:
        """Give these rules with what was typed."""
        return replace(
            rules,
            slogan=self.text("slogan"),
            presentation=self.text("presentation"),
            instructions={method: self.text(method.value) for method in rules.instructions},
            colours=Colours(self.primary.data.lower(), self.in_progress.data.lower()),
        )


class ContractForm(_Bilingual):
    """The words around the commitments."""

    title_fr = ShortText(_l("Titre, en français"), most=160, required=False)
    title_en = ShortText(_l("Titre, en anglais"), most=160, required=False)
    preamble_fr = LongText(_l("Préambule, en français"), required=False)
    preamble_en = LongText(_l("Préambule, en anglais"), required=False)
    required_intro_fr = ShortText(_l("Annonce des engagements requis, en français"), required=False)
    required_intro_en = ShortText(_l("Annonce des engagements requis, en anglais"), required=False)
    optional_intro_fr = ShortText(_l("Annonce des engagements au choix, en français"), required=False)
    optional_intro_en = ShortText(_l("Annonce des engagements au choix, en anglais"), required=False)
    closing_fr = LongText(_l("Conclusion, en français"), required=False)
    closing_en = LongText(_l("Conclusion, en anglais"), required=False)

    @staticmethod
    def showing(rules: Rules) -> dict[str, Any]:
        """Give the answers that say these rules."""
        return _pairs({field.name: getattr(rules.contract, field.name) for field in fields(ContractText)})

    def applied_to(self, rules: Rules) -> Rules:
        """Give these rules with what was typed."""
        return replace(rules, contract=ContractText(**{field.name: self.text(field.name) for field in fields(ContractText)}))


class CommitmentForm(_Bilingual):
    """One commitment."""

    promise_fr = LongText(
        _l("Engagement, en français"), most=600, hint=_l("Un verbe à l’infinitif, sans point : « adapter l’horaire aux examens ».")
    )
    promise_en = LongText(_l("Engagement, en anglais"), most=600)
    is_required = Tick(_l("Requis : chaque signataire le prend"))
    within_months = Number(
        _l("À tenir dans les mois qui suivent la certification"), least=1, most=24, required=False,
        hint=_l("Combien de mois au plus. Vide : l’engagement vaut dès le premier jour."),
    )  # fmt: skip
    position = Number(_l("Rang dans la liste"), least=1, most=100, required=False)

    def commitment(self, name: str) -> Commitment:
        """Give the commitment that was typed, under its id."""
        return Commitment(name, self.text("promise"), self.is_required.data, self.within_months.data)


class LevelForm(_Bilingual):
    """One level."""

    name_fr = ShortText(_l("Nom, en français"), most=60)
    name_en = ShortText(_l("Nom, en anglais"), most=60)
    criteria_fr = LongText(_l("Critères, en français"), required=False, hint=_l("Un critère par ligne."))
    criteria_en = LongText(_l("Critères, en anglais"), required=False, hint=_l("Un critère par ligne."))
    colour = ShortText(_l("Couleur"), validators=[_COLOUR], render_kw={"type": "color"})
    is_supporter = Tick(_l("Niveau de soutien : n’embauche pas d’élèves"))
    position = Number(_l("Rang, du premier au dernier niveau"), least=1, most=20, required=False)

    def level(self, code: str) -> Level:
        """Give the level that was typed, under its code."""
        return Level(code, self.text("name"), self.text("criteria"), self.colour.data.lower(), self.is_supporter.data)


def _pairs(texts: dict[str, Text]) -> dict[str, str]:
    return {f"{name}_{language}": getattr(text, language) for name, text in texts.items() for language in ("fr", "en")}

"""What staff type of a contest, in words: each form knows the definition that it shows, and gives the one it was filled to mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from certif.campaigns.values import Definition, Quota, Tie, UnderAge, Unit
from certif.campaigns.wording import QUOTAS, TIES, UNDER_AGE, UNITS
from certif.kit.forms import Choice, Choices, Day, Form, LongText, Number, ShortText, Tick
from certif.kit.languages import _, _l
from certif.programs import Text, english, french
from certif.surveys import LEVEL_LABELS


def pairs(**texts: Text) -> dict[str, str]:
    """Give texts as the answers of a form whose fields go by pairs, `name_fr` and `name_en`."""
    return {f"{name}_{spoken}": getattr(text, spoken) for name, text in texts.items() for spoken in ("fr", "en")}


def options(labels: dict[Any, Any]) -> list[tuple[str, Any]]:
    """Give choices from labels by value."""
    return [(one.value, label) for one, label in labels.items()]


class BilingualForm(Form):
    """A form whose fields go by pairs, `name_fr` and `name_en`."""

    def text(self, name: str) -> Text:
        """Give what was typed in both languages, set as it is printed."""
        return Text(french(self[f"{name}_fr"].data), english(self[f"{name}_en"].data))

    def offer(self, mrcs: list[tuple[str, str]]) -> BilingualForm:
        """Offer the MRC of the program, where the form asks for some."""
        if "mrcs" in self:
            self["mrcs"].choices = mrcs
        return self


class AnnouncementForm(BilingualForm):
    """What the contest is called, and when."""

    title_fr = ShortText(_l("Titre en français"), most=120, hint=_l("Les formes inclusives sont votre choix."))
    title_en = ShortText(_l("Titre en anglais"), most=120, required=False)
    introduction_fr = LongText(_l("Présentation en français"), required=False, hint=_l("Deux ou trois phrases, en haut de la page."))
    introduction_en = LongText(_l("Présentation en anglais"), required=False)
    opens_on = Day(_l("Premier jour des nominations"))
    closes_on = Day(_l("Dernier jour des nominations"), hint=_l("On peut nommer jusqu’à minuit ce jour-là."))
    allows_paper = Tick(_l("Les nominations sur papier sont acceptées"), hint=_l("L’équipe les saisit ensuite."))
    once_a_boss = Tick(
        _l("Un même boss n’est à l’honneur que dans un duo"),
        hint=_l("Pour des duos : son duo le mieux placé reste, et le suivant du classement prend la place de l’autre."),
    )  # fmt: skip
    elsewhere_fr = ShortText(
        _l("À faire aussi ailleurs, en français"), required=False,
        hint=_l("Par exemple : nommer son boss dans un commentaire. C’est dit, et jamais vérifié."),
    )  # fmt: skip
    elsewhere_en = ShortText(_l("À faire aussi ailleurs, en anglais"), required=False)

    @staticmethod
    def showing(definition: Definition) -> dict[str, Any]:
        """Give the answers that say this contest."""
        plain = {name: getattr(definition, name) for name in ("opens_on", "closes_on", "allows_paper", "once_a_boss")}
        return plain | pairs(title=definition.title, introduction=definition.introduction, elsewhere=definition.elsewhere)

    def applied_to(self, definition: Definition) -> Definition:
        """Give this contest with what was typed."""
        texts: dict[str, Any] = {name: self.text(name) for name in ("title", "introduction", "elsewhere")}
        days: dict[str, Any] = {"opens_on": self.opens_on.data, "closes_on": self.closes_on.data}
        return replace(definition, **texts, **days, allows_paper=self.allows_paper.data, once_a_boss=self.once_a_boss.data)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Refuse days out of order."""
        if not super().validate(*args, **kwargs):
            return False
        if self.closes_on.data < self.opens_on.data:
            self.closes_on.errors = [_("Choisissez un dernier jour qui ne vient pas avant le premier.")]
            return False
        return True


class EligibilityForm(BilingualForm):
    """Who may nominate."""

    least_age = Number(_l("Âge minimal"), least=14, most=99, hint=_l("14 ans ou plus : avant, un parent décide."))
    most_age = Number(_l("Âge maximal"), least=14, most=99, required=False, hint=_l("Vide : sans limite. « Moins de 25 ans » s’écrit 24."))
    under_age = Choice(_l("Enfants de moins de 14 ans"), radio=True, choices=options(UNDER_AGE))
    levels = Choices(
        _l("Niveaux d’études"), choices=list(LEVEL_LABELS.items()), required=False, hint=_l("Aucune case cochée : tous les niveaux.")
    )
    ties = Choices(_l("Dans le territoire du concours, il faut"), choices=options(TIES), required=False)
    has_interns = Tick(_l("Un stage compte comme un emploi"))
    most_hours = Number(
        _l("Heures de travail par semaine, au plus"), least=1, most=40, required=False, hint=_l("Vide : aucun plafond pour participer.")
    )
    most_hours_under = Number(
        _l("Ce plafond ne vaut qu’avant l’âge de"), least=15, most=99, required=False, hint=_l("Vide : il vaut à tout âge.")
    )
    full_time_under = Number(
        _l("Études à temps plein exigées avant l’âge de"), least=15, most=99, required=False, hint=_l("Vide : jamais exigées.")
    )

    _PLAIN = ("least_age", "most_age", "most_hours", "most_hours_under", "full_time_under", "has_interns")

    @classmethod
    def showing(cls, definition: Definition) -> dict[str, Any]:
        """Give the answers that say this contest."""
        asked = definition.eligibility
        plain = {name: getattr(asked, name) for name in cls._PLAIN}
        return plain | {"under_age": asked.under_age.value, "levels": list(asked.levels), "ties": [one.value for one in asked.ties]}

    def applied_to(self, definition: Definition) -> Definition:
        """Give this contest with what was typed."""
        chosen: dict[str, Any] = {"levels": tuple(self.levels.data or ()), "ties": tuple(Tie(one) for one in self.ties.data or ())}
        plain: dict[str, Any] = {name: self[name].data for name in self._PLAIN}
        asked = replace(definition.eligibility, **plain, **chosen, under_age=UnderAge(self.under_age.data))
        return replace(definition, eligibility=asked)


class TerritoryForm(BilingualForm):
    """Where, what is chosen, and within what a number of laureates is counted."""

    mrcs = Choices(_l("MRC du concours"), choices=[], required=False, hint=_l("Aucune case cochée : tout le territoire du programme."))
    unit = Choice(_l("Ce qui est choisi"), radio=True, choices=options(UNITS))
    quota = Choice(_l("Le nombre de lauréats se compte"), radio=True, choices=options(QUOTAS))

    @staticmethod
    def showing(definition: Definition) -> dict[str, Any]:
        """Give the answers that say this contest."""
        return {"mrcs": list(definition.mrcs), "unit": definition.unit.value, "quota": definition.quota.value}

    def applied_to(self, definition: Definition) -> Definition:
        """Give this contest with what was typed."""
        return replace(definition, mrcs=tuple(self.mrcs.data or ()), unit=Unit(self.unit.data), quota=Quota(self.quota.data))


class RulesForm(BilingualForm):
    """What binds."""

    rules_fr = LongText(
        _l("Règlement en français"),
        most=20_000,
        hint=_l("C’est lui qui lie. Une ligne vide sépare les paragraphes."),
        render_kw={"rows": 16},
    )
    rules_en = LongText(_l("Règlement en anglais"), most=20_000, required=False, render_kw={"rows": 16})

    @staticmethod
    def showing(definition: Definition) -> dict[str, Any]:
        """Give the answers that say this contest."""
        return pairs(rules=definition.rules)

    def applied_to(self, definition: Definition) -> Definition:
        """Give this contest with what was typed."""
        return replace(definition, rules=self.text("rules"))


PARTS: dict[str, tuple[Any, type[Any]]] = {
    "annonce": (_l("Titre, présentation et jours"), AnnouncementForm),
    "admissibilite": (_l("Qui peut nommer"), EligibilityForm),
    "territoire": (_l("Territoire et nombre de lauréats"), TerritoryForm),
    "reglement": (_l("Règlement"), RulesForm),
}
"""The pages of a draft that hold one thing each, by the word of their address."""

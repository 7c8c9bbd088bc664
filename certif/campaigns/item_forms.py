"""What staff type of the lists of a contest: a question, a phase, a category, a prize. Each form shows one, and gives one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import HiddenField

from certif.campaigns.draft_forms import BilingualForm, options, pairs
from certif.campaigns.editing import with_item
from certif.campaigns.values import Category, Criterion, Definition, Phase, PhaseKind, Prize, Prompt, Winner
from certif.campaigns.wording import DECIDERS, HOW, KINDS, WINNERS
from certif.kit import tokens
from certif.kit.access import Role
from certif.kit.forms import Choice, Choices, Day, LongText, Number, ShortText, Tick
from certif.kit.languages import _, _l
from certif.programs import Text, english, french
from certif.surveys import LEVEL_LABELS
from certif.territory import sectors

CRITERIA = 6
_PLAIN = ("from_on", "until_on", "keeps", "is_blind", "is_ranked", "shows_scores", "jurors_each")
_SIGNS = ("same_domain", "same_network", "same_hour")


class _ItemForm(BilingualForm):
    name_fr = ShortText(_l("Nom, en français"), most=200)
    name_en = ShortText(_l("Nom, en anglais"), most=200, required=False)
    position = Number(_l("Rang dans la liste"), least=1, most=100, required=False)

    seen = HiddenField()

    FIRST: ClassVar[dict[str, Any]] = {}
    """What a new one shows before anything is typed."""

    def item(self, name: str, before: Any) -> Any:
        """Give what was typed. Takes: `name`, its id; `before`, what it was, None for a new one."""
        raise NotImplementedError

    def put(self, field: str, number: int | None, before: Any) -> Callable[[Definition], Definition]:
        """Give the change that puts what was typed in its list, at its place: from 1, None for a new one."""
        item = self.item(getattr(before, "id", None) or tokens.ref()[:8].lower(), before)
        place, seen = number - 1 if number else None, self.seen.data or ""
        return lambda now: with_item(now, field, place, item, self.position.data, seen=seen)


class PromptForm(_ItemForm):
    """A question that helps a student say why."""

    name_fr = ShortText(_l("Question, en français"), most=200)
    name_en = ShortText(_l("Question, en anglais"), most=200, required=False)

    @staticmethod
    def showing(one: Prompt) -> dict[str, Any]:
        """Give the answers that say it."""
        return pairs(name=one.name)

    def item(self, name: str, _before: Prompt | None) -> Prompt:
        """Give what was typed."""
        return Prompt(name, self.text("name"))


class PhaseForm(_ItemForm):
    """A phase."""

    kind = Choice(_l("Comment"), radio=True, choices=options(KINDS))
    from_on = Day(_l("Premier jour"))
    until_on = Day(_l("Dernier jour"))
    keeps = Number(
        _l("Combien sont retenus"), least=1, most=10_000, required=False,
        hint=_l("Dans chaque territoire où le nombre se compte. Vide : tout ce qui convient."),
    )  # fmt: skip
    deciders = Choices(_l("Qui conclut"), choices=options(DECIDERS))
    about_fr = LongText(_l("Ce qui est regardé, en français"), most=1500, required=False)
    about_en = LongText(_l("Ce qui est regardé, en anglais"), most=1500, required=False)
    is_blind = Tick(_l("Les noms sont cachés à qui juge"), hint=_l("Pour un jury ou un choix."))
    is_ranked = Tick(
        _l("Le jury classe ses choix plutôt que de noter"),
        hint=_l("Pour choisir plusieurs personnes à la fois : un vote unique transférable, sans grille."),
    )  # fmt: skip
    shows_scores = Tick(_l("Un membre du jury voit les notes des autres une fois les siennes données"))
    jurors_each = Number(
        _l("Combien de membres du jury lisent chaque nomination"), least=1, most=100, required=False, hint=_l("Vide : tous.")
    )

    same_domain = Number(
        _l("Vote : votes d’un même domaine de courriel avant de le signaler"), least=2, most=10_000, required=False,
        hint=_l("Pour la même candidature. Les grands services de courriel ne comptent pas. Vide : 3."),
    )  # fmt: skip
    same_network = Number(
        _l("Vote : votes d’un même réseau en une heure avant de le signaler"), least=2, most=10_000, required=False,
        hint=_l("Pour la même candidature. Une école n’a qu’un réseau. Vide : 10."),
    )  # fmt: skip
    same_hour = Number(
        _l("Vote : votes en une heure avant de le signaler"), least=2, most=10_000, required=False,
        hint=_l("Pour la même candidature, d’où qu’ils viennent. Vide : 20."),
    )  # fmt: skip

    FIRST: ClassVar[dict[str, Any]] = {"deciders": [Role.MANAGER.value]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.option_hints = {kind.value: how for kind, how in HOW.items()}  # type: ignore[attr-defined]

    @staticmethod
    def showing(one: Phase) -> dict[str, Any]:
        """Give the answers that say it."""
        plain = {name: getattr(one, name) for name in (*_PLAIN, *_SIGNS)}
        said = plain | pairs(name=one.name, about=one.about) | {"kind": one.kind.value, "deciders": [role.value for role in one.deciders]}
        for number, line in enumerate(one.criteria[:CRITERIA], 1):
            said |= {f"criterion_{number}_{spoken}": getattr(line.name, spoken) for spoken in ("fr", "en")}
            said |= {f"criterion_{number}_weight": line.weight, f"criterion_{number}_most": line.most}
        return said

    def lines(self) -> list[list[Any]]:
        """Give the fields of each criterion, line by line."""
        return [[self[f"criterion_{number}_{part}"] for part in ("fr", "en", "weight", "most")] for number in range(1, CRITERIA + 1)]

    def item(self, name: str, before: Phase | None) -> Phase:
        """Give what was typed; only a jury keeps its criteria."""
        kind, known = PhaseKind(self.kind.data), before.criteria if before else ()
        is_ranked = kind is PhaseKind.JURY and self.is_ranked.data
        is_jury = kind is PhaseKind.JURY and not is_ranked
        return Phase(
            name, kind, self.text("name"), self.from_on.data, self.until_on.data, tuple(Role(one) for one in self.deciders.data),
            keeps=self.keeps.data, is_blind=self.is_blind.data, shows_scores=is_jury and self.shows_scores.data,
            jurors_each=self.jurors_each.data if is_jury else None, criteria=self._criteria(known) if is_jury else (),
            about=self.text("about"), is_ranked=is_ranked,
            **{one: self[one].data for one in _SIGNS if self[one].data and kind is PhaseKind.VOTE},
        )  # fmt: skip

    def _criteria(self, known: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        taken = {one.id for one in known}
        fresh = (name for name in (f"critere-{number}" for number in range(1, 100)) if name not in taken)
        found = []
        for place, (fr, en, weight, most) in enumerate(self.lines()):
            if fr.data:
                name = known[place].id if place < len(known) else next(fresh)
                found.append(Criterion(name, Text(french(fr.data), english(en.data)), weight.data or 1, most.data or 5))
        return (*found, *known[CRITERIA:])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Refuse days out of order."""
        if not super().validate(*args, **kwargs):
            return False
        if self.until_on.data < self.from_on.data:
            self.until_on.errors = [_("Choisissez un dernier jour qui ne vient pas avant le premier.")]
            return False
        return True


for _number in range(1, CRITERIA + 1):
    setattr(PhaseForm, f"criterion_{_number}_fr", ShortText(_l("Critère, en français"), most=200, required=False))
    setattr(PhaseForm, f"criterion_{_number}_en", ShortText(_l("Critère, en anglais"), most=200, required=False))
    setattr(PhaseForm, f"criterion_{_number}_weight", Number(_l("Poids"), least=1, most=100, required=False))
    setattr(PhaseForm, f"criterion_{_number}_most", Number(_l("Noté sur"), least=1, most=100, required=False))


class CategoryForm(_ItemForm):
    """A category."""

    keeps = Number(_l("Combien y sont à l’honneur"), least=1, most=1000)
    sponsor = ShortText(_l("Présentée par"), most=120, required=False, hint=_l("L’organisation qui prête son nom."))
    mrcs = Choices(_l("Seulement ces MRC"), choices=[], required=False)
    levels = Choices(_l("Seulement ces niveaux d’études"), choices=list(LEVEL_LABELS.items()), required=False)
    sectors = Choices(_l("Seulement ces secteurs d’activité"), choices=[], required=False)

    FIRST: ClassVar[dict[str, Any]] = {"keeps": 1}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sectors.choices = [(one.code, one.name) for one in sectors()]

    @staticmethod
    def showing(one: Category) -> dict[str, Any]:
        """Give the answers that say it."""
        filters = {name: list(getattr(one, name)) for name in ("mrcs", "levels", "sectors")}
        return pairs(name=one.name) | filters | {"keeps": one.keeps, "sponsor": one.sponsor}

    def item(self, name: str, _before: Category | None) -> Category:
        """Give what was typed."""
        filters = {part: tuple(self[part].data or ()) for part in ("mrcs", "levels", "sectors")}
        return Category(name, self.text("name"), self.keeps.data, sponsor=self.sponsor.data or "", **filters)


class PrizeForm(_ItemForm):
    """A prize."""

    to = Choice(_l("À qui"), radio=True, choices=options(WINNERS))
    number = Number(_l("Combien chaque personne en reçoit"), least=1, most=1000)
    FIRST: ClassVar[dict[str, Any]] = {"number": 1, "value": 0}

    value = Number(_l("Valeur d’un seul, en dollars"), most=100_000, hint=_l("0 s’il n’a pas de prix : un titre, une visite."))

    @staticmethod
    def showing(one: Prize) -> dict[str, Any]:
        """Give the answers that say it."""
        return pairs(name=one.name) | {"to": one.to.value, "number": one.number, "value": one.value_cents // 100}

    def item(self, _name: str, before: Prize | None) -> Prize:
        """Give what was typed; cents that a file gave stay while the dollars are the same."""
        cents = before.value_cents % 100 if before and before.value_cents // 100 == self.value.data else 0
        return Prize(self.text("name"), Winner(self.to.data), self.number.data, self.value.data * 100 + cents)


@dataclass(frozen=True)
class Listed:
    """A list of a draft: the field of `Definition`, what it is called, how one adds to it, and the form of an item."""

    field: str
    label: Any
    adding: Any
    form: type[Any]


LISTS = {
    "questions": Listed("prompts", _l("Questions posées aux élèves"), _l("Ajouter une question"), PromptForm),
    "etapes": Listed("phases", _l("Étapes du choix"), _l("Ajouter une étape"), PhaseForm),
    "categories": Listed("categories", _l("Catégories"), _l("Ajouter une catégorie"), CategoryForm),
    "prix": Listed("prizes", _l("Prix"), _l("Ajouter un prix"), PrizeForm),
}
"""The lists of a draft, by the word of their address."""

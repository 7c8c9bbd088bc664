"""What a student types to nominate, by the rules and the prompts of the contest: no more than it needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import wtforms

from certif.campaigns import Prompt, Tie
from certif.consents import PURPOSES
from certif.kit.forms import Choice, Email, Form, LongText, Number, ShortText, SixDigits, Tick
from certif.kit.languages import _, _l, language
from certif.nominations.nominate_keys import typed_code
from certif.nominations.nominate_queries import Area, Door
from certif.nominations.nominate_said import PURPOSES_ASKED, Said, age_choices, asks_parent, is_child
from certif.programs import Text
from certif.surveys import LEVEL_LABELS

MOST_SIGNS, MOST_NAME = 600, 80


class SaidForm(Form):
    """What is asked of any nomination, typed by the student or from paper. `build` adds the prompts and the boxes to tick."""

    prompts: tuple[str, ...] = ()

    age = Choice(_l("Âge"), radio=True, required=_l("Choisissez l’âge."))
    establishment = wtforms.HiddenField(filters=[typed_code])
    name = ShortText(_l("Nom du lieu de travail"), most=120, required=False)
    municipality = ShortText(_l("Ville ou village"), most=MOST_NAME, required=False)
    mrc = Choice(_l("MRC"), required=False)
    person = ShortText(_l("Nom du boss"), most=MOST_NAME, hint=_l("Le nom qu’on lui donne au travail : Julie, M. Roy…"))
    level = Choice(_l("Études"), choices=[("", _l("Choisissez")), *LEVEL_LABELS.items()], required=_l("Choisissez le niveau d’études."))
    school = ShortText(_l("École"), most=120, render_kw={"list": "school-bodies", "autocomplete": "organization"})
    first_name = ShortText(_l("Prénom"), most=MOST_NAME, render_kw={"autocomplete": "given-name"})
    hours = Number(_l("Heures de travail par semaine"), least=0, most=80, required=False)
    is_intern = Tick(_l("C’est un stage"))
    studies = Tick(_l("J’étudie dans la région"))
    lives = Tick(_l("J’habite la région"))

    def offer(self, door: Door, areas: Sequence[Area]) -> SaidForm:
        """Ask what this contest needs, and nothing else."""
        rules = door.definition.eligibility
        self.mrc.choices = [("", _("Choisissez")), *((one.slug, one.name) for one in areas)]
        self.age.choices = age_choices(rules)
        unasked = {"hours": rules.most_hours is None, "is_intern": not rules.has_interns}
        unasked |= {"studies": Tie.STUDIES not in rules.ties, "lives": Tie.LIVES not in rules.ties}
        for name in [name for name, is_unasked in unasked.items() if is_unasked]:
            del self[name]
        return self

    def words(self) -> dict[str, str]:
        """Give what was answered, by prompt; what was left empty is not there."""
        return {name: self[f"why_{name}"].data for name in self.prompts if self[f"why_{name}"].data}

    def agreed(self) -> list[str]:
        """Give the purposes that were ticked."""
        return [purpose for purpose in PURPOSES_ASKED if self[f"agrees_{purpose}"].data]

    def said(self) -> Said:
        """Give what was typed, as the acts take it."""
        place = ("establishment",) if self.establishment.data else ("name", "municipality", "mrc")
        plain = {name: self[name].data or "" for name in (*place, "person", "first_name", "school", "level", "age")}
        ties = [tie.value for tie in (Tie.STUDIES, Tie.LIVES) if self._ticked(tie.value)]
        hours = self["hours"].data if "hours" in self else None
        return Said(
            **plain, answers=self.words(), hours=hours, is_intern=self._ticked("is_intern"), ties=ties, consents=self.agreed(),
            language=language(),
        )  # fmt: skip

    def missing(self) -> dict[str, str]:
        """Give what is still to be typed, a sentence for each field: what is not needed of everyone is asked here."""
        found: dict[str, str] = {}
        if not self.establishment.data:
            if not any(sign.isalnum() for sign in self.name.data or ""):
                found["name"] = _("Écrivez le nom du lieu de travail.")
            if not self.municipality.data:
                found["municipality"] = _("Écrivez la ville ou le village.")
            if not self.mrc.data:
                found["mrc"] = _("Choisissez la MRC.")
        if not any(sign.isalnum() for words in self.words().values() for sign in words):
            found[f"why_{self.prompts[0]}"] = _("Écrivez au moins une phrase : c’est ce qui fera connaître votre boss.")
        return found

    def validate(self, extra_validators: Any = None) -> bool:
        """Judge each answer, then what is missing."""
        super().validate(extra_validators)
        for name, sentence in self.missing().items():
            if not self[name].errors:
                self[name].errors = [sentence]
        return not self.errors

    def _ticked(self, name: str) -> bool:
        return name in self and bool(self[name].data)


class NominateForm(SaidForm):
    """What a student types. No token: there is no session to forge."""

    class Meta:
        """Where it comes from is checked all the same."""

        csrf = False

    email = Email(_l("Adresse courriel"), required=False, hint=_l("Un code de six chiffres y sera envoyé. Elle ne sera jamais publiée."))
    coupon = ShortText(
        _l("Code du coupon"), most=40, required=False, hint=_l("Si l’école vous en a remis un : pas besoin d’adresse courriel."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )  # fmt: skip
    parent_email = Email(
        _l("Adresse courriel d’un parent"), required=False,
        hint=_l("Seulement si vous avez moins de 14 ans : rien ne compte sans son accord."),
    )  # fmt: skip

    def offer(self, door: Door, areas: Sequence[Area]) -> NominateForm:
        """Ask what this contest needs, and nothing else."""
        super().offer(door, areas)
        if not asks_parent(door.definition.eligibility):
            del self.parent_email
        return self

    @property
    def address(self) -> str:
        """The address to write to: that of a parent, for a child."""
        return str((self.parent_email.data if is_child(self.age.data) else self.email.data) or "")

    def missing(self) -> dict[str, str]:
        """Ask also for one way to know that it is them: an address, a pass, or, of a child, the address of a parent."""
        found = super().missing()
        if is_child(self.age.data):
            if not self.parent_email.data:
                found["parent_email"] = _("Avant 14 ans, c’est un parent qui accepte : écrivez son adresse courriel.")
        elif not self.email.data and not self.coupon.data:
            found["email"] = _("Écrivez votre adresse courriel, ou le code d’un coupon de l’école.")
        return found


class CodeForm(Form):
    """The six digits of the letter."""

    class Meta:
        """No session, no token of one."""

        csrf = False

    code = SixDigits(_l("Code reçu par courriel"))


def form_of(kind: Any, door: Door, areas: Sequence[Area], **known: Any) -> Any:
    """Give the form of a contest. Takes: `known`, what is filled in beforehand."""
    return build(kind, door.definition.prompts)(**known).offer(door, areas)


@lru_cache(maxsize=100)
def build(kind: Any, prompts: tuple[Prompt, ...]) -> type[Any]:
    """Give a kind of form with the prompts of a contest and the boxes of its consents."""
    asked: dict[str, Any] = {f"why_{one.id}": LongText(one.name, most=MOST_SIGNS, required=False, render_kw={"rows": 3}) for one in prompts}
    boxes = {f"agrees_{name}": Tick(Text(*PURPOSES[name].versions[-1])) for name in PURPOSES_ASKED}
    return type(kind.__name__, (kind,), {**asked, **boxes, "prompts": tuple(one.id for one in prompts)})

"""What staff type about a survey: what is asked, when, from how many answers on; why it is closed; what is aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from certif.kit.forms import Choice, Day, Form, LongText, Number, ShortText
from certif.kit.languages import _, _l
from certif.surveys.levels import LEVEL_LABELS
from certif.surveys.model import LEAST_SHOWN, Questionnaire, Survey, UnderFourteen

UNDER_FOURTEEN_LABELS = [
    (UnderFourteen.CLOSE.value, _l("Les remercier et ne rien garder")),
    (UnderFourteen.PARENT.value, _l("Demander d’abord l’accord d’un parent")),
]


class _Dates(Form):
    opens_on = Day(_l("Premier jour"))
    closes_on = Day(_l("Dernier jour"), hint=_l("On peut répondre jusqu’à minuit ce jour-là."))


class OpenSurveyForm(_Dates):
    """A new survey."""

    program = Choice(_l("Programme"))
    questionnaire = Choice(_l("Questionnaire"), hint=_l("Seuls les questionnaires publiés sont offerts."))
    title_fr = ShortText(_l("Titre en français"), most=120)
    title_en = ShortText(_l("Titre en anglais"), most=120)
    school_year = Choice(_l("Année scolaire"))
    least_shown = Number(
        _l("Seuil de diffusion"), least=LEAST_SHOWN, most=1000,
        hint=_l("Aucun chiffre ne sort de votre équipe s’il repose sur moins de réponses. Dix au moins."),
    )  # fmt: skip
    under_fourteen = Choice(_l("Élèves de moins de 14 ans"), radio=True, choices=UNDER_FOURTEEN_LABELS)
    remind_under = Number(
        _l("Rappeler les écoles sous (%)"), least=0, most=100,
        hint=_l("À mi-parcours et trois jours avant la fin, si moins de cette part des réponses attendues est arrivée. 0 : jamais."),
    )  # fmt: skip
    follows = Choice(_l("Reprend le sondage"), required=False, hint=_l("Pour une nouvelle vague auprès des mêmes écoles."))

    def offer(
        self, programs: list[tuple[str, str]], questionnaires: list[tuple[str, str]], years: list[str], earlier: list[tuple[str, str]]
    ) -> OpenSurveyForm:
        """Offer what this person may choose."""
        self.program.choices = programs
        self.questionnaire.choices = questionnaires
        self.school_year.choices = [(one, one.replace("-", "\u2060–\u2060")) for one in years]
        self.follows.choices = [("", _("Aucun")), *earlier]
        return self

    def said(self) -> dict[str, Any]:
        """Give what was typed, as the act takes it."""
        plain = ("title_fr", "title_en", "school_year", "opens_on", "closes_on", "least_shown", "remind_under")
        return {name: self[name].data for name in plain} | {"under_fourteen": UnderFourteen(self.under_fourteen.data)}

    def chosen_questionnaire(self, offered: Sequence[Questionnaire]) -> Questionnaire:
        """Give the questionnaire that was chosen."""
        return next(one for one in offered if one.ref == self.questionnaire.data)

    def chosen_survey(self, offered: Sequence[Survey]) -> Survey | None:
        """Give the survey that this one asks again, if any."""
        return next((one for one in offered if one.ref == self.follows.data), None)


class MoveSurveyForm(_Dates):
    """Other days."""


class CloseSurveyForm(Form):
    """Why a survey ends before its day."""

    reason = LongText(_l("Raison"), hint=_l("Elle reste dans le journal."), most=500)


class QuotaForm(Form):
    """How many answers are aimed at, and of whom."""

    level = Choice(_l("Niveau"), required=False)
    school_body = Choice(_l("Organisme scolaire"), required=False)
    target = Number(_l("Réponses visées"), least=1, most=1_000_000)

    def offer(self, bodies: list[Any]) -> QuotaForm:
        """Offer the levels, and the school bodies of the region."""
        self.level.choices = [("", _("Tous les niveaux")), *((code, str(name)) for code, name in LEVEL_LABELS.items())]
        self.school_body.choices = [("", _("Tous les organismes")), *((one.ref, one.name) for one in bodies)]
        return self

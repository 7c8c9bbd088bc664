"""What is typed of agreements: what an employer proposes, what a party signs, how an internship goes."""

from __future__ import annotations

from typing import Any

import wtforms

from certif.agreements.ages import BANDS, CHILDREN, STUDIES, AgeBand, Studies
from certif.agreements.evaluations import MARKS, QUESTIONS
from certif.agreements.kinds import AgreementKind, Side
from certif.agreements.terms import EXAM_WEEKS, AgreementTerms, ExamWeeks, Signer
from certif.agreements.week_forms import EXCEPTIONS, Clock, WeekForm
from certif.employers import Establishment
from certif.kit.forms import Choice, Day, Email, Form, LongText, Number, ShortText, SixDigits, Tick
from certif.kit.languages import LANGUAGES, _, _l
from certif.territory import Partner

_LANGUAGES = list(LANGUAGES.items())


class _PlaceForm(WeekForm):
    """What every agreement says: where, and from when to when."""

    place = Choice(_l("Établissement"))
    first_day = Day(_l("Premier jour"))
    last_day = Day(_l("Dernier jour"), hint=_l("Un an plus tard au plus."))

    def offer(self, places: list[Establishment], bodies: list[Partner]) -> Any:
        """Offer the establishments of the employer and the school bodies around."""
        self._places, self._bodies = {one.ref: one for one in places}, {one.ref: one for one in bodies}
        self.place.choices = [(one.ref, one.name) for one in places]
        if "school_body" in self:
            self["school_body"].choices = [("", _("Aucun, ou je ne sais pas")), *((one.ref, one.name) for one in bodies)]
        return self

    @property
    def chosen_place(self) -> Establishment:
        """The establishment that was chosen."""
        return self._places[self.place.data]

    def _shared(self, kind: AgreementKind) -> dict[str, Any]:
        return {"kind": kind, "place": self.chosen_place.name, "first_day": self.first_day.data, "last_day": self.last_day.data}


class _StudentForm(_PlaceForm):
    """What is said of a student, and no more: a band of age, the studies, hours."""

    band = Choice(_l("Âge de l’élève"), radio=True, choices=list(BANDS.items()))
    studies = Choice(_l("Études"), choices=list(STUDIES.items()))
    school_body = Choice(_l("Son centre de services ou sa commission scolaire"), required=False, hint=_l("Pour compter ses congés."))
    student_name = ShortText(_l("Prénom de l’élève"), most=60, required=False, hint=_l("Le prénom suffit."))
    student_email = Email(_l("Courriel de l’élève"), required=False, hint=_l("Son propre courriel : le lien pour signer y part."))
    student_language = Choice(_l("Langue du courriel"), choices=_LANGUAGES)
    tasks = LongText(_l("Tâches"), most=600, required=False, render_kw={"rows": 3})
    week_hours = Number(_l("Plafond d’heures par semaine"), least=1, most=40, hint=_l("En période scolaire."))
    weekday_hours = Number(_l("Dont au plus, du lundi au vendredi"), least=0, most=40, required=False)
    latest_finish = Clock(_l("Fin au plus tard, les veilles d’école"))
    exam_weeks = Choice(_l("Pendant les semaines d’examens"), radio=True, choices=list(EXAM_WEEKS.items()))
    shares_timetable = Tick(_l("L’élève remettra son horaire de cours, et j’en tiendrai compte"))

    def _of_student(self, kind: AgreementKind) -> dict[str, Any]:
        return {
            **self._shared(kind), "band": AgeBand(self.band.data), "studies": Studies(self.studies.data), "tasks": self.tasks.data or "",
            "school_body": self._bodies.get(self.school_body.data or ""), "week_hours": self.week_hours.data,
            "weekday_hours": self.weekday_hours.data, "latest_finish": self.latest_finish.time,
            "exam_weeks": ExamWeeks(self.exam_weeks.data), "shares_timetable": self.shares_timetable.data, "shifts": self.shifts,
        }  # fmt: skip

    def _student(self) -> Signer | None:
        if not self.student_email.data:
            return None
        return Signer(self.student_name.data or "", self.student_email.data, self.student_language.data)


class StudentAgreementForm(_StudentForm):
    """An agreement with a student. Of a child under 14, only the address of a parent is asked."""

    exception = Choice(_l("Avant 14 ans : quel cas prévu par règlement ?"), required=False, choices=EXCEPTIONS)
    parent_email = Email(
        _l("Avant 14 ans : courriel du parent, de la tutrice ou du tuteur"), required=False,
        hint=_l("Le parent lit, écrit le prénom de l’enfant s’il consent, et signe. Rien n’est gardé de l’enfant avant."),
    )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that a child is not named, and that who signs has an address."""
        is_valid = super().validate(extra_validators)
        return all([is_valid, self._who() if self.band.data else False])

    def _who(self) -> bool:
        if self.band.data in CHILDREN:
            if self.student_name.data or self.student_email.data:
                said = _("Avant 14 ans, n’écrivez ni le prénom ni l’adresse de l’enfant : un parent le fera. Videz cette case.")
                self.student_email.errors = [*self.student_email.errors, str(said)]
                self.student_name.data = self.student_email.data = ""
                return False
            return _wanted(self.parent_email, _("Écrivez le courriel du parent, de la tutrice ou du tuteur."))
        named = _wanted(self.student_name, _("Écrivez le prénom de l’élève."))
        return _wanted(self.student_email, _("Écrivez le courriel de l’élève.")) and named

    @property
    def terms(self) -> AgreementTerms:
        """What is proposed."""
        parent = Signer("", self.parent_email.data, self.student_language.data) if self.parent_email.data else None
        said = self._of_student(AgreementKind.STUDENT)
        return AgreementTerms(**said, exception=self._exception, student=self._student(), parent=parent)

    @property
    def _exception(self) -> str:
        return str(self.exception.data or "") if self.band.data in CHILDREN else ""


class InternshipForm(_StudentForm):
    """An internship: a student, and who follows it at school."""

    total_hours = Number(_l("Durée totale du stage, en heures"), least=1, most=2000, hint=_l("Au moins 25 heures."))
    school = ShortText(_l("Établissement scolaire"), most=120)
    contact_name = ShortText(_l("Personne qui suit le stage à l’école"), most=120)
    contact_email = Email(_l("Son courriel"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the student has an address."""
        is_valid = super().validate(extra_validators)
        named = _wanted(self.student_name, _("Écrivez le prénom de l’élève."))
        return all([is_valid, named, _wanted(self.student_email, _("Écrivez le courriel de l’élève."))])

    @property
    def terms(self) -> AgreementTerms:
        """What is proposed."""
        contact = Signer(self.contact_name.data, self.contact_email.data)
        said = self._of_student(AgreementKind.INTERNSHIP)
        return AgreementTerms(
            **said, total_hours=self.total_hours.data, school=self.school.data, student=self._student(), contact=contact
        )  # fmt: skip


class SchoolAgreementForm(_PlaceForm):
    """An agreement with a school or a regional body."""

    school = ShortText(_l("École, centre de services ou organisme régional"), most=120)
    contact_name = ShortText(_l("Personne qui signera en son nom"), most=120)
    contact_email = Email(_l("Son courriel au travail"))
    contact_language = Choice(_l("Langue du courriel"), choices=_LANGUAGES)

    @property
    def terms(self) -> AgreementTerms:
        """What is proposed."""
        contact = Signer(self.contact_name.data, self.contact_email.data, self.contact_language.data)
        return AgreementTerms(**self._shared(AgreementKind.SCHOOL), school=self.school.data, contact=contact)


class SignForm(Form):
    """What a party types to sign."""

    digest = wtforms.HiddenField()
    signatory = ShortText(_l("Votre nom"), most=120)
    child_name = ShortText(_l("Prénom de votre enfant"), most=60, required=False)
    chooses_english = Tick("I have received the French text and expressly choose English.")
    agrees = Tick(_l("J’ai lu cette entente et je m’y engage."), required=_l("Cochez cette case pour signer."))
    code = SixDigits(_l("Code à six chiffres reçu par courriel"))

    def offer(self, side: Side, spoken: str) -> SignForm:
        """Ask of each side what it has to say, and no more."""
        if side is Side.STUDENT:
            self.signatory.label.text = _("Votre prénom")
        if side is not Side.PARENT:
            del self.child_name
        else:
            self.agrees.label.text = _(
                "Je suis le parent, la tutrice ou le tuteur. Je consens à ce travail : aux tâches, au plafond d’heures et aux périodes "
                "de disponibilité écrits ci-dessus."
            )
        if spoken == "fr":
            del self.chooses_english
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that English was expressly chosen, on the English page."""
        is_valid = bool(super().validate(extra_validators))
        if "chooses_english" in self and not self.chooses_english.data:
            self.chooses_english.errors = [*self.chooses_english.errors, _("Cochez cette case pour signer en anglais.")]
            return False
        return is_valid


class EvaluationForm(Form):
    """How an internship goes, for one side; `form_for` adds its questions."""

    words = LongText(_l("Quelques mots, si vous voulez"), most=1500, required=False, hint=_l("Ni santé, ni vie privée."))

    asked: tuple[str, ...] = ()

    @property
    def questions(self) -> list[Any]:
        """The fields of the marks."""
        return [self[f"mark_{name}"] for name in self.asked]

    @property
    def answers(self) -> dict[str, int]:
        """The marks that were given."""
        return {name: int(self[f"mark_{name}"].data) for name in self.asked}


def evaluation_form_for(side: Side) -> EvaluationForm:
    """Give the form of one side."""
    choices = [(str(mark), label) for mark, label in MARKS.items()]
    fields = {f"mark_{name}": Choice(label, radio=True, choices=choices) for name, label in QUESTIONS[side].items()}
    kind: Any = type("SideEvaluationForm", (EvaluationForm,), {**fields, "asked": tuple(QUESTIONS[side])})
    found: EvaluationForm = kind()
    return found


def _wanted(field: Any, sentence: object) -> bool:
    if field.data or field.errors:
        return not field.errors
    field.errors = [*field.errors, str(sentence)]
    return False

"""What people type: a question, without an account; and what staff let everyone know."""

from __future__ import annotations

from certif.kit.forms import Choice, Email, Form, LongText, ShortText
from certif.kit.languages import _l
from certif.notices.actions import Words
from certif.notices.model import KINDS, Kind
from certif.programs import Text


class AskQuestionForm(Form):
    """What somebody asks."""

    question = LongText(
        _l("Votre question"), most=1500,
        hint=_l("Elle porte sur le programme, pas sur une personne : n’écrivez ni nom ni renseignement personnel."),
    )  # fmt: skip
    email = Email(_l("Votre adresse courriel"), required=False, hint=_l("Seulement si vous voulez recevoir la réponse."))


class _Bilingual(Form):
    """Two parts in two languages; English may be left out."""

    head: str
    body: str

    @property
    def words(self) -> Words:
        """What was typed."""
        head, body = (Text(self[f"{name}_fr"].data or "", self[f"{name}_en"].data or "") for name in (self.head, self.body))
        return Words(head, body)


_OPTIONAL = _l("Sans anglais, le français est montré à tout le monde, avec une note.")


class PublishNoticeForm(_Bilingual):
    """What everyone may know."""

    head, body = "title", "body"
    program = Choice(_l("Programme"))
    kind = Choice(_l("Sujet"), choices=[(one.value, label) for one, label in KINDS.items()], default=Kind.GENERAL.value)
    title_fr = ShortText(_l("Titre, en français"), most=120)
    body_fr = LongText(_l("Texte, en français"), most=3000, hint=_l("Dites ce qui change, à partir de quand, et ce qu’il faut faire."))
    title_en = ShortText(_l("Titre, en anglais"), most=120, required=False, hint=_OPTIONAL)
    body_en = LongText(_l("Texte, en anglais"), most=3000, required=False)

    def offer(self, programs: list[tuple[str, str]]) -> PublishNoticeForm:
        """Offer the programs that this person speaks for."""
        self.program.choices = programs
        return self


class PublishAnswerForm(_Bilingual):
    """A question written anew, and its answer."""

    head, body = "question", "answer"
    question_fr = ShortText(
        _l("La question, en français"), hint=_l("Réécrivez-la en quelques mots, sans rien qui dise qui l’a posée.")
    )  # fmt: skip
    answer_fr = LongText(_l("La réponse, en français"), most=3000)
    question_en = ShortText(_l("La question, en anglais"), required=False, hint=_OPTIONAL)
    answer_en = LongText(_l("La réponse, en anglais"), most=3000, required=False)


class AnswerPrivatelyForm(Form):
    """An answer for one person."""

    answer = LongText(_l("Votre réponse"), most=3000, hint=_l("La personne lira ces mots tels quels, dans un courriel."))


class ReasonForm(Form):
    """Why something is set aside or withdrawn."""

    reason = LongText(_l("Motif"), most=500, hint=_l("Vos collègues le liront ; le public, non."))

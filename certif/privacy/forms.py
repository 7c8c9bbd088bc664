"""What is typed about what is known of a person."""

from __future__ import annotations

from certif.kit.filters import FilterForm
from certif.kit.forms import Form, LongText, ShortText
from certif.kit.languages import _l


class PersonForm(FilterForm):
    """Of whom."""

    email = ShortText(_l("Adresse courriel de la personne"), name="courriel", most=254)


class AskForm(Form):
    """What somebody asks about what is known of them."""

    words = LongText(_l("Votre demande"), most=2000, hint=_l("Dites ce qu’il faut effacer ou corriger."))


class AnswerForm(Form):
    """What is answered."""

    answer = LongText(
        _l("Votre réponse"), most=4000, hint=_l("La personne la lira telle quelle : dites ce qui a été fait, et ce qui doit rester.")
    )

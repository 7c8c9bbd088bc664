"""What people type: fields that clean, bound and explain. Every sentence says what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import wtforms
from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation

from certif.kit.addresses import usual_address
from certif.kit.db import give_up
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, format_phone

SHORT, LONG = 300, 5000
"""The longest a line and a text may be, in signs."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_POSTAL_CODE = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d", re.ASCII)


def cleaned(text: str | None) -> str | None:
    """Give `text` composed (NFC), without control or direction-changing signs, without blanks around."""
    if not text:
        return text
    return _CONTROL.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n"))).strip()


def _on_one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


class Form(FlaskForm):
    """A form of the house: protected against forgery, and able to hold a refusal."""

    refused = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Turn a `Refusal` into this form's own error: nothing is written, and what was typed is kept (409)."""
        try:
            yield
        except Refusal as refusal:
            give_up()
            self.refused = True
            self.form_errors = [*self.form_errors, str(refusal)]


class _Asked:
    """What our fields share: a hint, and whether an answer is required."""

    data: Any  # once the form is valid, a required answer is there

    def __init__(
        self,
        label: Any,
        *,
        hint: Any = None,
        required: Any = True,
        validators: Sequence[Any] = (),
        filters: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        self.hint = hint
        missing = _l("Remplissez « %(field)s ».") if required is True else required
        first = _required(missing) if required else Optional(strip_whitespace=True)
        super().__init__(label, validators=[first, *validators], filters=[cleaned, *filters], **kwargs)


def _required(sentence: Any) -> Any:
    """Ask for an answer, in `sentence`, where `%(field)s` is the question: a summary of what is wrong is read away from it."""

    def check(form: Any, field: Any) -> None:
        if field.errors:
            raise StopValidation  # what is wrong has been said already
        if field.data is None or field.data is False or field.data in ("", []):
            raise StopValidation(str(sentence).replace("%(field)s", str(field.label.text)))

    check.field_flags = {"required": True}
    return check


def _at_most(most: int) -> Any:
    def check(form: Any, field: Any) -> None:
        if field.data and len(field.data) > most:
            raise ValidationError(
                _("Raccourcissez ce texte à %(most)s signes au plus ; il en a %(count)s.", most=most, count=len(field.data))
            )

    return check


class ShortText(_Asked, wtforms.StringField):
    """One line, at most `most` signs (300)."""

    def __init__(self, label: Any, *, most: int = SHORT, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators=[_at_most(most), *validators], filters=[_on_one_line], **kwargs)


class LongText(_Asked, wtforms.TextAreaField):
    """Several lines, at most `most` signs (5000)."""

    def __init__(self, label: Any, *, most: int = LONG, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators=[_at_most(most), *validators], **kwargs)


class Email(_Asked, wtforms.EmailField):
    """An address, in its usual form; never asked to the network."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what cannot be an address."""
        if not self.data:
            return
        found = usual_address(self.data)
        if found is None:
            raise ValidationError(_("Écrivez une adresse courriel complète, comme nom@exemple.com."))
        self.data = found


class Phone(_Asked, wtforms.TelField):
    """A telephone number, Canadian unless it says otherwise; kept as `+14185551234`, with `;ext=` when there is one."""

    def _value(self) -> str:
        """Give what the field shows: a number as people write it, what was typed as it was typed."""
        return self.data if self.data and ";" in self.data else format_phone(self.data)

    def pre_validate(self, form: Any) -> None:
        """Refuse what cannot be dialled."""
        if not self.data:
            return
        import phonenumbers  # late: what it knows of every country takes its time to read

        try:
            number = phonenumbers.parse(self.data, "CA")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(_("Écrivez un numéro de téléphone de dix chiffres, comme 418 555-1234."))
        self.data = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966).removeprefix("tel:").replace("-", "")


class PostalCode(_Asked, wtforms.StringField):
    """A Canadian postal code; kept as `G1R 4S9`."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what the post does not use."""
        if not self.data:
            return
        code = re.sub(r"[\s-]", "", self.data).upper()
        if not _POSTAL_CODE.fullmatch(code):
            raise ValidationError(_("Écrivez un code postal canadien, comme G1R 4S9."))
        self.data = f"{code[:3]} {code[3:]}"


class Neq(_Asked, wtforms.StringField):
    """A Québec enterprise number: ten digits. No check digit is documented, so none is checked."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not ten digits."""
        if not self.data:
            return
        digits = re.sub(r"[\s-]", "", self.data)
        if not re.fullmatch(r"[0-9]{10}", digits):
            raise ValidationError(_("Écrivez les dix chiffres du NEQ, comme 1160000000."))
        self.data = digits


class SixDigits(_Asked, wtforms.StringField):
    """A code received by letter: six digits, spaces forgiven."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not six digits."""
        self.data = re.sub(r"[\s-]", "", self.data or "")
        if not re.fullmatch(r"[0-9]{6}", self.data):
            raise ValidationError(_("Écrivez les six chiffres du code reçu par courriel."))


class _Chosen(_Asked):
    def __init__(self, label: Any, *, choices: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("required", _l("Choisissez une réponse à « %(field)s »."))
        super().__init__(label, **kwargs)
        self.choices = choices

    @property
    def choices(self) -> list[SelectChoice] | None:
        """What can be chosen; set it as `offered` takes it."""
        return self._choices

    @choices.setter
    def choices(self, choices: Any) -> None:
        self._choices = offered(choices)


def offered(choices: Any) -> list[SelectChoice] | None:
    """Give what can be chosen, from pairs (value, label), or groups of them: `{"group": [(value, label)…]}`; "" names no group."""
    if choices is None:
        return None
    groups = choices.items() if isinstance(choices, dict) else [("", choices)]
    return [SelectChoice(value, label, optgroup=group or None) for group, pairs in groups for value, label in pairs]


class Choice(_Chosen, wtforms.SelectField):
    """One answer of a list. `radio=True` shows them all; a list may be grouped: `{"group": [(value, label)…]}`."""

    def __init__(self, label: Any, *, radio: bool = False, **kwargs: Any) -> None:
        if radio:
            self.widget = wtforms.widgets.ListWidget(prefix_label=False)
            self.option_widget = wtforms.widgets.RadioInput()
        self.is_radio = radio
        kwargs.setdefault("validate_choice", True)
        super().__init__(label, **kwargs)

    def process_data(self, value: Any) -> None:
        """Keep «nothing chosen» empty rather than the text `None`."""
        self.data = "" if value is None else self.coerce(value)

    def pre_validate(self, form: Any) -> None:
        """Refuse an answer that was not offered."""
        if not self.data:
            return
        if self.data not in {choice[0] for choice in self._offered()}:
            raise ValidationError(_("Choisissez une réponse de la liste."))

    def _offered(self) -> Iterator[Any]:
        return self.iter_choices() if not self.has_groups() else (choice for _group, choices in self.iter_groups() for choice in choices)


class Choices(_Chosen, wtforms.SelectMultipleField):
    """Any number of answers of a list, as boxes."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()

    def __init__(self, label: Any, *, filters: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.filters = list(filters)  # a list of answers is not a text to be cleaned

    def pre_validate(self, form: Any) -> None:
        """Refuse an answer that was not offered."""
        if set(self.data or []) - {choice[0] for choice in self.iter_choices()}:
            raise ValidationError(_("Choisissez des réponses de la liste."))


class Number(_Asked, wtforms.IntegerField):
    """A whole number between `least` and `most`."""

    def __init__(self, label: Any, *, least: int = 0, most: int = 1_000_000, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(label, validators=validators, **kwargs)
        self.filters = []

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the digits that were typed; spaces are forgiven."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        digits = re.sub(r"\s", "", valuelist[0])
        if not re.fullmatch(r"-?[0-9]{1,12}", digits):
            self.data = None
            raise ValueError(_("Écrivez un nombre entier, en chiffres."))
        self.data = int(digits)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is out of bounds."""
        if self.data is not None and not self.least <= self.data <= self.most:
            raise ValidationError(_("Écrivez un nombre de %(least)s à %(most)s.", least=self.least, most=self.most))


class Day(_Asked, wtforms.DateField):
    """A day of the calendar."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.filters = []

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a day; say how to write one."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Écrivez une date comme 2026-11-03.")) from None


class Tick(wtforms.BooleanField):
    """A box, never ticked beforehand. `required`: the sentence said when it is left empty."""

    def __init__(self, label: Any, *, hint: Any = None, required: Any = False, **kwargs: Any) -> None:
        self.hint = hint
        missing = _l("Cochez cette case pour continuer.") if required is True else required
        super().__init__(label, validators=[_required(missing)] if required else [], **kwargs)

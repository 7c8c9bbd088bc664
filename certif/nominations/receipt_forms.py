"""What is typed with a receipt in hand: its code, better words, other consents."""

from __future__ import annotations

from typing import Any

import wtforms

from certif.kit.forms import Form, ShortText
from certif.kit.languages import _, _l
from certif.nominations.nominate_forms import MOST_NAME
from certif.nominations.nominate_keys import typed_code
from certif.nominations.nominate_said import PURPOSES_ASKED


class ReceiptForm(Form):
    """The code of a receipt."""

    class Meta:
        """No session, no token of one."""

        csrf = False

    code = ShortText(
        _l("Code de suivi"), most=60, hint=_l("Seize lettres et chiffres, montrés à la fin et envoyés par courriel."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )  # fmt: skip

    def refuse(self) -> None:
        """Say that no nomination has this code."""
        self.code.errors = [_("Aucune nomination n’a ce code. Vérifiez-le signe par signe.")]


class CorrectForm(Form):
    """The words and the first name, as they should be. `build` adds the prompts and the boxes."""

    class Meta:
        """The code of the receipt is the token."""

        csrf = False

    prompts: tuple[str, ...] = ()
    code = wtforms.HiddenField(filters=[typed_code])
    first_name = ShortText(_l("Prénom"), most=MOST_NAME)

    def words(self) -> dict[str, str]:
        """Give what was answered, by prompt."""
        return {name: self[f"why_{name}"].data for name in self.prompts if self[f"why_{name}"].data}

    def agreed(self) -> list[str]:
        """Give the purposes that are ticked."""
        return [purpose for purpose in PURPOSES_ASKED if self[f"agrees_{purpose}"].data]

    def validate(self, extra_validators: Any = None) -> bool:
        """Judge each answer; some words must stay."""
        is_fine = bool(super().validate(extra_validators))
        if is_fine and not any(sign.isalnum() for words in self.words().values() for sign in words):
            self[f"why_{self.prompts[0]}"].errors = [_("Gardez au moins une phrase, ou retirez votre nomination.")]
            return False
        return is_fine

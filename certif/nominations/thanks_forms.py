"""What is posted when cards were handed over."""

from __future__ import annotations

import wtforms

from certif.kit.forms import Form


class HandOverForm(Form):
    """Up to which card they were handed over: those that came since wait."""

    last = wtforms.HiddenField()

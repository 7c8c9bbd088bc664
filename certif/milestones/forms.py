"""What an employer types when a promise is met."""

from __future__ import annotations

from certif.kit.forms import Form, LongText
from certif.kit.languages import _l


class DeclareDoneForm(Form):
    """How the promise was met."""

    note = LongText(_l("Comment"), most=1000, required=False, hint=_l("En quelques mots, pour l’équipe régionale. Rien n’en est publié."))

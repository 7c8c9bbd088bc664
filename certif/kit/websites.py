"""The address of a website, as people type it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from wtforms import ValidationError

from certif.kit.forms import ShortText
from certif.kit.languages import _

_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}")
_UNFIT = re.compile(r"""[\s<>"'\\`]""")


class Website(ShortText):
    """The address of a website, http or https; kept as text, never fetched."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not the address of a public site; `https://` is added where no scheme was typed."""
        if not self.data:
            return
        address = self.data if "://" in self.data else f"https://{self.data}"
        try:
            parts = urlsplit(address)
            is_public = bool(_HOST.fullmatch(parts.hostname or "")) and "@" not in parts.netloc and parts.port != 0
        except ValueError:
            is_public = False
        if not is_public or parts.scheme not in {"http", "https"} or _UNFIT.search(address):
            raise ValidationError(_("Écrivez l’adresse complète du site, comme https://exemple.com."))
        self.data = address

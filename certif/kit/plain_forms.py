"""A file of plain data as people give it: sent, pasted, or changed in place. Each fault is said by itself, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_wtf.file import FileField

from certif.kit.db import give_up
from certif.kit.forms import Form, LongText
from certif.kit.languages import _, _l
from certif.kit.plain_files import MOST_BYTES
from certif.kit.plain_reader import FaultyFile


class PlainFileForm(Form):
    """A file that is changed in place. Takes: `content`, which each room names in its own words."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Say each fault of the file by itself; what was typed is kept."""
        with super().held():
            try:
                yield
            except FaultyFile as faulty:
                give_up()
                self.form_errors = [*self.form_errors, *faulty.faults]


class SentPlainFileForm(PlainFileForm):
    """A file, sent or pasted."""

    file = FileField(_l("Fichier YAML"))
    content = LongText(
        _l("Ou le texte du fichier"),
        most=MOST_BYTES,
        required=False,
        hint=_l("Si le fichier contient une faute, il s’affiche ici pour être corrigé."),
    )

    def given(self) -> str | bytes:
        """Give what was sent, else what was pasted. A file that is text stays on the page, so that its faults can be mended there."""
        if not self.file.data:
            return self.content.data or ""
        sent: bytes = self.file.data.stream.read(MOST_BYTES + 1)
        if len(sent) <= MOST_BYTES:
            self.content.data = sent.decode("utf-8", errors="replace").lstrip("\ufeff").replace("\0", "")
        return sent

    def validate(self, *args: object, **kwargs: object) -> bool:
        """Refuse to read nothing."""
        if not super().validate(*args, **kwargs):
            return False
        if not self.file.data and not self.content.data:
            self.content.errors = [_("Choisissez un fichier, ou collez son texte.")]
            return False
        return True

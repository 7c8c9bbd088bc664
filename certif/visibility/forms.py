"""What is given and asked for around the kit."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from certif.badges import HEAVIEST_PICTURE
from certif.kit.forms import Choice, Form
from certif.kit.languages import _l
from certif.programs import Program


class LogoForm(Form):
    """A picture. `content`: its bytes, one more than may be sent when there are more."""

    picture = FileField(
        _l("Image PNG, JPEG ou WebP, de 5 Mo au plus"),
        validators=[FileRequired(_l("Choisissez une image."))],
        render_kw={"accept": "image/png,image/jpeg,image/webp"},
    )

    @property
    def content(self) -> bytes:
        """The bytes that were sent, as far as they can matter."""
        return bytes(self.picture.data.stream.read(HEAVIEST_PICTURE + 1))


class OrderKitsForm(Form):
    """For which program, and for whom in it."""

    program = Choice(_l("Programme"))
    scope = Choice(
        _l("Pour qui"),
        radio=True,
        choices=[
            ("new", _l("Les établissements certifiés qui n’ont jamais eu de trousse commandée ici")),
            ("all", _l("Tous les établissements certifiés")),
        ],
    )

    def offer(self, programs: list[Program]) -> None:
        """Offer these programs."""
        self.program.choices = [(program.ref, program.name) for program in programs]

    def chosen(self, programs: list[Program]) -> Program:
        """Give the program that was chosen."""
        return next(program for program in programs if program.ref == self.program.data)

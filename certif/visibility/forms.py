"""What is given and asked for around the kit."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from certif.badges.redrawing import MOST_BYTES
from certif.kit.forms import Form
from certif.kit.languages import _l


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
        return bytes(self.picture.data.stream.read(MOST_BYTES + 1))

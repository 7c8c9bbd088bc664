"""What staff type to create a program, to open and close it, and to publish what it decides."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField, FileRequired

from certif.kit.forms import Choice, Choices, Day, Email, Form, LongText, Phone, ShortText
from certif.kit.languages import _l
from certif.kit.websites import Website


class CreateProgramForm(Form):
    """A new program: its name, its place, who carries it, what it starts from."""

    name = ShortText(_l("Nom du programme"), most=120)
    region = Choice(_l("Région"))
    body = Choice(_l("Organisme qui le porte"))
    model = Choice(_l("Modèle de départ"), hint=_l("Tout pourra être changé dans le brouillon."))

    def offer(self, *, regions: Any, bodies: Any, models: Any) -> CreateProgramForm:
        """Give the lists their choices."""
        unasked = ("", _l("Choisissez"))  # none is more likely than another
        self.region.choices, self.body.choices, self.model.choices = [unasked, *regions], [unasked, *bodies], models
        return self


class StartDraftForm(Form):
    """What the next version starts from."""

    model = Choice(_l("Point de départ"), required=False)

    def offer(self, models: Any) -> StartDraftForm:
        """Give the list its choices."""
        self.model.choices = models
        return self


class TerritoryForm(Form):
    """The MRC the program is limited to."""

    mrcs = Choices(_l("MRC et territoires"), required=False, hint=_l("Aucune case cochée : toute la région."))

    def offer(self, mrcs: Any) -> TerritoryForm:
        """Give the list its choices."""
        self.mrcs.choices = mrcs
        return self


class CoordinatesForm(Form):
    """Where the team of the program is written to."""

    postal_address = LongText(
        _l("Adresse postale de l’organisme"),
        most=300,
        hint=_l("Rue, municipalité et code postal. Elle figure au bas des courriels : la loi l’exige de qui invite."),
    )
    email = Email(_l("Courriel de l’équipe régionale"), required=False, hint=_l("Pour les questions des employeurs et du public."))
    phone = Phone(_l("Téléphone de l’équipe régionale"), required=False)
    website = Website(_l("Site Web de l’organisme"), required=False, hint=_l("Sa page « Nous joindre », s’il en a une."))


class PublishForm(Form):
    """The day from which the draft decides."""

    effective_on = Day(_l("En vigueur à partir du"), hint=_l("Aujourd’hui ou plus tard."))


class PauseForm(Form):
    """Why the program takes no new employer."""

    reason = LongText(_l("Motif"), most=500, hint=_l("Le personnel le lira ; le public verra seulement que le programme est en pause."))


class LogoForm(Form):
    """A picture."""

    picture = FileField(_l("Image PNG, JPEG ou WebP"), validators=[FileRequired(_l("Choisissez une image."))])

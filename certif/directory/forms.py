"""What narrows the directory, and what an employer says of itself to the public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_babel import format_decimal
from wtforms.validators import ValidationError

from certif.directory.facets import Asked, Counts, levels
from certif.directory.words import terms_of
from certif.kit.forms import Choice, Email, Form, LongText, Phone, ShortText, Tick
from certif.kit.languages import _, _l
from certif.territory import mrcs_by_region, sectors

Pairs = list[tuple[str, str]]
_ALL = ("", _l("Tous"))
_EVERYWHERE = ("", _l("Toutes"))


class DirectoryForm(Form):
    """The filters of the directory. They live in the address; what is not offered counts as not asked."""

    class Meta:
        """No token: a search changes nothing, and may be kept as a bookmark."""

        csrf = False

    text = ShortText(_l("Nom ou municipalité"), name="q", required=False, most=100)
    region = Choice(_l("Région"), name="region", required=False)
    mrc = Choice(_l("MRC"), name="mrc", required=False)
    sector = Choice(_l("Secteur d’activité"), name="secteur", required=False)
    level = Choice(_l("Niveau"), name="niveau", required=False)
    hires_students = Tick(_l("Embauche des élèves"), name="eleves")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(request.args, **kwargs)
        territory = mrcs_by_region()
        self.region.choices = [_EVERYWHERE, *((region.code, region.name) for region, _mrcs in territory)]
        chosen = self.region.data if self._is_offered("region") else ""
        self._mrcs = {region.name: [(mrc.slug, mrc.name) for mrc in mrcs] for region, mrcs in territory if chosen in {"", region.code}}
        self.mrc.choices = {"": [_EVERYWHERE], **self._mrcs}
        self.sector.choices = [_ALL, *((sector.code, sector.name) for sector in sectors())]
        self.level.choices = [_ALL, *levels()]
        self.mrc_names = {slug: name for pairs in self._mrcs.values() for slug, name in pairs}
        self._labels: dict[str, dict[str, str]] = {
            name: {choice[0]: str(choice[1]) for choice in self[name].iter_choices()} for name in ("region", "sector", "level")
        }
        self._labels["mrc"] = self.mrc_names

    def asked(self) -> Asked:
        """Give what was asked."""
        given = {name: self[name].data for name in ("region", "mrc", "sector", "level") if self._is_offered(name)}
        text = self.text.data if self.text.data and self.text.validate(self) else ""
        return Asked(text=text or "", hires_students=bool(self.hires_students.data), **given)

    @property
    def is_too_short(self) -> bool:
        """Whether words were typed that are too short to look for."""
        return bool(self.text.data) and not terms_of(self.text.data)

    def chosen(self, asked: Asked) -> Iterator[tuple[str, Asked]]:
        """Give each filter that narrows, as people read it, and what would be asked without it."""
        for name in ("region", "mrc", "sector", "level"):
            if value := getattr(asked, name):
                yield self._labels[name].get(value, value), asked.without(name)
        if asked.hires_students:
            yield _("Embauche des élèves"), asked.without("hires_students")

    def count(self, asked: Asked, counts: Counts) -> None:
        """Write beside each answer how many listings it leaves, and leave out those that leave none."""
        for name in ("region", "sector", "level"):
            field = self[name]
            field.choices = self._counted([(choice[0], choice[1]) for choice in field.iter_choices()], counts[name], getattr(asked, name))
        mrcs = {region: kept for region, pairs in self._mrcs.items() if (kept := self._counted(pairs, counts["mrc"], asked.mrc))}
        self.mrc.choices = {"": [_EVERYWHERE], **mrcs}
        self.hires_students.label.text = _numbered(self.hires_students.label.text, counts["hires_students"].get("", 0))

    @staticmethod
    def _counted(pairs: Pairs, counts: dict[str, int], chosen: str) -> Pairs:
        return [
            (value, _numbered(label, counts.get(value, 0)) if value else label)
            for value, label in pairs
            if not value or value == chosen or counts.get(value)
        ]

    def _is_offered(self, name: str) -> bool:
        return bool(self[name].data) and bool(self[name].validate(self))


def _numbered(label: object, count: int) -> str:
    return f"{label} ({format_decimal(count)})"


class ProfileForm(Form):
    """What the public reads of an employer. Every field may stay empty."""

    description_fr = LongText(
        _l("Qui nous sommes, en français"), required=False, most=600, hint=_l("Deux ou trois phrases. Les liens n’y sont pas actifs.")
    )
    description_en = LongText(_l("Qui nous sommes, en anglais"), required=False, most=600)
    hires_students = Tick(_l("Nous embauchons des élèves"), hint=_l("Le répertoire peut ne montrer que ces employeurs."))
    offers_fr = LongText(
        _l("Ce que nous offrons aux élèves, en français"), required=False, most=600,
        hint=_l("Par exemple des horaires qui ménagent les examens, une prime à la réussite, des stages."),
    )  # fmt: skip
    offers_en = LongText(_l("Ce que nous offrons aux élèves, en anglais"), required=False, most=600)
    website = ShortText(_l("Site Web"), required=False, most=300, hint=_l("Il commence par https://."))
    shown_contact = ShortText(
        _l("Personne à joindre"),
        required=False,
        most=120,
        hint=_l("Laissez vide pour ne nommer personne. Demandez d’abord l’accord de cette personne."),
    )
    shown_email = Email(_l("Adresse courriel à publier"), required=False, hint=_l("Laissez vide pour n’en publier aucune."))
    shown_phone = Phone(_l("Téléphone à publier"), required=False, hint=_l("Laissez vide pour n’en publier aucun."))
    is_unlisted = Tick(
        _l("Ne pas montrer notre organisation dans le répertoire"),
        hint=_l("La page que le code QR ouvre dit toujours ce que vaut la certification ; elle ne montrera rien de cette fiche."),
    )

    def validate_website(self, field: Any) -> None:
        """Refuse what is not an https address of a site."""
        if not field.data:
            return
        try:
            parts = urlsplit(field.data)
            is_site = parts.scheme == "https" and parts.hostname is not None and "." in parts.hostname and parts.port in {None, 443}
        except ValueError:
            is_site = False
        if not is_site or parts.username or not field.data.isprintable() or any(sign in field.data for sign in " \"'<>\\`"):
            raise ValidationError(_("Écrivez une adresse complète qui commence par https://, comme https://www.exemple.com."))

    def answers(self) -> dict[str, Any]:
        """Give what was answered, as it is kept."""
        return {name: self[name].data or "" for name in _TEXTS} | {name: bool(self[name].data) for name in _TICKS}


_TEXTS = ("description_fr", "description_en", "offers_fr", "offers_en", "website", "shown_contact", "shown_email", "shown_phone")
_TICKS = ("hires_students", "is_unlisted")

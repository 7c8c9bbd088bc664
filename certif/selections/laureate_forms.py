"""What staff type of a laureate, and what narrows the public list."""

from __future__ import annotations

from flask_wtf.file import FileField

from certif.badges import HEAVIEST_PICTURE
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Email, Form, LongText, ShortText
from certif.kit.languages import _, _l
from certif.nominations import Boss
from certif.selections.laureate_actions import Words
from certif.selections.model import Pick
from certif.selections.phase_entries import ref_of
from certif.territory import mrc_choices, regions


class LaureateForm(Form):
    """Names as they go on the diploma, how they are said, a citation, a photo."""

    boss_name = ShortText(_l("Nom de la ou du boss, tel qu’il va au diplôme"), most=120)
    boss_said = ShortText(_l("Prononciation du nom de la ou du boss"), most=120, required=False)
    student_name = ShortText(_l("Prénom ou nom de l’élève, tel qu’il va au diplôme"), most=120, required=False)
    student_said = ShortText(_l("Prononciation du nom de l’élève"), most=120, required=False)
    citation = LongText(_l("Citation lue à la remise"), most=1000, required=False)
    photo = FileField(
        _l("Photo PNG, JPEG ou WebP, de 5 Mo au plus"), render_kw={"accept": "image/png,image/jpeg,image/webp"},
        description=_l("Elle ne paraît en public que si chaque personne accepte qu’on la voie."),
    )  # fmt: skip

    def words(self) -> Words:
        """Give what was typed, as the act takes it."""
        return Words(
            self.boss_name.data or "", self.boss_said.data or "", self.student_name.data or "", self.student_said.data or "",
            self.citation.data or "",
        )  # fmt: skip

    def content(self) -> bytes | None:
        """Give the bytes of the photo as far as they can matter, or None."""
        return bytes(self.photo.data.stream.read(HEAVIEST_PICTURE + 1)) or None if self.photo.data else None


class AskAgreementForm(Form):
    """Where the letter goes, and in which language."""

    email = Email(_l("Adresse courriel"))
    spoken = Choice(_l("Langue du courriel"), choices=[("fr", _l("Français")), ("en", _l("Anglais"))])


class WithdrawLaureateForm(Form):
    """Why a laureate is one no more."""

    reason = LongText(_l("Raison"), most=500, hint=_l("Elle reste dans le journal."))


class ReplaceLaureateForm(Form):
    """Which one follows, where several are equal."""

    entry = Choice(_l("Qui prend la place"), radio=True)

    def offer(self, following: list[Pick]) -> ReplaceLaureateForm:
        """Offer those who come next in the ranking."""
        self.entry.choices = [(ref_of(pick), _named(pick.boss)) for pick in following]
        if len(following) == 1 and not self.entry.data:
            self.entry.data = ref_of(following[0])
        return self


class LaureateFilterForm(FilterForm):
    """Which laureates."""

    region = Choice(_l("Région"), name="region", required=False)
    mrc = Choice(_l("MRC"), name="mrc", required=False)
    year = Choice(_l("Année"), name="annee", required=False)
    category = Choice(_l("Catégorie"), name="categorie", required=False)

    def offer(self, years: list[int], categories: dict[str, str]) -> LaureateFilterForm:
        """Offer the places, and the years and categories that have laureates."""
        every = ("", _("Toutes"))
        self.region.choices = [every, *((one.code, one.name) for one in regions())]
        self.mrc.choices = {"": [every], **mrc_choices()}
        self.year.choices = [every, *((str(one), str(one)) for one in years)]
        self.category.choices = [every, *categories.items()]
        return self


def _named(boss: Boss) -> str:
    return f"{boss.name} ({boss.municipality})"

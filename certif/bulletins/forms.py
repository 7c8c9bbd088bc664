"""What people type: an address that asks for bulletins; the words and blocks of one; addresses that refuse letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import shorten

from wtforms import HiddenField
from wtforms.validators import ValidationError

from certif.bulletins.actions import BlockTerms
from certif.bulletins.model import BlockKind, Bulletin, BulletinBlock
from certif.bulletins.queries import certified_employers, public_tools, told_campaigns
from certif.bulletins.subscribing import PURPOSE
from certif.campaigns import title_of
from certif.consents import PURPOSES
from certif.employers import Employer
from certif.kit.forms import Choice, Day, Email, Form, LongText, ShortText, Tick
from certif.kit.languages import _, _l, language
from certif.library import testimonials_told
from certif.programs import Program, Text

_ADDRESS = re.compile(r"[^\s<>,;\"']+@[^\s<>,;\"']+")
_IN_ENGLISH = _l("Sans anglais, le français est montré à tout le monde.")


class SubscribeForm(Form):
    """An address that asks for the bulletins of a region. `version`, of the text of consent that is shown."""

    program = Choice(_l("Région et programme"))
    email = Email(_l("Votre adresse courriel"))
    spoken = Choice(_l("Langue du bulletin"), radio=True, choices=[("fr", "Français"), ("en", "English")])
    agreed = Tick("", required=_l("Cochez cette case pour recevoir le bulletin."))
    version = HiddenField()

    def offer(self, programs: Sequence[Program]) -> SubscribeForm:
        """Offer the programs, and show the text of consent that is in force."""
        first = [("", _("Choisissez"))] if len(programs) > 1 else []
        self.program.choices = [*first, *((one.slug, f"{one.region.name} – {one.name}") for one in programs)]
        self.agreed.label.text = PURPOSES[PURPOSE].text(language())
        self.version.data = self.version.data or str(PURPOSES[PURPOSE].version)
        return self

    @property
    def seen_version(self) -> int:
        """The version of the text that was on the screen; 0, which is none, where the page says something else."""
        typed = self.version.data or ""
        return int(typed) if re.fullmatch(r"[0-9]{1,4}", typed) else 0


class BulletinForm(Form):
    """The title and the first words of a bulletin."""

    title_fr = ShortText(_l("Titre, en français"), most=120, hint=_l("Il est aussi l’objet du courriel."))
    lead_fr = LongText(_l("Mot d’ouverture, en français"), most=1500, required=False)
    title_en = ShortText(_l("Titre, en anglais"), most=120, required=False, hint=_IN_ENGLISH)
    lead_en = LongText(_l("Mot d’ouverture, en anglais"), most=1500, required=False)

    @property
    def title(self) -> Text:
        """The title that was typed."""
        return Text(self.title_fr.data or "", self.title_en.data or "")

    @property
    def lead(self) -> Text:
        """The first words that were typed."""
        return Text(self.lead_fr.data or "", self.lead_en.data or "")


class DraftBulletinForm(BulletinForm):
    """The same, and the program it is of."""

    program = Choice(_l("Programme"))

    def offer(self, programs: list[tuple[str, str]]) -> DraftBulletinForm:
        """Offer the programs that this person writes for."""
        self.program.choices = programs
        return self


class TextBlockForm(Form):
    """Words of one's own."""

    title_fr = ShortText(_l("Titre, en français"), most=120)
    body_fr = LongText(_l("Texte, en français"), most=3000)
    title_en = ShortText(_l("Titre, en anglais"), most=120, required=False, hint=_IN_ENGLISH)
    body_en = LongText(_l("Texte, en anglais"), most=3000, required=False)

    def offer(self, bulletin: Bulletin) -> TextBlockForm:
        """Offer what a bulletin of this program may point at."""
        return self

    def show(self, block: BulletinBlock) -> TextBlockForm:
        """Show what a block says now, where nothing was typed yet."""
        if not self.is_submitted():
            for name in ("title_fr", "body_fr", "title_en", "body_en"):
                self[name].data = getattr(block, name)
            self._show_pointed(block)
        return self

    def _show_pointed(self, block: BulletinBlock) -> None:
        """Show what it points at."""

    @property
    def terms(self) -> BlockTerms:
        """What was typed."""
        words = {name: self[name].data or "" for name in ("title_fr", "title_en", "body_fr", "body_en")}
        return BlockTerms(Text(words["title_fr"], words["title_en"]), Text(words["body_fr"], words["body_en"]))


class _PointingForm(TextBlockForm):
    title_fr = ShortText(_l("Titre, en français"), most=120, required=False, hint=_l("Laissé vide, le nom de ce qui est montré."))
    body_fr = LongText(_l("Texte, en français"), most=3000, required=False)


class ToolBlockForm(_PointingForm):
    """A tool of the library that anyone may read."""

    tool = Choice(_l("Outil"), hint=_l("Seuls les outils publics sont offerts."))

    def offer(self, bulletin: Bulletin) -> ToolBlockForm:
        """Offer the public tools."""
        self._tools = {one.slug: one for one in public_tools(bulletin.program)}
        self.tool.choices = [(slug, one.title) for slug, one in self._tools.items()]
        return self

    def _show_pointed(self, block: BulletinBlock) -> None:
        self.tool.data = block.tool.slug if block.tool else ""

    @property
    def terms(self) -> BlockTerms:
        """What was typed, and the tool."""
        said = super().terms
        return BlockTerms(said.title, said.body, tool=self._tools[self.tool.data])


class StoryBlockForm(_PointingForm):
    """The story of an employer that is certified."""

    employer = ShortText(_l("Employeur"), hint=_l("Son nom tel qu’il est inscrit, ou le code de sa page de vérification."))
    body_fr = LongText(_l("Son histoire, en français"), most=3000, hint=_l("Écrite avec son accord."))

    def offer(self, bulletin: Bulletin) -> StoryBlockForm:
        """Look for the employer among those of this program."""
        self._program, self._found = bulletin.program, None
        return self

    _program: Program
    _found: Employer | None

    def validate_employer(self, field: ShortText) -> None:
        """Refuse a name that no certified employer has, or that several have."""
        found = certified_employers(self._program, field.data)
        if len(found) != 1:
            raise ValidationError(
                _("Plusieurs employeurs certifiés portent ce nom : donnez le code de sa page de vérification.")
                if found
                else _("Aucun employeur certifié par ce programme n’a ce nom ni ce code.")
            )
        self._found = found[0]

    def _show_pointed(self, block: BulletinBlock) -> None:
        self.employer.data = block.employer.legal_name if block.employer else ""

    @property
    def terms(self) -> BlockTerms:
        """What was typed, and the employer."""
        said = super().terms
        return BlockTerms(said.title, said.body, employer=self._found)


class TestimonialBlockForm(_PointingForm):
    """What a certified employer says, in its own words."""

    testimonial = Choice(
        _l("Témoignage"), hint=_l("Ceux qui sont publiés. Il se lit mot pour mot, et disparaît du site si l’employeur le reprend.")
    )

    def offer(self, bulletin: Bulletin) -> TestimonialBlockForm:
        """Offer the testimonials that anyone may read."""
        self._told = {one.ref: one for one in testimonials_told(bulletin.program)}
        said = [(ref, f"{one.employer.name}, « {shorten(one.words, 70, placeholder='…')} »") for ref, one in self._told.items()]
        self.testimonial.choices = said or [("", _("Aucun témoignage publié"))]
        return self

    def _show_pointed(self, block: BulletinBlock) -> None:
        self.testimonial.data = block.testimonial.ref if block.testimonial else ""

    @property
    def terms(self) -> BlockTerms:
        """What was typed, and the testimonial."""
        said = super().terms
        return BlockTerms(said.title, said.body, testimonial=self._told[self.testimonial.data])


class LaureatesBlockForm(_PointingForm):
    """The laureates of a contest, as they agreed to be named."""

    campaign = Choice(_l("Concours"), hint=_l("Ceux dont les résultats sont dévoilés. Les noms suivent ce que chaque personne a accepté."))

    def offer(self, bulletin: Bulletin) -> LaureatesBlockForm:
        """Offer the contests whose results were told."""
        self._campaigns = {one.ref: one for one in told_campaigns(bulletin.program)}
        self.campaign.choices = [(ref, f"{title_of(one)}, {one.year}") for ref, one in self._campaigns.items()]
        return self

    def _show_pointed(self, block: BulletinBlock) -> None:
        self.campaign.data = block.campaign.ref if block.campaign else ""

    @property
    def terms(self) -> BlockTerms:
        """What was typed, and the contest."""
        said = super().terms
        return BlockTerms(said.title, said.body, campaign=self._campaigns[self.campaign.data])


class DateBlockForm(TextBlockForm):
    """A day to remember."""

    held_on = Day(_l("Date"))
    body_fr = LongText(_l("Texte, en français"), most=3000, required=False)

    def _show_pointed(self, block: BulletinBlock) -> None:
        self.held_on.data = block.held_on

    @property
    def terms(self) -> BlockTerms:
        """What was typed, and the day."""
        said = super().terms
        return BlockTerms(said.title, said.body, held_on=self.held_on.data)


BLOCK_FORMS: dict[BlockKind, type[TextBlockForm]] = {
    BlockKind.TEXT: TextBlockForm, BlockKind.TOOL: ToolBlockForm, BlockKind.STORY: StoryBlockForm,
    BlockKind.TESTIMONIAL: TestimonialBlockForm,
    BlockKind.LAUREATES: LaureatesBlockForm, BlockKind.DATE: DateBlockForm,
}  # fmt: skip


class WithdrawBulletinForm(Form):
    """Why a bulletin leaves the archive."""

    reason = LongText(_l("Motif"), most=500)


class RefusedAddressesForm(Form):
    """Addresses that refuse letters, as a mail program lists them."""

    program = Choice(_l("Programme"))
    addresses = LongText(
        _l("Adresses qui refusent les courriels"), most=50_000,
        hint=_l("Collez ici la liste ou les avis de non-remise ; seules les adresses abonnées sont touchées."),
    )  # fmt: skip

    def offer(self, programs: list[tuple[str, str]]) -> RefusedAddressesForm:
        """Offer the programs that this person writes for."""
        self.program.choices = programs
        return self

    @property
    def found(self) -> list[str]:
        """The addresses among what was pasted."""
        return sorted({one.strip(".:()[]").casefold() for one in _ADDRESS.findall(self.addresses.data or "")})

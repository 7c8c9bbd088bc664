"""What people type about beats, testimonials and the watch."""

from __future__ import annotations

import wtforms

from certif.consents import PURPOSES
from certif.kit.forms import Choice, Day, Form, LongText, ShortText, Tick
from certif.kit.languages import _l
from certif.library.beat_model import PIECE_KINDS, PieceKind
from certif.library.forms import number_in
from certif.library.model import TOPICS
from certif.programs import Text

LANGUAGES = [("fr", _l("Français")), ("en", _l("Anglais"))]


class BeatDateForm(Form):
    """When a beat is."""

    from_on = Day(_l("Premier jour"))
    until_on = Day(_l("Dernier jour"))
    source = ShortText(_l("Source"), hint=_l("Qui l’annonce : un site, un communiqué, et sa date."))


class PieceForm(Form):
    """A piece of a pack."""

    kind = Choice(_l("Genre"), choices=[(one.value, label) for one, label in PIECE_KINDS.items()], default=PieceKind.POST.value)
    title_fr = ShortText(_l("Titre, en français"), most=120, hint=_l("Sur une affiche, c’est le slogan."))
    text_fr = LongText(_l("Texte, en français"), most=3000)
    title_en = ShortText(_l("Titre, en anglais"), most=120, required=False)
    text_en = LongText(_l("Texte, en anglais"), most=3000, required=False)

    @property
    def words(self) -> tuple[Text, Text]:
        """What was typed: title and text."""
        return Text(self.title_fr.data, self.title_en.data or ""), Text(self.text_fr.data, self.text_en.data or "")


class _Agreed(Form):
    consent = wtforms.HiddenField()
    agreed = Tick("", required=_l("Cochez cette case si vous êtes d’accord ; sinon, rien ne sera publié."))

    @property
    def consent_version(self) -> int:
        """The version of the text that was on the screen."""
        return number_in(self.consent)

    def ask(self, purpose: str, language: str) -> None:
        """Ask for this agreement, in this language."""
        declared = PURPOSES[purpose]
        self.agreed.label.text = declared.text(language)
        if not self.consent.data:
            self.consent.data = str(declared.version)


class StoryForm(_Agreed):
    """An employer agrees to its story."""


class TestimonialForm(_Agreed):
    """What an employer says of its certification."""

    __test__ = False
    program = Choice(_l("Programme"))
    words = LongText(
        _l("Votre témoignage"), most=1200,
        hint=_l("Ce que la certification change chez vous, en quelques phrases. Ne nommez ni élève, ni collègue."),
    )  # fmt: skip


class AsideForm(Form):
    """Why a testimonial is not published."""

    reason = LongText(_l("Motif"), most=500, hint=_l("L’employeur le lira dans un courriel."))


class WatchForm(Form):
    """Something seen elsewhere."""

    program = Choice(_l("Programme"))
    topic = Choice(_l("Sujet"), choices=[(one.value, label) for one, label in TOPICS.items()])
    language = Choice(_l("Langue de la note"), choices=LANGUAGES, default="fr")
    title = ShortText(_l("Titre"), most=160)
    body = LongText(_l("Ce qu’il faut en retenir"), most=2000, hint=_l("Dans vos mots, avec la source et l’année de chaque chiffre."))
    link = ShortText(_l("Lien"), required=False, hint=_l("Une adresse qui commence par https://."))
    is_public = Tick(_l("Tout le monde peut la lire"), hint=_l("Sinon, seuls le personnel et les partenaires la voient."))

"""What a person may agree to. A text, once published, never changes: a new wording is a new version, and everyone is asked again.

The words stand here in both languages, and not in the catalogue, because they are evidence: the text of one version in one language.
"""

from __future__ import annotations

from dataclasses import dataclass

from certif.kit.languages import _l
from certif.kit.tokens import digest


@dataclass(frozen=True)
class Purpose:
    """One thing that information may be used for, asked apart from everything else. Source: CAI, Guidelines 2023-1 on consent.

    `versions` are its texts in French and English, the last one in force; `days` bounds how long a consent counts.
    """

    name: str
    versions: tuple[tuple[str, str], ...]
    days: int

    @property
    def version(self) -> int:
        """The number of the text in force, counted from 1."""
        return len(self.versions)

    def text(self, language: str, version: int | None = None) -> str:
        """Give the words in `"fr"` or `"en"`, of the version in force or of an older one."""
        french, english = self.versions[(version or self.version) - 1]
        return english if language == "en" else french

    def digest(self, language: str, version: int | None = None) -> str:
        """Give the SHA-256 (hex) of the words, kept with each consent."""
        return digest(self.text(language, version))


_TWO_YEARS, _FIVE_YEARS = 730, 1826
_EIGHTEEN_MONTHS = 548

_RECONTACT = (
    "J’accepte de recevoir par courriel des nouvelles et des invitations sur la conciliation études-travail dans ma région. "
    "Je peux changer d’avis en tout temps.",
    "I agree to receive news and invitations by email about balancing studies and work in my region. I can change my mind at any time.",
)
_DIRECTORY_CONTACT = (
    "J’accepte que mon nom et mes coordonnées professionnelles paraissent dans le répertoire public des employeurs certifiés. "
    "Je peux changer d’avis en tout temps.",
    "I agree that my name and my work contact details appear in the public directory of certified employers. "
    "I can change my mind at any time.",
)
_RECOGNITION = (
    "J’accepte que le nom et le logo de mon organisation soient montrés dans les communications "
    "qui mettent en valeur les employeurs certifiés. Je peux changer d’avis en tout temps.",
    "I agree that the name and logo of my organization be shown in communications that recognize certified employers. "
    "I can change my mind at any time.",
)
_IMAGE = (
    "J’accepte que des photos ou des vidéos où l’on me reconnaît soient publiées "
    "pour faire connaître la conciliation études-travail. Je peux changer d’avis en tout temps.",
    "I agree that photos or videos in which I can be recognized be published "
    "to promote the balance between studies and work. I can change my mind at any time.",
)
_NOMINATION_WORDS = (
    "J’accepte que mes phrases sur mon boss soient publiées : sur le site, dans les médias sociaux, au gala. "
    "Je peux changer d’avis en tout temps.",
    "I agree that my sentences about my boss be published: on the website, on social media, at the gala. I can change my mind at any time.",
)
_NOMINATION_NAME = (
    "J’accepte que mon prénom soit écrit ou dit avec mes phrases. Je peux changer d’avis en tout temps.",
    "I agree that my first name be written or said with my sentences. I can change my mind at any time.",
)
_NOMINATION_IMAGE = (
    "Si mon boss gagne, j’accepte qu’on me prenne en photo ou en vidéo et qu’on la publie. Je peux changer d’avis en tout temps.",
    "If my boss wins, I agree that my photo or a video of me be taken and published. I can change my mind at any time.",
)
_NOMINATION_BOSS = (
    "J’accepte qu’on dise à mon boss que c’est moi, et qu’on lui fasse lire mes phrases. Je peux changer d’avis en tout temps, "
    "mais ce qui lui a été dit reste dit.",
    "I agree that my boss be told that it was me, and read my sentences. I can change my mind at any time, "
    "but what was already said stays said.",
)
_NOMINATION_GALA = (
    "J’accepte de recevoir une invitation au gala, si mon boss est finaliste. Je peux changer d’avis en tout temps.",
    "I agree to receive an invitation to the gala, if my boss is a finalist. I can change my mind at any time.",
)
_NOMINATION_NEXT_YEAR = (
    "J’accepte qu’on m’écrive l’an prochain, une fois, pour m’annoncer le prochain concours. Je peux changer d’avis en tout temps.",
    "I agree to be written to next year, once, to hear about the next contest. I can change my mind at any time.",
)
_LAUREATE_STUDENT = (
    "J’accepte que mon nom soit dit, montré et publié avec celui de mon boss quand le résultat du concours est annoncé. "
    "Je peux changer d’avis en tout temps.",
    "I agree that my name be said, shown and published with my boss’s when the result of the contest is announced. "
    "I can change my mind at any time.",
)
_LAUREATE_EMPLOYER = (
    "J’accepte que mon nom et celui de mon organisation soient dits, montrés et publiés quand le résultat du concours est annoncé. "
    "Je peux changer d’avis en tout temps.",
    "I agree that my name and my organization’s be said, shown and published when the result of the contest is announced. "
    "I can change my mind at any time.",
)
_LAUREATE_IMAGE = (
    "J’accepte que ma photo soit montrée et publiée quand le résultat du concours est annoncé. Je peux changer d’avis en tout temps.",
    "I agree that my photo be shown and published when the result of the contest is announced. I can change my mind at any time.",
)
_BULLETIN = (
    "J’accepte de recevoir par courriel le bulletin sur la conciliation études-travail de la région choisie. "
    "Je peux me désabonner en tout temps, d’un seul geste.",
    "I agree to receive by email the bulletin about balancing studies and work of the region I chose. "
    "I can unsubscribe at any time, in one step.",
)
_TESTIMONIAL = (
    "J’accepte que ces mots soient publiés avec le nom de mon organisation, sur le site et dans les outils du programme. "
    "Je peux changer d’avis en tout temps.",
    "I agree that these words be published with the name of my organization, on the website and in the tools of the program. "
    "I can change my mind at any time.",
)
_EMPLOYER_STORY = (
    "J’accepte que ce bon coup soit publié avec le nom de mon organisation, tel que je viens de le lire. "
    "Je peux changer d’avis en tout temps.",
    "I agree that this success story be published with the name of my organization, as I have just read it. "
    "I can change my mind at any time.",
)

PURPOSES = {
    purpose.name: purpose
    for purpose in (
        Purpose("recontact", (_RECONTACT,), _TWO_YEARS),
        Purpose("directory_contact", (_DIRECTORY_CONTACT,), _FIVE_YEARS),
        Purpose("recognition", (_RECOGNITION,), _FIVE_YEARS),
        Purpose("image", (_IMAGE,), _TWO_YEARS),
        Purpose("nomination_words", (_NOMINATION_WORDS,), _TWO_YEARS),
        Purpose("nomination_name", (_NOMINATION_NAME,), _TWO_YEARS),
        Purpose("nomination_image", (_NOMINATION_IMAGE,), _TWO_YEARS),
        Purpose("nomination_boss", (_NOMINATION_BOSS,), _TWO_YEARS),
        Purpose("nomination_gala", (_NOMINATION_GALA,), _TWO_YEARS),
        Purpose("nomination_next_year", (_NOMINATION_NEXT_YEAR,), _EIGHTEEN_MONTHS),
        Purpose("bulletin", (_BULLETIN,), _FIVE_YEARS),
        Purpose("laureate_student", (_LAUREATE_STUDENT,), _FIVE_YEARS),
        Purpose("laureate_employer", (_LAUREATE_EMPLOYER,), _FIVE_YEARS),
        Purpose("laureate_image", (_LAUREATE_IMAGE,), _FIVE_YEARS),
        Purpose("laureate_employer_image", (_LAUREATE_IMAGE,), _FIVE_YEARS),
        Purpose("testimonial", (_TESTIMONIAL,), _FIVE_YEARS),
        Purpose("employer_story", (_EMPLOYER_STORY,), _FIVE_YEARS),
    )
}
"""Every declared purpose, by name."""

PURPOSE_TITLES = {
    "recontact": _l("nouvelles et invitations"),
    "directory_contact": _l("coordonnées au répertoire"),
    "recognition": _l("nom et logo dans les communications"),
    "image": _l("photos et vidéos"),
    "nomination_words": _l("mots de la nomination"),
    "nomination_name": _l("nom de qui a nommé"),
    "nomination_image": _l("photo de qui a nommé"),
    "nomination_boss": _l("dire au boss qui l’a nommé"),
    "nomination_gala": _l("invitation au gala"),
    "nomination_next_year": _l("prochaine édition du concours"),
    "bulletin": _l("bulletin par courriel"),
    "laureate_student": _l("nom de la lauréate ou du lauréat"),
    "laureate_employer": _l("nom de l’employeur lauréat"),
    "laureate_image": _l("photo de la lauréate ou du lauréat"),
    "laureate_employer_image": _l("photo de l’employeur lauréat"),
    "testimonial": _l("témoignage"),
    "employer_story": _l("bon coup"),
}
"""What each purpose is called in the journal. What is agreed to is its text, and never these few words."""

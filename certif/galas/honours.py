"""Who is honoured at a gala, as each may be named: what is shown of a laureate follows what was agreed to, everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from certif.campaigns import Campaign, Category
from certif.consents import agreed
from certif.galas.evening_model import AwardPlacing, GalaAward
from certif.galas.model import Gala, GalaCampaign
from certif.kit.db import db
from certif.kit.languages import _, folded, language
from certif.kit.sent_files import SentFile
from certif.programs import french
from certif.selections import Laureate, LaureateWithdrawal

STUDENT, EMPLOYER, IMAGE = "laureate_student", "laureate_employer", "laureate_image"

WORDS_A_MINUTE = 130
"""How fast a citation is read aloud: slower than one talks, so that a room can follow."""

_TO_FIVE = 5
_LEAST_WORD = 3


def reading_seconds(text: str) -> int:
    """Give how long a text takes to be read aloud, to the next five seconds."""
    seconds = len(text.split()) * 60 / WORDS_A_MINUTE
    return -int(-seconds // _TO_FIVE) * _TO_FIVE


@dataclass(frozen=True)
class Honour:
    """A laureate at a gala: under which award, and what of it may be said.

    `agreed`, the purposes agreed to now; `has_photo`, whether one is kept. Without consent a person is
    «une ou un élève», with neither school nor age, and an employer is one of its MRC.
    """

    laureate: Laureate
    award: GalaAward | None
    category: Category | None
    agreed: frozenset[str]
    has_photo: bool = False

    @property
    def has_student(self) -> bool:
        """Whether a student is honoured too."""
        return bool(self.laureate.student_name or self.laureate.nomination_id)

    @property
    def names_student(self) -> bool:
        """Whether the student may be named."""
        return STUDENT in self.agreed and bool(self.laureate.student_name)

    @property
    def names_employer(self) -> bool:
        """Whether the employer, and the person at its head, may be named. Who may not is in no public list."""
        return EMPLOYER in self.agreed

    @property
    def photo(self) -> str | None:
        """The digest of the photo, where it may be shown."""
        return self.laureate.photo_digest if IMAGE in self.agreed and self.has_photo else None

    @property
    def student(self) -> str:
        """The student, as they may be named; nothing where none is honoured."""
        if not self.has_student:
            return ""
        return self.laureate.student_name if self.names_student else _("une ou un élève")

    @property
    def student_said(self) -> str:
        """How the student's name is pronounced, where it may be said."""
        return self.laureate.student_said if self.names_student else ""

    @property
    def employer(self) -> str:
        """The employer, as it may be named."""
        return self.laureate.employer_name if self.names_employer else _("un employeur de %(mrc)s", mrc=self.laureate.mrc.name)

    @property
    def boss(self) -> str:
        """The person whom the student calls boss, where they may be named."""
        return self.laureate.boss_name if self.names_employer else ""

    @property
    def boss_said(self) -> str:
        """How the boss’s name is pronounced, where it may be said."""
        return self.laureate.boss_said if self.names_employer else ""

    @property
    def place(self) -> str:
        """The municipality, where the employer may be named; else its MRC."""
        return self.laureate.municipality if self.names_employer else self.laureate.mrc.name

    @property
    def prize(self) -> str:
        """What is received, in the language being spoken: the evening’s award, else the contest’s category, else the contest."""
        campaign = self.laureate.campaign
        names = (campaign.title_fr, campaign.title_en)
        if self.award:
            names = (self.award.name_fr, self.award.name_en)
        elif self.category:
            names = (self.category.name.fr, self.category.name.en)
        return names[1] if language() == "en" and names[1] else french(names[0])

    @property
    def sponsor(self) -> str:
        """Who lends its name to what is received."""
        return self.award.sponsor if self.award else self.category.sponsor if self.category else ""

    @property
    def names_too_much(self) -> bool:
        """Whether the citation names someone who did not agree: it is then neither shown nor printed."""
        said = set(folded(self.laureate.citation).split())
        silent = [] if self.names_student else [self.laureate.student_name]
        silent += [] if self.names_employer else [self.laureate.boss_name, self.laureate.employer_name]
        return any(len(word) >= _LEAST_WORD and word in said for name in silent for word in folded(name).split())

    @property
    def citation(self) -> str:
        """What is read aloud, where it names nobody who did not agree."""
        return "" if self.names_too_much else self.laureate.citation

    @property
    def missing(self) -> list[str]:
        """Whose consent is missing, in the reader’s language."""
        told = [_("consentement de l’employeur manquant")] if not self.names_employer else []
        return told + ([_("consentement de l’élève manquant")] if self.has_student and not self.names_student else [])


def honours_of(gala: Gala) -> list[Honour]:
    """Give those a gala honours, award after award, then as their contests rank them; whoever stood down is left out."""
    found = db.session.scalars(
        select(Laureate)
        .join(GalaCampaign, GalaCampaign.campaign_id == Laureate.campaign_id)
        .where(GalaCampaign.gala_id == gala.id, ~exists().where(LaureateWithdrawal.laureate_id == Laureate.id))
        .options(joinedload(Laureate.campaign), joinedload(Laureate.mrc))
        .order_by(Laureate.campaign_id, Laureate.category, Laureate.position, Laureate.id)
    ).all()
    placings = select(AwardPlacing.laureate_id, GalaAward).join(GalaAward, GalaAward.id == AwardPlacing.award_id)
    awards = {row.laureate_id: row.GalaAward for row in db.session.execute(placings.where(AwardPlacing.gala_id == gala.id))}
    return sorted(_honours(found, awards), key=lambda one: one.award.id if one.award else 0)


def _honours(found: Sequence[Laureate], awards: dict[int, GalaAward]) -> list[Honour]:
    consents = agreed(found, STUDENT, EMPLOYER, IMAGE)
    kept = set(db.session.scalars(select(SentFile.digest).where(SentFile.digest.in_([one.photo_digest for one in found]))))
    categories = {campaign: _categories(campaign) for campaign in {laureate.campaign for laureate in found}}
    return [
        Honour(
            laureate, awards.get(laureate.id), categories[laureate.campaign].get(laureate.category),
            frozenset(purpose for ref, purpose in consents if ref == laureate.ref), laureate.photo_digest in kept,
        )
        for laureate in found
    ]  # fmt: skip


def _categories(campaign: Campaign) -> dict[str, Category]:
    return {one.id: one for one in campaign.definition.categories}

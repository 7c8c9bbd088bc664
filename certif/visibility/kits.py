"""The kit of an establishment: whether there is one today, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.certification import Badge, Certification, Stage, Verification, certifications_of_employer, file_of, verifications_of
from certif.employers import Employer, Establishment, employers_of
from certif.kit import clock, sent_files
from certif.kit.access import Actor
from certif.kit.db import db
from certif.programs import Level, Rules
from certif.visibility.model import EmployerLogo

_ON_ITS_WAY = {Stage.AWAITING_CONTRACT, Stage.AWAITING_CONTRIBUTION, Stage.SENT_BACK, Stage.AWAITING_VALIDATION}


@dataclass(frozen=True)
class Kit:
    """What may be shown of an establishment today. `status`: `certified`, `supporter`, `in_progress`, or None: nothing may be posted up."""

    verification: Verification
    certification: Certification
    badge: Badge | None
    status: str | None

    @property
    def code(self) -> str:
        """The public code that every QR of the kit opens."""
        return self.verification.code

    @property
    def employer(self) -> Employer:
        """Whose kit it is."""
        return self.place.employer

    @property
    def place(self) -> Establishment:
        """Where it hangs."""
        return self.verification.establishment

    @property
    def place_name(self) -> str:
        """The establishment and its municipality, the name left out where it only repeats the employer's."""
        place = self.place
        return place.municipality if place.name == self.employer.name else f"{place.name}, {place.municipality}"

    @property
    def rules(self) -> Rules:
        """What the region decided: colours, logo, levels, words."""
        return self.certification.version.rules

    @property
    def level(self) -> Level | None:
        """The level granted, where the program has some."""
        return self.certification.version.level(self.badge.level) if self.badge else None

    @property
    def is_whole(self) -> bool:
        """Whether it has all its pieces: one that is only in progress has a sticker."""
        return self.status in {"certified", "supporter"}


def kits_of(actor: Actor) -> list[Kit]:
    """Give the kits of this person's establishments, one for each place and program, whether or not there is something to post up."""
    found: dict[int, Kit] = {}
    for employer in employers_of(actor):
        for certification in certifications_of_employer(employer):
            for verification in verifications_of(certification):
                if verification.id not in found and verification.establishment.closed_at is None:
                    found[verification.id] = kit_at(verification)
    return list(found.values())


def kit_of(actor: Actor, code: str) -> Kit:
    """Give the kit of a code to its employer's people, and to staff who follow its file. Refuses (404) any other."""
    verification = db.session.scalar(select(Verification).where(Verification.code == code))
    if verification is None:
        raise NotFound
    kit = kit_at(verification)
    if kit.employer not in employers_of(actor):
        file_of(actor, kit.certification.ref)
    return kit


def kit_at(verification: Verification) -> Kit:
    """Give the kit of a code as things stand today: by its newest badge, else by its newest path.

    One renewed early has two: the newest says whether anything may be posted up, and the one that runs says at which level.
    """
    cycles = [one for one in certifications_of_employer(verification.establishment.employer) if one.program_id == verification.program_id]
    if not cycles:
        raise NotFound
    granted = [(one, badge) for one in cycles for badge in reversed(one.badges) if badge.verification_id == verification.id]
    if granted:
        running = next(((one, badge) for one, badge in granted if badge.valid_from <= clock.today()), granted[0])
        return Kit(verification, *running, _granted(*granted[0]))
    return Kit(verification, cycles[0], None, _on_its_way(cycles[0], verification))


def logo_of(employer: Employer) -> EmployerLogo | None:
    """Give the logo of an employer, if it has given one and not taken it back."""
    last = last_logo(employer)
    return last if last is not None and last.digest is not None else None


def last_logo(employer: Employer) -> EmployerLogo | None:
    """Give the last thing that an employer did with its logo."""
    query = select(EmployerLogo).where(EmployerLogo.employer_id == employer.id).order_by(EmployerLogo.number.desc())
    return db.session.scalar(query.limit(1))


def picture_of(logo: EmployerLogo | None) -> bytes | None:
    """Give the bytes of an employer's logo, or None where there is none."""
    return sent_files.fetch(logo.digest).content if logo is not None and logo.digest is not None else None


def _granted(certification: Certification, badge: Badge) -> str | None:
    is_held = certification.stage is Stage.CERTIFIED and clock.today() <= badge.expires_on
    if not is_held or badge.verification.establishment.closed_at is not None:
        return None
    level = certification.version.level(badge.level)
    return "supporter" if level is not None and level.is_supporter else "certified"


def _on_its_way(certification: Certification, verification: Verification) -> str | None:
    shows = certification.version.rules.shows_in_progress and not certification.badges
    is_open = certification.stage in _ON_ITS_WAY and verification.establishment.closed_at is None
    return "in_progress" if shows and is_open else None

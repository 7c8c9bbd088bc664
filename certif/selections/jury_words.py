"""What a juror reads of an entry: what students say, once approved; without a name where the phase hides them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from certif.campaigns import Prompt
from certif.kit.db import db
from certif.kit.languages import _
from certif.nominations import Boss, Nomination
from certif.selections.jury_masking import Names, masked
from certif.selections.jury_model import Ballot, JuryEntry
from certif.selections.phase_entries import standing
from certif.surveys import level_label

PAGE = 10


@dataclass(frozen=True)
class Words:
    """What one student says: answers by the name of their prompt, and what is told of the student (`about`)."""

    answers: list[tuple[str, str]]
    about: str
    language: str


@dataclass(frozen=True)
class Sheet:
    """An entry as a juror reads it. `title`: the place, or a number; `place`: where it is, or nothing; `next`: the page that follows."""

    title: str
    place: str
    words: list[Words]
    next: int | None


def title_of(entry: JuryEntry) -> str:
    """Give what jurors call an entry."""
    return _("Candidature %(number)s", number=entry.number) if entry.jury.phase.is_blind else entry.boss.name


def sheet_of(entry: JuryEntry, *, after: int, language: str) -> Sheet:
    """Give what a juror reads of an entry, ten students a page. Takes: `after`, the page before it, 0 for the first."""
    theirs = Nomination.id == entry.nomination_id if entry.nomination_id else Nomination.boss_id == entry.boss_id
    wanted = select(Nomination).where(theirs, standing(is_read=True)).order_by(Nomination.id).offset(after * PAGE).limit(PAGE + 1)
    found = list(db.session.scalars(wanted))
    phase, boss = entry.jury.phase, entry.boss
    said = [_words(one, boss, entry.jury.campaign.definition.prompts, language, is_blind=phase.is_blind) for one in found[:PAGE]]
    place = "" if phase.is_blind else " · ".join(part for part in (boss.person, boss.municipality, boss.mrc.name) if part)
    return Sheet(title_of(entry), place, said, after + 1 if len(found) > PAGE else None)


def comment_of(ballot: Ballot, entry: JuryEntry) -> str:
    """Give what a juror says to the others of an entry, without a name where the phase hides them."""
    if not entry.jury.phase.is_blind:
        return ballot.comment
    return masked(ballot.comment, _names(entry.nomination, entry.boss), _("[masqué]"))


def _words(nomination: Nomination, boss: Boss, prompts: tuple[Prompt, ...], language: str, *, is_blind: bool) -> Words:
    names, mark = _names(nomination, boss), _("[masqué]")
    answers = [(one.name.said_in(language), str(nomination.answers.get(one.id) or "")) for one in prompts]
    hours = _("%(hours)s h de travail par semaine", hours=nomination.hours) if nomination.hours else ""
    intern = _("stagiaire") if nomination.is_intern else ""
    who = () if is_blind else (nomination.first_name, nomination.school)
    return Words(
        [(prompt, masked(text, names, mark) if is_blind else text) for prompt, text in answers if text],
        " · ".join(part for part in (*who, level_label(nomination.level), hours, intern) if part),
        nomination.language,
    )


def _names(nomination: Nomination | None, boss: Boss) -> Names:
    """Give all by which the student, the boss or the place could be known: as written, and as the register has it."""
    place, said = boss.establishment, nomination
    employer = place.employer if place else None
    named = {boss, said.named} if said else {boss}
    places = {name for one in named for name in (one.name, one.municipality)} | {boss.mrc.name, said.school if said else ""}
    places |= {place.name, place.municipality, place.mrc.name, place.address} if place else set()
    places |= {employer.legal_name, employer.trade_name or "", employer.banner.name if employer.banner else ""} if employer else set()
    people = {one.person for one in named} | {said.first_name if said else "", employer.contact_name if employer else ""}
    return Names(tuple(sorted(people)), tuple(sorted(places)))

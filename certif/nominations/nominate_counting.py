"""How a nomination comes to count, whichever way it came: rules, boss, row, tally, consents. All in one unit of work."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.orm import joinedload

from certif.campaigns import Campaign
from certif.consents import PURPOSES, give_consent
from certif.employers import name_key
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_into, insert_new
from certif.kit.languages import _, folded
from certif.nominations.boss_tallies import shift_tally
from certif.nominations.model import Nomination, NominationTrace, NominatorContact, Way
from certif.nominations.nominate_bosses import boss_for
from certif.nominations.nominate_keys import words_digest
from certif.nominations.nominate_model import NamedPerson, NominatorTally
from certif.nominations.nominate_queries import Door, Spot, place_at, place_of
from certif.nominations.nominate_said import Said, obstacle

MOST_BOSSES = 5
"""How many bosses one student may name in a contest: whoever has several jobs, and no more."""


@dataclass(frozen=True)
class Nominator:
    """Who nominates, as far as it is known: a key that says nobody, the way they came, the address if one was verified."""

    key: str
    way: Way
    email: str | None
    network_digest: str


def find_spot(door: Door, said: Said) -> Spot:
    """Give where the boss is, once the contest may hear all that was said. Only reads, so that it is asked before anything is held.

    Refuses: a contest where nobody may nominate today; a student it is not for; a place that is closed or out of its territory.
    """
    if door.state != "open":
        raise Refusal(_("On ne peut pas nommer de boss dans ce concours pour le moment."))
    sentence = obstacle(door.definition, said)
    if sentence:
        raise Refusal(sentence)
    place = place_at(said.establishment) if said.establishment else None
    if said.establishment and place is None:
        raise Refusal(_("Ce lieu de travail n’est plus dans notre liste. Cherchez-le de nouveau, ou décrivez-le."))
    area = next((one for one in door.areas if one.slug == (place.mrc.slug if place else said.mrc)), None)
    if area is None:
        raise Refusal(_("Ce lieu de travail est hors du territoire de ce concours."))
    if place is None:
        return Spot(area.id, said.name, said.municipality)
    return Spot(area.id, place_of(place), place.municipality, place.id, place.employer.sector)


def count_nomination(door: Door, said: Said, spot: Spot, who: Nominator, *, receipt: str, by: Actor) -> Nomination:
    """Let a nomination count, once for each student, boss and contest: the database has the last word.

    Takes: `spot`, as `find_spot` gave it; `receipt`, the code that lets whoever made it come back to it, of which only a digest is kept.
    Refuses: a boss that this student has named already; one boss too many.
    """
    _count_bosses(door.campaign_id, who.key)
    named_id, boss_id, known_as = boss_for(door.campaign_id, spot, said.person)
    row = _row(door, said, who, receipt, by) | {"named_id": named_id, "boss_id": boss_id}
    made = insert_new(Nomination, [row], Nomination.id)
    if not made:
        raise Refusal(_("Vous avez déjà nommé ce boss dans ce concours : votre nomination compte."))
    whole = joinedload(Nomination.campaign).joinedload(Campaign.program)
    nomination = db.session.get_one(Nomination, made[0], options=[whole])
    _keep_beside(nomination, said, who, known_as)
    shift_tally(boss_id, +1)
    for purpose in said.consents:
        give_consent(nomination, purpose, version=PURPOSES[purpose].version, language=said.language, by=by)
    audit.record("nomination_made", nomination, by=by, way=who.way.value)
    return nomination


def uncount_bosses(nomination: Nomination) -> None:
    """Let whoever takes a nomination back name another boss."""
    mine = NominatorTally.campaign_id == nomination.campaign_id, NominatorTally.nominator_key == nomination.nominator_key
    db.session.execute(update(NominatorTally).where(*mine, NominatorTally.count > 0).values(count=NominatorTally.count - 1))
    db.session.execute(delete(NamedPerson).where(NamedPerson.nomination_id == nomination.id))


def _count_bosses(campaign_id: int, key: str) -> None:
    """Count one more boss of a student, and hold that count: of many tabs, each waits its turn."""
    once_more = insert_into(NominatorTally).values(campaign_id=campaign_id, nominator_key=key, count=1)
    once_more = once_more.on_conflict_do_update(
        index_elements=[NominatorTally.campaign_id, NominatorTally.nominator_key], set_={"count": NominatorTally.count + 1}
    )
    count = db.session.scalar(once_more.returning(NominatorTally.count))
    if count is not None and count > MOST_BOSSES:
        raise Refusal(_("Vous avez déjà nommé %(most)s boss dans ce concours : c’est le plus possible.", most=MOST_BOSSES))


def _row(door: Door, said: Said, who: Nominator, receipt: str, by: Actor) -> dict[str, object]:
    return {
        "ref": tokens.ref(), "campaign_id": door.campaign_id, "nominator_key": who.key, "receipt_digest": tokens.digest(receipt),
        "way": who.way.value, "first_name": said.first_name, "school": said.school, "school_body_id": _school_body(door, said),
        "level": said.level, "age_band": said.age_band, "hours": said.hours, "is_intern": said.is_intern, "answers": said.answers,
        "language": said.language, "nominated_at": clock.now(), "nominated_by": by.ref,
    }  # fmt: skip


def _school_body(door: Door, said: Said) -> int | None:
    """Give the school body that was written in full, as it is suggested."""
    named = folded(said.school)
    return next((number for number, name, short in door.school_bodies if named in {folded(name), folded(short)}), None)


def _keep_beside(nomination: Nomination, said: Said, who: Nominator, known_as: str) -> None:
    """Keep apart what is forgotten before the nomination: the address, what may show stuffing, another name for the boss."""
    trace = NominationTrace(
        nomination_id=nomination.id, campaign_id=nomination.campaign_id, network_digest=who.network_digest,
        words_digest=words_digest(nomination.campaign.ref, said.answers),
    )  # fmt: skip
    db.session.add(trace)
    if who.email:
        db.session.add(NominatorContact(nomination_id=nomination.id, email=who.email))
    if name_key(said.person) != name_key(known_as):
        db.session.add(NamedPerson(nomination_id=nomination.id, person=said.person))

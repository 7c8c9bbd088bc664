"""How a nomination comes to count, whichever way it came: rules, boss, row, tally, consents. All in one unit of work."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, update

from certif.campaigns import Campaign
from certif.consents import PURPOSES, give_consent
from certif.employers import Establishment, name_key
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_into, insert_new
from certif.kit.languages import _, folded
from certif.nominations.model import Nomination, NominationTrace, NominatorContact, Way
from certif.nominations.nominate_bosses import boss_for, count_for
from certif.nominations.nominate_keys import RECEIPT_LENGTH, new_code, words_digest
from certif.nominations.nominate_model import NamedPerson, NominatorTally
from certif.nominations.nominate_queries import Door, place_at
from certif.nominations.nominate_said import Said, obstacle
from certif.territory import Mrc, Partner

MOST_BOSSES = 5
"""How many bosses one student may name in a contest: whoever has several jobs, and no more."""


@dataclass(frozen=True)
class Receipt:
    """A nomination that counts, and the code that lets whoever made it come back to it: given now, and never again."""

    nomination: Nomination
    code: str


@dataclass(frozen=True)
class Nominator:
    """Who nominates, as far as it is known: a key that says nobody, the way they came, the address if one was verified."""

    key: str
    way: Way
    email: str | None
    network_digest: str


def check_said(door: Door, said: Said) -> tuple[Mrc, Establishment | None]:
    """Give where the boss is, once the contest may hear all that was said.

    Refuses: a contest where nobody may nominate today; a student it is not for; a place that is closed or out of its territory.
    """
    if not door.campaign.is_open:
        raise Refusal(_("On ne peut pas nommer de boss dans ce concours pour le moment."))
    sentence = obstacle(door.definition, said)
    if sentence:
        raise Refusal(sentence)
    establishment = place_at(said.establishment) if said.establishment else None
    if said.establishment and establishment is None:
        raise Refusal(_("Ce lieu de travail n’est plus dans notre liste. Cherchez-le de nouveau, ou décrivez-le."))
    slug = establishment.mrc.slug if establishment else said.mrc
    mrc = next((one for one in door.territory() if one.slug == slug), None)
    if mrc is None:
        raise Refusal(_("Ce lieu de travail est hors du territoire de ce concours."))
    return mrc, establishment


def count_nomination(door: Door, said: Said, who: Nominator, *, by: Actor) -> Receipt:
    """Let a nomination count, once for each student, boss and contest: the database has the last word.

    Refuses: what `check_said` refuses; a boss that this student has named already; one boss too many.
    """
    mrc, establishment = check_said(door, said)
    _count_bosses(door.campaign, who.key)
    named_id, boss_id, known_as = boss_for(door.campaign, said, mrc, establishment)
    code = new_code(RECEIPT_LENGTH)
    row = _row(door, said, who, code, by) | {"named_id": named_id, "boss_id": boss_id}
    made = insert_new(Nomination, [row], Nomination.id)
    if not made:
        raise Refusal(_("Vous avez déjà nommé ce boss dans ce concours : votre nomination compte."))
    nomination = db.session.get_one(Nomination, made[0])
    _keep_beside(nomination, said, who, known_as)
    count_for(boss_id, +1)
    for purpose in said.consents:
        give_consent(nomination, purpose, version=PURPOSES[purpose].version, language=said.language, by=by)
    audit.record("nomination_made", nomination, by=by, way=who.way.value)
    return Receipt(nomination, code)


def uncount_bosses(nomination: Nomination) -> None:
    """Let whoever takes a nomination back name another boss."""
    mine = NominatorTally.campaign_id == nomination.campaign_id, NominatorTally.nominator_key == nomination.nominator_key
    db.session.execute(update(NominatorTally).where(*mine, NominatorTally.count > 0).values(count=NominatorTally.count - 1))
    db.session.execute(delete(NamedPerson).where(NamedPerson.nomination_id == nomination.id))


def _count_bosses(campaign: Campaign, key: str) -> None:
    """Count one more boss of a student, and hold that count: of many tabs, each waits its turn."""
    once_more = insert_into(NominatorTally).values(campaign_id=campaign.id, nominator_key=key, count=1)
    once_more = once_more.on_conflict_do_update(
        index_elements=[NominatorTally.campaign_id, NominatorTally.nominator_key], set_={"count": NominatorTally.count + 1}
    )
    count = db.session.scalar(once_more.returning(NominatorTally.count))
    if count is not None and count > MOST_BOSSES:
        raise Refusal(_("Vous avez déjà nommé %(most)s boss dans ce concours : c’est le plus possible.", most=MOST_BOSSES))


def _row(door: Door, said: Said, who: Nominator, code: str, by: Actor) -> dict[str, object]:
    return {
        "ref": tokens.ref(), "campaign_id": door.campaign.id, "nominator_key": who.key, "receipt_digest": tokens.digest(code),
        "way": who.way.value, "first_name": said.first_name, "school": said.school, "school_body_id": _school_body(door, said),
        "level": said.level, "age_band": said.age_band, "hours": said.hours, "is_intern": said.is_intern, "answers": said.answers,
        "language": said.language, "nominated_at": clock.now(), "nominated_by": by.ref,
    }  # fmt: skip


def _school_body(door: Door, said: Said) -> int | None:
    """Give the school body that was written in full, as it is suggested."""
    named = folded(said.school)
    found: Partner | None = next((one for one in door.school_bodies() if named in {folded(one.name), folded(one.short_name)}), None)
    return found.id if found else None


def _keep_beside(nomination: Nomination, said: Said, who: Nominator, known_as: str) -> None:
    """Keep apart what is forgotten before the nomination: the address, what may show stuffing, another name for the boss."""
    trace = NominationTrace(
        nomination_id=nomination.id, campaign_id=nomination.campaign_id, network_digest=who.network_digest,
        words_digest=words_digest(nomination.campaign, said.answers),
    )  # fmt: skip
    db.session.add(trace)
    if who.email:
        db.session.add(NominatorContact(nomination_id=nomination.id, email=who.email))
    if name_key(said.person) != name_key(known_as):
        db.session.add(NamedPerson(nomination_id=nomination.id, person=said.person))

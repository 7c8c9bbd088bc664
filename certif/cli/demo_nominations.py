"""What students of the demonstration say of their bosses, in the contests of region 14; and hundreds of thousands of nominations at once,
to see how the desk holds."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sqlalchemy import exists, func, insert, select

from certif import consents, nominations, territory
from certif.campaigns import Campaign
from certif.cli.bulk import follow_ids
from certif.employers import Establishment, name_key
from certif.kit import clock, tokens
from certif.kit.access import SYSTEM, VISITOR, Actor, Granted, Role
from certif.kit.db import Model, db, transaction
from certif.nominations import (
    Boss,
    BossTally,
    Nomination,
    NominationReading,
    NominationTrace,
    NominatorContact,
    ReadingOutcome,
    Way,
)
from certif.programs import Program
from certif.selections import Laureate

BATCH = 5000
_REMEMBERED = 3
"""How many nominations of a boss are told, at most, of a contest that is over."""
_A_BOSS = 40
"""How many nominations a boss has, about, when they are made in bulk."""

_PLACES = (
    ("Café du Coin", "Joliette", "joliette", "Julie", "72", 9),
    ("Resto-café Le Coin", "Joliette", "joliette", "Julie", "72", 3),
    ("Dépanneur Chez Ti-Guy", "Rawdon", "matawinie", "Guy", "44-45", 6),
    ("Quincaillerie du Vieux-Pont", "Berthierville", "d-autray", "Samira", "44-45", 4),
    ("Quincallerie du vieux pont", "Berthierville", "d-autray", "Samira", "44-45", 2),
    ("Cantine La Bonne Fourchette", "Repentigny", "l-assomption", "Marcel", "72", 7),
    ("Animalerie Les Moustaches", "Terrebonne", "les-moulins", "Élise", "44-45", 5),
    ("Camp de vacances du Lac-aux-Huards", "Saint-Donat", "matawinie", "Karim", "71", 3),
    ("Érablière des Trois Sœurs", "Sainte-Marie-Salomé", "montcalm", "Odette", "11", 2),
)
_SAID = (
    "Elle me donne congé la semaine de mes examens sans que j’aie à le demander.",
    "Mon horaire est affiché deux semaines d’avance, et jamais après 21 heures.",
    "Quand j’ai échoué en maths, il m’a proposé de réduire mes heures le temps de remonter.",
    "Elle demande comment vont mes cours, et elle écoute la réponse.",
    "On peut étudier dans le local du fond quand il n’y a personne.",
    "Il n’appelle jamais pour remplacer quelqu’un un soir d’école.",
    "Elle m’a laissé changer mon samedi pour la journée portes ouvertes du cégep.",
    "J’ai eu 87 % en sciences, et c’est le premier à qui je l’ai dit.",
    "Mathieu et moi, on travaille mieux depuis qu’elle fait l’horaire avec nous.",
    "Il garde le même nombre d’heures toute l’année : ma mère l’adore.",
)
_PLAIN = tuple(words for words in _SAID if not any(sign in words for sign in ("87 %", "Mathieu")))
"""Those in which nothing has to be struck."""
_ENDS = (
    "C’est rare.", "Ça change tout.", "Je ne changerais pas de place.", "Merci !", "On le voit à mes notes.", "Ça devrait être partout.",
    "Mes parents n’en reviennent pas.", "J’y suis depuis deux ans.", "Je la recommande à mes amis.", "C’est mon premier emploi.",
)  # fmt: skip
_FIRST_NAMES = ("Alexis", "Maëlle", "Noah", "Inès", "Thomas", "Jade", "Samuel", "Lina", "Félix", "Rosalie", "Adam", "Zoé")
_SCHOOLS = ("École secondaire de la Rivière", "École secondaire des Chutes", "Polyvalente du Vieux-Moulin", "Cégep régional de la Plaine")
_AGREED = ("nomination_words", "nomination_name", "nomination_boss")


def load(seed: int) -> None:
    """Let students name bosses in each contest of region 14 that was published: most are read, some wait, a few look tied."""
    region = territory.region("14")
    wanted = select(Campaign).join(Program).where(Program.region_id == region.id, Campaign.published_at.is_not(None))
    for campaign in db.session.scalars(wanted.order_by(Campaign.id)).all():
        fill(campaign, seed)
    nominations.find_twins()
    nominations.watch_signs()


def fill(campaign: Campaign, seed: int) -> None:
    """Let students name bosses in one contest. The same for the same seed."""
    source = random.Random(seed + campaign.closes_on.toordinal())  # noqa: S311 — a demonstration, the same each time
    places = {mrc.slug: mrc for mrc in territory.mrcs(campaign.program.region)}
    last = min(clock.now(), dt.datetime.combine(campaign.closes_on, dt.time(16), dt.UTC))
    known = select(Establishment).where(Establishment.mrc_id.in_([mrc.id for mrc in places.values()]), Establishment.closed_at.is_(None))
    is_over = campaign.is_over  # as of today: the clock stands at its last day below
    with tokens.drawn_from(seed + campaign.closes_on.toordinal()), clock.frozen(last), transaction():
        told = {(place[3], place[2]): place for place in reversed(_PLACES)}.values() if is_over else _PLACES  # without twins
        bosses = [_described(campaign, place, places) for place in told if place[2] in places]
        bosses += [(_registered(campaign, one), 4) for one in db.session.scalars(known.order_by(Establishment.id).limit(3))]
        for boss, count in bosses:
            for number in range(min(count, _REMEMBERED) if is_over else count):
                _say(boss, number, last - dt.timedelta(hours=source.randrange(1, 200)), source, is_over=is_over)


def load_many(count: int, seed: int) -> None:
    """Insert `count` nominations, nearly all approved, over the published contests whose laureates are not named; in batches, whatever
    their number."""
    source = random.Random(seed)  # noqa: S311 — as above
    is_decided = exists().where(Laureate.campaign_id == Campaign.id)
    wanted = select(Campaign).where(Campaign.published_at.is_not(None), ~is_decided).order_by(Campaign.id)
    campaigns = list(db.session.scalars(wanted))
    with tokens.drawn_from(seed + 2):
        for number, campaign in enumerate(campaigns):
            share = count // len(campaigns) + (number < count % len(campaigns))
            bosses = _many_bosses(campaign, max(1, share // _A_BOSS), source)
            for first in range(0, share, BATCH):
                with transaction():
                    _many_nominations(campaign, bosses, range(first, min(first + BATCH, share)), source)
            with transaction():
                _count(campaign)


def _described(campaign: Campaign, place: tuple[str, str, str, str, str, int], mrcs: dict[str, territory.Mrc]) -> tuple[Boss, int]:
    name, municipality, mrc, person, sector, count = place
    boss = Boss(
        campaign=campaign, name=name, name_key=name_key(name), municipality=municipality, mrc=mrcs[mrc], person=person, sector=sector,
        named_at=clock.now(),
    )  # fmt: skip
    existing = db.session.scalar(
        select(Boss).where(Boss.campaign_id == campaign.id, Boss.name_key == boss.name_key, Boss.mrc_id == mrcs[mrc].id)
    )
    return (existing or _kept(boss)), count


def _registered(campaign: Campaign, place: Establishment) -> Boss:
    boss = Boss(
        campaign=campaign, establishment=place, name=place.name, name_key=name_key(place.name), municipality=place.municipality,
        mrc=place.mrc, person=place.employer.contact_name.split()[0], sector=place.employer.sector, named_at=clock.now(),
    )  # fmt: skip
    return _kept(boss)


def _kept(boss: Boss) -> Boss:
    db.session.add(boss)
    db.session.flush()
    db.session.add(BossTally(boss_id=boss.id, campaign_id=boss.campaign_id, mrc_id=boss.mrc_id, count=0))
    db.session.flush()
    return boss


def _say(boss: Boss, number: int, at: dt.datetime, source: random.Random, *, is_over: bool) -> None:
    tied = boss.name == _PLACES[5][0] and number < 4  # four of one network and of one sentence, within minutes
    words = _SAID[0] if tied else f"{source.choice(_PLAIN if is_over else _SAID)} {_ENDS[(number + len(boss.name)) % len(_ENDS)]}"
    at = dt.datetime.combine(boss.campaign.opens_on, dt.time(18, number), dt.UTC) if tied else at
    nomination = Nomination(
        campaign=boss.campaign, named=boss, boss=boss, nominator_key=tokens.digest(tokens.ref()),
        receipt_digest=tokens.digest(tokens.ref()), way=Way.EMAIL.value, first_name=source.choice(_FIRST_NAMES),
        school=source.choice(_SCHOOLS), level="secondary", age_band=source.choice(("14_15", "16_17")), hours=source.randrange(6, 17),
        is_intern=False, answers={boss.campaign.definition.prompts[0].id: words}, language="fr", nominated_at=at, nominated_by="visitor",
    )  # fmt: skip
    nomination.contact = NominatorContact(email=f"eleve-{tokens.ref()[:8].lower()}@exemple.com")
    network = tokens.digest("one" if tied else nomination.ref or tokens.ref())
    nomination.trace = NominationTrace(campaign_id=boss.campaign_id, network_digest=network, words_digest=tokens.digest(words))
    db.session.add(nomination)
    db.session.flush()
    db.session.get_one(BossTally, boss.id).count += 1
    for purpose in _AGREED[: source.randrange(0, 4)]:
        consents.give_consent(nomination, purpose, version=consents.PURPOSES[purpose].version, language="fr", by=VISITOR)
    if words.startswith(_PLAIN) and (is_over or number % 4 != 3):
        nominations.approve_nomination(nomination, digest=nominations.said_digest(nomination), by=_reader(boss.campaign))


def _reader(campaign: Campaign) -> Actor:
    """Give the system, with the right to read what is said in a contest."""
    return Actor(SYSTEM.ref, SYSTEM.name, roles=frozenset({Role.AGENT}), grants=(Granted(Role.AGENT, campaign.program_id),))


def _many_bosses(campaign: Campaign, count: int, source: random.Random) -> list[int]:
    mrcs = territory.mrcs(campaign.program.region)
    with transaction():
        first = (db.session.scalar(select(func.max(Boss.id))) or 0) + 1
        rows = []
        for number in range(count):
            mrc, name = source.choice(mrcs), f"{source.choice(_PLACES)[0]} {first + number}"
            rows.append({
                "id": first + number, "ref": tokens.ref(), "campaign_id": campaign.id, "establishment_id": None, "name": name,
                "name_key": name_key(name), "municipality": mrc.name, "mrc_id": mrc.id, "sector": source.choice(("44-45", "72", "71")),
                "person": source.choice(_FIRST_NAMES), "named_at": clock.now(),
            })  # fmt: skip
        db.session.execute(insert(Boss), rows)
        counts = [{"boss_id": row["id"], "campaign_id": campaign.id, "mrc_id": row["mrc_id"], "count": 0} for row in rows]
        db.session.execute(insert(BossTally), counts)
        follow_ids([Boss])
    return list(range(first, first + count))


def _many_nominations(campaign: Campaign, bosses: list[int], numbers: range, source: random.Random) -> None:
    first = (db.session.scalar(select(func.max(Nomination.id))) or 0) + 1
    prompt, opened = campaign.definition.prompts[0].id, dt.datetime.combine(campaign.opens_on, dt.time(12), dt.UTC)
    rows: list[dict[str, Any]] = []
    for offset, number in enumerate(numbers):
        boss = bosses[int(len(bosses) * source.random() ** 2)]
        rows.append({
            "id": first + offset, "ref": tokens.ref(), "campaign_id": campaign.id, "named_id": boss, "boss_id": boss,
            "nominator_key": f"{campaign.id} {number}", "receipt_digest": f"{campaign.id} {first + offset}", "way": Way.EMAIL.value,
            "first_name": source.choice(_FIRST_NAMES), "school": source.choice(_SCHOOLS), "school_body_id": None, "level": "secondary",
            "age_band": "16_17", "hours": 12, "is_intern": False, "answers": {prompt: source.choice(_SAID)}, "language": "fr",
            "nominated_at": opened + dt.timedelta(seconds=source.randrange(600_000)), "nominated_by": "visitor",
            "outcome": None if number % 1000 == 0 else ReadingOutcome.APPROVED.value,
        })  # fmt: skip
    read = [
        {"nomination_id": row["id"], "number": 1, "outcome": row["outcome"], "reason": "", "read_at": clock.now(), "read_by": "system"}
        for row in rows
        if row["outcome"]
    ]
    made: list[tuple[type[Model], list[dict[str, Any]]]] = [(Nomination, rows), (NominationReading, read)]
    for kind, batch in made:
        db.session.execute(insert(kind), batch)
    follow_ids([Nomination, NominationReading])


def _count(campaign: Campaign) -> None:
    """Count all that was inserted, in one statement."""
    counted = select(func.count()).select_from(Nomination).where(Nomination.boss_id == BossTally.boss_id).scalar_subquery()
    db.session.execute(
        BossTally.__table__.update().where(BossTally.campaign_id == campaign.id).values(count=counted)  # type: ignore[attr-defined]
    )

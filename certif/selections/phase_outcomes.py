"""What a phase comes to today, before it is closed: where each entry stands, and what still keeps it from being closed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import exists, func, select

from certif.campaigns import Campaign, Phase, PhaseKind
from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import _, format_day
from certif.nominations import Boss, unfit_bosses
from certif.sampling import ticket_of
from certif.selections.choosing_model import DrawSeed, Verdict, Vote, VoteSetAside
from certif.selections.jury_ranking import ranking_of
from certif.selections.phase_entries import Entry, before, closing_of, entries_of
from certif.selections.phase_recipe import Standing, settled, undecided
from certif.selections.stv_counting import Count, count_of

_JUDGED = (PhaseKind.CHECK, PhaseKind.VISIT)


@dataclass(frozen=True)
class Outcome:
    """What a phase comes to: its entries, by cell and rank, and `obstacles`, sentences that say why it cannot be closed yet;
    `count`, where a jury ranks its picks."""

    standings: list[Standing]
    entries: dict[str, Entry]
    ties: list[Standing]
    obstacles: list[str]
    seed: DrawSeed | None
    count: Count | None = None


def outcome_of(campaign: Campaign, phase: Phase) -> Outcome:
    """Say what a phase would come to if it were closed now."""
    entries = {entry.ref: entry for entry in entries_of(campaign, phase)}
    seed, verdicts = seed_of(campaign, phase), verdicts_of(campaign, phase)
    count = count_of(campaign, phase, seed.seed if seed else "") if phase.is_ranked else None
    standings, missing = (
        _counted(list(entries.values()), verdicts, count) if count else _standings(campaign, phase, list(entries.values()), verdicts)
    )
    is_once = campaign.definition.once_a_boss and phase.id == campaign.definition.phases[-1].id
    found = settled(standings, phase.keeps, seed.seed if seed else "")
    if is_once:
        found = _once_a_boss(found, {ref: one.boss.id for ref, one in entries.items()}, phase.keeps, seed.seed if seed else "")
    ties = undecided(found, phase.keeps)
    obstacles = [*_too_early(campaign, phase), *missing, *_without_seed(phase, seed, ties)]
    found_now = Outcome(found, entries, ties, obstacles, seed, count)
    if is_once:
        obstacles += [_("« %(boss)s » est à égalité dans deux duos : donnez une place à l’un, avec une raison.", boss=boss.name)
                      for boss, _duos in shared_bosses(found_now)]  # fmt: skip
    if not entries and not obstacles:
        obstacles.append(_("Il n’y a personne dans cette phase."))
    return found_now


def _once_a_boss(found: list[Standing], bosses: dict[str, int], keeps: int | None, seed: str) -> list[Standing]:
    """Leave out, with the reason, each duo that would be kept after another of the same boss; equals of one boss wait for a decision."""
    while True:
        seen: dict[int, int] = {}
        twice = set()
        for one in found:
            if one.is_kept and seen.setdefault(bosses[one.entry], one.rank) < one.rank:
                twice.add(one.entry)
        if not twice:
            return found
        said = _("Le même boss est déjà à l’honneur dans un duo mieux placé.")
        found = settled([replace(one, is_fit=False, reason=said) if one.entry in twice else one for one in found], keeps, seed)


def shared_bosses(outcome: Outcome) -> list[tuple[Boss, list[Entry]]]:
    """Give each boss of whom several duos would be kept, with those duos."""
    kept: dict[int, list[Entry]] = {}
    for one in outcome.standings:
        if one.is_kept:
            entry = outcome.entries[one.entry]
            kept.setdefault(entry.boss.id, []).append(entry)
    return [(found[0].boss, found) for found in kept.values() if len(found) > 1]


def seed_of(campaign: Campaign, phase: Phase) -> DrawSeed | None:
    """Give the seed bound to for a phase, if any."""
    return db.session.scalar(select(DrawSeed).where(DrawSeed.campaign_id == campaign.id, DrawSeed.phase == phase.id))


def verdicts_of(campaign: Campaign, phase: Phase) -> dict[str, Verdict]:
    """Give the last verdict on each entry of a phase, by the ref of the entry."""
    wanted = select(Verdict).where(Verdict.campaign_id == campaign.id, Verdict.phase == phase.id).order_by(Verdict.number)
    return {one.entry: one for one in db.session.scalars(wanted)}


def votes_of(campaign: Campaign, phase: Phase) -> dict[str, int]:
    """Count the votes of a phase, row by row, but those put aside: nothing is kept of a tally."""
    is_aside = exists().where(VoteSetAside.vote_id == Vote.id, VoteSetAside.put_back_at.is_(None))
    mine = Vote.campaign_id == campaign.id, Vote.phase == phase.id, ~is_aside
    counted = select(Vote.entry, func.count()).where(*mine).group_by(Vote.entry)
    return dict(db.session.execute(counted).tuples().all())


def _standings(campaign: Campaign, phase: Phase, entries: list[Entry], verdicts: dict[str, Verdict]) -> tuple[list[Standing], list[str]]:
    if phase.kind is PhaseKind.JURY:
        return _ranked_by_jury(campaign, phase, entries, verdicts)
    if phase.kind is PhaseKind.VOTE:
        votes = votes_of(campaign, phase)
        return [_standing(one, verdicts, score=1000 * votes.get(one.ref, 0)) for one in entries], []
    if phase.kind is PhaseKind.CHOICE:
        chosen = [_standing(one, verdicts, is_fit=one.ref in verdicts and verdicts[one.ref].is_kept) for one in entries]
        missing = [] if any(one.is_fit for one in chosen) or not entries else [_("Choisissez d’abord, avec une raison pour chacun.")]
        return chosen, missing
    if phase.kind in _JUDGED:
        unfit = _unfit(campaign)
        return [_standing(one, verdicts, is_fit=one.boss.id not in unfit) for one in entries], []
    return [Standing(one.ref, ticket_of(one.ref), one.cell) for one in entries], []


def _standing(entry: Entry, verdicts: dict[str, Verdict], *, is_fit: bool = True, score: int | None = None) -> Standing:
    said = verdicts.get(entry.ref)
    plain = Standing(entry.ref, ticket_of(entry.ref), entry.cell, is_fit, score)
    if said is None:
        return plain
    return Standing(entry.ref, plain.ticket, entry.cell, said.is_kept, score, said.place, said.reason)


def _counted(entries: list[Entry], verdicts: dict[str, Verdict], count: Count) -> tuple[list[Standing], list[str]]:
    """Place the entries as their jury’s picks were counted; what a decider says of a place does not matter there."""
    found = [replace(_standing(one, verdicts), place=count.places.get(one.ref)) for one in entries]
    waiting = sum(one.ref not in count.known for one in entries)
    missing = [_("Des candidatures n’ont pas encore été soumises au jury : il en manque %(count)s.", count=waiting)] if waiting else []
    unread = [_("Aucun membre du jury n’a encore classé ses choix dans un des territoires du concours.")] if count.unread else []
    return found, missing + unread


def _ranked_by_jury(
    campaign: Campaign, phase: Phase, entries: list[Entry], verdicts: dict[str, Verdict]
) -> tuple[list[Standing], list[str]]:
    scores = {(one.boss_id, one.nomination_id): one.score for one in ranking_of(campaign, phase)}
    found = [(one, scores.get((one.boss.id, one.nomination.id if one.nomination else None))) for one in entries]
    waiting = sum(score is None for _one, score in found)
    missing = [_("Le jury n’a pas encore noté toutes les candidatures : il en manque %(count)s.", count=waiting)] if waiting else []
    return [_standing(one, verdicts, score=score) for one, score in found], missing


def _unfit(campaign: Campaign) -> set[int]:
    """Give the bosses that staff found unfit while they read nominations; one that nobody checked may go on."""
    return set(db.session.scalars(select(Boss.id).where(unfit_bosses(campaign))))


def _too_early(campaign: Campaign, phase: Phase) -> list[str]:
    if not campaign.is_over:
        return [_("On peut encore nommer des boss : attendez la fin des nominations.")]
    earlier, today = before(campaign, phase), clock.today()
    if earlier is not None and closing_of(campaign, earlier) is None:
        return [_("La phase d’avant n’est pas close.")]
    if phase.kind is PhaseKind.VOTE and today <= phase.until_on:
        return [_("On vote jusqu’au %(day)s inclus : la clôture se fait dès le lendemain.", day=format_day(phase.until_on))]
    if today < phase.until_on:
        return [_("La clôture se fait à partir du %(day)s, dernier jour de la phase.", day=format_day(phase.until_on))]
    return []


def _without_seed(phase: Phase, seed: DrawSeed | None, ties: list[Standing]) -> list[str]:
    if seed is not None and clock.today() <= seed.committed_at.astimezone(clock.TORONTO).date():
        return [_("L’empreinte de la graine vient d’être publiée : attendez demain, pour que chacun ait pu la voir.")]
    if seed is None and phase.kind is PhaseKind.DRAW:
        return [_("Publiez d’abord l’empreinte de la graine.")]
    if ties and phase.is_ranked:
        return [_("Le dépouillement bute sur une égalité que rien ne départage encore : publiez l’empreinte d’une graine.")]
    if ties:
        return [_("Il y a égalité à la limite : donnez-leur une place, avec une raison, ou publiez l’empreinte d’une graine.")]
    return []

"""What a jury that ranks its picks comes to: the file from which anyone counts again, and the rounds in words. The rule is `stv_recipe`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flask_babel import format_decimal
from sqlalchemy import select

from certif.campaigns import Campaign, Phase
from certif.kit.db import db
from certif.kit.languages import _
from certif.nominations import Boss, Nomination
from certif.selections import jury_chain
from certif.selections.choosing_model import DrawSeed, Verdict
from certif.selections.jury_model import Jury, JuryEntry
from certif.selections.jury_queries import board_of, closing_of, jury_at, seats_of
from certif.selections.stv_recipe import NotDecided, ballots_of, counted, counts


@dataclass
class Count:
    """A count, entries by the name that phases know them by. `equals`: those that only a lot could tell apart; `unread`: cells in which
    nobody ranked anything; `withdrawn`: those who may not go on."""

    cells: dict[str, dict[str, Any]] = field(default_factory=dict)
    equals: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    known: frozenset[str] = frozenset()

    @property
    def places(self) -> dict[str, int]:
        """The place of each entry in its cell."""
        return {one: place for cell in self.cells.values() for one, place in cell["places"].items()}


@dataclass(frozen=True)
class Round:
    """A round in words: how many votes each had, and what came of it."""

    number: int
    votes: str
    outcome: str


def count_of(campaign: Campaign, phase: Phase, seed: str, withdrawn: set[str] | None = None) -> Count:
    """Count the picks of a jury. Takes: `withdrawn`, who may not go on; by default those that a decider said so of."""
    jury = jury_at(campaign, phase)
    if jury is None:
        return Count()
    out = withdrawn_of(campaign, phase) if withdrawn is None else withdrawn
    names = _names(jury)
    asked = _asked(jury, out, names)
    found = Count(withdrawn=sorted(out & set(names.values())), known=frozenset(names.values()))
    for cell in sorted({one["cell"] for one in asked["entries"]}):
        fit = [one["entry"] for one in asked["entries"] if one["cell"] == cell and one["fit"]]
        ballots = ballots_of(asked, cell)
        if not ballots and len(fit) > asked["keeps"]:
            found.unread.append(cell)
            continue
        try:
            found.cells[cell] = _renamed(counted(ballots, fit, asked["keeps"], seed), names)
        except NotDecided as problem:
            found.equals += [names[one] for one in problem.equals]
    return found


def ranked_file(jury: Jury) -> dict[str, Any]:
    """Give a jury as the file that `stv_recipe` reads: entries, the whole chain of ballots, the count. No name is in it, and the seed only
    once the phase is closed; `counts`, None where nothing can be counted yet."""
    closing, seed = closing_of(jury.campaign, jury.phase_id), None
    if closing is not None:
        bound = select(DrawSeed.seed).where(DrawSeed.campaign_id == jury.campaign_id, DrawSeed.phase == jury.phase_id)
        seed = db.session.scalar(bound)
    out = set(closing.record["count"]["withdrawn"]) if closing else withdrawn_of(jury.campaign, jury.phase)
    asked = _asked(jury, out, _names(jury)) | {"seed": seed}
    try:
        return asked | {"counts": counts(asked)}
    except NotDecided:
        return asked | {"counts": None}


def withdrawn_of(campaign: Campaign, phase: Phase) -> set[str]:
    """Give the entries of which a decider said last that they may not go on."""
    wanted = select(Verdict.entry, Verdict.is_kept).where(Verdict.campaign_id == campaign.id, Verdict.phase == phase.id)
    last = dict(db.session.execute(wanted.order_by(Verdict.number)).tuples().all())
    return {entry for entry, is_kept in last.items() if not is_kept}


def rounds_of(cell: Mapping[str, Any], names: Mapping[str, str]) -> list[Round]:
    """Tell the rounds of a cell in words. Takes: `names`, by entry."""
    return [Round(number, _votes(one["votes"], names), _outcome(one, names)) for number, one in enumerate(cell["rounds"], 1)]


def entry_names(jury: Jury) -> dict[str, str]:
    """Give what each entry of a jury is called, for staff, by the name that phases know it by."""
    columns = Boss.name, Boss.municipality, Boss.ref, Nomination.ref.label("duo"), Nomination.first_name
    joined = select(*columns).select_from(JuryEntry).join(Boss, Boss.id == JuryEntry.boss_id)
    rows = db.session.execute(joined.outerjoin(Nomination, Nomination.id == JuryEntry.nomination_id).where(JuryEntry.jury_id == jury.id))
    return {
        one.duo or one.ref: f"{one.name} ({one.municipality})" + (f", {one.first_name}" if one.first_name else "") for one in rows
    }  # fmt: skip


def _asked(jury: Jury, withdrawn: set[str], names: Mapping[str, str]) -> dict[str, Any]:
    board, sitting = board_of(jury), {seat.id for seat in seats_of(jury)}
    return {
        "jury": jury.ref, "phase": jury.phase_id, "keeps": jury.phase.keeps,
        "entries": [{"entry": one.ref, "cell": one.cell, "fit": names[one.ref] not in withdrawn} for one in board.entries],
        "ballots": [
            jury_chain.chained(one) | {"counts": one.seat_id in sitting and (one.seat_id, one.entry_id) not in board.recusals}
            for one in jury_chain.ballots_in_order(jury)
        ],
    }  # fmt: skip


def _names(jury: Jury) -> dict[str, str]:
    """Give the name that phases know each entry of a jury by, by its own."""
    joined = select(JuryEntry.ref, Boss.ref, Nomination.ref).join(Boss, Boss.id == JuryEntry.boss_id)
    rows = db.session.execute(joined.outerjoin(Nomination, Nomination.id == JuryEntry.nomination_id).where(JuryEntry.jury_id == jury.id))
    return {entry: duo or boss for entry, boss, duo in rows}


def _renamed(cell: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    rounds = [
        one | {"votes": {names[entry]: value for entry, value in one["votes"].items()}}
        | {part: [names[entry] for entry in one[part]] for part in ("elected", "left_out")}
        | {"passes_on": names.get(one["passes_on"])}
        for one in cell["rounds"]
    ]  # fmt: skip
    return cell | {"rounds": rounds, "places": {names[entry]: place for entry, place in cell["places"].items()}}


def _votes(votes: Mapping[str, str], names: Mapping[str, str]) -> str:
    counted = sorted(((Fraction(value), names.get(entry, entry)) for entry, value in votes.items()), key=lambda one: (-one[0], one[1]))
    return " · ".join(_("%(name)s : %(votes)s", name=name, votes=format_decimal(round(float(value), 2))) for value, name in counted)


def _outcome(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    said = []
    if one["elected"]:
        said.append(_("Retenues : %(names)s.", names=", ".join(names.get(entry, entry) for entry in one["elected"])))
    if one["passes_on"]:
        said.append(_("Le surplus passe aux choix suivants : %(name)s.", name=names.get(one["passes_on"], one["passes_on"])))
    if one["left_out"]:
        said.append(_("Écartées : %(names)s.", names=", ".join(names.get(entry, entry) for entry in one["left_out"])))
    return " ".join(said) or _("Personne n’atteint le quota.")

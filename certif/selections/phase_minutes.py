"""The minutes of a phase, typeset: what was decided, by whom, whom it kept in each cell, and what proves that nothing was changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign
from certif.documents import typeset
from certif.kit.languages import _, format_instant, language
from certif.selections.model import PhaseClosing, Pick
from certif.selections.phase_entries import picks_of, ref_of
from certif.selections.phase_queries import Step, cell_names, title_of
from certif.selections.stv_counting import Round, rounds_of


@dataclass(frozen=True)
class CellSaid:
    """A cell, and its picks by rank."""

    name: str
    picks: list[Pick]


def places_said(campaign: Campaign, closing: PhaseClosing) -> list[CellSaid]:
    """Give each cell of a closing, by name, with its picks."""
    cells: dict[str, list[Pick]] = {}
    for pick in picks_of(closing):
        cells.setdefault(pick.cell, []).append(pick)
    names = cell_names(campaign, list(cells))
    return sorted((CellSaid(names.get(cell, cell), picks) for cell, picks in cells.items()), key=lambda one: one.name)


def counts_said(campaign: Campaign, closing: PhaseClosing) -> list[tuple[str, list[Round]]]:
    """Give the rounds of each cell of a closing whose jury ranked its picks; nothing of any other."""
    count = closing.record.get("count")
    if count is None:
        return []
    names = {ref_of(pick): f"{pick.boss.name} ({pick.boss.municipality})" for pick in picks_of(closing)}
    cells = cell_names(campaign, list(count["cells"]))
    return [(cells.get(cell, cell), rounds_of(said, names)) for cell, said in count["cells"].items()]


def minutes_pdf(campaign: Campaign, step: Step) -> bytes:
    """Typeset the minutes of a phase. Refuses: one that is not closed (not found)."""
    closing = step.closing
    if closing is None:
        raise NotFound
    facts = [
        (_("Concours"), title_of(campaign)),
        (_("Phase"), f"{step.name} ({step.kind_label})"),
        (_("Close le"), _("%(day)s, par %(name)s", day=format_instant(closing.closed_at), name=closing.closer)),
        *_proofs(closing),
    ]
    data = {
        "title": _("Procès-verbal"), "program": campaign.program.name,
        "facts": [{"label": label, "value": str(value)} for label, value in facts],
        "minutes_title": _("Ce qui a été décidé"), "minutes": closing.minutes.split("\n"),
        "heads": [_("Rang"), _("Candidature"), _("Points"), _("Gardée")],
        "cells": [{"name": one.name, "rows": [_row(pick) for pick in one.picks]} for one in places_said(campaign, closing)],
        "rounds_heads": [_("Tour"), _("Votes"), _("Ce qui en vient")],
        "rounds_title": _("Dépouillement"),
        "rounds": [
            {"name": name, "rows": [[str(one.number), one.votes, one.outcome] for one in rounds]}
            for name, rounds in counts_said(campaign, closing)
        ],
        "proof": _("L’empreinte couvre ces décisions, le classement et le texte : en changer un mot la changerait."),
    }  # fmt: skip
    return typeset("minutes", data, language())


def score_said(pick: Pick) -> str:
    """Give a score as it is read: thousandths as points, nothing where there is none."""
    if pick.score is None:
        return "–"
    whole, rest = divmod(pick.score, 1000)
    mark = "." if language() == "en" else ","
    return f"{whole}{mark}{rest:03d}".rstrip("0").rstrip(mark)


def _row(pick: Pick) -> list[str]:
    name = f"{pick.boss.name} ({pick.boss.municipality})" + (f" — {pick.reason}" if pick.reason else "")
    return [str(pick.rank), name, score_said(pick), str(_("oui") if pick.is_kept else _("non"))]


def _proofs(closing: PhaseClosing) -> list[tuple[Any, str]]:
    seed, votes = closing.record["seed"], closing.record["votes"]
    aside = len(votes.get("aside", [])) if votes else 0
    counted = [(_("Votes qui comptent"), str(votes["count"] - aside)), (_("Votes mis de côté"), str(aside))] if votes else []
    drawn = [(_("Graine"), seed["seed"]), (_("Empreinte de la graine"), seed["digest"])] if seed else []
    return [*counted, *drawn, (_("Empreinte du procès-verbal"), closing.digest)]

"""Nominations as a spreadsheet for staff: what is said of whom, without any address nor what ties it to a person."""

from __future__ import annotations

from collections.abc import Iterator

from certif.campaigns import Campaign
from certif.kit.access import Actor
from certif.kit.clock import TORONTO
from certif.kit.languages import _
from certif.kit.sheets import BEGINNING, Cell, lines, xlsx_workbook
from certif.nominations.model import Nomination
from certif.nominations.reading_queries import PILES, Pile, in_order
from certif.surveys import level_label

MOST_LINES = 100_000
"""How many lines a workbook holds at most: it is made whole before it leaves. The CSV has no bound."""


def nominations_csv(campaign: Campaign, actor: Actor, pile: Pile, mrc: str | None) -> Iterator[str]:
    """Give a pile as CSV, line by line, for as many as there are."""
    yield BEGINNING
    yield from lines([_heads(campaign)])
    yield from lines(_cells(campaign, one, pile) for one in in_order(campaign, actor, pile, mrc))


def nominations_xlsx(campaign: Campaign, actor: Actor, pile: Pile, mrc: str | None) -> bytes:
    """Give the same as a workbook."""
    found = in_order(campaign, actor, pile, mrc)
    rows = (_cells(campaign, one, pile) for _number, one in zip(range(MOST_LINES), found, strict=False))
    return xlsx_workbook((_("Nominations"), _heads(campaign), rows))


def _heads(campaign: Campaign) -> list[str]:
    asked = [str(one.name) for one in campaign.definition.prompts]
    return [
        _("Nomination"), _("Jour"), _("État"), _("Lieu de travail"), _("Boss"), _("Municipalité"), _("MRC"), _("École"), _("Niveau"),
        _("Heures par semaine"), _("Stage"), *asked,
    ]  # fmt: skip


def _cells(campaign: Campaign, one: Nomination, pile: Pile) -> list[Cell]:
    boss, said = one.boss, [str(one.answers.get(prompt.id, "")) for prompt in campaign.definition.prompts]
    return [
        one.ref, f"{one.nominated_at.astimezone(TORONTO):%Y-%m-%d}", str(PILES[pile]), boss.name, boss.person, boss.municipality,
        boss.mrc.name, one.school, level_label(one.level), "" if one.hours is None else one.hours,
        _("oui") if one.is_intern else _("non"), *said,
    ]  # fmt: skip

"""What is taken away as a spreadsheet: `;` between cells, UTF-8 with its mark, and nothing that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterable

from certif.kit.audit import JournalEntry
from certif.kit.clock import TORONTO
from certif.kit.languages import _
from certif.kit.money import Money
from certif.kit.sheets import csv_sheet
from certif.staff.registers import ContributionRow


def journal_csv(entries: Iterable[JournalEntry]) -> str:
    """Give the journal: when (Québec time), what, on what, by whom, in a sentence."""
    heads = (_("Instant"), _("Événement"), _("Objet"), _("Par"), _("Phrase"))
    return csv_sheet(
        heads, ((f"{one.at.astimezone(TORONTO):%Y-%m-%d %H:%M:%S}", one.event, one.subject, one.by_name, one.sentence) for one in entries)
    )


def contributions_csv(rows: Iterable[ContributionRow]) -> str:
    """Give the contributions, amounts in dollars."""
    heads = (_("Employeur"), _("Programme"), _("Demandée le"), _("Montant"), _("Reçu"), _("Remboursé"), _("Dispense"), _("À recevoir"))
    return csv_sheet(
        heads,
        (
            (
                one.employer, one.program, one.opened_on.isoformat(), _dollars(one.amount), _dollars(one.received),
                _dollars(one.refunded), _("oui") if one.is_waived else _("non"), _dollars(one.due),
            )
            for one in rows
        ),
    )  # fmt: skip


def _dollars(amount: Money) -> str:
    return f"{amount.cents // 100}.{amount.cents % 100:02d}"

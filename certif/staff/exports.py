"""What is taken away as a spreadsheet: `;` between cells, UTF-8 with its mark, and nothing that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from certif.kit.audit import JournalEntry
from certif.kit.clock import TORONTO
from certif.kit.languages import _
from certif.kit.money import Money
from certif.kit.sheets import csv_sheet, xlsx_workbook
from certif.staff.accounting import AccountingTotals, Entry
from certif.staff.registers import ContributionRow


def journal_csv(entries: Iterable[JournalEntry]) -> str:
    """Give the journal: when (Québec time), what, on what, by whom, in a sentence."""
    heads = (_("Instant"), _("Événement"), _("Objet"), _("Par"), _("Phrase"))
    return csv_sheet(
        heads, ((f"{one.at.astimezone(TORONTO):%Y-%m-%d %H:%M:%S}", one.event, one.subject, one.said_by, one.sentence) for one in entries)
    )


def contributions_csv(rows: Iterable[ContributionRow]) -> str:
    """Give the contributions, amounts in dollars."""
    heads = (
        _("Employeur"),
        _("Programme"),
        _("Demandée le"),
        _("Montant"),
        _("Reçu"),
        _("Remboursé"),
        _("Dispense"),
        _("À recevoir"),
        _("Commandité"),
    )
    return csv_sheet(
        heads,
        (
            (
                one.employer, one.program, one.opened_on.isoformat(), _dollars(one.amount), _dollars(one.received),
                _dollars(one.refunded), _("oui") if one.is_waived else _("non"), _dollars(one.due), _dollars(one.covered),
            )
            for one in rows
        ),
    )  # fmt: skip


def accounting_csv(entries: Iterable[Entry]) -> str:
    """Give the entries of the accounts, amounts in dollars, none of them negative: what came and what went have a column each."""
    return csv_sheet(
        _entry_heads(), ([_dollars(cell) if isinstance(cell, Money) else cell for cell in _entry_cells(one)] for one in entries)
    )


def accounting_xlsx(entries: Iterable[Entry], totals: AccountingTotals) -> bytes:
    """Give the same as a workbook, whose second sheet adds them up."""
    rows = ([cell.cents / 100 if isinstance(cell, Money) else cell for cell in _entry_cells(one)] for one in entries)
    sums = [*((label, amount.cents / 100) for label, amount in totals.amounts()), *totals.counts()]
    return xlsx_workbook((_("Écritures"), _entry_heads(), rows), (_("Totaux"), (_("Total"), _("Valeur")), sums))


def _entry_heads() -> tuple[str, ...]:
    return (
        _("Date"), _("Écriture"), _("Programme"), _("Employeur"), _("NEQ"), _("Façon"), _("Reçu ($)"), _("Remboursé ($)"),
        _("Dispensé ($)"), _("Commandité ($)"), _("Commandite retirée ($)"), _("Versé par un commanditaire ($)"), _("Numéro du reçu"),
        _("Référence à la passerelle"), _("Paiement à la passerelle"), _("Chèque ou virement"), _("État"), _("Essai"),
        _("Contribution ou commandite"), _("Commanditaire"), _("Par"),
    )  # fmt: skip


def _entry_cells(one: Entry) -> tuple[Any, ...]:
    return (
        one.day, one.kind_label, one.program, one.employer, one.neq or "", one.method_label, one.received, one.refunded, one.waived,
        one.covered, one.released, one.sponsored, one.receipt or "", one.gateway_ref or "", one.payment_ref or "", one.reference or "",
        one.state_label, _("oui") if one.is_test else _("non"), one.contribution, one.sponsor or "", one.by,
    )  # fmt: skip


def _dollars(amount: Money) -> str:
    return f"{amount.cents // 100}.{amount.cents % 100:02d}"

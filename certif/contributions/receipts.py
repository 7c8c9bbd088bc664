"""Receipts: numbered without a hole in each program and year, in both languages, for money that came and for what a sponsor covers."""

from __future__ import annotations

from sqlalchemy import func, select

from certif import documents
from certif.contributions.cover_model import Cover
from certif.contributions.model import Payment, Receipt
from certif.kit import clock, evidence
from certif.kit.db import db, lock
from certif.kit.languages import LANGUAGES, _, format_day, format_money, format_phone, speaking
from certif.kit.money import Money
from certif.programs import Program

Facts = list[tuple[str, str]]


def issue_receipt(given: Payment | Cover) -> Receipt:
    """Number and typeset the receipt of what was given; the caller ties it to its row."""
    program, year = lock(given.contribution.program), clock.today().year
    last = select(func.max(Receipt.sequence)).where(Receipt.program_id == program.id, Receipt.year == year)
    sequence = (db.session.scalar(last) or 0) + 1
    receipt = Receipt(
        number=f"{_series(program)}-{year}-{sequence:05}", program_id=program.id, year=year, sequence=sequence, issued_at=clock.now()
    )
    digests = {language: _typeset(given, receipt, language) for language in LANGUAGES}
    receipt.digest_fr, receipt.digest_en = digests["fr"], digests["en"]
    return receipt


def _series(program: Program) -> str:
    """Give what the receipts of a program begin with: the code of its region, and a letter from the region's second program on."""
    rank = db.session.scalar(
        select(func.count()).select_from(Program).where(Program.region_id == program.region_id, Program.id < program.id)
    )
    letters = ""
    while rank:
        rank, letter = divmod(rank, 26)
        letters = chr(ord("A") + letter) + letters
    return program.region.code + letters


def _typeset(given: Payment | Cover, receipt: Receipt, language: str) -> str:
    """Typeset the receipt in one language, and keep it. Gives: its digest."""
    contribution = given.contribution
    with speaking(language):
        facts = [
            (_("Numéro du reçu"), receipt.number),
            (_("Date du reçu"), format_day(clock.today())),
            (_("Reçu de") if isinstance(given, Payment) else _("Employeur"), contribution.employer.legal_name),
            (_("NEQ"), contribution.employer.neq or ""),
            (_("Programme"), contribution.program.name),
            (_("Taille"), contribution.size_label),
            *(_of_payment(given) if isinstance(given, Payment) else _of_cover(given)),
        ]
        data = {
            "title": _("Reçu de contribution"),
            "issuer": contribution.program.body.name,
            "issuer_reached": _reached(contribution.program),
            "facts": [{"label": label, "value": value} for label, value in facts if value],
            "amount_label": _("Montant reçu") if isinstance(given, Payment) else _("Montant versé par l’employeur"),
            "amount": format_money(given.amount if isinstance(given, Payment) else Money(0)),
            "not_official": _("Ceci n’est pas un reçu officiel de don aux fins de l’impôt."),
            "why_not": _("La contribution est symbolique ; elle n’ouvre droit à aucun crédit d’impôt pour don."),
            "test": _("Essai : aucune carte n’a été débitée et aucun argent n’a été reçu.") if _is_test(given) else "",
        }
        return evidence.keep(documents.typeset("receipt", data, language), "application/pdf")


def _reached(program: Program) -> list[str]:
    """Give the lines that say where the body is reached: its postal address, then its telephone and its address; none given, no line."""
    others = [said for said in (format_phone(program.phone), program.email or "") if said]
    return [*(program.postal_address or "").splitlines(), *([" · ".join(others)] if others else [])]


def _of_payment(payment: Payment) -> Facts:
    return [
        (_("Façon de contribuer"), str(payment.method_label)),
        (_("Référence"), payment.reference or ""),
        (_("Reçu le"), format_day(payment.received_on)),
    ]


def _of_cover(cover: Cover) -> Facts:
    asked = cover.contribution.amount
    return [
        (_("Façon de contribuer"), _("Commandite")),
        (_("Prise en charge par"), cover.payer or _("un commanditaire")),
        (_("Montant pris en charge"), format_money(cover.amount)),
        (_("Contribution demandée"), format_money(asked) if cover.amount < asked else ""),
    ]


def _is_test(given: Payment | Cover) -> bool:
    return isinstance(given, Payment) and given.is_test

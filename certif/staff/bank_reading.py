"""Reading what a bank gives: the credits of a statement, and the references of contributions in what was written of them.

Desjardins and others give columns of their own; they are known by their headings. A column that is none of a day, an amount or a balance
is text, where references and names stand.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from certif.imports import Misread, read_day, rows_of, tidy
from certif.kit.errors import Refusal
from certif.kit.languages import _, folded
from certif.kit.tokens import ALPHABET

DAYS = ("date", "jour", "date de la transaction", "date d’inscription", "transaction date", "posted date")
CREDITS = ("credit", "depot", "montant", "montant cad", "amount", "deposit", "montant du virement", "transfer amount")
NO_TEXT = ("solde", "balance", "debit", "retrait", "withdrawal")
REFERENCE = re.compile(rf"(?<![0-9A-Z])[{ALPHABET}]{{8}}(?![0-9A-Z])")
"""How the reference of a contribution looks: the first eight signs of its public name."""
MOST_SAID = 300
_AMOUNT = re.compile(r"\d{1,3}(?:[ ,.’']\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?")


@dataclass(frozen=True)
class Credit:
    """What came in one day. `digest` tells it from any other."""

    received_on: dt.date
    cents: int
    said: str
    digest: str

    @property
    def references(self) -> list[str]:
        """What looks like the reference of a contribution in what was written."""
        return references_in(self.said)


def credits_in(content: bytes) -> list[Credit]:
    """Give the credits of a file.

    Refuses: what `imports.rows_of` refuses; a file without a column of days and one of amounts; one without a credit.
    """
    found = rows_of(content)
    heads = [folded(one).strip() for one in found.headings]
    day, amount = _column(heads, DAYS), _column(heads, CREDITS)
    if day is None or amount is None:
        raise Refusal(
            _("Ce fichier doit avoir une colonne «\u00a0Date\u00a0» et une colonne «\u00a0Crédit\u00a0» ou «\u00a0Montant\u00a0».")
        )
    text = [place for place, head in enumerate(heads) if place not in (day, amount) and head not in NO_TEXT]
    read = list(_credits([cells for _number, cells in found.rows], day, amount, text))
    if not read:
        raise Refusal(_("Aucune somme reçue ne se lit dans ce fichier."))
    return read


def references_in(text: str) -> list[str]:
    """Give what looks like the reference of a contribution in a text."""
    return REFERENCE.findall(text.upper())


def cents_of(text: str) -> int | None:
    """Give an amount in cents, however it was written (`1 234,50 $`, `$1,234.50`); None for what is no amount, or goes out."""
    plain = tidy(text).replace("\u00a0", " ").replace("$", "").replace("CAD", "").strip()
    if plain.startswith(("-", "(")) or not _AMOUNT.fullmatch(plain.lstrip("+").strip()):
        return None
    plain = plain.lstrip("+").strip()
    whole, mark, part = plain, "", ""
    if len(plain) > 2 and plain[-3] in ",.":
        whole, mark, part = plain[:-3], plain[-3], plain[-2:]
    elif len(plain) > 1 and plain[-2] in ",.":
        whole, mark, part = plain[:-2], plain[-2], plain[-1] + "0"
    return int(re.sub(r"\D", "", whole) or "0") * 100 + (int(part) if mark else 0)


def _column(heads: list[str], names: tuple[str, ...]) -> int | None:
    known = [folded(name) for name in names]
    return min((place for place, head in enumerate(heads) if head in known), key=lambda place: known.index(heads[place]), default=None)


def _credits(rows: list[list[str]], day: int, amount: int, text: list[int]) -> Iterator[Credit]:
    seen: Counter[str] = Counter()
    for cells in rows:
        padded = cells + [""] * (max(day, amount, *text, 0) + 1 - len(cells))
        cents = cents_of(padded[amount])
        try:
            on = dt.date.fromisoformat(read_day(tidy(padded[day])))
        except Misread:
            continue
        if not cents:
            continue
        said = " · ".join(filter(None, (tidy(padded[place]) for place in text)))[:MOST_SAID]
        told = f"{on} {cents} {said}"
        seen[told] += 1  # two people may give the same on the same day, and the bank write the same of both
        yield Credit(on, cents, said, hashlib.sha256(f"{told} {seen[told]}".encode()).hexdigest())

"""What happens with a statement of the bank, in story order: brought; what fits is recorded, the rest tied or set aside by hand."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select, update

from certif import contributions
from certif.contributions import KEEPERS, Contribution
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l
from certif.programs import PaymentMethod, Program
from certif.staff.bank_model import BankLine, BankStatement
from certif.staff.bank_reading import credits_in, references_in

audit.declare("statement_brought", _l("%(by)s a apporté un relevé bancaire\u00a0: %(count)s sommes reçues."), "count")
audit.declare("bank_line_tied", _l("%(by)s a rattaché une somme reçue à une contribution."))
audit.declare("bank_line_set_aside", _l("%(by)s a mis de côté une somme reçue\u00a0: ce n’est pas une contribution."))

WORDS_KEPT = dt.timedelta(days=90)
AT_ONCE = 100


def bring_statement(program: Program, content: bytes, file_name: str, *, by: Actor) -> BankStatement:
    """Read a file of the bank, and find the contributions whose references it carries. What another file had brought is left out.

    Refuses: someone who does not record payments there; what `credits_in` refuses.
    """
    _check_keeper(program.id, by)
    read = credits_in(content)
    statement = BankStatement(program=program, file_name=file_name, lines=len(read), known=0, uploaded_at=clock.now(), uploaded_by=by.ref)
    db.session.add(statement)
    db.session.flush()
    known = _contributions_in(program, {reference for one in read for reference in one.references})
    rows = [
        {
            "ref": tokens.ref(), "statement_id": statement.id, "program_id": program.id, "digest": one.digest,
            "received_on": one.received_on, "cents": one.cents, "said": one.said, "contribution_id": _the_one(known, one.references),
        }
        for one in read
    ]  # fmt: skip
    statement.known = len(rows) - len(insert_new(BankLine, rows, BankLine.id))
    audit.record("statement_brought", statement, by=by, count=len(rows) - statement.known)
    return statement


def record_fitting(statement: BankStatement, *, by: Actor) -> int:
    """Record as received what fits exactly: the reference, and what is due; a hundred at most at once. Gives how many."""
    _check_keeper(statement.program_id, by)
    waiting = BankLine.statement_id == statement.id, BankLine.payment_id.is_(None), BankLine.set_aside_at.is_(None)
    carries = BankLine.contribution_id.is_not(None)
    done = 0
    for line in db.session.scalars(select(BankLine).where(*waiting, carries).order_by(BankLine.id)):
        if done < AT_ONCE and lock(line).fits:
            _receive(line, by)
            done += 1
    return done


def tie_line(line: BankLine, reference: str, *, by: Actor) -> None:
    """Tie a sum to the contribution of a reference, and record it.

    Refuses: a sum that was decided of; a reference that is none, or of a contribution that waits for another amount.
    """
    _check_keeper(line.program_id, by)
    _check_open(lock(line))
    references = references_in(reference)
    found = _the_one(_contributions_in(line.statement.program, set(references)), references)
    if found is None:
        raise Refusal(_("Aucune contribution de ce programme ne porte cette référence. Elle se lit dans le dossier de l’employeur."))
    line.contribution = db.session.get_one(Contribution, found)
    if not line.fits:
        raise Refusal(_("Cette contribution attend un autre montant, ou elle est déjà réglée."))
    _receive(line, by)
    audit.record("bank_line_tied", line, by=by)


def set_line_aside(line: BankLine, *, by: Actor) -> None:
    """Say that a sum is no contribution.

    Refuses: a sum that was decided of.
    """
    _check_keeper(line.program_id, by)
    _check_open(lock(line))
    line.set_aside_at, line.set_aside_by = clock.now(), by.ref
    audit.record("bank_line_set_aside", line, by=by)


@recurring("forget_bank_words", every=dt.timedelta(days=1), retention=True)
def forget_bank_words() -> None:
    """Erase what the bank wrote of people, once who paid has long been found or not."""
    old = select(BankStatement.id).where(BankStatement.uploaded_at < clock.now() - WORDS_KEPT)
    with transaction():
        db.session.execute(update(BankLine).where(BankLine.statement_id.in_(old), BankLine.said != "").values(said=""))


def _receive(line: BankLine, by: Actor) -> None:
    contribution = line.contribution
    assert contribution is not None
    offered = contribution.version.rules.instructions
    method = PaymentMethod.INTERAC if PaymentMethod.INTERAC in offered else PaymentMethod.CHEQUE
    line.payment = contributions.record_offline_payment(
        contribution, method=method, received_on=line.received_on, reference=contribution.ref[:8], by=by
    )  # fmt: skip
    db.session.flush()


def _contributions_in(program: Program, references: set[str]) -> dict[str, int]:
    """Give the contributions of a program by their references, among these; in one reading of them."""
    short = func.substr(Contribution.ref, 1, 8)
    found: dict[str, int] = {}
    for some in _by(500, sorted(references)):
        named = Contribution.program_id == program.id, short.in_(some)
        found.update(db.session.execute(select(short, Contribution.id).where(*named)).tuples().all())
    return found


def _by(many: int, names: list[str]) -> list[list[str]]:
    return [names[start : start + many] for start in range(0, len(names), many)]


def _the_one(known: dict[str, int], references: list[str]) -> int | None:
    """Give the one contribution that these name; None for none, or for more than one."""
    named = {known[reference] for reference in references if reference in known}
    return named.pop() if len(named) == 1 else None


def _check_open(line: BankLine) -> None:
    if not line.is_open:
        raise Refusal(_("Il est déjà décidé de cette somme."))


def _check_keeper(program_id: int, by: Actor) -> None:
    if not by.holds(program_id, *KEEPERS):
        raise Refusal(_("Seule l’équipe du programme encaisse ses contributions."))

"""What can happen to a contribution without the gateway: asked, received by hand, waived; its receipt sent again."""

from __future__ import annotations

import datetime as dt
import logging

from certif.contributions.model import Contribution, Payment, Receipt, Waiver
from certif.contributions.queries import waived_in, waivers_left
from certif.contributions.receiving import close_pages, receive, send_receipt
from certif.employers import Employer, is_member
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.programs import PaymentMethod, ProgramVersion

_log = logging.getLogger("certif.contributions")

audit.declare("contribution_waived", _l("%(by)s a dispensé l’employeur de sa contribution. Motif : %(reason)s"), "reason", "number")
audit.declare("receipt_sent_again", _l("%(by)s a renvoyé le reçu %(number)s."), "number")


def open_contribution(employer: Employer, version: ProgramVersion, *, by: Actor) -> Contribution:
    """Ask an employer for the contribution of a program.

    Takes: `version`, published: the amount for the size of the employer is copied from it, and from nowhere else.
    """
    contribution = Contribution(
        employer=employer,
        program=version.program,
        version=version,
        amount_cents=version.price_for(employer.size).cents,
        size=(employer.size or None) if version.rules.prices_by_size else None,
        opened_at=clock.now(),
        opened_by=by.ref,
    )
    db.session.add(contribution)
    db.session.flush()
    return contribution


def choose_document_language(contribution: Contribution, language: str, *, by: Actor) -> None:
    """Let the receipts follow the language that the employer has expressly chosen, once the French text was delivered.

    Takes: `language`, `"fr"` or `"en"`. The choice itself is journaled where it is made.
    """
    if contribution.document_language != language:
        _log.info("receipts follow another language", extra={"contribution": contribution.ref, "by": by.ref})
        contribution.document_language = language


def record_offline_payment(
    contribution: Contribution, *, method: PaymentMethod, received_on: dt.date, by: Actor, reference: str | None = None
) -> Payment:
    """Record a contribution that came by cheque, by transfer or in hand: what remains due, no more and no less.

    Takes: `reference`, the number of the cheque or of the transfer, none for cash.
    Refuses: a contribution already settled; a card; a way that the program does not offer; a cheque or a transfer without its number;
    a day to come; someone who is a member of the employer.
    """
    lock(contribution)
    _check_not_mine(contribution, by)
    if contribution.is_settled:
        raise Refusal(_("Cette contribution est déjà réglée."))
    if method is PaymentMethod.CARD or method not in contribution.version.rules.instructions:
        raise Refusal(_("Ce programme n’accepte pas cette façon de contribuer."))
    if method is not PaymentMethod.CASH and not reference:
        raise Refusal(_("Inscrivez le numéro du chèque ou du virement."))
    if received_on > clock.today():
        raise Refusal(_("Inscrivez le jour où la contribution a été reçue, aujourd’hui au plus tard."))
    payment = Payment(
        method=method.value,
        cents=contribution.due.cents,
        currency="cad",
        is_test=False,
        reference=reference,
        received_on=received_on,
        recorded_at=clock.now(),
        recorded_by=by.ref,
    )
    return receive(contribution, payment, by=by)


def waive_contribution(contribution: Contribution, reason: str, *, by: Actor) -> Waiver:
    """Ask nothing of this employer.

    Takes: `reason`, which the journal and the employer's letter tell; `by`, who approves.
    Refuses: a contribution already settled; a program that has used up its waivers of the year; someone who is a member of the employer.
    """
    lock(contribution)
    program = lock(contribution.program)  # the contribution first, as where money is received: nobody waits for whoever waits for them
    _check_not_mine(contribution, by)
    if contribution.is_settled:
        raise Refusal(_("Cette contribution est déjà réglée."))
    today = clock.today()
    if waivers_left(program, today) == 0:
        raise Refusal(_("Le programme a accordé toutes ses dispenses de l’année."))
    waiver = Waiver(
        program_id=program.id,
        year=today.year,
        number=waived_in(program, today.year) + 1,
        reason=reason,
        waived_at=clock.now(),
        approved_by=by.ref,
        approver=by.name,
    )
    contribution.waiver = waiver
    db.session.flush()
    audit.record("contribution_waived", contribution, by=by, reason=reason, number=waiver.number)
    employer = contribution.employer
    outbox.queue(
        "contributions/contribution_waived", employer.contact_email, language=employer.language, scope=contribution.scope,
        contribution=contribution, waiver=waiver,
    )  # fmt: skip
    close_pages(contribution)
    return waiver


def resend_receipt(receipt: Receipt, *, by: Actor) -> None:
    """Send a receipt again, as it was issued, in the language of documents chosen since."""
    send_receipt(receipt)
    audit.record("receipt_sent_again", receipt.contribution, by=by, number=receipt.number)


def _check_not_mine(contribution: Contribution, by: Actor) -> None:
    if is_member(by.user_id, contribution.employer):
        raise Refusal(_("Vous êtes membre de cette organisation : une autre personne doit décider."))

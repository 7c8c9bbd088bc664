"""What can happen to a sponsorship, in story order: recorded, paid, used by an employer, a seat given back, stopped."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import func, select

from certif.contributions import Contribution, Cover, check_may_be_covered, cover_contribution, release_cover
from certif.employers import establishments_of, is_member
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, format_day
from certif.kit.money import Money
from certif.kit.web import absolute_url
from certif.programs import Program, covers
from certif.sponsorships.kinds import SponsorMethod, Standing
from certif.sponsorships.model import SponsoredSeat, SponsorPayment, Sponsorship, SponsorshipStop
from certif.sponsorships.queries import Usage, usage_of
from certif.sponsorships.terms import SponsorshipTerms

MOST_TRIES = 10
TRIES_WITHIN = dt.timedelta(hours=1)
_LENGTH = 10  # 10 × log2(30) = 49 bits, behind counted tries

audit.declare("sponsorship_recorded", _l("%(by)s a inscrit une commandite : %(sponsor)s."), "sponsor", "seats", "budget_cents")
audit.declare("sponsor_paid", _l("%(by)s a inscrit un versement du commanditaire : %(dollars)s,%(cents)s $."), "dollars", "cents", "method")
audit.declare("sponsorship_used", _l("%(by)s a utilisé le code de commandite (place %(number)s)."), "number", "contribution")
audit.declare(
    "sponsorship_applied",
    _l("%(by)s a utilisé la commandite de %(sponsor)s à la place de l’employeur. Motif : %(reason)s"),
    "sponsor",
    "reason",
)
audit.declare("sponsorship_seat_returned", _l("%(by)s a rendu la place %(number)s à la commandite. Motif : %(reason)s"), "number", "reason")
audit.declare("sponsorship_stopped", _l("%(by)s a arrêté la commandite. Motif : %(reason)s"), "reason")


def record_sponsorship(program: Program, terms: SponsorshipTerms, *, by: Actor) -> Sponsorship:
    """Record what a sponsor gives, and make its code. Whoever is its contact receives the code and the link to follow it.

    Refuses: neither a number of contributions nor an amount, or both; days that end before they begin, or are over; an MRC outside the
    program.
    """
    if (terms.seats is None) is (terms.budget is None):
        raise Refusal(_("Donnez un nombre de contributions, ou un montant : l’un des deux."))
    if terms.valid_until < max(terms.valid_from, clock.today()):
        raise Refusal(_("Choisissez un dernier jour qui suit le premier, et qui n’est pas passé."))
    if any(not covers(program, mrc) for mrc in terms.mrcs):
        raise Refusal(_("Choisissez des MRC du territoire du programme."))
    sponsorship = Sponsorship(
        program=program, code=tokens.ref()[:_LENGTH], sponsor=terms.sponsor, kind=terms.kind.value, contact_name=terms.contact_name,
        contact_email=terms.contact_email, language=terms.language, seats=terms.seats,
        budget_cents=terms.budget.cents if terms.budget else None, percent=terms.percent,
        most_cents=terms.most.cents if terms.most else None, mrcs=list(terms.mrcs), municipalities=list(terms.municipalities),
        sector=terms.sector, valid_from=terms.valid_from, valid_until=terms.valid_until, shows_name=terms.shows_name,
        reference=terms.reference, recorded_at=clock.now(), recorded_by=by.ref, recorder=by.name,
    )  # fmt: skip
    db.session.add(sponsorship)
    db.session.flush()
    audit.record(
        "sponsorship_recorded", sponsorship, by=by, sponsor=terms.sponsor, seats=terms.seats, budget_cents=sponsorship.budget_cents
    )
    if sponsorship.contact_email:
        outbox.queue(
            "sponsorships/sponsorship_recorded", sponsorship.contact_email, language=sponsorship.language, scope=sponsorship.scope,
            sponsorship=sponsorship, code_url=code_url(sponsorship, sponsorship.language),
            sight_url=absolute_url("sponsorships.show_uptake", sight=sponsorship.sight, language=sponsorship.language),
        )  # fmt: skip
    return sponsorship


def code_url(sponsorship: Sponsorship, language: str) -> str:
    """Give the address that the code leads to, as the QR says it."""
    return absolute_url("sponsorships.follow_code", code=sponsorship.shown_code, language=language)


def note_sponsor_payment(
    sponsorship: Sponsorship, amount: Money, *, method: SponsorMethod, received_on: dt.date, reference: str | None, by: Actor
) -> SponsorPayment:
    """Note money that came from a sponsor.

    Takes: `reference`, the number of the invoice, the cheque or the transfer.
    Refuses: no amount; a day to come.
    """
    lock(sponsorship)
    if amount <= Money(0):
        raise Refusal(_("Écrivez le montant reçu."))
    if received_on > clock.today():
        raise Refusal(_("Inscrivez le jour où l’argent a été reçu, aujourd’hui au plus tard."))
    payment = SponsorPayment(
        method=method.value, cents=amount.cents, reference=reference, received_on=received_on, noted_at=clock.now(), noted_by=by.ref
    )
    sponsorship.payments.append(payment)
    audit.record(
        "sponsor_paid", sponsorship, by=by, method=method.value, dollars=str(amount.cents // 100), cents=f"{amount.cents % 100:02}"
    )
    return payment


def use_code(contribution: Contribution, code: str, *, by: Actor) -> Cover:
    """Have a contribution covered by the sponsorship of a code: a seat, the cover, its receipt and the letter, all of it or nothing.

    Takes: `code`, as it was typed: case, spaces and dashes aside.
    Refuses: an eleventh try within an hour; a contribution already settled, or covered in part; a code that nothing has; that of another
    program, or of a sponsorship stopped, over, to come or used up, or for another territory or another sector.
    """
    tries = f"sponsorship code {by.ref}"
    tokens.count_attempt(tries, limit=MOST_TRIES, within=TRIES_WITHIN)
    lock(contribution)
    check_may_be_covered(contribution)
    found = db.session.scalar(select(Sponsorship).where(Sponsorship.code == re.sub(r"[^0-9A-Z]", "", code.upper())))
    if found is None:
        raise Refusal(_("Ce code n’existe pas. Comparez-le signe par signe à la feuille du commanditaire."))
    cover = _take_seat(contribution, lock(found), by)
    tokens.forget_attempts(tries)
    return cover


def apply_code(contribution: Contribution, sponsorship: Sponsorship, reason: str, *, by: Actor) -> Cover:
    """Use a sponsorship in the place of an employer: one who asked by telephone, at the counter, or on paper.

    Takes: `reason`, which stays in the journal with who did it.
    Refuses: what `use_code` refuses of a contribution and of a sponsorship; someone who is a member of the employer.
    """
    lock(contribution)
    if is_member(by.user_id, contribution.employer):
        raise Refusal(_("Vous êtes membre de cette organisation : une autre personne doit décider."))
    check_may_be_covered(contribution)
    cover = _take_seat(contribution, lock(sponsorship), by)
    audit.record("sponsorship_applied", contribution, by=by, sponsor=sponsorship.sponsor, reason=reason)
    return cover


def return_seat(seat: SponsoredSeat, reason: str, *, by: Actor) -> None:
    """Take back a cover, and give its seat or its amount back to the sponsorship: another employer may use it.

    A file sent back, a suspension or a revocation gives nothing back by itself; this does, whenever staff decide so.
    Refuses: what `release_cover` refuses.
    """
    release_cover(seat.cover, reason, by=by)
    audit.record("sponsorship_seat_returned", seat.sponsorship, by=by, number=seat.number, reason=reason)


def stop_sponsorship(sponsorship: Sponsorship, reason: str, *, by: Actor) -> SponsorshipStop:
    """Cover nobody else. What was given stays.

    Refuses: a sponsorship already stopped.
    """
    lock(sponsorship)
    if sponsorship.stop is not None:
        raise Refusal(_("Cette commandite est déjà arrêtée."))
    sponsorship.stop = SponsorshipStop(reason=reason, stopped_at=clock.now(), stopped_by=by.ref, stopper=by.name)
    audit.record("sponsorship_stopped", sponsorship, by=by, reason=reason)
    return sponsorship.stop


def _take_seat(contribution: Contribution, sponsorship: Sponsorship, by: Actor) -> Cover:
    """Cover a contribution by a sponsorship. Takes: both held by `lock`."""
    usage = usage_of(sponsorship)
    _check_open(usage)
    _check_is_for(sponsorship, contribution)
    most = sponsorship.share_of(contribution.amount)
    cover = cover_contribution(
        contribution, most if usage.budget_left is None else min(most, usage.budget_left), payer=sponsorship.payer, by=by
    )
    last = db.session.scalar(select(func.max(SponsoredSeat.number)).where(SponsoredSeat.sponsorship_id == sponsorship.id))
    seat = SponsoredSeat(sponsorship=sponsorship, number=(last or 0) + 1, cover=cover)
    db.session.add(seat)
    db.session.flush()
    audit.record("sponsorship_used", sponsorship, by=by, number=seat.number, contribution=contribution.ref)
    return cover


def _check_open(usage: Usage) -> None:
    sponsorship = usage.sponsorship
    said = {
        Standing.STOPPED: _("Cette commandite est arrêtée : son code ne vaut plus."),
        Standing.OVER: _("Cette commandite est terminée depuis le %(day)s.", day=format_day(sponsorship.valid_until)),
        Standing.TO_COME: _("Cette commandite commence le %(day)s. Revenez ce jour-là.", day=format_day(sponsorship.valid_from)),
        Standing.USED_UP: _("Toutes les contributions de cette commandite sont déjà prises."),
    }
    if usage.standing in said:
        raise Refusal(said[usage.standing])


def _check_is_for(sponsorship: Sponsorship, contribution: Contribution) -> None:
    if sponsorship.program_id != contribution.program_id:
        raise Refusal(_("Ce code est pour un autre programme : %(program)s.", program=sponsorship.program.name))
    places = [place for place in establishments_of(contribution.employer) if covers(contribution.program, place.mrc)]
    if not any(sponsorship.is_for_place(place.municipality, place.mrc) for place in places):
        where = ", ".join([*(mrc.name for mrc in sponsorship.mrcs), *sponsorship.municipalities])
        raise Refusal(_("Ce code est pour les employeurs d’un autre territoire : %(where)s.", where=where))
    if sponsorship.sector is not None and sponsorship.sector != contribution.employer.sector:
        raise Refusal(_("Ce code est pour un autre secteur d’activité : %(sector)s.", sector=sponsorship.sector_name))

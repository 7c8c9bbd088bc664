"""Rules about sponsorships: who is covered and for how much, until when, and what happens when a cover is taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from certif import contributions, sponsorships, standing
from certif.certification import Stage
from certif.contributions import Contribution, Cover
from certif.kit import audit, clock, evidence
from certif.kit.access import Actor, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.money import Money
from certif.programs import Program
from certif.sponsorships import SponsoredSeat, Sponsorship, Standing, usage_of
from certif.sponsorships.actions import MOST_TRIES
from certif.territory import mrcs, region
from tests.contributions.conftest import ask, owner
from tests.contributions.test_actions import settled_in_lists
from tests.factories import decide, lead_to, make_certification, make_program, make_staff, owner_of
from tests.paying import by_cheque
from tests.sponsorships.making import sponsor

DAY = dt.timedelta(days=1)


@pytest.fixture
def program(app: Any) -> Program:
    return make_program()


@pytest.fixture
def manager(program: Program) -> Actor:
    return make_staff(Role.MANAGER, program).actor


def use(dues: Contribution, given: Sponsorship | str, by: Actor | None = None) -> Cover:
    """Let an employer type a code."""
    code = given if isinstance(given, str) else given.shown_code
    with transaction():
        return sponsorships.use_code(dues, code, by=by or owner(dues))


def refused(dues: Contribution, given: Sponsorship | str) -> str:
    """Let an employer type a code that is refused; give what is said."""
    with pytest.raises(Refusal) as told:
        use(dues, given)
    db.session.refresh(dues)
    assert not dues.covers
    return str(told.value)


def test_a_code_covers_the_contribution_and_its_receipt_says_who_did(program, letters):
    given, dues = sponsor(program, shows_name=True), ask(program)
    cover = use(dues, given)
    assert settled_in_lists(dues)
    assert (cover.amount, dues.received, dues.due, dues.overpaid) == (Money.dollars(50), Money(0), Money(0), Money(0))
    assert not dues.payments
    assert cover.receipt.number == f"14-{clock.today().year}-00001"
    assert dues.receipts == [cover.receipt]
    letter = letters.last(dues.employer.contact_email)
    assert letter.name == "contributions/contribution_covered"
    assert "MRC des Exemples" in letter.body
    assert "rien à payer" in letter.body
    assert cover.receipt.digest_fr in letter.attachments
    assert evidence.fetch(cover.receipt.digest_en).content.startswith(b"%PDF")
    assert cover.receipt.number in audit.history(dues)[-1].sentence
    assert "place 1" in audit.history(given)[-1].sentence


def test_a_sponsor_that_would_rather_not_be_named_is_not(program, letters):
    dues = ask(program)
    cover = use(dues, sponsor(program))
    assert cover.payer is None
    assert "MRC des Exemples" not in letters.last(dues.employer.contact_email).body


@pytest.mark.parametrize("typed", ["{0}-{1}", "{0}{1}", " {0} {1} ", "{0}–{1}"])
def test_a_code_is_read_as_people_type_it(program, typed):
    given, dues = sponsor(program), ask(program)
    use(dues, typed.format(given.code[:5].lower(), given.code[5:]))
    assert dues.is_settled


def test_codes_are_short_and_each_of_its_own(program):
    codes = {sponsor(program).code for _each in range(20)}
    assert len(codes) == 20
    assert {len(code) for code in codes} == {10}
    assert not set("".join(codes)) & set("01ILOU")


def test_a_number_of_contributions_is_never_passed(program):
    given = sponsor(program, seats=2)
    for _employer in range(2):
        use(ask(program), given)
    assert "déjà prises" in refused(ask(program), given)
    assert usage_of(given).standing is Standing.USED_UP


def test_an_amount_is_never_passed_and_its_last_dollars_cover_a_part(program):
    given, last = sponsor(program, budget=Money.dollars(80)), ask(program)
    use(ask(program), given)
    assert use(last, given).amount == Money.dollars(30)
    assert last.due == Money.dollars(20)
    assert not settled_in_lists(last)
    assert usage_of(given).is_used_up
    refused(ask(program), given)


@pytest.mark.parametrize(
    ("terms", "covered"),
    [({"percent": 40}, 2000), ({"most": Money.dollars(15)}, 1500), ({"percent": 50, "most": Money.dollars(40)}, 2500)],
)
def test_a_part_is_covered_and_the_employer_gives_the_rest(program, manager, letters, terms, covered):
    given, dues = sponsor(program, **terms), ask(program)
    cover = use(dues, given)
    assert (cover.cents, dues.due.cents) == (covered, 5000 - covered)
    assert "Il vous reste à verser" in letters.last(dues.employer.contact_email).body
    with pytest.raises(Refusal):
        use(dues, sponsor(program))
    with transaction():
        payment = by_cheque(dues, by=manager)
    assert payment.cents == 5000 - covered
    assert settled_in_lists(dues)
    assert [receipt.number[-1] for receipt in dues.receipts] == ["1", "2"]


def test_what_was_paid_besides_a_cover_is_seen_as_too_much(program, manager):
    dues = ask(program)
    use(dues, sponsor(program, percent=40))
    with transaction():
        payment = by_cheque(dues, by=manager)
        payment.cents = 5000  # as when a page of the gateway that was open before is paid all the same
    assert dues.overpaid == Money.dollars(20)


def test_codes_that_do_not_fit_say_why_and_leave_nothing(program):
    elsewhere, today = make_program(code="03"), clock.today()
    far = mrcs(region("14"))[-1]
    tried = {
        "n’existe pas": "K7MF2QXP9D",
        "autre programme": sponsor(elsewhere),
        "commence le": sponsor(program, valid_from=today + DAY),
        "autre territoire : Sainte-Mélanie": sponsor(program, municipalities=("Sainte-Mélanie",)),
        f"autre territoire : {far.name}": sponsor(program, mrcs=(far,)),
        "autre secteur": sponsor(program, sector="11"),
    }
    for said, given in tried.items():
        assert said in refused(ask(program), given).replace("\u00a0", " ")
    over = sponsor(program, valid_until=today)
    with clock.frozen(clock.now() + DAY):
        assert "terminée" in refused(ask(program), over)
    assert not db.session.scalars(select(SponsoredSeat)).all()


def test_the_same_terms_that_fit_let_the_employer_in(program):
    """The twin: what is refused above is accepted where the employer is of that place and sector."""
    near = mrcs(region("14"))[0]
    for terms in ({"municipalities": ("JOLIETTE",)}, {"mrcs": (near,)}, {"sector": "44-45"}, {"mrcs": (mrcs(region("14"))[-1], near)}):
        use(ask(program), sponsor(program, **terms))


def test_guesses_are_counted_and_stop_even_the_good_code(program):
    given, dues = sponsor(program), ask(program)
    for _try in range(MOST_TRIES):
        assert "n’existe pas" in refused(dues, "K7MF2QXP9D")
    assert "Trop d’essais" in refused(dues, given)
    with clock.frozen(clock.now() + dt.timedelta(hours=2)):
        use(dues, given)


def test_without_the_count_the_good_code_would_be_found(program, monkeypatch):
    """The twin: as many wrong codes, none of them counted."""
    given, dues = sponsor(program), ask(program)
    monkeypatch.setattr("certif.sponsorships.actions.tokens.count_attempt", lambda *_args, **_more: None)
    for _try in range(MOST_TRIES):
        refused(dues, "K7MF2QXP9D")
    use(dues, given)


def test_what_is_settled_takes_no_code(program, manager):
    dues, given = ask(program), sponsor(program)
    with transaction():
        by_cheque(dues, by=manager)
    assert "déjà réglée" in refused(dues, given)
    assert usage_of(given).used == 0


def test_a_stopped_sponsorship_covers_nobody_else_and_takes_nothing_back(program, manager):
    given, dues = sponsor(program), ask(program)
    use(dues, given)
    with transaction():
        sponsorships.stop_sponsorship(given, "Fin de l’entente.", by=manager)
    assert "arrêtée" in refused(ask(program), given)
    assert settled_in_lists(dues)
    with pytest.raises(Refusal), transaction():
        sponsorships.stop_sponsorship(given, "Encore.", by=manager)


def test_a_seat_taken_back_is_there_for_another_and_the_contribution_is_due_again(program, manager, letters):
    given, dues = sponsor(program, seats=1), ask(program)
    cover = use(dues, given)
    seat = db.session.scalars(select(SponsoredSeat)).one()
    with transaction():
        sponsorships.return_seat(seat, "Organisation hors du territoire.", by=manager)
    assert not settled_in_lists(dues)
    assert "hors du territoire" in letters.last(dues.employer.contact_email).body
    assert usage_of(given).used == 0
    use(ask(program), given)
    refused_again = ask(program)
    assert "déjà prises" in refused(refused_again, given)
    with pytest.raises(Refusal), transaction():
        sponsorships.return_seat(seat, "Encore.", by=manager)
    assert cover.receipt in dues.receipts, "what was issued stays"


def test_nobody_takes_back_the_cover_of_an_employer_of_which_they_are_a_member(program):
    dues = ask(program)
    use(dues, sponsor(program))
    both = make_staff(Role.MANAGER, program, user=owner_of(dues.employer)).actor
    with pytest.raises(Refusal), transaction():
        sponsorships.return_seat(db.session.scalars(select(SponsoredSeat)).one(), "Motif", by=both)


def test_sent_back_suspended_or_revoked_a_file_keeps_its_cover_and_its_seat(program, manager):
    found = make_certification(Stage.AWAITING_CONTRIBUTION, program)
    given = sponsor(program, seats=1)
    use(found.contribution, given)
    assert found.stage is Stage.AWAITING_VALIDATION
    decide(found, Stage.SENT_BACK)
    assert (found.stage, usage_of(given).seats_left) == (Stage.SENT_BACK, 0)
    lead_to(found, Stage.AWAITING_VALIDATION)
    decide(found, Stage.CERTIFIED)
    with transaction():
        standing.revoke(found, "Engagements non tenus.", by=manager)
    assert usage_of(given).seats_left == 0
    assert found.contribution.cover is not None


def test_a_refund_of_the_employers_part_returns_no_seat(program, manager):
    given, dues = sponsor(program, percent=40, seats=1), ask(program)
    use(dues, given)
    with transaction():
        payment = by_cheque(dues, by=manager)
    with transaction():
        contributions.refund_payment(payment, None, "Payé deux fois", seen=0, by=manager)
    assert (dues.due, usage_of(given).seats_left) == (Money.dollars(30), 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"seats": None},
        {"budget": Money.dollars(10), "seats": 2},
        {"valid_until": dt.date(2020, 1, 1)},
        {"valid_from": dt.date(2999, 1, 2), "valid_until": dt.date(2999, 1, 1)},
    ],
)
def test_terms_that_make_no_sense_are_refused(program, wrong):
    with pytest.raises(Refusal):
        sponsor(program, **wrong)


def test_a_sponsorship_stays_within_the_territory_of_its_program(app):
    with pytest.raises(Refusal):
        sponsor(make_program(code="14"), mrcs=(mrcs(region("03"))[0],))


def test_the_sponsor_receives_its_code_and_its_own_link(program, letters):
    given = sponsor(program, contact_email="mrc@exemple.com", language="en")
    letter = letters.last("mrc@exemple.com")
    assert given.shown_code in letter.body
    assert f"/en/commanditaires/{given.sight}" in letter.body
    assert given.sight not in given.code


def test_what_a_sponsor_pays_is_noted_and_never_to_come(program, manager):
    given = sponsor(program)
    about = {"method": sponsorships.SponsorMethod.INVOICE, "reference": "F-12", "by": manager}
    with transaction():
        sponsorships.note_sponsor_payment(given, Money.dollars(150), received_on=clock.today(), **about)
    assert given.paid == Money.dollars(150)
    for amount, day in ((Money(0), clock.today()), (Money(1), clock.today() + DAY)):
        with pytest.raises(Refusal), transaction():
            sponsorships.note_sponsor_payment(given, amount, received_on=day, **about)

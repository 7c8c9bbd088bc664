"""What a validation gives: badges with their numbers and days, codes for ever, certificates and letters, all at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif import certification as paths
from certif.accounts import actor_of
from certif.certification import Badge, Certification, Stage, actions, verifications_of
from certif.employers import Employer, establishments_of
from certif.kit import clock, evidence
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.jobs import Job
from certif.programs import Program
from tests.certification.signing import fetch, words_of
from tests.conftest import Mailbox
from tests.factories import lead_to, make_certification, make_employer, make_person, make_program, make_staff, owner_of, publish, unit
from tests.pages import Visitor

DAY = dt.timedelta(days=1)


def quick(code: str = "14", **decided: object) -> Program:
    """Make a program that asks for nothing before the decision."""
    return make_program("6-9-15", code=code, **decided)


def open_again(employer: Employer, program: Program) -> Certification:
    with unit():
        return paths.open_certification(employer, program, by=actor_of(owner_of(employer)))


def test_numbers_count_from_one_in_each_region_and_year(app: Flask) -> None:
    here, there = quick(), quick(code="03")
    noon = dt.datetime(2027, 12, 30, 17, tzinfo=dt.UTC)
    with clock.frozen(noon):
        publish(here)
        publish(there)
        first = [badge.number for badge in make_certification(program=here, places=3).badges]
        other = make_certification(program=there).badges[0].number
        second_program = make_certification(program=quick()).badges[0].number
    assert first == ["14-2027-000001", "14-2027-000002", "14-2027-000003"]
    assert (other, second_program) == ("03-2027-000001", "14-2027-000004")
    with clock.frozen(noon + 2 * DAY):
        assert make_certification(program=here).badges[0].number == "14-2028-000001"


def test_the_year_is_that_of_the_office_and_not_of_greenwich(app: Flask) -> None:
    program = quick()
    with clock.frozen(dt.datetime(2028, 1, 1, 2, tzinfo=dt.UTC)):
        badge = make_certification(program=program).badges[0]
    assert badge.number.startswith("14-2027-")
    assert badge.valid_from == dt.date(2027, 12, 31)


def test_the_database_itself_refuses_the_same_number_twice(app: Flask) -> None:
    certification = make_certification(program=quick())
    taken, other = certification.badges[0], make_certification(program=quick())
    with pytest.raises(IntegrityError), unit():
        about = {
            name: getattr(taken, name) for name in ("number", "level", "valid_from", "valid_until", "expires_on", "certificate_digest")
        }
        db.session.add(Badge(**about, certification_id=other.id, verification=taken.verification))
        db.session.flush()


@pytest.mark.parametrize(
    ("start", "months", "until"),
    [
        (dt.date(2027, 2, 28), 12, dt.date(2028, 2, 28)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2027, 8, 31), 6, dt.date(2028, 2, 29)),
        (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2027, 6, 15), 36, dt.date(2030, 6, 15)),
    ],
)
def test_validity_and_grace_are_those_of_the_version(app: Flask, start: dt.date, months: int, until: dt.date) -> None:
    program = quick()
    with clock.frozen(dt.datetime.combine(start, dt.time(16), dt.UTC)):
        publish(program, validity_months=months, grace_days=45)
        certification = make_certification(program=program)
        publish(program, validity_months=48, grace_days=0)
    badge = certification.badges[0]
    assert (badge.valid_from, badge.valid_until, badge.expires_on) == (start, until, until + 45 * DAY)
    for day, stage in ((until + 45 * DAY, Stage.CERTIFIED), (until + 46 * DAY, Stage.EXPIRED)):
        with clock.frozen(dt.datetime.combine(day, dt.time(16), dt.UTC)):
            assert certification.stage is stage, "whatever was published later"


def test_a_code_is_for_ever_whatever_the_cycle(visitor: Visitor) -> None:
    program = quick(validity_months=12, grace_days=0)
    first = make_certification(program=program)
    code = verifications_of(first)[0].code
    with clock.frozen(clock.now() + 400 * DAY):
        assert visitor.open(f"/v/{code}").h1 == "Échu"
        again = open_again(first.employer, program)
        assert (again.cycle, again.ref != first.ref) == (2, True)
        lead_to(again, Stage.CERTIFIED)
        assert [one.code for one in verifications_of(again)] == [code]
        assert again.badges[0].number != first.badges[0].number
        assert visitor.open(f"/v/{code}").h1 == "Certifié"
        json_said = json.loads(fetch(visitor, f"/v/{code}.json").data)
        assert json_said["valid_from"] == clock.today().isoformat()


def test_each_program_gives_a_place_a_code_of_its_own(app: Flask) -> None:
    employer = make_employer()
    one, two = (open_again(employer, quick()) for _program in range(2))
    codes = {verifications_of(found)[0].code for found in (one, two)}
    assert len(codes) == 2
    assert all(len(code) == 22 for code in codes)


def test_badge_certificate_and_letter_come_together_or_not_at_all(app: Flask, letters: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    certification = make_certification(Stage.AWAITING_VALIDATION, quick(), places=2)
    by, before = make_staff(Role.MANAGER, certification.program).actor, len(letters.all())
    decided = {"level": None, "establishments": establishments_of(certification.employer), "visited_on": None, "seen": 0}
    monkeypatch.setattr(actions, "_send_certificates", lambda _certification: 1 / 0)
    with pytest.raises(ZeroDivisionError), unit():
        paths.validate(certification, **decided, by=by)  # type: ignore[arg-type]
    db.session.expire_all()
    assert (certification.decisions, certification.badges, len(letters.all())) == ([], [], before)
    monkeypatch.undo()
    with unit():
        paths.validate(certification, **decided, by=by)  # type: ignore[arg-type]
    letter = letters.last(certification.employer.contact_email)
    assert letter.name == "certification/file_validated"
    assert {digest for _name, digest in json.loads(letter.attachments)} == {badge.certificate_digest for badge in certification.badges}
    assert all(verification.code in letter.body for verification in verifications_of(certification))
    assert db.session.scalars(select(Job).where(Job.once == f"letter {letter.ref}")).one(), "and a job will send it"


def test_a_certificate_says_who_where_until_when_and_how_to_check(app: Flask) -> None:
    certification = make_certification(
        program=make_program("oser-jeunes", code="14"), level="or", legal_name="Marché du Fjord inc.", trade_name="Marché du Fjord",
        establishment="Comptoir du quai", municipality="Joliette",
    )  # fmt: skip
    badge = certification.badges[0]
    pdf = evidence.fetch(badge.certificate_digest).content
    assert hashlib.sha256(pdf).hexdigest() == badge.certificate_digest
    said = words_of(pdf)
    facts = ("atteste que", "Marché du Fjord", "Comptoir du quai, Joliette", "Or", certification.program.name, badge.number)
    for fact in (*facts, certification.program.body.name, f"127.0.0.1:8000/v/{badge.verification.code}"):
        assert fact in said, fact
    assert "Niveau" not in said, "a program names its levels as it likes"


def test_a_certificate_is_in_french_unless_english_was_expressly_chosen(app: Flask) -> None:
    program = make_program(price_cents=0, requires_contribution=False)
    spoken = make_certification(program=program, language="en")
    assert "atteste que" in words_of(evidence.fetch(spoken.badges[0].certificate_digest).content), "speaking English is not choosing it"
    chosen = make_certification(Stage.AWAITING_CONTRACT, program)
    by = actor_of(owner_of(chosen.employer))
    with unit():
        paths.deliver_contract(chosen, by=by)
        paths.choose_language(chosen, "en", by=by)
    lead_to(chosen, Stage.CERTIFIED)
    assert "certifies that" in words_of(evidence.fetch(chosen.badges[0].certificate_digest).content)


def test_a_supporter_is_thanked_and_never_called_certified(app: Flask, letters: Mailbox) -> None:
    certification = make_certification(program=make_program("generation-c4"), hires="none")
    said = words_of(evidence.fetch(certification.badges[0].certificate_digest).content)
    assert "appuie publiquement" in said
    letter = letters.last(certification.employer.contact_email)
    assert "ertifi" not in (letter.subject + letter.body).replace("Certif\n", "").replace("chez Certif", "")
    page = make_person(owner_of(certification.employer)).open("/mon-espace")
    assert "Supporteur" in page.text
    assert "Certifiée" not in page.text


def test_a_certificate_is_downloaded_by_its_people_and_staff_and_nobody_else(app: Flask) -> None:
    program = quick()
    certification, other = make_certification(program=program, places=2), make_certification(program=program)
    mine, theirs = certification.badges, other.badges[0]
    owner = make_person(owner_of(certification.employer))
    for badge in mine:
        answer = fetch(owner, f"/certification/{certification.ref}/attestations/{badge.number}.pdf")
        assert hashlib.sha256(answer.data).hexdigest() == badge.certificate_digest
        assert f"{badge.number}.pdf" in answer.headers["Content-Disposition"]
    path = f"/certification/{certification.ref}/attestations/{mine[0].number}.pdf"
    assert fetch(make_staff(Role.AGENT, program), path).status_code == 200
    strangers = [make_person(), make_person(owner_of(other.employer)), make_staff(Role.MANAGER, quick(code="03"))]
    assert [fetch(one, path).status_code for one in strangers] == [404] * 3
    for wrong in (theirs.number, "14-2026-999999", "x", "%00"):
        assert fetch(owner, f"/certification/{certification.ref}/attestations/{wrong}.pdf").status_code == 404
    assert fetch(owner, f"/certification/{other.ref}/attestations/{theirs.number}.pdf").status_code == 404

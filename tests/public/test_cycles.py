"""A code stays the same for ever: what it says from one cycle to the next, through the grace, for a place closed; and what it costs."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from certif import certification as paths
from certif import employers
from certif.certification import Certification, Stage, verifications_of
from certif.employers import Employer
from certif.kit import clock
from certif.kit.db import db
from certif.programs import Program
from certif.public.queries import _statement, shown_at
from certif.standing import Status
from tests.factories import decide, lead_to, make_certification, make_employer, make_program, unit
from tests.pages import Visitor
from tests.public.codes import code_of, owner_actor
from tests.statements import scanned_tables, statements


class TestFromOneCycleToTheNext:
    """A code stays the same for ever; what it says follows the newest badge."""

    def _second_cycle(self, program: Program, stage: Stage, gap_days: int) -> tuple[Certification, dt.date]:
        first = make_certification(Stage.CERTIFIED, program)
        since, until = first.badges[0].valid_from, first.badges[0].expires_on
        with clock.frozen(clock.midnight(until + dt.timedelta(days=gap_days)) + dt.timedelta(hours=12)):
            with unit():
                second = paths.open_certification(first.employer, program, by=owner_actor(first))
            lead_to(second, stage)
            self.shown = shown_at(code_of(second))
        return second, since

    def test_held_without_a_gap_it_counts_from_the_first_day(self, app: object) -> None:
        _second, since = self._second_cycle(make_program(), Stage.CERTIFIED, 1)
        assert (self.shown.status, self.shown.since) == (Status.CERTIFIED, since)

    def test_after_a_gap_it_counts_anew(self, app: object) -> None:
        second, _since = self._second_cycle(make_program(), Stage.CERTIFIED, 40)
        assert self.shown.since == second.badges[0].valid_from

    def test_while_the_next_cycle_is_under_way_the_last_badge_is_still_what_counts(self, app: object) -> None:
        self._second_cycle(make_program(shows_in_progress=True), Stage.AWAITING_CONTRACT, 1)
        assert self.shown.status is Status.EXPIRED


def test_a_certification_lasts_until_the_end_of_its_grace(app: object) -> None:
    badge = (certification := make_certification(Stage.CERTIFIED, make_program(grace_days=30))).badges[0]
    for day, status, is_in_grace in (
        (badge.valid_until, Status.CERTIFIED, False),
        (badge.valid_until + dt.timedelta(days=1), Status.CERTIFIED, True),
        (badge.expires_on, Status.CERTIFIED, True),
        (badge.expires_on + dt.timedelta(days=1), Status.EXPIRED, False),
    ):
        with clock.frozen(clock.midnight(day) + dt.timedelta(hours=12)):
            shown = shown_at(code_of(certification))
            assert (shown.status, shown.is_in_grace) == (status, is_in_grace), day


def test_a_closed_establishment_no_longer_counts(visitor: Visitor) -> None:
    program = make_program()
    certification = make_certification(program=program, employer=make_employer(places=2))
    main, other = verifications_of(certification)
    with unit():
        employers.close_establishment(other.establishment, by=owner_actor(certification))
    assert visitor.open(f"/v/{main.code}").h1 == "Certifié"
    page = visitor.open(f"/v/{other.code}")
    assert page.h1 == "Échu"
    assert "fermé" in page.text


def test_a_place_that_was_not_covered_has_no_page(visitor: Visitor) -> None:
    program = make_program(shows_in_progress=True)
    certification = make_certification(Stage.AWAITING_VALIDATION, program, employer=make_employer(places=2))
    main, other = verifications_of(certification)
    decide(certification, Stage.CERTIFIED, places=[main.establishment])
    assert visitor.open(f"/v/{main.code}").h1 == "Certifié"
    assert visitor.open(f"/v/{other.code}").status == 404


class TestCost:
    """One statement, answered from indexes."""

    @pytest.mark.parametrize("suffix", ["", ".json"])
    def test_one_statement_answers_whatever_is_stored(self, visitor: Visitor, suffix: str) -> None:
        code = code_of(make_certification())
        for has_many in (False, True):
            with statements() as asked:
                assert visitor.client.get(f"/v/{code}{suffix}", base_url=visitor.base).status_code == 200
            assert len(asked) == 1, "\n".join(asked)
            for _more in range(0 if has_many else 6):
                make_certification(Stage.AWAITING_CONTRACT, make_program(), employer=make_employer(places=50))

    def test_the_count_would_see_a_second_question(self, app: object) -> None:
        certification = make_certification()
        with statements() as asked:
            shown_at(code_of(certification))
        assert len(asked) > 1, "code_of asks one by itself"

    def test_no_table_is_read_from_end_to_end(self, app: object) -> None:
        certification = make_certification()
        assert scanned_tables(_statement().params(code=code_of(certification))) == []

    def test_a_scan_would_be_seen(self, app: object) -> None:
        if db.engine.dialect.name == "sqlite":
            assert scanned_tables(select(Employer.id).where(Employer.contact_name == "X"))

"""The next cycle: opened by confirming what was answered, asked what the program asks today, and begun the day after the last."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from certif import standing
from certif.certification import Certification, Stage, held_since, latest, open_certification, verifications_of
from certif.employers import add_establishment
from certif.kit import audit
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program, Text, pause_program, version_in_force
from certif.public.queries import shown_at
from certif.standing import Status
from tests.conftest import Mailbox
from tests.factories import (
    code_in_letter,
    decide,
    lead_to,
    make_certification,
    make_employer,
    make_person,
    make_program,
    make_staff,
    owner_of,
    publish,
    unit,
)
from tests.pages import Page
from tests.public.codes import code_of
from tests.standing.years import days, on, owner, renew

TICKS = {f"{name}_right": True for name in ("employer_is", "places_are", "contact_is", "commitments_are")}


def until(certification: Certification) -> dt.date:
    """Give the last day granted."""
    return certification.badges[0].valid_until


def change_contract(program: Program) -> None:
    """Publish a version that rewords one commitment, and takes others out."""
    version = version_in_force(program)
    assert version is not None
    first, *_others, last = version.rules.commitments
    text = Text("respecter l’horaire convenu avec chaque élève", "keep the schedule agreed with each student")
    reworded = dataclasses.replace(first, text=text)
    publish(program, commitments=(reworded, last))


class TestWhenItIsOpen:
    """From ninety days before the end, through the grace."""

    def test_it_opens_ninety_days_before_and_closes_with_the_grace(self, app: object) -> None:
        certification = make_certification(program=make_program(grace_days=30))
        last = until(certification)
        for day, is_open in ((last - days(91), False), (last - days(90), True), (last + days(30), True), (last + days(31), False)):
            with on(day):
                assert (standing.renewal_obstacle(certification) is None) is is_open, day

    @pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.REVOKED])
    def test_what_does_not_count_is_not_renewed(self, app: object, stage: Stage) -> None:
        certification = make_certification(stage)
        with on(until(certification)), pytest.raises(Refusal, match="en vigueur"):
            renew(certification)

    def test_nothing_is_renewed_twice_nor_while_the_program_is_paused(self, app: object) -> None:
        certification, other = make_certification(), make_certification(program=make_program())
        with on(until(certification)):
            renew(certification)
            with pytest.raises(Refusal, match="déjà ouvert"):
                renew(certification)
            with unit():
                pause_program(other.program, reason="Financement.", by=SYSTEM)
            with pytest.raises(Refusal, match="pause"):
                renew(other)

    def test_answers_changed_since_they_were_shown_are_shown_again(self, app: object) -> None:
        certification = make_certification()
        with on(until(certification)), unit():
            seen = standing.digest_of(standing.answers_of(certification))
            certification.employer.contact_phone = "+14505551234"
            db.session.flush()
            with pytest.raises(Refusal, match="viennent de changer"):
                standing.renew(certification, seen=seen, by=owner(certification))


class TestWhatFollows:
    """What the program asks, then a badge that begins the day after."""

    def test_renewed_early_no_day_is_lost_and_none_counts_twice(self, app: object) -> None:
        certification = make_certification(program=make_program(validity_months=12))
        since, last = certification.badges[0].valid_from, until(certification)
        with on(last - days(40)):
            following = renew(certification, Stage.CERTIFIED)
            badge = following.badges[0]
            assert badge.valid_from == last + days(1)
            assert badge.valid_until == following.version.valid_until(last + days(1))
            shown = shown_at(code_of(following))
            assert (shown.status, shown.since, shown.valid_from, shown.valid_until) == (Status.CERTIFIED, since, since, badge.valid_until)
        with on(last + days(200)):
            shown = shown_at(code_of(following))
            assert (shown.status, shown.since, shown.valid_from) == (Status.CERTIFIED, since, badge.valid_from)
            assert held_since(following) == since

    def test_while_it_is_under_way_the_old_badge_counts_to_the_end_of_its_grace(self, app: object) -> None:
        certification = make_certification(program=make_program(grace_days=30))
        with on(until(certification) - days(10)):
            renew(certification)
        for after, status in ((0, Status.CERTIFIED), (30, Status.CERTIFIED), (31, Status.EXPIRED)):
            with on(until(certification) + days(after)):
                assert shown_at(code_of(certification)).status is status

    def test_renewed_in_the_grace_it_begins_that_day_without_a_gap(self, app: object) -> None:
        certification = make_certification()
        with on(until(certification) + days(5)):
            following = renew(certification, Stage.CERTIFIED)
            assert following.badges[0].valid_from == until(certification) + days(5)
            assert held_since(following) == certification.badges[0].valid_from

    def test_three_cycles_are_held_since_the_first_year(self, app: object) -> None:
        first = last = make_certification(program=make_program(validity_months=12))
        for _cycle in range(2):
            with on(until(last) - days(30)):
                last = renew(last, Stage.CERTIFIED)
        with on(until(last)):
            assert last.cycle == 3
            assert shown_at(code_of(last)).since == first.badges[0].valid_from

    def test_an_expired_one_comes_back_without_continuity(self, app: object) -> None:
        certification = make_certification()
        with on(certification.badges[0].expires_on + days(40)):
            with unit():
                back = open_certification(certification.employer, certification.program, by=owner(certification))
            lead_to(back, Stage.CERTIFIED)
            assert shown_at(code_of(back)).since == back.badges[0].valid_from == certification.badges[0].expires_on + days(40)

    def test_a_place_added_since_is_covered_from_its_own_first_day(self, app: object) -> None:
        certification = make_certification()
        with on(until(certification) - days(20)):
            employer = certification.employer
            place = {"name": "Annexe", "address": "2, rue du Port", "municipality": "Joliette", "postal_code": "J6E 3Z9"}
            place["mrc"] = verifications_of(certification)[0].establishment.mrc.slug
            with unit():
                add_establishment(employer, place, is_main=False, by=owner(certification))
            following = renew(certification, Stage.CERTIFIED)
            old, new = following.badges
            assert (old.valid_from, new.valid_from) == (until(certification) + days(1), until(certification) - days(20))
            assert old.valid_until == new.valid_until

    def test_a_suspension_in_the_meantime_is_not_washed_away(self, app: object) -> None:
        certification = make_certification()
        by = make_staff(Role.MANAGER, certification.program).actor
        with on(until(certification) - days(20)):
            following = renew(certification, Stage.AWAITING_VALIDATION)
            with unit():
                standing.suspend(certification, "Vérification.", by=by)
            with pytest.raises(Refusal, match="suspendue"):
                decide(following, Stage.CERTIFIED)
            with unit():
                standing.reinstate(certification, "Réglé.", by=by)
            decide(following, Stage.CERTIFIED)
            with unit(), pytest.raises(Refusal, match="plus récent"):
                standing.suspend(certification, "Encore.", by=by)
            with unit():
                standing.suspend(following, "Encore.", by=by)
            assert shown_at(code_of(following)).status is Status.SUSPENDED


class TestPages:
    """Two minutes for the employer."""

    def _open(self, certification: Certification, language: str = "") -> Page:
        return make_person(owner_of(certification.employer)).open(f"{language}/certification/{certification.ref}/renouvellement")

    def test_the_same_contract_is_signed_again_by_the_short_way(self, app: object, letters: Mailbox) -> None:
        certification = make_certification(program=make_program(price_cents=0, requires_contribution=False))
        with on(until(certification) - days(30)):
            person = make_person(owner_of(certification.employer))
            page = person.open("/mon-espace").follow("Renouveler")
            assert "n’a pas changé d’un mot" in page.text
            assert page.fill("Tout est exact").status == 422, "each thing is confirmed"
            page = page.fill("Tout est exact", **TICKS)
            assert page.h1 == "Signer le contrat moral", "straight to the signature"
            page = page.fill("Recevoir mon code")
            page = page.fill("Signer le contrat moral", role="Propriétaire", agrees=True, code=code_in_letter(person.user.email))
            following = latest(certification.employer, certification.program)
            assert following is not None
            assert following.stage is Stage.AWAITING_VALIDATION
            decide(following, Stage.CERTIFIED)
            assert "Sans interruption depuis" in person.open("/mon-espace").text
        names = [letter.name for letter in letters.to(certification.employer.contact_email)]
        assert "standing/renewal_opened" in names
        assert "answers_confirmed" in [entry.event for entry in audit.history(following)]

    def test_a_contract_that_changed_says_what_changed_and_leaves_the_choice(self, app: object) -> None:
        certification = make_certification(program=make_program())
        with on(until(certification) - days(30)):
            change_contract(certification.program)
            page = self._open(certification)
            assert "Engagement modifié" in page.text
            assert "Engagement retiré" in page.text
            assert "vaut jusqu’au" in page.text, "the old one may be kept until its end"
            assert "Commitment" in self._open(certification, "/en").text
            page = page.fill("Tout est exact", **TICKS)
            assert page.h1 == "Contrat moral"
            page = page.fill("Ouvrir le contrat moral")
            assert "Ce qui change depuis votre dernier contrat" in page.text
            assert "Engagement retiré" in page.text

    def test_too_early_the_page_says_when(self, app: object) -> None:
        page = self._open(make_certification())
        assert "Le renouvellement ouvre le" in page.text
        assert page.soup.main.find("button") is None

    def test_somebody_elses_is_not_found(self, app: object) -> None:
        certification, other = make_certification(), make_employer()
        assert make_person(owner_of(other)).open(f"/certification/{certification.ref}/renouvellement").status == 404

"""Laureates: named once, in public only as each agreed, replaced by the next of the ranking, told when nothing holds them back."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.campaigns import Campaign, Category, PhaseKind, Quota, Unit
from certif.kit import clock, sent_files
from certif.kit.access import VISITOR, Actor, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.nominations import NominatorContact
from certif.nominations.nominate_retention import forget_nominators
from certif.programs import Text
from certif.selections import (
    Laureate,
    LaureateWithdrawal,
    agree,
    ask_agreement,
    hold_release,
    invitation_behind,
    laureate_actions,
    name_laureates,
    prepare_laureate,
    release_results,
    replace_laureate,
    withdraw_laureate,
)
from certif.selections.laureate_agreements import disagree, sides_of
from certif.selections.laureate_queries import next_in_line
from certif.territory import mrcs
from tests.factories import make_staff, unit
from tests.pages import Visitor
from tests.selections.choosing import closed, contest, manager_of, named, on, phase
from tests.statements import statements

DRAW = phase("tirage", PhaseKind.DRAW, 10, keeps=2)


def honoured(count: int = 5, *, spread: bool = False, **decided: object) -> tuple[Campaign, list[Laureate], Actor]:
    """Give a contest whose laureates are named, and who manages it."""
    campaign = contest(DRAW, **decided)
    named(campaign, count, spread=spread)
    by = manager_of(campaign)
    closed(campaign, "tirage", by)
    with on(21), unit():
        return campaign, name_laureates(campaign, by=by), by


def agreed(laureate: Laureate, by: Actor, *sides: str, photo: bool = False) -> None:
    """Let each side agree to be named, and to be seen, by the link of its letter."""
    for side in sides:
        token = asked(laureate, side, by)
        with unit():
            for purpose in sides_of(laureate)[side][: 2 if photo else 1]:
                agree(invitation_behind(token), purpose, language="fr", by=VISITOR)


def asked(laureate: Laureate, side: str, by: Actor) -> str:
    with unit():
        ask_agreement(laureate, side, f"{side}@exemple.com", language="fr", by=by)
    letter = db.session.query(Letter).filter_by(to_address=f"{side}@exemple.com").order_by(Letter.id.desc()).first()
    found = re.search(r"/laureats/accord/(\S+)", letter.body if letter else "")
    assert found
    return found.group(1)


class TestNaming:
    """After the last phase, once."""

    def test_the_kept_ones_are_laureates_with_their_names_of_the_year(self, app: object) -> None:
        campaign, found, by = honoured()
        assert len(found) == 2
        assert all(one.nomination and one.student_name == one.nomination.first_name and one.boss_name == one.boss.person for one in found)
        assert [one.position for one in found] == [1, 2]
        with on(21), unit(), pytest.raises(Refusal, match="déjà nommés"):
            name_laureates(campaign, by=by)

    def test_not_before_the_last_phase_nor_by_anyone(self, app: object) -> None:
        campaign = contest(DRAW)
        named(campaign)
        with on(12), unit():
            with pytest.raises(Refusal, match="Clôturez d’abord"):
                name_laureates(campaign, by=manager_of(campaign))
            with pytest.raises(Refusal, match="gestion"):
                name_laureates(campaign, by=make_staff(Role.AGENT, campaign.program).actor)

    def test_quotas_give_each_territory_its_laureates(self, app: object) -> None:
        campaign, found, _by = honoured(9, spread=True, quota=Quota.MRC)
        cells = [one.cell for one in found]
        assert all(1 <= cells.count(cell) <= 2 for cell in cells)
        assert len(set(cells)) == len(mrcs(campaign.program.region))

    def test_categories_are_honoured_on_the_one_ranking(self, app: object) -> None:
        _campaign, found, _by = honoured(4, categories=(Category("coeur", Text("Coup de cœur", "Favourite")),))
        assert [one.category for one in found] == ["coeur", ""]

    def test_a_contest_of_bosses_honours_no_student(self, app: object) -> None:
        _campaign, found, _by = honoured(unit=Unit.BOSS)
        assert {(one.nomination_id, one.student_name) for one in found} == {(None, "")}


class TestReplacing:
    """The next of the ranking, once."""

    def test_whoever_steps_down_is_replaced_by_the_next_of_its_cell(self, app: object) -> None:
        _campaign, (first, second), by = honoured()
        [third] = next_in_line(first)
        with unit():
            with pytest.raises(Refusal, match="pas retiré"):
                replace_laureate(first, by=by)
            withdraw_laureate(first, "A décliné.", by=by)
            named_ = replace_laureate(first, by=by)
        assert (named_.boss_id, named_.position) == (third.boss_id, first.position)
        with unit(), pytest.raises(Refusal, match="déjà remplacé"):
            replace_laureate(first, by=by)
        with unit(), pytest.raises(Refusal, match="déjà retiré"):
            withdraw_laureate(first, "Encore.", by=by)
        assert second.standing_down is None

    def test_the_end_of_the_ranking_is_said(self, app: object) -> None:
        _campaign, (first, *_others), by = honoured(2)
        with unit():
            withdraw_laureate(first, "A décliné.", by=by)
        with unit(), pytest.raises(Refusal, match="plus personne"):
            replace_laureate(first, by=by)

    def test_the_database_refuses_one_who_replaces_two(self, app: object) -> None:
        _campaign, (first, second), by = honoured()
        with unit():
            withdraw_laureate(first, "A décliné.", by=by)
            third = replace_laureate(first, by=by)
        with pytest.raises(IntegrityError), unit():
            twin = LaureateWithdrawal(laureate=second, replacement=third, reason="", withdrawn_at=clock.now(), withdrawn_by="x")
            db.session.add(twin)


class TestReleasing:
    """Once, not before its day, not under embargo."""

    def test_once_and_not_before_the_laureates(self, app: object) -> None:
        campaign, _found, by = honoured()
        with on(21), unit():
            release_results(campaign, by=by)
            with pytest.raises(Refusal, match="déjà dévoilés"):
                release_results(campaign, by=by)
        other = contest(DRAW)
        with on(21), unit(), pytest.raises(Refusal, match="Nommez d’abord"):
            release_results(other, by=manager_of(other))

    def test_another_room_may_hold_them(self, app: object) -> None:
        campaign, _found, by = honoured()
        hold = hold_release(lambda one: "Le gala est vendredi." if one.id == campaign.id else None)
        try:
            with on(21), unit(), pytest.raises(Refusal, match="vendredi"):
                release_results(campaign, by=by)
        finally:
            laureate_actions._holds.remove(hold)


class TestPublic:
    """Only what was agreed to."""

    def test_without_an_agreement_nothing_personal_appears_anywhere(self, app: object, visitor: Visitor) -> None:
        campaign, found, by = honoured()
        with on(21), unit():
            release_results(campaign, by=by)
        agreed(found[0], by, "employer")
        pages = [visitor.open(f"{start}{path}") for start in ("", "/en") for path in ("/laureats", f"/concours/{campaign.ref}/resultats")]
        for page in pages:
            assert found[0].employer_name in page.text
            assert found[0].boss_name in page.text
            for hidden in (found[0].student_name, found[1].employer_name, found[1].boss_name, found[1].student_name):
                assert hidden not in page.response.text
            assert "Set-Cookie" not in page.response.headers
            assert "public" in page.response.headers["Cache-Control"]

    def test_the_student_appears_once_agreed_and_no_more_once_taken_back(self, app: object, visitor: Visitor) -> None:
        campaign, (first, *_others), by = honoured()
        with on(21), unit():
            release_results(campaign, by=by)
        agreed(first, by, "student")
        page = visitor.open("/laureats")
        assert first.student_name in page.text
        assert first.employer_name not in page.text
        token = asked(first, "student", by)
        with unit():
            disagree(invitation_behind(token), "laureate_student", by=VISITOR)
        assert first.student_name not in visitor.open("/laureats").response.text

    def test_before_the_release_and_after_a_withdrawal_nobody_is_shown(self, app: object, visitor: Visitor) -> None:
        campaign, (first, *_others), by = honoured()
        agreed(first, by, "employer", "student")
        assert first.employer_name not in visitor.open("/laureats").response.text
        assert first.employer_name not in visitor.open(f"/concours/{campaign.ref}/resultats").response.text
        with on(21), unit():
            release_results(campaign, by=by)
        assert first.employer_name in visitor.open("/laureats").response.text
        with unit():
            withdraw_laureate(first, "A décliné.", by=by)
        assert first.employer_name not in visitor.open("/laureats").response.text

    def test_a_photo_is_shown_when_everyone_on_it_agreed(self, app: object, visitor: Visitor) -> None:
        campaign, (first, *_others), by = honoured()
        drawn = io.BytesIO()
        Image.new("RGB", (40, 30), "green").save(drawn, "PNG")
        words = laureate_actions.Words("Julie Roy", "rwa", "Alexis", "", "Elle écoute.")
        with on(21), unit():
            prepare_laureate(first, words, drawn.getvalue(), by=by)
            release_results(campaign, by=by)
        place = f"/laureats/{first.ref}/photo.png"
        agreed(first, by, "employer", photo=True)
        assert visitor.client.get(place, base_url=visitor.base).status_code == 404
        assert "Elle écoute" not in visitor.open("/laureats").text
        agreed(first, by, "student", photo=True)
        assert visitor.client.get(place, base_url=visitor.base).data.startswith(b"\x89PNG")
        assert "Elle écoute" in visitor.open("/laureats").text

    def test_filters_narrow_the_list(self, app: object, visitor: Visitor) -> None:
        campaign, (first, *_others), by = honoured(categories=(Category("coeur", Text("Coup de cœur", "Favourite")),))
        agreed(first, by, "employer")
        with on(21), unit():
            release_results(campaign, by=by)
        for good in ("region=14", f"mrc={first.mrc.slug}", f"annee={first.year}", "categorie=coeur"):
            assert first.employer_name in visitor.open(f"/laureats?{good}").text, good
        for other in ("region=03", "mrc=kamouraska"):
            assert first.employer_name not in visitor.open(f"/laureats?{other}").response.text, other

    def test_the_list_costs_the_same_for_one_and_for_twenty(self, app: object, visitor: Visitor) -> None:
        counts = []
        for number in (1, 20):
            campaign, found, by = honoured(20, program=None) if number == 1 else _twenty()
            for one in found[:number]:
                agreed(one, by, "employer")
            with on(21), unit():
                release_results(campaign, by=by)
            visitor.open("/laureats")
            with statements() as asked_:
                visitor.open("/laureats")
            counts.append(len(asked_))
        assert counts[0] == counts[1], counts


@pytest.mark.parametrize(("days", "is_kept"), [(179, True), (182, False)])
def test_who_nominated_is_forgotten_half_a_year_after_the_results(app: object, days: int, is_kept: bool) -> None:
    campaign, _found, by = honoured()
    with on(21), unit():
        release_results(campaign, by=by)
    with on(21 + days):
        forget_nominators()
    assert bool(db.session.query(NominatorContact).count()) is is_kept


def test_a_photo_stays_as_long_as_its_laureate_has_it(app: object) -> None:
    _campaign, (first, *_others), _by = honoured()
    with unit():
        first.photo_digest, alone = sent_files.keep(b"seen", "image/png"), sent_files.keep(b"left", "image/png")
    with unit():
        sent_files.erase_unused()
    kept = set(db.session.scalars(select(sent_files.SentFile.digest)))
    assert first.photo_digest in kept
    assert alone not in kept


def _twenty() -> tuple[Campaign, list[Laureate], Actor]:
    campaign = contest(phase("tirage", PhaseKind.DRAW, 10, keeps=20))
    named(campaign, 20)
    by = manager_of(campaign)
    closed(campaign, "tirage", by)
    with on(21), unit():
        return campaign, name_laureates(campaign, by=by), by

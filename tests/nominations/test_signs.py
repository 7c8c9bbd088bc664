"""Signs that nominations may come of one hand are shown with their reasons; nothing is refused, hidden or erased by them."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import func, select

from certif.kit import clock
from certif.kit.db import db
from certif.nominations import Boss, Nomination, NominationTrace, watch_signs
from certif.nominations.desk_model import BossSign, SignKind
from certif.nominations.signs_finding import Trace, find_signs
from tests.factories import unit
from tests.nominations.desk import contest, make_boss, make_nomination

AT = dt.datetime(2027, 2, 15, 15, 0, tzinfo=dt.UTC)


def traces(*minutes: int, **known: str) -> list[Trace]:
    return [Trace(number, AT + dt.timedelta(minutes=minute), "email", "École", **known) for number, minute in enumerate(minutes, 1)]


def named(boss: Boss, minute: int, network: str, words: str, who: str = "") -> Nomination:
    at = clock.now() - dt.timedelta(hours=3) + dt.timedelta(minutes=minute)
    nomination = make_nomination(boss, who)
    with unit():
        nomination.nominated_at = at
        nomination.trace = NominationTrace(campaign_id=boss.campaign_id, network_digest=network, words_digest=words)
    return nomination


class TestFinding:
    def test_a_network_counts_within_an_hour(self) -> None:
        assert [sign.numbers for sign in find_signs(traces(0, 30, 59, network="a")).signs] == [(1, 2, 3)]
        assert find_signs(traces(0, 30, 61, network="a")).signs == []
        assert [sign.numbers for sign in find_signs(traces(0, 30, 59, 80, 300, network="a")).signs] == [(1, 2, 3, 4)]

    def test_a_burst_a_sentence_a_class_and_an_address_for_a_minute_are_seen(self) -> None:
        assert [sign.kind for sign in find_signs(traces(0, 2, 4, 6, 8)).signs] == [SignKind.BURST]
        assert [sign.kind for sign in find_signs(traces(0, 600, words="w")).signs] == [SignKind.SENTENCE]
        assert [sign.kind for sign in find_signs(traces(0, domain="yopmail.com")).signs] == [SignKind.DOMAIN]
        assert [sign.kind for sign in find_signs(traces(0, domain="a.mailinator.com")).signs] == [SignKind.DOMAIN]
        passes = [Trace(number, AT + dt.timedelta(minutes=6 * number), "pass", "École") for number in range(10)]
        assert [sign.kind for sign in find_signs(passes).signs] == [SignKind.PASSES]

    def test_what_is_independent_shows_nothing(self) -> None:
        assert find_signs(traces(0, 200, 400, domain="exemple.com")).signs == []


class TestPages:
    def test_twelve_nominations_are_drawn_and_explained(self, app: Flask) -> None:
        campaign, manager = contest()
        boss = make_boss(campaign)
        for number in range(5):
            named(boss, number, "one", f"w{number}")
        for number in range(7):
            named(boss, 30 + 20 * number, f"n{number}", "same" if number < 2 else f"other{number}")
        watch_signs()
        page = manager.open(f"/personnel/concours/{campaign.ref}/signes")
        assert "3 nominations ou plus du même réseau en une heure" in page.text
        page = page.follow("Café du Coin")
        assert "12 nominations : 5 semblent indépendantes, 7 ont quelque chose en commun." in page.text
        assert len(page.soup.select("circle")) == 12
        assert len(page.soup.select("tbody tr")) == 12
        assert len(page.soup.select("svg[role=img] path.signs__arc--network")) == 4
        assert "Même réseau, Rafale" in page.text
        assert "eleve-" not in page.response.get_data(as_text=True), "no address is shown"
        assert db.session.scalar(select(func.count()).select_from(Nomination)) == 12

    def test_signs_follow_what_is_new_and_the_ranking_points_to_them(self, app: Flask) -> None:
        campaign, manager = contest()
        boss, other = make_boss(campaign), make_boss(campaign, "Autre")
        named(other, 0, "z", "z")
        for number in range(3):
            named(boss, number, "one", f"w{number}")
        watch_signs()
        watch_signs()
        assert db.session.execute(select(BossSign.boss_id, BossSign.kind, BossSign.__table__.c["count"])).all() == [(boss.id, "network", 3)]
        with clock.frozen(clock.now() + dt.timedelta(minutes=30)):
            for number in range(2):
                named(other, 170 + number, "y", "same")
            watch_signs()
        assert set(db.session.execute(select(BossSign.boss_id, BossSign.kind)).tuples()) == {(boss.id, "network"), (other.id, "sentence")}
        assert "À regarder" in manager.open(f"/personnel/concours/{campaign.ref}/boss").text

    def test_a_boss_without_nominations_has_an_empty_page(self, app: Flask) -> None:
        campaign, manager = contest()
        assert "Rien à montrer" in manager.open(f"/personnel/boss/{make_boss(campaign).ref}/signes").text
        assert "Aucun signe" in manager.open(f"/personnel/concours/{campaign.ref}/signes").text

"""Signs that votes come of one hand are shown with their reasons; a decider puts votes aside, and nothing leaves the chain unseen."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from certif.campaigns import Campaign, PhaseKind
from certif.kit import audit, clock
from certif.kit.access import VISITOR, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.selections import (
    VoteSetAside,
    VoteTrace,
    close_phase,
    first_broken_selection,
    forget_vote_proofs,
    name_laureates,
    put_votes_back,
    release_results,
    send_vote_code,
    set_votes_aside,
)
from certif.selections import confirm_vote as confirm
from certif.selections.draw_files import SCRIPT
from certif.selections.phase_entries import picks_of, step_called
from certif.selections.vote_actions import receipt_of
from certif.selections.vote_queries import traced_votes
from certif.selections.vote_signs import Traced, VoteSign, count_domains, signs_among
from tests.factories import code_in_letter, make_staff, unit
from tests.pages import Visitor
from tests.selections.choosing import manager_of, on, phase
from tests.selections.test_votes import VOTE, voting

AT = dt.datetime(2027, 2, 15, 15, 0, tzinfo=dt.UTC)


def traced(*minutes: int, entry: str = "a", **known: str) -> list[Traced]:
    return [Traced(number, entry, AT + dt.timedelta(minutes=minute), **known) for number, minute in enumerate(minutes, 1)]


def kinds(votes: list[Traced]) -> list[tuple[VoteSign, int]]:
    return [(one.kind, len(one.votes)) for one in signs_among(votes, VOTE)]


def cast(campaign: Campaign, entry: str, email: str, network: str = "") -> str:
    """Vote; give the token of the page."""
    with unit():
        token = send_vote_code(campaign, entry, email, language="fr", by=VISITOR, network=network)
    code = code_in_letter(email)
    with unit():
        confirm(token, code, by=VISITOR)
    return token


class TestFinding:
    def test_a_domain_that_someone_owns_shows_and_a_great_host_does_not(self) -> None:
        assert kinds(traced(0, 200, 400, domain="entreprise.ca")) == [(VoteSign.DOMAIN, 3)]
        assert kinds(traced(0, 200, domain="entreprise.ca")) == []
        assert kinds(traced(0, 200, 400, 600, domain="gmail.com")) == []

    def test_a_network_and_a_burst_count_within_an_hour(self) -> None:
        assert kinds(traced(*range(0, 50, 5), network="n")) == [(VoteSign.NETWORK, 10)]
        assert kinds(traced(*range(0, 90, 10), network="n")) == []
        assert kinds(traced(*range(0, 40, 2))) == [(VoteSign.BURST, 20)]
        assert kinds(traced(*range(0, 400, 20))) == []

    def test_an_address_for_a_few_minutes_shows_by_itself(self) -> None:
        assert kinds(traced(0, domain="yopmail.com")) == [(VoteSign.THROWAWAY, 1)]

    def test_votes_for_several_finalists_are_not_of_one_hand(self) -> None:
        votes = [dataclasses.replace(one, entry=str(one.number)) for one in traced(0, 1, 2, 3, domain="entreprise.ca")]
        assert kinds(votes) == []

    def test_the_contest_decides_from_how_many(self) -> None:
        strict = phase("vote", PhaseKind.VOTE, 10, keeps=1, same_domain=2)
        assert [one.kind for one in signs_among(traced(0, 200, domain="entreprise.ca"), strict)] == [VoteSign.DOMAIN]

    def test_domains_are_counted_and_one_of_few_votes_is_not_named(self) -> None:
        votes = [*traced(0, 1, 2, 3, domain="gmail.com"), *traced(4, domain="lea.ca")]
        told, others = count_domains(votes, VOTE)
        assert [(one.domain, one.votes, one.is_free) for one in told] == [("gmail.com", 4, True)]
        assert others == 1


def stuffed() -> tuple[Campaign, list[str]]:
    """Give a vote where one domain gave three votes to the second, and two people chose the first; and the finalists."""
    campaign, finalists = voting()
    with on(7):
        for number in range(3):
            cast(campaign, finalists[1], f"v{number}@entreprise.ca", "203.0.113.7")
        for name in ("a", "b"):
            cast(campaign, finalists[0], f"{name}@gmail.com", f"198.51.100.{len(name)}")
    return campaign, finalists


def test_votes_put_aside_are_not_counted_and_the_rest_can_be_redone(app: Flask, tmp_path: Path) -> None:
    campaign, (first, second, _third) = stuffed()
    by, step = manager_of(campaign), step_called(campaign, "vote")
    with on(11), unit():
        assert set_votes_aside(campaign, step, [1, 2, 3], "Trois adresses d’un même domaine.", by=by) == 3
    with on(11), unit():
        assert put_votes_back(campaign, step, [3], "Elle a confirmé au téléphone.", by=by) == 1
    with on(11), unit():
        closing = close_phase(campaign, "vote", "Dépouillé.", by=by)
    scores = {pick.nomination.ref: (pick.score, pick.is_kept) for pick in picks_of(closing) if pick.nomination}
    assert (scores[first], scores[second]) == ((2000, True), (1000, False))
    assert closing.record["votes"]["aside"] == [1, 2]
    assert first_broken_selection() is None
    assert {"votes_set_aside", "votes_put_back"} <= {one.event for one in audit.history(campaign)}
    with on(12), unit():
        name_laureates(campaign, by=by)
        release_results(campaign, by=by)
    published = app.test_client().get(f"/concours/{campaign.ref}/tirage.json").get_json()
    (told,) = [one for one in published["phases"] if one["phase"] == "vote"]
    assert (len(told["votes"]), told["aside"]) == (5, [1, 2]), "they stay in the list, marked"
    file = tmp_path / "tirage.json"
    file.write_text(json.dumps(published), encoding="utf-8")
    assert subprocess.run([sys.executable, SCRIPT, file], check=False, capture_output=True).returncode == 0
    told["aside"] = []
    file.write_text(json.dumps(published), encoding="utf-8")
    assert subprocess.run([sys.executable, SCRIPT, file], check=False, capture_output=True).returncode == 1


def test_a_vote_put_aside_or_back_behind_the_closing_is_found(app: Flask) -> None:
    campaign, _finalists = stuffed()
    by, step = manager_of(campaign), step_called(campaign, "vote")
    with on(11), unit():
        set_votes_aside(campaign, step, [1, 2, 3], "Un même domaine.", by=by)
    with on(11), unit():
        close_phase(campaign, "vote", "Dépouillé.", by=by)
    assert first_broken_selection() is None
    with unit():
        one = db.session.query(VoteSetAside).first()
        assert one is not None
        one.put_back_at, one.put_back_by = clock.now(), "quelqu’un"
    assert "the votes put aside are not those" in str(first_broken_selection())


def test_only_who_decides_weighs_with_a_reason_and_before_the_closing(app: Flask) -> None:
    campaign, _finalists = stuffed()
    step, agent = step_called(campaign, "vote"), make_staff(Role.AGENT, campaign.program).actor
    by = manager_of(campaign)
    with on(11):
        for who, numbers, reason, said in (
            (agent, [1], "Raison.", "d’autres que vous"),
            (by, [1], " ", "pourquoi"),
            (by, [99], "R.", "au moins"),
        ):
            with unit(), pytest.raises(Refusal, match=said):
                set_votes_aside(campaign, step, numbers, reason, by=who)
        with unit(), pytest.raises(Refusal, match="mis de côté"):
            put_votes_back(campaign, step, [1], "R.", by=by)
        with unit():
            close_phase(campaign, "vote", "Dépouillé.", by=by)
        with unit(), pytest.raises(Refusal, match="déjà close"):
            set_votes_aside(campaign, step, [1], "Raison.", by=by)


def test_how_votes_came_is_forgotten_with_who_voted(app: Flask) -> None:
    campaign, _finalists = stuffed()
    by = manager_of(campaign)
    with on(11), unit():
        close_phase(campaign, "vote", "Dépouillé.", by=by)
        name_laureates(campaign, by=by)
        release_results(campaign, by=by)
    traces = db.session.query(VoteTrace).all()
    assert {one.domain for one in traces} == {"entreprise.ca", "gmail.com"}
    assert not any("203.0.113" in one.network_digest for one in traces)
    with on(12 + 91):
        forget_vote_proofs()
    assert db.session.query(VoteTrace).count() == 0
    assert [one.domain for one in traced_votes(campaign, step_called(campaign, "vote"))] == [""] * 5


def test_staff_see_the_signs_put_votes_aside_and_the_voter_is_told(app: Flask, visitor: Visitor) -> None:
    campaign, finalists = voting()
    with on(7):
        tokens = [cast(campaign, finalists[0], f"v{number}@entreprise.ca") for number in range(3)]
        cast(campaign, finalists[1], "a@gmail.com")
        staff = make_staff(Role.MANAGER, campaign.program)
        here = f"/personnel/concours/{campaign.ref}/choix/vote"
        page = staff.open(here).follow("Votes et signes")
        assert "Même domaine de courriel : entreprise.ca" in page.text
        page = page.follow("entreprise.ca").fill("Appliquer la décision", votes=["1"], outcome="aside")
        assert page.status == 422
        page = page.fill("Appliquer la décision", votes=["1", "2"], outcome="aside", reason="Le propriétaire du domaine a voté trois fois.")
        assert "2 votes sont mis de côté." in page.text
        agent = make_staff(Role.AGENT, campaign.program)
        assert "se décide par d’autres" in agent.open(f"{here}/votes").follow("entreprise.ca").text
        assert staff.open(f"{here}/votes/domain-9").status == 404
        assert staff.open(f"/personnel/concours/{campaign.ref}/choix/verification/votes").status == 404
    by = manager_of(campaign)
    with on(11), unit():
        from certif.selections import judge_entry
        from certif.selections.phase_queries import entry_called

        for place, ref in enumerate(finalists[:2], 1):
            judge_entry(campaign, VOTE, entry_called(campaign, VOTE, ref), is_kept=True, place=place, reason="Égalité.", by=by)
    with on(11), unit():
        close_phase(campaign, "vote", "Dépouillé.", by=by)
        name_laureates(campaign, by=by)
        release_results(campaign, by=by)
    found = visitor.open(f"/concours/{campaign.ref}/resultats?recu={receipt_of(tokens[0])}")
    assert "il a été mis de côté avant la clôture" in found.text
    assert "est bien compté" in visitor.open(f"/concours/{campaign.ref}/resultats?recu={receipt_of(tokens[2])}").text
    assert "2 votes ont été mis de côté" in found.text

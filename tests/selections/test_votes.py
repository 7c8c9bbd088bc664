"""Votes: by a verified address only, one a person, in a chain where what is changed or added shows."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext

import pytest
from sqlalchemy.exc import IntegrityError

from certif.campaigns import Campaign, PhaseKind
from certif.kit import clock
from certif.kit.access import VISITOR
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.selections import (
    Vote,
    VoteProof,
    VoteTrace,
    close_phase,
    confirm_vote,
    entries_of,
    first_broken_selection,
    forget_vote_proofs,
    send_vote_code,
)
from certif.selections.phase_entries import picks_of, step_called
from certif.selections.vote_actions import receipt_of, voter_key
from tests.factories import code_in_letter, unit
from tests.pages import Visitor
from tests.selections.choosing import closed, contest, manager_of, named, on, phase

CHECK = phase("verification", PhaseKind.CHECK, 5)
VOTE = phase("vote", PhaseKind.VOTE, 10, keeps=1)


def voting(count: int = 3) -> tuple[Campaign, list[str]]:
    """Give a contest whose vote goes on, and its finalists."""
    campaign = contest(CHECK, VOTE)
    named(campaign, count)
    closed(campaign, "verification", manager_of(campaign), after=5)
    return campaign, [one.ref for one in entries_of(campaign, VOTE)]


def asked(campaign: Campaign, entry: str, email: str) -> tuple[str, str]:
    """Ask for a code; give the token of the page and the code of the letter."""
    with unit():
        token = send_vote_code(campaign, entry, email, language="fr", by=VISITOR)
    return token, code_in_letter(email.lower())


def cast(campaign: Campaign, entry: str, email: str) -> Vote:
    token, code = asked(campaign, entry, email)
    with unit():
        return confirm_vote(token, code, by=VISITOR)


def test_votes_are_counted_row_by_row_and_the_first_goes_on(app: object) -> None:
    campaign, (first, second, _third) = voting()
    with on(7):
        for number, entry in enumerate((second, first, second)):
            cast(campaign, entry, f"v{number}@exemple.com")
    with on(11), unit():
        closing = close_phase(campaign, "vote", "Dépouillé.", by=manager_of(campaign))
    scores = {pick.nomination.ref: (pick.score, pick.is_kept) for pick in picks_of(closing) if pick.nomination}
    assert scores[second] == (2000, True)
    assert scores[first] == (1000, False)
    assert closing.record["votes"]["count"] == 3
    assert first_broken_selection() is None


def test_one_vote_an_address_whatever_follows_its_plus_sign(app: object) -> None:
    campaign, (first, second, _third) = voting()
    with on(7):
        cast(campaign, first, "Lea.Roy@exemple.com")
        for twin in ("lea.roy@exemple.com", "lea.roy+2@exemple.com"):
            token, code = asked(campaign, second, twin)
            with unit(), pytest.raises(Refusal, match="on vote une fois"):
                confirm_vote(token, code, by=VISITOR)
        cast(campaign, second, "lea.roy2@exemple.com")
        phase_ = step_called(campaign, "vote")
        assert voter_key(campaign, phase_, "a.b.c@gmail.com") == voter_key(campaign, phase_, "abc+x@googlemail.com")
    assert db.session.query(Vote).count() == 2


def test_the_database_has_the_last_word_on_a_second_vote(app: object) -> None:
    campaign, (first, *_others) = voting()
    with on(7):
        vote = cast(campaign, first, "v@exemple.com")
    twin = {name: getattr(vote, name) for name in ("campaign_id", "phase", "entry", "voter_key", "previous", "digest", "cast_at")}
    with pytest.raises(IntegrityError), unit():
        db.session.add(Vote(**twin, number=2, receipt_digest="autre"))


def test_the_same_page_sent_again_gives_the_same_vote(app: object) -> None:
    campaign, (first, *_others) = voting()
    with on(7):
        token, code = asked(campaign, first, "v@exemple.com")
        with unit():
            vote = confirm_vote(token, code, by=VISITOR)
        with unit():
            assert confirm_vote(token, code, by=VISITOR).id == vote.id


def test_a_code_is_guessed_five_times_and_lives_a_quarter_of_an_hour(app: object) -> None:
    campaign, (first, *_others) = voting()
    with on(7):
        token, code = asked(campaign, first, "v@exemple.com")
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for _each in range(5):
            with unit(), pytest.raises(Refusal, match="pas le bon"):
                confirm_vote(token, wrong, by=VISITOR)
        with unit(), pytest.raises(Refusal, match="Trop d’essais"):
            confirm_vote(token, code, by=VISITOR)
        token, code = asked(campaign, first, "w@exemple.com")
        with clock.frozen(clock.now() + dt.timedelta(minutes=15)), unit(), pytest.raises(Refusal, match="pas le bon"):
            confirm_vote(token, code, by=VISITOR)
    assert db.session.query(Vote).count() == 0


def test_one_address_gets_ten_letters_a_day_and_no_word_of_anyone(app: object) -> None:
    campaign, (first, *_others) = voting()
    with on(7):
        for number in range(10):
            asked(campaign, first, f"v+{number}@exemple.com")
        with unit(), pytest.raises(Refusal, match="Trop d’essais"):
            send_vote_code(campaign, first, "v@exemple.com", language="fr", by=VISITOR)
    bodies = [one.body for one in db.session.query(Letter) if one.name == "selections/vote_code"]
    assert len(bodies) == 10
    assert not any("Boulangerie" in body or campaign.title_fr in body for body in bodies)


@pytest.mark.parametrize(("after", "is_open"), [(0, False), (1, True), (10, True), (11, False)])
def test_one_votes_on_its_days_only(app: object, after: int, is_open: bool) -> None:
    campaign, (first, *_others) = voting()
    with on(after):
        with unit(), nullcontext() if is_open else pytest.raises(Refusal, match="en ce moment"):
            assert send_vote_code(campaign, first, "v@exemple.com", language="fr", by=VISITOR)
        with unit(), pytest.raises(Refusal):
            send_vote_code(campaign, "personne", "v@exemple.com", language="fr", by=VISITOR)


def test_the_tie_of_a_vote_is_shown_and_settled_by_a_seed_or_a_place(app: object) -> None:
    campaign, (first, second, _third) = voting()
    with on(7):
        cast(campaign, first, "a@exemple.com")
        cast(campaign, second, "b@exemple.com")
    with on(11), unit(), pytest.raises(Refusal, match="égalité"):
        close_phase(campaign, "vote", "", by=manager_of(campaign))
    with on(11), unit():
        from certif.selections import commit_seed

        commit_seed(campaign, VOTE, by=manager_of(campaign))
    with on(12), unit():
        closing = close_phase(campaign, "vote", "Départagé.", by=manager_of(campaign))
    assert sum(pick.is_kept for pick in closing.picks) == 1
    assert first_broken_selection() is None


class TestChain:
    """What was changed or added is found, and named."""

    def voted(self) -> Campaign:
        campaign, (first, second, _third) = voting()
        with on(7):
            for number, entry in enumerate((first, first, second)):
                cast(campaign, entry, f"v{number}@exemple.com")
        with on(11), unit():
            close_phase(campaign, "vote", "Dépouillé.", by=manager_of(campaign))
        assert first_broken_selection() is None
        return campaign

    def test_a_changed_vote(self, app: object) -> None:
        self.voted()
        votes = db.session.query(Vote).order_by(Vote.number).all()
        with unit():
            votes[1].entry = votes[2].entry
        assert "vote 2 is not what it was" in str(first_broken_selection())

    def test_an_added_vote(self, app: object) -> None:
        campaign = self.voted()
        from certif.sampling import ticket_of
        from certif.selections.phase_recipe import vote_digest

        last = db.session.query(Vote).order_by(Vote.number.desc()).first()
        assert last is not None
        digest = vote_digest(last.digest, 4, ticket_of(last.entry), "r")
        more = {"campaign_id": campaign.id, "phase": "vote", "number": 4, "entry": last.entry, "receipt_digest": "r", "digest": digest}
        with unit():
            db.session.add(Vote(**more, voter_key="k", previous=last.digest, cast_at=last.cast_at))
        assert "vote 4 was added or taken out" in str(first_broken_selection())

    def test_a_vote_taken_out(self, app: object) -> None:
        self.voted()
        with unit():
            vote = db.session.query(Vote).filter_by(number=2).one()
            db.session.delete(db.session.query(VoteTrace).filter_by(vote_id=vote.id).one())
            db.session.flush()
            db.session.delete(vote)
        assert "vote 2 is not what it was" in str(first_broken_selection())

    def test_who_voted_is_forgotten_and_the_chain_stays(self, app: object) -> None:
        campaign = self.voted()
        from certif.selections import name_laureates, release_results

        by = manager_of(campaign)
        with on(12), unit():
            name_laureates(campaign, by=by)
            release_results(campaign, by=by)
        forget_vote_proofs()
        assert db.session.query(Vote).filter(Vote.voter_key.is_not(None)).count() == 3
        with on(12 + 91):
            forget_vote_proofs()
        db.session.expire_all()
        assert db.session.query(Vote).filter(Vote.voter_key.is_not(None)).count() == 0
        assert db.session.query(VoteProof).count() == 0
        assert first_broken_selection() is None


def test_someone_votes_on_the_pages_and_finds_the_vote_afterwards(app: object, visitor: Visitor) -> None:
    campaign, _finalists = voting()
    with on(7):
        page = visitor.open(f"/concours/{campaign.ref}/vote")
        assert "Boss" not in page.text, "no person is named"
        choices = [one["value"] for one in page.soup.find_all("input", {"type": "radio"})]
        page = page.fill("Recevoir le code", entry=choices[0], email="lea@exemple.com")
        page = page.fill("Voter", code="000000" if code_in_letter("lea@exemple.com") != "000000" else "111111")
        assert page.status == 409
        page = page.fill("Voter", code=code_in_letter("lea@exemple.com"))
        assert page.h1 == "Votre vote est compté"
        receipt = page.soup.find(id="recu")["value"]
        assert "Set-Cookie" not in page.response.headers
    with on(11), unit():
        from certif.selections import name_laureates, release_results

        by = manager_of(campaign)
        close_phase(campaign, "vote", "Dépouillé.", by=by)
        name_laureates(campaign, by=by)
        release_results(campaign, by=by)
    found = visitor.open(f"/concours/{campaign.ref}/resultats?recu={receipt}")
    assert "Le vote numéro 1 est bien compté" in found.text
    assert "Aucun vote" in visitor.open(f"/concours/{campaign.ref}/resultats?recu=AAAA-BBBB-CCCC").text
    assert visitor.open(f"/concours/{campaign.ref}/vote").status == 410
    assert len(receipt_of("x")) == 12


def test_the_contest_leads_to_its_vote_while_one_votes_and_to_its_results_after(app: object, visitor: Visitor) -> None:
    campaign, _finalists = voting()
    here = f"/concours/{campaign.ref}"
    with on(7):
        assert here in str(visitor.open("/concours").soup), "a contest that has just closed is still in the list"
        page = visitor.open(here).follow("Voter pour un finaliste")
        assert page.h1 == "Vote du public"
        assert page.follow("Revenir").follow("Voir comment les lauréats sont choisis").h1 == "Résultats"
    with on(11):
        assert "Voter pour un finaliste" not in visitor.open(here).text
    with on(200):
        assert here not in str(visitor.open("/concours").soup)
    with on(-20):
        assert not visitor.open(here).soup.select('main a[href$="/resultats"]'), "nobody votes while one nominates"

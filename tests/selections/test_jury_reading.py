"""What a juror reads: no name where names are hidden, and nothing of its own."""

from __future__ import annotations

import pytest

from certif.campaigns import Unit
from certif.employers import establishments_of
from certif.kit.errors import Refusal
from certif.selections import (
    RecusalKind,
    jury_actions,
    ranking_of,
)
from certif.selections.jury_queries import board_of
from tests.factories import make_employer, owner_of, unit
from tests.nominations.making import make_boss, make_nomination
from tests.selections.juries import Case, make_contest, make_jury, seat_someone


class TestBlindness:
    """Where names are hidden, none is anywhere."""

    NAMES = ("Ozymandias", "Poutinerie", "Xylophage", "Kryptonia", "Zorglub", "Fantômas", "Bételgeuse")

    def blind(self, *, is_blind: bool = True, comment: str = "") -> tuple[Case, list[str]]:
        """Give a jury of one duo full of names, and the pages its juror opens."""
        campaign = make_contest(contest={"unit": Unit.DUO}, is_blind=is_blind, shows_scores=True)
        employer = make_employer(legal_name="Xylophage inc.", trade_name="Poutinerie Zorglub", mrc=None, municipality="Kryptonia")
        boss = make_boss(campaign, establishment=establishments_of(employer)[0], person="Ozymandias Fantômas")
        said = {"exams": "Ozymandias, de la poutinerie ZORGLUB (Xylophage inc.) à Kryptonia, me donne congé. Signé Bételgeuse.",
                "schedule": "M. Fantomas m’écoute. Écrivez à bételgeuse@exemple.com."}  # fmt: skip
        make_nomination(boss, first_name="Bételgeuse", school="Polyvalente Kryptonia", answers=said)
        case = make_jury(2, 0, campaign=campaign)
        entry = case.entries[0]
        case.score(1, entry, 1, 1, comment=comment)
        case.score(0, entry, 1, 1)
        return case, ["/jury", case.path, f"{case.path}/{entry.ref}", f"{case.path}/{entry.ref}/retrait"]

    def test_no_page_of_a_juror_bears_a_name(self, app: object) -> None:
        case, paths = self.blind(comment="Je connais Ozymandias !")
        for path in paths:
            for spoken in ("", "/en"):
                whole = case.people[0].open(spoken + path).response.text.casefold()
                found = [name for name in self.NAMES if name.casefold() in whole]
                assert not found, f"{path} says {found}"
        page = case.people[0].open(paths[2])
        assert page.h1 == "Candidature 1"
        assert "me donne congé" in page.text
        assert "12 h de travail par semaine" in page.text

    def test_the_same_pages_say_them_where_they_are_not_hidden(self, app: object) -> None:
        """The twin."""
        case, paths = self.blind(is_blind=False)
        whole = case.people[0].open(paths[2]).response.text.casefold()
        assert [name for name in self.NAMES if name.casefold() not in whole] == []

    def test_no_export_bears_a_name_nor_an_address(self, app: object) -> None:
        case, _paths = self.blind(comment="Ozymandias")
        for name in ("bulletins.json", "verifier.py"):
            told = case.manager.client.get(f"{case.desk}/{name}", base_url=case.manager.base).text
            assert told
            for secret in (*self.NAMES, *(seat.email for seat in case.seats), *(seat.name for seat in case.seats)):
                assert secret.casefold() not in told.casefold()

    def test_words_that_nobody_approved_are_not_read(self, app: object) -> None:
        campaign = make_contest()
        boss = make_boss(campaign)
        make_nomination(boss, answers={"exams": "Des mots approuvés."})
        make_nomination(boss, approved=False, answers={"exams": "Des mots retenus."})
        case = make_jury(1, 0, campaign=campaign)
        page = case.people[0].open(f"{case.path}/{case.entries[0].ref}").text
        assert "Des mots approuvés." in page
        assert "Des mots retenus." not in page


class TestRecusals:
    """Nobody judges its own."""

    def test_a_juror_stands_aside_and_its_ballot_does_not_count_until_it_comes_back(self, app: object) -> None:
        case = make_jury(2, 1)
        entry = case.entries[0]
        case.score(0, entry, 5, 5)
        case.score(1, entry, 0, 0)
        page = case.people[0].open(f"{case.path}/{entry.ref}").follow("Me retirer de cette candidature")
        page = page.fill("Me retirer de cette candidature", kind="conflict", reason="Ma cousine y travaille.")
        assert "sera jugée sans vous" in page.response.text
        assert ranking_of(case.campaign, case.phase)[0].raw == 0
        with pytest.raises(Refusal, match="retiré"):
            case.score(0, entry, 5, 5, based_on=1)
        assert "1 sur 1" in page.text
        case.people[0].open(f"{case.path}/{entry.ref}").fill("Revenir à cette candidature")
        assert ranking_of(case.campaign, case.phase)[0].raw == 500

    def test_the_entry_goes_to_another_where_not_all_read_all(self, app: object) -> None:
        case = make_jury(3, 6, jurors_each=2)
        board = board_of(case.jury)
        mine = board.theirs(case.seats[0])[0]
        with unit():
            jury_actions.recuse(case.seats[0], mine, RecusalKind.ABSTENTION, "", by=case.people[0].actor)
        after = board_of(case.jury)
        readers = {seat for seat, entry in after.shared or () if entry == mine.id}
        assert readers == {case.seats[1].id, case.seats[2].id}
        assert mine in after.theirs(case.seats[0]), "who stood aside still sees it, to come back"

    def test_a_tie_that_the_register_tells_is_suggested_and_never_assigned(self, app: object) -> None:
        employer = make_employer()
        for each in (None, 1):
            campaign = make_contest(is_blind=True, jurors_each=each)
            make_nomination(make_boss(campaign, establishment=establishments_of(employer)[0]))
            case = make_jury(0, 0, campaign=campaign)
            seat_someone(case, owner_of(employer))
            if each is None:
                page = case.people[0].open(f"{case.path}/{case.entries[0].ref}")
                assert "vous agissez ou avez agi pour cet employeur" in page.text
                page = page.follow("Retirez-vous")
                assert page.soup.find("input", attrs={"name": "kind", "checked": True})["value"] == "conflict"
            else:
                assert board_of(case.jury).theirs(case.seats[0]) == []
                seat_someone(case)
                assert board_of(case.jury).theirs(case.seats[1]) == case.entries

    def test_no_tie_is_suggested_to_the_others(self, app: object) -> None:
        case = make_jury(1, 1)
        assert "avez agi" not in case.people[0].open(f"{case.path}/{case.entries[0].ref}").text

"""Nominations are held until somebody has read them: approved, set aside, struck, a pile at a time."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.kit.access import SYSTEM, Role
from certif.kit.clock import now
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.striking import StrikeKind
from certif.nominations import (
    Nomination,
    NominationReading,
    NominationStrike,
    NominationWithdrawal,
    approve_nomination,
    said_digest,
    set_aside_nomination,
    strike_nomination,
)
from certif.nominations.reading_hints import hints_in
from certif.territory import mrcs, region
from tests.factories import make_staff, unit
from tests.nominations.desk import approve, contest, held, make_boss, near_partner, tally
from tests.statements import statements

DIGEST = re.compile(r"[0-9a-f]{16}")


def words_of(nomination: Nomination) -> dict[str, str]:
    db.session.expire_all()
    return dict(nomination.answers)


class TestReading:
    def test_a_nomination_is_read_approved_and_the_next_one_follows(self, app: Flask) -> None:
        campaign, manager = contest()
        first, second = held(make_boss(campaign)), held(make_boss(campaign, "Dépanneur Chez Ti-Guy", person="Guy"))
        page = manager.open(f"/personnel/concours/{campaign.ref}/nominations")
        assert "À lire 2" in page.text
        assert "Approuvées 0" in page.text
        page = page.follow("Lire la première")
        assert page.path == f"/personnel/nominations/{first.ref}"
        page = page.fill("Approuver")
        assert page.path == f"/personnel/nominations/{second.ref}"
        assert "La nomination de Café du Coin est approuvée." in page.soup.get_text()
        db.session.expire_all()
        assert first.is_approved
        assert not second.is_approved
        page = page.fill("Approuver")
        assert page.path.endswith("/nominations"), "nothing is left to read"
        assert "Approuvées 2" in page.text

    def test_setting_aside_takes_it_out_of_the_count_and_changing_ones_mind_is_another_reading(self, app: Flask) -> None:
        campaign, manager = contest()
        boss = make_boss(campaign)
        nomination = held(boss)
        assert tally(boss) == 1, "what is held counts"
        page = manager.open(f"/personnel/nominations/{nomination.ref}").follow("Mettre de côté")
        assert page.fill("Mettre de côté").status == 422
        assert page.fill("Mettre de côté", reason="C’est une blague.").status == 200
        assert tally(boss) == 0
        shown = manager.open(f"/personnel/nominations/{nomination.ref}")
        assert "C’est une blague." in shown.text
        shown.fill("Approuver")
        assert tally(boss) == 1
        outcomes = db.session.scalars(select(NominationReading.outcome).order_by(NominationReading.number)).all()
        assert outcomes == ["set_aside", "approved"]
        with pytest.raises(Refusal, match="déjà approuvée"):
            approve(nomination, manager)

    def test_several_are_approved_from_the_list_and_one_that_changed_is_left(self, app: Flask) -> None:
        campaign, manager = contest()
        kept, changed = held(make_boss(campaign)), held(make_boss(campaign, "Resto du Quai"))
        page = manager.open(f"/personnel/concours/{campaign.ref}/nominations")
        values = [box["value"] for box in page.soup.select("input[name=chosen]")]
        assert len(values) == 2
        with unit():
            changed.answers = {"exams": "Autre chose."}
        page = page.fill("Approuver celles qui sont cochées", chosen=values)
        assert "1 nomination est approuvée." in page.soup.get_text()
        assert "Les autres ont changé" in page.soup.get_text()
        db.session.expire_all()
        assert (kept.outcome, changed.outcome) == ("approved", None)
        assert page.fill("Approuver celles qui sont cochées", chosen=[]).status == 409

    def test_words_that_changed_since_they_were_on_the_screen_are_read_again(self, app: Flask) -> None:
        campaign, manager = contest()
        nomination = held(make_boss(campaign))
        page = manager.open(f"/personnel/nominations/{nomination.ref}")
        with unit():
            nomination.answers = {"exams": "Tout autre chose."}
        assert page.fill("Approuver").status == 409
        db.session.expire_all()
        assert nomination.outcome is None

    def test_one_that_was_withdrawn_is_seen_no_more(self, app: Flask) -> None:
        campaign, manager = contest()
        nomination = held(make_boss(campaign))
        with unit():
            nomination.withdrawal = NominationWithdrawal(withdrawn_at=now(), withdrawn_by="visitor")
        assert manager.open(f"/personnel/nominations/{nomination.ref}").status == 404
        assert "À lire 0" in manager.open(f"/personnel/concours/{campaign.ref}/nominations").text
        with pytest.raises(Refusal, match="retirée"), unit():
            set_aside_nomination(nomination, "Trop tard.", by=manager.actor)


class TestWhoReads:
    def test_a_partner_reads_what_is_said_in_its_mrc_and_nothing_else(self, app: Flask) -> None:
        campaign, _manager = contest()
        near, far = mrcs(region("14"))[:2]
        here, there = held(make_boss(campaign, "Ici", mrc=near)), held(make_boss(campaign, "Ailleurs", mrc=far))
        partner = near_partner(campaign.program)
        page = partner.open(f"/personnel/concours/{campaign.ref}/nominations")
        assert "Ici" in page.text
        assert "Ailleurs" not in page.text
        assert "À lire 1" in page.text
        assert partner.open(f"/personnel/nominations/{there.ref}").status == 404
        assert partner.open(f"/personnel/nominations/{here.ref}").fill("Approuver").status == 200
        with pytest.raises(Refusal, match="rôle"), unit():
            approve_nomination(there, digest=said_digest(there), by=partner.actor)
        assert (
            partner.open(f"/personnel/concours/{campaign.ref}/nominations.csv?voir=a-lire").response.get_data(as_text=True).count("\n") == 1
        )

    def test_staff_of_another_region_find_nothing(self, app: Flask) -> None:
        campaign, _manager = contest()
        nomination = held(make_boss(campaign))
        other, _boss = contest()
        stranger = make_staff(Role.AGENT, other.program)
        assert stranger.open(f"/personnel/concours/{campaign.ref}/nominations").status == 404
        assert stranger.open(f"/personnel/nominations/{nomination.ref}").status == 404


class TestStriking:
    def test_words_are_struck_with_a_trace_and_kept_nowhere(self, app: Flask) -> None:
        campaign, manager = contest()
        nomination = held(make_boss(campaign), "Grâce à elle j’ai eu 92 % et Mathieu aussi.")
        page = manager.open(f"/personnel/nominations/{nomination.ref}").follow("Caviarder des mots")
        ticked = [box["value"] for box in page.soup.select("input[name=places][checked]")]
        assert ticked == ["0-5", "0-6", "0-8"], "a mark and a first name are pointed out"
        page = page.fill("Caviarder", places=["0-5", "0-6", "0-8"], kind="name")
        assert words_of(nomination)["exams"] == "Grâce à elle j’ai eu […] et […] aussi."
        assert "Mathieu" not in page.response.get_data(as_text=True)
        [strike] = db.session.scalars(select(NominationStrike)).all()
        assert (strike.kind, strike.count) == ("name", 3)

    def test_nothing_or_everything_is_refused(self, app: Flask) -> None:
        campaign, manager = contest()
        nomination = held(make_boss(campaign), "Bon boss")
        digest = said_digest(nomination)
        for places, sentence in (({"exams": [9]}, "au moins un mot"), ({"exams": [0, 1]}, "Il ne resterait rien")):
            with pytest.raises(Refusal, match=sentence), unit():
                strike_nomination(nomination, places, StrikeKind.OTHER, digest=digest, by=manager.actor)
        with pytest.raises(Refusal, match="viennent de changer"), unit():
            strike_nomination(nomination, {"exams": [0]}, StrikeKind.OTHER, digest="x", by=manager.actor)
        assert db.session.scalar(select(func.count()).select_from(NominationStrike)) == 0

    @pytest.mark.parametrize(
        ("words", "pointed"),
        [
            ("Julie est la meilleure boss.", {}),
            ("Mathieu lui doit tout.", {0: StrikeKind.NAME}),
            ("Avec Sarah-Maude on rit.", {1: StrikeKind.NAME}),
            ("Elle sait que j’ai un TDAH.", {5: StrikeKind.HEALTH}),
            ("J’ai eu 87 % en maths.", {2: StrikeKind.MARKS, 3: StrikeKind.MARKS}),
            ("J’ai eu 8/10 en maths.", {2: StrikeKind.MARKS}),
            ("Pas comme cet imbécile de gérant.", {3: StrikeKind.INSULT}),
            ("Écrivez-moi à moi@exemple.com merci.", {2: StrikeKind.NAME}),
            ("Il travaille à Joliette comme moi.", {}),
        ],
    )
    def test_what_may_have_to_be_struck_is_pointed_out(self, words: str, pointed: dict[int, StrikeKind]) -> None:
        assert hints_in(words, ["Julie", "Joliette"]) == pointed


class TestTakenAway:
    def test_what_is_exported_runs_nowhere_and_tells_no_address(self, app: Flask) -> None:
        campaign, manager = contest()
        manager.inspects = False
        nomination = held(make_boss(campaign, "=cmd|' /C calc'!A0"), "+418 555-1234", who="secret@exemple.com")
        approve(nomination, manager)
        path = f"/personnel/concours/{campaign.ref}/nominations"
        csv = manager.open(f"{path}.csv?voir=approuvees").response.get_data(as_text=True)
        assert "'=cmd" in csv
        assert "'+418" in csv
        assert "secret@exemple.com" not in csv
        book = manager.client.get(f"{path}.xlsx?voir=approuvees", base_url=manager.base).get_data()
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert manager.open(f"{path}.csv?voir=a-lire").response.get_data(as_text=True).count("\n") == 1

    def test_a_page_costs_the_same_for_one_and_for_twenty(self, app: Flask) -> None:
        campaign, manager = contest()
        path = f"/personnel/concours/{campaign.ref}/nominations"
        held(make_boss(campaign, "Café 0"))
        manager.open(path)
        with statements() as one:
            assert manager.open(path).status == 200
        for number in range(1, 20):
            held(make_boss(campaign, f"Café {number}"))
        manager.open(path)
        with statements() as twenty:
            assert manager.open(path).status == 200
        assert len(twenty) == len(one)


def test_the_system_reads_nothing_by_itself(app: Flask) -> None:
    campaign, _manager = contest()
    nomination = held(make_boss(campaign))
    with pytest.raises(Refusal), unit():
        approve_nomination(nomination, digest=said_digest(nomination), by=SYSTEM)

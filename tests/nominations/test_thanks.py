"""Every boss that was named is thanked within a day, once: by a letter, or by a card that somebody hands over."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from certif.employers import establishments_of
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.nominations import BossThanks, merge_bosses, set_aside_nomination, thank_after_results
from tests.factories import Person, make_employer, make_staff, make_user, unit
from tests.nominations.desk import agree, approve, contest, held, make_boss, run_jobs

SOON = dt.timedelta(hours=3)


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.name.startswith("nominations/boss_thanked")).order_by(Letter.id)))


def thanks() -> list[tuple[int, str, str]]:
    db.session.expire_all()
    rows = db.session.scalars(select(BossThanks).order_by(BossThanks.id))
    return [(one.boss_id, one.kind, one.carrier) for one in rows]


def later() -> None:
    with clock.frozen(clock.now() + SOON):
        run_jobs()


def pdf_words(person: Person, path: str) -> tuple[int, str]:
    content = person.client.get(path, base_url=person.base).get_data()
    pages = PdfReader(io.BytesIO(content)).pages
    return len(pages), " ".join(" ".join(page.extract_text().split()) for page in pages)


class TestLetters:
    def test_a_known_employer_is_written_to_in_its_language_with_what_students_agree_to(self, app: Flask) -> None:
        campaign, manager = contest()
        employer = make_employer(make_user("boss@exemple.com", language="en"), establishment="Corner Café")
        boss = make_boss(campaign, establishment=establishments_of(employer)[0])
        approve(held(boss, "Ne dites rien.", first_name="Secret"), manager)
        approve(agree(held(boss, "Elle me laisse étudier.", first_name="Anonyme"), "nomination_words", "nomination_name"), manager)
        told = agree(held(boss, "She asks about my exams.", first_name="Alexis", language="en"), "nomination_boss", "nomination_name")
        approve(told, manager)
        assert letters() == [], "there is time to change one’s mind"
        later()
        later()
        [letter] = letters()
        assert (letter.to_address, letter.language) == ("boss@exemple.com", "en")
        assert "“She asks about my exams.” — Alexis" in letter.body
        assert "Elle me laisse étudier." in letter.body
        for unsaid in ("Ne dites rien", "Secret", "Anonyme"):
            assert unsaid not in letter.body
        assert thanks() == [(boss.id, "named", "letter")]

    def test_a_boss_whose_nominations_were_all_set_aside_is_not_thanked(self, app: Flask) -> None:
        campaign, manager = contest()
        boss = make_boss(campaign)
        nomination = approve(held(boss), manager)
        with unit():
            set_aside_nomination(nomination, "Erreur.", by=manager.actor)
        later()
        assert thanks() == []
        approve(nomination, manager)
        with clock.frozen(clock.now() + SOON + SOON):
            run_jobs()
        assert len(thanks()) <= 1

    def test_a_boss_that_was_merged_is_thanked_as_the_one_it_stands_for(self, app: Flask) -> None:
        campaign, manager = contest()
        merged, kept = make_boss(campaign, "Un"), make_boss(campaign, "Deux")
        approve(held(merged), manager)
        with unit():
            merge_bosses(merged, kept, by=manager.actor)
        later()
        assert thanks() == [(kept.id, "named", "card")]

    def test_words_that_look_like_an_address_lead_nowhere(self, app: Flask) -> None:
        campaign, manager = contest()
        employer = make_employer(make_user("boss2@exemple.com"))
        boss = make_boss(campaign, establishment=establishments_of(employer)[0])
        approve(agree(held(boss, "Allez sur www.evil.tld {{7*7}}"), "nomination_words"), manager)
        later()
        [letter] = letters()
        assert "www.evil.tld" not in letter.body
        assert "{{7*7}}" in letter.body


class TestCards:
    def test_who_has_no_address_gets_a_card_and_it_is_noted_when_it_is_handed_over(self, app: Flask) -> None:
        campaign, manager = contest()
        boss = make_boss(campaign, "Dépanneur Chez Ti-Guy", person="Guy")
        approve(agree(held(boss, "Il change mon horaire.", first_name="Alexis"), "nomination_words"), manager)
        later()
        assert thanks() == [(boss.id, "named", "card")]
        path = f"/personnel/concours/{campaign.ref}/remerciements"
        count, words = pdf_words(manager, f"{path}.pdf")
        assert count == 2
        assert "Dépanneur Chez Ti-Guy" in words
        assert "Il change mon horaire." in words
        assert "Alexis" not in words
        page = manager.open(path)
        late = make_boss(campaign, "Arrivé après")
        approve(held(late), manager)
        later()
        page = page.fill("Noter ces cartes comme remises")
        assert "1 carte est notée comme remise." in page.soup.get_text()
        assert "Arrivé après" in page.text
        assert "Dépanneur" not in page.text
        assert "Carte remise" in manager.open(f"{path}?voir=tous").text
        assert pdf_words(manager, f"/personnel/boss/{boss.ref}/carte.pdf")[0] == 2

    def test_no_card_is_no_file(self, app: Flask) -> None:
        campaign, manager = contest()
        boss = make_boss(campaign)
        assert manager.open(f"/personnel/concours/{campaign.ref}/remerciements.pdf").status == 404
        assert manager.open(f"/personnel/boss/{boss.ref}/carte.pdf").status == 404
        assert "Aucune carte n’attend" in manager.open(f"/personnel/concours/{campaign.ref}/remerciements").text


class TestAfterResults:
    def test_all_but_the_laureates_get_a_second_letter_once(self, app: Flask) -> None:
        campaign, manager = contest()
        employer = make_employer(make_user("boss3@exemple.com"))
        bosses = [
            make_boss(campaign, establishment=establishments_of(employer)[0]),
            make_boss(campaign, "Deux"),
            make_boss(campaign, "Trois"),
        ]
        for boss in bosses[:2]:
            approve(held(boss), manager)
        winner = make_boss(campaign, "Gagnant")
        approve(held(winner), manager)
        later()
        with unit():
            thank_after_results(campaign, [winner.id], by=manager.actor)
        later()
        with unit():
            thank_after_results(campaign, [winner.id], by=manager.actor)
        later()
        named = [(bosses[0].id, "named", "letter"), (bosses[1].id, "named", "card"), (winner.id, "named", "card")]
        assert thanks() == [*named, (bosses[0].id, "results", "letter"), (bosses[1].id, "results", "card")]
        assert "est terminé" in letters()[-1].body

    def test_a_stranger_thanks_nobody(self, app: Flask) -> None:
        campaign, _manager = contest()
        stranger = make_staff(Role.MANAGER, contest()[0].program)
        with pytest.raises(Refusal), unit():
            thank_after_results(campaign, [], by=stranger.actor)
        with unit():
            thank_after_results(campaign, [], by=SYSTEM)

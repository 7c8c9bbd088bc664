"""«Qu’est-ce qui fait un bon employeur ?»: words that nobody can tie to anyone, read by a team, and published only as they may be."""

from __future__ import annotations

import datetime as dt
import io
import threading

import pytest
from flask import Flask
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import func, inspect, select

from certif import portraits
from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.striking import StrikeKind, digest_of
from certif.surveys import BoxedWords, SurveyDoor, VoxPop, fold_words, quotes_of
from certif.surveys.vox_actions import publish_words, set_aside_words, strike_words, withdraw_words
from certif.surveys.vox_folding import forget_words
from certif.surveys.vox_model import WordsSettlement, WordsStrike
from certif.territory import partners
from tests.factories import make_program, make_staff, unit
from tests.pages import Visitor
from tests.portraits import telling
from tests.surveys.asking import ask, open_door, respond
from tests.surveys.running import BOSS
from tests.surveys.speaking import WORDS, boxed_words, heard, make_hearing, publish, say
from tests.surveys.test_at_once import BASE, CANARY_ADDRESS, CANARY_AGENT, busy, count, everything, opened  # noqa: F401

DAY = dt.timedelta(days=1)


def strike(vox: VoxPop, *places: int, kind: StrikeKind = StrikeKind.NAME) -> None:
    with unit():
        strike_words(vox, places, kind, digest=digest_of(vox.words), by=BOSS)


def taken_away(visitor: Visitor) -> tuple[str, str]:
    """Give what a portrait says on paper and in its workbook."""
    pdf, xlsx = (visitor.client.get(f"/portrait/14/portrait.{kind}", base_url=visitor.base).data for kind in ("pdf", "xlsx"))
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(xlsx))
    paper = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    return paper.replace("\u00a0", " "), str([sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names])


class TestLeaving:
    def test_it_is_offered_after_the_thanks_on_a_page_of_its_own(self, visitor: Visitor, door: SurveyDoor) -> None:
        page = respond(visitor, door.code).follow("Dire mon mot")
        assert page.path == f"/s/{door.code}/mot"
        assert page.soup.find("input", {"name": "has_consent"}).get("checked") is None
        thanks = page.fill("Envoyer mes mots", words="Il  demande comment\nvont mes cours.", has_consent=True)
        assert (thanks.status, thanks.h1) == (200, "Merci pour vos mots !")
        (kept,) = boxed_words()
        assert (kept.words, kept.language, kept.has_consent) == ("Il demande comment vont mes cours.", "fr", True)
        assert visitor.client.get_cookie("formulaires") is None

    def test_without_the_tick_nothing_may_be_published_and_english_is_as_good(self, visitor: Visitor, door: SurveyDoor) -> None:
        page = visitor.open(f"/en/s/{door.code}/mot")
        assert page.fill(None, words="They ask how school is going.").status == 200
        assert [(one.language, one.has_consent) for one in boxed_words()] == [("en", False)]

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("", "Écrivez quelques mots"),
            (" \u200b\u202e… ", "Écrivez quelques mots"),
            ("é" * 281, "Raccourcissez ce texte à 280 signes"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_kept(self, visitor: Visitor, door: SurveyDoor, typed: str, sentence: str) -> None:
        page = visitor.open(f"/s/{door.code}/mot").fill(None, words=typed)
        assert page.status == 422
        assert sentence in page.errors()[0]
        assert boxed_words() == []

    def test_markup_and_signs_that_turn_words_around_are_only_words(self, app: Flask, door: SurveyDoor) -> None:
        visitor = Visitor(app, inspects=False)
        visitor.open(f"/s/{door.code}/mot").fill(None, words="<script>alert(1)</script>\u202e l’ami\x00 & moi", has_consent=True)
        (kept,) = boxed_words()
        assert kept.words == "<script>alert(1)</script> l’ami & moi"
        say(door, *WORDS[:4])
        assert [len(one.words) > 0 for one in heard(door)] == [True] * 5
        [vox] = db.session.scalars(select(VoxPop).where(VoxPop.words.startswith("<script>")))
        manager = make_staff(Role.MANAGER, vox.survey.program)
        manager.inspects = False
        assert "&lt;script&gt;alert(1)" in manager.open(f"/personnel/mots/{vox.ref}").response.get_data(as_text=True)

    def test_a_page_that_was_tampered_with_asks_again_and_keeps_what_was_typed(self, visitor: Visitor, door: SurveyDoor) -> None:
        page = visitor.open(f"/s/{door.code}/mot").fill(None, words="Il écoute.", feuille="autre")
        assert page.status == 422
        assert page.soup.find("textarea").text.strip() == "Il écoute."
        assert page.fill(None).status == 200
        assert len(boxed_words()) == 1

    def test_only_students_are_heard_and_only_while_the_survey_runs(self, app: Flask, visitor: Visitor) -> None:
        _survey, door = make_hearing()
        with unit():
            parents, over = open_door(ask(slug="parents")), open_door(ask(opens=-9, closes=-1))
        assert visitor.open(f"/s/{parents.code}/mot").status == 404
        assert visitor.open("/s/RIEN99/mot").status == 404
        assert visitor.open(f"/s/{over.code}/mot").status == 410
        assert visitor.open(f"/s/{door.code}/mot").status == 200

    def test_a_class_speaks_at_once_and_nothing_is_left_of_who_and_when(self, busy: Flask) -> None:  # noqa: F811
        _survey, code = opened(busy)
        before, gate, statuses = everything(busy), threading.Barrier(20), list[int]()
        shown = busy.test_client().get(f"/s/{code}/mot", base_url=BASE).get_data(as_text=True)
        mark = shown.split('name="feuille" value="')[1].split('"')[0]

        def post() -> None:
            gate.wait()
            headers, where = {"User-Agent": CANARY_AGENT}, {"REMOTE_ADDR": CANARY_ADDRESS}
            sent = busy.test_client().post(
                f"/s/{code}/mot", data={"words": "Il écoute.", "feuille": mark}, base_url=BASE, headers=headers, environ_overrides=where
            )
            statuses.append(sent.status_code)

        presses = [threading.Thread(target=post) for _each in range(20)]
        for press in presses:
            press.start()
        for press in presses:
            press.join()
        after = everything(busy)
        assert statuses == [200] * 20
        assert {name for name in after if after[name] != before[name]} == {"boxed_words"}
        assert count(busy, BoxedWords) == 1, "one page pressed twenty times says one thing"
        assert not any(canary in row for rows in after.values() for row in rows for canary in (CANARY_AGENT, CANARY_ADDRESS))
        with busy.app_context():
            say(db.session.scalars(select(SurveyDoor).where(SurveyDoor.code == code)).one(), *WORDS[:4])
            fold_words()
        assert (count(busy, BoxedWords), count(busy, VoxPop)) == (0, 5)

    def test_no_table_of_words_knows_a_way_in_an_answer_or_an_instant(self, app: Flask) -> None:
        for table in (BoxedWords.__table__, VoxPop.__table__):
            assert {key.target_fullname for key in table.foreign_keys} == {"survey.id"}
            assert {column.name for column in table.columns if "DATE" in str(column.type).upper()} <= {"week"}
            if db.engine.dialect.name == "sqlite":
                [made] = db.session.execute(db.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table.name}).scalars()
                assert "WITHOUT ROWID" in made
        assert {column["name"] for column in inspect(db.engine).get_columns("boxed_response")} >= {"door_id"}, "the search would see one"


class TestReading:
    def test_the_team_sees_nothing_before_five_are_there(self, app: Flask) -> None:
        program = make_program()
        survey, door = make_hearing(program)
        agent = make_staff(Role.AGENT, program)
        say(door, *WORDS[:4])
        fold_words()
        assert "Rien ici" in agent.open(f"/personnel/sondages/{survey.ref}").follow("Mots des élèves").text
        heard(door, WORDS[4])
        page = agent.open(f"/personnel/sondages/{survey.ref}/mots")
        assert len(page.soup.select("blockquote")) == 5
        [week] = set(db.session.scalars(select(VoxPop.week)))
        assert week.weekday() == 0
        say(door, "Et moi !")
        fold_words()
        assert "Et moi" not in agent.open(f"/personnel/sondages/{survey.ref}/mots").text, "nor does a sixth come alone"

    def test_a_partner_and_another_region_read_nothing(self, app: Flask) -> None:
        survey, door = make_hearing(make_program())
        [vox, *_rest] = heard(door)
        for path in (f"/personnel/sondages/{survey.ref}/mots", f"/personnel/mots/{vox.ref}"):
            assert make_staff(Role.MANAGER, make_program()).open(path).status == 404
            assert make_staff(Role.PARTNER, survey.program, partner=partners()[0]).open(path).status == 403

    def test_a_name_is_struck_kept_nowhere_and_the_strike_says_who_and_why(self, app: Flask) -> None:
        program = make_program()
        _survey, door = make_hearing(program)
        [_first, vox, *_rest] = heard(door)
        agent = make_staff(Role.AGENT, program)
        page = agent.open(f"/personnel/mots/{vox.ref}").follow("Caviarder des mots")
        assert page.fill("Caviarder", kind="name").status == 422
        page.fill("Caviarder", places=["0", "1"], kind="name")
        db.session.refresh(vox)
        assert vox.words == "[…] me donne congé avant les examens."
        [trace] = db.session.scalars(select(WordsStrike))
        assert (trace.count, trace.kind, trace.struck_by) == (2, "name", agent.actor.ref)
        [entry] = audit.history(vox)
        assert (entry.event, entry.by_name) == ("words_struck", agent.actor.name)
        assert "Un nom, ou ce qui fait reconnaître quelqu’un" in entry.sentence
        assert not any(
            "Untel" in str(row) for row in db.session.execute(db.text("SELECT words FROM vox_pop UNION SELECT facts FROM journal_entry"))
        )

    def test_what_changed_on_the_way_or_leaves_nothing_is_refused(self, app: Flask) -> None:
        [_first, vox, _third, short, _last] = heard(make_hearing()[1])
        before = digest_of(vox.words)
        strike(vox, 1)
        assert vox.words == "Madame […] me donne congé avant les examens."
        for act, sentence in (
            (lambda: strike_words(vox, [0], StrikeKind.NAME, digest=before, by=BOSS), "caviardés par quelqu’un d’autre"),
            (lambda: publish_words(vox, digest=before, by=BOSS), "caviardés par quelqu’un d’autre"),
            (lambda: strike_words(vox, [1, 99, -1], StrikeKind.NAME, digest=digest_of(vox.words), by=BOSS), "au moins un mot"),
            (lambda: strike_words(short, [0, 1], StrikeKind.OTHER, digest=digest_of(short.words), by=BOSS), "Il ne resterait rien"),
            (lambda: withdraw_words(vox, "Erreur.", by=BOSS), "ne sont pas publiés"),
        ):  # fmt: skip
            with pytest.raises(Refusal, match=sentence), unit():
                act()
        strike(vox, 0)
        assert vox.words == "[…] me donne congé avant les examens.", "two strikes side by side read as one"

    def test_only_words_with_consent_are_published_and_what_is_settled_stays(self, app: Flask) -> None:
        _survey, door = make_hearing()
        [silent, *_rest] = heard(door, has_consent=False)
        with pytest.raises(Refusal, match="pas accepté"), unit():
            publish_words(silent, digest=digest_of(silent.words), by=BOSS)
        manager = make_staff(Role.MANAGER, silent.survey.program)
        page = manager.open(f"/personnel/mots/{silent.ref}")
        assert "Publier ces mots" not in page.text
        page.follow("Mettre de côté").fill("Mettre de côté", reason="Hors sujet.")
        with pytest.raises(Refusal, match="déjà décidé"), unit():
            set_aside_words(silent, "Encore.", by=BOSS)
        assert silent.words in manager.open(f"/personnel/sondages/{silent.survey.ref}/mots?voir=de-cote").text


class TestTelling:
    def test_published_words_stand_on_the_portrait_without_school_or_date_until_they_are_withdrawn(self, visitor: Visitor) -> None:
        program = make_program(code="14")
        survey, door = make_hearing(program)
        with unit():
            survey.school_year, door.school = telling.YEAR, "École des Canaris"
        telling.fold(telling.make_survey(program), telling.make_students(1, 60, mrcs=["joliette"]))
        with unit():
            portraits.release_portrait(program, telling.YEAR, by=SYSTEM)
        [first, second, *_rest] = heard(door)
        english = heard(door, *(f"They listen to me {number}." for number in range(5)))[0]
        with unit():
            english.language = "en"
        assert WORDS[0] not in visitor.open("/portrait/14").text
        manager = make_staff(Role.MANAGER, program)
        manager.open(f"/personnel/mots/{first.ref}").fill("Publier ces mots")
        publish(english)
        shown = visitor.open("/portrait/14").soup.select(".quotes blockquote")
        assert sorted((one["lang"], one.text) for one in shown) == [("en", "They listen to me 0."), ("fr", WORDS[0])]
        told = visitor.client.get("/portrait/14/portrait.json", base_url=visitor.base)
        assert {"language": "fr", "words": WORDS[0]} in told.get_json()["student_words"]
        assert not any(secret in told.get_data(as_text=True) for secret in ("Canaris", second.words, first.week.isoformat(), first.ref))
        assert all(WORDS[0] in found for found in taken_away(visitor))
        manager.open(f"/personnel/mots/{first.ref}").follow("Retirer ces mots").fill("Retirer", reason="Un nom nous a échappé.")
        assert not any(WORDS[0] in found for found in taken_away(visitor))
        assert [one.text for one in visitor.open("/portrait/14").soup.select(".quotes blockquote")] == ["They listen to me 0."]

    def test_a_thirteenth_waits_for_a_place(self, app: Flask) -> None:
        survey, door = make_hearing()
        found = heard(door, *(f"Il écoute, {number} fois." for number in range(13)))
        publish(*found[:12])
        with pytest.raises(Refusal, match="déjà 12 mots"):
            publish(found[12])
        with unit():
            withdraw_words(found[0], "Une autre fois.", by=BOSS)
        publish(found[12])
        assert len(quotes_of(survey.program_id, survey.school_year)) == 12

    def test_words_are_forgotten_in_their_time_and_what_was_decided_is_not(self, app: Flask) -> None:
        _survey, door = make_hearing()
        apart, withdrawn, shown, held, _fifth = heard(door)
        publish(withdrawn, shown)
        with unit():
            set_aside_words(apart, "Hors sujet.", by=BOSS)
            withdraw_words(withdrawn, "Erreur.", by=BOSS)
        say(door, "Seul.")
        for days, kept in ((60, {apart, withdrawn, shown, held}), (91, {shown, held}), (373, {shown})):
            with clock.frozen(clock.now() + days * DAY):
                forget_words()
            db.session.expire_all()
            assert {one for one in (apart, withdrawn, shown, held) if one.words} == kept, days
            assert len(boxed_words()) == (days < 61), "too few came, and the survey is long over"
        assert db.session.scalar(select(func.count()).select_from(WordsSettlement)) == 3

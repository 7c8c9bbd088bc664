"""A student names a boss: found or described, shown to be theirs by a code, once, and never more than the contest allows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from certif.campaigns import Campaign, CampaignEnding, Eligibility, Tie, UnderAge
from certif.consents import Consent
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.nominations import Boss, BossTally, Nomination, NominationTrace, NominatorContact, Way, merge_bosses
from certif.nominations.nominate_model import NamedPerson, NominationDraft
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import make_program, make_staff, unit
from tests.nominations.nominating import code_in, nominate, receipt_in, say, typed
from tests.pages import Visitor

STRICT = Eligibility(
    least_age=14, levels=("secondary",), most_hours=20, most_hours_under=16, ties=(Tie.WORKS, Tie.STUDIES), has_interns=True
)


def contest(**decided: Any) -> Campaign:
    return make_campaign(make_program(code="14"), **decided)


@pytest.fixture
def campaign(app: object) -> Campaign:
    return contest()


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def the_nomination() -> Nomination:
    return db.session.scalars(select(Nomination)).one()


def test_a_student_names_a_boss_with_a_code_by_letter(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    page = say(visitor, campaign)
    assert page.h1 == "Il reste un code à taper"
    assert count(Nomination) == 0, "nothing counts before the code"
    page = page.fill("Confirmer", code=code_in(letters))
    assert page.h1 == "Merci : votre boss est en nomination !"
    nomination = the_nomination()
    assert (nomination.way, nomination.first_name, nomination.age_band, nomination.reading) == (Way.EMAIL, "Alexis", "16_17", None)
    assert nomination.answers == {"exams": "Elle me donne congé avant mes examens."}
    assert (nomination.boss.name, nomination.boss.person, nomination.boss.mrc.slug) == ("Café du Coin", "Julie", "joliette")
    assert db.session.get_one(BossTally, nomination.boss_id).count == 1
    assert nomination.contact is not None and nomination.contact.email == "alexis@exemple.com"
    assert "alexis" not in nomination.nominator_key
    assert count(NominationDraft) == count(Consent) == 0
    assert receipt_in(page).replace(" ", "") and receipt_in(page) in letters.last("alexis@exemple.com").body


def test_the_pages_set_no_cookie_and_what_is_only_read_may_be_kept(visitor: Visitor, campaign: Campaign) -> None:
    for path in (f"/n/{campaign.ref}", f"/n/{campaign.ref}?lieu=autre", f"/en/n/{campaign.ref}"):
        answer = visitor.open(path).response
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"].startswith("public"), path
    assert visitor.open(f"/n/{campaign.ref}?coupon=ABC").response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in say(visitor, campaign).response.headers


def test_the_same_page_sent_again_is_one_draft_and_one_letter(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    say(visitor, campaign)
    say(visitor, campaign)
    assert count(NominationDraft) == len(letters.all()) == 1


@pytest.mark.parametrize("email", ["alexis@exemple.com", "ALEXIS@exemple.com", "alexis+2@exemple.com"])
def test_one_student_names_one_boss_once_under_any_spelling(visitor: Visitor, campaign: Campaign, letters: Mailbox, email: str) -> None:
    nominate(visitor, campaign, letters)
    page = nominate(visitor, campaign, letters, email=email, why_exams="Encore.", name="CAFE DU COIN!")
    assert page.status == 409
    assert "déjà nommé" in page.errors()[0]
    assert count(Nomination) == count(Boss) == 1


def test_dots_do_not_make_another_student_where_the_host_ignores_them(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    nominate(visitor, campaign, letters, email="a.lexis+x@gmail.com")
    assert nominate(visitor, campaign, letters, email="alexis@googlemail.com").status == 409


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("name", "nom du lieu"), ("municipality", "ville"), ("mrc", "MRC"), ("why_exams", "une phrase"), ("email", "coupon"),
        ("person", "Remplissez"), ("first_name", "Remplissez"), ("school", "Remplissez"), ("level", "Choisissez"), ("age", "Choisissez"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_kept(visitor: Visitor, campaign: Campaign, missing: str, sentence: str) -> None:
    page = say(visitor, campaign, **{missing: None})
    assert page.status == 422
    assert sentence in page.errors()[0]
    assert count(NominationDraft) == 0


def test_two_students_who_describe_one_place_make_one_boss(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    nominate(visitor, campaign, letters)
    nominate(visitor, campaign, letters, email="sam@exemple.com", name="café du coin", person="Mme Roy")
    boss = db.session.scalars(select(Boss)).one()
    assert db.session.get_one(BossTally, boss.id).count == 2
    assert boss.person == "Julie"
    assert db.session.scalars(select(NamedPerson.person)).all() == ["Mme Roy"]


def test_what_was_merged_counts_where_it_was_moved(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    nominate(visitor, campaign, letters)
    nominate(visitor, campaign, letters, name="Le Café du Coin", email="sam@exemple.com")
    first, second = db.session.scalars(select(Nomination).order_by(Nomination.id)).all()
    with unit():
        merge_bosses(second.boss, first.boss, by=make_staff(Role.MANAGER, campaign.program).actor)
    nominate(visitor, campaign, letters, name="Le Café du Coin", email="lou@exemple.com")
    third = db.session.scalars(select(Nomination).order_by(Nomination.id)).all()[-1]
    assert (third.named_id, third.boss_id) == (second.named_id, first.boss_id)


def test_a_student_names_five_bosses_and_no_more(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    start = clock.now()
    for number in range(6):
        with clock.frozen(start + dt.timedelta(minutes=11 * number)):
            page = nominate(visitor, campaign, letters, name=f"Café {number}")
    assert page.status == 409
    assert "5 boss" in page.errors()[0]
    assert count(Nomination) == 5
    assert count(Boss) == 5, "nothing is left of the sixth"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"level": "university"}, "niveaux d’études"),
        ({"age": "14_15", "hours": 25}, "20 heures"),
        ({"age": "14_15", "hours": None}, "combien d’heures"),
        ({"studies": None}, "étudie dans la région"),
    ],
)
def test_who_the_contest_is_not_for_is_told_so_and_what_was_typed_is_kept(
    visitor: Visitor, letters: Mailbox, app: object, changes: dict[str, Any], sentence: str
) -> None:
    page = say(visitor, contest(eligibility=STRICT), **{"hours": 12, "studies": True, **changes})
    assert page.status == 409
    assert sentence in page.errors()[0]
    assert "Elle me donne congé" in page.soup.select_one("textarea").get_text()
    assert count(NominationDraft) == len(letters.all()) == 0


def test_an_older_student_is_not_held_to_the_hours_of_the_young(visitor: Visitor, letters: Mailbox, app: object) -> None:
    page = nominate(visitor, contest(eligibility=STRICT), letters, hours=30, studies=True, is_intern=True)
    assert page.status == 200
    assert the_nomination().is_intern


@pytest.mark.parametrize(("least", "age"), [(14, "under_14"), (15, "14"), (15, "under_14")])
def test_nothing_is_kept_of_who_is_too_young(visitor: Visitor, letters: Mailbox, app: object, least: int, age: str) -> None:
    page = say(visitor, contest(eligibility=Eligibility(least_age=least)), age=age)
    assert page.h1 == "Merci d’avoir pensé à votre boss"
    assert count(NominationDraft) == count(Boss) == len(letters.all()) == 0


def test_a_child_waits_for_a_parent_who_presses_one_button(visitor: Visitor, letters: Mailbox, app: object) -> None:
    campaign = contest(eligibility=Eligibility(under_age=UnderAge.PARENT))
    assert say(visitor, campaign, age="under_14").status == 422, "the address of a parent is asked"
    page = say(visitor, campaign, age="under_14", email=None, parent_email="parent@exemple.com", agrees_nomination_name=True)
    assert page.h1 == "Un parent doit accepter"
    assert count(Nomination) == 0
    letter = letters.last("parent@exemple.com")
    assert "Alexis" not in letter.body and "Café" not in letter.body
    link = next(word for word in letter.body.split() if "/parent/" in word)
    page = visitor.open(link)
    assert "Elle me donne congé" in page.text
    assert count(Nomination) == 0, "opening the link is not agreeing"
    page = page.fill("J’accepte")
    assert page.h1.startswith("Merci")
    assert (the_nomination().age_band, the_nomination().contact.email) == ("under_14", "parent@exemple.com")
    assert [consent.purpose for consent in db.session.scalars(select(Consent))] == ["nomination_name"]
    assert visitor.open(link).status == 410


def test_consents_are_unticked_and_each_is_kept_alone(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    page = visitor.open(f"/n/{campaign.ref}?lieu=autre")
    boxes = page.soup.select("input[type=checkbox]")
    assert len(boxes) == 6
    assert not any(box.has_attr("checked") for box in boxes)
    nominate(visitor, campaign, letters, agrees_nomination_words=True)
    consent = db.session.scalars(select(Consent)).one()
    assert (consent.purpose, consent.subject) == ("nomination_words", f"Nomination:{the_nomination().ref}")


def test_a_wrong_code_counts_nothing_and_the_sixth_guess_is_refused(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    page = say(visitor, campaign)
    right = code_in(letters)
    for _each in range(5):
        page = page.fill("Confirmer", code="000000" if right != "000000" else "000001")
        assert page.status == 409
    page = page.fill("Confirmer", code=right)
    assert "Trop d’essais" in page.errors()[0]
    assert count(Nomination) == 0
    page = page.fill("Envoyer un autre code")
    assert page.fill("Confirmer", code=code_in(letters)).h1.startswith("Merci")


def test_an_old_code_is_refused(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    page = say(visitor, campaign)
    with clock.frozen(clock.now() + dt.timedelta(minutes=61)):
        assert "plus valide" in page.fill("Confirmer", code=code_in(letters)).errors()[0]
    assert count(Nomination) == 0


def test_a_code_serves_once(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    page = say(visitor, campaign)
    code = code_in(letters)
    assert page.fill("Confirmer", code=code).status == 200
    assert page.fill("Confirmer", code=code).status == 410
    assert count(Nomination) == 1


def test_a_contest_that_is_not_open_says_so_kindly(visitor: Visitor, app: object) -> None:
    today, program = clock.today(), make_program(code="14")
    coming = make_campaign(program, opens_on=today + dt.timedelta(3))
    over = make_campaign(program, opens_on=today - dt.timedelta(9), closes_on=today - dt.timedelta(1))
    draft, ended = make_campaign(program, published=False), make_campaign(program)
    with unit():
        ended.ending = CampaignEnding(reason="Tempête", ended_at=clock.now(), ended_by="system")
    expected = {coming.ref: 409, over.ref: 410, ended.ref: 410, draft.ref: 404, "INCONNU": 404}
    for ref, status in expected.items():
        assert visitor.open(f"/n/{ref}").status == status
        assert visitor.open(f"/en/n/{ref}").status == status
        assert visitor.send(f"/n/{ref}", typed()).status == status
    assert count(NominationDraft) == 0


def test_the_address_is_read_however_it_is_typed(visitor: Visitor, campaign: Campaign) -> None:
    assert visitor.open(f"/n/{campaign.ref.lower()}").status == 200


def test_a_place_out_of_the_territory_is_refused(visitor: Visitor, letters: Mailbox, app: object) -> None:
    campaign = contest(mrcs=("montcalm",))
    assert say(visitor, campaign).status == 422, "it is not offered"
    assert nominate(visitor, campaign, letters, mrc="montcalm").status == 200


def test_the_trace_says_nobody_and_is_of_one_contest_only(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    nominate(visitor, campaign, letters)
    other = contest()
    nominate(visitor, other, letters, email="alexis@exemple.com")
    here, there = db.session.scalars(select(NominationTrace).order_by(NominationTrace.id)).all()
    assert here.network_digest != there.network_digest and here.words_digest != there.words_digest
    assert "127.0.0" not in here.network_digest
    keys = db.session.scalars(select(Nomination.nominator_key)).all()
    assert len(set(keys)) == 2, "nobody is followed from one contest to another"
    assert count(NominatorContact) == 2

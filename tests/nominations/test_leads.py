"""A nomination of an employer that is not certified becomes a prospect of the program: once, without the student, and with its words only
while that student agrees."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from certif.certification import Stage
from certif.consents import withdraw_consent
from certif.employers import establishments_of
from certif.imports import Prospect
from certif.kit.access import VISITOR
from certif.kit.db import db
from certif.nominations import BossLead, hush_leads
from certif.territory import mrcs, region
from tests.factories import make_certification, make_employer, unit
from tests.nominations.desk import agree, approve, contest, held, make_boss


def prospects() -> list[Prospect]:
    db.session.expire_all()
    return list(db.session.scalars(select(Prospect).order_by(Prospect.id)))


def test_an_unknown_boss_becomes_a_prospect_when_a_nomination_is_approved(app: Flask) -> None:
    campaign, manager = contest()
    boss = make_boss(campaign, "Café du Coin", sector="72")
    first = held(boss, first_name="Zyzomys", school="École Zyzomys")
    assert prospects() == []
    approve(first, manager)
    [prospect] = prospects()
    assert (prospect.name, prospect.municipality, prospect.sector, prospect.note) == ("Café du Coin", "Joliette", "72", None)
    assert "Nommé par des élèves" in str(prospect.source)
    page = manager.open("/personnel/prospects")
    assert "Nommé par des élèves" in page.text
    shown = page.follow("Café du Coin")
    assert "Zyzomys" not in shown.response.get_data(as_text=True)
    assert "Un prospect" in manager.open(f"/personnel/boss/{boss.ref}").text


def test_the_words_are_told_only_while_the_student_agrees(app: Flask) -> None:
    campaign, manager = contest()
    boss = make_boss(campaign)
    silent, speaking = held(boss, "Ne le dites pas."), agree(held(boss, "Elle me laisse étudier."), "nomination_words")
    approve(silent, manager)
    approve(speaking, manager)
    [prospect] = prospects()
    assert prospect.note == "Un·e élève dit\u00a0: «\u00a0Elle me laisse étudier.\u00a0»"
    hush_leads()
    assert prospects()[0].note is not None
    with unit():
        withdraw_consent(speaking, "nomination_words", by=VISITOR)
    hush_leads()
    assert prospects()[0].note is None


def test_one_place_becomes_one_prospect_whatever_the_number_of_nominations_and_contests(app: Flask) -> None:
    campaign, manager = contest()
    boss, same_name = make_boss(campaign, "Café du Coin"), make_boss(campaign, "CAFÉ du coin", mrc=mrcs(region("14"))[1])
    for nomination in (held(boss), held(boss), held(same_name)):
        approve(nomination, manager)
    assert len(prospects()) == 2, "two MRC"
    from tests.campaigns.making import make_campaign

    following = make_campaign(campaign.program)
    approve(held(make_boss(following, "café  du Coin")), manager)
    assert len(prospects()) == 2
    assert len(db.session.scalars(select(BossLead)).all()) == 3


def test_who_is_certified_or_registered_is_no_prospect(app: Flask) -> None:
    campaign, manager = contest()
    certified = make_certification(Stage.CERTIFIED, campaign.program).employer
    registered = make_employer(legal_name="Boulangerie du Lac", mrc=mrcs(region("14"))[0])
    for boss in (
        make_boss(campaign, establishment=establishments_of(certified)[0]),
        make_boss(campaign, establishment=establishments_of(registered)[0]),
        make_boss(campaign, "boulangerie du lac"),
    ):
        approve(held(boss), manager)
    assert prospects() == []
    assert "En vigueur" in manager.open(f"/personnel/concours/{campaign.ref}/boss").follow(establishments_of(certified)[0].name).text

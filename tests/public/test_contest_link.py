"""What every QR opens leads to the contest of its territory, while one may nominate there."""

from __future__ import annotations

import datetime as dt

import pytest

from certif.certification import Stage, verifications_of
from certif.kit import clock
from certif.territory import mrc
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import make_certification, make_employer, make_program
from tests.nominations.nominating import code_in, typed
from tests.pages import Visitor

LINK = "Mon boss, c’est le meilleur"


@pytest.mark.parametrize("mrcs", [(), ("joliette",), ("montcalm", "joliette")])
def test_the_code_of_a_place_leads_to_naming_its_boss(visitor: Visitor, letters: Mailbox, mrcs: tuple[str, ...]) -> None:
    program = make_program(code="14")
    certification = make_certification(Stage.CERTIFIED, program, employer=make_employer(mrc=mrc("joliette")))
    path = f"/v/{verifications_of(certification)[0].code}"
    assert LINK not in visitor.open(path).text
    campaign = make_campaign(program, mrcs=mrcs)
    page = visitor.open(path).follow(LINK)
    assert certification.employer.name in page.text
    page = page.fill("Nommer mon boss", **typed(name=None, municipality=None, mrc=None))
    page = page.fill("Confirmer", code=code_in(letters))
    assert page.h1.startswith("Merci")
    assert visitor.open(f"/en{path}").follow("My boss").path.startswith(f"/en/n/{campaign.ref}")


def test_elsewhere_or_later_nothing_leads_there(visitor: Visitor) -> None:
    program = make_program(code="14")
    certification = make_certification(Stage.CERTIFIED, program, employer=make_employer(mrc=mrc("joliette")))
    path = f"/v/{verifications_of(certification)[0].code}"
    make_campaign(make_program(code="03"))
    make_campaign(program, mrcs=("montcalm",))
    make_campaign(program, published=False)
    assert LINK not in visitor.open(path).text
    make_campaign(program, opens_on=clock.today() - dt.timedelta(9), closes_on=clock.today() - dt.timedelta(1))
    assert LINK not in visitor.open(path).text

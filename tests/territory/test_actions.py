"""What staff can change: partners of the field, and school calendars."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.exc import IntegrityError

from certif import territory
from certif.kit import audit
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.territory import Partner, PartnerKind
from certif.territory.model import ReferenceData

pytestmark = pytest.mark.usefixtures("places")


def a_chamber(name: str = "Chambre de commerce du Grand Joliette") -> Partner:
    return territory.add_partner(name, kind=PartnerKind.CHAMBER, mrcs=[territory.mrc("joliette")], source="Site de la chambre", by=SYSTEM)


def test_a_chamber_serves_the_mrc_it_was_added_with_and_no_other() -> None:
    with transaction():
        chamber = a_chamber()
    assert territory.serves(chamber, territory.mrc("joliette"))
    assert not territory.serves(chamber, territory.mrc("montcalm"))
    assert territory.partners(PartnerKind.CHAMBER, region=territory.region("14")) == [chamber]
    assert (chamber.regime, chamber.confidence, chamber.short_name) == ("P-39.1", "U", "Chambre de commerce du Grand Joliette")


def test_adding_a_partner_is_written_in_the_journal() -> None:
    with transaction():
        chamber = a_chamber()
    assert [entry.sentence for entry in audit.history(chamber)] == [
        "Certif a ajouté le partenaire «\u00a0Chambre de commerce du Grand Joliette\u00a0»."
    ]


@pytest.mark.parametrize("kind", [PartnerKind.IRC, PartnerKind.SCHOOL_BODY])
def test_regional_and_school_bodies_come_from_the_reference_data_only(kind: PartnerKind) -> None:
    with pytest.raises(Refusal, match="carrefour"), transaction():
        territory.add_partner("Une autre", kind=kind, regions=[territory.region("14")], source="x", by=SYSTEM)


def test_a_partner_without_territory_is_refused() -> None:
    with pytest.raises(Refusal, match="région ou une MRC"), transaction():
        territory.add_partner("CJE de nulle part", kind=PartnerKind.CJE, source="x", by=SYSTEM)


def test_the_same_partner_is_found_whatever_its_accents_and_case() -> None:
    with transaction():
        a_chamber()
    with pytest.raises(Refusal, match="existe déjà"), transaction():
        a_chamber("CHAMBRE DE COMMERCE, DU GRAND-JOLIETTE")


def test_of_two_equal_partners_added_at_once_the_database_keeps_one() -> None:
    with transaction():
        a_chamber()
    with pytest.raises(IntegrityError), transaction():  # as if the look-up had run before the other was saved
        db.session.add(
            Partner(
                kind="CHAMBER",
                name="Chambre de commerce du Grand Joliette",
                short_name="x",
                regime="P-39.1",
                language="fr",
                source="x",
                confidence="U",
            )
        )


def test_a_partner_added_by_staff_survives_a_new_load_of_the_reference_data() -> None:
    with transaction():
        chamber = a_chamber()
        db.session.get_one(ReferenceData, "territory").digest = "an older one"
    assert territory.load_reference_data()
    assert territory.serves(chamber, territory.mrc("joliette"))


AUTUMN, SUMMER = dt.date(2026, 8, 28), dt.date(2027, 6, 22)
HOLIDAYS = (dt.date(2026, 12, 23), dt.date(2027, 1, 5), "Fêtes")
SPRING = (dt.date(2027, 3, 1), dt.date(2027, 3, 5), "Semaine de relâche")


def test_a_calendar_is_found_by_any_day_of_its_school_year() -> None:
    body = territory.partner("css-842000")
    with transaction():
        calendar = territory.set_school_calendar(body, first_day=AUTUMN, last_day=SUMMER, breaks=[SPRING, HOLIDAYS], by=SYSTEM)
    assert calendar.school_year == "2026-2027"
    assert territory.calendar_of(body, dt.date(2026, 7, 1)) is calendar
    assert territory.calendar_of(body, dt.date(2027, 6, 30)) is calendar
    assert territory.calendar_of(body, dt.date(2027, 7, 1)) is None
    assert [(period.label, period.days) for period in calendar.breaks] == [("Fêtes", 14), ("Semaine de relâche", 5)]


def test_setting_a_calendar_again_replaces_it_and_the_journal_keeps_both() -> None:
    body = territory.partner("css-842000")
    for breaks in ([HOLIDAYS, SPRING], [HOLIDAYS]):
        with transaction():
            territory.set_school_calendar(body, first_day=AUTUMN, last_day=SUMMER, breaks=breaks, by=SYSTEM)
    calendar = territory.calendar_of(body, AUTUMN)
    assert calendar is not None
    assert [period.label for period in calendar.breaks] == ["Fêtes"]
    assert len(audit.history(body)) == 2


@pytest.mark.parametrize(
    ("first", "last", "breaks", "why"),
    [
        (SUMMER, AUTUMN, [], "dans l’ordre"),
        (AUTUMN, dt.date(2027, 8, 28), [], "même année scolaire"),
        (AUTUMN, SUMMER, [(dt.date(2027, 6, 20), dt.date(2027, 6, 24), "trop tard")], "entre le premier"),
        (AUTUMN, SUMMER, [(dt.date(2027, 3, 5), dt.date(2027, 3, 1), "à l’envers")], "entre le premier"),
        (AUTUMN, SUMMER, [SPRING, (dt.date(2027, 3, 5), dt.date(2027, 3, 8), "Pâques")], "chevaucher"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(
    first: dt.date, last: dt.date, breaks: list[tuple[dt.date, dt.date, str]], why: str
) -> None:
    with pytest.raises(Refusal, match=why), transaction():
        territory.set_school_calendar(territory.partner("css-842000"), first_day=first, last_day=last, breaks=breaks, by=SYSTEM)


def test_a_regional_body_has_no_school_calendar() -> None:
    with pytest.raises(Refusal, match="organisme scolaire"), transaction():
        territory.set_school_calendar(territory.partner("irc-14"), first_day=AUTUMN, last_day=SUMMER, by=SYSTEM)

"""Each edition that is known is data: its facts are those of its source, and a region may publish it in any year."""

from __future__ import annotations

import datetime as dt

import pytest

from certif.campaigns import (
    PhaseKind,
    Quota,
    Tie,
    Unit,
    Winner,
    faults_of,
    load_model,
    model_names,
    read_campaign,
    write_campaign,
)
from certif.kit import clock
from certif.programs import Program
from tests.campaigns.making import make_edition
from tests.factories import make_program

CHECK, VISIT, JURY, DRAW, VOTE, CHOICE = (
    PhaseKind.CHECK, PhaseKind.VISIT, PhaseKind.JURY, PhaseKind.DRAW, PhaseKind.VOTE, PhaseKind.CHOICE,
)  # fmt: skip
BOSS, DUO, WHOLE, MRC, CJE = Unit.BOSS, Unit.DUO, Quota.WHOLE, Quota.MRC, Quota.CJE

EDITIONS = {
    "visite-par-territoire-cje": ("02-12", "03-15", 15, BOSS, (CHOICE, VISIT, CHOICE), CJE, 1),
    "jury-trois-ambassadeurs": ("01-13", "01-31", 15, DUO, (JURY,), WHOLE, 3),
    "choix-des-partenaires": ("01-15", "02-15", 14, DUO, (CHOICE,), WHOLE, 2),
    "tirage-capsules-video": ("09-13", "10-17", 14, DUO, (CHECK, DRAW), WHOLE, 6),
    "tirage-nominations-verifiees": ("10-01", "10-31", 14, DUO, (CHECK, DRAW), WHOLE, 6),
    "laureat-par-mrc-avec-stages": ("02-14", "03-31", 14, BOSS, (CHOICE,), MRC, 1),
    "finalistes-et-jury": ("04-06", "05-06", 14, DUO, (CHOICE, JURY), WHOLE, 6),
    "finalistes-et-vote-du-public": ("02-12", "03-15", 14, BOSS, (CHOICE, VOTE), WHOLE, 1),
    "trois-laureats-titre-inclusif": ("03-03", "03-21", 14, DUO, (CHOICE,), WHOLE, 3),
    "concours-par-mrc": ("02-12", "02-16", 14, BOSS, (CHOICE,), MRC, 1),
    "verification-et-tirage": ("09-08", "09-30", 14, DUO, (CHECK, DRAW), WHOLE, 1),
    "merite-vit-travaille-etudie": ("02-13", "03-24", 14, DUO, (CHECK, CHOICE), WHOLE, 1),
    "merite-moins-de-25-ans": ("02-12", "03-22", 14, DUO, (CHECK, CHOICE), WHOLE, 1),
}
"""First and last day, least age, what is chosen, by which phases, counted in what, and how many laureates."""


@pytest.fixture
def program(app: object) -> Program:
    """A program that a contest is of."""
    return make_program()


def test_each_edition_that_is_known_has_its_file(app: object) -> None:
    assert model_names() == sorted(EDITIONS)


@pytest.mark.parametrize("name", EDITIONS)
def test_a_file_decides_what_its_source_tells(app: object, name: str) -> None:
    model = load_model(name)
    found, (opens, closes, age, unit, kinds, quota, laureates) = model.definition, EDITIONS[name]
    assert (f"{found.opens_on:%m-%d}", f"{found.closes_on:%m-%d}") == (opens, closes)
    assert (found.eligibility.least_age, found.unit, found.quota, found.laureates) == (age, unit, quota, laureates)
    assert tuple(phase.kind for phase in found.phases) == kinds
    assert model.source
    assert model.about.is_whole


def test_what_else_the_sources_tell_is_there_too(app: object) -> None:
    found = {name: load_model(name).definition for name in EDITIONS}
    assert found["visite-par-territoire-cje"].elsewhere.is_whole, "a public comment besides the form"
    for name in ("jury-trois-ambassadeurs", "choix-des-partenaires", "trois-laureats-titre-inclusif"):
        first = found[name].prizes[0]
        assert (first.to, first.value_cents) == (Winner.STUDENT, 100_00)
    assert set(found["tirage-capsules-video"].eligibility.levels) == {"secondary", "vocational", "adult", "college", "university"}
    assert found["laureat-par-mrc-avec-stages"].eligibility.has_interns
    finalists, jury = found["finalistes-et-jury"].phases
    assert (finalists.keeps, bool(jury.criteria)) == (20, True)
    asked = found["finalistes-et-jury"].eligibility
    assert (asked.most_hours, asked.most_hours_under, asked.full_time_under) == (20, 16, 16)
    assert found["finalistes-et-vote-du-public"].categories[0].sponsor
    assert found["trois-laureats-titre-inclusif"].title.fr == "Mon.ma boss, c’est le.la meilleur.e\u00a0!"
    assert set(found["merite-vit-travaille-etudie"].eligibility.ties) == {Tie.LIVES, Tie.WORKS, Tie.STUDIES}
    assert found["merite-moins-de-25-ans"].eligibility.most_age == 24
    assert [one.number for one in found["verification-et-tirage"].prizes] == [1, 2]


@pytest.mark.parametrize("name", EDITIONS)
def test_a_region_may_publish_it(program: Program, name: str) -> None:
    campaign = make_edition(program, name)
    assert campaign.is_open
    assert (campaign.model, campaign.definition.laureates) == (name, EDITIONS[name][-1])


@pytest.mark.parametrize("year", [2027, 2028, 2031])
def test_it_may_be_opened_in_any_year(program: Program, year: int) -> None:
    with clock.frozen(dt.datetime(year, 8, 1, 12, tzinfo=dt.UTC)):
        for name in EDITIONS:
            found = load_model(name).definition
            assert dt.date(year, 8, 1) <= found.opens_on < dt.date(year + 1, 8, 1)
            assert not [fault for fault in faults_of(found, program) if "CJE" not in fault], name


@pytest.mark.parametrize("name", EDITIONS)
def test_what_is_exported_comes_back_the_same_to_the_last_byte(app: object, name: str) -> None:
    definition = load_model(name).definition
    written = write_campaign(definition)
    assert read_campaign(written).definition == definition
    assert write_campaign(read_campaign(written.encode()).definition) == written


def test_no_two_files_decide_the_same(app: object) -> None:
    assert len({write_campaign(load_model(name).definition) for name in EDITIONS}) == len(EDITIONS)

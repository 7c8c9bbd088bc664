"""The reference data: complete, exact, sourced, dated, and loaded once."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from certif import territory
from certif.kit.db import db, transaction
from certif.territory import Mrc, MrcRegion, Partner, PartnerKind, PartnerTerritory, Region
from certif.territory.model import ReferenceData
from certif.territory.reference import DATA

pytestmark = pytest.mark.usefixtures("places")

BEFORE, AFTER = dt.date(2021, 7, 7), dt.date(2021, 7, 8)
MRCS = {"01": 8, "02": 5, "03": 7, "04": 6, "05": 9, "06": 1, "07": 5, "08": 5, "09": 6, "10": 3, "11": 6, "12": 10, "13": 1}
MRCS |= {"14": 6, "15": 8, "16": 13, "17": 5}
EQUIVALENT = {"02": 1, "03": 1, "04": 3, "05": 1, "06": 1, "07": 1, "08": 1, "10": 3, "11": 1, "12": 1, "13": 1, "15": 1, "16": 1}
CENTRES = {"01": 4, "02": 4, "03": 5, "04": 2, "05": 4, "06": 3, "07": 4, "08": 5, "09": 4, "10": 1, "11": 3, "12": 4, "13": 1, "14": 2}
CENTRES |= {"15": 4, "16": 8, "17": 3}  # Val-des-Cerfs is in 05 with its two MRC, and Littoral counts in 09


def test_there_are_17_regions() -> None:
    assert [region.code for region in territory.regions()] == [f"{number:02d}" for number in range(1, 18)]
    assert territory.region("14").name == "Lanaudière"


def test_there_are_104_mrc_and_equivalent_territories() -> None:
    assert Counter(mrc.kind for mrc in territory.mrcs()) == {"MRC": 87, "TE": 17}


def test_each_region_has_its_number_of_mrc() -> None:
    assert {region.code: len(territory.mrcs(region)) for region in territory.regions()} == MRCS
    assert {group.code: len(members) for group, members in territory.mrcs_by_region()} == MRCS


def test_each_region_has_its_number_of_equivalent_territories() -> None:
    assert Counter(group.code for group, members in territory.mrcs_by_region() for mrc in members if mrc.kind == "TE") == EQUIVALENT


@pytest.mark.parametrize("slug", ["brome-missisquoi", "la-haute-yamaska"])
def test_two_mrc_changed_region_on_one_day(slug: str) -> None:
    mrc = territory.mrc(slug)
    assert territory.region_of(mrc, BEFORE).name == "Montérégie"
    assert territory.region_of(mrc, AFTER).name == "Estrie"
    assert mrc in territory.mrcs(territory.region("16"), BEFORE)
    assert mrc not in territory.mrcs(territory.region("16"))


def test_monteregie_had_15_mrc_before_and_estrie_7() -> None:
    assert [len(territory.mrcs(territory.region(code), BEFORE)) for code in ("16", "05")] == [15, 7]


@pytest.mark.parametrize("day", [dt.date(1990, 1, 1), BEFORE, AFTER, dt.date(2060, 1, 1)])
def test_on_any_day_each_mrc_has_exactly_one_region(day: dt.date) -> None:
    placed = [mrc for _region, members in territory.mrcs_by_region(day) for mrc in members]
    assert len(placed) == len(set(placed)) == 104


def test_there_are_18_regional_bodies_two_of_them_in_the_north() -> None:
    assert len(territory.partners(PartnerKind.IRC)) == 18
    per_region = {region.code: [body.name for body in territory.partners(PartnerKind.IRC, region=region)] for region in territory.regions()}
    assert per_region["10"] == ["Esuma", "Groupe neurones"]
    assert all(len(names) == 1 for code, names in per_region.items() if code != "10")


def test_the_regional_body_whose_name_is_not_known_says_so() -> None:
    [body] = territory.partners(PartnerKind.IRC, region=territory.region("08"))
    assert body.confidence == "U"
    assert "à confirmer" in body.name


def test_prel_is_in_the_laurentides_and_rlpre_in_laval() -> None:
    assert [territory.partners(PartnerKind.IRC, region=territory.region(code))[0].short_name for code in ("15", "13")] == ["PREL", "RLPRE"]


def test_there_are_72_school_bodies() -> None:
    bodies = territory.partners(PartnerKind.SCHOOL_BODY)
    centres = [body for body in bodies if body.ref.startswith("css-")]
    boards = [body for body in bodies if body.language == "en"]
    assert (len(bodies), len(centres), len(boards)) == (72, 61, 9)
    assert {body.regime for body in bodies} == {"A-2.1"}
    assert {body.regime for body in territory.partners(PartnerKind.IRC)} == {"P-39.1"}


def test_each_region_has_its_number_of_french_school_centres() -> None:
    def centres(region: Region) -> int:
        return sum(body.ref.startswith("css-") for body in territory.partners(PartnerKind.SCHOOL_BODY, region=region))

    assert {region.code: centres(region) for region in territory.regions()} == CENTRES


def test_twenty_codes_of_the_ministry_were_seen_and_the_rest_are_marked_unverified() -> None:
    coded = [body for body in territory.partners(PartnerKind.SCHOOL_BODY) if body.meq_code]
    assert Counter(body.confidence for body in coded) == {"B": 20, "U": 49}


def test_english_boards_span_regions() -> None:
    board = territory.partner("cs-sir-wilfrid-laurier")
    served = {territory.region_of(mrc).name for mrc in territory.territory_of(board)}
    assert served == {"Laval", "Lanaudière", "Laurentides"}
    assert all(board in territory.partners(PartnerKind.SCHOOL_BODY, region=territory.region(code)) for code in ("13", "14", "15"))
    assert territory.serves(board, territory.mrc("joliette"))
    assert not territory.serves(board, territory.mrc("rouville"))


def test_a_board_that_serves_a_region_and_one_mrc_of_another_serves_no_more() -> None:
    board = territory.partner("cs-lester-b-pearson")
    assert [mrc.slug for mrc in territory.territory_of(board)] == ["montreal", "vaudreuil-soulanges"]


def test_a_school_centre_linked_to_mrc_follows_them_into_their_new_region() -> None:
    centre = territory.partner("css-866000")
    estrie, monteregie = territory.region("05"), territory.region("16")
    assert centre in territory.partners(PartnerKind.SCHOOL_BODY, region=monteregie, on=BEFORE)
    assert centre not in territory.partners(PartnerKind.SCHOOL_BODY, region=estrie, on=BEFORE)
    assert centre in territory.partners(PartnerKind.SCHOOL_BODY, region=estrie, on=AFTER)
    assert territory.serves(centre, territory.mrc("la-haute-yamaska"), BEFORE)


def test_who_serves_an_mrc_changes_with_its_region() -> None:
    yamaska = territory.mrc("la-haute-yamaska")
    assert territory.serves(territory.partner("irc-16"), yamaska, BEFORE)
    assert not territory.serves(territory.partner("irc-16"), yamaska, AFTER)
    assert territory.serves(territory.partner("irc-05"), yamaska, AFTER)


@pytest.mark.parametrize("kind", [Region, Mrc, MrcRegion, Partner, PartnerTerritory])
def test_every_row_says_where_it_comes_from_and_how_sure_it_is(kind: type[Region]) -> None:
    rows = list(db.session.scalars(select(kind)))
    assert rows
    assert all(row.source and row.confidence in set("ABCU") for row in rows)


def test_there_are_20_sectors_in_both_languages_with_their_source() -> None:
    assert len(territory.sectors()) == len({sector.code for sector in territory.sectors()}) == 20
    assert all(sector.name_fr and sector.name_en and sector.source and sector.confidence in set("ABCU") for sector in territory.sectors())
    assert {sector.code for sector in territory.sectors() if sector.confidence == "A"} == {"11", "23"}
    assert territory.sector("44-45").name_en == "Retail trade"


def test_the_choices_of_a_select_are_grouped_by_region() -> None:
    choices = territory.mrc_choices()
    assert next(iter(choices)) == "01 – Bas-Saint-Laurent"
    assert ("la-haute-yamaska", "La Haute-Yamaska") in choices["05 – Estrie"]


@pytest.mark.parametrize(
    "ask", [lambda: territory.region("18"), lambda: territory.mrc("x"), lambda: territory.partner("x"), lambda: territory.sector("99")]
)
def test_what_does_not_exist_is_not_found(ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotFound):
        ask()


def counts() -> list[int | None]:
    return [db.session.scalar(select(func.count()).select_from(kind)) for kind in (Region, Mrc, MrcRegion, Partner, PartnerTerritory)]


def forget_the_digest() -> None:
    with transaction():
        db.session.get_one(ReferenceData, "territory").digest = "an older one"


def test_loading_again_changes_nothing_and_is_quick() -> None:
    before = counts()
    began = time.perf_counter()
    assert not territory.load_reference_data()
    assert time.perf_counter() - began < 0.1
    assert counts() == before


def test_loading_over_what_is_there_makes_no_second_row() -> None:
    before = counts()
    forget_the_digest()
    assert territory.load_reference_data()
    assert counts() == before


def test_a_changed_file_changes_the_row_and_its_links(tmp_path: Path) -> None:
    for path in DATA.glob("*.csv"):
        shutil.copy(path, tmp_path)
    edit(tmp_path / "partners.csv", "irc-08", name="Un nom enfin connu", confidence="A")
    edit(tmp_path / "partner_territories.csv", "irc-08", until_on="2026-01-01")
    before = counts()
    assert territory.load_reference_data(tmp_path)
    body = territory.partner("irc-08")
    assert (body.name, body.confidence) == ("Un nom enfin connu", "A")
    assert territory.serves(body, territory.mrc("abitibi"), dt.date(2025, 12, 31))
    assert not territory.serves(body, territory.mrc("abitibi"), dt.date(2026, 1, 1))
    assert counts() == before
    assert territory.load_reference_data(), "the true files must come back, for the tests that follow"


def edit(path: Path, key: str, **changes: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    for line in lines:
        if key in line.values():
            line.update(changes)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)

"""The directory as anyone reads it: a page, a sheet, points on a map, and a frame in another site."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from flask import Flask

from certif import directory, programs
from certif.certification import Stage
from certif.directory import exports
from certif.directory.facets import Asked
from certif.kit.access import SYSTEM
from certif.kit.settings import SettingsFault, read
from certif.territory import mrc_points, mrcs, region
from tests.directory.listing import certify, code_of
from tests.factories import make_program, unit
from tests.pages import Visitor, _forget_the_request
from tests.statements import statements


@pytest.fixture
def code(app: Flask) -> str:
    program = make_program("oser-jeunes")
    certification = certify("Épicerie du Quai", program, trade_name="=Épicerie; du Quai")
    certify("Resto Chez Mado", program, sector="72", place="matawinie", municipality="Rawdon", stage=Stage.SUSPENDED)
    directory.fold()
    return code_of(certification)


def get(visitor: Visitor, path: str) -> str:
    _forget_the_request()
    answer = visitor.client.get(path, base_url=visitor.base, buffered=True)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_the_list_says_who_where_and_what_it_is_worth(visitor: Visitor, code: str) -> None:
    page = visitor.open("/repertoire")
    assert "2 établissements" in page.text
    assert [one.get_text() for one in page.soup.select(".listing__name")] == ["=Épicerie; du Quai", "Resto Chez Mado"]
    assert page.soup.select_one(".listing .stage-tag--suspended"), "honestly"
    assert page.soup.select_one(f'a[href="/v/{code}?de=repertoire"]')
    assert "Set-Cookie" not in page.response.headers
    english = visitor.open("/en/repertoire")
    assert (english.h1, "2 locations" in english.text) == ("Employer directory", True)


def test_everything_asked_is_in_the_address_and_can_be_taken_back(visitor: Visitor, code: str) -> None:
    page = visitor.open("/repertoire").fill("Chercher", q="quai", region="14", secteur="44-45", eleves=True)
    assert page.path.startswith("/repertoire?")
    assert len(page.soup.select(".listing")) == 1
    assert page.soup.select_one('option[value="14"]')["selected"] == ""
    page = page.follow("Lanaudière")
    assert "region" not in page.path
    assert {"q=quai", "secteur=44-45"} <= set(page.path.split("?")[1].split("&"))
    assert page.soup.select_one('a[hreflang="en"]')["href"].endswith(page.path), "and in the other language"
    assert visitor.open("/repertoire?region=99&mrc=nulle-part&niveau=x&suite=x").text.count("Épicerie") == 1, "not offered: not asked"


def test_the_page_says_what_to_do_where_nothing_answers(visitor: Visitor, code: str) -> None:
    assert "au moins deux lettres" in visitor.open("/repertoire?q=a").text
    assert "Rien ne répond" in visitor.open("/repertoire?q=zzzz").text
    assert "Nous avons aussi cherché : epicerie." in visitor.open("/repertoire?q=épycerie").text


def test_a_paused_program_says_so(visitor: Visitor, code: str) -> None:
    with unit():
        programs.pause_program(programs.programs_in(region("14"))[0], reason="Relève.", by=SYSTEM)
    assert [tag.get_text() for tag in visitor.open("/repertoire").soup.select(".stage-tag")] == ["En pause", "Suspendu"]


def test_the_sheet_is_open_data_that_no_spreadsheet_runs(visitor: Visitor, code: str) -> None:
    text = get(visitor, "/repertoire.csv?mrc=joliette")
    assert text.startswith("\ufeffcode;statut;")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["code"], row["employeur"], row["statut"]) for row in rows] == [(code, "'=Épicerie; du Quai", "Certifié")]
    assert float(rows[0]["longitude_approximative"]) < 0, "a number stays a number"
    assert rows[0]["verification"].endswith(f"/v/{code}")


def test_the_points_are_geojson_and_say_that_they_are_approximate(visitor: Visitor, code: str) -> None:
    found = json.loads(get(visitor, "/repertoire.geojson?q=quai"))
    assert found["type"] == "FeatureCollection"
    (feature,) = found["features"]
    longitude, latitude = feature["geometry"]["coordinates"]
    near = mrc_points()["joliette"]
    assert abs(longitude - near.longitude) < 0.1 > abs(latitude - near.latitude)
    assert feature["properties"]["position"] == "approximative"
    assert json.loads(get(visitor, "/repertoire.geojson?q=zzzz"))["features"] == []


def test_open_data_is_read_a_piece_at_a_time(app: Flask, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_PIECE", 1)
    with app.test_request_context(), statements() as asked:
        pieces = exports.sheet_of(Asked())
        assert next(pieces).startswith("\ufeff")
        next(pieces)
        first = len(asked)
        assert len(list(pieces)) == 1
        assert len(asked) > first, "the second place was read only when somebody wanted it"


def test_the_map_shows_places_or_counts_them_where_they_are_many(visitor: Visitor, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = json.loads(get(visitor, "/repertoire/carte.geojson"))
    assert {(one["properties"]["kind"], one["properties"]["label"]) for one in found["features"]} == {
        ("employer", "Certifié"),
        ("employer", "Suspendu"),
    }
    assert len(found["labels"]) == 104 + 17
    monkeypatch.setattr(exports, "MOST_POINTS", 1)
    crowds = json.loads(get(visitor, "/en/repertoire/carte.geojson"))["features"]
    assert {(one["properties"]["mrc"], one["properties"]["label"]) for one in crowds} == {
        ("joliette", "1 location"),
        ("matawinie", "1 location"),
    }


def test_every_mrc_has_a_point(app: Flask) -> None:
    assert mrc_points().keys() == {mrc.slug for mrc in mrcs()}
    assert all(44.9 < point.latitude < 62 and -80 < point.longitude < -57 for point in mrc_points().values())


def test_only_the_frame_may_stand_in_another_site(visitor: Visitor, code: str) -> None:
    frame = visitor.open("/repertoire/cadre?region=14")
    assert "frame-ancestors *" in frame.response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in frame.response.headers
    assert len(frame.soup.select(".listing")) == 2
    assert {link["target"] for link in frame.soup.select(".listing a")} == {"_blank"}
    assert not frame.soup.find("form", method="post")
    assert frame.fill("Chercher", q="mado").path.startswith("/repertoire/cadre?"), "a search stays in the frame"
    whole = visitor.open("/repertoire?region=14")
    assert "frame-ancestors 'none'" in whole.response.headers["Content-Security-Policy"]
    snippet = whole.soup.find(id="frame-code")["value"]
    assert f'src="{visitor.base}/repertoire/cadre?region=14"' in snippet


def test_nothing_is_asked_of_another_machine_unless_a_setting_says_so(visitor: Visitor, code: str, tmp_path: object) -> None:
    page = visitor.open("/repertoire")
    assert "img-src 'self' data:;" in page.response.headers["Content-Security-Policy"]
    assert page.soup.select_one("[data-directory-map]")["data-tiles"] == ""
    given = {"DATA_DIR": str(tmp_path), "MAP_TILES_URL": "https://tuiles.example/{z}/{x}/{y}.png"}
    assert read(given).map_tiles_url == given["MAP_TILES_URL"]
    with pytest.raises(SettingsFault, match="MAP_TILES_URL"):
        read({**given, "MAP_TILES_URL": "http://tuiles.example/"})


def test_search_engines_find_the_pages_of_whoever_is_certified(visitor: Visitor, code: str) -> None:
    index = ET.fromstring(get(visitor, "/sitemap.xml"))
    maps = [str(one.text).removeprefix(visitor.base) for one in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    found = get(visitor, maps[-1])
    assert f"<loc>{visitor.base}/v/{code}</loc>" in found
    assert f"<loc>{visitor.base}/en/v/{code}</loc>" in found
    assert found.count("<url>") == 2, "not whoever is suspended"
    page = visitor.open(f"/v/{code}")
    said = json.loads(page.soup.find("script", type="application/ld+json").string)
    assert (said["@type"], said["hasCertification"]["@type"]) == ("LocalBusiness", "Certification")
    assert page.soup.find("meta", attrs={"name": "twitter:card"})

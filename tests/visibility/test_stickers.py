"""Printed stickers with a number of their own: printed, handed over, hung, scanned, replaced."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from certif.certification import Certification, Stage, verifications_of
from certif.directory.scans import ScanCount
from certif.kit import clock, tallies
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.territory import PartnerKind, add_partner
from certif.visibility.serials import Sticker, StickerAssignment, StickerLot, StickerScan
from certif.visibility.sticker_actions import assign_sticker, hand_over, print_lot, retire_sticker
from certif.visibility.stock import lots_of, scans_of, stickers_of, stock_of, to_replace
from tests.factories import Person, lead_to, make_certification, make_program, make_staff, unit
from tests.pages import Visitor


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(requires_signature=False, price_cents=0, requires_contribution=False, shows_in_progress=True)


@pytest.fixture(autouse=True)
def nothing_scanned(app: Flask) -> None:
    """Forget the scans of the test before: they wait in memory, which no transaction undoes."""
    tallies.forget()


@pytest.fixture
def certified(program: Program) -> Certification:
    return make_certification(Stage.CERTIFIED, program)


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


def printed(program: Program, agent: Person, look: str = "certified", quantity: int = 5) -> StickerLot:
    with unit():
        return print_lot(program, look=look, quantity=quantity, by=agent.actor)


def hung(sticker: Sticker, certified: Certification, agent: Person) -> None:
    with unit():
        assign_sticker(sticker, verifications_of(certified)[0], "Porte principale", by=agent.actor)


def scan(app: Flask, sticker: Sticker, times: int = 1) -> None:
    for _each in range(times):
        Visitor(app).open(f"/a/{sticker.ref}")


def test_a_sticker_goes_from_the_printer_to_a_door_and_leads_to_its_establishment(
    app: Flask, program: Program, certified: Certification, agent: Person
) -> None:
    page = agent.open("/personnel/vignettes").follow("Imprimer un lot").fill("Créer le lot", program=program.ref, quantity=5)
    lot = db.session.scalars(select(StickerLot)).one()
    page = page.follow("Remettre des vignettes").fill("Noter la remise", person=agent.user.ref, first=1, last=3)
    assert [(user.id, count) for user, count in stock_of(agent.actor)] == [(agent.user.id, 3)]
    sticker = stickers_of(lot)[1]
    assert Visitor(app).open(f"/a/{sticker.ref}").h1 == "Cette vignette n’est pas encore posée"
    page = agent.open(f"/personnel/dossiers/{certified.ref}").follow("Poser une vignette numérotée")
    code = verifications_of(certified)[0].code
    page = page.fill("Noter où elle est posée", number=sticker.label, place=code, hangs_at="Vitrine de gauche")
    assert "Vitrine de gauche" in page.text
    assert Visitor(app).open(f"/a/{sticker.ref.lower()}").path == f"/v/{code}?de=vitrine"
    assert stock_of(agent.actor)[0][1] == 2
    assert [(row.in_stock, row.hung) for row in lots_of(agent.actor, None)[0]] == [(4, 1)]
    assert agent.open(f"/personnel/vignettes/recherche?numero={sticker.label}").h1 == f"Vignette {sticker.label}"


def test_a_partner_is_not_led_to_a_page_that_is_not_theirs(program: Program, certified: Certification, agent: Person) -> None:
    place = verifications_of(certified)[0].establishment
    with unit():
        partner = add_partner("CJE d’ici", kind=PartnerKind.CJE, source="essai", mrcs=[place.mrc], by=SYSTEM)
    path = f"/personnel/dossiers/{certified.ref}"
    for person, is_led in ((make_staff(Role.PARTNER, program, partner=partner), False), (agent, True)):
        assert ("Poser une vignette numérotée" in person.open(path).text) is is_led
        assert (person.open(f"{path}/vignette").status == 200) is is_led


def test_each_printed_code_is_its_own_and_leads_where_it_says(app: Flask, program: Program, agent: Person, tmp_path: Path) -> None:
    lot = printed(program, agent)
    pdf = agent.client.get(f"/personnel/vignettes/lots/{lot.ref}/feuilles-lettre.pdf", base_url=agent.base).get_data()
    (tmp_path / "lot.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-q", "-r", "150", "-png", tmp_path / "lot.pdf", tmp_path / "lot"], check=True)
    read = []
    for path in sorted(tmp_path.glob("lot-*.png")):
        sheet, rough = Image.open(path).convert("L"), io.BytesIO()
        sheet.resize((sheet.width * 4 // 10, sheet.height * 4 // 10), Image.Resampling.BILINEAR).save(rough, "JPEG", quality=40)
        read += [found.text for found in zxingcpp.read_barcodes(Image.open(rough))]
    stickers = stickers_of(lot)
    assert sorted(read) == sorted(f"http://127.0.0.1:8000/a/{sticker.ref}" for sticker in stickers)
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert all(sticker.label in words and sticker.ref in words for sticker in stickers)


def test_a_scan_reads_no_cookie_sets_none_and_writes_nothing(app: Flask, program: Program, certified: Certification, agent: Person) -> None:
    sticker = stickers_of(printed(program, agent))[0]
    hung(sticker, certified, agent)
    answer = agent.client.get(f"/a/{sticker.ref}", base_url=agent.base)
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert db.session.scalar(select(func.count()).select_from(StickerScan)) == 0
    assert Visitor(app).open("/a/" + "Z" * 22).status == 404


def test_scans_are_counted_by_day(app: Flask, program: Program, agent: Person) -> None:
    first, second = stickers_of(printed(program, agent))[:2]
    scan(app, first, 3)
    scan(app, second)
    Visitor(app).open(f"/a/{second.ref}", headers={"User-Agent": "Googlebot/2.1"})
    tallies.flush()
    assert (scans_of(first).total, scans_of(second).total) == (3, 1)
    assert scans_of(first).last_on == clock.today()
    scan(app, first)
    tallies.flush()
    tallies.flush()
    assert scans_of(first).days == [(clock.today(), 4)]
    assert "4" in agent.open(f"/personnel/vignettes/{first.ref}").text
    assert set(StickerScan.__table__.columns.keys()) == {"sticker_id", "scanned_on", "count"}, "nothing that could tell who"


@pytest.mark.parametrize("spoken", ["", "/en"])
def test_a_scan_counts_once_for_the_sticker_and_once_for_the_code_as_opened_from_a_window(
    app: Flask, program: Program, certified: Certification, agent: Person, spoken: str
) -> None:
    sticker = stickers_of(printed(program, agent))[0]
    hung(sticker, certified, agent)
    code = verifications_of(certified)[0].code
    assert Visitor(app).open(f"{spoken}/a/{sticker.ref}").path == f"{spoken}/v/{code}?de=vitrine"
    tallies.flush()
    assert scans_of(sticker).total == 1
    assert [(one.place, one.count) for one in db.session.scalars(select(ScanCount))] == [("vitrine", 1)]
    with unit():
        retire_sticker(sticker, "Abîmée", by=agent.actor)
    assert Visitor(app).open(f"{spoken}/a/{sticker.ref}").soup.select_one(f'a[href="{spoken}/v/{code}?de=vitrine"]')


def test_what_is_not_so_is_refused(program: Program, certified: Certification, agent: Person) -> None:
    lot, yellow = printed(program, agent), printed(program, agent, look="in_progress")
    first, second = stickers_of(lot)[:2]
    place = verifications_of(certified)[0]
    hung(first, certified, agent)
    for sticker, sentence in ((first, "déjà posée"), (stickers_of(yellow)[0], "l’autre sorte")):
        with unit(), pytest.raises(Refusal, match=sentence):
            assign_sticker(sticker, place, "x", by=agent.actor)
    with unit(), pytest.raises(Refusal, match="plus en stock"):
        hand_over(lot, agent.user, first=1, last=2, by=agent.actor)
    with unit(), pytest.raises(Refusal, match="de 1 à 5"):
        hand_over(lot, agent.user, first=4, last=6, by=agent.actor)
    with unit(), pytest.raises(Refusal, match="l’équipe"):
        hand_over(lot, make_staff(Role.AGENT, make_program()).user, first=2, last=2, by=agent.actor)
    with unit(), pytest.raises(Refusal, match="rien à remplacer"):
        retire_sticker(second, "Abîmée", replacement=first, by=agent.actor)
    with unit(), pytest.raises(Refusal, match="1 à 100"):
        print_lot(program, look="certified", quantity=101, by=agent.actor)
    with unit(), pytest.raises(Refusal, match="démarches"):
        print_lot(make_program(shows_in_progress=False), look="in_progress", quantity=1, by=make_staff(Role.ADMIN).actor)
    stranger = make_staff(Role.AGENT, make_program())
    for act in (lambda: assign_sticker(second, place, "x", by=stranger.actor), lambda: retire_sticker(first, "x", by=stranger.actor)):
        with unit(), pytest.raises(Refusal, match="votre rôle"):
            act()


def test_a_sticker_that_no_longer_says_what_is_true_is_listed_and_replaced(
    app: Flask, program: Program, certified: Certification, agent: Person
) -> None:
    lot = printed(program, agent)
    first, second = stickers_of(lot)[:2]
    hung(first, certified, agent)
    assert to_replace(agent.actor) == []
    page = agent.open(f"/personnel/vignettes/{first.ref}/retrait")
    assert page.fill("Retirer la vignette", reason="Abîmée", replacement="9999-001").status == 422, "no such sticker"
    page = page.fill("Retirer la vignette", reason="Abîmée", replacement=second.label)
    assert "Remplacée par" in page.text
    code = verifications_of(certified)[0].code
    assert Visitor(app).open(f"/a/{second.ref}").path == f"/v/{code}?de=vitrine"
    old = Visitor(app).open(f"/a/{first.ref}")
    assert old.h1 == "Cette vignette ne compte plus"
    assert old.follow("Voir ce qui est vrai").path == f"/v/{code}?de=vitrine"
    lead_to(certified, Stage.SUSPENDED)
    assert to_replace(agent.actor) == [second]
    assert second.label in agent.open("/personnel/vignettes").text


def test_a_sticker_hangs_in_one_place_only_whoever_asks_at_once(program: Program, certified: Certification, agent: Person) -> None:
    sticker = stickers_of(printed(program, agent))[0]
    hung(sticker, certified, agent)
    place = verifications_of(certified)[0]
    given = {"hangs_at": "x", "assigned_at": clock.now(), "assigned_by": "x", "assigned_by_name": "x"}
    with pytest.raises(IntegrityError), transaction():
        db.session.add(StickerAssignment(sticker_id=sticker.id, verification_id=place.id, **given))

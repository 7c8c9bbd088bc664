"""The employer's own logo: given, seen on its sheets, taken back; refused with a sentence when it is no picture."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from certif.accounts import actor_of
from certif.certification import Certification, Stage, verifications_of
from certif.kit import audit, clock
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.sent_files import SentFile
from certif.visibility import forget_old_logos, give_logo, kit_at, logo_of, remove_logo
from certif.visibility.sheets import file_of_kit
from tests.factories import Person, make_certification, make_person, make_user, owner_of, unit


@pytest.fixture
def certified(app: Flask) -> Certification:
    return make_certification(Stage.CERTIFIED)


def logo(colour: str = "#175483") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 100), colour).save(out, "PNG")
    return out.getvalue()


def pictures_on(certified: Certification, name: str) -> int:
    sheet = file_of_kit(kit_at(verifications_of(certified)[0]), name).make()
    return sum(len(page.images) for page in PdfReader(io.BytesIO(sheet)).pages)


def send(owner: Person, certified: Certification, content: bytes) -> object:
    path = f"/mon-espace/logo/{certified.employer.ref}"
    form = owner.open(path).soup.main.find("form")
    data = {control["name"]: control.get("value", "") for control in form.find_all("input", type="hidden")}
    return owner.send(path, {**data, "picture": (io.BytesIO(content), "logo.png")})  # type: ignore[dict-item]


def offers_to_take_back(owner: Person, certified: Certification) -> bool:
    """Whether the page shows a logo, and the button that takes it back."""
    main = owner.open(f"/mon-espace/logo/{certified.employer.ref}").soup.main
    assert bool(main.find("img")) is ("Retirer le logo" in main.text)
    return bool(main.find("img"))


def test_a_logo_that_is_given_stands_on_the_sheets_until_it_is_taken_back(certified: Certification) -> None:
    owner = make_person(owner_of(certified.employer))
    before = pictures_on(certified, "vignette-lettre.pdf")
    assert not offers_to_take_back(owner, certified)
    page = send(owner, certified, logo())
    assert "Le logo est enregistré" in page.soup.text  # type: ignore[attr-defined]
    assert pictures_on(certified, "vignette-lettre.pdf") == before + 1
    assert pictures_on(certified, "affiche-a4-bilingue.pdf") == before + 1
    assert offers_to_take_back(owner, certified)
    shown = owner.client.get(f"/mon-espace/logo/{certified.employer.ref}.png", base_url=owner.base)
    assert shown.mimetype == "image/png"
    owner.open(f"/mon-espace/logo/{certified.employer.ref}").fill("Retirer le logo")
    assert pictures_on(certified, "vignette-lettre.pdf") == before
    assert owner.open(f"/mon-espace/logo/{certified.employer.ref}.png").status == 404
    assert [entry.event for entry in audit.history(certified.employer)][-2:] == ["logo_given", "logo_removed"]


@pytest.mark.parametrize(("prefix", "sentence"), [("", "n’est pas une image lisible"), ("/en", "not a readable picture")])
def test_what_is_no_picture_is_refused_in_the_readers_language(certified: Certification, prefix: str, sentence: str) -> None:
    owner, path = make_person(owner_of(certified.employer)), f"{prefix}/mon-espace/logo/{certified.employer.ref}"
    form = owner.open(path).soup.main.find("form")
    data = {control["name"]: control.get("value", "") for control in form.find_all("input", type="hidden")}
    page = owner.send(path, {**data, "picture": (io.BytesIO(b"<svg onload='x()'/>"), "logo.png")})  # type: ignore[dict-item]
    assert page.status == 409
    assert any(sentence in error for error in page.errors())
    assert logo_of(certified.employer) is None


def test_the_same_logo_twice_is_one_and_a_stranger_changes_nothing(certified: Certification) -> None:
    owner, stranger = actor_of(owner_of(certified.employer)), actor_of(make_user())
    with unit():
        first = give_logo(certified.employer, logo(), by=owner)
        assert give_logo(certified.employer, logo(), by=owner) is first
        assert give_logo(certified.employer, logo("#a8301a"), by=owner).number == 2
    with unit(), pytest.raises(Refusal):
        give_logo(certified.employer, logo(), by=stranger)
    with unit(), pytest.raises(Refusal):
        remove_logo(certified.employer, by=stranger)


def test_a_logo_that_was_taken_back_or_replaced_is_erased_after_thirty_days_and_the_one_that_stands_is_not(
    certified: Certification,
) -> None:
    owner = actor_of(owner_of(certified.employer))
    with unit():
        digests = [give_logo(certified.employer, logo(colour), by=owner).digest for colour in ("#111111", "#222222")]
        other = make_certification(Stage.CERTIFIED)
        stays = give_logo(other.employer, logo("#333333"), by=actor_of(owner_of(other.employer))).digest
        remove_logo(certified.employer, by=owner)
    for days_later, kept in ((29, {*digests, stays}), (31, {stays})):
        with clock.frozen(clock.now() + dt.timedelta(days=days_later)):
            forget_old_logos()
        assert set(db.session.scalars(select(SentFile.digest))) == kept
    assert logo_of(certified.employer) is None
    assert logo_of(other.employer) is not None

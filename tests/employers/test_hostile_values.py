"""Absurd, huge, hostile and empty values in every field: either kept unharmed, or refused with a sentence, and then nothing is stored."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import employers
from certif.employers import Employer, Establishment, JoinRequest, MemberInvitation, RegistrationDraft
from certif.kit.db import db, transaction
from tests.employers.people import CONTACT, DESCRIPTION, FIRST, PLACE, draft, person, register, signed_in
from tests.pages import Visitor

KEPT = {
    "Épicerie & fils <i>": "Épicerie & fils <i>",
    "ᐃᓄᒃᑎᑐᑦ ᓂᐅᕕᕐᕕᒃ": "ᐃᓄᒃᑎᑐᑦ ᓂᐅᕕᕐᕕᒃ",
    "Chez Zoé 🎉👩\u200d🍳": "Chez Zoé 🎉👩\u200d🍳",
    "مخبز الحي": "مخبز الحي",
    "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "{{7*7}} %(x)s ${7*7} {0}": "{{7*7}} %(x)s ${7*7} {0}",
    "'; DROP TABLE employer; --": "'; DROP TABLE employer; --",
    "E\u0301picerie": "Épicerie",
    "Épi\x00cerie": "Épicerie",
    "\u202eEirecipé": "Eirecipé",
    "Deux\nlignes\tici": "Deux lignes ici",
    "a" * 300: "a" * 300,
}
REFUSED = ["", "   ", "\x00", "\u202e\u200f", "—", "🎉", "a" * 301, "a" * 10_000]
STRANGE = [*KEPT, *REFUSED, "-1", "1e999", "٣", "None", "['company']", "../../etc/passwd"]

STEPS: dict[str, dict[str, str]] = {
    "/inscription": FIRST,
    "/inscription/organisation": DESCRIPTION,
    "/inscription/etablissements/ajout": PLACE,
    "/inscription/personne-ressource": CONTACT,
}
WORDS = {"legal_name", "trade_name", "banner", "name", "address", "municipality", "contact_name", "contact_role"}
OPTIONAL = {"trade_name", "banner", "name", "contact_phone"}
PLAIN = [(path, field) for path, answers in STEPS.items() for field in answers if field in WORDS]
SHAPED = [(path, field) for path, answers in STEPS.items() for field in answers if field not in WORDS]


def one_draft() -> RegistrationDraft:
    return db.session.scalars(select(RegistrationDraft)).one()


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def started(app: Flask) -> Visitor:
    """Somebody whose first page is answered."""
    visitor = Visitor(app, inspects=False)
    visitor.open("/inscription").fill("Continuer", **FIRST)
    return visitor


@pytest.mark.parametrize(("path", "field"), PLAIN)
def test_strange_words_are_kept_as_they_were_typed(started: Visitor, path: str, field: str) -> None:
    for typed, expected in KEPT.items():
        page = started.open(path).fill(**{**STEPS[path], field: typed})
        assert page.status == 200, (typed, page.errors())
        db.session.expire_all()
        data = one_draft().data
        assert (data["establishments"][-1] if path.endswith("ajout") else data)[field] == expected


@pytest.mark.parametrize(("path", "field"), PLAIN)
def test_words_that_say_nothing_or_too_much_are_refused_and_nothing_is_stored(started: Visitor, path: str, field: str) -> None:
    before = dict(one_draft().data)
    for typed in REFUSED:
        if field in OPTIONAL and typed in {"", "   ", "\x00", "\u202e\u200f"}:
            continue
        page = started.open(path).fill(**{**STEPS[path], field: typed})
        assert page.status == 422, typed
        assert page.errors(), typed
        assert page.soup.find(id=f"{field}-error"), typed
        if typed.isprintable():
            assert page.soup.find(id=field)["value"] == typed.strip()
    db.session.expire_all()
    assert one_draft().data == before


@pytest.mark.parametrize(("path", "field"), SHAPED)
def test_what_has_a_shape_is_refused_in_any_other(started: Visitor, path: str, field: str) -> None:
    before = dict(one_draft().data)
    for typed in STRANGE:
        if field in OPTIONAL and not typed.strip("\x00\u202e\u200f "):
            continue
        page = started.open(path)
        token = page.soup.find(id="csrf_token")["value"]
        page = started.send(path, {**STEPS[path], field: typed, "csrf_token": token})
        assert page.status == 422, (field, typed)
        assert page.errors(), (field, typed)
    db.session.expire_all()
    assert one_draft().data == before


def test_a_field_that_is_missing_altogether_is_asked_for(app: Flask) -> None:
    visitor = Visitor(app, inspects=False)
    token = visitor.open("/inscription").soup.find(id="csrf_token")["value"]
    for path, answers in STEPS.items():
        known = {"language", "postal_code"} if path != "/inscription" else set()  # proposed by the page itself
        for left_out in [name for name in answers if name not in OPTIONAL | known]:
            said = {name: text for name, text in answers.items() if name != left_out}
            assert visitor.send(path, {**said, "csrf_token": token}).status == 422, (path, left_out)
        required = {name: text for name, text in answers.items() if name not in OPTIONAL}
        assert visitor.send(path, {**required, "csrf_token": token}).status == 200, path


SITES = {
    "exemple.com": "https://exemple.com",
    "http://www.exemple.com/à-propos?x=1#y": "http://www.exemple.com/à-propos?x=1#y",
    "https://épicerie.québec": "https://épicerie.québec",
    "": None,
}
NO_SITES = [
    "javascript:alert(1)",
    "JaVaScRiPt://exemple.com/%0aalert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://exemple.com",
    "//exemple.com",
    "http://127.0.0.1",
    "http://localhost",
    "http://0x7f000001",
    "http://[::1]/",
    "http://exemple.com@127.0.0.1",
    "http://qui:quoi@exemple.com",
    'https://exemple.com" onclick="x',
    "https://exemple.com/<script>",
    "https://",
    "exemple",
    "https://exemple.com:99999",
    "a" * 301,
    "🎉",
    "--",
]


def test_a_website_is_kept_as_text_when_it_is_public_and_refused_otherwise(app: Flask) -> None:
    with transaction():
        employer = register()
    visitor = signed_in(app, "aicha@exemple.com", inspects=False)
    for typed, expected in SITES.items():
        assert visitor.open("/mon-espace/employeur").fill("Enregistrer", website=typed).status == 200, typed
        db.session.refresh(employer)
        assert employer.website == expected
    for typed in NO_SITES:
        page = visitor.open("/mon-espace/employeur").fill("Enregistrer", website=typed)
        assert page.status == 422, typed
        assert any("adresse complète du site" in said or "Raccourcissez" in said for said in page.errors()), typed
    db.session.refresh(employer)
    assert employer.website is None


def test_strange_words_reach_the_register_and_every_page_unharmed(app: Flask) -> None:
    name = "Épicerie & fils <i> ᐃᓄᒃ 🎉 {{7*7}} %(x)s"
    with transaction():
        employer = register({"name": name, "address": name, "municipality": name}, legal_name=name, trade_name=name, banner=name)
    visitor = signed_in(app, "aicha@exemple.com", inspects=False)
    for path in ("employeurs", "employeur", "personne-ressource", "etablissements", "personnes"):
        page = visitor.open(f"/mon-espace/{path}")
        assert page.status == 200
        assert name in page.text or page.soup.find("input", value=name), path
        assert page.soup.main.find("i") is None
    assert employer.name == name


@pytest.mark.parametrize("typed", REFUSED)
def test_strange_people_are_neither_asked_for_nor_invited(app: Flask, typed: str) -> None:
    with transaction():
        employer = register(neq=FIRST["neq"])
    visitor = signed_in(app, "aicha@exemple.com", inspects=False)
    good: dict[str, Any] = {"name": "Noémie", "email": "noemie@exemple.com", "role": "member", "language": "fr"}
    token = visitor.open(f"/mon-espace/personnes/{employer.ref}/invitation").soup.find(id="csrf_token")["value"]
    for field in good:
        path = f"/mon-espace/personnes/{employer.ref}/invitation"
        assert visitor.send(path, {**good, field: typed, "csrf_token": token}).status == 422, field
    stranger = Visitor(app, inspects=False)
    page = stranger.open("/inscription").fill("Continuer", **FIRST)
    token = page.soup.find("input", attrs={"name": "csrf_token"}) or stranger.open("/inscription").soup.find(id="csrf_token")
    for field in ("name", "email"):
        said = {"name": "Noémie", "email": "noemie@exemple.com", "message": "", field: typed, "csrf_token": token["value"]}
        assert stranger.send("/inscription/se-joindre", said).status == 422, field
    assert count(MemberInvitation) == count(JoinRequest) == 0


def test_a_message_may_be_long_but_not_endless(app: Flask) -> None:
    with transaction():
        register(neq=FIRST["neq"])
    visitor = Visitor(app, inspects=False)
    visitor.open("/inscription").fill("Continuer", **FIRST)
    page = visitor.open("/inscription/se-joindre").fill(name="Noémie", email="noemie@exemple.com", message="a" * 1001)
    assert page.status == 422
    assert page.soup.find(id="message").get_text().strip() == "a" * 1001
    assert page.fill(message="Deux\nlignes " + "a" * 900).status == 200
    assert "Deux\nlignes" in db.session.scalars(select(JoinRequest)).one().message


def test_an_establishment_takes_the_same_values_later_as_at_registration(app: Flask) -> None:
    with transaction():
        employer = register()
    visitor = signed_in(app, "aicha@exemple.com", inspects=False)
    path = f"/mon-espace/etablissements/{employer.ref}/ajout"
    for typed in REFUSED:
        assert visitor.open(path).fill(**{**PLACE, "name": "Nord", "municipality": typed}).status == 422
    assert count(Establishment) == 1
    assert visitor.open(path).fill(**{**PLACE, "name": "Épicerie & fils <i>"}).status == 200
    assert employers.establishments_of(employer)[-1].name == "Épicerie & fils <i>"


def test_the_register_holds_what_a_draft_held(app: Flask) -> None:
    with transaction():
        for name in KEPT.values():
            employer = employers.register_employer(draft(legal_name=name, neq=None), by=person("aicha@exemple.com"))
            assert employer.legal_name == name
    assert count(Employer) == len(KEPT)

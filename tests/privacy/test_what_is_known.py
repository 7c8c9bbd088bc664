"""What is known of a person is shown to them, given to them, and erased where nothing must stay."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from certif import privacy
from certif.certification import Stage
from certif.imports import Prospect
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.privacy import HOLDINGS, NOT_OF_PERSONS, End, Erasure, PrivacyRequest
from tests.conftest import Mailbox
from tests.factories import make_certification, make_person, make_program, make_staff, make_user, unit

LOOKS_LIKE = ("email", "address_to", "to_address")
HELD = {(one.table, one.address) for one in HOLDINGS}


def holding(table: str) -> privacy.Holding:
    """Give one by its table."""
    return next(one for one in HOLDINGS if one.table == table)


def prospect(email: str) -> Prospect:
    """Note an organisation whose contact has this address."""
    program = make_program()
    with unit():
        row = Prospect(
            program=program, name="Café", name_key="cafe", postal_code="J6E 3Z9", contact_name="Léa Roy", contact_email=email,
            contact_phone="450 555-0100", contact_ground="published", contact_source="Site", language="fr", noted_at=program.created_at,
            noted_by="system",
        )  # fmt: skip
        db.session.add(row)
    return row


def test_no_column_that_may_hold_an_address_is_forgotten(app: Flask) -> None:
    columns = {
        (table.name, column.name) for table in db.metadata.sorted_tables for column in table.columns if column.name.endswith(LOOKS_LIKE)
    }
    forgotten = {f"{table}.{column}" for table, column in columns - HELD} - NOT_OF_PERSONS.keys()
    assert not forgotten, f"say in certif/privacy/holdings.py who is known there, why, and what erasing does: {sorted(forgotten)}"
    for one in HOLDINGS:
        assert set(one.told) <= set(db.metadata.tables[one.table].columns.keys()), one.table


def test_a_person_sees_what_is_known_of_them_and_takes_it_away(app: Flask) -> None:
    person = make_person()
    found = prospect(person.user.email)
    page = person.open("/compte/renseignements")
    assert "Prospect" in page.text
    assert "Léa Roy" in page.text
    assert "Langue Français" in page.text
    taken = json.loads(page.fill("Télécharger").response.get_data(as_text=True))
    assert taken["held"]["prospect"]["rows"][0]["contact_phone"] == found.contact_phone
    assert taken["held"]["user"]["rows"][0]["email"] == person.user.email


def test_nobody_sees_what_is_known_of_another(app: Flask) -> None:
    prospect("autre@exemple.com")
    person, manager = make_person(), make_staff(Role.MANAGER, make_program())
    assert "Léa Roy" not in person.open("/compte/renseignements?courriel=autre@exemple.com").text
    assert manager.open("/personnel/renseignements?courriel=autre@exemple.com").status == 403


def test_an_administrator_erases_a_contact_and_the_organisation_stays(app: Flask) -> None:
    found, admin = prospect("lea@exemple.com"), make_staff(Role.ADMIN)
    admin.open("/personnel/renseignements?courriel=Lea@Exemple.com").fill("Effacer")
    db.session.expire_all()
    kept = (found.name, found.contact_email, found.contact_name, found.contact_phone, found.contact_source)
    assert kept == ("Café", None, None, None, None)
    assert db.session.scalars(select(Erasure.count)).all() == [1]
    assert "Aucune table" in admin.open("/personnel/renseignements?courriel=lea@exemple.com").text


def test_what_must_stay_is_not_erased_and_says_why(app: Flask) -> None:
    certification = make_certification(Stage.CERTIFIED)
    email = certification.employer.contact_email
    for table in ("employer", "contract_signature"):
        with pytest.raises(Refusal, match="doit rester"), unit():
            privacy.erase_held(holding(table), email, by=SYSTEM)
    assert holding("contract_signature").end is End.KEPT


def test_an_account_is_emptied_once_nothing_hangs_on_it(app: Flask) -> None:
    user, staff = make_user("adieu@exemple.com"), make_staff(Role.AGENT, make_program())
    with unit():
        assert privacy.erase_held(holding("user"), "adieu@exemple.com", by=SYSTEM) == 1
    assert (user.name, user.email.endswith(".invalid"), user.disabled_at is not None) == ("", True, True)
    with pytest.raises(Refusal, match="rôle"), unit():
        privacy.erase_held(holding("user"), staff.user.email, by=SYSTEM)
    owner = make_certification(Stage.CERTIFIED)
    with pytest.raises(Refusal, match="employeur"), unit():
        privacy.erase_held(holding("user"), owner.employer.contact_email, by=SYSTEM)


def test_who_asks_is_answered_once_by_letter(app: Flask, letters: Mailbox) -> None:
    person, admin = make_person(), make_staff(Role.ADMIN)
    page = person.open("/compte/renseignements").fill("Envoyer la demande", words="Effacez mon numéro.")
    assert "Réponse attendue" in page.text
    with pytest.raises(Refusal), unit():
        privacy.ask_about_me("Encore.", by=person.actor)
    admin.open("/personnel/renseignements").follow(person.user.shown_name).fill("Répondre", answer="C’est fait.")
    assert "C’est fait." in letters.last(person.user.email).body
    asked = db.session.scalars(select(PrivacyRequest)).one()
    with pytest.raises(Refusal), unit():
        privacy.answer_request(asked, "Encore.", by=admin.actor)
    assert "C’est fait." in person.open("/compte/renseignements").text


def test_a_table_that_is_not_told_is_seen_by_the_test(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: with one holding less, the same reading names it."""
    monkeypatch.setattr(f"{__name__}.HELD", HELD - {("prospect", "contact_email")})
    with pytest.raises(AssertionError, match=r"prospect\.contact_email"):
        test_no_column_that_may_hold_an_address_is_forgotten(app)

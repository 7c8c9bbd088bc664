"""The same organisation is found before it exists twice: whoever comes second asks to join, is let in, and acts."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.certification import Certification
from certif.employers import Employer, members_of
from certif.kit.db import db
from certif.programs import Program
from tests.conftest import Mailbox
from tests.factories import make_program
from tests.journeys.people import HOME, Someone, read, register, sign


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(price_cents=0, requires_contribution=False)


@pytest.fixture
def first(app: Flask, letters: Mailbox, program: Program) -> Someone:
    """Whoever registered the organisation."""
    person = Someone(app, letters)
    register(person)
    return person


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


SAME = {
    "same NEQ": {**HOME, "legal_name": "9042-1234 Québec inc."},
    "same name, other signs": {"legal_name": "BOULANGERIE  DU QUAI, INC", "neq": "", "postal_code": "j6e3z9", "has_no_neq": True},
}


@pytest.mark.parametrize("typed", SAME.values(), ids=SAME)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_second_person_asks_to_join_is_accepted_and_signs(
    app: Flask, letters: Mailbox, first: Someone, typed: dict[str, object], language: str
) -> None:
    second = Someone(app, letters, language, email="paul@exemple.com")
    second.go("/inscription")
    second.press("Continuer", **typed)
    second.reads("Cette organisation est peut-être déjà inscrite")
    assert first.email not in second.page.soup.get_text(), "nothing is told of those who are in"  # type: ignore[union-attr]
    second.follow("Demander à se joindre à elle")
    second.press("Envoyer la demande", name="Paul Roy", email=second.email, message="Je suis le gérant.")
    assert count(Employer) == 1
    is_let_in(first, second)
    second.go("/mon-espace")
    second.reads("Boulangerie du Quai")
    read(second)
    sign(second)
    employer = db.session.scalars(select(Employer)).one()
    assert [member.user.email for member in members_of(employer)] == [first.email, second.email]
    assert [letter.to_address for letter in letters.all() if letter.name == "certification/contract_signed"] != []
    assert count(Certification) == 1


def is_let_in(first: Someone, second: Someone) -> None:
    """Follow the letter, read who asks, accept; the other enters by the invitation."""
    first.letter("employers/join_requested")
    first.page = first.open(first.link())
    first.follow("Répondre")
    first.reads("Paul Roy", "Je suis le gérant.")
    first.press("Accepter et inviter", role="member")
    second.letter("employers/member_invited")
    second.page = second.open(second.link())
    second.press("Accepter l’invitation")
    second.press("Confirmer et accepter", code=second.code())


def test_whoever_is_declined_is_told_and_stays_outside(app: Flask, letters: Mailbox, first: Someone) -> None:
    second = Someone(app, letters, email="paul@exemple.com")
    second.go("/inscription")
    second.press("Continuer", **HOME)
    second.follow("Demander à se joindre à elle")
    second.press("Envoyer la demande", name="Paul Roy", email=second.email, message="")
    first.page = first.open(first.link())
    first.follow("Répondre")
    first.press("Refuser la demande")
    second.letter("employers/join_declined")
    assert count(Employer) == 1
    assert [member.user.email for member in members_of(db.session.scalars(select(Employer)).one())] == [first.email]


def test_another_organisation_of_the_same_name_goes_on(app: Flask, letters: Mailbox, first: Someone) -> None:
    second = Someone(app, letters, email="paul@exemple.com")
    with pytest.raises(AssertionError):
        register(second, neq="1170000099", contact_email=second.email)
    second.go("/inscription/deja-inscrite")
    second.press("C’est une autre organisation : continuer".replace(" :", "\u00a0:"))
    assert second.page
    assert second.page.path == "/inscription/organisation"
    assert count(Employer) == 1

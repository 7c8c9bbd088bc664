"""Registrations on their way: nothing typed is lost, nothing is kept for ever, and a link finds them again."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from certif import employers
from certif.employers import JoinRequest, MemberInvitation, RegistrationDraft, drafts
from certif.kit import clock, tokens
from certif.kit.access import VISITOR
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from tests.conftest import Mailbox
from tests.employers.people import FIRST, PLACE, draft, person, register

unit = pytest.mark.usefixtures("unit")


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def token_in(body: str) -> str:
    found = re.search(r"/inscription/reprise/([\w-]{43})", body)
    assert found
    return found.group(1)


@unit
def test_the_first_page_kept_twice_under_one_token_is_one_draft() -> None:
    token = tokens.secret()
    employers.keep_first_answers(token, FIRST)
    kept = employers.keep_first_answers(token, {**FIRST, "legal_name": "Autre nom"})
    assert count(RegistrationDraft) == 1
    assert (kept.answer("legal_name"), kept.answer("neq")) == ("Autre nom", FIRST["neq"])


@unit
def test_a_draft_says_which_page_comes_next() -> None:
    kept = employers.keep_first_answers(tokens.secret(), FIRST)
    assert kept.step == "describe"
    drafts.keep_answers(kept, {"kind": "company"})
    assert kept.step == "list_places"
    employers.keep_establishment(kept, PLACE)
    assert kept.step == "give_contact"
    drafts.keep_answers(kept, {"contact_email": "aicha@exemple.com"})
    assert kept.step == "give_contact", "an invitation knows the address, and nothing of the person"
    drafts.keep_answers(kept, {"contact_role": "Propriétaire"})
    assert kept.is_complete


@unit
def test_the_same_establishment_typed_twice_is_kept_once() -> None:
    kept = draft(PLACE, PLACE, {**PLACE, "name": "Nord"})
    assert [place["name"] for place in kept.establishments] == ["", "Nord"]


@unit
def test_an_establishment_is_corrected_and_taken_out_by_its_own_name() -> None:
    kept = draft({"name": "Nord"}, {"name": "Sud"}, {"name": "Est"})
    north, south, _east = (place["key"] for place in kept.establishments)
    employers.keep_establishment(kept, {**PLACE, "name": "Nord-Ouest"}, north)
    for _twice in range(2):
        drafts.remove_establishment(kept, south)
    assert [place["name"] for place in kept.establishments] == ["Nord-Ouest", "Est"]
    with pytest.raises(NotFound):
        employers.keep_establishment(kept, PLACE, south)


@unit
def test_establishments_of_a_draft_are_bounded() -> None:
    kept = draft(*({"name": f"Numéro {number}"} for number in range(drafts.MOST_ESTABLISHMENTS)))
    with pytest.raises(Refusal, match="au plus 50"):
        employers.keep_establishment(kept, {**PLACE, "name": "Un de trop"})


@unit
def test_a_draft_is_found_by_its_token_only_and_only_a_digest_is_kept() -> None:
    token = tokens.secret()
    kept = employers.keep_first_answers(token, FIRST)
    assert employers.draft_of(token) is kept
    assert token not in str(vars(kept))
    for wrong in (None, "", "x", kept.token_digest):
        with pytest.raises(NotFound):
            employers.draft_of(wrong)


@unit
def test_a_link_finds_the_draft_again_and_the_cookie_still_does(letters: Mailbox) -> None:
    token = tokens.secret()
    kept = employers.keep_first_answers(token, FIRST)
    drafts.send_resume_link(kept, "aicha@exemple.com")
    link = token_in(letters.last("aicha@exemple.com").body)
    assert employers.draft_of(link) is employers.draft_of(token) is kept


@unit
def test_the_letter_to_an_address_nobody_has_proven_says_nothing_that_was_typed(letters: Mailbox) -> None:
    drafts.send_resume_link(draft(), "inconnue@exemple.com")
    letter = letters.last()
    for typed in ("Épicerie", "1160000001", "Aïcha", "rue Saint-Jean"):
        assert typed not in letter.subject + letter.body


@unit
def test_asking_for_the_link_again_at_once_sends_one_letter_and_a_later_one_does_not_break_the_first(letters: Mailbox) -> None:
    kept = draft()
    for _again in range(3):
        drafts.send_resume_link(kept, "aicha@exemple.com")
    assert len(letters.all()) == 1
    with clock.frozen(clock.now() + drafts.PAUSE + dt.timedelta(seconds=1)):
        drafts.send_resume_link(kept, "aicha@exemple.com")
    first, second = (token_in(letter.body) for letter in letters.all())
    assert first == second


@unit
def test_the_links_of_one_draft_are_bounded() -> None:
    kept = draft()
    for number in range(drafts.MOST_RESUME_LINKS):
        drafts.send_resume_link(kept, f"personne{number}@exemple.com")
    with pytest.raises(Refusal, match="Plusieurs liens"):
        drafts.send_resume_link(kept, "une.de.trop@exemple.com")


@unit
def test_an_organisation_that_looks_the_same_may_be_said_to_be_another_but_not_with_the_same_neq() -> None:
    register(legal_name="Dépanneur Soleil", neq="1160000007")
    kept = draft(legal_name="Depanneur soleil", neq="1160000008")
    assert drafts.similar_to(kept) is not None
    drafts.say_different(kept)
    assert drafts.similar_to(kept) is None
    drafts.keep_answers(kept, {"neq": "1160000007"})
    with pytest.raises(Refusal, match="Ce NEQ est déjà"):
        drafts.say_different(kept)


@unit
def test_a_second_look_is_taken_at_the_postal_code_of_each_establishment() -> None:
    register({"postal_code": "J6E 3Z9"}, legal_name="Dépanneur Soleil")
    kept = draft(legal_name="Dépanneur Soleil", neq=None)
    assert drafts.similar_to(kept) is None
    employers.keep_establishment(kept, {**PLACE, "postal_code": "J6E 3Z9"})
    assert drafts.similar_to(kept) is not None


def test_a_draft_is_forgotten_thirty_days_after_its_last_change(app: object) -> None:
    token, start = tokens.secret(), clock.now()
    with transaction():
        employers.keep_first_answers(token, FIRST)
    with clock.frozen(start + dt.timedelta(days=29)):
        employers.forget_old_arrivals()
        with transaction():
            employers.keep_first_answers(token, FIRST)
    with clock.frozen(start + dt.timedelta(days=58)):
        employers.forget_old_arrivals()
        assert count(RegistrationDraft) == 1
    with clock.frozen(start + dt.timedelta(days=59, minutes=1)):
        assert employers.find_draft(token) is None
        employers.forget_old_arrivals()
        assert count(RegistrationDraft) == 0


def test_requests_and_invitations_are_forgotten_as_their_models_promise(app: object) -> None:
    start = clock.now()
    with transaction():
        employer, owner = register(), person("aicha@exemple.com")
        for email in ("un@exemple.com", "deux@exemple.com"):
            employers.ask_to_join(employer, name="Une personne", email=email, message="", language="fr", by=VISITOR)
        employers.decline_join_request(employers.pending_requests(employer)[0], by=owner)
        employers.invite_member(employer, email="trois@exemple.com", name="Trois", role="member", by=owner)
    expected = {29: (2, 1), 31: (1, 1), 43: (1, 1), 45: (1, 0), 364: (1, 0), 366: (0, 0)}
    for days, left in expected.items():
        with clock.frozen(start + dt.timedelta(days=days)):
            employers.forget_old_arrivals()
            assert (count(JoinRequest), count(MemberInvitation)) == left, f"after {days} days"

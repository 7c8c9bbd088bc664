"""A cycle granted before the one that runs has ended: everything that speaks of the code says the same, day after day."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask

from certif import directory, standing
from certif.certification import Certification, Stage, verifications_of
from certif.directory.folding import fold_first_days
from certif.directory.model import Listing
from certif.kit.access import Role
from certif.kit.db import db
from certif.mailings.audiences import members_of
from certif.mailings.model import Audience
from certif.public.queries import shown_at
from certif.standing import Status
from certif.visibility.kits import kit_at
from certif.visibility.sticker_actions import assign_sticker, print_lot
from certif.visibility.stock import stickers_of, to_replace
from tests.credentials.test_credentials import REVOKED, SUSPENDED, is_set
from tests.credentials.verifying import read
from tests.factories import Person, decide, make_certification, make_program, make_staff, unit
from tests.pages import Visitor
from tests.public.codes import code_of
from tests.standing.years import days, on, renew

Two = tuple[Certification, Certification]


@pytest.fixture
def two(app: Flask) -> Iterator[Two]:
    """A certification that ends in twenty days, and the next, granted at a higher level."""
    first = make_certification(program=make_program("oser-jeunes"))
    with on(first.badges[0].valid_until - days(20)):
        second = renew(first, Stage.AWAITING_VALIDATION)
        decide(second, Stage.CERTIFIED, "argent")
        yield first, second


@pytest.fixture
def boss(two: Two) -> Person:
    return make_staff(Role.MANAGER, two[0].program)


def levels(first: Certification) -> set[str]:
    """Give the level that each of them says, in French."""
    code, kit = verifications_of(first)[0], kit_at(verifications_of(first)[0])
    shown, listing = shown_at(code.code), db.session.get_one(Listing, code.id)
    assert shown.level is not None
    assert kit.level is not None
    return {shown.level.name.fr, listing.level_fr, kit.level.name.fr}


def test_the_level_changes_everywhere_on_the_first_day_of_the_badge(two: Two) -> None:
    first, second = two
    directory.fold()
    assert levels(first) == {"Bronze"}
    with on(second.badges[0].valid_from):
        assert levels(first) == {"Bronze", "Argent"}, "the twin: nothing in the journal tells of a day that comes"
        fold_first_days()
        assert levels(first) == {"Argent"}


def test_what_is_withdrawn_is_withdrawn_with_the_credential_that_still_runs(two: Two, boss: Person, visitor: Visitor) -> None:
    first, second = two
    served = json.loads(read(visitor, f"/v/{code_of(first)}/credential.json"))
    index = int(served["credentialStatus"][0]["statusListIndex"])
    assert not is_set(read(visitor, REVOKED), index)
    with unit():
        standing.suspend(second, "Motif.", by=boss.actor)
    assert (is_set(read(visitor, SUSPENDED), index), is_set(read(visitor, REVOKED), index)) == (True, False)
    with unit():
        standing.revoke(second, "Motif.", by=boss.actor)
    assert is_set(read(visitor, REVOKED), index)
    assert shown_at(code_of(first)).status is Status.REVOKED


def test_a_sticker_is_to_be_replaced_once_the_newest_badge_is_withdrawn(two: Two, boss: Person) -> None:
    first, second = two
    with unit():
        lot = print_lot(first.program, look="certified", quantity=1, by=boss.actor)
        assign_sticker(stickers_of(lot)[0], verifications_of(first)[0], "Porte", by=boss.actor)
    assert to_replace(boss.actor) == []
    with unit():
        standing.revoke(second, "Motif.", by=boss.actor)
    assert to_replace(boss.actor) == stickers_of(lot)
    assert kit_at(verifications_of(first)[0]).status is None


def test_nobody_is_told_to_renew_what_is_renewed(app: Flask) -> None:
    one = make_certification(program=make_program())
    with on(one.badges[0].valid_until - days(20)):
        assert [key for key, _name, _email in members_of(one.program, Audience.EXPIRING)] == [f"file:{one.ref}"], "the twin"
        renew(one)
        assert members_of(one.program, Audience.EXPIRING) == []

"""The day the telephone is lost: recovery codes, used once, and the rescue by someone of the team."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from certif.accounts import second_factor
from certif.accounts.proofs import RecoveryCode
from certif.kit.access import Role
from certif.kit.db import db
from tests.accounts.people import (
    ANA,
    BEN,
    enter,
    install_application,
    is_in,
    staff,
)
from tests.conftest import Mailbox
from tests.pages import Page, Visitor

TEAM = "/personnel/equipe"


def back_in(app: Flask, letters: Mailbox, email: str = ANA) -> tuple[Visitor, Page]:
    """Sign in again from a new browser, up to the second factor."""
    visitor = Visitor(app)
    enter(visitor, letters, email)
    return visitor, visitor.open(TEAM)


def codes_of(visitor: Visitor) -> list[str]:
    """Make recovery codes and read them."""
    page = visitor.open("/compte/second-facteur/codes").fill("Afficher de nouveaux codes")
    return [code.get_text() for code in page.soup.main.find_all("code")]


def test_a_recovery_code_replaces_the_application_once(app: Flask, letters: Mailbox) -> None:
    visitor = staff(app, letters, ANA, Role.ADMIN)
    codes = codes_of(visitor)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    _other, page = back_in(app, letters)
    assert page.fill(answer=codes[0].lower().replace("-", " ")).h1 == "Équipe"
    assert "code de secours" in letters.last(ANA).body
    _third, page = back_in(app, letters)
    assert page.fill(answer=codes[0]).status == 409
    assert page.fill(answer=codes[1]).h1 == "Équipe"


def test_new_recovery_codes_replace_the_former(app: Flask, letters: Mailbox) -> None:
    visitor = staff(app, letters, ANA, Role.ADMIN)
    former = codes_of(visitor)
    codes_of(visitor)
    _other, page = back_in(app, letters)
    assert page.fill(answer=former[0]).status == 409


def test_recovery_codes_are_shown_once_and_kept_hashed(app: Flask, letters: Mailbox) -> None:
    visitor = staff(app, letters, ANA, Role.ADMIN)
    codes = codes_of(visitor)
    page = visitor.open("/compte/second-facteur/codes")
    assert not any(code in page.text for code in codes)
    kept = [row.hashed for row in db.session.query(RecoveryCode)]
    assert all(hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for hashed in kept)
    assert not any(code.replace("-", "")[4:] in hashed for code in codes for hashed in kept)


def test_two_hashes_at_once_and_no_more() -> None:
    inside, most = [0], [0]
    verify = second_factor._hasher.verify

    class Watched:
        def verify(self, hashed: str, code: str) -> bool:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.01)
            try:
                return verify(hashed, code)
            finally:
                inside[0] -= 1

    original = second_factor._hasher
    second_factor._hasher = Watched()  # type: ignore[assignment]
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda code: second_factor._fits(second_factor._hash_of_nothing(), code), "abcdefgh"))
    finally:
        second_factor._hasher = original
    assert most[0] <= 2


def test_the_rescue_of_who_has_lost_everything(app: Flask, letters: Mailbox) -> None:
    admin = staff(app, letters, ANA, Role.ADMIN)
    ben = staff(app, letters, BEN, Role.ADMIN)
    admin.open(TEAM).follow("Ben").fill("Effacer le second facteur")
    assert not is_in(ben)
    other, page = back_in(app, letters, BEN)
    assert page.h1 == "Installer le second facteur"
    assert any(letter.name == "accounts/protection_changed" and "effacé" in letter.body for letter in letters.to(BEN))
    install_application(other)
    assert other.open(TEAM).h1 == "Équipe"


def test_nobody_erases_their_own_second_factor(app: Flask, letters: Mailbox) -> None:
    admin = staff(app, letters, ANA, Role.ADMIN)
    assert admin.open(TEAM).follow("Ana").fill("Effacer le second facteur").status == 409

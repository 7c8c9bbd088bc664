"""Every address × everyone: who must not come in is led to sign-in (303), refused (403) or finds nothing (404); never 200, never 5xx.

What is expected stands here, apart from the views' own declarations: a page that forgets its audience is seen.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, true
from werkzeug.routing import Rule

from certif.accounts import grants_of, revoke_grant
from certif.certification import queries
from certif.kit.access import ANYONE, SYSTEM
from certif.kit.db import db
from tests.conftest import one_transaction, undone
from tests.factories import unit
from tests.house.doors import (
    FOR_ADMINISTRATORS,
    FOR_MANAGERS,
    KNOWN_TO_EVERY_PARTNER,
    KNOWN_TO_WHOEVER_SIGNS_IN,
    NOT_FOR_PARTNERS,
    NOT_OPEN,
    OPEN,
)
from tests.house.sources import complain
from tests.house.world import (
    ADMIN,
    AGENT,
    ANONYMOUS,
    EMPLOYER,
    HALF_SIGNED_IN,
    MANAGER,
    OTHER_AGENT,
    OTHER_EMPLOYER,
    OTHER_PARTNER,
    PARTNER,
    SECRET,
    World,
    build_world,
)
from tests.pages import Visitor, _forget_the_request

EVERYONE = (ANONYMOUS, EMPLOYER, OTHER_EMPLOYER, OTHER_AGENT, OTHER_PARTNER, PARTNER, AGENT, MANAGER, ADMIN, HALF_SIGNED_IN)
STAFF = (OTHER_AGENT, OTHER_PARTNER, PARTNER, AGENT, MANAGER, ADMIN)
STRANGERS = (OTHER_EMPLOYER, OTHER_AGENT, OTHER_PARTNER)
"""Who has nothing to do with the rows that the addresses name."""

TURNED_AWAY = {303, 403, 404}


@pytest.fixture(scope="module")
def kept(house: Flask) -> Iterator[tuple[Connection, World]]:
    """Two regions, built once, and the connection through which they are seen."""
    with house.app_context(), one_transaction() as connection:
        with undone(connection):
            built = build_world(house)
        yield connection, built


@pytest.fixture
def app(house: Flask, kept: tuple[Connection, World]) -> Iterator[Flask]:
    """The application; whatever this test commits is undone at its end, and the two regions stay."""
    connection, _built = kept
    since = connection.begin_nested()
    try:
        with house.app_context(), undone(connection):
            yield house
    finally:
        since.rollback()


@pytest.fixture
def world(app: Flask, kept: tuple[Connection, World], monkeypatch: pytest.MonkeyPatch) -> World:
    """The two regions as they were built; the lock against forged forms is opened, so that the one of roles is met alone."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return kept[1].afresh()


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Give every French address, by each way to knock."""
    for rule in app.url_map.iter_rules():
        if rule.rule == "/en" or rule.rule.startswith(("/en/", "/static")):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def under(rule: str, places: tuple[str, ...]) -> bool:
    """Whether an address is one of these places, or below one."""
    return any(rule == place or (place != "/" and rule.startswith((f"{place}/", f"{place}."))) for place in places)


def must_stay_out(who: str, rule: str) -> bool:
    """Whether this person has no business at this address, whatever stands behind it."""
    if under(rule, OPEN) and not under(rule, NOT_OPEN):
        return False
    if who == ANONYMOUS:
        return True
    if not rule.startswith("/personnel"):
        return False
    if who not in STAFF or (under(rule, FOR_ADMINISTRATORS) and who != ADMIN):
        return True
    if under(rule, FOR_MANAGERS) and who not in {MANAGER, ADMIN}:
        return True
    return under(rule, NOT_FOR_PARTNERS) and who in {PARTNER, OTHER_PARTNER}


def must_find_nothing(who: str, rule: Rule) -> bool:
    """Whether the row that the address names is none of this person's."""
    if not rule.arguments - {"language"} or under(rule.rule, OPEN + KNOWN_TO_WHOEVER_SIGNS_IN) or who not in STRANGERS:
        return False
    return not (who == OTHER_PARTNER and rule.rule.startswith(KNOWN_TO_EVERY_PARTNER))


def knock(person: Visitor, path: str, method: str = "GET") -> tuple[int, str]:
    """Give what an address answers to this person, and in which words; nothing is followed."""
    db.session.rollback()
    _forget_the_request()
    answer = person.client.open(path, method=method, base_url=person.base, buffered=True)
    return answer.status_code, answer.get_data(as_text=True) if answer.mimetype.startswith("text/") else ""


def intrusions(app: Flask, world: World, who: str, only: frozenset[str] = frozenset()) -> list[str]:
    """Complain of every address that lets someone in who must not, that names what they may not know, or that breaks.

    Takes: `only`, the endpoints looked at, all of them when there is none. The addresses of codes name what anyone may read.
    """
    found = []
    for rule, method in rules(app):
        is_closed, is_theirs = must_stay_out(who, rule.rule), not must_find_nothing(who, rule)
        if (only and rule.endpoint not in only) or (is_theirs and not is_closed and method == "POST"):
            continue  # what this person may do is done in other tests
        status, words = knock(world.people[who], world.path(rule), method)
        expected = TURNED_AWAY if is_closed else {403, 404}
        if status >= 500 or ((is_closed or not is_theirs) and status not in expected):
            found.append(f"{method} {rule.rule} ({rule.endpoint}) answers {status} to {who}")
        if who in STRANGERS and SECRET in words and not under(rule.rule, ("/v",)):
            found.append(f"{method} {rule.rule} ({rule.endpoint}) names the employer to {who}")
    return found


def asked(app: Flask, world: World, only: frozenset[str] = frozenset()) -> Iterator[str]:
    """Give what may be asked of every address that names no row, those of codes aside."""
    for rule, method in rules(app):
        is_wanted = not only or rule.endpoint in only
        if is_wanted and method == "GET" and not under(rule.rule, ("/v",)) and not rule.arguments - {"language"}:
            for question in (f"q={SECRET.lower()}", f"dossier={world.certification.ref}", f"after={world.certification.ref}"):
                yield f"{world.path(rule)}?{question}"


@pytest.mark.engine_alike
@pytest.mark.parametrize("who", EVERYONE)
def test_nobody_comes_in_where_they_must_not(app: Flask, world: World, who: str) -> None:
    complain(intrusions(app, world, who))


@pytest.mark.engine_alike
def test_a_page_that_forgets_its_audience_is_seen(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    forgetful = frozenset({"staff.show_journal", "certification.show"})
    assert intrusions(app, world, ANONYMOUS, forgetful) == []
    for endpoint in forgetful:
        monkeypatch.setattr(app.view_functions[endpoint], "audience", frozenset({ANYONE}))
    assert "staff.show_journal" in "\n".join(intrusions(app, world, ANONYMOUS, forgetful))


@pytest.mark.engine_alike
def test_rows_that_are_not_bounded_are_seen(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page = frozenset({"certification.show_file"})
    assert intrusions(app, world, OTHER_AGENT, page) == []
    monkeypatch.setattr(queries, "visible_to", lambda _actor: true())
    found = "\n".join(intrusions(app, world, OTHER_AGENT, page))
    assert "(certification.show_file) answers 200" in found
    assert "(certification.show_file) names the employer" in found


@pytest.mark.parametrize("who", [ADMIN, MANAGER, AGENT, PARTNER, EMPLOYER])
def test_whoever_is_at_home_is_let_in(app: Flask, world: World, who: str) -> None:
    pages = {
        ADMIN: ("/personnel", "/personnel/journal", "/personnel/programmes/nouveau"),
        MANAGER: ("/personnel", "/personnel/journal", "/personnel/equipe", f"/personnel/dossiers/{world.certification.ref}/suspension"),
        AGENT: ("/personnel", "/personnel/journal", f"/personnel/dossiers/{world.certification.ref}"),
        PARTNER: ("/personnel", f"/personnel/dossiers/{world.certification.ref}"),
        EMPLOYER: ("/mon-espace", f"/certification/{world.certification.ref}/contrat.pdf"),
    }
    for path in pages[who]:
        assert knock(world.people[who], path)[0] == 200, path


@pytest.mark.engine_alike
@pytest.mark.parametrize("who", STRANGERS)
def test_whatever_is_asked_no_list_names_what_its_reader_may_not_see(app: Flask, world: World, who: str) -> None:
    complain([f"{path} names the employer to {who}" for path in asked(app, world) if SECRET in knock(world.people[who], path)[1]])


@pytest.mark.engine_alike
def test_the_same_reading_finds_the_name_for_who_may_see_it(app: Flask, world: World) -> None:
    paths = ["/personnel/employeurs", *asked(app, world, frozenset({"staff.list_files"}))]
    found = [path for path in paths if SECRET in knock(world.people[AGENT], path)[1]]
    assert {"/personnel/employeurs", f"/personnel/employeurs?q={SECRET.lower()}"} <= set(found)


@pytest.mark.engine_alike
@pytest.mark.parametrize("who", [PARTNER, AGENT, MANAGER])
def test_a_role_taken_back_in_the_middle_counts_from_the_next_request(app: Flask, world: World, who: str) -> None:
    person = world.people[who]
    assert knock(person, "/personnel")[0] == 200
    db.session.rollback()
    with unit():
        for grant in grants_of(person.user):  # type: ignore[attr-defined]
            revoke_grant(grant, by=SYSTEM)
    still_open = [
        f"{method} {rule.rule} still answers {status}"
        for rule, method in rules(app)
        if rule.rule.startswith("/personnel") and not under(rule.rule, OPEN)
        if (status := knock(person, world.path(rule), method)[0]) not in TURNED_AWAY
    ]
    complain(still_open)


@pytest.mark.parametrize("who", EVERYONE)
def test_nothing_that_anyone_may_post_breaks(app: Flask, world: World, who: str) -> None:
    broken = []
    for rule, method in rules(app):
        is_turned_away = must_stay_out(who, rule.rule)  # at the door, where nothing broke either: see above
        if method == "POST" and not is_turned_away and rule.endpoint not in {"accounts.sign_out", "accounts.end_session"}:
            status, _words = knock(world.people[who], world.path(rule), method)
            if status >= 500 and status != 503:
                broken.append(f"POST {rule.rule} ({rule.endpoint}) answers {status} to {who}")
    complain(broken)

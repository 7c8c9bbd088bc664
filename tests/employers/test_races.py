"""Many at once: one effect, and never a fault of ours. Each defence has a twin that shows that the test can see it missing."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from certif import accounts, employers
from certif.accounts.identity import cookie_name
from certif.app import create_app
from certif.employers import Banner, Employer, JoinRequest, MemberInvitation, Membership, RegistrationDraft
from certif.kit import tokens
from certif.kit.access import Actor
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from tests.databases import FILLED, scratch_database, settings_for
from tests.employers.people import DESCRIPTION, FIRST, PLACE, answers, person, register

MANY = 20
BASE = "http://127.0.0.1:8000"
Cookies = dict[str, str]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own, where every request has its own connection and really commits."""
    folder = tmp_path_factory.mktemp("busy")
    with scratch_database(folder, FILLED) as url:
        app = create_app(settings_for(url, folder))
        app.config["RATELIMIT_ENABLED"] = False
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(autouse=True)
def unlimited(busy: Flask) -> Iterator[None]:
    """Let twenty posts from one address through: it is not the limit that is tested here."""
    from certif.kit.limits import limiter

    before, limiter.enabled = limiter.enabled, False
    yield
    limiter.enabled = before


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def at_once(act: Callable[[int], object], many: int = MANY) -> list[object]:
    """Do something many times at the same instant; give what came of each."""
    barrier, results = threading.Barrier(many), [None] * many

    def run(number: int) -> None:
        barrier.wait()
        results[number] = act(number)  # type: ignore[call-overload]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(results)


def opened(app: Flask, path: str, cookies: Cookies | None = None) -> tuple[str, Cookies]:
    """Open a page; give its token and the browser's cookies."""
    client = app.test_client()
    for name, value in (cookies or {}).items():
        client.set_cookie(name, value, domain="127.0.0.1")
    body = client.get(path, base_url=BASE).get_data(as_text=True)
    token = body.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    kept = {name: client.get_cookie(name, domain="127.0.0.1") for name in ("inscription", "formulaires", cookie_name_of(app))}
    return token, {name: cookie.value for name, cookie in kept.items() if cookie is not None}


def cookie_name_of(app: Flask) -> str:
    with app.app_context():
        return cookie_name()


def post_many(app: Flask, path: str, data: dict[str, str], cookies: Cookies) -> Counter[int]:
    """Send the same form many times at once; give how many times each status came."""

    def send(_number: int) -> int:
        client = app.test_client()
        for name, value in cookies.items():
            client.set_cookie(name, value, domain="127.0.0.1")
        return client.post(path, data=data, base_url=BASE).status_code

    return Counter(int(str(status)) for status in at_once(send))


def well(statuses: Counter[int]) -> bool:
    """Whether every answer is a next page or a plain refusal, and at least one went through."""
    return set(statuses) <= {303, 409} and statuses[303] >= 1


def test_twenty_identical_first_pages_make_one_draft_and_the_pages_after_it_one_change(busy: Flask) -> None:
    before = count(busy, RegistrationDraft)
    token, cookies = opened(busy, "/inscription")
    assert well(post_many(busy, "/inscription", {**FIRST, "csrf_token": token}, cookies))
    assert count(busy, RegistrationDraft) == before + 1
    for path, typed in (("organisation", DESCRIPTION), ("etablissements/ajout", PLACE)):
        assert well(post_many(busy, f"/inscription/{path}", {**typed, "csrf_token": token}, cookies)), path
    with busy.app_context():
        draft = employers.draft_of(cookies["inscription"])
        assert len(draft.establishments) == 1
        [place] = draft.establishments
    assert well(post_many(busy, f"/inscription/etablissements/{place['key']}/retrait", {"csrf_token": token}, cookies))
    statuses = post_many(busy, "/inscription/plus-tard", {"email": "aicha@exemple.com", "csrf_token": token}, cookies)
    assert well(statuses)
    with busy.app_context():
        assert len(db.session.scalars(select(Letter).where(Letter.name == "employers/resume_link_sent")).all()) == 1


def test_the_twin_twenty_browsers_that_keep_no_cookie_make_twenty_drafts(busy: Flask) -> None:
    before = count(busy, RegistrationDraft)
    token, cookies = opened(busy, "/inscription")
    del cookies["inscription"]
    assert post_many(busy, "/inscription", {**FIRST, "csrf_token": token}, cookies) == {303: MANY}
    assert count(busy, RegistrationDraft) == before + MANY


def register_at_once(app: Flask, many: int, neq_of: Callable[[int], str | None]) -> Counter[str]:
    with app.app_context(), transaction():
        person("course@exemple.com")

    def one(number: int) -> str:
        with app.app_context():
            try:
                with transaction():
                    typed = {"legal_name": f"Course {number}", "neq": neq_of(number), "banner": "La Course"}
                    draft = employers.keep_first_answers(tokens.secret(), answers(contact_email="course@exemple.com", **typed))
                    employers.keep_establishment(draft, PLACE)
                    employers.register_employer(draft, by=person("course@exemple.com"))
            except (Refusal, IntegrityError) as no:
                return type(no).__name__
            finally:
                db.session.remove()
        return "registered"

    return Counter(str(result) for result in at_once(one, many))


def test_the_same_neq_registered_by_many_at_once_is_one_employer(busy: Flask) -> None:
    before = count(busy, Employer)
    results = register_at_once(busy, 8, lambda _number: "1160000042")
    assert results["registered"] == 1
    assert sum(results.values()) == 8
    assert count(busy, Employer) == before + 1


def test_the_twin_organisations_without_a_neq_are_all_registered_under_one_banner(busy: Flask) -> None:
    before = count(busy, Employer)
    assert register_at_once(busy, 8, lambda _number: None) == {"registered": 8}
    assert count(busy, Employer) == before + 8
    with busy.app_context():
        assert len(db.session.scalars(select(Banner).where(Banner.name == "La Course")).all()) == 1


def test_the_database_has_the_last_word_on_the_neq(busy: Flask) -> None:
    with busy.app_context():
        with pytest.raises(IntegrityError), transaction():
            known = register(neq="1160000043", contact_email="dernier@exemple.com")
            names = {column.name for column in Employer.__table__.columns} - {"id", "ref"}
            columns = {name: getattr(known, name) for name in names}
            db.session.add(Employer(**columns))
        db.session.remove()


def test_the_same_draft_confirmed_many_times_at_once_is_one_employer_with_one_owner(busy: Flask) -> None:
    token = tokens.secret()
    with busy.app_context(), transaction():
        person("double@exemple.com")
        draft = employers.keep_first_answers(token, answers(legal_name="Double", neq=None, contact_email="double@exemple.com"))
        employers.keep_establishment(draft, PLACE)

    def confirm(_number: int) -> str:
        with busy.app_context():
            try:
                with transaction():
                    return employers.register_employer(employers.draft_of(token), by=person("double@exemple.com")).ref
            finally:
                db.session.remove()

    assert len(set(at_once(confirm))) == 1
    with busy.app_context():
        made = db.session.scalars(select(Employer).where(Employer.legal_name == "Double")).all()
        assert len(made) == 1
        assert len(employers.establishments_of(made[0])) == len(employers.members_of(made[0])) == 1


def signed_in(app: Flask, email: str) -> Cookies:
    with app.app_context(), transaction():
        person(email)
        user = accounts.user_for(email)
        assert user is not None
        return {cookie_name(): accounts.start_session(user, browser=accounts.Browser()).token}


def test_twenty_identical_posts_of_each_form_of_the_space_have_one_effect(busy: Flask) -> None:
    with busy.app_context():
        with transaction():
            employer = register(contact_email="espace@exemple.com", legal_name="Espace inc.", neq="1160000044")
        ref = employer.ref
    cookies = signed_in(busy, "espace@exemple.com")
    token, cookies = opened(busy, f"/mon-espace/personnes/{ref}/invitation", cookies)
    invited = {"name": "Noémie", "email": "noemie.course@exemple.com", "role": "member", "language": "fr", "csrf_token": token}
    assert well(post_many(busy, f"/mon-espace/personnes/{ref}/invitation", invited, cookies))
    place = {**PLACE, "name": "Nord", "csrf_token": token}
    assert well(post_many(busy, f"/mon-espace/etablissements/{ref}/ajout", place, cookies))
    with busy.app_context():
        found = employers.employer_of(person_known("espace@exemple.com"), ref)
        [invitation] = db.session.scalars(select(MemberInvitation).where(MemberInvitation.employer_id == found.id)).all()
        assert len(db.session.scalars(select(Letter).where(Letter.to_address == "noemie.course@exemple.com")).all()) == 1
        main, north = employers.establishments_of(found)
    closing = f"/mon-espace/etablissement/{north.ref}/fermeture"
    statuses = post_many(busy, closing, {"csrf_token": token}, cookies)
    assert well(statuses)
    assert statuses[303] == 1
    assert well(post_many(busy, f"/mon-espace/invitation/{invitation.ref}/retrait", {"csrf_token": token}, cookies))
    with busy.app_context():
        assert [place.ref for place in employers.establishments_of(found)] == [main.ref]


def person_known(email: str) -> Actor:
    user = accounts.user_for(email)
    assert user is not None
    return accounts.actor_of(user)


def test_twenty_identical_requests_to_join_are_one_request_and_twenty_acceptances_one_membership(busy: Flask) -> None:
    with busy.app_context(), transaction():
        employer = register(contact_email="course.patronne@exemple.com", legal_name="Patronne inc.", neq="1160000045")
    token, cookies = opened(busy, "/inscription")
    post_many(busy, "/inscription", {**FIRST, "neq": "1160000045", "csrf_token": token}, cookies)
    said = {"name": "Demandeur", "email": "demandeur@exemple.com", "message": "", "csrf_token": token}
    assert well(post_many(busy, "/inscription/se-joindre", said, cookies))
    with busy.app_context():
        [request] = db.session.scalars(select(JoinRequest).where(JoinRequest.employer_id == employer.id)).all()
    owner = signed_in(busy, "course.patronne@exemple.com")
    token, owner = opened(busy, f"/mon-espace/demande/{request.ref}", owner)
    statuses = post_many(busy, f"/mon-espace/demande/{request.ref}", {"role": "member", "csrf_token": token}, owner)
    assert well(statuses)
    assert statuses[303] == 1
    with busy.app_context():
        letter = db.session.scalars(select(Letter).where(Letter.to_address == "demandeur@exemple.com")).one()
    path = "/mon-espace/invitation/" + letter.body.split("/mon-espace/invitation/")[1].split()[0]
    token, newcomer = opened(busy, path, signed_in(busy, "demandeur@exemple.com"))
    assert well(post_many(busy, path, {"csrf_token": token}, newcomer))
    with busy.app_context():
        assert len(db.session.scalars(select(Membership).where(Membership.employer_id == employer.id)).all()) == 2
    membership = next(it for it in members(busy, employer) if it.role == "member")
    assert well(post_many(busy, f"/mon-espace/depart/{membership.ref}", {"csrf_token": owner_token(busy, owner, membership.ref)}, owner))
    assert len(members(busy, employer)) == 1


def members(app: Flask, employer: Employer) -> list[Membership]:
    with app.app_context():
        return employers.members_of(employer)


def owner_token(app: Flask, cookies: Cookies, ref: str) -> str:
    return opened(app, f"/mon-espace/depart/{ref}", cookies)[0]

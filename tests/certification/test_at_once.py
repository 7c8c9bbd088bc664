"""Two people decide at the same instant, on a database where every request really commits: one decision, and the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import certification as paths
from certif.app import create_app
from certif.certification import Badge, Certification, Decision, Stage
from certif.employers import establishments_of
from certif.kit.access import Actor, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.languages import format_instant
from certif.kit.outbox import Letter
from certif.programs import Program
from tests.databases import FILLED, scratch_database, settings_for
from tests.factories import make_certification, make_program, make_staff

ROUNDS = 20
Act = Callable[[Certification, int, Actor], object]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own."""
    folder = tmp_path_factory.mktemp("busy")
    with scratch_database(folder, FILLED) as url:
        app = create_app(settings_for(url, folder))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="module")
def program(busy: Flask) -> Program:
    return make_program("6-9-15")


@pytest.fixture(scope="module")
def deciders(busy: Flask, program: Program) -> list[Actor]:
    return [make_staff(Role.MANAGER, program).actor for _person in range(2)]


def grant(certification: Certification, seen: int, by: Actor) -> object:
    places = establishments_of(certification.employer)
    return paths.validate(certification, level=None, establishments=places, visited_on=None, seen=seen, by=by)


def send_back(certification: Certification, seen: int, by: Actor) -> object:
    return paths.send_back(certification, "Précisez.", seen=seen, by=by)


def at_once(app: Flask, acts: list[tuple[str, Act, int, Actor]]) -> list[str | None]:
    """Let each act take place at the same instant, on the file named first; give what each was refused with, or None."""
    barrier, answers = threading.Barrier(len(acts)), ["never ended"] * len(acts)

    def run(number: int, ref: str, act: Act, seen: int, by: Actor) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    act(db.session.scalars(select(Certification).where(Certification.ref == ref)).one(), seen, by)
                answers[number] = ""
            except Refusal as refusal:
                answers[number] = str(refusal)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number, *act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer or None for answer in answers]


def fresh(ref: str) -> Certification:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Certification).where(Certification.ref == ref)).one()


@pytest.mark.parametrize("second", [grant, send_back], ids=["validate twice", "validate and send back"])
def test_two_decisions_at_once_are_one_and_the_other_person_is_told_who_and_when(
    busy: Flask, program: Program, deciders: list[Actor], second: Act
) -> None:
    for _round in range(ROUNDS // 2):
        ref = make_certification(Stage.AWAITING_VALIDATION, program).ref
        answers = at_once(busy, [(ref, grant, 0, deciders[0]), (ref, second, 0, deciders[1])])
        assert sorted(answer is None for answer in answers) == [False, True], answers
        certification = fresh(ref)
        [decision] = certification.decisions
        winner, told = deciders[answers.index(None)], next(filter(None, answers))
        assert decision.decided_by == winner.ref
        assert winner.name in told
        assert format_instant(decision.decided_at) in told
        assert len(certification.badges) == decision.is_granted, "no badge without its decision"
        outcome = "certification/file_validated" if decision.is_granted else "certification/file_sent_back"
        letters = select(Letter.name).where(Letter.to_address == certification.employer.contact_email).order_by(Letter.id)
        assert db.session.scalars(letters).all() == ["certification/certification_opened", outcome]


def test_the_twin_without_what_the_page_showed_nobody_is_told_who(busy: Flask, program: Program, deciders: list[Actor]) -> None:
    ref = make_certification(Stage.AWAITING_VALIDATION, program).ref
    answers = at_once(busy, [(ref, grant, 9, by) for by in deciders])
    assert sorted(answer is None for answer in answers) == [False, True]
    assert not [by.name for by in deciders if by.name in str(answers)]
    assert db.session.scalar(select(func.count()).where(Decision.certification_id == fresh(ref).id)) == 1


def test_many_files_validated_at_once_have_numbers_that_follow_one_another(busy: Flask, program: Program, deciders: list[Actor]) -> None:
    refs = [make_certification(Stage.AWAITING_VALIDATION, program).ref for _file in range(6)]
    before = db.session.scalar(select(func.count()).select_from(Badge)) or 0
    assert at_once(busy, [(ref, grant, 0, deciders[0]) for ref in refs]) == [None] * len(refs)
    db.session.rollback()
    numbers = sorted(db.session.scalars(select(Badge.number)))
    assert [int(number[-6:]) for number in numbers] == list(range(1, before + len(refs) + 1))

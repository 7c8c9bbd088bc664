"""Kits for many employers at once: typeset in parts, picked up where they were interrupted, each once."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from certif import standing
from certif.certification import Certification, Stage
from certif.kit import clock, jobs
from certif.kit.access import Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.visibility import batches
from certif.visibility.actions import order_kits, resume_order
from certif.visibility.model import KitOrder, KitPart, OrderedKit, TypesetKit
from certif.visibility.orders import progress_of
from certif.visibility.sheets import KitFile
from tests.factories import Person, lead_to, make_certification, make_program, make_staff, unit

EMPLOYERS = 5


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(requires_signature=False, price_cents=0, requires_contribution=False)


@pytest.fixture
def certified(program: Program, monkeypatch: pytest.MonkeyPatch) -> list[Certification]:
    monkeypatch.setattr(batches, "PER_PART", 2)
    return [make_certification(Stage.CERTIFIED, program) for _each in range(EMPLOYERS)]


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many times each kit was written."""
    counts: Counter[str] = Counter()
    write = batches._write

    def counted(path: Path, files: list[KitFile], folder: str) -> None:
        write(path, files[:3], folder)  # three files of each are enough to see
        counts[path.name] += 1

    monkeypatch.setattr(batches, "_write", counted)
    return counts


def ordered(program: Program, agent: Person, *, only_new: bool = False) -> KitOrder:
    with unit():
        return order_kits(program, only_new=only_new, by=agent.actor)


def run() -> list[jobs.Ran]:
    return [ran for ran in jobs.run_due() if ran.kind == "typeset_kits"]


def test_staff_order_kits_follow_them_and_take_them_away(certified: list[Certification], agent: Person, written: Counter[str]) -> None:
    page = agent.open("/personnel").follow("Trousses").follow("Commander des trousses")
    page = page.fill("Commander", program=certified[0].program.ref, scope="new")
    assert "Trousses prêtes : 0 sur 5" in page.text
    assert [ran.error for ran in run()] == [None, None, None]
    page = agent.open(page.path)
    assert "Trousses prêtes : 5 sur 5" in page.text
    names = []
    for link in page.soup.select(".document-list a"):
        archive = zipfile.ZipFile(io.BytesIO(agent.client.get(link["href"], base_url=agent.base, buffered=True).get_data()))
        assert archive.testzip() is None
        names += archive.namelist()
    assert len(names) == len(set(names)) == EMPLOYERS * 3
    assert len({name.split("/")[0] for name in names}) == EMPLOYERS, "a folder for each"
    assert set(written.values()) == {1}
    with unit(), pytest.raises(Refusal, match="n’attend de trousse"):
        order_kits(certified[0].program, only_new=True, by=agent.actor)


def test_once_revoked_a_kit_cannot_be_fetched_and_its_part_is_made_again_without_it(
    certified: list[Certification], program: Program, agent: Person, written: Counter[str]
) -> None:
    order = ordered(program, agent)
    run()
    here = f"/personnel/trousses/commandes/{order.ref}"

    def answers(number: int) -> int:
        return agent.client.get(f"{here}/{number}.zip", base_url=agent.base, buffered=True).status_code

    assert (answers(1), answers(2)) == (200, 200)
    with unit():
        standing.revoke(certified[0], "Motif.", by=make_staff(Role.MANAGER, program).actor)
    refused = agent.open(f"{here}/1.zip")
    assert (refused.status, answers(2)) == (409, 200)
    assert "révoquée depuis" in refused.text
    page = agent.open(here)
    assert "révoquée depuis" in page.text
    assert [part.is_there for part in progress_of(order).parts] == [False, True, True]
    page.fill("Relancer")
    run()
    assert progress_of(order).is_whole
    assert progress_of(order).left_out == 1
    archive = zipfile.ZipFile(io.BytesIO(agent.client.get(f"{here}/1.zip", base_url=agent.base, buffered=True).get_data()))
    assert len({name.split("/")[0] for name in archive.namelist()}) == 1


def test_what_was_interrupted_is_picked_up_where_it_was(
    certified: list[Certification], agent: Person, program: Program, written: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    order, write = ordered(program, agent), batches._write
    fourth = db.session.scalars(select(OrderedKit).order_by(OrderedKit.id).offset(3)).first()
    assert fourth is not None
    last = f"{fourth.verification.code}.zip"

    def killed(path: Path, files: list[KitFile], folder: str) -> None:
        if path.name == last:
            raise OSError("the machine stops")
        write(path, files, folder)

    monkeypatch.setattr(batches, "_write", killed)
    assert run()[-1].error == "OSError: the machine stops"
    done = progress_of(order)
    assert (done.done, done.is_whole) == (3, False)
    monkeypatch.setattr(batches, "_write", write)
    with clock.frozen(clock.now() + jobs.LEASE):
        assert [ran.error for ran in run()] == [None, None]
    assert progress_of(order).is_whole
    assert sum(written.values()) == EMPLOYERS
    assert set(written.values()) == {1}, "none was typeset twice"
    assert db.session.scalar(select(func.count()).select_from(TypesetKit)) == EMPLOYERS


def test_a_job_that_runs_again_does_nothing_twice(
    certified: list[Certification], agent: Person, program: Program, written: Counter[str]
) -> None:
    order = ordered(program, agent)
    run()
    for part in (1, 2, 3, 1):
        batches.typeset_kits(order.ref, part, again=False)
    assert set(written.values()) == {1}
    assert db.session.scalar(select(func.count()).select_from(KitPart)) == 3
    with pytest.raises(IntegrityError), transaction():
        kit = db.session.scalars(select(OrderedKit)).first()
        assert kit is not None
        db.session.add(TypesetKit(ordered_kit_id=kit.id, is_left_out=False, typeset_at=clock.now()))


def test_what_ended_meanwhile_is_left_out_and_said(
    certified: list[Certification], agent: Person, program: Program, written: Counter[str]
) -> None:
    order = ordered(program, agent)
    lead_to(certified[1], Stage.SUSPENDED)
    run()
    progress = progress_of(order)
    assert (progress.done, progress.left_out, sum(written.values())) == (EMPLOYERS, 1, EMPLOYERS - 1)
    assert "Laissées de côté" in agent.open(f"/personnel/trousses/commandes/{order.ref}").text


def test_files_that_are_gone_are_made_again(certified: list[Certification], agent: Person, program: Program, written: Counter[str]) -> None:
    order = ordered(program, agent)
    run()
    with unit(), pytest.raises(Refusal, match="sont prêtes"):
        resume_order(order, by=agent.actor)
    with clock.frozen(clock.now() + batches.KEPT_DAYS * jobs.LEASE * 300):
        batches.forget_old_kits()
    assert not batches.path_of(order, 1).exists()
    shutil.rmtree(batches.path_of(order, 1).parent, ignore_errors=True)
    agent.open(f"/personnel/trousses/commandes/{order.ref}").fill("Relancer ce qui manque")
    assert {ran.error for ran in run()} == {None}
    assert progress_of(order).is_whole
    assert set(written.values()) == {2}


def test_who_has_no_part_in_the_program_orders_nothing(certified: list[Certification], program: Program) -> None:
    elsewhere = make_staff(Role.MANAGER, make_program())
    with unit(), pytest.raises(Refusal, match="votre rôle"):
        order_kits(program, only_new=False, by=elsewhere.actor)

"""A certification that was granted is suspended, reinstated, revoked: by whom, when, and what remains of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from certif import standing
from certif.certification import Certification, Stage
from certif.kit import audit
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from tests.conftest import Mailbox
from tests.factories import make_certification, make_program, make_staff, owner_of, unit

Act = Callable[..., object]
ACTS = (standing.suspend, standing.reinstate, standing.revoke)
FITS = {standing.suspend: {Stage.CERTIFIED}, standing.reinstate: {Stage.SUSPENDED}, standing.revoke: {Stage.CERTIFIED, Stage.SUSPENDED}}


def manager_of(certification: Certification) -> Actor:
    """Give someone who may decide."""
    return make_staff(Role.MANAGER, certification.program).actor


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("stage", list(Stage), ids=lambda stage: stage.value)
def test_each_act_is_possible_at_its_stages_only(app: object, act: Act, stage: Stage) -> None:
    certification = make_certification(stage)
    by = manager_of(certification)
    with unit():
        if stage in FITS[act]:
            act(certification, "Un motif.", by=by)
        else:
            with pytest.raises(Refusal):
                act(certification, "Un motif.", by=by)
    assert (certification.stage is stage) == (stage not in FITS[act])


def test_a_suspension_is_lifted_and_another_may_follow(unit: None) -> None:
    certification = make_certification()
    by = manager_of(certification)
    first = standing.suspend(certification, "Une plainte.", by=by)
    standing.reinstate(certification, "Non fondée.", by=by)
    assert certification.stage is Stage.CERTIFIED
    second = standing.suspend(certification, "Une autre plainte.", by=by)
    assert certification.suspension is second
    assert first.reinstatement is not None, "what happened before stays"


def test_what_was_revoked_stays_revoked(unit: None) -> None:
    certification = make_certification(Stage.SUSPENDED)
    by = manager_of(certification)
    standing.revoke(certification, "Engagements non tenus.", by=by)
    for act in ACTS:
        with pytest.raises(Refusal, match="révoquée"):
            act(certification, "Encore.", by=by)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_only_who_answers_for_the_program_decides(app: object, act: Act, role: Role) -> None:
    certification = make_certification(Stage.SUSPENDED if act is standing.reinstate else Stage.CERTIFIED)
    elsewhere = make_staff(Role.MANAGER, make_program(code="03")).actor
    agent = make_staff(role, certification.program).actor
    with unit():
        with pytest.raises(Refusal, match="rôle"):
            act(certification, "Un motif.", by=elsewhere)
        if role is Role.AGENT:
            with pytest.raises(Refusal, match="rôle"):
                act(certification, "Un motif.", by=agent)
        else:
            act(certification, "Un motif.", by=agent)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_nobody_decides_on_an_employer_of_which_they_are_a_member(app: object, act: Act) -> None:
    certification = make_certification(Stage.SUSPENDED if act is standing.reinstate else Stage.CERTIFIED)
    judge_and_party = make_staff(Role.MANAGER, certification.program, user=owner_of(certification.employer)).actor
    with unit(), pytest.raises(Refusal, match="membre"):
        act(certification, "Un motif.", by=judge_and_party)


def test_an_administrator_decides_everywhere(unit: None) -> None:
    certification = make_certification()
    standing.suspend(certification, "Un motif.", by=make_staff(Role.ADMIN).actor)
    assert certification.stage is Stage.SUSPENDED


def test_each_act_is_told_in_the_journal_and_to_the_contact(app: object, letters: Mailbox) -> None:
    certification = make_certification()
    by, contact = manager_of(certification), certification.employer.contact_email
    for act, fact in (
        (standing.suspend, "certification_suspended"),
        (standing.reinstate, "certification_reinstated"),
        (standing.revoke, "certification_revoked"),
    ):
        reason = f"Motif de {act.__name__}"
        with unit():
            act(certification, reason, by=by)
        entry = audit.history(certification)[-1]
        assert (entry.event, entry.by_ref, entry.scope) == (fact, by.ref, certification.program.ref)
        assert reason in entry.sentence
        assert by.name in entry.sentence
        letter = letters.last(contact)
        assert letter.name == f"standing/{fact}"
        assert reason in letter.body
        assert letter.scope == certification.program.ref


def test_the_letter_is_in_the_language_of_the_employer(app: object, letters: Mailbox) -> None:
    certification = make_certification(language="en")
    with unit():
        standing.suspend(certification, "A reason.", by=manager_of(certification))
    assert letters.last(certification.employer.contact_email).language == "en"


def test_a_refusal_leaves_nothing(app: object, letters: Mailbox) -> None:
    certification = make_certification()
    before = (len(audit.history(certification)), len(letters.all()))
    agent = make_staff(Role.AGENT, certification.program).actor
    with unit(), pytest.raises(Refusal):
        standing.revoke(certification, "Un motif.", by=agent)
    db.session.expire_all()
    assert (len(audit.history(certification)), len(letters.all())) == before

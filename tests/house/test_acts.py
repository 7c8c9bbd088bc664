"""Rule 3: an act takes `by` by name, refuses with a Refusal, and never commits."""

from __future__ import annotations

import ast

import pytest

from tests.house.sources import Function, Source, called, calls, complain, sources

WRITES = {
    "audit.record",
    "outbox.queue",
    "record",
    "queue",
    "db.session.add",
    "db.session.add_all",
    "db.session.delete",
    "evidence.keep",
    "sent_files.keep",
    "keep",
}
OF_NOBODY = {"job", "recurring", "jobs.job", "jobs.recurring"}
"""What a job does, the system does: a handler passes `by=SYSTEM` to the act it calls."""


def test_acts_take_by_and_take_it_by_name() -> None:
    complain([complaint for source in sources() for complaint in nobodys_act(source)])


def test_an_act_of_nobody_is_seen() -> None:
    assert nobodys_act(act("def sign(row):\n    audit.record('signed', row, by=SYSTEM)"))
    assert nobodys_act(act("def sign(row, by):\n    audit.record('signed', row, by=by)")), "positional"
    assert nobodys_act(act("def sign(row, *, by):\n    audit.record('signed', row, by=by)")) == []
    assert nobodys_act(act("def find(row):\n    return db.session.scalar(row)")) == [], "a question"
    assert nobodys_act(act("@job('remind')\ndef remind():\n    outbox.queue('x', 'y')")) == [], "a job"


def test_nothing_but_the_rail_commits() -> None:
    complain([complaint for source in sources() for complaint in own_commit(source)])


@pytest.mark.parametrize(
    "line", ["db.session.commit()", "db.session().commit()", "session.commit()", "db.session.rollback()", "connection.commit()"]
)
def test_a_commit_of_ones_own_is_seen(line: str) -> None:
    assert own_commit(act(f"def sign(row, *, by):\n    {line}"))


def test_what_an_honest_person_can_do_is_never_a_value_error_nor_swallowed() -> None:
    complain([complaint for source in sources() for complaint in rude(source)])
    assert rude(act("def sign(row, *, by):\n    raise ValueError('no')"))
    assert rude(act("try:\n    x()\nexcept Exception:\n    pass"))
    assert rude(act("try:\n    x()\nexcept:\n    pass"))
    assert rude(act("try:\n    x()\nexcept KeyError:\n    pass")) == []


def act(text: str) -> Source:
    """Give a made-up file of acts."""
    return Source("certif/employers/actions.py", text)


def nobodys_act(source: Source) -> list[str]:
    """Complain of a public act that does not say who acts."""
    if not source.name.endswith("actions") or source.room == "kit":
        return []
    return [
        f"{source.at(node)}: {node.name} writes; give it a keyword `*, by: Actor` (jobs pass SYSTEM, visitors VISITOR)"
        for node in source.public_functions()
        if any(called(call) in WRITES for call in calls(node))
        and not is_job(node)
        and "by" not in {argument.arg for argument in node.args.kwonlyargs}
    ]


def is_job(node: Function) -> bool:
    """Whether a function is a handler of jobs."""
    return any(isinstance(decorator, ast.Call) and called(decorator) in OF_NOBODY for decorator in node.decorator_list)


def own_commit(source: Source) -> list[str]:
    """Complain of a commit or roll-back outside the kit. Commands that copy a whole database hold connections of their own."""
    if source.room == "kit":
        return []
    return [
        f"{source.at(call)}: the rail commits once, after the request; a job uses transaction(), a call to the outside checkpoint()"
        for call in calls(source.tree)
        if called(call).endswith((".session.commit", ".session.rollback") if source.room == "cli" else (".commit", ".rollback"))
    ]


def rude(source: Source) -> list[str]:
    """Complain of a ValueError raised in an act, and of an exception caught blindly."""
    found = [
        f"{source.at(node)}: raise Refusal(_(…)) with a sentence for the person who meets it"
        for node in ast.walk(source.tree)
        if source.name.endswith("actions") and isinstance(node, ast.Raise) and "ValueError" in ast.unparse(node)
    ]
    for node in ast.walk(source.tree):
        blind = isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        if blind and not (source.room == "kit" or source.room == "cli" or any(isinstance(inner, ast.Raise) for inner in ast.walk(node))):
            found.append(f"{source.at(node)}: name the exception you expect; let the others be seen")
    return found

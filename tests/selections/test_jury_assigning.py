"""Who reads what: balanced, the same for the same jury, and little changed when a juror comes or goes."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certif.selections.jury_assigning import Pair, shared_out

patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # slow is the machine, when others use it
JURORS = st.lists(st.sampled_from("ABCDEFGH"), min_size=1, unique=True)
ENTRIES = st.lists(st.integers(1, 40).map(str), max_size=25, unique=True)


def loads(pairs: set[Pair], jurors: list[str]) -> list[int]:
    """Give how many each juror reads."""
    counted = Counter(juror for juror, _entry in pairs)
    return [counted[juror] for juror in jurors]


@patient
@given(JURORS, ENTRIES, st.integers(1, 4))
def test_each_entry_has_its_readers_and_loads_differ_by_one_at_most(jurors: list[str], entries: list[str], each: int) -> None:
    found = shared_out(jurors, entries, each)
    readers = Counter(entry for _juror, entry in found)
    assert all(readers[entry] == min(each, len(jurors)) for entry in entries)
    assert max(loads(found, jurors)) - min(loads(found, jurors)) <= 1


@patient
@given(JURORS, ENTRIES, st.integers(1, 4))
def test_the_order_they_come_in_changes_nothing_nor_does_sharing_again(jurors: list[str], entries: list[str], each: int) -> None:
    found = shared_out(jurors, entries, each)
    assert shared_out(jurors[::-1], entries[::-1], each) == found
    assert shared_out(jurors, entries, each, now=found) == found


@patient
@given(JURORS, ENTRIES, st.integers(1, 3))
def test_one_more_juror_takes_a_share_and_nothing_else_moves(jurors: list[str], entries: list[str], each: int) -> None:
    before = shared_out(jurors, entries, each)
    after = shared_out([*jurors, "new"], entries, each, now=before)
    taken = {pair for pair in after if pair[0] == "new"}
    assert {pair for pair in after - before if pair[0] != "new"} == set()
    assert len(before - after) == len(taken) - (0 if len(jurors) >= each else len(taken))
    assert max(loads(after, [*jurors, "new"])) - min(loads(after, [*jurors, "new"])) <= 1


@patient
@given(JURORS, ENTRIES, st.integers(1, 3))
def test_one_who_leaves_gives_its_share_to_the_others_who_keep_theirs(jurors: list[str], entries: list[str], each: int) -> None:
    before = shared_out([*jurors, "old"], entries, each)
    after = shared_out(jurors, entries, each, now=before)
    moved = {pair for pair in before if pair[0] != "old"} - after
    assert len(moved) <= len(jurors), "a few moves at most, to stay level"
    assert max(loads(after, jurors)) - min(loads(after, jurors)) <= 1


@patient
@given(JURORS, ENTRIES, st.integers(1, 3), st.data())
def test_nobody_reads_what_is_barred_and_what_is_held_stays(jurors: list[str], entries: list[str], each: int, data: st.DataObject) -> None:
    every = [(juror, entry) for juror in jurors for entry in entries]
    some = st.lists(st.sampled_from(every), unique=True) if every else st.just([])
    barred, held = set(data.draw(some)), set(data.draw(some))
    found = shared_out(jurors, entries, each, held=held, barred=barred)
    assert not found & barred
    assert held - barred <= found
    for entry in entries:
        may = [juror for juror in jurors if (juror, entry) not in barred]
        assert len([pair for pair in found if pair[1] == entry]) >= min(each, len(may))


def test_bars_are_gone_around() -> None:
    """B may not take what A has too much of, but C may, and C hands something over to B."""
    now = {("A", "1"), ("A", "2"), ("A", "3"), ("C", "4"), ("C", "5")}
    found = shared_out("ABC", "12345", 1, now=now, barred={("B", "1"), ("B", "2"), ("B", "3")})
    assert sorted(loads(found, ["A", "B", "C"])) == [1, 2, 2]

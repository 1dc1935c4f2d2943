"""What stands, kept up to date, is what stands when the whole log is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.decisions import DecisionLog, current_of
from custclean.decisions.standing import ROUND, UNDOES, subject_of, taken_back, undone_by
from custclean.decisions.tally import Tally
from custclean.errors import UndoRefusedError
from custclean.model import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RECORDS = "abcdef"
PAIRS = [(one, other) for one in RECORDS for other in RECORDS if one < other]
PAIR_WORDS = [Verdict.SAME, Verdict.SAME, Verdict.SAME, Verdict.DIFFERENT, Verdict.SPLIT]
KINDS = st.one_of(
    st.tuples(st.sampled_from(PAIRS), st.sampled_from(PAIR_WORDS)),
    st.tuples(st.sampled_from(PAIRS), st.just(Verdict.DONE)),
    st.tuples(
        st.sampled_from(RECORDS).map(lambda one: (one,)),
        st.sampled_from([Verdict.KEEP, Verdict.SET_ASIDE, Verdict.DONE, Verdict.NUMBER]),
    ),
    st.tuples(st.none(), st.integers(0, 30)),  # an undo, of whatever is there
)


def history_of(drawn: list, after: Sequence[Decision] = ()) -> list[Decision]:
    rows = [*after]
    for key, word in drawn:
        seq = len(rows) + 1
        if key is not None:
            value = {ROUND: "1"} if word is Verdict.NUMBER and seq % 2 else {}
            rows.append(Decision(key, word, value=value, seq=seq))
        elif rows:
            target = rows[word % len(rows)]
            if target.seq not in taken_back(rows):
                value = {UNDOES: str(target.seq)}
                rows.append(Decision(target.key, Verdict.UNDO, value=value, seq=seq))
    return rows


def groups(pairs: list[tuple[str, ...]]) -> dict[str, set[str]]:
    """Join, the plain way: until nothing changes."""
    found = {record: {record} for pair in pairs for record in pair}
    for _ in pairs:
        for left, right in pairs:
            joined = found[left] | found[right]
            for record in joined:
                found[record] = joined
    return found


def root_of(target: Decision, rows: Sequence[Decision]) -> list[Decision]:
    chain = [target]
    while (number := undone_by(chain[-1])) is not None:
        chain.append(rows[number - 1])
    return chain


def blocker(target: Decision, rows: Sequence[Decision]) -> Decision | None:
    """Find by reading everything what taking `target` back would deprive of its reason."""
    root, gone = root_of(target, rows)[-1], taken_back(rows)
    done = [d for d in rows if d.verdict is Verdict.DONE and d.seq not in gone]
    if root.verdict is Verdict.DONE:
        return None
    for tick in done:
        if tick.key == root.key:
            return tick
    if root.verdict is not Verdict.SAME:
        return None
    same = [d.key for d in current_of(rows) if d.verdict is Verdict.SAME]
    before, after = groups(same), groups([key for key in same if key != root.key])
    for tick in done:
        first, last = tick.key[0], tick.key[-1]
        if last in before.get(first, ()) and last not in after.get(first, ()):
            return tick
    return None


@given(st.lists(KINDS, max_size=30))
def test_each_question_has_the_answer_that_reading_everything_gives(drawn: list) -> None:
    rows, tally = history_of(drawn), Tally()
    for count in range(len(rows) + 1):
        tally.follow(rows[:count])
    assert tally.current() == current_of(rows)
    gone = taken_back(rows)
    for row in rows:
        assert tally.counts(row.seq) == (row.seq not in gone)
        assert tally.blocker_of(row) == blocker(row, rows)
        chain = root_of(row, rows)
        fact = chain[-1].value.get(ROUND) and len(chain) % 2
        assert tally.fact_lost_without(row) == (chain[-1] if fact else None)
        if row.verdict is Verdict.KEEP:
            other = Decision(row.key, Verdict.SET_ASIDE)
            last = {subject_of(d): d for d in current_of(rows)}.get(subject_of(other))
            expected = last if last and last.verdict is Verdict.KEEP else None
            assert tally.changed_by(other) == expected


@given(st.lists(KINDS, max_size=12), st.lists(KINDS, max_size=12), st.integers(0, 12))
def test_what_was_taken_away_again_leaves_no_trace(
    first: list, second: list, common: int
) -> None:
    rows, tally = history_of(first), Tally()
    tally.follow(rows)
    other = history_of(second, rows[:common])
    tally.follow(other)
    assert tally.current() == current_of(other)
    assert [tally.counts(row.seq) for row in other] == [
        row.seq not in taken_back(other) for row in other
    ]


def test_a_batch_that_failed_does_not_count_for_the_next(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        log.append(Decision(("a",), Verdict.DONE))
        words = [Verdict.SET_ASIDE, Verdict.DONE, Verdict.KEEP]
        with pytest.raises(UndoRefusedError):
            log.append_all(Decision(("b",), word) for word in words)
        assert [d.key for d in log.current] == [("a",)]
        log.append_all([Decision(("b",), Verdict.KEEP), Decision(("b",), Verdict.SET_ASIDE)])
        assert [d.verdict for d in log.current] == [Verdict.DONE, Verdict.SET_ASIDE]

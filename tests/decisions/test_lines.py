"""Decisions travel as JSON lines and are kept once where they arrive."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.decisions import DecisionLog, read_jsonl
from custclean.decisions.lines import write_jsonl
from custclean.errors import DecisionError, InputError, SchemaError, UndoRefusedError
from custclean.model import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TABLE = st.dictionaries(TEXT, TEXT, max_size=3)
DECISIONS = st.builds(
    Decision,
    key=st.lists(TEXT, min_size=1, max_size=3).map(tuple),
    verdict=st.sampled_from(list(Verdict)),
    seen=TABLE,
    value=TABLE,
    note=TEXT,
    who=TEXT,
    when=TEXT,
    seq=st.integers(0, 9),
)


def log_in(folder: Path, who: str = "ann") -> DecisionLog:
    return DecisionLog(folder, who=who, clock=lambda: NOON)


def fill(log: DecisionLog) -> None:
    log.decide("a", "b", "same", note="café\u2028=1+1")
    log.undo(1)
    log.decide("a", "b", "same", note="café\u2028=1+1")  # again, in the same second
    log.append(Decision(("c",), Verdict.SET_ASIDE))
    log.undo(2)


@given(st.lists(DECISIONS, max_size=4))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, decisions: list[Decision]
) -> None:
    path = tmp_path_factory.getbasetemp() / "decisions.jsonl"
    write_jsonl(path, decisions)
    assert read_jsonl(path) == tuple(decisions)


def test_an_exported_log_replays_to_the_same_memory(tmp_path: Path) -> None:
    with log_in(tmp_path / "one") as one, log_in(tmp_path / "two", "bo") as two:
        fill(one)
        one.export(tmp_path / "d.jsonl")
        assert two.replay(read_jsonl(tmp_path / "d.jsonl")) == 5
        assert two.history == one.history
        assert two.current == one.current


def test_a_second_replay_adds_nothing(tmp_path: Path) -> None:
    with log_in(tmp_path / "one") as one, log_in(tmp_path / "two") as two:
        fill(one)
        assert [two.replay(one.history) for _ in range(3)] == [5, 0, 0]
        assert one.replay(one.history) == 0
        one.decide("x", "y", "different")
        assert two.replay(one.history) == 1


def test_a_decision_made_undone_and_made_again_is_carried_over_as_such(tmp_path: Path) -> None:
    with log_in(tmp_path / "one") as one, log_in(tmp_path / "two") as two:
        fill(one)
        assert two.replay(one.history[:2]) == 2
        assert two.replay(one.history) == 3
        assert two.history == one.history


def test_an_undo_takes_back_the_same_decision_under_its_number_here(tmp_path: Path) -> None:
    with log_in(tmp_path / "one") as one, log_in(tmp_path / "two", "bo") as two:
        two.append_all(Decision((record,), Verdict.KEEP) for record in "xyz")
        first = one.decide("a", "b", "same")
        one.decide("c", "d", "same")
        one.undo(first.seq)
        two.replay(one.history)
        assert [d.key for d in two.current] == [("x",), ("y",), ("z",), ("c", "d")]
        assert two.replay(one.history) == 0


def fill_as_a_project(log: DecisionLog) -> None:
    """Enter what a project's log holds beside a person's words; 1-10, undone: 5, 8."""
    sent = {"number": "1", "source": "pattern", "round": "1"}
    decided = {"number": "7", "source": "decided"}
    log.append(Decision(("sha256:0",), Verdict.RECEIVED))
    log.append(Decision(("a",), Verdict.NUMBER, value=sent))
    log.append(Decision(("b",), Verdict.NUMBER, value={**decided, "round": "1"}))
    log.append(Decision(("round:1",), Verdict.ROUND, value={"round": "1", "like": "0"}))
    done = log.append(Decision(("c",), Verdict.DONE, value={"order": "R0001"}))
    undo = log.undo(done.seq)
    log.undo(undo.seq)
    kept = log.append(Decision(("d",), Verdict.KEEP))
    log.undo(kept.seq)
    log.append(Decision(("e",), Verdict.NUMBER, value=decided))


def test_what_belongs_to_the_other_folder_is_not_carried_over(tmp_path: Path) -> None:
    with log_in(tmp_path / "one") as one, log_in(tmp_path / "two", "bo") as two:
        fill_as_a_project(one)
        assert two.replay(one.history) == 4
        assert [(d.key[0], d.verdict.value) for d in two.history] == [
            ("b", "number"),
            ("d", "keep"),
            ("d", "undo"),
            ("e", "number"),
        ]
        person = {"number": "7", "source": "decided"}  # a person's number, not the round of it
        assert [d.value for d in two.current] == [person, person]
        assert two.replay(one.history) == 0


def test_a_log_taken_into_itself_again_is_as_before(tmp_path: Path) -> None:
    with log_in(tmp_path) as log:
        fill_as_a_project(log)
        log.export(tmp_path / "d.jsonl")
        assert log.replay(read_jsonl(tmp_path / "d.jsonl")) == 0
        assert len(log.history) == 10


def test_a_replay_that_takes_back_what_is_done_here_is_refused_as_a_whole(
    tmp_path: Path,
) -> None:
    with log_in(tmp_path / "one") as one, log_in(tmp_path / "two", "bo") as two:
        aside = one.append(Decision(("a",), Verdict.SET_ASIDE))
        two.replay(one.history)
        two.append(Decision(("a",), Verdict.DONE, value={"order": "R0001"}))
        one.append(Decision(("z",), Verdict.KEEP))
        one.undo(aside.seq)
        with pytest.raises(UndoRefusedError, match="bo"):
            two.replay(one.history)
        assert len(two.history) == 2


def test_recorded_decisions_without_a_person_are_still_kept_once(tmp_path: Path) -> None:
    recorded = [Decision(("b", "a"), Verdict.SAME, when="2026-01-01T00:00:00+00:00")]
    with log_in(tmp_path) as log:
        assert [log.replay(recorded), log.replay(recorded)] == [1, 0]


def test_a_decision_without_a_time_is_kept_once_too(tmp_path: Path) -> None:
    times = (NOON.replace(minute=minute) for minute in range(60))
    same = Decision(("a", "b"), Verdict.SAME, seq=1)
    lines = [same, Decision(("a", "b"), Verdict.UNDO, value={"undoes": "1"}), same]
    with DecisionLog(tmp_path, who="ann", clock=lambda: next(times)) as log:
        assert [log.replay(lines) for _ in range(3)] == [3, 0, 0]
        assert log.replay([*lines, same]) == 1, "said once more than here"
        assert log.replay(log.history) == 0


def test_an_undo_of_nothing_stops_the_replay_and_leaves_no_trace(tmp_path: Path) -> None:
    then = "2026-01-01T00:00:00+00:00"
    orphan = Decision(("a",), Verdict.UNDO, value={"undoes": "7"}, when=then)
    with log_in(tmp_path) as log:
        with pytest.raises(DecisionError, match="not before it"):
            log.replay([Decision(("a",), Verdict.KEEP, when=then), orphan])
        assert log.history == ()


def test_the_export_is_for_its_owner_and_replaces_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text("old", encoding="utf-8")
    with log_in(tmp_path) as log:
        fill(log)
        log.export(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {p.name for p in tmp_path.iterdir()} == {"d.jsonl", "decisions.sqlite"}


def test_an_export_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def breaks() -> Iterator[Decision]:
        yield Decision(("a",), Verdict.KEEP)
        raise KeyboardInterrupt

    path = tmp_path / "d.jsonl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        write_jsonl(path, breaks())
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [
        ("d.jsonl", "old")
    ]


@pytest.mark.parametrize("name", ["missing/d.jsonl", "folder", "file/d.jsonl"])
def test_an_export_to_where_no_file_can_be_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with log_in(tmp_path / "log") as log:
        fill(log)
        with pytest.raises(DecisionError) as caught:
            log.export(tmp_path / name)
    assert caught.value.file == name.rpartition("/")[2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "log"]


def test_half_a_character_in_an_older_log_is_exported_as_json_writes_it(
    tmp_path: Path,
) -> None:
    older = Decision(("\ud800",), Verdict.KEEP, note="é", when="2026-01-01T00:00:00+00:00")
    write_jsonl(tmp_path / "d.jsonl", [older])
    assert read_jsonl(tmp_path / "d.jsonl") == (older,)
    with log_in(tmp_path) as log, pytest.raises(DecisionError, match="half a character"):
        log.replay([older])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("[1]", None),
        ("{", None),
        ('{"verdict": "same"}', "key"),
        ('{"key": ["a"], "verdict": "sam"}', "verdict"),
        ('{"key": "a", "verdict": "same"}', "key"),
        ('{"key": ["a"], "verdict": "keep", "seen": {"a": 1}}', "seen"),
        ('{"key": ["a"], "verdict": "keep", "seq": true}', "seq"),
        ('{"key": ["a"], "verdict": "keep", "when": 2026}', "when"),
        ("[" * 100_000, None),
        ('{"key": ' + "[" * 100_000, None),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, column: str | None) -> None:
    path = tmp_path / "d.jsonl"
    good = json.dumps({"key": ["a"], "verdict": "keep"})
    path.write_text(f"{good}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_jsonl(path)
    assert (caught.value.file, caught.value.line, caught.value.column) == (
        "d.jsonl",
        3,
        column,
    )


@pytest.mark.parametrize("when", ["01.03.2026", "yesterday", "2026-13-01T12:00:00"])
def test_a_time_that_a_log_would_refuse_is_named_with_its_line(
    tmp_path: Path, when: str
) -> None:
    path = tmp_path / "d.jsonl"
    lines = [{"key": ["a"], "verdict": "keep", "when": each} for each in ("", when)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert [each.when for each in read_jsonl(path)] == ["", when], "labels say it as they like"
    with pytest.raises(InputError) as caught:
        read_jsonl(path, for_log=True)
    error = caught.value
    assert (error.file, error.line, error.column) == ("d.jsonl", 2, "when")
    assert when in str(error)
    assert "ISO 8601" in str(error)


def test_lines_of_a_newer_version_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text('{"schema": 2, "key": ["a"], "verdict": "keep"}', encoding="utf-8")
    with pytest.raises(SchemaError):
        read_jsonl(path)


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"\xff\xfe\x00\x01")
    for name in ("noise", "missing"):
        with pytest.raises(InputError, match=name):
            read_jsonl(tmp_path / name)

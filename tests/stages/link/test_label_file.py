"""Labels written are labels read: by us, by recordlinkage, and entered into another log."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recordlinkage import read_annotation_file

from custclean.decisions import DecisionLog, read_jsonl
from custclean.errors import CustcleanError, InputError, SettingsError
from custclean.model import Decision, Verdict
from custclean.stages.link import (
    evaluate,
    find_duplicates,
    link,
    read_annotations,
    read_labels,
    write_labels,
)

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pl.DataFrame(
    {
        "record_id": ["a", "b", "c", "d", "e"],
        "display_name": ["Ann Wexcombe", "Anne Wexcombe", "Bo Quill", "Bo Quill", "Cy Marsh"],
        "email": ["a@x.example", "a@x.example", None, "=bo@x.example", "cy@x.example"],
    }
)
WHEN = "2026-03-01T12:00:00.000+01:00"
SAID = [
    Decision(("a", "b"), Verdict.SAME, who="ann", when=WHEN, note="=SUM(A1) – same\nphone"),
    Decision(("b", "c"), Verdict.DIFFERENT, who="bo", when=WHEN),
    Decision(("c", "d"), Verdict.UNSURE, who="bo", when=WHEN, note="ask"),
]
FORMS = ("csv", "jsonl", "json")


def bare(decisions: list[Decision]) -> list[tuple[Any, ...]]:
    return [(d.key, d.verdict, d.who, d.when, d.note) for d in decisions]


@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_is_read_with_name_time_and_note(tmp_path: Path, form: str) -> None:
    path = write_labels(SAID, tmp_path / f"labels.{form}", table=TABLE)
    assert bare(read_labels(path)) == bare(SAID)
    assert bare(read_labels(str(path))) == bare(SAID)


@pytest.mark.parametrize("form", FORMS)
def test_another_log_takes_them_once_with_their_names(tmp_path: Path, form: str) -> None:
    path = write_labels(SAID, tmp_path / f"labels.{form}", table=TABLE)
    with DecisionLog(tmp_path / "other", who="cy") as log:
        assert log.replay(read_labels(path)) == 3
        assert log.replay(read_labels(path)) == 0
        assert bare(list(log.current)) == bare(SAID)


@pytest.mark.parametrize("form", FORMS)
def test_they_teach_and_measure(tmp_path: Path, form: str) -> None:
    found = find_duplicates(TABLE)
    path = write_labels(SAID, tmp_path / f"labels.{form}", table=TABLE)
    told = found.learn(path).pairs.filter(pl.col("decided").is_not_null())
    assert {(a, b): d for a, b, d in told.select("left_id", "right_id", "decided").rows()} == {
        ("a", "b"): "same", ("b", "c"): "different",
    }  # fmt: skip
    for truth in (path, SAID, read_labels(path)):
        quality = evaluate([("b", "a"), ("c", "b"), ("d", "e")], truth)
        assert (quality.right, quality.wrong, quality.missed, quality.labelled) == (1, 1, 0, 2)
    assert evaluate([("d", "e")], path).missed == 1


def test_a_frame_with_verdicts_is_no_list_of_true_pairs() -> None:
    labels = pl.DataFrame({"left_id": ["a", "b"], "right_id": ["b", "c"],
                           "verdict": ["same", "different"]})  # fmt: skip
    found = evaluate([("a", "b"), ("b", "c")], labels)
    assert (found.right, found.wrong, found.missed) == (1, 1, 0)
    assert "counted among 2 labelled pairs" in repr(found)


def test_of_a_log_it_is_what_stands(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        log.decide("a", "b", "different")
        log.decide("b", "a", "same")
        log.undo(log.decide("c", "d", "same").seq)
        log.append(Decision(("a",), Verdict.KEEP))
        log.decide("d", "e", "split")
        path = write_labels(log, tmp_path / "labels.csv")
        log.export(tmp_path / "history.jsonl")
        wanted = [(("a", "b"), "same"), (("d", "e"), "split")]
        for given in (path, tmp_path / "history.jsonl", log):
            assert [(d.key, d.verdict) for d in read_labels(given)] == wanted
        assert evaluate([("a", "b")], log).right == 1


def test_the_csv_has_these_columns_and_runs_nothing(tmp_path: Path) -> None:
    path = write_labels(SAID, tmp_path / "labels.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, first, *_ = csv.reader(file)
    assert header == ["left_id", "right_id", "verdict", "who", "when", "note"]
    assert first == ["a", "b", "same", "ann", WHEN, "'=SUM(A1) – same\nphone"]


def test_a_csv_that_a_spreadsheet_saved_again_is_read_too(tmp_path: Path) -> None:
    path = write_labels(SAID[:1], tmp_path / "labels.csv")
    lines = path.read_text(encoding="utf-8-sig").replace('","', ";").replace('"', "")
    path.write_text(lines.replace("\nphone", ""), encoding="utf-8")
    (found,) = read_labels(path)
    assert (found.key, found.verdict, found.who) == (("a", "b"), "same", "ann")
    assert found.note == "=SUM(A1) – same"


def test_json_lines_are_those_of_the_log(tmp_path: Path) -> None:
    path = write_labels(SAID, tmp_path / "labels.jsonl")
    assert bare(list(read_jsonl(path))) == bare(SAID)
    first = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert (first["left_id"], first["right_id"], first["verdict"]) == ("a", "b", "same")


def test_recordlinkage_reads_the_annotation_file(tmp_path: Path) -> None:
    path = write_labels(SAID, tmp_path / "labels.json", table=TABLE)
    found = read_annotation_file(path)
    assert list(found.links) == [("a", "b")]
    assert list(found.distinct) == [("b", "c")]
    assert list(found.unknown) == [("c", "d")]
    assert found.pairs[0]["fields"][0] == {
        "a": {"name": "display_name", "value": "Ann Wexcombe", "type": "String"},
        "b": {"name": "display_name", "value": "Anne Wexcombe", "type": "String"},
        "similarity": None,
    }


def test_a_label_given_in_recordlinkage_since_beats_what_was_written(tmp_path: Path) -> None:
    path = write_labels(SAID, tmp_path / "labels.json", table=TABLE)
    data = json.loads(path.read_text(encoding="utf-8"))
    data["pairs"][0]["label"] = 0
    data["pairs"][2]["label"] = 1
    path.write_text(json.dumps(data), encoding="utf-8")
    found = [(d.verdict, d.who) for d in read_annotations(path, who="cy")]
    assert found == [("different", "cy"), ("different", "bo"), ("same", "cy")]


def test_ids_of_pandas_stay_numbers_for_recordlinkage(tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": ["Ann", "Anne"], "age": [7, 8]}, index=[10, 11])
    path = write_labels(
        [Decision(("10", "11"), Verdict.SAME)], tmp_path / "l.json", table=frame
    )
    (pair,) = json.loads(path.read_text())["pairs"]
    assert [pair["identifiers"][end]["record"] for end in "ab"] == [10, 11]
    assert [field["b"]["value"] for field in pair["fields"]] == ["Anne", "8"]


def test_of_two_tables_each_record_stands_on_its_side(tmp_path: Path) -> None:
    left = pl.DataFrame({"id": ["z1", "z2"], "name": ["Ann Wexcombe", "Bo Quill"]})
    right = pl.DataFrame({"id": ["a1", "a2"], "name": ["Anne Wexcombe", "Cy Marsh"],
                          "town": ["Hove", "Rye"]})  # fmt: skip
    said = [Decision(("a1", "z1"), Verdict.SAME)]  # as the log puts it: the smaller first
    path = write_labels(said, tmp_path / "l.json", table=(left, right), id="id")
    assert [d.key for d in read_labels(path)] == [("z1", "a1")]
    (pair,) = json.loads(path.read_text())["pairs"]
    assert [field["b"]["value"] for field in pair["fields"]] == ["Anne Wexcombe", "Hove"]
    told = link(left, right, id="id").learn(path)
    assert "same" in told.pairs["decided"].to_list()


def test_a_record_that_is_gone_keeps_its_label(tmp_path: Path) -> None:
    gone = [Decision(("a", "x"), Verdict.SAME)]
    path = write_labels(gone, tmp_path / "l.json", table=TABLE)
    assert [d.key for d in read_labels(path)] == [("a", "x")]


def test_what_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="csv, jsonl, json"):
        write_labels(SAID, tmp_path / "labels.txt")
    with pytest.raises(SettingsError, match="table="):
        write_labels(SAID, tmp_path / "labels.json")
    half = [Decision(("a", "b"), Verdict.SAME, note="\ud800")]
    with pytest.raises(InputError, match="half a character"):
        write_labels(half, tmp_path / "labels.csv")
    assert list(tmp_path.iterdir()) == []
    assert write_labels(SAID, tmp_path / "labels", format="csv").is_file()


@pytest.mark.parametrize("cut", [30, 90, 140])
def test_a_damaged_file_is_refused_or_read_without_what_is_cut_off(
    tmp_path: Path, cut: int
) -> None:
    path = write_labels(SAID, tmp_path / "labels.csv")
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(CustcleanError):
        read_labels(path)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
verdicts = st.sampled_from([Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE])


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.tuples(names, names), verdicts, texts, texts, texts),
        unique_by=lambda row: frozenset(row[0]),
        max_size=5,
    ).filter(lambda rows: all(key[0] != key[1] for key, *_ in rows)),
    form=st.sampled_from(FORMS),
)
def test_any_text_comes_back_as_it_was(
    rows: list[tuple[Any, ...]], form: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = [
        Decision(tuple(sorted(key)), verdict, who=who, when=when, note=note)
        for key, verdict, who, when, note in rows
    ]
    path = tmp_path_factory.mktemp("labels") / f"labels.{form}"
    write_labels(said, path, table=TABLE)
    assert bare(read_labels(path)) == bare(said)


PROOF = "0 of 147 wrong <= 0.02"  # no comma: it is read without quotes too
UNSEEN = Decision(("a", "d"), Verdict.SAME, value={"bulk": PROOF}, who="ann", when=WHEN)


def test_what_two_people_dispute_is_no_label(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as ann, DecisionLog(tmp_path, who="bo") as bo:
        ann.decide("c", "d", "same")
        ann.decide("a", "b", "same")
        blind = bo.append(Decision(("a", "b"), Verdict.DIFFERENT, value={"blind": "1"}))
        bo.export(tmp_path / "history.jsonl")
        for given in (bo, tmp_path / "history.jsonl"):
            assert [d.key for d in read_labels(given)] == [("c", "d")]
        assert evaluate([("a", "b"), ("c", "d")], list(bo.history)).labelled == 1
        bo.undo(blind.seq)
        assert [d.key for d in read_labels(bo)] == [("c", "d"), ("a", "b")]


@pytest.mark.parametrize("blind", [Verdict.SAME, Verdict.DIFFERENT])
def test_who_is_disputed_is_joined_by_nobody(tmp_path: Path, blind: Verdict) -> None:
    open_word = Verdict.SAME if blind is Verdict.DIFFERENT else Verdict.DIFFERENT
    alike = pl.concat([TABLE, TABLE.filter(record_id="a").with_columns(record_id=pl.lit("z"))])
    assert len(find_duplicates(alike).accepted().filter(left_id="a", right_id="z")) == 1
    with DecisionLog(tmp_path, who="ann") as ann, DecisionLog(tmp_path, who="bo") as bo:
        ann.decide("a", "z", open_word)
        said = bo.append(Decision(("a", "z"), blind, value={"blind": "1"}))
        for words in (bo, list(bo.history)):
            found = find_duplicates(alike, decisions=words)
            cluster = dict(found.clusters().rows())
            assert cluster["a"] != cluster["z"]
            assert ("a", "z", "decision") in found.conflicts.rows()
            both = link(alike.head(1), alike.tail(1), decisions=words)
            assert both.accepted().is_empty()
        agreed = found.learn([Decision(("a", "z"), Verdict.SAME, seq=said.seq + 1, who="cy")])
        cluster = dict(agreed.clusters().rows())
        assert cluster["a"] == cluster["z"]
        assert agreed.conflicts.is_empty()


@pytest.mark.parametrize("form", FORMS)
def test_only_what_a_person_looked_at_is_a_label(tmp_path: Path, form: str) -> None:
    path = write_labels([*SAID, UNSEEN], tmp_path / f"labels.{form}", table=TABLE)
    assert bare(read_labels(path)) == bare(SAID)
    alone = write_labels(SAID, tmp_path / f"alone.{form}", table=TABLE)
    assert path.read_bytes() == alone.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_what_was_accepted_in_bulk_is_written_on_request_and_marked(
    tmp_path: Path, form: str
) -> None:
    path = write_labels([*SAID, UNSEEN], tmp_path / f"all.{form}", table=TABLE, bulk=True)
    *_, last = found = read_labels(path)
    assert bare(found) == bare([*SAID, UNSEEN])
    assert last.value == {"bulk": PROOF}
    assert not any("bulk" in each.value for each in found[:-1])
    quality = evaluate([("a", "b"), ("a", "d")], path)
    assert (quality.right, quality.wrong, quality.labelled) == (1, 0, 2)


def test_in_bulk_is_a_column_of_its_own_also_where_a_spreadsheet_saved_it(
    tmp_path: Path,
) -> None:
    path = write_labels([SAID[1], UNSEEN], tmp_path / "all.csv", bulk=True)
    assert pl.read_csv(path)["bulk"].to_list() == ["", PROOF]
    path.write_text(path.read_text(encoding="utf-8-sig").replace('"', ""), encoding="utf-8")
    marked = [each.value.get("bulk", "") for each in read_labels(path)]
    assert marked == ["", PROOF]


def test_a_column_called_bulk_in_somebody_elses_labels_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("left_id,right_id,verdict,bulk\na,b,same,7\n", encoding="utf-8")
    assert [dict(each.value) for each in read_labels(path)] == [{}]

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest

from custclean.errors import CustcleanError, InputError
from custclean.model import Decision, Verdict
from custclean.stages.link import find_duplicates
from custclean.stages.link.labels import decisions_of, read_annotations

if TYPE_CHECKING:
    from pathlib import Path

WANTED = [
    Decision(("1", "2"), Verdict.SAME),
    Decision(("3", "4"), Verdict.DIFFERENT),
    Decision(("5", "6"), Verdict.UNSURE),
]


def frame(ends: str, name: str, verdicts: list[Any]) -> pl.DataFrame:
    one, other = ends.split()
    return pl.DataFrame({one: [1, 3, 5], other: [2, 4, 6], name: verdicts})


@pytest.mark.parametrize(
    ("ends", "name", "verdicts"),
    [
        ("left_id right_id", "verdict", ["same", "different", "unsure"]),
        ("unique_id_l unique_id_r", "clerical_match_score", [1.0, 0.0, 0.5]),
        ("unique_id_l unique_id_r", "clerical_match_score", [0.9, 0.2, None]),
        ("record_id_1 record_id_2", "is_match", [True, False, None]),
        ("id1 id2", "match", [1, 0, None]),
        ("ltable_id rtable_id", "label", ["1", "0", ""]),
        ("left_id right_id", "Label", ["Match", "Non-match", "Unknown"]),
        ("Left ID", "label", ["match", "distinct", "unsure"]),
    ],
)
def test_labels_of_many_tools_are_read(ends: str, name: str, verdicts: list[Any]) -> None:
    if ends == "Left ID":  # a heading with a blank is the same name
        table = frame("left right", name, verdicts).rename(
            {"left": "Left ID", "right": "Right id"}
        )
    else:
        table = frame(ends, name, verdicts)
    assert decisions_of(table) == WANTED
    assert decisions_of(table.to_pandas()) == WANTED


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_file_of_labels_is_read(tmp_path: Path, suffix: str) -> None:
    table = frame("left_id right_id", "verdict", ["same", "different", "unsure"])
    path = tmp_path / f"labels.{suffix}"
    getattr(table, f"write_{suffix}")(path)
    assert decisions_of(path) == decisions_of(str(path)) == WANTED


def test_ids_with_a_gap_in_pandas_stay_whole() -> None:
    table = pd.DataFrame({"left_id": [1, None, 3], "right_id": [2, 9, 4], "match": [1, 1, 0]})
    assert decisions_of(table) == WANTED[:2]


def annotation(*labels: int | None) -> dict[str, Any]:
    """Give a file as recordlinkage's labelling page saves it."""
    ends = [(1, 2), (3, 4), (5, 6)]
    pairs = [
        {
            "fields": [],
            "identifiers": {"a": {"dataset": None, "record": a}, "b": {"record": b}},
            **({} if label is None else {"label": label}),
        }
        for (a, b), label in zip(ends, labels)
    ]
    return {"version": 1, "pairs": pairs}


def test_an_annotation_of_recordlinkage_is_read(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(annotation(1, 0, None)))
    assert decisions_of(path) == read_annotations(path) == WANTED[:2]
    assert [each.who for each in read_annotations(path, who="ann")] == ["ann", "ann"]


def test_a_pair_without_a_label_takes_no_earlier_word_back(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(annotation(None)))
    table = pl.DataFrame({"id": [1, 2, 9], "name": ["Ann Wexcombe", "Bo Quill", "Cy Marsh"]})
    told = find_duplicates(table, id="id", decisions=WANTED[:1]).learn(path)
    assert told.pairs["decided"].to_list() == ["same"]


def test_decisions_stay_as_they_are() -> None:
    assert decisions_of(WANTED) == decisions_of(iter(WANTED)) == WANTED
    assert decisions_of([]) == []


@pytest.mark.parametrize("verdict", ["perhaps so", 2, -1, "nan"])
def test_a_verdict_that_nobody_knows_is_an_error_with_its_line(verdict: object) -> None:
    table = pl.DataFrame(
        {"left_id": ["a", "b"], "right_id": ["c", "d"], "match": ["1", str(verdict)]}
    )
    with pytest.raises(InputError) as caught:
        decisions_of(table)
    assert caught.value.line == 2


@pytest.mark.parametrize("given", [pl.DataFrame({"a": [1]}), 7, ["x"], object()])
def test_what_are_no_labels_is_refused(given: object) -> None:
    with pytest.raises(CustcleanError):
        decisions_of(given)


@pytest.mark.parametrize("text", ["not json", '{"pairs": [1]}', '{"pairs": [{}]}'])
def test_a_damaged_annotation_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "labels.json"
    path.write_text(text)
    with pytest.raises(CustcleanError):
        decisions_of(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for name in ("labels.csv", "labels.json"):
        with pytest.raises(CustcleanError):
            decisions_of(tmp_path / name)


def test_the_file_and_its_line_are_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("left_id,right_id,verdict\n0,1,same\n2,3,banana\n")
    with pytest.raises(InputError, match=r"labels.csv, line 3: .*banana"):
        decisions_of(path)


@pytest.mark.parametrize("yes", ["sì", "oui", "ja", "sim", "Yes"])
def test_yes_in_the_languages_of_the_first_users(yes: str) -> None:
    assert (
        decisions_of(frame("left_id right_id", "same", [yes] * 3))[0].verdict is Verdict.SAME
    )

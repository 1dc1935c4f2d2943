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

from custclean.decisions import DecisionLog, current_of, disputed_of, read_jsonl
from custclean.decisions.standing import BULK, standing_of
from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.model import Decision, Verdict
from custclean.stages.link.label_rows import COLUMNS, LABELS, WITH_BULK, read_csv
from custclean.tables.cells import unescape
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["agreed", "are_labels", "decisions_of", "read_annotations", "read_labels"]

_LINE = 1 << 16  # bytes of a line that tell what it is
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
_MORE = ("who", "when", "note")
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


def read_labels(given: object) -> list[Decision]:
    """Read what people said of pairs: a file or a frame of labels, or a decision log.

    Files are CSV, JSON lines, annotation files of recordlinkage, or any table with two ids
    and a verdict. Where they say who decided and when, so do the decisions: then
    `DecisionLog.replay` can enter them. What was accepted in bulk says so in its `value`.
    What two people of a log dispute, one of them blind, is no label.
    """
    return agreed(decisions_of(given))


def decisions_of(given: object) -> list[Decision]:
    """Take decisions as they are; read labels from a file, a frame or what has a table.

    Verdicts are words (same, different, match, distinct, unsure ...), true and false, or
    a number from 0 to 1, where 0.5 says nothing. Of a log it is every word that stands.
    """
    if given is None:
        return []
    if isinstance(given, DecisionLog):
        return _words(given.history)
    if isinstance(given, (str, Path)):
        return _from_file(Path(given))
    if isinstance(given, Iterable) and not hasattr(given, "columns"):
        found = list(given)
        if all(isinstance(each, Decision) for each in found):
            return found
    return _from_table(to_polars(given))


def _words(history: Sequence[Decision]) -> list[Decision]:
    return [each for each in standing_of(history) if each.verdict in LABELS]


def agreed(decisions: Sequence[Decision]) -> list[Decision]:
    """Give the last words of a log that nobody disputes; labels of no log as they are."""
    if not all(each.seq for each in decisions):
        return list(decisions)
    disputed = disputed_of(decisions)
    return [each for each in current_of(decisions) if each.seq not in disputed]


def are_labels(given: object) -> bool:
    """Tell labels, which also say what is different, from pairs that are all the same."""
    if isinstance(given, (str, Path, DecisionLog)):
        return True
    if isinstance(given, (list, tuple)):
        return bool(given) and all(isinstance(each, Decision) for each in given)
    return "verdict" in getattr(given, "columns", ())


def _from_file(path: Path) -> list[Decision]:
    if path.suffix.lower() == ".json" and "pairs" in _json(path):
        return read_annotations(path)
    own = read_csv(path)
    if own is not None:
        return own
    if _is_log(path):
        return _words(read_jsonl(path))
    from custclean.tables.reading import read_table  # slow, for files alone

    return _from_table(read_table(path).frame, path)


def _is_log(path: Path) -> bool:
    """Tell whether a file's first line is a decision as the log writes it."""
    if path.suffix.lower() != ".jsonl" or not path.is_file():
        return False
    with path.open("rb") as file:
        first = file.readline(_LINE)
    if not first.strip():
        return True  # of a log in which nothing stands
    try:
        return {"key", "verdict"} <= set(json.loads(first.decode("utf-8-sig")))
    except (ValueError, TypeError):
        return False


def read_annotations(path: Path | str, *, who: str = "") -> list[Decision]:
    """Read the labels of an annotation file of recordlinkage as decisions.

    A link is "same", a distinct pair "different"; what was not labelled is left out, but for
    what `write_labels` has noted as unsure. `who` is for those of whom the file says nothing.
    """
    path = Path(path)
    try:
        rows = [_annotated(pair) for pair in _json(path)["pairs"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(tr("this is no annotation file"), file=path) from error
    return [
        Decision(
            ends,
            _verdict(said, line, path),
            value={BULK: more[BULK]} if BULK in more else {},
            note=more.get("note", ""),
            who=more.get("who", who),
            when=more.get("when", ""),
        )
        for line, (ends, said, more) in enumerate(rows, 1)
        if said is not None
    ]


def _annotated(pair: Mapping[str, Any]) -> tuple[tuple[str, str], object, dict[str, str]]:
    """Give ids, label and what else `write_labels` has noted, if the label is still that."""
    left, right = (str(pair["identifiers"][end]["record"]) for end in "ab")
    label, noted = pair.get("label"), pair.get("custclean") or {}
    if not noted or noted.get("label") != label:
        return (left, right), label, {}
    more = {name: str(noted[name]) for name in (*_MORE, BULK) if noted.get(name)}
    return (left, right), noted["verdict"], more


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
    ours = tuple(table.columns) in (COLUMNS, WITH_BULK)
    more = [name for name in (*_MORE, *[BULK] * ours) if name in names]
    columns = {name: names[name] for name in (*ends, *more)}
    text = table.select(pl.col(old).cast(pl.String).alias(new) for new, old in columns.items())
    # a file of `write_labels` that a spreadsheet has saved again is still escaped
    plain = unescape if ours else str
    rows = zip(text.iter_rows(named=True), table[names[verdict]].to_list(), strict=True)
    return [
        _labelled(row, ends, _verdict(said, line, path), plain)
        for line, (row, said) in enumerate(rows, 1 if path is None else 2)
        if all(row[end] is not None for end in ends)
    ]


def _labelled(
    row: Mapping[str, str | None],
    ends: tuple[str, str],
    verdict: Verdict,
    plain: Callable[[str], str],
) -> Decision:
    def text(name: str) -> str:
        return plain(row.get(name) or "")

    return Decision(
        (text(ends[0]), text(ends[1])),
        verdict,
        value={BULK: text(BULK)} if text(BULK) else {},
        note=text("note"),
        who=text("who"),
        when=text("when"),
    )


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

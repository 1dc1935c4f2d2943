"""Decisions on pairs as a file of labels, for us and for other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.decisions import current_of
from custclean.decisions.lines import line_of
from custclean.decisions.standing import BULK, looked_at
from custclean.errors import InputError, SettingsError
from custclean.frames import to_polars
from custclean.model import Verdict
from custclean.stages.link.given import ids_of
from custclean.stages.link.label_rows import COLUMNS, LABELS, WITH_BULK, to_csv
from custclean.stages.link.labels import agreed, decisions_of
from custclean.tables.writing import write_atomic
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.model import Decision

__all__ = ["write_labels"]

FORMATS = ("csv", "jsonl", "json")
_SIDES = 2
_LABEL = {Verdict.SAME: 1, Verdict.LINK: 1, Verdict.DIFFERENT: 0, Verdict.SPLIT: 0}


def write_labels(
    decisions: object,
    path: Path | str,
    *,
    table: object = None,
    id: str | None = None,  # noqa: A002  # as in find_duplicates
    format: str | None = None,  # noqa: A002  # what people call it
    bulk: bool = False,
) -> Path:
    """Write what stands of decisions on pairs as labels; gives the path.

    `decisions`: a log, decisions, or what `read_labels` reads. The suffix says the form, or
    `format`: "csv" with left_id, right_id, verdict, who, when, note (safe to open in a
    spreadsheet); "jsonl", which is also what `DecisionLog.export` writes and `Project.replay`
    reads; "json", the annotation file of recordlinkage, which shows the records of `table`
    (two linked tables: both). `id` is the column of ids, as in `find_duplicates`. An unsure
    pair stays unsure; to recordlinkage it has no label.

    Only what a person looked at is a label. With `bulk` the pairs that were accepted in bulk
    are written too, each with its proof: in a further column `bulk`, or under that name in
    the `value` of a JSON line and in what an annotation file holds of ours. `evaluate`,
    `learn` and `agreement` take none of these for truth.
    """
    path = Path(path)
    form = (format or path.suffix.lstrip(".")).lower()
    if form not in FORMATS:
        raise SettingsError(
            tr("no such form of labels"), value=form, expected=", ".join(FORMATS)
        )
    said = current_of(agreed(decisions_of(decisions)))
    labels = [d for d in said if d.verdict in LABELS and (bulk or looked_at(d))]
    try:
        if form == "csv":
            data = to_csv(labels, WITH_BULK if bulk else COLUMNS)
        else:
            data = _json(labels, form, table, id)
        return write_atomic(path, data)
    except UnicodeEncodeError:
        msg = tr("the text holds half a character and cannot be kept")
        raise InputError(msg, file=path) from None


def _json(labels: Sequence[Decision], form: str, table: object, name: str | None) -> bytes:
    if form == "jsonl":
        lines = (line_of(each, left_id=each.key[0], right_id=each.key[1]) for each in labels)
        return "".join(f"{line}\n" for line in lines).encode()
    if table is None:
        msg = tr("an annotation file shows the records")
        raise SettingsError(msg, column="table", expected="table=")
    tables = table if isinstance(table, tuple) and len(table) == _SIDES else (table, table)
    sides = [_Side(each, name) for each in tables]
    pairs = [_annotated(each, *sides) for each in labels]
    text = json.dumps({"version": 1, "pairs": pairs}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


class _Side:
    """A table whose records are shown: ids as they are there, values as text."""

    def __init__(self, frame: object, name: str | None) -> None:
        table = to_polars(frame)
        name, ids, _ = ids_of(frame, table, name)
        texts = table.select(pl.all().exclude(name or "").cast(pl.String, strict=False))
        self.columns = texts.columns
        self._ids = {str(one): (one, place) for place, one in enumerate(ids.to_list())}
        self._texts = texts

    def __contains__(self, record: str) -> bool:
        return record in self._ids

    def id(self, record: str) -> Any:
        """Give an id as the table has it: a number may be one there."""
        found = self._ids[record][0] if record in self else record
        return found if isinstance(found, (int, str)) else str(found)

    def values(self, record: str) -> Mapping[str, str | None]:
        """Give a record; one that is gone has no values."""
        if record not in self:
            return {}
        return self._texts.row(self._ids[record][1], named=True)


def _annotated(label: Decision, left: _Side, right: _Side) -> dict[str, Any]:
    one, other = label.key
    if not (one in left and other in right) and other in left and one in right:
        one, other = other, one  # the log has put the smaller id first
    ends = {"a": (left, one, "left"), "b": (right, other, "right")}
    values = {end: side.values(record) for end, (side, record, _) in ends.items()}
    said = _LABEL.get(label.verdict)
    return {
        "fields": [
            {
                **{end: _cell(name, values[end].get(name)) for end in ends},
                "similarity": None,
            }
            for name in dict.fromkeys([*left.columns, *right.columns])
        ],
        "identifiers": {
            end: {"dataset": name, "record": side.id(record)}
            for end, (side, record, name) in ends.items()
        },
        "label": said,
        "custclean": {
            "label": said,
            "verdict": label.verdict.value,
            "who": label.who,
            "when": label.when,
            "note": label.note,
            **({} if looked_at(label) else {BULK: label.value[BULK]}),
        },
    }


def _cell(name: str, value: str | None) -> dict[str, str | None]:
    return {"name": name, "value": value, "type": "String"}

"""Labels as rows of text: the CSV that `write_labels` writes, and the way back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from custclean.decisions.standing import BULK, PAIR_VERDICTS
from custclean.errors import InputError
from custclean.model import Decision, Verdict
from custclean.tables.cells import escape, unescape
from custclean.tables.writing import csv_bytes
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["COLUMNS", "LABELS", "WITH_BULK", "read_csv", "to_csv"]

COLUMNS = ("left_id", "right_id", "verdict", "who", "when", "note")
WITH_BULK = (*COLUMNS, BULK)  # where some of them were accepted in bulk: on what proof
LABELS = PAIR_VERDICTS | {Verdict.LINK}  # what says something of two records
_HEADS = {
    columns: csv_bytes(columns, (), bom=True, quote="all") for columns in (COLUMNS, WITH_BULK)
}


def to_csv(labels: Iterable[Decision], columns: Sequence[str] = COLUMNS) -> bytes:
    """Give labels as CSV that is safe to open in a spreadsheet."""
    rows = [[escape(cell) for cell in _cells(each)[: len(columns)]] for each in labels]
    return csv_bytes(columns, rows, bom=True, quote="all")


def _cells(label: Decision) -> list[str]:
    said = label.verdict.value, label.who, label.when, label.note
    return [*label.key, *said, label.value.get(BULK, "")]


def read_csv(path: Path) -> list[Decision] | None:
    """Read a file of `to_csv` letter by letter; None where it is another table.

    What says when it was decided is of a log, which numbers its decisions.
    """
    if not path.is_file():
        return None
    with path.open("rb") as file:
        start = file.read(max(map(len, _HEADS.values())))
        head = next((head for head in _HEADS.values() if start.startswith(head)), None)
        if head is None:
            return None
        data = start[len(head) :] + file.read()
    try:
        return [_decision(row, n) for n, row in enumerate(_rows(data.decode()), 1)]
    except (ValueError, csv.Error) as error:
        raise InputError(tr("the labels are damaged: {why}", why=error), file=path) from None


def _rows(text: str) -> list[list[str]]:
    limit = csv.field_size_limit(len(text) + 1)  # a note may be longer than csv allows
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    finally:
        csv.field_size_limit(limit)


def _decision(row: list[str], place: int) -> Decision:
    left, right, verdict, who, when, note, *bulk = map(unescape, row)
    return Decision(
        (left, right), Verdict(verdict), note=note, who=who, when=when,
        value={BULK: bulk[0]} if any(bulk) else {}, seq=place if when else 0,
    )  # fmt: skip

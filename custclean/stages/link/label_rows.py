"""Labels as rows of text: the CSV that `write_labels` writes, and the way back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from custclean.decisions.standing import PAIR_VERDICTS
from custclean.errors import InputError
from custclean.model import Decision, Verdict
from custclean.tables.cells import escape, unescape
from custclean.tables.writing import csv_bytes
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["COLUMNS", "LABELS", "read_csv", "to_csv"]

COLUMNS = ("left_id", "right_id", "verdict", "who", "when", "note")
LABELS = PAIR_VERDICTS | {Verdict.LINK}  # what says something of two records
_HEAD = csv_bytes(COLUMNS, (), bom=True, quote="all")


def to_csv(labels: Iterable[Decision]) -> bytes:
    """Give labels as CSV that is safe to open in a spreadsheet."""
    rows = [
        [
            escape(cell)
            for cell in (*each.key, each.verdict.value, each.who, each.when, each.note)
        ]
        for each in labels
    ]
    return csv_bytes(COLUMNS, rows, bom=True, quote="all")


def read_csv(path: Path) -> list[Decision] | None:
    """Read a file of `to_csv` letter by letter; None where it is another table.

    What says when it was decided is of a log, which numbers its decisions.
    """
    if not path.is_file():
        return None
    with path.open("rb") as file:
        if file.read(len(_HEAD)) != _HEAD:
            return None
        data = file.read()
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
    left, right, verdict, who, when, note = map(unescape, row)
    return Decision(
        (left, right), Verdict(verdict), note=note, who=who, when=when,
        seq=place if when else 0,
    )  # fmt: skip

"""Rows of a table that are no records: sections, totals, cells that swallowed other rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from custclean.tables import Flag, Note, RejectedLine
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.systems._recognition import Claim
    from custclean.tables import RawTable

__all__ = ["records_alone"]

MAX_CELL = 10_000  # characters; a longer one is hardly a value of a list of people
NUMBERED = ("company_id", "customer_number")  # fields that hold no words
NUMBER = r"^[^\s:*]*\d[^\s:*]*$"  # one word with a digit in it
WIDE = 3  # columns of a table in which a single filled cell tells something
FEW = 0.1  # of the rows that may have words there and are clients all the same
MANY = 5  # lines in a cell that may be rows


def records_alone(raw: RawTable, claim: Claim) -> RawTable:
    """Give the table without rows that are no records; its report has them."""
    return _without_remarks(_without_furniture(_without_giants(raw), claim), claim)


def _kept(raw: RawTable, keep: pl.Series) -> tuple[RawTable, list[tuple[int, str]]]:
    """Give the table with only these rows, and line and text of the others."""
    if keep.all():
        return raw, []
    others = raw.frame.filter(~keep)
    lines = raw.lines.filter(~keep)
    join = raw.report.delimiter or "\t"
    texts = [join.join(cell or "" for cell in row).rstrip(join) for row in others.iter_rows()]
    rest = replace(raw, frame=raw.frame.filter(keep), lines=raw.lines.filter(keep))
    return rest, list(zip(lines, texts))


def _without_giants(raw: RawTable) -> RawTable:
    """Flag rows with a very long cell; reject them where a quote ran away with other rows."""
    if raw.report.format != "text":  # nothing runs away there: a note may be long
        return raw
    longest = raw.frame.select(pl.max_horizontal(pl.all().str.len_bytes().max())).item()
    if (longest or 0) <= MAX_CELL:
        return raw
    giant = pl.any_horizontal(pl.all().str.len_chars().fill_null(0) > MAX_CELL)
    giants = raw.frame.select(giant=giant)["giant"].arg_true().to_list()
    swallowed = [row for row in giants if _has_rows(raw.frame.row(row), raw.report.delimiter)]
    why = tr("a cell has more than {n:,} characters", n=MAX_CELL)
    flags = [Flag(raw.lines[row], why) for row in giants if row not in swallowed]
    keep = ~pl.int_range(len(raw), eager=True).is_in(swallowed)
    rest, others = _kept(raw, keep)
    lines = [RejectedLine(line, text, why) for line, text in others]
    report = replace(
        raw.report,
        rejected=tuple(sorted((*raw.rejected, *lines))),
        flags=(*raw.report.flags, *flags),
    )
    return replace(rest, report=report)


def _has_rows(cells: Sequence[str | None], delimiter: str) -> bool:
    """Say whether a very long cell is full of lines that would be rows by themselves."""
    long = [cell for cell in cells if cell and len(cell) > MAX_CELL]
    lines = [line for cell in long for line in cell.splitlines() if line.strip()]
    if not delimiter or len(lines) < MANY:
        return False
    return 2 * sum(line.count(delimiter) == len(cells) - 1 for line in lines) > len(lines)


def _without_furniture(raw: RawTable, claim: Claim) -> RawTable:
    """Move sections and totals, which hold none of the fields a record needs, to the notes."""
    needed = [claim.columns[name] for name in claim.layout.needs if name in claim.columns]
    if not needed:
        return raw
    filled = pl.any_horizontal(pl.nth(needed).is_not_null())  # a name may be a pattern
    rest, others = _kept(raw, raw.frame.select(keep=filled)["keep"])
    notes = [Note(line, text) for line, text in others]
    report = replace(raw.report, notes=tuple(sorted((*raw.notes, *notes))))
    return replace(rest, report=report)


def _without_remarks(raw: RawTable, claim: Claim) -> RawTable:
    """Move lines that somebody wrote between the rows to the notes: "NB: call before 9".

    Such a line is words alone in a row, in a column that has numbers in nearly all others.
    """
    column = next((claim.columns[name] for name in NUMBERED if name in claim.columns), None)
    if column is None or raw.frame.width < WIDE:
        return raw
    alone = pl.sum_horizontal(pl.all().is_not_null()) == 1
    words = pl.nth(column).is_not_null() & ~pl.nth(column).str.contains(NUMBER)
    found = raw.frame.select(remark=alone & words, words=words)
    remarks = found["remark"]
    others_with_words = found["words"].arg_true().len() - remarks.arg_true().len()
    if not remarks.any() or others_with_words > FEW * len(raw):
        return raw
    rest, others = _kept(raw, ~remarks)
    notes = [Note(line, text) for line, text in others]
    report = replace(raw.report, notes=tuple(sorted((*raw.notes, *notes))))
    return replace(rest, report=report)

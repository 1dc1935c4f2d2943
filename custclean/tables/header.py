"""Which record of a table holds the headings: known ones, else told by what follows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custclean.tables.record import usual_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from custclean.tables.record import Record

    Score = Callable[[Sequence[str]], float]

__all__ = [
    "BLANK",
    "SEARCHED",
    "combined",
    "find_header",
    "is_blank",
    "is_data",
    "is_label",
    "upper_row",
]

SEARCHED = 60  # records among which the header is looked for
BLANK = " \t\r\n\f\v\u00a0\ufeff\u200b\u2007\u202f"
NUMBERLIKE = re.compile(r"[\d\s.,:/+()%€$£-]*\d[\d\s.,:/+()%€$£-]*")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
YEAR = re.compile(
    r"(?:(?:0?[1-9]|1[0-2])[-/.])?(?:19|20)\d\d|(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])"
)


def is_data(cell: str) -> bool:
    """Say whether a cell is no heading: a number, a date, an e-mail address."""
    return "@" in cell or NUMBERLIKE.fullmatch(cell.strip()) is not None


def is_blank(cells: Sequence[str]) -> bool:
    """Say whether a record holds nothing but blanks."""
    return not "".join(cells).strip(BLANK)


def is_label(cells: Sequence[str]) -> bool:
    """Say whether a record is a name and its value, as above the tables of banks.

    >>> is_label(["Account:", "1234", ""]), is_label(["Name:", "City:"])
    (True, False)
    """
    filled = filter(None, (cell.strip(BLANK) for cell in cells))  # nearly all end at the first
    if not next(filled, "").endswith(":"):
        return False
    rest = list(filled)
    return len(rest) == 1 and not rest[0].endswith(":")


def _words(cells: Sequence[str]) -> int:
    """Count the distinct cells that could be headings: words, not numbers or addresses."""
    return len(
        {cell.strip().casefold() for cell in cells if cell.strip(BLANK) and not is_data(cell)}
    )


def find_header(records: Sequence[Record], score: Score) -> int | None:
    """Give the place of the header among filled records; None where there is none.

    The best score, of equals the first. Where `score` knows no row at all, it is the first
    with words in two cells at least and nothing but words: titles stand in one cell, and
    what follows a header has data. A row like those below it is no header.
    """
    first = range(min(SEARCHED, len(records)))
    best = max(first, key=lambda place: score(records[place].cells))
    if score(records[best].cells) > 0:
        return best
    width = usual_width(len(each.cells) for each in records if not is_label(each.cells))
    words = {place: _words(records[place].cells) for place in first}
    wide = [n for n in first if 2 * len(records[n].cells) >= width]
    named = [n for n in wide if width < 3 or not is_label(records[n].cells)]
    fitting = [n for n in named if words[n] >= min(2, width)]
    only_words = [n for n in fitting if not any(map(is_data, records[n].cells))]
    chosen = (only_words or fitting or [max(first, key=lambda place: words[place])])[0]
    below = [record.cells for record in records[chosen + 1 : SEARCHED]]
    if below and _is_lower_header(records[chosen].cells, below):
        return chosen + 1
    return None if _is_like(records[chosen].cells, below, width) else chosen


def _is_like(cells: Sequence[str], below: Sequence[Sequence[str]], width: int) -> bool:
    """Say whether a row is one of those below it: of their kinds, or with their values."""
    if any(map(ADDRESS.fullmatch, cells)):
        return True
    rows = [row for row in below if len(row) == len(cells) == width]
    if 2 * len(rows) < len(below):
        return False
    kinds = [_kind(cell) for cell in cells]
    alike = sum([_kind(cell) for cell in row] == kinds for row in rows)
    if 2 * alike > len(rows) and any(kind not in ("word", "", "year") for kind in kinds):
        return True
    if len(rows) < 2:  # one row says nothing by its values
        return False
    columns = list(zip(*[row for row in rows if row != cells], strict=True))
    pairs = list(zip(cells, columns, strict=False))
    if any(_kind(cell) == "word" and _mostly_data(column) for cell, column in pairs):
        return False
    return any(cell.strip(BLANK) and cell in column for cell, column in pairs)


def _mostly_data(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell.strip(BLANK)]
    return bool(filled) and sum(map(is_data, filled)) >= 0.8 * len(filled)


def _kind(cell: str) -> str:
    text = cell.strip(BLANK)
    if not text:
        return ""
    if "@" in text:
        return "address"
    if YEAR.fullmatch(text):
        return "year"
    return "number" if NUMBERLIKE.fullmatch(text) else "word"


def _is_lower_header(upper: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Say whether the headings proper stand one row below a row of group names.

    Groups leave gaps which the row below fills, with a name that occurs under several, or
    with words in every cell where the rows below it have data.
    """
    cells = below[0]
    if len(cells) != len(upper) or any(map(is_data, cells)) or len(below) < 2:
        return False
    gaps = [one for high, one in zip(upper, cells) if not high.strip(BLANK)]
    filled = [cell.strip().casefold() for cell in cells if cell.strip(BLANK)]
    if not any(cell.strip(BLANK) for cell in gaps) or len(filled) <= _words(upper):
        return False
    if len(set(filled)) < len(filled):
        return True
    rows = [row for row in below[1:] if len(row) >= len(cells)]
    named = all(
        heading.strip(BLANK) or is_blank(column) for heading, *column in zip(cells, *rows)
    )
    return named and 2 * sum(any(map(is_data, row)) for row in rows) >= len(below)


def upper_row(records: Sequence[Record], place: int) -> Record | None:
    """Give the row of group names right above the header, if it has one.

    It is needed only where headings are missing or there twice.
    """
    header = records[place]
    names = [cell.strip().casefold() for cell in header.cells]
    if place == 0 or len(set(names)) == len(names):
        return None
    above = records[place - 1]
    if above.line != header.line - 1 or len(above.cells) != len(names):
        return None
    groups = [cell for cell in above.cells if cell.strip(BLANK)]
    fine = len(groups) >= 2 and len(groups) < len(names) and not any(map(is_data, groups))
    return above if fine else None


def combined(upper: Sequence[str], header: Sequence[str]) -> list[str]:
    """Put the group's name before each heading that is blank or there twice.

    >>> combined(["", "Billing", "", "Shipping"], ["Name", "Street", "City", "Street"])
    ['Name', 'Billing Street', 'City', 'Shipping Street']
    """
    names = [cell.strip().casefold() for cell in header]
    found, group = [], ""
    for high, heading, name in zip(upper, header, names):
        group = high.strip(BLANK) or group
        again = names.count(name) > 1 or not name
        found.append(f"{group} {heading}".strip() if again and group else heading)
    return found

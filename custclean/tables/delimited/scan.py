"""How far a delimited text is clean, told from its marks alone, vectorised.

Clean is a stretch of whole records, all of the same width, each quote where RFC 4180 has
it: any reader gives the same cells for it, so it is left to the fastest. The first record
that is not like that ends the stretch, and `records.Walk` looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from custclean.tables.delimited.records import REACH, TELLING_WIDTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.tables.delimited.records import Dialect

    Bytes = NDArray[np.uint8]
    Places = NDArray[np.int64]

__all__ = ["Scanner", "Stretch"]

LF, CR = 10, 13


@dataclass(frozen=True, slots=True)
class Stretch:
    """Clean records from one place to another; `starts` are their lines, from 0."""

    end: int
    starts: NDArray[np.uint32]
    lines: int  # that the stretch takes up
    fault: bool  # what follows is not clean; else the window was too small for it


class Scanner:
    """Looks for clean stretches in the bytes of one file."""

    def __init__(self, data: bytes, dialect: Dialect, width: int, line_end: str) -> None:
        self.bytes: Bytes = np.frombuffer(data, np.uint8)
        self.data, self.width = data, width
        self.delimiter = dialect.mark[0]
        self.quote = dialect.quotes[0] if dialect.quote else -1
        self.end = CR if line_end == "\r" else LF
        self.possible = width > 0 and len(dialect.mark) == 1
        marks = {self.delimiter, self.end, self.quote}
        self.others = bytes(each for each in range(256) if each not in marks)

    def stretch(self, place: int, window: int) -> Stretch:
        """Give the clean records from `place` on, among the next `window` bytes."""
        limit = min(len(self.data), place + window)
        part, last = self.bytes[place:limit], limit == len(self.data)
        bad = len(part)
        marks = np.frombuffer(self.data[place:limit].translate(None, self.others), np.uint8)
        stops = line_ends = np.flatnonzero(part == self.end)
        quoted = self.quote >= 0 and self.data.find(self.quote, place, limit) >= 0
        if quoted:
            quotes = marks == self.quote
            bad = self._odd_quotes(part, np.flatnonzero(part == self.quote))
            # set from an opening quote up to its closing one; a doubled quote is both
            outside = ~(np.logical_xor.accumulate(quotes) | quotes)
            stops = line_ends[outside[marks == self.end]]  # where each record ends
            marks = marks[outside]
        ends = np.flatnonzero(marks == self.end)
        bad = min(bad, self._odd_line_ends(part, place, stops, last=last))
        if self.width == 1:  # a blank line may be the end of a table
            bad = min(bad, self._blank_line(part, stops))
        good = min(self._even(ends), int(np.searchsorted(stops, bad)))
        if quoted and good:
            good = self._not_swallowing(part, line_ends, stops[:good])
        return self._result(part, place, line_ends, stops, good, last=last, bad=bad)

    def _even(self, ends: Places) -> int:
        """Count the records at the start that are as wide as they should be."""
        if not len(ends):
            return 0
        uneven = np.flatnonzero(np.diff(ends, prepend=-1) != self.width)
        return int(uneven[0]) if len(uneven) else len(ends)

    def _blank_line(self, part: Bytes, stops: Places) -> int:
        """Find the end of the first line with nothing in it."""
        length = np.diff(stops, prepend=-1) - 1
        blank = (length == 0) | ((length == 1) & (part[np.maximum(stops - 1, 0)] == CR))
        places = stops[blank]
        return int(places[0]) if len(places) else len(part)

    def _odd_line_ends(self, part: Bytes, place: int, stops: Places, *, last: bool) -> int:
        """Find the first line end that is not like the others."""
        if self.end == CR:  # the next byte counts: the last CR may be half of a line end
            other = self.data.find(b"\n", place, place + len(part) + 1)
            return len(part) if other < 0 else max(0, other - place - 1)
        found = self.data.count(b"\r", place, place + len(part))
        if not found:
            return len(part)
        if found == np.count_nonzero(part[np.maximum(stops - 1, 0)] == CR):
            return len(part)  # each stands before the line feed that closes a record
        places = np.flatnonzero(part == CR)
        after = part[np.minimum(places + 1, len(part) - 1)]
        odd = places[(after != LF) & ((places < len(part) - 1) | last)]
        return int(odd[0]) if len(odd) else len(part)

    def _odd_quotes(self, part: Bytes, quotes: Places) -> int:
        """Find the first quote that neither opens, closes nor stands doubled."""
        opening, closing = quotes[::2], quotes[1::2]
        before = part[np.maximum(opening - 1, 0)]
        fine = (before == self.delimiter) | (before == self.end) | (before == self.quote)
        fine |= opening == 0
        wrong = opening[~fine]
        if len(closing) and closing[-1] == len(part) - 1:
            closing = closing[:-1]  # what follows it is not in sight, or is the end
        after = part[closing + 1]
        fine = (after == self.delimiter) | (after == self.end) | (after == self.quote)
        if self.end == LF:
            fine |= after == CR  # a lone one is told by `_odd_line_ends`
        wrong_too = closing[~fine]
        first = [int(each[0]) for each in (wrong, wrong_too) if len(each)]
        return min(first, default=len(part))

    def _not_swallowing(self, part: Bytes, line_ends: Places, stops: Places) -> int:
        """Count the records before the first whose every line may be a row by itself."""
        line_ends = line_ends[: np.searchsorted(line_ends, stops[-1]) + 1]
        if self.width < TELLING_WIDTH or len(line_ends) == len(stops):
            return len(stops)
        delimiters = np.flatnonzero(part[: stops[-1] + 1] == self.delimiter)
        counts = np.diff(np.searchsorted(delimiters, line_ends), prepend=0)
        whole = counts >= self.width - 1
        of_record = np.searchsorted(stops, line_ends)
        lines = np.bincount(of_record, minlength=len(stops))
        wholes = np.bincount(of_record, weights=whole, minlength=len(stops))
        doubtful = np.flatnonzero((lines > 1) & (wholes == lines))
        return int(doubtful[0]) if len(doubtful) else len(stops)

    def _result(
        self,
        part: Bytes,
        place: int,
        line_ends: Places,
        stops: Places,
        good: int,
        *,
        last: bool,
        bad: int,
    ) -> Stretch:
        if not good:
            whole = bool(len(stops)) or bad < len(part) or last or len(part) > REACH
            return Stretch(place, np.zeros(0, np.uint32), 0, fault=whole)
        end = int(stops[good - 1]) + 1
        after = np.searchsorted(line_ends, stops[:good]) + 1  # lines up to each record's end
        starts = np.concatenate(([0], after[:-1])).astype(np.uint32)
        fault = good < len(stops) or bad < len(part) or (last and end < len(part))
        return Stretch(place + end, starts, int(after[-1]), fault=fault)

"""The rows of a raw table by record id, and their keys, made in blocks when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import polars as pl

from custclean.decisions import seen_fields
from custclean.stages.review.compare import OF_THE_RECORD, compared, marked

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Records", "Row"]

BLOCK = 256  # records whose keys are made at once: one by one takes polars far longer
Row = Mapping[str, str | None]


class Records(Mapping[str, Row]):
    """Raw rows by record id; `first` are those that are asked first, in the table `asked`.

    `seen`: the columns of which a change asks again; `own`: those that tell records apart, but
    no clients.
    """

    def __init__(self, table: pl.DataFrame, first: Iterable[str] = ()) -> None:
        table = table.cast(pl.String)  # what was seen is compared as text
        ids = table["record_id"].to_list()
        known = {record: place for place, record in enumerate(ids)}
        asked = [known[record] for record in dict.fromkeys(first) if record in known]
        front = set(asked)
        places = [*asked, *(place for place in range(len(ids)) if place not in front)]
        self.table = table[places]
        self.asked = self.table.head(len(asked))
        self.seen = seen_fields(table.columns)
        canonical = "display_name" in table.columns
        self.own = OF_THE_RECORD if canonical else frozenset[str]()
        self._place = {ids[place]: i for i, place in enumerate(places)}
        self._rows: dict[int, list[Row]] = {}
        self._keys: dict[int, dict[str, tuple[str | None, ...]]] = {}

    def __getitem__(self, record: str) -> Row:
        block, place = divmod(self._place[record], BLOCK)
        if block not in self._rows:
            self._rows[block] = list(self._block(block).to_dicts())
        return self._rows[block][place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)

    def __contains__(self, record: object) -> bool:
        return record in self._place

    def keys_of(self, record: str, field: str) -> tuple[str | None, ...]:
        """Give the keys of a field: with an equal one, two records agree after cleaning."""
        block, place = divmod(self._place[record], BLOCK)
        if block not in self._keys:
            self._keys[block] = compared(self._block(block))
        columns = (self._keys[block].get(f"{field} {number}") for number in (0, 1))
        return tuple(column[place] for column in columns if column is not None)

    def mark(self, left: str, right: str, field: str) -> str:
        """Say how a field of two records compares: same, clean, differ, own or missing."""
        keys = zip(self.keys_of(left, field), self.keys_of(right, field))
        found = marked(self[left].get(field), self[right].get(field), list(keys))
        return "own" if found == "differ" and field in self.own else found

    def place(self, record: str) -> int:
        """Give the row of `table` in which a record stands."""
        return self._place[record]

    def _block(self, block: int) -> pl.DataFrame:
        return self.table.slice(block * BLOCK, BLOCK)

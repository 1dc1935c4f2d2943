"""Which value each cell of a survivor gets, whose it is, and what nobody keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from custclean.stages.merge.choose import choose, holds, says
from custclean.stages.merge.facts import as_text
from custclean.stages.merge.rules import Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from custclean.stages.merge.choose import Chosen
    from custclean.stages.merge.facts import Facts

__all__ = ["Cells", "texts_of"]

SPELLING = "spelling"  # the golden value says this too, but for stops and case


Given = tuple[int, Sequence[int], Sequence[int], Sequence[str]]  # no, places, rows, values


class Lost(NamedTuple):
    """A value that the golden row does not have, and what it has."""

    no: int
    place: int
    column: str
    row: int
    value: str
    kept: str


@dataclass
class Cells:
    """Fills the golden rows column by column, and keeps account of every value.

    `ordered`: no (of the group), row; the survivor first. `texts`: the whole table as text,
    blank cells null. `alike`: a value that is kept in another spelling is not lost.
    `provenance` holds no, column, value, row and rule; `taken` no, column, what the survivor
    had and what it has now.
    """

    ordered: pl.DataFrame
    texts: pl.DataFrame
    facts: Facts
    alike: bool = True
    picks: Mapping[str, Mapping[int, int | str]] = field(default_factory=dict)
    provenance: list[tuple[int, str, str, int, str]] = field(default_factory=list)
    taken: list[tuple[int, str, str | None, str]] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    _source: dict[str, dict[int, int]] = field(default_factory=dict)
    _made: dict[str, dict[int, str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbered = self.ordered.select(
            "no", "row", place=pl.int_range(pl.len(), dtype=pl.Int64).over("no")
        )
        self.ordered = numbered
        first = numbered.filter(pl.col("place") == 0)
        self.survivor: dict[int, int] = dict(zip(first["no"], first["row"]))
        self._mine = self.texts[numbered["row"]]
        blank = self._mine.select(pl.all().null_count() == numbered.height)
        self._blank = {name for name in blank.columns if blank.item(0, name)}

    def _given(self, name: str) -> pl.DataFrame:
        """Give what there is in a column: no, place, row, value."""
        values = self.ordered.with_columns(value=self._mine[name])
        return values.filter(pl.col("value").is_not_null())

    def by_rule(self, name: str, rule: str) -> None:
        """Fill a column by a rule, and by what was picked."""
        if name in self._blank:
            return
        picked, cells_of = self.picks.get(name, {}), self._reader(rule)
        given = self._given(name).with_columns(
            asked=(pl.col("value").n_unique().over("no") > 1)
            | pl.col("no").is_in(list(picked))
        )
        agreed = given.filter(~pl.col("asked")).unique("no", keep="first", maintain_order=True)
        self._agree(name, agreed, rule)
        for no, places, rows, values in _groups(given.filter("asked")):
            chosen = choose(cells_of(values, rows), rule, picked.get(no), name)
            self.put(no, name, chosen, values[0] if places[0] == 0 else None)
            self.account(no, name, chosen.value, zip(places, rows, values))

    def _agree(self, name: str, agreed: pl.DataFrame, rule: str) -> None:
        """Keep what all records say that say anything."""
        nos, values, rows = (agreed[each].to_list() for each in ("no", "value", "row"))
        self.provenance.extend(zip(nos, repeat(name), values, rows, repeat(rule)))
        others = agreed.filter(pl.col("place") > 0).select("no", "value", "row")
        for no, value, row in others.iter_rows():
            self._source.setdefault(name, {})[self.survivor[no]] = row
            self.taken.append((no, name, None, value))

    def _reader(self, rule: str) -> Callable[[Sequence[str], Sequence[int]], list[Cell]]:
        """Give what makes cells of values, with what the rule goes by."""
        name = rule.partition(":")[0]
        if name not in ("newest", "source_order"):
            return lambda values, rows: list(map(Cell, values, rows))
        known = self.facts.of(rule).to_list()
        return lambda values, rows: [Cell(v, row, known[row]) for v, row in zip(values, rows)]

    def own(
        self, name: str, kept: Mapping[int, str], besides: Sequence[str | None] = ()
    ) -> None:
        """Leave a column to the survivor; what the others have is accounted for.

        `kept`: what it then has in some groups, where that is not its own; `besides`: by
        row what is accounted for elsewhere.
        """
        if name in self._blank:
            return
        given = self._given(name)
        others = given.filter((pl.col("place") > 0).any().over("no"))
        for no, places, rows, values in _groups(others):
            mine = kept.get(no, values[0] if places[0] == 0 else "")
            rest = (
                each
                for each in zip(places, rows, values)
                if each[0] and not (besides and besides[each[1]])
            )
            self.account(no, name, mine, rest)

    def put(self, no: int, name: str, chosen: Chosen, own: str | None) -> None:
        """Keep a value, and say whose it is; `own`: what the survivor has there."""
        survivor = self.survivor[no]
        if chosen.made:
            self._made.setdefault(name, {})[survivor] = chosen.value
        elif chosen.row != survivor:
            self._source.setdefault(name, {})[survivor] = chosen.row
        if chosen.value != own:
            self.taken.append((no, name, own, chosen.value))
        self.add(no, name, chosen)

    def add(self, no: int, name: str, chosen: Chosen) -> None:
        """Say of a value that it is in the golden row, and why."""
        self.provenance.append((no, name, chosen.value, chosen.row, chosen.why))

    def write(self, row: int, name: str, value: str | None) -> None:
        """Put a text that no rule chose into any row that is left."""
        self._made.setdefault(name, {})[row] = value

    def account(
        self, no: int, name: str, kept: str, cells: Iterable[tuple[int, int, str]]
    ) -> None:
        """List what the kept value does not hold."""
        for place, row, value in cells:
            if value == kept or holds(kept, value):
                continue
            if self.alike and says(kept, value, name):
                self.provenance.append((no, name, value, row, SPELLING))
            else:
                self.lost.append(Lost(no, place, name, row, value, kept))

    def golden(self, frame: pl.DataFrame, left: Sequence[int]) -> pl.DataFrame:
        """Give the rows that are left, with the columns' own types."""
        place = {row: n for n, row in enumerate(left)}
        result = frame[left]
        changed = {*self._source, *self._made}
        return result.with_columns(
            self._column(frame[name], result[name], place)
            for name in frame.columns
            if name in changed
        )

    def _column(
        self, column: pl.Series, result: pl.Series, place: Mapping[int, int]
    ) -> pl.Series:
        source, made = self._source.get(column.name), self._made.get(column.name)
        if source:
            taken = column.gather(list(source.values()))
            result = _put(result, [place[row] for row in source], taken)
        if not made:
            return result
        places = [place[row] for row in made]
        values = pl.Series(list(made.values()), dtype=pl.String)
        if column.dtype.is_numeric():
            try:  # a sum stays a number; joined ones are text
                return result.scatter(places, values.cast(column.dtype))
            except pl.exceptions.PolarsError:
                pass
        return as_text(result).scatter(places, values)


def _put(column: pl.Series, places: Sequence[int], values: pl.Series) -> pl.Series:
    """Put values of its own type into a column; polars scatters not every type."""
    at = list(range(len(column)))
    for n, place in enumerate(places):
        at[place] = len(column) + n
    return pl.concat([column, values]).gather(at)


def _groups(given: pl.DataFrame) -> Iterator[Given]:
    """Give each group's cells, in the survivor's order."""
    grouped = given.group_by("no", maintain_order=True).agg("place", "row", "value")
    return grouped.iter_rows()


def texts_of(frame: pl.DataFrame, *, strip: bool = False) -> pl.DataFrame:
    """Give every column as text, blank cells null; `strip` takes the blanks around off."""
    other = [as_text(column) for column in frame if column.dtype != pl.String]
    bare = pl.all().str.strip_chars()
    kept = bare if strip else pl.all()
    return frame.with_columns(other).select(pl.when(bare != "").then(kept).name.keep())

"""Rules at work: which pairs they decide, and which pairs they add to the candidates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean.errors import InputError, SettingsError
from custclean.stages.link.cluster import pairs_within
from custclean.stages.link.compare import compare, fields_present
from custclean.stages.link.features import text_of
from custclean.stages.link.levels import FIELDS
from custclean.stages.link.normal.hashed import Hashed
from custclean.stages.link.normal.values import add_value
from custclean.stages.link.spread import parts, spread
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from custclean.model import Explanation
    from custclean.stages.link.features import Features, Hashes, Rows
    from custclean.stages.link.pairs import Levels
    from custclean.stages.link.rules import Rule

    Bools = NDArray[np.bool_]
    Numbers = NDArray[np.int8]

__all__ = ["Ruled", "ruled"]

_HELD = 50  # records that may share a value that makes them one client: more, a placeholder

_AT_ONCE = 100_000  # pairs asked together
_LOOSE = ("number", "category")  # kept in too few bits to make two records one
_VAGUE = ("country", "region", *_LOOSE)  # shared by clients who have nothing in common


@dataclass(frozen=True)
class Ruled:
    """The rules of one run, to be asked of any pairs of its rows."""

    features: Features
    rules: tuple[_Ready, ...]
    table: pl.DataFrame  # the columns that expressions name, of both tables
    side: Bools | None  # which rows are of the right table, if two are linked
    notes: tuple[str, ...] = ()  # what they leave out

    def of(self, left: Rows, right: Rows, levels: Mapping[str, Levels]) -> Numbers:
        """Give the number of the rule that decides each pair, from 1; 0 for none.

        `levels` are what comparing the pairs gave. `never` beats `always`, and what was
        given first beats what came after.
        """
        result = np.zeros(len(left), dtype=np.int8)
        numbered = enumerate(self.rules, 1)
        for number, each in sorted(numbered, key=lambda one: (not one[1].rule.same, -one[0])):
            result[self._holds(each, left, right, levels)] = number
        return result

    def added_to(
        self, told: Explanation, pair: Rows, levels: Mapping[str, Levels]
    ) -> Explanation:
        """Say which rule decides a pair, if one does, before what the model thinks."""
        number = int(self.of(pair[:1], pair[1:], levels)[0])
        if not number:
            return told
        rule = self.rules[number - 1].rule
        return replace(told, sentence=f"{rule.sentence} {told.sentence}")

    def apart(self, left: Rows, right: Rows, levels: Mapping[str, Levels]) -> Bools:
        """Tell which pairs a rule keeps apart."""
        return self.says(self.of(left, right, levels), same=False)

    def says(self, numbers: Numbers, *, same: bool) -> Bools:
        """Tell where the deciding rule says one client, or says two."""
        those = [n for n, each in enumerate(self.rules, 1) if each.rule.same == same]
        return np.isin(numbers, those)

    def shared(self) -> tuple[Rows, Rows]:
        """Give the pairs that share a value which makes them one client, smaller row first."""
        found = [
            _sharing(each.values)
            for each in self.rules
            if each.rule.same and "equal" in each.rule.levels
        ]
        none = np.zeros(0, np.int64)
        left, right = (np.concatenate([none, *(ends[n] for ends in found)]) for n in (0, 1))
        keep = left != right if self.side is None else self.side[left] != self.side[right]
        pairs = np.unique((left[keep] << 32) | right[keep])
        return pairs >> 32, pairs & 0xFFFFFFFF

    def joined(self, left: Rows, right: Rows) -> tuple[Rows, Rows]:
        """Give the pairs that rules join: all that share a value, and those of these."""
        asked = [each for each in self.rules if each.rule.same and each.looks]
        by_levels = any(each.field for each in asked)

        def holding(part: slice) -> Rows:
            ends = left[part], right[part]
            levels = compare(self.features, *ends) if by_levels else {}
            held = np.array([self._holds(each, *ends, levels) for each in asked])
            found: Rows = part.start + np.flatnonzero(held.any(axis=0))
            return found

        cut = parts(len(left), _AT_ONCE) if asked else []
        some = np.concatenate([np.zeros(0, np.int64), *spread(holding, cut)])
        one, other = self.shared()
        pairs = np.union1d((one << 32) | other, (left[some] << 32) | right[some])
        return pairs >> 32, pairs & 0xFFFFFFFF

    def _holds(
        self, each: _Ready, left: Rows, right: Rows, levels: Mapping[str, Levels]
    ) -> Bools:
        if isinstance(each.rule.what, pl.Expr):
            return self._true(each.rule.what, left, right)
        result = each.by_values(left, right)
        if each.field in levels:
            result |= np.isin(levels[each.field], each.places)
        return result

    def _true(self, condition: pl.Expr, left: Rows, right: Rows) -> Bools:
        """Ask an expression; within one table it is asked from either side."""
        result = np.zeros(len(left), dtype=bool)
        turns = [(left, right)] if self.side is not None else [(left, right), (right, left)]
        for ends in turns:
            rows = dict(zip(("left", "right"), ends, strict=True))
            frame = pl.DataFrame(
                [
                    self.table[column].gather(rows[side]).alias(f"{side}.{column}")
                    for side, column in _named(condition)
                ]
            )
            try:
                said = frame.select(condition.alias("said"))["said"]
            except pl.exceptions.PolarsError:  # its words may hold values
                raise SettingsError(tr("a rule's expression does not work here")) from None
            if said.dtype not in (pl.Boolean, pl.Null):
                raise SettingsError(
                    tr("a rule's expression is true or false"), value=said.dtype,
                    expected="Boolean",
                )  # fmt: skip
            result |= said.cast(pl.Boolean).fill_null(value=False).to_numpy()
        return result


@dataclass(frozen=True)
class _Ready:
    """A rule, the field it is about, and the values that it compares by itself."""

    rule: Rule
    field: str = ""
    values: tuple[Hashes, ...] = ()

    @property
    def looks(self) -> bool:
        """Tell whether a pair must be looked at: its values alone do not say it."""
        return isinstance(self.rule.what, pl.Expr) or bool(self.field and self.places)

    @property
    def places(self) -> list[int]:
        """Give the levels of the field at which the rule speaks."""
        by_itself = ("equal",) if self.values else ()
        codes = [level for level in self.rule.levels if level not in by_itself]
        return [FIELDS[self.field].place(code) for code in codes]

    def by_values(self, left: Rows, right: Rows) -> Bools:
        """Tell which pairs hold equal values, or different ones, as the rule has it."""
        nobody = np.zeros(len(left), dtype=bool)
        equal = reduce(np.logical_or, [(one[left] == other[right]) & (one[left] != 0)
                       for one in self.values for other in self.values], nobody)  # fmt: skip
        if "equal" in self.rule.levels:
            return equal
        if self.field:
            return nobody
        one, other = (reduce(np.logical_or, [each[rows] != 0 for each in self.values], nobody)
                      for rows in (left, right))  # fmt: skip
        return one & other & ~equal


def ruled(
    rules: Sequence[Rule],
    features: Features,
    tables: Sequence[pl.DataFrame],
    side: Bools | None = None,
) -> Ruled:
    """Prepare rules for the rows of one table, or of two.

    A rule about a column that alone has its kind of value is one about that field.
    """
    asked = [column for rule in rules if isinstance(rule.what, pl.Expr)
             for _, column in _named(rule.what)]  # fmt: skip
    ready, notes = [], []
    for rule in rules:
        each = _ready(rule, features, tables)
        if isinstance(rule.what, str) and not each.field and not each.values:
            notes.append(tr("no record has what a rule is about: {rule}", rule=str(rule)))
        if each.rule.same and each.values:
            values, common = _rare(each.values)
            each = _Ready(rule, each.field, values)
            if common:
                notes.append(_too_common(rule, common))
        ready.append(each)
    table = _columns(dict.fromkeys(asked), tables)
    return Ruled(features, tuple(ready), table, side, tuple(notes))


def _ready(rule: Rule, features: Features, tables: Sequence[pl.DataFrame]) -> _Ready:
    if isinstance(rule.what, pl.Expr):
        return _Ready(rule)
    field, kinds, there = rule.what, features.kinds, fields_present(features)
    _refuse_vague(rule, kinds.get(field, field))
    if field not in there and kinds.get(field) not in _LOOSE:
        kind = kinds.get(field, "")
        field = kind if list(kinds.values()).count(kind) == 1 else field
    if field in there:
        names = features.several(field) if rule.same else ()
        return _Ready(rule, field, tuple(features.hash(name) for name in names))
    if rule.what in FIELDS and not all(rule.what in table.columns for table in tables):
        return _Ready(rule)  # nobody holds such a value: it says nothing
    columns = Hashed(features.rows)
    add_value(columns, "exact", 0, text_of(_columns([rule.what], tables)[rule.what]))
    return _Ready(rule, "", tuple(columns.hashes.values()))


def _refuse_vague(rule: Rule, kind: str) -> None:
    """Refuse to join by what nobody can call certain; a column of numbers may be of codes."""
    if rule.same and kind in _VAGUE and (kind not in _LOOSE or rule.what in _VAGUE):
        fields = ", ".join(field for field in FIELDS if field not in _VAGUE)
        own = tr("a column of codes, or a condition of one's own")
        raise SettingsError(
            tr("sharing this makes nobody one client"),
            value=rule.what,
            expected=f"{fields}, {own}",
        )


def _columns(names: Iterable[str], tables: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Give some columns of one table, or of two under one another."""
    wanted = list(names)
    for name in wanted:
        for table in tables:
            if name not in table.columns:
                raise InputError(
                    tr("there is no such column"),
                    column=name,
                    expected=", ".join([*FIELDS, *table.columns]),
                )
    return pl.concat([table.select(wanted) for table in tables], how="vertical_relaxed")


def _named(condition: pl.Expr) -> list[tuple[str, str]]:
    """Give side and column of each name in an expression."""
    found = []
    for name in dict.fromkeys(condition.meta.root_names()):
        side, _, column = name.partition(".")
        if side not in ("left", "right") or not column:
            raise InputError(
                tr("an expression names columns of two records"),
                column=name,
                expected="left.<column>, right.<column>",
            )
        found.append((side, column))
    return found


def _rare(values: tuple[Hashes, ...]) -> tuple[tuple[Hashes, ...], int]:
    """Leave out the values that too many records hold, and count them."""
    every, held = np.unique(np.concatenate(values), return_counts=True)
    common = every[(held > _HELD) & (every != 0)]
    if not len(common):
        return values, 0
    return tuple(np.where(np.isin(each, common), 0, each) for each in values), len(common)


def _too_common(rule: Rule, values: int) -> str:
    return trn(
        "{n:,} value is held by more than {most} records and decides nothing: {rule}",
        "{n:,} values are held by more than {most} records and decide nothing: {rule}",
        values,
        most=_HELD,
        rule=str(rule),
    )


def _sharing(values: tuple[Hashes, ...]) -> tuple[Rows, Rows]:
    """Give every pair of rows that share a value."""
    if not values:
        return (np.zeros(0, np.int64),) * 2
    keys = np.concatenate(values)
    place = np.flatnonzero(keys)
    place = place[np.argsort(keys[place], kind="stable")]
    _, starts, sizes = np.unique(keys[place], return_index=True, return_counts=True)
    left, right, _ = pairs_within(place % len(values[0]), starts, sizes)
    return left, right

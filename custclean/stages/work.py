"""Write what only a person can do in the target system: merges, removals, the rest by hand."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean import html
from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.stages import work_pages
from custclean.tables.cells import escape
from custclean.tables.writing import csv_bytes, write_atomic
from custclean.text.plan import on_plan
from custclean.words import mark, speaks, spoken, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from custclean.words import Marked

__all__ = ["Key", "WorkOrders", "order_called", "order_numbers", "work_orders"]

Key = tuple[str, ...]  # the records that an order is about: who stays, who goes

DIGITS = 6  # of an order's number: in a list of 100, two begin so in 1 of 200 lists
MOST = 18  # digits that it has

MERGE = "order keep_id keep_name gone_id gone_name obstacle type_by_hand lost note".split()
REMOVE = "order company_id display_name action why checklist".split()
BY_HAND = "record_id company_id display_name reason detail".split()
PLAN = "record_id field expected need".split()

CARRIED = tuple(
    "email phone mobile fax website street city region postcode country tax_id company"
    " given_name family_name notes".split()
)
"""Fields a person may have to type: no client-number upload carries them."""


@dataclass(frozen=True, slots=True)
class WorkOrders:
    """Three lists for a person, and the plan that a fresh download is checked against.

    `merge`: one line a pair to be merged. `remove`: one line a record that is no
    customer. `by_hand`: what no tool of the target does. `plan`: record_id, field,
    expected, need (must or may): field `record` with no value means "gone". `keys`:
    the records that an order is about (kept and gone, or removed), by its number.
    """

    target: str
    merge: pl.DataFrame
    remove: pl.DataFrame
    by_hand: pl.DataFrame
    plan: pl.DataFrame
    keys: Mapping[str, Key]

    def __len__(self) -> int:
        return self.merge.height + self.remove.height

    def __repr__(self) -> str:
        return (
            f"WorkOrders({self.merge.height} merges, {self.remove.height} removals, "
            f"{self.by_hand.height} by hand)"
        )

    def _repr_html_(self) -> str:
        merges = html.table(self.merge, title=repr(self), plain=("order", "obstacle"))
        shown = self.remove.drop("checklist")
        return merges + html.table(shown, plain=("order", "action", "why"))

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write the lists as CSV (safe cells) and as pages to print and tick."""
        lists = {"merge": self.merge, "remove": self.remove, "by_hand": self.by_hand}
        pages = {
            "merge": work_pages.merge_page(self.merge, language=speaks()),
            "remove": work_pages.remove_page(self.remove, language=speaks()),
        }
        written = []
        for name, frame in lists.items():
            rows = [[escape(cell or "") for cell in row] for row in frame.iter_rows()]
            data = csv_bytes(frame.columns, rows, bom=True, quote="all")
            written.append(write_atomic(folder / f"{name}.csv", data))
        for name, page in pages.items():
            written.append(write_atomic(folder / f"{name}.html", page.encode()))
        return tuple(written)


def work_orders(merged: Any, screening: Any, *, target: str) -> WorkOrders:
    """Turn decided merges and decided removals into work orders.

    `merged`: a `Merged`. `screening`: record_id, class, reasons of those that were
    decided to be no customers (a frame, or a `Screening`: then its `proposed`).
    """
    frame = getattr(screening, "proposed", screening)
    removed = to_polars(frame).sort("record_id")
    rows = {row["record_id"]: row for row in to_polars(merged.table).iter_rows(named=True)}
    golden = {row["record_id"]: row for row in to_polars(merged.golden).iter_rows(named=True)}
    moves = _moves(merged)
    draft = _Draft(rows, golden, moves)
    lost = draft.lost(to_polars(merged.lost_values))
    crosswalk = to_polars(merged.crosswalk)
    pairs = crosswalk.filter(pl.col("record_id") != pl.col("survivor_id"))
    ordered = pairs.select("record_id", "survivor_id").sort("survivor_id", "record_id")
    for gone, keep in ordered.iter_rows():
        draft.merge(keep, gone, lost.get(gone, ""))
    for record_id, why in removed.select("record_id", "reasons").rows():
        draft.remove(record_id, why or "")
    for move in moves.iter_rows(named=True):
        draft.move(move)
    for conflict in to_polars(merged.conflicts).sort("cluster_id").iter_rows(named=True):
        draft.conflict(conflict)
    return draft.orders(target)


def order_numbers(keys: Iterable[Key]) -> dict[Key, str]:
    """Give work orders their numbers, from whom they are about: an old printed list holds.

    M for a merge (who stays, who goes) or R for a removal, and six digits of a hash; where
    these are the same for two of the orders, more. `order_called` knows both.
    """
    left = list(dict.fromkeys(keys))
    numbers: dict[Key, str] = {}
    for length in range(1 + DIGITS, 1 + MOST + 1):
        tried = {key: _number(key)[:length] for key in left}
        times = Counter(tried.values())
        numbers |= {key: number for key, number in tried.items() if times[number] == 1}
        left = [key for key in left if key not in numbers]
    return numbers


def order_called(number: str, keys: Iterable[Key]) -> Key:
    """Find an order by its number, whether as many digits of it are said as today or not."""
    said = number.strip(" #,;.").upper()
    found = [key for key in keys if len(said) > DIGITS and _number(key).startswith(said)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            tr("no such work order, and none is ticked"),
            value=number,
            expected=tr("one in out/work/; an order that has changed has another number"),
        )
    longer = ", ".join(sorted(order_numbers(found).values()))
    raise InputError(tr("several work orders begin so"), value=number, expected=longer)


def _number(key: Key) -> str:
    digest = hashlib.sha256(json.dumps(key).encode()).digest()
    digits = int.from_bytes(digest[:8], "big") % 10**MOST
    return f"{'M' if len(key) == 2 else 'R'}{digits:0{MOST}}"


def _moves(merged: Any) -> pl.DataFrame:
    """Give the sub-customers and jobs that a person must move, with who then stays above."""
    stays = to_polars(merged.crosswalk).select("cluster_id", "survivor_id").unique()
    moves = to_polars(merged.effects).filter(pl.col("what") == "child_rehung")
    return moves.join(stays, on="cluster_id").sort("record_id")


class _Draft:
    def __init__(
        self,
        rows: Mapping[str, Mapping[str, str | None]],
        golden: Mapping[str, Mapping[str, str | None]],
        moves: pl.DataFrame,
    ) -> None:
        self._rows, self._golden = rows, golden
        self._below: dict[str, list[str]] = {}
        for record_id, stays in moves.select("record_id", "survivor_id").iter_rows():
            self._below.setdefault(stays, []).append(self._cell(record_id, "display_name"))
        self._merge: dict[Key, tuple[str, ...]] = {}
        self._remove: dict[Key, tuple[str, ...]] = {}
        self._by_hand: list[tuple[str, ...]] = []
        self._plan: list[tuple[str, str, str | None, str]] = []
        self._typed: set[str] = set()

    def lost(self, lost_values: pl.DataFrame) -> dict[str, str]:
        result: dict[str, list[str]] = {}
        for row in lost_values.iter_rows(named=True):
            if row["field"] in (*CARRIED, "display_name"):
                line = f"{row['field']}: {row['value']}"
                result.setdefault(row["record_id"], []).append(line)
        return {key: "\n".join(lines) for key, lines in result.items()}

    def _cell(self, record_id: str, field: str) -> str:
        return self._rows[record_id].get(field) or ""

    def merge(self, keep: str, gone: str, lost: str) -> None:
        ids = self._cell(keep, "company_id"), self._cell(gone, "company_id")
        if not all(ids):
            missing = keep if not ids[0] else gone
            self._hand(
                missing,
                "no_company_id",
                tr(
                    "merge it with {name}",
                    name=self._cell(gone if missing == keep else keep, "display_name"),
                ),
            )
            return
        typed = [
            (field, value)
            for field in CARRIED
            if (value := self._golden[keep].get(field))
            and value != self._rows[keep].get(field)
        ]
        if keep in self._typed:
            typed = []  # stands with the first pair of this survivor
        self._typed.add(keep)
        self._merge[keep, gone] = (
            ids[0], self._cell(keep, "display_name"), ids[1], self._cell(gone, "display_name"),
            self._obstacle(keep, gone),
            "\n".join(f"{field}: {value}" for field, value in typed),
            lost, "",
        )  # fmt: skip
        self._plan.append((gone, "record", None, "must"))
        self._plan += [(keep, field, value, "may") for field, value in typed]

    def _obstacle(self, keep: str, gone: str) -> str:
        texts = []
        if self._cell(keep, "display_name") == self._cell(gone, "display_name"):
            texts.append(tr("both have the same name: tell them apart by their company id"))
        if keep in self._below:
            names = ", ".join(self._below[keep])
            texts.append(tr("first move those below the one that goes: {names}", names=names))
        if not self._on_plan(keep):
            texts.append(
                tr(
                    "neither is on a plan: where the merge tool does not offer the pair, "
                    "make the second one inactive instead"
                )
            )
        return "\n".join(texts)

    def _on_plan(self, record_id: str) -> bool:
        return bool(on_plan(self._cell(record_id, "subscription")))

    def remove(self, record_id: str, why: str) -> None:
        if not self._cell(record_id, "company_id"):
            self._hand(record_id, "no_company_id", why)
            return
        action = "leave" if self._on_plan(record_id) else "make_inactive"
        self._remove[record_id,] = (
            self._cell(record_id, "company_id"), self._cell(record_id, "display_name"),
            action, why, "\n".join(spoken(line) for line in CHECKLIST[action]),
        )  # fmt: skip
        if action != "leave":
            self._plan.append((record_id, "record", None, "must"))

    def move(self, move: Mapping[str, str | None]) -> None:
        """Have a sub-customer or job moved: while it is there, no system merges its parent."""
        record_id, column = str(move["record_id"]), str(move["field"])
        after = move["after"] or ""
        above = after if column == "parent" else after.rpartition(":")[0]
        how = tr("before the merge, move it below {name}", name=above)
        alone = tr("before the merge, make it a customer of its own")
        self._hand(record_id, "child_rehung", how if above else alone)
        self._plan.append((record_id, column, move["after"], "may"))

    def conflict(self, conflict: Mapping[str, Any]) -> None:
        for record_id in conflict["records"]:
            self._hand(record_id, conflict["reason"], conflict["detail"])

    def _hand(self, record_id: str, reason: str, detail: str) -> None:
        self._by_hand.append((
            record_id, self._cell(record_id, "company_id"),
            self._cell(record_id, "display_name"), reason, detail,
        ))  # fmt: skip

    def orders(self, target: str) -> WorkOrders:
        numbers = order_numbers([*self._merge, *self._remove])
        merge = [(numbers[key], *row) for key, row in self._merge.items()]
        remove = [(numbers[key], *row) for key, row in self._remove.items()]
        return WorkOrders(
            target,
            _frame(MERGE, merge),
            _frame(REMOVE, remove),
            _frame(BY_HAND, self._by_hand),
            _frame(PLAN, self._plan),
            {numbers[key]: key for key in (*self._merge, *self._remove)},
        )


CHECKLIST: Mapping[str, tuple[Marked, ...]] = {
    "make_inactive": (
        mark(
            "make inactive: the client leaves the list;"
            " a subscription would go on being billed"
        ),
        mark(
            "or delete: off the plan first, you as its main administrator, signed in as such"
        ),
        mark("or leave it, and say so here"),
    ),
    "leave": (
        mark("on a plan: making it inactive does not end the billing"),
        mark("decide with the client; then take it off the plan and delete it, or leave it"),
    ),
}


def _frame(names: Sequence[str], rows: Sequence[tuple[str | None, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")

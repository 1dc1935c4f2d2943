"""How far each work order is: approved here, done by a person, verified by a download."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from custclean.decisions.standing import UNDOES
from custclean.decisions.tally import Tally
from custclean.model import Decision, Verdict
from custclean.project.orders import orders_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from custclean.project.inbox import Inbox
    from custclean.project.state import State
    from custclean.settings import Settings
    from custclean.stages.work import WorkOrders

__all__ = [
    "APPROVED",
    "DONE",
    "STATES",
    "VERIFIED",
    "OrderStates",
    "facts_of",
    "order_states",
    "proof_of",
]

APPROVED, DONE, VERIFIED = STATES = ("approved", "done", "verified")
COLUMNS = (
    "order", "action", "keep_id", "gone_id", "state", "approved_by", "approved_at",
    "done_by", "done_at", "verified_in",
)  # fmt: skip
MERGE, REMOVE = "merge", "remove"

Key = tuple[str, ...]


class OrderStates(NamedTuple):
    """`table`: a row a work order, those too that are behind us.

    order (empty where it had none), action (merge, remove), keep_id, gone_id, state, who
    approved it and when, who ticked it and when, and the file that shows it. `gone`: the
    records that are gone as was decided; `shown`: the verified ones by what they are about.
    """

    table: pl.DataFrame
    gone: frozenset[str]
    shown: Mapping[Key, str]

    @property
    def counts(self) -> dict[str, int]:
        """Say how many are approved, done and verified."""
        found = self.table["state"].to_list()
        return {state: found.count(state) for state in STATES}


def order_states(
    inbox: Inbox, state: State, work: WorkOrders, classes: pl.DataFrame, settings: Settings
) -> OrderStates:
    """Say of each work order, open or behind us, how far it is.

    Done is what a person says; only a download verifies. A record that comes back into the
    list makes its order an open one again.
    """
    here = set(inbox.downloads[-1].export.table["record_id"])
    past = _past(inbox, state, classes, settings)
    gone = {key[-1] for key in past.keys} - here
    without = _files_without(inbox, gone)
    shown = {key: without[key[-1]] for key in past.keys if key[-1] in gone}
    ticks = {d.key: d for d in state.current if d.verdict is Verdict.DONE}
    open_ = {key: order for order, key in work.keys.items()}
    keys = dict.fromkeys([*open_, *shown, *ticks])
    words = _Approvals(state)
    rows = [
        (
            open_.get(key) or (ticks[key].value.get("order", "") if key in ticks else ""),
            MERGE if len(key) == 2 else REMOVE,
            key[0] if len(key) == 2 else "",
            key[-1],
            VERIFIED if key in shown else DONE if key in ticks else APPROVED,
            *_who(words.of(key)),
            *_who(ticks.get(key)),
            shown.get(key, ""),
        )
        for key in keys
    ]
    table = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    rank = pl.col("state").replace_strict({name: n for n, name in enumerate(STATES)})
    return OrderStates(
        table.sort(rank, "order", "keep_id", "gone_id"), frozenset(past.gone), shown
    )


def facts_of(history: Sequence[Decision], shown: Mapping[Key, str]) -> list[Decision]:
    """Give what the downloads show as ticks behind the history: by a file, as it came."""
    came = {d.value["file"]: d.when for d in history if d.verdict is Verdict.RECEIVED}
    return [
        Decision(key, Verdict.DONE, who=file, when=came.get(file, ""), seq=seq)
        for seq, (key, file) in enumerate(shown.items(), len(history) + 1)
    ]


def proof_of(
    seqs: Iterable[int], history: Sequence[Decision], shown: Mapping[Key, str]
) -> tuple[int, Decision] | None:
    """Give the first of the decisions that cannot be taken back, and what says it is done.

    They go one after the other, as the log takes them back. `history`: with the ids of
    today; the numbers in it are those of the log. A tick can be taken away, but not when a
    download has shown that it is right.
    """
    rows = [*history, *facts_of(history, shown)]
    ticks = {fact.key: fact for fact in rows[len(history) :]}
    tally = Tally()
    for seq in seqs:
        tally.follow(rows)
        if not 0 < seq <= len(history) or not tally.counts(seq):
            continue  # the log says so itself
        target = tally.row(seq)
        tick = ticks.get(target.key) if target.verdict is Verdict.DONE else None
        found = tick or tally.blocker_of(target)
        if found is not None:
            return seq, found
        undo = Decision(target.key, Verdict.UNDO, value={UNDOES: str(seq)}, seq=len(rows) + 1)
        rows.append(undo)
    return None


class _Past(NamedTuple):
    keys: tuple[Key, ...]
    gone: set[str]


def _past(inbox: Inbox, state: State, classes: pl.DataFrame, settings: Settings) -> _Past:
    """Give the orders as they would be if every record that is gone were there yet.

    What is asked again about the others of a group says nothing about who went.
    """
    here = inbox.downloads[-1].export.table
    earlier = [file.export.table for file in reversed(inbox.downloads[:-1])]
    if not earlier:
        return _Past((), set())
    present = set(here["record_id"])
    gone = (
        pl.concat(earlier)
        .filter(~pl.col("record_id").is_in(list(present)))
        .unique("record_id", keep="first", maintain_order=True)
    )
    decided = {*state.set_aside, *state.groups}
    gone = gone.filter(pl.col("record_id").is_in(list(decided)))
    if gone.is_empty():
        return _Past((), set())
    told = replace(state, doubts=())
    merged, work = orders_of(pl.concat([here, gone]), told, inbox, classes, settings)
    away = merged.crosswalk.filter(
        (pl.col("record_id") != pl.col("survivor_id"))
        & pl.col("survivor_id").is_in(list(present))
    )
    as_decided = {*away["record_id"], *state.set_aside} & set(gone["record_id"])
    keys = tuple(key for key in work.keys.values() if key[0] in present or len(key) == 1)
    return _Past(keys, as_decided)


def _files_without(inbox: Inbox, gone: Collection[str]) -> dict[str, str]:
    """Name for each record that is gone the download since which it is not in the list."""
    since: dict[str, str] = {}
    for before, after in pairwise(inbox.downloads):
        had = set(gone) & set(before.export.table["record_id"])
        since.update(dict.fromkeys(had, after.name))
    return since


class _Approvals:
    """Finds who decided that a merge or a removal is to be."""

    def __init__(self, state: State) -> None:
        self._same: defaultdict[str, list[Decision]] = defaultdict(list)  # by record
        for decision in state.pairs:
            if decision.verdict is Verdict.SAME:
                for record in decision.key:
                    self._same[record].append(decision)
        self._aside = {d.key: d for d in state.current if d.verdict is Verdict.SET_ASIDE}

    def of(self, key: Key) -> Decision | None:
        """Give the word on this very pair, or the last one that joined who goes."""
        if len(key) == 1:
            return self._aside.get(key)
        return max(
            self._same.get(key[-1], ()),
            key=lambda d: (set(d.key) == set(key), d.seq),
            default=None,
        )


def _who(decision: Decision | None) -> tuple[str, str]:
    return ("", "") if decision is None else (decision.who, decision.when)

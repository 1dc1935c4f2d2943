"""How far each work order is: approved here, done by a person, verified by a download."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from custclean.decisions.standing import UNDOES
from custclean.decisions.tally import Tally
from custclean.model import Decision, Verdict
from custclean.stages.work import order_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from custclean.project.inbox import Received
    from custclean.project.past import Past
    from custclean.project.state import State
    from custclean.stages.work import Key, WorkOrders

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
    "done_by", "done_at", "verified_in", "still_in",
)  # fmt: skip
MERGE, REMOVE = "merge", "remove"


class OrderStates(NamedTuple):
    """`table`: a row a work order, those too that are behind us.

    order (its number), action (merge, remove), keep_id, gone_id, state, who
    approved it and when, who ticked it and when, the file that shows it, and the newest one
    if it came after the tick and does not. `past`: what the downloads show of those behind us.
    """

    table: pl.DataFrame
    past: Past

    @property
    def gone(self) -> frozenset[str]:
        """The records that are gone as was decided."""
        return self.past.gone

    @property
    def shown(self) -> Mapping[Key, str]:
        """The verified ones: what they are about, and the file that shows it."""
        return self.past.shown

    @property
    def counts(self) -> dict[str, int]:
        """Say how many are approved, done and verified."""
        found = self.table["state"].to_list()
        return {state: found.count(state) for state in STATES}


def order_states(state: State, work: WorkOrders, past: Past, newest: Received) -> OrderStates:
    """Say of each work order, open or behind us, how far it is.

    Done is what a person says; only a download verifies. A record that comes back into the
    list makes its order an open one again.
    """
    open_ = set(work.keys.values())
    shown = past.shown
    ticks = {d.key: d for d in state.current if d.verdict is Verdict.DONE}
    numbers = order_numbers([*work.keys.values(), *shown, *ticks])
    denied = {key for key, tick in ticks.items() if key in open_ and tick.seq < newest.seq}
    words = _Approvals(state)
    rows = [
        (
            number,
            MERGE if len(key) == 2 else REMOVE,
            key[0] if len(key) == 2 else "",
            key[-1],
            VERIFIED if key in shown else DONE if key in ticks else APPROVED,
            *_who(words.of(key)),
            *_who(ticks.get(key)),
            shown.get(key, ""),
            newest.name if key in denied else "",
        )
        for key, number in numbers.items()
    ]
    table = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    rank = pl.col("state").replace_strict({name: n for n, name in enumerate(STATES)})
    return OrderStates(table.sort(rank, "action", "keep_id", "gone_id"), past)


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


class _Approvals:
    """Finds who decided that a merge or a removal is to be."""

    def __init__(self, state: State) -> None:
        self._same: defaultdict[str, list[Decision]] = defaultdict(list)  # by record
        for decision in state.current:
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

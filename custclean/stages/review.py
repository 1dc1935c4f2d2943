"""The review of pairs without a screen: a queue, what was decided, where one stands."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.decisions import changed_since, seen_of
from custclean.decisions.standing import PAIR_VERDICTS, standing_of
from custclean.errors import DecisionError, InputError
from custclean.frames import to_polars
from custclean.model import Pair, Verdict
from custclean.stages.review_card import Card, Cards, changes_named
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from custclean.decisions import DecisionLog
    from custclean.model import Decision, Explanation

__all__ = ["ReviewSession"]


class ReviewSession:
    """The pairs that a person looks at, in their order, over a decision log.

    `table`: the raw canonical table (or what has one). `pairs`: left_id, right_id,
    weight, probability. `explain`: says why two records match. A pair that was decided
    before and whose two records look the same still is not asked again. Every decision
    is on disk when `decide` returns; nothing is kept only here.
    """

    def __init__(
        self,
        table: object,
        pairs: object,
        log: DecisionLog,
        *,
        explain: Callable[[str, str], Explanation] | None = None,
    ) -> None:
        queue = to_polars(pairs)
        self._log = log
        self._lock = threading.RLock()  # JupyterLab answers widgets in threads of their own
        self._pairs = _pairs_of(queue)
        self._index: dict[tuple[str, ...], int] = {
            (pair.left, pair.right): i for i, pair in enumerate(self._pairs)
        }
        self._scores = _scores_of(queue)
        whole = to_polars(table)
        wanted: set[str] = {
            record for pair in self._pairs for record in (pair.left, pair.right)
        }
        shown = whole.filter(pl.col("record_id").cast(pl.String).is_in(list(wanted)))
        self._cards = Cards(shown, explain)
        self._rows = self._cards.rows
        _refuse_strangers(wanted - self._rows.keys())
        self._known = 0  # decisions of the log that we have looked at
        self._standing: dict[int, Decision] = {}
        self._changed: dict[int, tuple[str, ...]] = {}  # by the decision's number
        self._catch_up()
        self._position = next((i for i in range(len(self._pairs)) if self._waits(i)), 0)

    def __len__(self) -> int:
        return len(self._pairs)

    def __repr__(self) -> str:
        return f"ReviewSession({len(self)} pairs, {self.counts['decided']} decided)"

    def _repr_html_(self) -> str:
        counts = self.counts
        return html.facts(
            [
                (tr("pairs"), len(self)),
                (tr("decided"), counts["decided"]),
                (tr("left to decide"), counts["left"]),
                (tr("same"), counts["same"]),
                (tr("different"), counts["different"]),
                (tr("unsure"), counts["unsure"]),
            ]
        )

    @property
    def cards(self) -> int:
        """How many pairs there are, decided or not."""
        return len(self._pairs)

    @property
    def position(self) -> int:
        """The place of the current pair, from 0."""
        return self._position

    @property
    def log(self) -> DecisionLog:
        """Where the decisions go."""
        return self._log

    @property
    def current(self) -> Card | None:
        """The pair to look at; None where there are no pairs at all."""
        return self.card(self._position) if self._pairs else None

    @property
    def counts(self) -> dict[str, int]:
        """How many pairs are decided, left, same, different (or split) and unsure."""
        with self._lock:
            self._catch_up()
            words = [d.verdict for d in self._standing.values() if not self._changes(d)]
        apart = words.count(Verdict.DIFFERENT) + words.count(Verdict.SPLIT)
        return {
            "decided": len(words),
            "left": len(self._pairs) - len(words),
            "same": words.count(Verdict.SAME),
            "different": apart,
            "unsure": words.count(Verdict.UNSURE),
        }

    @property
    def waiting(self) -> tuple[bool, ...]:
        """Say of each pair whether it waits for a decision, for the first time or again."""
        with self._lock:
            self._catch_up()
            return tuple(map(self._waits, range(len(self._pairs))))

    def card(self, index: int) -> Card:
        """Give the pair at a place, with all that a person needs to decide."""
        card = self._cards.make(index, self._pairs[index], self._scores[index])
        with self._lock:
            self._catch_up()
            decision = self._standing.get(index)
        if decision is None:
            return card
        return replace(
            card,
            verdict=decision.verdict,
            who=decision.who,
            note=decision.note,
            changed=changes_named(self._changes(decision)),
        )

    def decide(
        self, verdict: Verdict | str, note: str = "", *, index: int | None = None
    ) -> Decision:
        """Save what a person says about the current pair, then go to the next open one.

        `index` decides another pair. Returns once the decision is on disk.
        """
        if verdict not in list(Verdict):
            known = ", ".join((Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE))
            raise InputError(tr("this is no verdict"), value=verdict, expected=known)
        with self._lock:
            place = self._valid(self._position if index is None else index)
            pair = self._pairs[place]
            seen = seen_of(self._rows[pair.left], self._rows[pair.right])
            kept = self._log.decide(pair.left, pair.right, verdict, seen=seen, note=note)
            self._position = self._next_open(place)
            return kept

    def undo(self) -> Decision | None:
        """Take back this person's last decision on one of these pairs, and go there.

        Returns what was taken back; None where there is nothing left to take back.
        Refused once it was done in the target system.
        """
        with self._lock:
            mine = (
                decision
                for decision in reversed(standing_of(self._log.history))
                if decision.who == self._log.who and self._place_of(decision) is not None
            )
            last = next(mine, None)
            if last is None:
                return None
            self._log.undo(last.seq)
            self._position = self._index[last.key]
            return last

    def next(self) -> Card | None:
        """Go to the pair after this one, decided or not."""
        return self.goto(self._position + 1)

    def previous(self) -> Card | None:
        """Go to the pair before this one, decided or not."""
        return self.goto(self._position - 1)

    def goto(self, index: int) -> Card | None:
        """Go to a place, the nearest there is."""
        self._position = max(0, min(index, len(self._pairs) - 1))
        return self.current

    def ahead(self, count: int) -> tuple[int, ...]:
        """Name the next places that wait, after the current one."""
        with self._lock:
            self._catch_up()
            total, here = len(self._pairs), self._position
            around = (place % total for place in range(here + 1, here + total))
            return tuple(islice((place for place in around if self._waits(place)), count))

    def _valid(self, index: int) -> int:
        if not 0 <= index < len(self._pairs):
            raise DecisionError(tr("there is no such pair"), value=index)
        return index

    def _next_open(self, index: int) -> int:
        """Find the next open pair, after the last one from the first; else stay."""
        self._catch_up()
        count = len(self._pairs)
        around = (
            ((index + step) % count for step in range(1, count + 1)) if count else iter(())
        )
        return next((place for place in around if self._waits(place)), index)

    def _place_of(self, decision: Decision) -> int | None:
        if decision.verdict not in PAIR_VERDICTS:
            return None
        return self._index.get(decision.key)

    def _catch_up(self) -> None:
        """Look at what the log has got since, from here or from another notebook."""
        history = self._log.history
        fresh = history[self._known :]
        if any(decision.verdict is Verdict.UNDO for decision in fresh):
            self._standing.clear()
            fresh = self._log.current
        self._known = len(history)
        for decision in fresh:
            place = self._place_of(decision)
            if place is not None:
                self._standing[place] = decision

    def _waits(self, index: int) -> bool:
        decision = self._standing.get(index)
        return decision is None or bool(self._changes(decision))

    def _changes(self, decision: Decision) -> tuple[str, ...]:
        if decision.seq not in self._changed:
            self._changed[decision.seq] = changed_since(decision, self._rows)
        return self._changed[decision.seq]


def _pairs_of(queue: pl.DataFrame) -> list[Pair]:
    names = queue.select(pl.col("left_id", "right_id").cast(pl.String))
    pairs = [Pair.of(left, right) for left, right in names.iter_rows()]
    if len(set(pairs)) < len(pairs):
        twice = min(pair for pair, n in Counter(pairs).items() if n > 1)
        raise InputError(tr("a pair stands in the queue twice"), value=twice)
    return pairs


def _scores_of(queue: pl.DataFrame) -> list[tuple[float | None, float | None]]:
    given = [
        pl.col(n).cast(pl.Float64) for n in ("weight", "probability") if n in queue.columns
    ]
    scores = queue.select(given).to_dicts() if given else [{}] * queue.height
    return [(row.get("weight"), row.get("probability")) for row in scores]


def _refuse_strangers(missing: set[str]) -> None:
    if missing:
        raise InputError(
            tr("a pair names a record that is not in the table"), value=min(missing)
        )

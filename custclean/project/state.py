"""What the decisions say today: a pure function of the log and of the newest rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean.decisions import changed_since
from custclean.model import Decision, Pair, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custclean.stages.link import Matches

__all__ = ["State", "asked_again", "group_frame", "read_state", "still_open"]


@dataclass(frozen=True, slots=True)
class State:
    """The decisions that hold, sorted by what they are about.

    `groups`: record_id -> smallest id of its group, only for records called the same.
    `contradictions`: pairs called different inside one group. `reopened`: decisions
    that do not hold any more because what the person saw has changed, with the fields.
    """

    groups: Mapping[str, str]
    different: frozenset[Pair]
    contradictions: tuple[Pair, ...]
    set_aside: Mapping[str, str]
    keep: frozenset[str]
    picks: Mapping[object, str]
    numbers: Mapping[str, Decision]
    left_out: Mapping[str, str]
    by_hand: Mapping[str, str]
    pairs: tuple[Decision, ...]
    links: tuple[Decision, ...]
    reopened: tuple[tuple[Decision, tuple[str, ...]], ...]
    done: frozenset[tuple[str, ...]]

    def torn(self) -> list[str]:
        """Give every record of a group in which two were called different."""
        roots = {self.groups[pair.left] for pair in self.contradictions}
        return [record for record, root in self.groups.items() if root in roots]

    def given(self) -> dict[str, str]:
        """Numbers given in earlier runs, by record."""
        return {key: d.value["number"] for key, d in self.numbers.items()}

    def decided_numbers(self) -> dict[str, str]:
        """Numbers that a person decided, by record."""
        return {
            key: d.value["number"]
            for key, d in self.numbers.items()
            if d.value.get("source", "decided") == "decided"
        }


def read_state(
    current: Iterable[Decision], rows: Mapping[str, Mapping[str, str | None]]
) -> State:
    """Sort the decisions that hold; `rows` are the newest raw rows by record id."""
    holding: dict[Verdict, list[Decision]] = {verdict: [] for verdict in Verdict}
    reopened = []
    for decision in current:
        present = all(key in rows for key in decision.key)
        changed = changed_since(decision, rows) if present and decision.seen else ()
        if changed:
            reopened.append((decision, changed))
        else:
            holding[decision.verdict].append(decision)
    groups = _groups(holding[Verdict.SAME])
    apart = holding[Verdict.DIFFERENT] + holding[Verdict.SPLIT]
    different = frozenset(Pair.of(*d.key) for d in apart if len(d.key) == 2)
    return State(
        groups=groups,
        different=different,
        contradictions=tuple(
            sorted(
                pair
                for pair in different
                if pair.left in groups and groups[pair.left] == groups.get(pair.right)
            )
        ),
        set_aside={d.key[0]: d.value.get("class", "") for d in holding[Verdict.SET_ASIDE]},
        keep=frozenset(d.key[0] for d in holding[Verdict.KEEP]),
        picks=_picks(holding[Verdict.PICK], groups),
        numbers={d.key[0]: d for d in holding[Verdict.NUMBER] if d.value.get("number")},
        left_out={d.key[0]: d.note or "decided" for d in holding[Verdict.LEFT_OUT]},
        by_hand={d.key[0]: d.note or "decided" for d in holding[Verdict.BY_HAND]},
        pairs=tuple(holding[Verdict.SAME] + apart),
        links=tuple(holding[Verdict.LINK] + apart),
        reopened=tuple(reopened),
        done=frozenset(d.key for d in holding[Verdict.DONE]),
    )


def _groups(same: Iterable[Decision]) -> dict[str, str]:
    """Join what was called the same, over any chain; the smallest id names the group."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    for decision in same:
        one, other = sorted((find(decision.key[0]), find(decision.key[1])))
        root[other] = one
    return {key: find(key) for key in sorted(root)}


def _picks(picks: Iterable[Decision], groups: Mapping[str, str]) -> dict[object, str]:
    """Map a group to the record that survives, or (group, field) to whose value is kept."""
    result: dict[object, str] = {}
    for decision in picks:
        record = decision.key[0]
        cluster = groups.get(record, record)
        field = decision.value.get("field", "")
        result[(cluster, field) if field else cluster] = record
    return result


def still_open(pairs: pl.DataFrame, state: State) -> pl.DataFrame:
    """Leave out the pairs that decisions answer: directly, by a group or by a set-aside."""
    apart = {
        frozenset((state.groups.get(p.left, p.left), state.groups.get(p.right, p.right)))
        for p in state.different
    }

    def is_open(left: str, right: str) -> bool:
        if left in state.set_aside or right in state.set_aside:
            return False
        ends = state.groups.get(left, left), state.groups.get(right, right)
        return ends[0] != ends[1] and frozenset(ends) not in apart

    keep = [is_open(*row) for row in pairs.select("left_id", "right_id").iter_rows()]
    return pairs.filter(pl.Series(keep, dtype=pl.Boolean))


def asked_again(
    pairs: pl.DataFrame, matches: Matches, state: State, table: pl.DataFrame
) -> pl.DataFrame:
    """Add the pairs that were decided, but of whom something that was seen has changed."""
    present = set(table["record_id"])
    known = set(pairs.select("left_id", "right_id").iter_rows())
    reopened = [d.key for d, _ in state.reopened if len(d.key) == 2 and set(d.key) <= present]
    rows = [
        {
            "left_id": left,
            "right_id": right,
            "weight": why.weight,
            "probability": why.probability,
        }
        for left, right in sorted(set(reopened) - known)
        for why in [matches.explain(left, right)]
    ]
    if not rows:
        return pairs
    schema = {name: pairs.schema[name] for name in rows[0]}
    return pl.concat([pl.DataFrame(rows, schema=schema), pairs], how="diagonal")


def group_frame(state: State, present: Iterable[str]) -> pl.DataFrame:
    """Give the groups among the records present, without contradictory ones."""
    torn = set(state.torn())
    rows = [
        (record, state.groups[record])
        for record in present
        if record in state.groups and record not in torn and record not in state.set_aside
    ]
    schema = {"record_id": pl.String, "cluster_id": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")

"""What the decisions say today: a pure function of the log and of the newest rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from custclean.decisions import changed_since
from custclean.decisions.standing import PAIR_VERDICTS, joined, standing_of
from custclean.model import Decision, Pair, Verdict
from custclean.project.trail import free_name
from custclean.text import day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from custclean.stages.link import Matches
    from custclean.stages.work import Key

__all__ = [
    "State",
    "asked_again",
    "first_words",
    "group_frame",
    "lasting_ids",
    "read_state",
    "still_open",
]

ASKED = ("left_id", "right_id", "weight", "probability")
PAIRED = frozenset({Verdict.SAME, Verdict.DIFFERENT, Verdict.SPLIT})
APART = frozenset({Verdict.DIFFERENT, Verdict.SPLIT})


@dataclass(frozen=True, slots=True)
class State:
    """The decisions that hold, sorted by what they are about.

    `groups`: record_id -> smallest id of its group, only for records called the same.
    `contradictions`: pairs called different inside one group. `reopened`: decisions
    that do not hold any more because what the person saw has changed, with the fields.
    `unpicked`: the records of groups in which such a decision was a pick -> the fields that
    were picked ("": who stays). `disputed`: two people said different things of a pair, one
    of them blind; it holds neither way.
    `doubts`: pairs inside one group about which just that is asked again: called different
    and changed since, or disputed. `current`: all that stand, those that do not hold too.
    `first`: since which decision a pair is one client, and by what id, see `first_words`.
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
    unpicked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    disputed: tuple[Decision, ...] = ()
    doubts: tuple[Pair, ...] = ()
    current: tuple[Decision, ...] = ()
    first: Mapping[Key, tuple[int, str]] = field(default_factory=dict)

    def doubted(self) -> set[tuple[str, ...]]:
        """Give the pairs on which people or their words contradict one another."""
        torn = set(self._of_groups(self.contradictions))
        inside = {d.key for d in self.pairs if len(d.key) == 2 and set(d.key) <= torn}
        return inside | {decision.key for decision in self.disputed}

    def torn(self) -> list[str]:
        """Give every record of a group in which two are different, or may be."""
        return self._of_groups([*self.contradictions, *self.doubts])

    def _of_groups(self, pairs: Iterable[Pair]) -> list[str]:
        roots = {self.groups[pair.left] for pair in pairs}
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
    current: Iterable[Decision],
    rows: Mapping[str, Mapping[str, str | None]],
    disputed: Collection[int] = (),
    first: Mapping[Key, tuple[int, str]] | None = None,
    carried_out: Collection[Key] = (),
) -> State:
    """Sort the decisions that hold; `rows` are the newest raw rows by record id.

    `disputed`: numbers of decisions that another person contradicts, see `disputed_of`.
    `first`: what names the groups, see `first_words`; without it today's ids do.
    `carried_out`: who was kept and who is gone by now: that these are one client holds,
    whatever has changed since.
    """
    holding: dict[Verdict, list[Decision]] = {verdict: [] for verdict in Verdict}
    merged = {frozenset(key) for key in carried_out}
    reopened = []
    current = tuple(current)
    for decision in current:
        present = all(key in rows for key in decision.key)
        changed = changed_since(decision, rows) if decision.seen else ()
        if decision.verdict is Verdict.SAME and frozenset(decision.key) in merged:
            changed = ()
        if changed and present:
            reopened.append((decision, changed))
        elif not changed and decision.seq not in disputed:
            holding[decision.verdict].append(decision)
    aside = {decision.key[0] for decision in holding[Verdict.SET_ASIDE]}
    groups = _groups(holding[Verdict.SAME], aside)
    settled = _settled(holding[Verdict.PICK], groups, rows)
    reopened = [each for each in reopened if not settled(each[0])]
    apart = holding[Verdict.DIFFERENT] + holding[Verdict.SPLIT]
    different = frozenset(Pair.of(*d.key) for d in apart if len(d.key) == 2)
    torn = tuple(decision for decision in current if decision.seq in disputed)
    again = [decision for decision, _ in reopened if decision.verdict in APART]
    asked = {Pair.of(*d.key) for d in (*again, *torn) if len(d.key) == 2}
    who_asks = rows.keys() - aside  # of others nobody is asked
    doubts = {pair for pair in asked if {pair.left, pair.right} <= who_asks}
    return State(
        groups=groups,
        different=different,
        contradictions=_inside(groups, different),
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
        unpicked=_unpicked(reopened, groups, rows),
        disputed=torn,
        doubts=_inside(groups, doubts),
        current=current,
        first=first or {},
    )


def _inside(groups: Mapping[str, str], pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Give the pairs of which both records are in one group."""
    ends = ((pair, groups.get(pair.left), groups.get(pair.right)) for pair in pairs)
    return tuple(sorted(pair for pair, one, other in ends if one is not None and one == other))


def _groups(same: Iterable[Decision], aside: Collection[str]) -> dict[str, str]:
    """Join what was called the same, over any chain; the smallest id names the group.

    Whoever was set aside is in no client of others and gives it no name.
    """
    root = joined(decision.key for decision in same)
    members: dict[str, list[str]] = {}
    for record in sorted(root):
        members.setdefault(root[record], []).append(record)
    named = {
        key: next((record for record in group if record not in aside), group[0])
        for key, group in members.items()
    }
    return {record: named[root[record]] for record in sorted(root)}


def _picks(picks: Iterable[Decision], groups: Mapping[str, str]) -> dict[object, str]:
    """Map a group to the record that survives, or (group, field) to whose value is kept."""
    result: dict[object, str] = {}
    for decision in picks:
        cluster, field = _asked(decision, groups)
        result[(cluster, field) if field else cluster] = decision.key[0]
    return result


def _asked(pick: Decision, groups: Mapping[str, str]) -> tuple[str, str]:
    """Give what a pick answers: of which group, which field ("": who stays)."""
    record = pick.key[0]
    return groups.get(record, record), pick.value.get("field", "")


def _settled(
    picks: Iterable[Decision],
    groups: Mapping[str, str],
    rows: Mapping[str, Mapping[str, str | None]],
) -> Callable[[Decision], bool]:
    """Tell of a pick that changed whether it need not be asked again.

    It was picked anew since; or nobody else is left of the group, or no value to be picked.
    """
    since = {_asked(pick, groups): pick.seq for pick in picks if pick.key[0] in rows}
    left: dict[str, list[str]] = defaultdict(list)
    for record, root in groups.items():
        if record in rows:
            left[root].append(record)

    def settled(pick: Decision) -> bool:
        if pick.verdict is not Verdict.PICK:
            return False
        root, name = asked = _asked(pick, groups)
        here = [rows[record] for record in left.get(root, ())]
        empty = bool(name and here) and not any(row.get(name) for row in here)
        return len(here) == 1 or empty or since.get(asked, 0) > pick.seq

    return settled


def _unpicked(
    reopened: Iterable[tuple[Decision, tuple[str, ...]]],
    groups: Mapping[str, str],
    rows: Mapping[str, object],
) -> dict[str, frozenset[str]]:
    """Give the records that wait for a pick; who is alone in a group by now needs none."""
    asked: dict[str, set[str]] = defaultdict(set)
    for decision, _ in reopened:
        if decision.verdict is Verdict.PICK:
            root, field = _asked(decision, groups)
            asked[root].add(field)
    waiting: dict[str, list[str]] = defaultdict(list)
    for record, own in groups.items():
        if own in asked and record in rows:
            waiting[own].append(record)
    return {
        record: frozenset(asked[root])
        for root, group in waiting.items()
        if len(group) > 1
        for record in group
    }


def still_open(pairs: pl.DataFrame, state: State) -> pl.DataFrame:
    """Leave out the pairs that decisions answer: directly, by a group or by a set-aside.

    Decisions that are asked again count here too: they themselves stay open, and what
    followed from them waits for them.
    """
    once = [d for d, _ in state.reopened if not state.set_aside.keys() & set(d.key)]
    said = [d for d in (*state.pairs, *once) if d.verdict in PAIRED and len(d.key) == 2]
    groups = joined(d.key for d in said if d.verdict is Verdict.SAME)
    apart = {
        frozenset(groups.get(record, record) for record in d.key)
        for d in said
        if d.verdict is not Verdict.SAME
    }
    aside = {*state.set_aside, *(d.key[0] for d in once if d.verdict is Verdict.SET_ASIDE)}

    again = {d.key for d in once}

    def is_open(left: str, right: str) -> bool:
        if (left, right) in again:
            return True
        if left in aside or right in aside:
            return False
        ends = groups.get(left, left), groups.get(right, right)
        return ends[0] != ends[1] and frozenset(ends) not in apart

    keep = [is_open(*row) for row in pairs.select("left_id", "right_id").iter_rows()]
    return pairs.filter(pl.Series(keep, dtype=pl.Boolean))


def asked_again(
    pairs: pl.DataFrame, matches: Matches, state: State, table: pl.DataFrame
) -> pl.DataFrame:
    """Put the pairs in front that were decided, but changed since or are contradicted."""
    present = set(table["record_id"]) - set(state.set_aside)
    reopened = {d.key for d, _ in state.reopened if len(d.key) == 2} | state.doubted()
    again = {key for key in reopened if set(key) <= present}
    if not again:
        return pairs
    ends = list(pairs.select("left_id", "right_id").iter_rows())
    found = pairs.filter(pl.Series([pair in again for pair in ends], dtype=pl.Boolean))
    others = pairs.filter(pl.Series([pair not in again for pair in ends], dtype=pl.Boolean))
    rows = [
        {
            "left_id": left,
            "right_id": right,
            "weight": why.weight,
            "probability": why.probability,
        }
        for left, right in sorted(again - set(ends))
        for why in [matches.explain(left, right, keys=False)]
    ]
    schema = {name: pairs.schema[name] for name in ASKED}
    return pl.concat([found, pl.DataFrame(rows, schema=schema), others], how="diagonal")


def group_frame(state: State, present: Iterable[str]) -> pl.DataFrame:
    """Give the groups among the records present, without those that wait for an answer."""
    waits = {*state.torn(), *state.unpicked, *state.set_aside}
    rows = [
        (record, state.groups[record])
        for record in present
        if record in state.groups and record not in waits
    ]
    schema = {"record_id": pl.String, "cluster_id": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def first_words(
    history: Iterable[Decision], today: Sequence[Decision]
) -> dict[Key, tuple[int, str]]:
    """Give for each pair of `today` since which decision it is one client, and by what id.

    `history`: the same decisions as they are in the log. To say it again changes nothing.
    """
    logged = {decision.seq: decision.key for decision in history}
    first: dict[Key, tuple[int, str]] = {}
    for decision in standing_of(today):
        if decision.verdict is Verdict.SAME:
            first.setdefault(decision.key, (decision.seq, min(logged[decision.seq])))
        elif decision.verdict in PAIR_VERDICTS:
            first.pop(decision.key, None)
    return first


def lasting_ids(state: State) -> pl.DataFrame:
    """Give each group the id it first had, by the order of the decisions: later ones join it.

    The oldest group's id stays when two are joined; a pair is called by its smaller record,
    as that was called then.
    """
    same = [d for d in state.pairs if d.verdict is Verdict.SAME]
    root = joined(d.key for d in same)
    words = [(*state.first.get(d.key, (d.seq, min(d.key))), d) for d in same]
    names: dict[str, str] = {}
    taken: set[str] = set()
    for _, name, decision in sorted(words, key=lambda w: (w[0], _moment(w[2]), w[2].key)):
        group = root[decision.key[0]]
        if group not in names:  # the name may have been another record's, in another month
            names[group] = free_name(name, taken)
            taken.add(names[group])
    rows = sorted((record, names[group]) for record, group in root.items())
    schema = {"record_id": pl.String, "cluster_id": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _moment(decision: Decision) -> float:
    moment = day.read(decision.when)
    return 0.0 if moment is None else moment.timestamp()

"""What was said about some records, in lists and sets: what a session must agree with.

Written without a look at how the session does it: a history is a list, what follows is
searched for anew each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Pair = tuple[str, str]
Values = dict[str, str | None]
APART = {"different", "split"}
ABOUT_TWO = {"same", "different", "unsure", "split"}
WAITS = {"open", "again", "contradiction", "disputed"}


@dataclass(frozen=True)
class Said:
    """One line of the history; `saw`: what the records held; `undoes`: a line before."""

    seq: int
    key: tuple[str, ...]
    word: str
    who: str
    step: int  # the first line of what was said in one go
    saw: Mapping[str, Values] = field(default_factory=dict)
    about: str = ""  # the field of a pick
    undoes: int = 0
    blind: bool = False

    @property
    def side(self) -> str:
        return "different" if self.word in APART else self.word


class Plain:
    """A history, and the rows of today."""

    def __init__(self, rows: dict[str, Values]) -> None:
        self.rows = rows  # in their order
        self.lines: list[Said] = []
        self._counts: dict[int, bool] = {}

    # ---- what stands ----

    def counts(self, line: Said) -> bool:
        if len(self._counts) != len(self.lines):  # an undo is said after what it takes back
            self._counts = {}
            for each in reversed(self.lines):
                undos = (d.seq for d in self.lines[each.seq :] if d.undoes == each.seq)
                self._counts[each.seq] = not any(self._counts[seq] for seq in undos)
        return self._counts[line.seq]

    def standing(self) -> list[Said]:
        return [line for line in self.lines if not line.undoes and self.counts(line)]

    def step(self, line: Said) -> list[Said]:
        return [each for each in self.lines if each.step == line.step]

    def counting(self, line: Said) -> list[Said]:
        """Name what taking the step of a line back would take back."""
        return [each for each in self.step(line) if self.counts(each)]

    def depth(self, line: Said) -> int:
        """Count undos: 0 a decision, 1 its undo, 2 what gives it back."""
        return 1 + self.depth(self.lines[line.undoes - 1]) if line.undoes else 0

    # ---- what it means ----

    def changed(self, line: Said) -> bool:
        return any(
            self.rows[record][name] != value
            for record, values in line.saw.items()
            if record in self.rows
            for name, value in values.items()
        )

    def words(self, only: str | None = None) -> dict[Pair, list[Said]]:
        """Give the last word of each person about each pair, the newest at the end."""
        last: dict[Pair, dict[str, Said]] = {}
        for line in self.standing():
            if line.word in ABOUT_TWO and only in {None, line.who}:
                of = last.setdefault((line.key[0], line.key[1]), {})
                of.pop(line.who, None)
                of[line.who] = line
        return {pair: list(of.values()) for pair, of in last.items()}

    def holding(self, only: str | None = None) -> Iterator[Said]:
        for words in self.words(only).values():
            if not disputed(words) and not self.changed(words[-1]):
                yield words[-1]

    def clusters(self, only: str | None = None) -> list[set[str]]:
        return joined(line.key for line in self.holding(only) if line.word == "same")

    def apart(self, only: str | None = None) -> list[Pair]:
        return [(d.key[0], d.key[1]) for d in self.holding(only) if d.word in APART]

    def doubted(self) -> list[set[str]]:
        """Give the pairs of which nobody knows now whether they are two clients."""
        asked = self.rows.keys() - self.aside()  # of others nobody is asked
        last = [words for words in self.words().values() if asked.issuperset(words[-1].key)]
        return [
            set(words[-1].key)
            for words in last
            if disputed(words) or (words[-1].word in APART and self.changed(words[-1]))
        ]

    def aside(self) -> set[str]:
        last = {d.key[0]: d for d in self.standing() if d.word in {"set_aside", "keep"}}
        return {r for r, d in last.items() if d.word == "set_aside" and not self.changed(d)}

    def picks(self, records: Iterable[str]) -> list[Said]:
        """Give the last pick of each of these records, a field each, the oldest first."""
        last = {(d.key[0], d.about): d for d in self.standing() if d.word == "pick"}
        there = {*records} & self.rows.keys()
        return sorted((d for (r, _), d in last.items() if r in there), key=lambda d: d.seq)

    def saved(self, parts: Iterable[set[str]]) -> dict[tuple[str, frozenset[str]], Said]:
        """Give the last pick of a field of the whole client, if it is in the part."""
        found = {}
        for part in parts:
            whole = part.union(*(each for each in self.clusters() if each & part))
            last = {pick.about: pick for pick in self.picks(whole)}
            for about, pick in last.items():
                record = pick.key[0]
                kept = not about or self.rows[record][about]
                if len(part) > 1 and record in part and kept:
                    found[about, frozenset(part)] = pick
        return found

    def waits_for_a_pick(self, cluster: set[str]) -> bool:
        """Tell whether what was picked in it has changed, and nobody picked anew since."""
        picks, rows = self.picks(cluster), [self.rows[r] for r in cluster & self.rows.keys()]
        return any(
            self.changed(pick)
            and not any(
                later.seq > pick.seq and later.about == pick.about and not self.changed(later)
                for later in picks
            )
            and (not pick.about or any(row[pick.about] for row in rows))
            for pick in picks
        )

    # ---- how questions stand ----

    def states(
        self, questions: Iterable[Iterable[Pair]], only: str | None = None
    ) -> list[str]:
        told = Told(self, only)
        return [told.state(list(pairs)) for pairs in questions]

    def mine(self, who: str, pairs: set[Pair]) -> Said | None:
        lines = [d for d in self.standing() if d.who == who and d.key in pairs]
        return lines[-1] if lines else None

    def redoable(self, who: str, pairs: set[Pair]) -> Said | None:
        mine = [d for d in self.lines if d.who == who and d.key in pairs]
        undos = [d for d in mine if self.depth(d) % 2]
        return next((d for d in reversed(undos) if self.counts(d)), None)


class Told:
    """What follows from all that was said."""

    def __init__(self, plain: Plain, only: str | None) -> None:
        self.plain, self.words, self.aside = plain, plain.words(only), plain.aside()
        self.clusters, self.parted = plain.clusters(only), plain.apart(only)

    def state(self, pairs: list[Pair]) -> str:
        states = {self.of(pair) for pair in pairs}
        for state in ("contradiction", "disputed", "again", "open"):
            if state in states:
                return state
        records = {record for pair in pairs for record in pair}
        some_are_one = any(len(cluster & records) > 1 for cluster in self.clusters)
        if len(states) == 1 and not (states == {"different"} and some_are_one):
            return states.pop()
        return "unsure" if "unsure" in states else "mixed"

    def of(self, pair: Pair) -> str:
        if self.aside.intersection(pair):
            return "aside"
        words = self.words.get(pair)
        if words and disputed(words):
            return "disputed"
        if words and self.plain.changed(words[-1]):
            return "again"
        one, other = self.cluster(pair[0]), self.cluster(pair[1])
        if one is other and one is not None and self.torn(one):
            return "contradiction"
        if words:
            return words[-1].side
        if one is other and one is not None:
            return "same"
        left, right = one or {pair[0]}, other or {pair[1]}
        across = any(
            (a in left and b in right) or (a in right and b in left) for a, b in self.parted
        )
        return "different" if across else "open"

    def cluster(self, record: str) -> set[str] | None:
        return next((cluster for cluster in self.clusters if record in cluster), None)

    def torn(self, cluster: set[str]) -> bool:
        return any(a in cluster and b in cluster for a, b in self.parted)


def disputed(words: list[Said]) -> bool:
    return words[-1].blind and any(one.side != words[-1].side for one in words)


def joined(pairs: Iterable[tuple[str, ...]]) -> list[set[str]]:
    """Put together what hangs together."""
    found: list[set[str]] = []
    for pair in pairs:
        touched = [cluster for cluster in found if cluster.intersection(pair)]
        found = [cluster for cluster in found if cluster not in touched]
        found.append(set(pair).union(*touched))
    return found

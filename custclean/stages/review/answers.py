"""What the log says about the questions of a queue: directly, or because it follows.

Who is the same as a third is the same; who is different from one of a group is different from
all of it. Where that leads to two answers nobody guesses: the question is asked again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from custclean.decisions import changed_since
from custclean.decisions.standing import BLIND, PAIR_VERDICTS, ordered, side_of, standing_of
from custclean.model import Verdict
from custclean.stages.review.closure import Closure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from custclean.decisions import DecisionLog
    from custclean.model import Decision
    from custclean.stages.review.questions import Question
    from custclean.stages.review.records import Records

__all__ = ["WAITING", "Answers", "Standing", "Unmerged"]

Key = tuple[str, str]
ABOUT_ONE = frozenset({Verdict.SET_ASIDE, Verdict.KEEP})
WAITING = frozenset({"open", "again", "contradiction", "disputed", "unmerged"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on a question, and why it waits if it does.

    `state`: open; same, different, unsure, mixed (a group that was divided), aside (one of the
    two is no customer); again (what was seen has changed), contradiction, disputed (two people
    said different things, one of them blind), unmerged (one client, but a person has to pick
    something first). `follows`: nobody said it, it follows. `why`: what keeps it from being
    merged; `asks`: of which field something is to be picked ("": who stays), None: nothing.
    """

    state: str = "open"
    verdict: Verdict | None = None
    decisions: tuple[Decision, ...] = ()
    follows: bool = False
    why: str = ""
    asks: str | None = None

    @property
    def waits(self) -> bool:
        """Tell whether a person is asked, for the first time or again."""
        return self.state in WAITING

    @property
    def who(self) -> str:
        """Name who decided last."""
        return self.decisions[-1].who if self.decisions else ""

    @property
    def note(self) -> str:
        """Give the newest note."""
        return next((d.note for d in reversed(self.decisions) if d.note), "")


OPEN = Standing()


@dataclass(frozen=True, slots=True)
class Unmerged:
    """Records that are one client by what was said, and are not merged: in words, why.

    `asks`: of which field a person can mend it by picking the record ("": the one that
    stays); None: by no pick.
    """

    records: frozenset[str]
    why: str
    asks: str | None


class Answers:
    """The standing of every question, brought up to the log by `catch_up`.

    `only`: whose decisions count; None: everybody's. `aliases`: old record id -> today's.
    `unmerged`: what is not merged as the log stands now; picks from now on may mend it.
    `known`: how many entries of the log have been looked at.
    """

    def __init__(
        self,
        questions: Sequence[Question],
        records: Records,
        log: DecisionLog,
        *,
        aliases: Mapping[str, str],
        only: str | None = None,
        unmerged: Iterable[Unmerged] = (),
    ) -> None:
        # with how many entries the log had when it was said: a later pick mends it
        self._unmerged: dict[str, list[tuple[Unmerged, int]]] = {}
        self._picks: dict[str, dict[str, Decision]] = {}  # by record, and field
        self._questions, self._records, self._log = questions, records, log
        self._today, self._only = _translator(aliases), only
        self.known = 0  # decisions of the log that we have looked at
        self._changed: dict[int, tuple[str, ...]] = {}  # by the decision's number
        self._asked: dict[str, list[int]] = defaultdict(list)  # questions of a record
        for place, question in enumerate(questions):
            for record in question.records:
                self._asked[record].append(place)
        self.standing: list[Standing] = [OPEN] * len(questions)
        self._words: dict[Key, dict[str, Decision]] = {}  # the last word of each person
        self._aside: dict[str, bool] = {}
        self.closure = Closure()
        self._holds: dict[Key, str] = {}  # what the closure was told of which pair
        self._keys: dict[str, set[Key]] = defaultdict(set)  # those pairs, by record
        self.told_unmerged(unmerged)

    def told_unmerged(self, unmerged: Iterable[Unmerged]) -> dict[int, Standing]:
        """Take it that these are not merged now; gives how those stood that differ then.

        What waited for a pick before waits for it again when that is taken back.
        """
        touched, now = set(self._unmerged), len(self._log.history)
        for record, told in self._unmerged.items():
            self._unmerged[record] = [one for one in told if one[0].asks is not None]
        for each in unmerged:
            touched |= each.records
            for record in each.records:
                self._unmerged.setdefault(record, []).append((each, now))
        return self._settle(self._asking(touched))

    def _asking(self, records: Iterable[str]) -> list[int]:
        """Give the questions about any of these records."""
        return sorted({place for one in records for place in self._asked.get(one, ())})

    def catch_up(self) -> dict[int, Standing]:
        """Look at what the log has got since; gives how those stood that stand otherwise."""
        history = self._log.history
        fresh = history[self.known :]
        if not fresh:
            return {}
        if any(decision.verdict is Verdict.UNDO for decision in fresh):
            before = self._words, self._aside, self._picks
            self._words, self._aside, self._picks = {}, {}, {}
            self._take(standing_of(history))
            keys = _otherwise(before[0], self._words)
            touched = _otherwise(before[1], self._aside) | _otherwise(before[2], self._picks)
        else:
            keys, touched = self._take(fresh)
        touched |= self._follow(keys)
        for record in touched & self._unmerged.keys():
            touched = touched.union(*(each.records for each, _ in self._unmerged[record]))
        self.known = len(history)
        return self._settle(self._asking(touched))

    def changes(self, decision: Decision) -> tuple[str, ...]:
        """Name what was seen and is another value now, as `seen` names it."""
        if decision.seq not in self._changed:
            self._changed[decision.seq] = changed_since(decision, self._records)
        return self._changed[decision.seq]

    def unchanged(self, decisions: Iterable[Decision]) -> None:
        """Take it that nothing has changed since these: they were made of our own records."""
        self._changed |= dict.fromkeys((decision.seq for decision in decisions), ())

    def today(self, decision: Decision) -> Decision:
        """Give a decision with the ids that its records have now."""
        return next(iter(self._today([decision])))

    def _take(self, decisions: Iterable[Decision]) -> tuple[set[Key], set[str]]:
        """Take decisions in; gives the pairs and the records that they are about."""
        keys, records = set[Key](), set[str]()
        for decision in self._today(decisions):
            if decision.verdict in ABOUT_ONE:
                aside = decision.verdict is Verdict.SET_ASIDE and not self.changes(decision)
                self._aside[decision.key[0]] = aside
                records.add(decision.key[0])
            elif decision.verdict is Verdict.PICK and self._counts(decision):
                record, field = decision.key[0], decision.value.get("field", "")
                self._picks[record] = {**self._picks.get(record, {}), field: decision}
                records.add(record)
            elif decision.verdict in PAIR_VERDICTS and self._counts(decision):
                key = (decision.key[0], decision.key[1])
                if key[0] == key[1]:  # an old log may hold such a line: it says nothing
                    continue
                self._words.setdefault(key, {})[decision.who] = decision
                keys.add(key)
        return keys, records

    def _counts(self, decision: Decision) -> bool:
        return self._only is None or decision.who == self._only

    def said(self, records: Sequence[str], who: str) -> set[Key]:
        """Name the pairs of these records about which this person's word stands."""
        keys = ((min(pair), max(pair)) for pair in combinations(records, 2))
        return {key for key in keys if who in self._words.get(key, ())}

    def picks(self, part: Collection[str]) -> dict[str, Decision]:
        """Give the last pick of each field among those who are one client with these.

        One of a record that is not among these says nothing of them but that there is none.
        """
        whole = {each for record in part for each in self.closure.members(record)}
        here = (self._picks[each] for each in whole if each in self._picks)
        each = [
            pick for picks in here for pick in picks.items() if pick[1].key[0] in self._records
        ]
        last = dict(sorted(each, key=lambda pick: pick[1].seq))
        return {field: pick for field, pick in last.items() if pick.key[0] in part}

    def _follow(self, keys: Iterable[Key]) -> set[str]:
        """Bring what follows up to the words on these pairs; gives the records concerned.

        Where something followed before and does so no more, the groups concerned are put
        together anew from all that was said about their records.
        """
        touched, void = set[str](), set[str]()
        fresh: dict[Key, str | None] = {}  # what follows from their words
        for key in keys:
            touched.update(key)
            side = self._side(key)
            if side == self._holds.get(key):
                continue
            if key in self._holds:
                void.update(key)
            else:
                fresh[key] = side
        lost, about = self.closure.forget(void)
        fresh |= {key: self._side(key) for record in lost for key in self._keys[record]}
        touched |= about
        for key in sorted(fresh):
            touched |= self._hold(key, fresh[key])
        return touched

    def _hold(self, key: Key, side: str | None) -> set[str]:
        """Let follow what the word on a pair says, if it counts."""
        self._holds.pop(key, None)
        if side is None:
            return set(key)
        self._holds[key] = side
        for record in key:
            self._keys[record].add(key)
        return self.closure.join(*key) if side == "same" else self.closure.part(*key)

    def _side(self, key: Key) -> str | None:
        """Say what follows from the word on a pair: same, different, or nothing."""
        if key not in self._words:
            return None
        last, disputed = self._last(key)
        if disputed or self.changes(last) or last.verdict is Verdict.UNSURE:
            return None
        return side_of(last)

    def _last(self, key: Key) -> tuple[Decision, bool]:
        """Give the newest word on a pair, and whether a blind one disputes another's."""
        words = self._words[key].values()
        if len(words) == 1:
            return next(iter(words)), False
        last = max(words, key=lambda decision: decision.seq)
        others = {side_of(d) for d in words if d is not last} - {side_of(last)}
        return last, bool(last.value.get(BLIND) and others)

    def _settle(self, places: Iterable[int]) -> dict[int, Standing]:
        """Say anew how these questions stand; gives how those stood that stand otherwise."""
        before = {}
        for place in places:
            now, then = self._stands(self._questions[place]), self.standing[place]
            if now != then:
                self.standing[place] = now
                before[place] = then
        return before

    def _stands(self, question: Question) -> Standing:
        """Say how a question stands; what is one client may wait for a pick."""
        said = self._said(question)
        if said.state != "same" or not self._unmerged:
            return said
        found = (
            each for record in question.records for each in self._unmerged.get(record, ())
        )
        unmerged = next((each for each, since in found if not self._mended(each, since)), None)
        if unmerged is None:
            return said
        state = said.state if unmerged.asks is None else "unmerged"
        return replace(said, state=state, why=unmerged.why, asks=unmerged.asks)

    def _mended(self, unmerged: Unmerged, since: int) -> bool:
        """Tell whether what it waits for has been picked since."""
        if unmerged.asks is None:
            return False
        picks = (self._picks.get(record, {}).get(unmerged.asks) for record in unmerged.records)
        return any(pick is not None and pick.seq > since for pick in picks)

    def _said(self, question: Question) -> Standing:
        each = [self._of_pair((edge.left, edge.right)) for edge in question.edges]
        if len(each) == 1:
            return each[0]
        decisions = {d.seq: d for one in each for d in one.decisions}
        told = tuple(decisions[seq] for seq in sorted(decisions))
        follows = all(one.follows for one in each)
        states = {one.state for one in each}
        for state in ("contradiction", "disputed", "again", "open"):
            if state in states:
                return Standing(state, told[-1].verdict if told else None, told)
        if len(states) == 1 and not self._divided(question, *states):
            return Standing(states.pop(), each[0].verdict, told, follows)
        state = "unsure" if "unsure" in states else "mixed"
        return Standing(state, Verdict.SPLIT, told, follows)

    def _divided(self, question: Question, state: str) -> bool:
        """Tell whether some are one client although all that was asked is different."""
        return state == "different" and len(self.parts(question)) < len(question.records)

    def parts(self, question: Question) -> tuple[frozenset[str], ...]:
        """Give the clients that the records of a question are, as far as it was said."""
        found: dict[str, set[str]] = {}
        for record in question.records:
            found.setdefault(self.closure.client(record), set()).add(record)
        return tuple(map(frozenset, found.values()))

    def _of_pair(self, key: Key) -> Standing:
        if self._aside.get(key[0]) or self._aside.get(key[1]):
            return Standing("aside")
        if key not in self._words:
            return self._following(key)
        last, disputed = self._last(key)
        if disputed:
            told = tuple(sorted(self._words[key].values(), key=lambda d: d.seq))
            return Standing("disputed", last.verdict, told)
        state = side_of(last)
        if self.changes(last):
            state = "again"
        elif self.closure.torn(*key):
            state = "contradiction"
        return Standing(state, last.verdict, (last,))

    def _following(self, key: Key) -> Standing:
        """Say how a pair stands about which nobody said a word."""
        closure = self.closure
        if closure.torn(*key):
            return Standing("contradiction")
        if closure.same(*key):
            return Standing("same", Verdict.SAME, follows=True)
        if closure.apart(*key):
            return Standing("different", Verdict.DIFFERENT, follows=True)
        return OPEN


def _otherwise(before: Mapping[Any, object], now: Mapping[Any, object]) -> set[Any]:
    """Name the keys that say something else now."""
    return {key for key in {*before, *now} if before.get(key) != now.get(key)}


def _translator(
    aliases: Mapping[str, str],
) -> Callable[[Iterable[Decision]], Iterable[Decision]]:
    """Give what tells decisions by the ids of today; aliases may know best themselves."""
    if hasattr(aliases, "today"):
        told: Callable[[Iterable[Decision]], Iterable[Decision]] = aliases.today
        return told
    if not aliases:
        return lambda decisions: decisions
    return lambda decisions: (_renamed(decision, aliases) for decision in decisions)


def _renamed(decision: Decision, aliases: Mapping[str, str]) -> Decision:
    key = tuple(aliases.get(record, record) for record in decision.key)
    if key == decision.key or len(set(key)) < len(key):
        return decision  # nobody is two of today's records
    moved = replace(decision, key=key)
    return ordered(moved) if decision.verdict in PAIR_VERDICTS else moved

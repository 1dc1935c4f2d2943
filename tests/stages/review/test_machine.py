"""Whatever people do in whatever order, a session says what plain lists and sets say.

Ten thousand steps: deciding pairs and groups, dividing, picking, taking back old things and
undos, new sessions, a second person, blind looks, next month's export, merging.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from custclean.decisions import DecisionLog, disputed_of, seen_of
from custclean.errors import DecisionError, InputError, UndoRefusedError
from custclean.model import FIELDS, Decision, Verdict
from custclean.project.state import State, group_frame, read_state
from custclean.stages.merge import merge
from custclean.stages.review import ReviewSession
from tests.stages.review.plain import WAITS, Plain, Said, Values, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STEPS = 10_000
MEMORY = Path("/dev/shm")  # the log is synced after each decision: a disk would take minutes
NOON = datetime(2026, 1, 1, tzinfo=UTC)
RECORDS = "abcdefg"
LIKELY = {"ab": 0.9, "bc": 0.8, "ac": 0.3, "cd": 0.4, "de": 0.95, "ef": 0.6, "df": 0.7,
          "ag": 0.2, "eg": 0.45}  # fmt: skip
SEEN = ("display_name", "email", "city")  # of the fields below; what is left is our own
FILL = (
    "title given_name middle_name family_name suffix phone mobile fax website street region"
    " postcode country ean customer_type lead_accountant terms notes".split()
)
SCHEMA = dict.fromkeys(FIELDS["customers"], pl.String)
WORDS = st.sampled_from(["same", "different", "unsure", "split"])


def start() -> dict[str, Values]:
    """Give a row a record; each so much fuller than the one before that no merge is a tie."""
    return {
        record: {
            **dict.fromkeys(FIELDS["customers"]),
            "record_id": record,
            "display_name": f"Client {record}",
            "email": f"{record}@example.com",
            "city": "x",
            "balance": "1.00",
            **dict.fromkeys(FILL[: 3 * place], "x"),
        }
        for place, record in enumerate(RECORDS)
    }


class Steps:
    """How many were made."""

    made = 0


class ReviewMachine(RuleBasedStateMachine):
    """A session over a real log, beside a plain model."""

    @initialize(groups=st.booleans())
    def begin(self, groups: bool) -> None:
        where = MEMORY if MEMORY.is_dir() else None
        self.folder = tempfile.TemporaryDirectory(dir=where)
        self.plain = Plain(start())
        self.gone: dict[str, Values] = {}
        self.earlier: list[pl.DataFrame] = []
        self.groups, self.merged = groups, (-1, -1)
        self.log = self.opened("ann")
        self.open_session()

    def opened(self, who: str) -> DecisionLog:
        return DecisionLog(self.folder.name, who=who, clock=lambda: NOON)

    def table(self) -> pl.DataFrame:
        return pl.DataFrame(list(self.plain.rows.values()), schema=SCHEMA)

    def pairs(self) -> pl.DataFrame:
        there = {k: p for k, p in LIKELY.items() if set(k) <= set(self.plain.rows)}
        return pl.DataFrame(
            {
                "left_id": [key[0] for key in there],
                "right_id": [key[1] for key in there],
                "probability": list(there.values()),
            },
            schema={"left_id": pl.String, "right_id": pl.String, "probability": pl.Float64},
        )

    def open_session(self) -> None:
        self.session = ReviewSession(
            self.table(), self.pairs(), self.log, earlier=self.earlier, groups=self.groups
        )
        self.asked = [
            [(edge.left, edge.right) for edge in question.edges]
            for question in self.session.questions
        ]
        given = [tuple(row) for row in self.pairs().select("left_id", "right_id").rows()]
        assert sorted(pair for pairs in self.asked for pair in pairs) == sorted(given)

    # ---- what the log has got since is taken into the model ----

    def take(self, said: Iterable[Decision], saw: bool = True) -> list[Said]:
        first = len(self.plain.lines) + 1
        taken = [
            Said(
                seq=d.seq,
                key=d.key,
                word=d.verdict.value,
                who=d.who,
                step=first,
                saw=self.sight(d) if saw else {},
                about=d.value.get("field", ""),
                undoes=int(d.value.get("undoes", 0)),
                blind="blind" in d.value,
            )
            for d in said
        ]
        assert [line.seq for line in taken] == list(range(first, first + len(taken)))
        self.plain.lines += taken
        return taken

    def sight(self, decision: Decision) -> dict[str, Values]:
        names: tuple[str, ...] = SEEN
        if decision.verdict is Verdict.PICK:
            names = (decision.value["field"],) if "field" in decision.value else SEEN
        if decision.verdict is Verdict.UNDO:
            names = ()
        return {r: {n: self.plain.rows[r][n] for n in names} for r in decision.key
                if r in self.plain.rows}  # fmt: skip

    def fresh(self) -> list[Said]:
        return self.take(self.log.history[len(self.plain.lines) :])

    # ---- deciding ----

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), word=WORDS)
    def decide(self, data: st.DataObject, word: str) -> None:
        place = data.draw(st.integers(0, len(self.asked) - 1))
        note = data.draw(st.sampled_from(["", "why"]))
        judged = self.judged(place)
        again = self.plain.saved([set(self.session.questions[place].records)])
        kept = self.session.decide(word, note, index=place)
        said = self.fresh()
        assert (said[0].seq, kept.note, kept.who) == (kept.seq, note, "ann")
        records = self.session.questions[place].records
        if word == "same":
            self.keeps(said, {}, again, [set(records)])
            self.divides([d for d in said if d.word != "pick"], [set(records)])
        elif word == "different":
            self.divides(said, [{record} for record in records])
        else:
            pairs = [*self.asked[place], *judged]
            assert [(d.key, d.word) for d in said] == [(p, word) for p in pairs]
        self.goes_on(place)

    def judged(self, place: int) -> list[tuple[str, str]]:
        """Name the pairs that ann has judged of a question's records though nobody asked."""
        held = {pair for pair, words in self.plain.words().items()
                if any(line.who == "ann" for line in words)}  # fmt: skip
        records = sorted(self.session.questions[place].records)
        return [p for p in combinations(records, 2) if p in held.difference(self.asked[place])]

    def stands(self, place: int) -> list[set[str]]:
        """Give the clients that a question's records are: one until somebody divides it."""
        records = set(self.session.questions[place].records)
        if self.plain.states(self.asked)[place] not in {"mixed", "different"}:
            return [records]
        clusters = [cluster & records for cluster in self.plain.clusters()]
        alone = records.difference(*clusters)
        return [c for c in clusters if c] + [{record} for record in alone]

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def divide(self, data: st.DataObject) -> None:
        """Arrange, eject, pick, and apply."""
        place = data.draw(st.integers(0, len(self.asked) - 1))
        records = list(self.session.questions[place].records)
        of = data.draw(st.lists(st.integers(0, 2), min_size=len(records),
                                max_size=len(records)))  # fmt: skip
        parts = [{r for r, n in zip(records, of) if n == part} for part in sorted(set(of))]
        self.session.arrange(parts, index=place)
        if data.draw(st.booleans()):
            parts = ejected(parts, records[0])
            self.session.eject(records[0], index=place)
        saved = self.plain.saved(parts)
        picks = {
            asked: record
            for asked, record in self.pick(data, place, parts).items()
            if not (asked in saved and holds(self.plain, saved[asked], record))
        }
        shown = {asked: pick.key[0] for asked, pick in saved.items()} | picks
        assert self.session.card(place).picks == shown
        self.applies(place, parts, picks, saved)
        with pytest.raises(DecisionError, match="nothing was chosen"):
            self.session.apply(index=place)

    def applies(
        self,
        place: int,
        parts: list[set[str]],
        picks: dict[tuple[str, frozenset[str]], str],
        saved: dict[tuple[str, frozenset[str]], Said],
    ) -> None:
        """Apply what the card shows; refused where it says what stands already."""
        stood = self.stands(place)
        if not picks and alike(parts, stood):
            with pytest.raises(DecisionError, match="nothing was chosen"):
                self.session.apply(index=place)
            return
        self.session.apply(index=place)
        said = self.fresh()
        self.divides([d for d in said if d.word != "pick"], parts)
        self.keeps(said, picks, saved, parts)
        self.goes_on(place)

    def keeps(
        self,
        said: list[Said],
        picks: dict[tuple[str, frozenset[str]], str],
        saved: dict[tuple[str, frozenset[str]], Said],
        parts: list[set[str]],
    ) -> None:
        """See that what was picked is kept, and again what has changed since it was."""
        again = {asked: p.key[0] for asked, p in saved.items() if self.plain.changed(p)}
        merged = set[str]().union(*(part for part in parts if len(part) > 1))
        kept = {(d.about, d.key[0]) for d in said if d.word == "pick"}
        told = {**again, **picks}.items()
        assert kept == {(name, record) for (name, _), record in told if record in merged}

    def pick(
        self, data: st.DataObject, place: int, parts: list[set[str]]
    ) -> dict[tuple[str, frozenset[str]], str]:
        records = list(self.session.questions[place].records)
        picks = {}
        for name in data.draw(st.lists(st.sampled_from(["city", ""]), max_size=2)):
            record = data.draw(st.sampled_from(records))
            if name and self.plain.rows[record][name] is None:
                with pytest.raises(InputError, match="nothing to keep"):
                    self.session.pick(name, record, index=place)
                continue
            self.session.pick(name, record, index=place)
            picks[name, frozenset(next(p for p in parts if record in p))] = record
        return picks

    @precondition(lambda self: any(len(pairs) > 2 for pairs in self.asked))
    @rule()
    def split(self) -> None:
        place = next(i for i, q in enumerate(self.session.questions) if q.is_group)
        question = self.session.questions[place]
        assert question.weakest is not None
        apart = set(question.apart)
        assert len({question.weakest.left, question.weakest.right} & apart) == 1
        parts = [{*question.records} - apart, apart]
        self.session.split(index=place)
        self.applies(place, parts, {}, self.plain.saved(parts))

    def divides(self, said: list[Said], parts: list[set[str]]) -> None:
        """See that what was said, by itself, divides the records so."""
        clusters = joined(d.key for d in said if d.word == "same")
        apart = [d.key for d in said if d.word == "different"]
        assert len(clusters) == sum(len(part) > 1 for part in parts)
        assert all(part in clusters for part in parts if len(part) > 1)
        for one, other in combinations(parts, 2):
            assert any(one & set(key) and other & set(key) for key in apart)
        assert {d.word for d in said} <= {"same", "different"}

    def goes_on(self, place: int) -> None:
        """See that an open question is next, the first one after this in its order."""
        waits = [state in WAITS for state in self.plain.states(self.asked)]
        order = [*range(place + 1, len(waits)), *range(place), place]
        assert self.session.position == next((i for i in order if waits[i]), place)

    @rule(pair=st.sampled_from(sorted(LIKELY)), word=WORDS, saw=st.booleans())
    def another_decides(self, pair: str, word: str, saw: bool) -> None:
        seen = None
        if saw and set(pair) <= set(self.plain.rows):
            seen = seen_of(*(self.plain.rows[record] for record in pair))
        with self.opened("bo") as log:
            said = log.decide(pair[0], pair[1], word, seen=seen)
        self.take([said], saw=seen is not None)

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), word=WORDS)
    def another_looks_blindly(self, data: st.DataObject, word: str) -> None:
        place = data.draw(st.integers(0, len(self.asked) - 1))
        with self.opened("bo") as log:
            look = ReviewSession(
                self.table(), self.pairs(), log, groups=self.groups, second=True
            )
            states = [standing.state for standing in look.answers.standing]
            assert states == self.plain.states(self.asked, only="bo")
            look.decide(word, index=place)
        assert all(line.blind for line in self.fresh())

    @rule(record=st.sampled_from(RECORDS), word=st.sampled_from(["set_aside", "keep"]))
    def set_aside(self, record: str, word: str) -> None:
        row = self.plain.rows.get(record)
        seen = {} if row is None else seen_of(row)
        self.take([self.log.append(Decision((record,), Verdict(word), seen))])

    # ---- taking back ----

    @rule()
    def undo(self) -> None:
        asked = {pair for pairs in self.asked for pair in pairs}
        last = self.plain.mine("ann", asked)
        if last is None:
            assert self.session.undo() is None
            return
        self.takes_back(last, self.session.undo)

    @precondition(lambda self: self.plain.lines)
    @rule(data=st.data())
    def undo_an_old_one(self, data: st.DataObject) -> None:
        seq = data.draw(st.integers(1, len(self.plain.lines)))
        line = self.plain.lines[seq - 1]
        if self.plain.counting(line):
            self.takes_back(line, lambda: self.session.undo(seq))
            return
        with pytest.raises(UndoRefusedError):
            self.session.undo(seq)

    @rule()
    def redo(self) -> None:
        last = self.plain.redoable("ann", {pair for pairs in self.asked for pair in pairs})
        if last is None:
            assert self.session.redo() is None
            return
        self.takes_back(last, self.session.redo)

    def takes_back(self, line: Said, act: Callable[[], object]) -> None:
        expected = [each.seq for each in self.plain.counting(line)]
        act()
        assert [d.undoes for d in self.fresh()] == expected

    # ---- time goes on ----

    @rule(groups=st.booleans())
    def reload(self, groups: bool) -> None:
        self.log.close()
        self.log, self.groups = self.opened("ann"), groups
        self.open_session()

    @rule(data=st.data())
    def next_export(self, data: st.DataObject) -> None:
        """Shuffle the rows; one changes, perhaps one vanishes or comes back."""
        self.earlier = [self.table(), *self.earlier]
        rows = {record: dict(row) for record, row in self.plain.rows.items()}
        record = data.draw(st.sampled_from(RECORDS))
        name = data.draw(st.sampled_from([*SEEN, "balance"]))
        held = rows if record in rows else self.gone
        held[record][name] = data.draw(st.sampled_from(["x", "y", None]))
        other = data.draw(st.sampled_from(RECORDS))
        if data.draw(st.booleans()) and other in rows:
            self.gone[other] = rows.pop(other)
        elif other in self.gone:
            rows[other] = self.gone.pop(other)
        order = data.draw(st.permutations(sorted(rows)))
        self.plain.rows = {record: rows[record] for record in order}
        self.open_session()

    # ---- merging ----

    @precondition(lambda self: self.merged != self.moment())
    @rule()
    def merge_and_unmerge(self) -> None:
        self.merged = self.moment()
        state = self.state()
        table = self.table()
        merged = merge(table, group_frame(state, self.plain.rows), picks=state.picks)
        assert merged.conflicts.is_empty()
        cluster_of = dict(merged.crosswalk.select("record_id", "cluster_id").rows())
        assert {part for part in parts_of(cluster_of) if len(part) > 1} == self.clients()
        for one, other in self.plain.apart():
            there = {one, other} <= set(cluster_of)
            assert not there or cluster_of[one] != cluster_of[other]
        back = pl.concat(
            merged.unmerge(cluster) for cluster in sorted(set(cluster_of.values()))
        )
        assert back.sort("record_id").equals(table.sort("record_id"))

    def moment(self) -> tuple[int, int]:
        return len(self.plain.lines), len(self.earlier)

    def state(self) -> State:
        rows = {row["record_id"]: row for row in self.plain.rows.values()}
        disputed = disputed_of(self.log.history)
        return read_state(self.log.current, rows, disputed)  # type: ignore[arg-type]

    def clients(self) -> set[frozenset[str]]:
        """Give the groups that may be merged: who is in them and not set aside.

        A group waits while it contradicts itself, while two of it may be two clients, or
        while a pick in it has to be made again.
        """
        apart, aside = self.plain.apart(), self.plain.aside()
        doubted = self.plain.doubted()
        found = {
            frozenset(cluster & set(self.plain.rows) - aside)
            for cluster in self.plain.clusters()
            if not any(a in cluster and b in cluster for a, b in apart)
            and not any(pair <= cluster for pair in doubted)
            and not self.plain.waits_for_a_pick(cluster)
        }
        return {cluster for cluster in found if len(cluster) > 1}

    # ---- after every step ----

    @invariant()
    def the_session_says_what_the_lists_say(self) -> None:
        Steps.made += 1
        states = self.plain.states(self.asked)
        waits = tuple(state in WAITS for state in states)
        assert self.session.waiting == waits
        assert [one.state for one in self.session.answers.standing] == states
        assert self.session.counts == {
            "decided": waits.count(False),
            "left": waits.count(True),
            "same": states.count("same"),
            "different": sum(states.count(s) for s in ("different", "mixed", "aside")),
            "unsure": states.count("unsure"),
        }
        assert [(d.key, d.verdict.value) for d in self.log.history] == [
            (d.key, d.word) for d in self.plain.lines
        ]

    def teardown(self) -> None:
        if not hasattr(self, "log"):
            return
        try:
            if self.in_step():  # else something was found already
                self.nothing_stands_once_all_is_taken_back()
        finally:
            self.log.close()
            self.folder.cleanup()

    def in_step(self) -> bool:
        return len(self.log.history) == len(self.plain.lines)

    def nothing_stands_once_all_is_taken_back(self) -> None:
        while (line := next(iter(reversed(self.plain.standing())), None)) is not None:
            self.takes_back(line, partial(self.session.undo, line.seq))
        assert self.log.current == ()
        assert all(self.session.waiting)
        table = self.table()
        merged = merge(table, group_frame(self.state(), self.plain.rows))
        assert merged.golden.write_csv() == table.write_csv()


def parts_of(cluster_of: dict[str, str]) -> set[frozenset[str]]:
    """Give the clusters of a crosswalk."""
    clusters = set(cluster_of.values())
    return {frozenset(r for r, its in cluster_of.items() if its == c) for c in clusters}


def alike(some: list[set[str]], others: list[set[str]]) -> bool:
    return sorted(map(sorted, some)) == sorted(map(sorted, others))


def holds(plain: Plain, pick: Said, record: str) -> bool:
    """Tell whether just this was picked before and is what it was."""
    return pick.key == (record,) and not plain.changed(pick)


def ejected(parts: list[set[str]], record: str) -> list[set[str]]:
    """Take a record out of its part; one that is alone goes to the first other part."""
    own = next(part for part in parts if record in part)
    rest = sorted((part for part in parts if part is not own), key=min)
    if len(own) > 1:
        return [*rest, own - {record}, {record}]
    return [rest[0] | {record}, *rest[1:]] if rest else parts


@pytest.mark.slow
def test_ten_thousand_steps_and_no_difference() -> None:
    Steps.made = 0
    while Steps.made < STEPS:
        run_state_machine_as_test(
            ReviewMachine,
            settings=settings(
                max_examples=50,
                stateful_step_count=50,
                derandomize=False,  # else each round would be the same
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


# ---- differences that were found once, the smallest example of each -------------------------


@pytest.fixture
def machine() -> Iterator[ReviewMachine]:
    found = ReviewMachine()
    found.begin(groups=False)
    yield found
    found.log.close()
    found.folder.cleanup()


def test_two_redos_give_back_what_two_undos_took(machine: ReviewMachine) -> None:
    session = machine.session
    session.decide("same", index=0)
    session.decide("same", index=1)
    session.undo()
    session.undo()
    session.redo()
    session.redo()
    assert [d.verdict for d in machine.log.current] == [Verdict.SAME] * 2


def test_what_two_people_dispute_is_not_merged(machine: ReviewMachine) -> None:
    machine.session.decide("different", index=0)
    with machine.opened("bo") as log:
        look = ReviewSession(machine.table(), machine.pairs(), log, groups=False, second=True)
        look.decide("same", index=0)
    assert machine.session.waiting[0]
    assert machine.session.answers.standing[0].state == "disputed"
    assert machine.state().groups == {}


def test_a_changed_record_is_not_merged_by_way_of_one_that_vanished(
    machine: ReviewMachine,
) -> None:
    session = machine.session
    for place, pair in enumerate(machine.asked):
        if pair in ([("a", "b")], [("b", "c")]):
            session.decide("same", index=place)
    machine.plain.rows["a"]["email"] = "new@example.com"
    del machine.plain.rows["b"]
    machine.open_session()
    a_and_c = machine.asked.index([("a", "c")])
    assert machine.session.answers.standing[a_and_c].state == "open"
    state = machine.state()
    assert state.groups.get("a", "a") != state.groups.get("c", "c")


def test_who_is_set_aside_is_in_no_client_of_others(machine: ReviewMachine) -> None:
    for word, pair in (("same", "ab"), ("same", "bc")):
        machine.log.decide(pair[0], pair[1], word)
    machine.log.append(Decision(("a",), Verdict.SET_ASIDE))
    groups = group_frame(machine.state(), machine.plain.rows)
    merged = merge(machine.table(), groups)
    assert sorted(merged.unmerge(groups["cluster_id"][0])["record_id"]) == ["b", "c"]

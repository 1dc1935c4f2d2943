"""The set-aside desk without a screen: who is no customer, by group, one by one or in bulk."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.decisions import changed_since, seen_of
from custclean.decisions.standing import standing_of, step_of
from custclean.errors import DecisionError, InputError, LogMovedError
from custclean.folding import plain
from custclean.frames import to_polars
from custclean.model import Decision, Verdict
from custclean.stages.set_aside_rows import (
    ASKED,
    CUSTOMER,
    JOINED,
    UNSURE,
    VIEWS,
    WAITING,
    Choice,
    DeskRow,
    Effect,
    Group,
    column_of,
    rows_of,
    why_out,
)
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from custclean.decisions import DecisionLog

__all__ = ["SetAsideSession"]

VERDICTS = (Verdict.SET_ASIDE, Verdict.KEEP)


class SetAsideSession:
    """The records of a list that may be no customers, over a decision log.

    `table`: the raw canonical table: clients, or the contacts of a mail program.
    `classes`: record_id, class, score, reasons, vetoes, as `screen` gives them. Who was
    decided before and looks the same still is not asked again. Every decision is on disk
    when a method returns; nothing is kept only here. Several programs may hold the log.

    `today` tells decisions by the ids that their records have now. `refuse` raises before a
    step is taken back that cannot be.
    """

    def __init__(
        self,
        table: object,
        classes: object,
        log: DecisionLog,
        *,
        today: Callable[[Iterable[Decision]], Sequence[Decision]] = tuple,
        refuse: Callable[[Sequence[Decision]], None] | None = None,
    ) -> None:
        self._table = to_polars(table)
        self._rows = rows_of(self._table, to_polars(classes))
        self._log, self._today, self._refuse = log, today, refuse
        self._lock = threading.RLock()  # JupyterLab answers widgets in threads of their own
        self._place = {record: i for i, record in enumerate(self._rows["record_id"])}
        self._known = -1  # entries of the log that we have looked at
        self._said: dict[str, Decision] = {}
        self._changed: dict[int, tuple[str, ...]] = {}  # by the decision's number
        self._looked = self._rows  # the same with `state`
        self._catch_up()

    def __len__(self) -> int:
        """Count the records that are decided, or that the screen takes for no customers."""
        return sum(n for state, n in self.counts.items() if state != CUSTOMER)

    def __repr__(self) -> str:
        counts = self.counts
        decided = counts["set_aside"] + counts["keep"]
        waiting = counts["waits"] + counts["again"]
        return f"SetAsideSession({len(self)} records, {waiting} wait, {decided} decided)"

    def _repr_html_(self) -> str:
        counts = self.counts
        return html.facts(
            [
                (tr("wait for a decision"), counts["waits"] + counts["again"]),
                (tr("set aside"), counts["set_aside"]),
                (tr("kept as customers"), counts["keep"]),
                (tr("held back"), counts["held"]),
                (tr("unsure"), counts["unsure"]),
            ]
        )

    @property
    def log(self) -> DecisionLog:
        """Where the decisions go."""
        return self._log

    @property
    def counts(self) -> dict[str, int]:
        """How many records are in each state; together they are the whole table."""
        found = Counter(self._now()["state"])
        return {state: found[state] for state in VIEWS["all"]}

    def groups(self, choice: Choice = WAITING) -> tuple[Group, ...]:
        """Give the groups of what is looked at: those with most to decide first."""
        column = column_of(choice)
        # a domain of strangers stays one of strangers in every view
        mixed = pl.col("shared").any() if column == "domain" else pl.lit(value=False)
        state = pl.col("state")
        counted = (
            self._in_view(choice)
            .group_by(pl.col(column).alias("key"))
            .agg(
                records=pl.len(),
                waiting=state.is_in(ASKED).sum(),
                held=state.is_in(["held"]).sum(),
                mixed=mixed.any(),
            )
            .sort("waiting", "records", "key", descending=[True, True, False])
        )
        return tuple(Group(**row) for row in counted.iter_rows(named=True))

    def records(self, choice: Choice = WAITING) -> tuple[str, ...]:
        """Name the records that are looked at: surest first, those held back last."""
        return tuple(self._in_group(choice)["record_id"])

    def row(self, record_id: str) -> DeskRow:
        """Give one record with all that a person needs to decide."""
        frame = self._now()
        row = frame.row(self._at(record_id), named=True)
        said = self._said.get(record_id)
        return DeskRow(
            **{name: row[name] for name in
               "record_id name company email phone score domain shared state".split()},
            kind=row["class"],
            reasons=_parts(row["reasons"]),
            held=_parts(row["held"]),
            who=said.who if said else "",
            when=said.when if said else "",
            note=said.note if said else "",
            changed=self._changes(said) if said else (),
        )  # fmt: skip

    def decide(
        self, record_ids: Iterable[str] | str, verdict: Verdict | str, note: str = ""
    ) -> tuple[Decision, ...]:
        """Save what a person says about these records, as one step: all of it or nothing.

        A record that is held back may be set aside so, by name. Returns once it is on disk;
        refused, like an undo, once the opposite was carried out in the target system.
        """
        wanted = [record_ids] if isinstance(record_ids, str) else list(record_ids)
        return self._keep(wanted, _verdict(verdict), note)

    def effect(self, choice: Choice, verdict: Verdict | str) -> Effect:
        """Say what the verdict would take in of all that is looked at, and what stays out."""
        word = _verdict(verdict)
        with self._lock:
            frame, after = self._in_group(choice), self._known
        takes, out = [], []
        for row in frame.iter_rows(named=True):
            if row["state"] in {"set_aside", "keep", CUSTOMER}:
                continue  # decided already, or nobody proposes it
            why = why_out(row, by_domain=choice.by == "domain")
            if why and word is Verdict.SET_ASIDE:
                out.append((row["record_id"], why))
            else:
                takes.append(row["record_id"])
        return Effect(word, tuple(takes), tuple(out), after)

    def decide_all(self, effect: Effect, note: str = "") -> tuple[Decision, ...]:
        """Save a bulk decision as it was shown, as one step.

        Refused where one of its records was decided meanwhile, here or in another notebook.
        """
        return self._keep(effect.takes, effect.verdict, note, shown=effect)

    def undo(self) -> tuple[Decision, ...]:
        """Take back this person's last step on records of this table, the whole of it.

        Returns what was taken back; nothing where there is nothing left to take back.
        Refused once a part of it was done in the target system.
        """
        with self._lock:
            history = self._log.history
            ours = reversed(self._ours(history))
            last = next((d for d in ours if d.who == self._log.who), None)
            if last is None:
                return ()
            step = step_of(last, self._today(standing_of(history)))
            if self._refuse is not None:
                self._refuse(step)
            self._log.undo_step(last.seq)
            return step

    def _keep(
        self, records: Iterable[str], verdict: Verdict, note: str, shown: Effect | None = None
    ) -> tuple[Decision, ...]:
        wanted = list(dict.fromkeys(records))
        with self._lock:
            kinds = self._rows["class"]
            decisions = [
                Decision(
                    (record,),
                    verdict,
                    seen_of(self._raw(record)),
                    {"class": kinds[self._at(record)]} if verdict is VERDICTS[0] else {},
                    note,
                )
                for record in wanted
            ]
            if not decisions:
                return ()
            if shown is None:
                return self._log.append_step(decisions)
            while True:
                self._catch_up()
                self._refuse_if_decided_since(shown)
                try:
                    return self._log.append_step(decisions, after=self._known)
                except LogMovedError:  # somebody decided at this very moment: look again
                    continue

    def _refuse_if_decided_since(self, shown: Effect) -> None:
        """Let no bulk overrule what somebody said after it was shown."""
        late = [
            record
            for record in shown.takes
            if (said := self._said.get(record)) is not None and said.seq > shown.after
        ]
        if late:
            msg = tr("one of these was decided meanwhile; look again")
            raise DecisionError(msg, value=late[0])

    def _at(self, record_id: str) -> int:
        if record_id not in self._place:
            raise InputError(tr("no such record"), value=record_id)
        return self._place[record_id]

    def _raw(self, record_id: str) -> dict[str, str | None]:
        place: int = self._rows["place"][self._at(record_id)]
        return self._table.row(place, named=True)

    def _ours(self, history: Sequence[Decision]) -> list[Decision]:
        """Give what stands of all that was said about records of this table."""
        words = [d for d in standing_of(history) if d.verdict in VERDICTS]
        return [d for d in self._today(words) if d.key[0] in self._place]

    def _now(self) -> pl.DataFrame:
        with self._lock:
            self._catch_up()
            return self._looked

    def _catch_up(self) -> None:
        """Look at what the log has got since, from here or from another notebook."""
        history = self._log.history
        if len(history) == self._known:
            return
        self._known = len(history)
        self._said = {d.key[0]: d for d in self._ours(history)}  # the last word counts
        states = self._rows.select("record_id", "class", "held").iter_rows()
        named = pl.Series([self._state(*row) for row in states], dtype=pl.String)
        self._looked = self._rows.with_columns(state=named)

    def _state(self, record_id: str, kind: str, held: str) -> str:
        said = self._said.get(record_id)
        if said is not None:
            return "again" if self._changes(said) else said.verdict.value
        if kind in {CUSTOMER, UNSURE}:
            return kind
        return "held" if held else "waits"

    def _changes(self, decision: Decision) -> tuple[str, ...]:
        if decision.seq not in self._changed:
            rows = {decision.key[0]: self._raw(decision.key[0])}
            self._changed[decision.seq] = changed_since(decision, rows)
        return self._changed[decision.seq]

    def _in_view(self, choice: Choice) -> pl.DataFrame:
        if choice.view not in VIEWS:
            known = ", ".join(VIEWS)
            raise InputError(tr("no such view"), value=choice.view, expected=known)
        frame = self._now().filter(pl.col("state").is_in(VIEWS[choice.view]))
        words = pl.select(plain(pl.lit(choice.search.strip()))).item().split()
        for word in words:
            frame = frame.filter(pl.col("text").str.contains(word, literal=True))
        return frame

    def _in_group(self, choice: Choice) -> pl.DataFrame:
        frame, column = self._in_view(choice), column_of(choice)
        return frame if choice.group is None else frame.filter(pl.col(column) == choice.group)


def _verdict(verdict: Verdict | str) -> Verdict:
    if verdict not in VERDICTS:
        expected = ", ".join(VERDICTS)
        raise InputError(tr("this is no verdict"), value=verdict, expected=expected)
    return Verdict(verdict)


def _parts(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined.split(JOINED)))

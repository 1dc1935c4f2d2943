"""Record what a person would decide on a sample: `decisions.jsonl`, answered from the truth.

Plays the job as far as a person is asked, answers every question by `truth/`, and writes
the answers down with a fixed name and time. Unlike `make.py` this runs custclean itself:
it must be run again when other pairs are asked about. `python data/samples/record.py`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from custclean.decisions import seen_of
from custclean.decisions.lines import write_jsonl
from custclean.demo import INPUTS, OWN_DOMAINS, play
from custclean.model import Decision, Verdict
from custclean.practice import OnlineAccountant
from custclean.project import Project, Run
from custclean.text.plan import on_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
WHO = "sample reviewer"
BEGAN = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
UNSURE = 2  # so many unlikely pairs are left open, as a person would
BY_HAND_EVERY = 8  # so many of the asked numbers are left to be found out
TURNS = 8


class Reviewer:
    """Answers what a run asks, from the truth."""

    def __init__(self, sample: Path) -> None:
        self._clients = self._read(sample, "clients")
        self._register = self._read(sample, "register")
        self._fresh = iter(range(90_001, 99_999))
        self._unsure: set[tuple[str, str]] = set()
        self._asked = 0

    @staticmethod
    def _read(sample: Path, name: str) -> dict[str, dict[str, str | None]]:
        frame = pl.read_csv(sample / "truth" / f"{name}.csv", infer_schema=False)
        return {str(row["line"]): row for row in frame.iter_rows(named=True)}

    def learn(self, run: Run) -> None:
        """Know the rows by record id; ids stay the same from download to download."""
        table = run.evidence.clients.table
        if not hasattr(self, "_entity"):
            lines = table.select("record_id", "source_row").rows()
            self._entity = {r: self._clients[str(line)]["entity"] for r, line in lines}
            self._class = {r: self._clients[str(line)]["class"] for r, line in lines}
            register = run.inbox.reference("register")
            lines = register.table.select("record_id", "source_row").rows()
            self._entity |= {r: self._register[str(line)]["entity"] for r, line in lines}
        self._rows = {row["record_id"]: row for row in table.iter_rows(named=True)}
        self._rows |= {
            row["record_id"]: row
            for row in run.inbox.reference("register").table.iter_rows(named=True)
        }

    def answers(self, run: Run) -> list[Decision]:
        """Answer everything that this run asks."""
        self.learn(run)
        return [
            *self._pairs(run),
            *self._proposals(run),
            *self._survivors(run),
            *self._links(run),
        ]

    def _same(self, left: str, right: str) -> bool:
        return bool(self._entity[left]) and self._entity[left] == self._entity[right]

    def _about(self, left: str, right: str, verdict: Verdict) -> Decision:
        left, right = sorted((left, right))
        return Decision((left, right), verdict, seen_of(self._rows[left], self._rows[right]))

    def _pairs(self, run: Run) -> Iterator[Decision]:
        asked = run.queue.select("left_id", "right_id", "probability").sort(pl.all())
        for left, right, chance in asked.rows():
            if (left, right) in self._unsure:
                continue
            # one of them is no customer and goes: at the end nothing is left open
            goes = "non_customer" in (self._class[left], self._class[right])
            doubtful = chance < 0.5 and not self._same(left, right) and goes
            if len(self._unsure) < UNSURE and doubtful:
                self._unsure.add((left, right))
                yield self._about(left, right, Verdict.UNSURE)
                continue
            same = self._same(left, right)
            yield self._about(left, right, Verdict.SAME if same else Verdict.DIFFERENT)

    def _proposals(self, run: Run) -> Iterator[Decision]:
        for record, kind in run.proposed.select("record_id", "class").sort(pl.all()).rows():
            wrong = self._class[record] == "non_customer"
            yield Decision(
                (record,),
                Verdict.SET_ASIDE if wrong else Verdict.KEEP,
                seen_of(self._rows[record]),
                {"class": kind} if wrong else {},
            )

    def _survivors(self, run: Run) -> Iterator[Decision]:
        """Look it up: who is on a plan stays, else the first line of the list."""
        for row in run.merged.conflicts.iter_rows(named=True):
            if row["reason"] in ("survivor_tie", "subscription_unknown"):
                kept = min(row["records"], key=self._standing)
                yield Decision((kept,), Verdict.PICK, note=row["reason"])

    def _standing(self, record: str) -> tuple[bool, int]:
        row = self._rows[record]
        return not on_plan(row["subscription"]), int(row["source_row"])

    def _links(self, run: Run) -> Iterator[Decision]:
        unsure = run.balance.fates.filter(pl.col("reason") == "register_unsure")
        if run.links is None or unsure.is_empty():
            return
        asked = set(unsure["record_id"])
        order = [
            "weight",
            "left_id",
            "right_id",
        ]  # likeliest first, as one goes through a list
        pairs = run.links.to_review().sort(order, descending=[True, False, False])
        for left, right in pairs.select("left_id", "right_id").rows():
            if left in asked:
                verdict = Verdict.LINK if self._same(left, right) else Verdict.DIFFERENT
                yield self._about(left, right, verdict)

    def numbers(self, run: Run) -> list[Decision]:
        """Answer which number: the first of two holders keeps it, others get a new one."""
        self.learn(run)
        asked = [left for left in run.numbered.left_out if left.reason == "asked"]
        kept: set[str] = set()
        found = []
        for left in sorted(
            asked, key=lambda each: int(self._rows[each.record_id]["source_row"])
        ):
            shown = (self._rows[left.record_id]["customer_number"] or "").strip()
            self._asked += 1
            if left.detail == "held_by_other" and shown and shown not in kept:
                kept.add(shown)
                number = shown
            elif self._asked % BY_HAND_EVERY == 0:
                note = "the number has to be found out"
                found.append(Decision((left.record_id,), Verdict.BY_HAND, note=note))
                continue
            else:
                number = str(next(self._fresh))
            value = {"number": number, "source": "decided"}
            found.append(Decision((left.record_id,), Verdict.NUMBER, value=value))
        return found


def record(name: str) -> int:
    sample = HERE / name
    reviewer = Reviewer(sample)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "project"
        with Project.init(folder, region="DK", own_domains=OWN_DOMAINS, who=WHO) as project:
            for each in INPUTS:
                shutil.copyfile(sample / each, folder / "inbox" / each)
            said = _ask(project, reviewer.answers)
            first = folder / "inbox" / "client_list.csv"
            firm = OnlineAccountant.from_download(first, hidden=sample / "hidden.json")
            firm.do(folder / "out" / "work")
            firm.download(folder / "inbox" / "client_list (2).csv")
            said += _ask(project, reviewer.answers)
            said += _ask(project, reviewer.numbers)
            said += _ask(project, reviewer.answers)
    _write(sample, said)
    while new := _left_at_the_end(name, reviewer, said):
        said += new
        _write(sample, said)
    return len(said)


def _left_at_the_end(name: str, reviewer: Reviewer, said: list[Decision]) -> list[Decision]:
    """Play the whole demo with what was said: later downloads may ask about more pairs."""
    with tempfile.TemporaryDirectory() as place:
        run = play(Path(place) / "demo", lambda _: None, sample=name)
        known = {(each.key, each.verdict) for each in said}
        return [
            each for each in reviewer.answers(run) if (each.key, each.verdict) not in known
        ]


def _write(sample: Path, said: list[Decision]) -> None:
    times = (BEGAN + timedelta(seconds=7 * n) for n in range(len(said)))
    dated = [
        replace(each, who=WHO, when=time.isoformat(timespec="milliseconds"))
        for each, time in zip(said, times)
    ]
    write_jsonl(sample / "decisions.jsonl", dated)
    (sample / "decisions.jsonl").chmod(0o644)


def _ask(project: Project, answer) -> list[Decision]:
    """Run and answer until nothing new is asked."""
    said: list[Decision] = []
    for _ in range(TURNS):
        new = answer(project.run())
        new = [
            each
            for each in new
            if (each.key, each.verdict) not in {(d.key, d.verdict) for d in said}
        ]
        if not new:
            return said
        project.decisions.append_all(new)
        said += new
    return said


if __name__ == "__main__":
    for name in sys.argv[1:] or ["small", "main"]:
        print(name, record(name))

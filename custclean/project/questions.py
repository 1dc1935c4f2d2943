"""Questions to the lead accountants, and their answers: what a project asks and enters."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError, LogMovedError
from custclean.labels import labels
from custclean.project.states import facts_of
from custclean.stages.merge import merge
from custclean.stages.question_answers import read_answers, rows_by_id
from custclean.stages.question_sheet import FILES, Question, question_sheets
from custclean.stages.question_weigh import weighed
from custclean.stages.review.card import reason_of
from custclean.stages.review.compare import OF_THE_RECORD
from custclean.stages.review.records import Records
from custclean.tables.writing import write_atomic
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from custclean.decisions import DecisionLog
    from custclean.model import Decision
    from custclean.project.aliases import Aliases
    from custclean.project.run import Run
    from custclean.settings import Settings
    from custclean.stages.question_answers import Answers

__all__ = ["enter", "questions_of", "write_questions"]

_SAYS_NOTHING = OF_THE_RECORD | {"balance"}  # about who somebody is


def questions_of(run: Run, settings: Settings) -> tuple[Question, ...]:
    """Give what waits for a person, each question with who knows the clients best.

    A pair is asked once, of the lead accountant of the client that would survive a merge.
    """
    pairs = list(run.queue.select("left_id", "right_id").iter_rows())
    records = run.proposed.select("record_id", "reasons").rows()
    wanted = {*(record for pair in pairs for record in pair), *(one for one, _ in records)}
    table = run.evidence.clients.table.filter(pl.col("record_id").is_in(list(wanted)))
    compare = _Compare(table, settings)
    asked = [compare.question(*sorted(pair)) for pair in pairs]
    rows = compare.rows
    asked += [
        Question((rows[one],), reasons, _accountant(rows[one])) for one, reasons in records
    ]
    return tuple(asked)


def _accountant(row: Mapping[str, str | None]) -> str:
    return " ".join((row.get("lead_accountant") or "").split())


class _Compare:
    """Two records of a table side by side, as a question."""

    def __init__(self, table: pl.DataFrame, settings: Settings) -> None:
        self.rows = Records(table)
        self._merge = settings.merge

    def question(self, left: str, right: str) -> Question:
        """Ask whether the two are one client."""
        fields = [name for name in labels() if name not in _SAYS_NOTHING]
        marks = {name: self.rows.mark(left, right, name) for name in fields}
        rows = self.rows[left], self.rows[right]
        return Question(rows, reason_of(marks), self._whom(left, right), marks)

    def _whom(self, left: str, right: str) -> str:
        """Ask one person only: whose client would stay; else whoever there is."""
        first, second = _accountant(self.rows[left]), _accountant(self.rows[right])
        if first.casefold() == second.casefold() or not (first and second):
            return first or second
        return second if self._survivor(left, right) == right else first

    def _survivor(self, left: str, right: str) -> str:
        groups = pl.DataFrame({"record_id": [left, right], "cluster_id": [left, left]})
        both = self.rows.table[sorted((self.rows.place(left), self.rows.place(right)))]
        crosswalk = merge(
            both,
            groups,
            rules={"survivor": self._merge.survivor},
            sources=self._merge.sources,
            transactions={},  # of two alone they are not looked up
        ).crosswalk
        return str(crosswalk.filter(pl.col("record_id") == left)["survivor_id"][0])


def write_questions(
    questions: Iterable[Question], folder: Path, log: DecisionLog, aliases: Aliases
) -> tuple[Path, ...]:
    """Write a workbook a person in place of those written before.

    Where one of these holds something that is not in the log, nothing is written.
    """
    older = [path for path in sorted(folder.glob(FILES)) if path.is_file()]
    for path in older:
        _refuse_to_lose(path, log, aliases)
    books = question_sheets(questions)
    for path in older:
        if path.name not in books:
            path.unlink()
    return tuple(write_atomic(folder / name, data) for name, data in books.items())


def _refuse_to_lose(path: Path, log: DecisionLog, aliases: Aliases) -> None:
    """Stop before a file with answers is written over that are in no decision."""
    try:
        found = read_answers(path, today=aliases.today)
    except InputError as error:
        msg = tr("a file here is no question sheet any more: {why}", why=error.message)
        raise InputError(msg, file=path, expected=tr("move it elsewhere")) from None
    entered = {_said(each) for each in aliases.today(log.history)}
    new = [each for each in found.decisions if _said(each) not in entered]
    if new or found.refused.height or (found.unanswered["note"] != "").any():
        raise InputError(
            tr("this sheet has answers or notes that are not in the decisions"),
            file=path,
            expected=tr("read it (custclean answers), or move it elsewhere"),
        )


def _said(decision: Decision) -> tuple[object, ...]:
    """Give what was said, whoever said it: the name may have been given when it was read."""
    seen = tuple(sorted(decision.seen.items()))
    return decision.key, decision.verdict, decision.note, seen


def enter(
    path: Path,
    log: DecisionLog,
    run: Run,
    *,
    who: str | None = None,
    overrule: bool = False,
) -> Answers:
    """Enter the answers of one file as one step; gives them as they stand in the log.

    They are held against what was said under the ids of today and earlier ones, and against
    what the downloads show to be done.
    """
    table = run.evidence.clients.table
    found = read_answers(path, table=table, who=who, today=run.aliases.today)
    nameless = [each for each in found.decisions if not each.who]
    if nameless:
        raise InputError(
            tr("nobody is named as who answered"),
            file=path,
            expected=tr("a name on the first page, or who="),
        )
    rows = rows_by_id(table)
    while True:
        history = log.history
        told = [*run.aliases.today(history), *facts_of(history, run.orders.shown)]
        new = weighed(found, told, rows, overrule=overrule)
        if not new.decisions:
            return new
        with suppress(LogMovedError):  # somebody decided meanwhile: hold against that too
            entered = log.append_step(_signed(new.decisions, log.who), after=len(history))
            return replace(new, decisions=entered)


def _signed(decisions: Iterable[Decision], by: str) -> list[Decision]:
    """Say who entered it where that is not who answered."""
    return [
        replace(each, value={**each.value, "entered_by": by}) if by != each.who else each
        for each in decisions
    ]

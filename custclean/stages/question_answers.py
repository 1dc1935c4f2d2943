"""Question sheets that came back: every question of a file ends in exactly one list."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003  # dataclass fields, at run time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.decisions import changed_since
from custclean.errors import InputError
from custclean.frames import to_polars
from custclean.labels import label
from custclean.model import Decision, Verdict
from custclean.stages.question_book import ANSWER, HEADING, NAME, NOTE, WHO
from custclean.stages.question_token import Token
from custclean.stages.question_words import PAIR, offered, understood
from custclean.tables.workbook.filled import read_filled
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from custclean.tables.workbook.filled import FilledSheet

__all__ = ["Answers", "read_answers", "rows_by_id"]

OPEN = "sheet row left_id right_id note".split()
REFUSED = "sheet row left_id right_id value note reason detail".split()
AGAINST = "left_id right_id who_1 verdict_1 note_1 when_1 who_2 verdict_2 note_2".split()
_PLAIN = ("sheet", "reason", "detail", "who_1", "verdict_1", "when_1", "who_2", "verdict_2")


def _empty(names: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(schema={n: pl.Int64 if n == "row" else pl.String for n in names})


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back in one file; each of its `questions` stands in exactly one list.

    `decisions` are the answers, to be entered or entered; `known` those that the log had
    already. `disagreements` contradict what stands there: left_id, right_id, who_1 and what
    that person said, who_2 and what this sheet says. `unanswered` and `refused` name sheet
    and row; `reason` is a code (unknown_word, two_answers, damaged, no_question, gone,
    changed, taken_back, done), `detail` says it in words.
    """

    file: str
    questions: int
    decisions: tuple[Decision, ...] = ()
    known: tuple[Decision, ...] = ()
    disagreements: pl.DataFrame = field(default_factory=lambda: _empty(AGAINST))
    unanswered: pl.DataFrame = field(default_factory=lambda: _empty(OPEN))
    refused: pl.DataFrame = field(default_factory=lambda: _empty(REFUSED))

    def __post_init__(self) -> None:
        # nothing that somebody has filled in may get lost
        assert sum(self.counts.values()) == self.questions  # noqa: S101

    @property
    def counts(self) -> dict[str, int]:
        """Give how many questions are in which list; together they are all there are."""
        return {
            "decisions": len(self.decisions),
            "known": len(self.known),
            "disagreements": self.disagreements.height,
            "unanswered": self.unanswered.height,
            "refused": self.refused.height,
        }

    def __repr__(self) -> str:
        counts = self.counts
        return (
            f"Answers({self.questions} questions: {counts['decisions']} decisions,"
            f" {counts['known']} known, {counts['disagreements']} disagreements,"
            f" {counts['unanswered']} unanswered, {counts['refused']} refused)"
        )

    def _repr_html_(self) -> str:
        counts = self.counts
        told = html.facts(
            [
                (tr("questions"), self.questions),
                (tr("decisions"), counts["decisions"]),
                (tr("known already"), counts["known"]),
                (tr("disagreements"), counts["disagreements"]),
                (tr("unanswered"), counts["unanswered"]),
                (tr("refused"), counts["refused"]),
            ]
        )
        noted = self.unanswered.filter(pl.col("note") != "")
        lists = (
            (self.refused, tr("refused")),
            (self.disagreements, tr("disagreements")),
            (noted, tr("unanswered, with a note")),
        )
        drawn = (
            html.table(rows, title=said, plain=_PLAIN) for rows, said in lists if len(rows)
        )
        return html.framed(told) + "".join(drawn)


def read_answers(
    path: Path | str,
    *,
    table: object | None = None,
    who: str | None = None,
    today: Callable[[Iterable[Decision]], Sequence[Decision]] = tuple,
) -> Answers:
    """Read a question sheet that came back as decisions with the name of who answered.

    Words count in all languages and in any case, also y and n. `table` is the newest raw
    table: a record that it lacks, or of which something that was shown has changed since,
    is refused. `who` answered if not the person whose name the sheet holds. `today` gives
    decisions with the ids that their records have in `table`.
    """
    sheets = read_filled(path)
    if not any(_headings(each) for each in sheets):
        raise InputError(
            tr("this is no question sheet"),
            file=path,
            expected=tr("a file that custclean questions has written"),
        )
    rows = None if table is None else rows_by_id(table)
    reader = _Reader(Path(path).name, who or _name(sheets), rows, today)
    return reader.all(list(_lines_of(sheets, path)))


def rows_by_id(table: object) -> dict[str, Mapping[str, str | None]]:
    """Give the rows of a raw table by their record ids."""
    frame = to_polars(table)
    return {str(row["record_id"]): row for row in frame.iter_rows(named=True)}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a sheet: the texts of its key, its answer and its note."""

    sheet: str
    row: int
    key: str
    answer: str
    note: str

    @property
    def is_blank(self) -> bool:
        """Say whether nothing is asked or typed here."""
        return not (self.key or self.answer or self.note)


@dataclass(frozen=True, slots=True)
class _Told:
    """A question with all that was typed to it: two rows of a pair, or of copies."""

    first: _Line
    token: Token
    answers: tuple[str, ...]
    note: str

    @property
    def place(self) -> dict[str, object]:
        """Name sheet, row, ids and note, as the lists do."""
        right = self.token.key[1] if len(self.token.key) == 2 else None
        return {
            "sheet": self.first.sheet,
            "row": self.first.row,
            "left_id": self.token.key[0],
            "right_id": right,
            "note": self.note,
        }


def _headings(sheet: FilledSheet) -> dict[str, int]:
    """Find the columns by what stands in the hidden first row."""
    for record in sheet.rows:
        if HEADING in record.cells:
            return {name: place for place, name in enumerate(record.cells) if name}
    return {}


def _lines_of(sheets: Sequence[FilledSheet], path: Path | str) -> Iterator[_Line]:
    for sheet in sheets:
        places = _headings(sheet)
        if not places and sheet.rows:  # somebody's own: its first row stands for it
            yield _Line(sheet.name, sheet.rows[0].line, "", " ".join(sheet.rows[0].cells), "")
        elif {ANSWER, NOTE} <= places.keys():
            yield from _questions(sheet, [places[name] for name in (HEADING, ANSWER, NOTE)])
        elif NAME not in places:
            msg = tr("the hidden first row of a sheet is gone")
            raise InputError(msg, file=path, value=sheet.name)


def _questions(sheet: FilledSheet, columns: Sequence[int]) -> Iterator[_Line]:
    for record in sheet.rows:
        line = _Line(
            sheet.name, record.line, *(record.cells[place].strip() for place in columns)
        )
        if line.key != HEADING and not line.is_blank:
            yield line


def _name(sheets: Sequence[FilledSheet]) -> str:
    """Give the name that the first page holds."""
    for sheet in sheets:
        places = _headings(sheet)
        for record in sheet.rows if NAME in places else ():
            if record.cells[places[HEADING]] == WHO:
                return " ".join(record.cells[places[NAME]].split())
    return ""


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    who: str
    rows: Mapping[str, Mapping[str, str | None]] | None
    today: Callable[[Iterable[Decision]], Sequence[Decision]]

    def all(self, lines: Sequence[_Line]) -> Answers:
        """Sort every question into its list."""
        tokens = {key: Token.read(key) for key in {line.key for line in lines}}
        damaged = [line for line in lines if tokens[line.key] is None]
        decisions, unanswered = [], []
        refused = [_damaged(line) for line in damaged]
        told = _together(lines, tokens)
        for each in told:
            verdict, problem = self._verdict(each)
            if problem:
                refused.append(each.place | problem)
            elif verdict is None:
                unanswered.append(each.place)
            else:
                decisions.append(self._decision(each, verdict))
        return Answers(
            file=self.file,
            questions=len(damaged) + len(told),
            decisions=tuple(decisions),
            unanswered=pl.DataFrame(unanswered, schema=_empty(OPEN).schema),
            refused=pl.DataFrame(refused, schema=_empty(REFUSED).schema),
        )

    def _decision(self, told: _Told, verdict: Verdict) -> Decision:
        token, who = told.token, self.who or told.token.whom
        said = Decision(token.key, verdict, token.seen, note=told.note, who=who)
        return self.today([said])[0]

    def _verdict(self, told: _Told) -> tuple[Verdict | None, dict[str, object]]:
        """Give what was answered, or what is wrong with it; nothing at all: unanswered."""
        kind = told.token.kind
        read = {understood(kind, answer) for answer in told.answers}
        said = " / ".join(told.answers)
        if None in read:
            words = ", ".join(offered(kind).values())
            return None, _wrong("unknown_word", said, tr("not one of: {words}", words=words))
        if len(read) > 1:
            return None, _wrong("two_answers", said, tr("two answers to one question"))
        verdict = next(iter(read), None)
        if verdict is None or (kind != PAIR and verdict is Verdict.UNSURE):
            return None, {}  # a record has no word for it in the log: it is asked again
        return verdict, self._outdated(told, said)

    def _outdated(self, told: _Told, said: str) -> dict[str, object]:
        if self.rows is None:
            return {}
        shown = self._decision(told, Verdict.UNSURE)
        if any(record not in self.rows for record in shown.key):
            return _wrong("gone", said, tr("the record is not in the newest list"))
        changed = changed_since(shown, self.rows)
        if not changed:
            return {}
        names = dict.fromkeys(label(name.rpartition(".")[2]) for name in changed)
        msg = tr("changed since it was asked: {fields}", fields=", ".join(names))
        return _wrong("changed", said, msg)


def _wrong(reason: str, value: str, detail: str) -> dict[str, object]:
    return {"value": value, "reason": reason, "detail": detail}


def _damaged(line: _Line) -> dict[str, object]:
    place = {"sheet": line.sheet, "row": line.row, "note": line.note}
    if line.key:
        return place | _wrong("damaged", line.answer, tr("the hidden key is damaged"))
    return place | _wrong("no_question", line.answer, tr("no question stands in this row"))


def _together(lines: Sequence[_Line], tokens: Mapping[str, Token | None]) -> list[_Told]:
    """Put the rows of each question together, in the order of the first."""
    groups: dict[tuple[object, ...], list[tuple[_Line, Token]]] = {}
    for line in lines:
        token = tokens[line.key]
        if token is not None:
            same = (token.key, *sorted(token.seen.items()))
            groups.setdefault(same, []).append((line, token))
    return [
        _Told(
            members[0][0],
            members[0][1],
            tuple(dict.fromkeys(line.answer for line, _ in members if line.answer)),
            "\n".join(dict.fromkeys(line.note for line, _ in members if line.note)),
        )
        for members in groups.values()
    ]

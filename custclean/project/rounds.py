"""Upload rounds: what was sent, what came back, what may go out again.

A round lives in the log: one `number` decision a client, with its round, and one
`round` decision that names the download whose ids and names were echoed. So its files
can be made again at any time, byte for byte.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import InputError
from custclean.model import Decision, Verdict
from custclean.stages.error_log import Rejected, read_error_log
from custclean.stages.upload import Upload, in_words, upload
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from custclean.project.inbox import Inbox, Received
    from custclean.settings import Settings

__all__ = [
    "Failure",
    "Form",
    "Round",
    "Sent",
    "hold",
    "make_again",
    "read_back",
    "rounds_of",
    "to_log",
]


@dataclass(frozen=True, slots=True)
class Form:
    """How the files of a round are written; later settings do not change them."""

    max_rows: int
    max_bytes: int
    headers: tuple[str, ...]

    @classmethod
    def of(cls, settings: Settings) -> Form:
        """Take what the settings say today."""
        told = settings.upload
        return cls(told.max_rows, told.max_bytes, told.headers)


@dataclass(frozen=True, slots=True)
class Round:
    """One upload: which numbers, which download was echoed, and the limits of its files."""

    index: int
    seq: int
    like: str
    sent: Mapping[str, str]
    form: Form


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that the target refused, in which round, and why."""

    record_id: str
    round: int
    seq: int  # of the log that said so: what was decided later may answer it
    number: str
    code: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out so far, and which rows of it came back, by record."""

    rounds: tuple[Round, ...]
    failed: Mapping[str, Failure]
    taken: Mapping[str, int]  # numbers that somebody hidden holds, and where the log says so

    def under(self, renamed: Mapping[str, Mapping[str, str]]) -> Sent:
        """Give the same under the ids of today; `renamed`: key of a download -> its ids."""
        names = {one.index: renamed.get(one.like, {}) for one in self.rounds}
        if not any(names.values()):
            return self
        rounds = [
            replace(one, sent={names[one.index].get(r, r): n for r, n in one.sent.items()})
            for one in self.rounds
        ]
        failed = [
            replace(each, record_id=names[each.round].get(record, record))
            for record, each in self.failed.items()
        ]
        return Sent(tuple(rounds), {each.record_id: each for each in failed}, self.taken)

    def last(self) -> dict[str, tuple[str, Round]]:
        """Give the number last sent for each record, and its round."""
        return {
            record: (number, one) for one in self.rounds for record, number in one.sent.items()
        }

    def refused(self, record: str, one: Round) -> bool:
        """Tell whether the target refused this record's row of this round."""
        return record in self.failed and self.failed[record].round == one.index


def rounds_of(history: Iterable[Decision]) -> tuple[Round, ...]:
    """Read the rounds out of the log: the numbers of one stand right before it."""
    sent: dict[str, str] = {}
    rounds = []
    for decision in history:
        if decision.verdict == Verdict.NUMBER and decision.value.get("round"):
            sent[decision.key[0]] = decision.value["number"]
        if decision.verdict == Verdict.ROUND:
            told = json.loads(decision.value["form"])
            form = Form(told["max_rows"], told["max_bytes"], tuple(told["headers"]))
            index, like = int(decision.value["round"]), decision.value["like"]
            rounds.append(Round(index, decision.seq, like, sent, form))
            sent = {}
    return tuple(rounds)


def to_log(
    index: int, like: Received, form: Form, numbers: Sequence[tuple[str, str, str]]
) -> list[Decision]:
    """Turn (record_id, number, source) of a new round into what the log keeps of it."""
    given = [
        Decision(
            (record_id,),
            Verdict.NUMBER,
            value={"number": number, "source": source, "round": str(index)},
        )
        for record_id, number, source in numbers
    ]
    what = {"round": str(index), "like": like.key, "form": json.dumps(asdict(form))}
    return [*given, Decision((f"round:{index}",), Verdict.ROUND, value=what)]


def make_again(one: Round, inbox: Inbox, target: str, folder: Path) -> Upload:
    """Write the files of a round, from the download that it echoed."""
    like = next((d.export for d in inbox.downloads if d.key == one.like), None)
    if like is None:
        msg = tr("the download that round {n} was made from is gone", n=one.index)
        raise InputError(msg, file=folder, expected=tr("its file in the inbox, unchanged"))
    numbers = pl.DataFrame(
        {"record_id": list(one.sent), "customer_number": list(one.sent.values())},
        schema={"record_id": pl.String, "customer_number": pl.String},
    )
    return upload(
        like.table.drop("customer_number").join(numbers, on="record_id"),
        target=target,
        folder=folder,
        like=like,
        headers=one.form.headers or None,
        max_rows=one.form.max_rows,
        max_bytes=one.form.max_bytes,
    )


def read_back(
    inbox: Inbox, uploads: Mapping[int, Upload], rounds: tuple[Round, ...]
) -> tuple[Sent, dict[str, Rejected]]:
    """Read every error log against the round that it answers.

    Gives what came back of all that was sent, and each log by file name.
    """
    failed = _never_written(rounds, uploads)
    taken: dict[str, int] = {}
    logs: dict[str, Rejected] = {}
    for file in inbox.error_logs:
        index, rejected = _answered(file, uploads, rounds)
        logs[file.name] = rejected
        for row in rejected.rows.iter_rows(named=True):
            failure = Failure(
                row["record_id"], index, file.seq, row["number"] or "", row["code"],
                row["message"] or "", row["suggestion"] or "",
            )  # fmt: skip
            if failure.code == "number_taken":
                taken[failure.number] = max(file.seq, taken.get(failure.number, 0))
            known = failed.get(failure.record_id)
            if known is None or known.round <= index:
                failed[failure.record_id] = failure
    return Sent(rounds, failed, taken), logs


def _answered(
    file: Received, uploads: Mapping[int, Upload], rounds: Sequence[Round]
) -> tuple[int, Rejected]:
    """Find the round whose ids and numbers the log names most; of equals the latest."""
    earlier = [one for one in rounds if one.seq < file.seq]
    if not earlier:
        raise InputError(
            tr("an error log, but nothing was uploaded before it came"), file=file.path
        )
    read = ((one.index, read_error_log(file.path, uploads[one.index])) for one in earlier)
    return max(read, key=lambda pair: (pair[1].rows.height, pair[0]))


def _never_written(
    rounds: Sequence[Round], uploads: Mapping[int, Upload]
) -> dict[str, Failure]:
    """Rows that were meant for a round, but held back when its files were written."""
    return {
        left.record_id: Failure(
            left.record_id, one.index, one.seq, one.sent[left.record_id], left.reason,
            in_words(left.reason), "",
        )
        for one in rounds
        for left in uploads[one.index].left_out
        if left.record_id in one.sent
    }  # fmt: skip


def hold(
    number: str,
    decided: int,
    last: tuple[str, Round] | None,
    failure: Failure | None,
    newest: Received,
) -> str | None:
    """Say whether a number must not go out now, and why; None: send it.

    `decided`: the place in the log of the last word on this number. `uploaded`: it went
    out, no error came, no newer download was read. `failed`: the target refused it and
    nothing has changed since: no decision, and no download that could mend it.
    """
    if last is None or last[0] != number:
        return None
    one = last[1]
    if failure is None or failure.round != one.index:
        return "uploaded" if one.like == newest.key else None
    if decided > failure.seq:
        return None
    stale = one.like == newest.key or failure.code == "number_taken"
    return "failed" if stale else None

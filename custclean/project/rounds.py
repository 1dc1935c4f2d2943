"""Upload rounds: what was sent, what came back, what may go out again.

A round lives in the log: one `number` decision a client, with its round, and one
`round` decision that names the download whose ids and names were echoed. So its files
can be made again at any time, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
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

__all__ = ["Failure", "Round", "Sent", "failures", "hold", "make_again", "rounds_of", "to_log"]


@dataclass(frozen=True, slots=True)
class Round:
    """One upload: which numbers, and which download was echoed."""

    index: int
    seq: int
    like: str
    sent: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that the target refused, in which round, and why."""

    record_id: str
    round: int
    number: str
    code: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out so far, and which rows of it came back, by record."""

    rounds: tuple[Round, ...]
    failed: Mapping[str, Failure]

    def last(self) -> dict[str, tuple[str, Round]]:
        """Give the number last sent for each record, and its round."""
        return {
            record: (number, one) for one in self.rounds for record, number in one.sent.items()
        }

    def refused(self, record: str, one: Round) -> bool:
        """Tell whether the target refused this record's row of this round."""
        return record in self.failed and self.failed[record].round == one.index


def rounds_of(history: Iterable[Decision]) -> tuple[Round, ...]:
    """Read the rounds out of the log."""
    sent: dict[int, dict[str, str]] = {}
    written: list[tuple[int, Decision]] = []
    for decision in history:
        if decision.verdict == Verdict.NUMBER and decision.value.get("round"):
            index = int(decision.value["round"])
            sent.setdefault(index, {})[decision.key[0]] = decision.value["number"]
        if decision.verdict == Verdict.ROUND:
            written.append((int(decision.value["round"]), decision))
    return tuple(
        Round(index, decision.seq, decision.value["like"], sent.get(index, {}))
        for index, decision in sorted(written, key=lambda pair: pair[0])
    )


def to_log(
    index: int, like: Received, numbers: Sequence[tuple[str, str, str]]
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
    what = {"round": str(index), "like": like.sha256}
    return [*given, Decision((f"round:{index}",), Verdict.ROUND, value=what)]


def make_again(one: Round, inbox: Inbox, settings: Settings, folder: Path) -> Upload:
    """Write the files of a round, from the download that it echoed."""
    like = next((d.export for d in inbox.downloads if d.sha256 == one.like), None)
    if like is None:
        msg = tr("the download that round {n} was made from is gone", n=one.index)
        raise InputError(msg, file=folder, expected=tr("its file in the inbox, unchanged"))
    numbers = pl.DataFrame(
        {"record_id": list(one.sent), "customer_number": list(one.sent.values())},
        schema={"record_id": pl.String, "customer_number": pl.String},
    )
    table = like.table.drop("customer_number").join(numbers, on="record_id")
    return upload(
        table,
        target=settings.target,
        folder=folder,
        like=like,
        headers=settings.upload.headers or None,
        max_rows=settings.upload.max_rows,
        max_bytes=settings.upload.max_bytes,
    )


def failures(
    inbox: Inbox,
    uploads: Mapping[int, Upload],
    received: Mapping[str, int],
    rounds: Sequence[Round],
) -> tuple[dict[str, Failure], dict[str, Rejected]]:
    """Read every error log against the round that it answers; later rounds win.

    `received`: sha256 -> seq. Gives the failed rows by record, and each log by file name.
    """
    failed = _never_written(rounds, uploads)
    logs: dict[str, Rejected] = {}
    for file in inbox.error_logs:
        earlier = [one for one in rounds if one.seq < received[file.sha256]]
        if not earlier:
            msg = tr("an error log, but nothing was uploaded before it came")
            raise InputError(msg, file=file.path)
        index, rejected = max(
            ((one.index, read_error_log(file.path, uploads[one.index])) for one in earlier),
            key=lambda pair: (pair[1].rows.height, pair[0]),
        )
        logs[file.path.name] = rejected
        for row in rejected.rows.iter_rows(named=True):
            failed[row["record_id"]] = Failure(
                row["record_id"],
                index,
                row["number"] or "",
                row["code"],
                row["message"] or "",
                row["suggestion"] or "",
            )
    return failed, logs


def _never_written(
    rounds: Sequence[Round], uploads: Mapping[int, Upload]
) -> dict[str, Failure]:
    """Rows that were meant for a round, but held back when its files were written."""
    return {
        left.record_id: Failure(
            left.record_id, one.index, one.sent[left.record_id], left.reason,
            in_words(left.reason), "",
        )
        for one in rounds
        for left in uploads[one.index].left_out
        if left.record_id in one.sent
    }  # fmt: skip


def hold(
    number: str, last: tuple[str, Round] | None, failure: Failure | None, newest: Received
) -> str | None:
    """Say whether a number must not go out now, and why; None: send it.

    `uploaded`: it went out, no error came, no newer download was read. `failed`: the
    target refused it and nothing has changed since.
    """
    if last is None or last[0] != number:
        return None
    round_ = last[1]
    if round_.like != newest.sha256:
        return "failed" if failure and failure.code == "number_taken" else None
    if failure and failure.round == round_.index:
        return "failed"
    return "uploaded"

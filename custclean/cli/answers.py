"""What `custclean answers` says: of each workbook what became of every question.

Rows are named, values are not: what a cell holds may be about a client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custclean.cli.talk import say
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from custclean.errors import CustcleanError
    from custclean.stages.question_answers import Answers

__all__ = ["facts_of_answers", "say_answers"]


def facts_of_answers(
    found: Iterable[Answers], failed: Sequence[CustcleanError]
) -> dict[str, Any]:
    """Give counts, rows and reasons for machines, and the files that could not be read."""
    return {
        "files": [
            {
                "file": each.file,
                "questions": each.questions,
                **each.counts,
                "refused_rows": each.refused.select("sheet", "row", "reason").to_dicts(),
            }
            for each in found
        ],
        "errors": [error.as_dict() for error in failed],
    }


def say_answers(found: Iterable[Answers]) -> None:
    """Say of each file how many answers were entered, and of every other why not."""
    for each in found:
        say(*_lines(each))


def _lines(found: Answers) -> Iterator[str]:
    counts = found.counts
    yield f"{found.file}: " + ", ".join(
        [
            trn("{n} decision entered", "{n} decisions entered", counts["decisions"]),
            trn("{n} known already", "{n} known already", counts["known"]),
            trn("{n} without an answer", "{n} without an answer", counts["unanswered"]),
            trn("{n} in disagreement", "{n} in disagreement", counts["disagreements"]),
            trn("{n} refused", "{n} refused", counts["refused"]),
        ]
    )
    for row in found.refused.iter_rows(named=True):
        where = (
            tr("{sheet}, row {n}", sheet=row["sheet"], n=row["row"]) if row["sheet"] else ""
        )
        yield f"  {where or row['left_id']}: {row['detail']}"
    for row in found.disagreements.iter_rows(named=True):
        ids = " / ".join(filter(None, (row["left_id"], row["right_id"])))
        yield "  " + tr(
            "{ids}: {who_1} said {verdict_1}, {who_2} says {verdict_2}; --overrule enters it",
            ids=ids,
            **{n: row[n] for n in ("who_1", "verdict_1", "who_2", "verdict_2")},
        )
    noted = found.unanswered.filter(found.unanswered["note"] != "")
    for row in noted.iter_rows(named=True):
        where = tr("{sheet}, row {n}", sheet=row["sheet"], n=row["row"])
        yield "  " + tr("{where}: a note, but no answer", where=where)

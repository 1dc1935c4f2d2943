"""Questions for those who know the clients: one workbook a person, to fill in and send back.

Each gets only what is theirs to answer. No clock and no path is in it: equal questions give
equal bytes.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Mapping  # fields of a dataclass, at run time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from custclean.decisions import seen_of
from custclean.stages.question_book import Asked, book_of
from custclean.stages.question_token import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Question", "file_name", "question_sheets"]

FILES = "questions-*.xlsx"  # what `file_name` gives, for who looks for them
_LONGEST = 40  # letters of a person's name in the name of a file

Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: whether two records are one client, or one record is a customer.

    `rows` are the raw rows, of a pair the one with the smaller id first. `marks` says of a
    pair's fields same, clean, differ or missing. `whom` is who knows them: "" is nobody.
    """

    rows: tuple[Row, ...] = field(repr=False)
    reason: str = field(repr=False)
    whom: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def token(self) -> Token:
        """Give what tells this question from all others, with what is shown."""
        key = tuple(str(row["record_id"]) for row in self.rows)
        return Token(key, seen_of(*self.rows), self.whom)


def question_sheets(questions: Iterable[Question]) -> dict[str, bytes]:
    """Give the workbooks by file name, each with the questions of one person, in order.

    Two spellings of a name that differ in case and blanks only are one person.
    """
    people: dict[str, list[Question]] = {}
    for question in questions:
        people.setdefault(_one(question.whom), []).append(question)
    books = {}
    for _, asked in sorted(people.items()):
        whom = _usual(asked)
        books[file_name(whom)] = book_of(whom, [_asked(each, whom) for each in asked])
    return books


def file_name(whom: str) -> str:
    """Name a person's file: a few plain letters of the name, and what keeps two apart.

    >>> file_name("../Ann Ödegård"), file_name("")
    ('questions-ann-odegard-7acf69.xlsx', 'questions-nobody.xlsx')
    """
    if not _one(whom):
        return "questions-nobody.xlsx"
    apart = unicodedata.normalize("NFKD", whom.casefold())
    letters = "".join(
        char for char in apart if char.isascii() and (char.isalnum() or char == " ")
    )
    slug = "-".join(letters.split())[:_LONGEST].strip("-")
    tail = hashlib.sha256(_one(whom).encode("utf-8", "replace")).hexdigest()[:6]
    return f"questions-{slug}-{tail}.xlsx" if slug else f"questions-{tail}.xlsx"


def _one(whom: str) -> str:
    return " ".join(unicodedata.normalize("NFC", whom).split()).casefold()


def _usual(asked: Sequence[Question]) -> str:
    """Give the spelling of a name that most questions have; of equals the first by letter."""
    counts = Counter(" ".join(question.whom.split()) for question in asked)
    return min(counts, key=lambda name: (-counts[name], name))


def _asked(question: Question, whom: str) -> Asked:
    token = question.token
    return Asked(
        str(Token(token.key, token.seen, whom)),
        token.kind,
        question.reason,
        question.rows,
        question.marks,
    )

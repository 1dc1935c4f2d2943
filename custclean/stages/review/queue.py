"""Which questions are looked at, and in which order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import inf, nan
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean.errors import InputError
from custclean.folding import fold
from custclean.model import WHENCE
from custclean.stages.review.compare import differing
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from custclean.stages.review.answers import Answers
    from custclean.stages.review.questions import Question
    from custclean.stages.review.records import Records

__all__ = ["FACETS", "ORDERS", "STATES", "Filter", "Queue"]

ORDERS = ("useful", "uncertain", "largest", "likely", "unlikely", "name")
STATES = (
    *"waiting decided open again contradiction disputed unmerged".split(),
    *"same different mixed unsure aside".split(),
)
FACETS = "state kind customer_type lead_accountant system reviewer who differs".split()


@dataclass(frozen=True, slots=True)
class Filter:
    """What a person wants to see; what is left empty takes everything in.

    `order`: useful (as the queue came, risky groups first), uncertain, largest (effect),
    likely, unlikely or name. `state`: waiting, decided, or one of the states of a question.
    `least` and `most` bound the probability, `lightest` and `heaviest` the match weight (of a
    group that of its weakest link), `smallest` the number of records. `kind`: pair or group.
    `differs`: a field in which two of the records differ even after cleaning. `who`: who
    decided. `text` is looked for in all values, whatever the case and accents.
    """

    order: str = "useful"
    state: str = ""
    text: str = ""
    differs: str = ""
    kind: str = ""
    customer_type: str = ""
    lead_accountant: str = ""
    system: str = ""
    reviewer: str = ""
    who: str = ""
    least: float | None = None
    most: float | None = None
    lightest: float | None = None
    heaviest: float | None = None
    smallest: int | None = None

    def __post_init__(self) -> None:
        for name, known in (("order", ORDERS), ("state", ("", *STATES))):
            if getattr(self, name) not in known:
                told = tr("no such {name} of the queue", name=name)
                expected = ", ".join(filter(None, known))
                raise InputError(told, value=getattr(self, name), expected=expected)


class Queue:
    """The questions under a filter: `places` are theirs, in order."""

    def __init__(
        self, questions: Sequence[Question], records: Records, answers: Answers
    ) -> None:
        self._questions, self._records, self._answers = questions, records, answers
        self.filter = Filter()
        self.only(range(len(questions)))

    def __len__(self) -> int:
        return len(self.places)

    def show(self, wanted: Filter) -> None:
        """Show the questions that fit now; what is decided afterwards stays in sight."""
        self.only(self.fitting(wanted))
        self.filter = wanted

    def only(self, places: Iterable[int]) -> None:
        """Show these questions, in this order."""
        self.filter = Filter()
        self.places = list(places)
        self._rank = {place: rank for rank, place in enumerate(self.places)}

    def rank(self, place: int) -> int | None:
        """Give where a question stands in the order; None: it is out of sight."""
        return self._rank.get(place)

    def fitting(self, wanted: Filter) -> list[int]:
        """Give the questions that fit, in the filter's order."""
        tests = self._tests(wanted)
        places = range(len(self._questions))
        fit = [place for place in places if all(test(place) for test in tests)]
        key = self._key(wanted.order)
        return fit if key is None else sorted(fit, key=key)

    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """Count what could be chosen besides: each value with its number of questions."""
        told, fits = {}, dict[Filter, list[int]]()
        for name in FACETS:
            blank: dict[str, Any] = {name: "", "order": "useful"}
            wanted = replace(self.filter, **blank)
            fit = fits[wanted] = fits.get(wanted) or self.fitting(wanted)
            counts = Counter(value for place in fit for value in self._values(name, place))
            counts.pop("", None)
            told[name] = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        return told

    def _values(self, name: str, place: int) -> Iterable[str]:
        """Give what a question has of a facet."""
        question, standing = self._questions[place], self._answers.standing[place]
        if name == "state":
            return {standing.state, "waiting" if standing.waits else "decided"}
        if name == "kind":
            return {"group" if question.is_group else "pair"}
        if name == "who":
            return {decision.who for decision in standing.decisions}
        if name == "reviewer":
            return {who for edge in question.edges for who in edge.reviewers}
        if name == "differs":
            return self._differing.get(place, ())
        column = self._column(name)
        return {column[record] for record in question.records} if column else ()

    def _tests(self, wanted: Filter) -> list[Callable[[int], bool]]:
        asked = [(name, getattr(wanted, name)) for name in FACETS]
        tests: list[Callable[[int], bool]] = [
            partial(self._has, name, value) for name, value in asked if value
        ]
        least, most, smallest = wanted.least, wanted.most, wanted.smallest
        if least is not None or most is not None:
            low, high = least or 0.0, 1.0 if most is None else most
            tests.append(lambda place: low <= self._chance(place) <= high)
        light, heavy = wanted.lightest, wanted.heaviest
        if light is not None or heavy is not None:
            low_weight = -inf if light is None else light
            high_weight = inf if heavy is None else heavy
            tests.append(lambda place: low_weight <= self._weight(place) <= high_weight)
        if smallest is not None:
            tests.append(lambda place: len(self._questions[place].records) >= smallest)
        if wanted.text.strip():
            tests.append(partial(self._reads, _folded([wanted.text])[0]))
        return tests

    def _has(self, name: str, value: str, place: int) -> bool:
        return value in self._values(name, place)

    def _reads(self, text: str, place: int) -> bool:
        return any(text in self._text[record] for record in self._questions[place].records)

    def _chance(self, place: int) -> float:
        return self._questions[place].probability or 0.0

    def _weight(self, place: int) -> float:
        """Give the match weight; without one no bound lets it through."""
        weight = self._questions[place].weight
        return nan if weight is None else weight

    def _key(self, order: str) -> Callable[[int], float | str] | None:
        if order == "name":
            return lambda place: self._text[self._questions[place].records[0]]
        chance = self._chance
        keys: dict[str, Callable[[int], float]] = {
            "uncertain": lambda place: abs(chance(place) - 0.5),
            "largest": lambda place: -self._questions[place].duplicates,
            "likely": lambda place: -chance(place),
            "unlikely": chance,
        }
        return keys.get(order)

    def _column(self, name: str) -> dict[str, str]:
        if name not in self._columns:
            table, found = self._records.asked, {}
            if name in table.columns:
                values = table[name].cast(pl.String).fill_null("")
                found = dict(zip(self._records, values))
            self._columns[name] = found
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def _text(self) -> dict[str, str]:
        """Give all that stands in a record, folded."""
        table = self._records.asked
        columns = [pl.col(name).cast(pl.String) for name in table.columns]
        joined = pl.concat_str(columns, separator=" | ", ignore_nulls=True)
        return dict(zip(self._records, _folded(table.select(joined).to_series())))

    @cached_property
    def _differing(self) -> dict[int, set[str]]:
        """Name the fields in which two records of a question differ even after cleaning."""
        ends = [
            (place, edge.left, edge.right)
            for place, question in enumerate(self._questions)
            for edge in question.edges
        ]
        row = self._records.place
        rows = [row(left) for _, left, _ in ends], [row(right) for _, _, right in ends]
        found: dict[int, set[str]] = {}
        table = self._records.asked.drop(WHENCE | self._records.own, strict=False)
        for field, differ in differing(table, rows):
            for (place, _, _), differs in zip(ends, differ):
                if differs:
                    found.setdefault(place, set()).add(field)
        return found


def _folded(texts: Sequence[str] | pl.Series) -> list[str]:
    return pl.DataFrame({"text": texts}).select(fold(pl.col("text"))).to_series().to_list()

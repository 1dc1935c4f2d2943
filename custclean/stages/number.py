"""Give each client its number: decided, kept, remembered, from the register, by pattern."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.errors import ConflictError
from custclean.frames import canonical
from custclean.model import LeftOut
from custclean.stages.number_facts import Facts, Sources, clients_of, lines_of, linked_of
from custclean.stages.number_form import key, series
from custclean.stages.number_rules import SOURCES, Doubt, Offer, held, offer, remarks
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from custclean.model import Issue
    from custclean.stages.number_facts import Client

__all__ = ["SOURCES", "Numbered", "number"]

GIVEN = {"record_id": pl.String, "number": pl.String, "source": pl.String}


@dataclass(frozen=True, slots=True)
class Numbered:
    """The client list with its numbers: every client is in `given` or in `left_out`.

    `table` is the list that came in, its order kept, with a number only where one was
    given. `given`: record_id, number, source (one of `SOURCES`). `left_out` has the
    reason `asked` (an issue says what a person must decide) or the reason that the
    caller gave for a blocked record.
    """

    table: pl.DataFrame
    given: pl.DataFrame
    issues: tuple[Issue, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Give how many numbers each source gave, and how many records each reason left."""
        sources = Counter(self.given["source"].to_list())
        reasons = Counter(each.reason for each in self.left_out)
        return {name: sources[name] for name in SOURCES} | dict(sorted(reasons.items()))

    def __repr__(self) -> str:
        found = ", ".join(f"{n} {name}" for name, n in self.counts.items() if n)
        return f"<Numbered: {self.table.height} records: {found or 'none'}>"

    def _repr_html_(self) -> str:
        return html.table(self.given, title=repr(self)[1:-1], plain=("source",))


def number(  # noqa: PLR0913  # each source of numbers has its own name
    table: object,
    *,
    register: object | None = None,
    links: object | None = None,
    pattern: str = "{:05d}",
    start: int = 1,
    reserved: Iterable[str] = (),
    given: Mapping[str, str] | None = None,
    decided: Mapping[str, str] | None = None,
    blocked: Mapping[str, str] | None = None,
) -> Numbered:
    """Give every client of the list one number, or say why it has none.

    `register`: lines with numbers; `links`: left_id (client), right_id (register line).
    `given`: record id to the number of an earlier run; `decided`: to a person's number;
    `blocked`: to the reason why the record gets none. Doubts are issues, never guesses;
    a number that stands anywhere in these inputs is never given to somebody else.
    """
    frame = canonical(table, "record_id")
    lines = lines_of(register)
    sources = Sources(
        clients=clients_of(frame),
        lines=lines,
        linked=linked_of(links, register, lines),
        reserved=frozenset([reserved] if isinstance(reserved, str) else reserved),
        given=given or {},
        decided=decided or {},
        blocked=blocked or {},
    )
    return _result(frame, Facts.of(sources), series(pattern, start))


def _result(frame: pl.DataFrame, facts: Facts, numbers: Iterator[str]) -> Numbered:
    blocked = facts.sources.blocked
    barred = [each for each in facts.sources.clients if each.record_id in blocked]
    asked = [each for each in facts.sources.clients if each.record_id not in blocked]
    found = [(each, offer(each, facts)) for each in asked]
    offers, beaten = _settle([each for _, each in found if isinstance(each, Offer)], facts)
    doubts = beaten + [each for _, each in found if isinstance(each, Doubt)]
    offers += _by_pattern([each for each, said in found if said is None], facts, numbers)
    issues: list[Issue] = [each.issue for each in doubts]
    issues += [each for given in offers for each in remarks(given, facts)]
    left = [LeftOut(each.client.record_id, "asked", each.code) for each in doubts]
    left += [LeftOut(each.record_id, blocked[each.record_id]) for each in barred]
    rows = sorted((each.client.record_id, each.number, each.source) for each in offers)
    result = Numbered(
        table=_filled(frame, {each.client.record_id: each.number for each in offers}),
        given=pl.DataFrame(rows, schema=GIVEN, orient="row"),
        issues=tuple(sorted(issues)),
        left_out=tuple(sorted(left)),
    )
    _hold(result)
    return result


def _settle(offers: Sequence[Offer], facts: Facts) -> tuple[list[Offer], list[Doubt]]:
    """Let the strongest source have a number that several want; equals are all asked."""
    wanting: defaultdict[str, list[Offer]] = defaultdict(list)
    for each in offers:
        wanting[key(each.number)].append(each)
    settled, doubts = [], []
    for rivals in wanting.values():
        rivals.sort(key=lambda each: SOURCES.index(each.source))
        alone = len(rivals) == 1 or rivals[0].source != rivals[1].source
        settled += rivals[:1] if alone else []
        for each in rivals[alone:]:
            others = [other.client.record_id for other in rivals if other is not each]
            doubts.append(held(each.client, each.number, others, facts))
    return settled, doubts


def _by_pattern(
    waiting: Iterable[Client], facts: Facts, numbers: Iterator[str]
) -> list[Offer]:
    free = (each for each in numbers if facts.free(each))
    return [Offer(client, next(free), "pattern") for client in waiting]


def _filled(frame: pl.DataFrame, numbers: Mapping[str, str]) -> pl.DataFrame:
    ids = frame["record_id"].cast(pl.String)
    column = [numbers.get(each) for each in ids.to_list()]
    return frame.with_columns(pl.Series("customer_number", column, dtype=pl.String))


def _hold(result: Numbered) -> None:
    """Check what must be true of every result, whatever went in."""
    given = [key(each) for each in result.given["number"].to_list()]
    if len(set(given)) != len(given):
        raise ConflictError(tr("one number was given twice"))
    ended = [
        *result.given["record_id"].to_list(),
        *(each.record_id for each in result.left_out),
    ]
    if sorted(ended) != sorted(result.table["record_id"].cast(pl.String).to_list()):
        raise ConflictError(tr("not every client ended in exactly one list"))

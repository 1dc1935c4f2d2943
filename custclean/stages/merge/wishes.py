"""What a caller wants of a merge, beside the table and its groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from custclean.stages.merge.bookings import Bookings
from custclean.stages.merge.facts import facts_of

if TYPE_CHECKING:
    import polars as pl

    from custclean.stages.merge.facts import Facts
    from custclean.stages.merge.rules import Asked

__all__ = ["Wishes"]

Sources = Sequence[str] | Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Rules, picks and what they go by, as they were given to `merge`."""

    rules: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    picks: Mapping[Any, Any] = field(default_factory=dict)
    transactions: Any = None
    sources: Sources | None = None
    known: Any = None

    def bookings(self, frame: pl.DataFrame, ids: pl.Series) -> Bookings | None:
        """Find whose the transactions are, if any are given."""
        if self.transactions is None:
            return None
        return Bookings.of(self.transactions, frame, ids)

    def facts(
        self,
        frame: pl.DataFrame,
        asked: Asked,
        counted: pl.DataFrame,
        bookings: Bookings | None,
    ) -> Facts:
        """Work out what the rules go by."""
        booked = None if bookings is None else bookings.facts(frame.height)
        return facts_of(frame, asked, counted=counted, booked=booked, sources=self.sources)

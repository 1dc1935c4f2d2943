"""Open balances of clients that become one: added to the last digit, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.stages.merge.choose import Chosen
from custclean.stages.merge.facts import as_text
from custclean.text import amount
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    import polars as pl

    from custclean.stages.merge.hard import Refusals

__all__ = ["Amounts"]

WHY = "sum"


@dataclass(frozen=True)
class Amounts:
    """A column of amounts by row, with the currency of each; null: it says nothing.

    `values`: the amount of each text, None where it cannot be read.
    """

    texts: Sequence[str | None]
    currencies: Sequence[str]
    mark: str | None
    values: dict[str, Decimal | None]

    @classmethod
    def of(cls, frame: pl.DataFrame, name: str = "balance") -> Amounts | None:
        """Read a column of a client list; None where it has no such column."""
        if name not in frame.columns:
            return None
        known = sorted(text for text in as_text(frame[name]).unique() if _has_digit(text))
        mark = "." if frame[name].dtype.is_numeric() else amount.decimal_mark(known)
        values = {text: amount.read(text, mark) for text in known}
        texts = [text if text in values else None for text in as_text(frame[name]).to_list()]
        currencies = [""] * frame.height
        if "currency" in frame.columns:
            said = as_text(frame["currency"]).fill_null("").str.strip_chars()
            currencies = said.str.to_uppercase().to_list()
        return cls(texts, currencies, mark, values)

    def given(self, rows: Iterable[int]) -> list[tuple[int, str, Decimal | None]]:
        """Give the rows that have an amount, its text and its value."""
        texts, values = self.texts, self.values
        return [(row, text, values[text]) for row in rows if (text := texts[row]) is not None]

    def refused(self, groups: Iterable[tuple[int, Sequence[int]]]) -> Refusals:
        """Say which groups have amounts that cannot be added."""
        return {no: why for no, rows in groups if (why := self._why_not(rows))}

    def _why_not(self, rows: Sequence[int]) -> tuple[str, str] | None:
        given = self.given(rows)
        if len(given) > 1 and any(value is None for *_, value in given):
            return "balance_unclear", tr("a balance cannot be read")
        known = {self.currencies[row] for row in rows} - {""}
        if known and any(value and not self.currencies[row] for row, _, value in given):
            return "balance_unclear", tr("a balance has no currency, another record has one")
        return None

    def together(self, rows: Sequence[int]) -> Chosen | None:
        """Give the balance of clients that become one; of one alone just as it stands."""
        given = self.given(rows)
        if not given:
            return None
        owed = [(row, text, value) for row, text, value in given if value or value is None]
        if len(owed) <= 1:
            row, text, _ = (owed or given)[0]
            return Chosen(text, row, WHY)
        total = amount.total(value for *_, value in owed if value is not None)
        return Chosen(amount.written(total, self.mark), rows[0], WHY, made=True)

    def after(
        self, golden: pl.DataFrame, rows: Sequence[int], name: str = "balance"
    ) -> Amounts:
        """Read the amounts of golden rows as these were read; `rows`: where they stood."""
        texts: list[str | None] = [None] * len(self.texts)
        currencies = [""] * len(self.texts)
        said = as_text(golden[name]).to_list()
        for row, text in zip(rows, said):
            texts[row] = text if _has_digit(text) else None
        if "currency" in golden.columns:
            known = as_text(golden["currency"]).fill_null("").str.strip_chars()
            for row, text in zip(rows, known.str.to_uppercase()):
                currencies[row] = text
        new = {text for text in texts if text is not None} - set(self.values)
        read = {text: amount.read(text, self.mark) for text in new}
        return Amounts(texts, currencies, self.mark, self.values | read)


def _has_digit(text: str | None) -> bool:
    return text is not None and any(map(str.isdigit, text))

"""What a person should know of rows that are read: values that are kept but fill no field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from custclean.systems._fields import base_of
from custclean.tables import Flag
from custclean.tables.joined import EXCHANGE
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custclean.systems._recognition import Claim
    from custclean.tables import RawTable

__all__ = ["flags_of"]


def flags_of(raw: RawTable, claim: Claim) -> Iterator[Flag]:
    """Give a flag for what stands in a column of e-mails and is none."""
    found = [
        raw.frame.to_series(place).str.contains(EXCHANGE).fill_null(value=False)
        for name, place in claim.columns.items()
        if base_of(name) == "email"
    ]
    if not found:
        return
    odd = pl.select(odd=pl.any_horizontal(found))["odd"]
    if odd.any():
        what = tr("an address of Exchange (/o=…) is no e-mail address: it is kept beside")
        yield Flag(raw.lines[odd.arg_true()[0]], what, rows=int(odd.sum()))

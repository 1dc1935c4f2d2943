"""Where somebody is: street, number, flat, postcode, town, region and country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.folding import fold
from custclean.stages.link.hashing import hash_values
from custclean.stages.link.normal.hashed import Hashed, Spelt, by_distinct
from custclean.stages.link.normal.streets import add_streets
from custclean.text import country, postcode

if TYPE_CHECKING:
    import polars as pl

__all__ = ["add_places", "postcode_in"]

_KEYS = {"city": fold, "region": fold, "country": country.key, "postcode": postcode.key}


def add_places(
    columns: Hashed, streets: pl.Series | None, places: dict[str, pl.Series]
) -> None:
    """Add the parts of addresses; `places` holds the other columns by kind."""
    if streets is not None:
        add_streets(columns, streets)
    for kind, values in places.items():
        keys, place = by_distinct(values, _KEYS[kind])
        columns.add(kind, hash_values(keys)[place])
        columns.spelt[kind] = Spelt.of(keys, place)


def postcode_in(addresses: pl.Series) -> pl.Series:
    """Find a postcode in an address that stands in one field."""
    return addresses.str.extract(r"\b(\d{4,5}(?:-\d{3,4})?)\b(?:\D*)$")

"""Small made-up client lists for the linkage tests."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from custclean.model import fields_of

FIRST = (
    "Asta Bodil Carlo Dario Elmer Fiona Gerda Hugo Inga Jonas Karin Ludo Mirja Nilo".split()
)
LAST = "Ravnkilde Solhverv Tidevand Brumaire Lodgepole Clerisse Vestmark Ostbo".split()
Clients = Callable[..., pl.DataFrame]


def canonical(rows: list[dict[str, str]]) -> pl.DataFrame:
    """Give a canonical table of customers; ids are c00, c01 ... unless given."""
    whole = [
        dict.fromkeys(fields_of("customers")) | {"record_id": f"c{n:02d}"} | row
        for n, row in enumerate(rows)
    ]
    return pl.DataFrame(whole, schema=dict.fromkeys(fields_of("customers"), pl.String))


def somebody(number: int) -> dict[str, str]:
    """Give an unremarkable client."""
    first, last = FIRST[number % len(FIRST)], LAST[(number * 5 + number // 14) % len(LAST)]
    return {
        "record_id": f"x{number:03d}",
        "display_name": f"{first} {last}",
        "given_name": first,
        "family_name": last,
        "email": f"{first}.{last}{number}@mail.example".lower(),
        "phone": f"+1202555{100 + number:04d}",
        "street": f"{number + 3} Harbour Road",
        "postcode": f"{10_000 + 37 * number}",
        "city": f"Town{number % 23}",
    }


@pytest.fixture
def clients() -> Clients:
    """Build a list: the rows given, among forty unremarkable others."""

    def build(*rows: dict[str, str], others: int = 40) -> pl.DataFrame:
        return canonical([*rows, *map(somebody, range(others))])

    return build

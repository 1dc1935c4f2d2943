"""How long a merge takes: 100,000 clients, 20,000 groups of two to four.

    python benchmarks/merging.py [records] [groups]

Prints the seconds of `merge` and the peak memory of the process.
"""

from __future__ import annotations

import random
import resource
import sys
import time

import polars as pl

from custclean.model import fields_of
from custclean.stages.merge import merge

STREETS = ("Mill Road", "Station Road", "Church Lane", "High Street", "Harbour View")
TOWNS = ("Oldtown", "Newport", "Sampleton", "Exampleby")


def clients(records: int, seed: int = 7) -> pl.DataFrame:
    """Make a client list: half of the cells filled, of every tenth client a job."""
    chance = random.Random(seed)

    def some(values: list[str], share: float = 0.7) -> list[str | None]:
        return [value if chance.random() < share else None for value in values]

    numbers = range(records)
    names = [f"Client {n:06d}" for n in numbers]
    columns: dict[str, list[str | None]] = {
        "record_id": [f"qbo:customers:{n:07d}" for n in numbers],
        "system": ["quickbooks-online"] * records,
        "kind": ["customers"] * records,
        "display_name": [*names],
        "company": some([f"Company {n % 5_000}" for n in numbers]),
        "given_name": some([f"Ann{n % 100}" for n in numbers]),
        "family_name": some([f"Example{n % 700}" for n in numbers]),
        "email": some([f"client{n}@example.com" for n in numbers]),
        "phone": some([f"+1 202 555 {n % 10_000:04d}" for n in numbers]),
        "mobile": some([f"(202) 555-{n % 9_000:04d}" for n in numbers], 0.3),
        "street": some([f"{n % 90} {chance.choice(STREETS)}" for n in numbers]),
        "city": some([chance.choice(TOWNS) for _ in numbers]),
        "postcode": some([f"{n % 99_999:05d}" for n in numbers]),
        "country": some(["United States"] * records),
        "notes": some([f"note {n}" for n in numbers], 0.2),
        "balance": some([f"{n % 1_000}.{n % 100:02d}" for n in numbers], 0.5),
        "currency": ["USD"] * records,
        "parent": [names[n - 1] if n % 10 == 9 else None for n in numbers],
        "last_activity": some([f"2025-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in numbers]),
    }
    schema = dict.fromkeys(fields_of("customers"), pl.String)
    blank = dict.fromkeys(schema, [None] * records)
    return pl.DataFrame({**blank, **columns}, schema=schema)


def grouped(table: pl.DataFrame, groups: int, seed: int = 7) -> pl.DataFrame:
    """Put clients that are no jobs into groups of two to four."""
    chance = random.Random(seed)
    free = table.filter(pl.col("parent").is_null())["record_id"].to_list()
    chance.shuffle(free)
    rows: list[tuple[str, str]] = []
    for n in range(groups):
        members = [free.pop() for _ in range(chance.randint(2, 4)) if free]
        rows += [(member, f"g{n:06d}") for member in members]
    return pl.DataFrame(rows, schema=["record_id", "cluster_id"], orient="row")


def main(records: int = 100_000, groups: int = 20_000) -> None:
    table = clients(records)
    wanted = grouped(table, groups)
    began, worked = time.perf_counter(), time.process_time()
    merged = merge(table, wanted)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{merged!r}")
    print(
        f"{records:,} records, {groups:,} groups: {seconds:.2f} s,"
        f" processor {work:.2f} s, peak {peak:,.0f} MB"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))

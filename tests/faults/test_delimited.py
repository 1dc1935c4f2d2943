"""Each fault of delimited text, alone and in pairs: read right, every value and every list.

Given is nothing but the file. What is asserted is in `checking`: header, rows with their
lines, notes, rejects, repairs, flags, encoding, and that no letter is lost.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.faults.cases import HEADER, Case, Impossible, customers
from tests.faults.checking import differences
from tests.faults.delimited import CLASHES, FAULTS, with_faults
from tests.faults.due import due

if TYPE_CHECKING:
    from pathlib import Path

WIDE = ("two_header_rows", "decimal_commas", "a_client_called_total")  # need more columns
NARROW = ("Name", "E-mail", "City")
# Rows and columns: the last is read the fast way, the one before it in stretches.
TABLES = {"short": (14, HEADER), "narrow": (14, NARROW), "middling": (300, HEADER),
          "long": (2_500, HEADER)}  # fmt: skip


def made(table: str, *faults: str) -> Case:
    rows, names = TABLES[table]
    return with_faults(customers(rows, names), *faults)


@pytest.mark.parametrize("table", TABLES)
def test_a_clean_table_is_read_right(table: str, tmp_path: Path) -> None:
    assert differences(made(table), tmp_path) == []


@pytest.mark.parametrize(
    ("table", "fault"),
    [(table, fault) for table in TABLES for fault in FAULTS
     if table != "narrow" or fault not in WIDE],
)  # fmt: skip
def test_a_fault_is_read_right(table: str, fault: str, tmp_path: Path) -> None:
    assert differences(made(table, fault), tmp_path) == []


def pairs(fault: str) -> list[tuple[str, str]]:
    """Give the pairs of a fault with those after it that may be with it in one file."""
    names = list(FAULTS)
    later = names[names.index(fault) + 1 :]
    apart = [name for name in later if FAULTS[name].group != FAULTS[fault].group]
    return [(fault, name) for name in apart if frozenset((fault, name)) not in CLASHES]


@pytest.mark.slow
@pytest.mark.parametrize("fault", list(FAULTS)[:-1])
def test_a_fault_beside_any_other_is_read_right(fault: str, tmp_path: Path) -> None:
    wrong = []
    for pair in due(pairs(fault)):
        try:
            found = differences(made("short", *pair), tmp_path)
        except Impossible:
            continue
        if found:
            wrong.append((pair, found))
    assert not wrong


def test_nearly_all_pairs_can_be_in_one_file() -> None:
    every = list(itertools.combinations(FAULTS, 2))
    kept = [pair for fault in FAULTS for pair in pairs(fault)]
    assert len(kept) > 0.95 * len(every)

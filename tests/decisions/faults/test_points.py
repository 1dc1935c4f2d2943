"""The faults that the decision log must withstand, and that each has a test.

The tests of point 7 are those marked `fault(7)`: `grep -rn "fault(7)" tests`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent.parent
POINTS = {
    1: "killed at any moment: each acknowledged decision survives, in order",
    2: "disk full: a clear error, nothing acknowledged lost, works again later",
    3: "two notebooks: no lost update, or the second is told who holds the log",
    4: "damaged file: refused or saved up to the damage, never fewer or other decisions",
    5: "the clock goes back: order by sequence, not by time",
    6: "read-only folder: reading works, writing says so, nothing is written elsewhere",
    7: "killed during an export: each final name is whole old or whole new",
    8: "newer schema: refused, untouched; older: migrated in one transaction after a copy",
    9: "power loss: on the disk before the acknowledgement",
    10: "other users: 0700 and 0600 under any umask",
    11: "kernel restart: counts and next pair as before",
    12: "source changed: re-ordered re-attach, vanished are listed, changed are asked again",
    13: "interrupted or repeated run: byte-identical output",
    14: "network drive: rollback journal; a second writer is told who holds the lock",
    15: "20,000 decisions: p99 of one below 50 ms, opening below 1 s",
    16: "undo is a new entry; merge chains (A-B, B-C) never lose A",
}


@pytest.fixture(scope="module")
def marked() -> set[int]:
    """Give the points that some test says it tries."""
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    return {
        int(point) for text in texts for point in re.findall(r"mark\.fault\((\d+)\)", text)
    }


@pytest.mark.parametrize("point", POINTS)
def test_each_fault_has_a_test(marked: set[int], point: int) -> None:
    assert point in marked, POINTS[point]


def test_each_mark_names_a_fault_of_the_list(marked: set[int]) -> None:
    assert marked <= set(POINTS)

"""What strict nbval is told to overlook, and what it must not overlook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from nbval.plugin import get_sanitize_patterns

RULES = get_sanitize_patterns(
    (Path(__file__).parents[2] / "notebooks" / "sanitize.cfg").read_text(encoding="utf-8")
)


def sanitised(text: str) -> str:
    for pattern, replacement in RULES:
        text = re.sub(pattern, replacement, text)
    return text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<Card at 0x7f00aa12bb34>", "<Card at 0x55d0c0ffee00>"),
        ("read in 1.2 s", "read in 0.9 s"),
        ("read in 812 ms.", "read in 1,024 ms."),
        ("3 min 12 s", "14 s"),
        ("12,345,678 rows/s", "9 rows/s"),
        ("at 2026-11-21T10:11:12+00:00", "at 2027-01-02T03:04:05.678Z"),
        ("at 2026-11-21 10:11", "at 2027-01-02 03:04:05"),
        ("/tmp/abc123/out/summary.html written", "/tmp/x_9/y/summary.html written"),
        ("/tmp/ipykernel_12/345.py:1: Warning", "/tmp/ipykernel_678/9.py:1: Warning"),
        ("'/private/var/folders/zz/T/x'", "'/tmp/x'"),
    ],
)
def test_what_differs_from_run_to_run_is_overlooked(one: str, other: str) -> None:
    assert sanitised(one) == sanitised(other) != one


def test_of_a_file_in_a_temporary_folder_the_name_still_counts() -> None:
    assert sanitised("/tmp/a1/b/merge.csv") != sanitised("/tmp/a1/b/remove.csv")


@pytest.mark.parametrize(
    "text",
    [
        "58 of 60 clients verified",
        "60 rows, 5 seen, 3 steps, 2 senders",
        "number 00042, created 2026-11-21",
        "EX-1234 0x12",
        "out/upload/part-1.csv",
        "https://example.com/tmp/file",
        "precision 0.98, recall 0.95",
    ],
)
def test_what_a_reader_should_trust_is_compared(text: str) -> None:
    assert sanitised(text) == text

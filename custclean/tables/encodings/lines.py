"""The lines of a text that is still bytes: how they end, and which of them are to be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["PIECE", "Runs", "count_ends", "line_end_of"]

PIECE = 1 << 18  # bytes of a file that are worked on at once
SAMPLE = 1 << 20  # bytes by which line ends are told


def count_ends(data: bytes) -> int:
    """Count line ends of all three kinds."""
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def line_end_of(data: bytes) -> str:
    """Give the line end that most lines at the start have; LF where there is none."""
    sample = data[:SAMPLE]
    crlf = sample.count(b"\r\n")
    counts = Counter(
        {"\r\n": crlf, "\n": sample.count(b"\n") - crlf, "\r": sample.count(b"\r") - crlf}
    )
    end, count = counts.most_common(1)[0]
    return end if count else "\n"


@dataclass(slots=True)
class Runs:
    """Lines to flag; those that follow one another with the same reason are one."""

    found: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, line: int, why: str) -> None:
        """Flag a line."""
        if self.found:
            first, count, last = self.found[-1]
            if last == why and line <= first + count:
                self.found[-1] = (first, line - first + 1, why)
                return
        self.found.append((line, 1, why))

"""Why the model thinks so: the share of each field as a waterfall of bars."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from rich.text import Text

from custclean.terminal.fit import cut, line
from custclean.words import numeral

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.terminal.fit import Line

__all__ = ["waterfall"]

NAME, LEVEL, BITS, BARS = 20, 26, 7, 60  # columns
FOR, AGAINST, SUM = ("█", "green"), ("▒", "red"), ("▓", "")


def waterfall(why: dict[str, Any] | None, texts: Mapping[str, str], width: int) -> list[Line]:
    """Show what speaks for and against: where each bar ends, the next one begins."""
    if why is None:
        return []
    steps = [(texts["prior"], "", why["prior"]), *why["shares"]]
    sums = [0.0, *accumulate(weight for _, _, weight in steps)]
    room = max(10, min(BARS, width - NAME - LEVEL - BITS - 4))
    low, high = min(sums), max(sums)
    scale = room / ((high - low) or 1.0)
    told = [
        _step(name, level, (start, end), _bar((start - low, end - low), scale, end >= start))
        for (name, level, _), start, end in zip(steps, sums, sums[1:])
    ]
    total = _step(texts["together"], "", (0.0, sums[-1]), Text())
    return [*told, total, line(texts["bits"], style="dim"), line()]


def _bar(ends: tuple[float, float], scale: float, grows: bool) -> Text:  # noqa: FBT001  # one of two pictures
    sign, style = FOR if grows else AGAINST
    left, right = sorted(round(end * scale) for end in ends)
    return Text(" " * left).append(sign * max(1, right - left), style)


def _step(name: str, level: str, ends: tuple[float, float], bar: Text) -> Line:
    bits = numeral(ends[1] - ends[0], "+.1f")
    at = NAME + LEVEL + 2
    return (
        (0, Text(cut(name, NAME), "bold" if not bar.plain else "")),
        (NAME + 1, Text(cut(level, LEVEL))),
        (at, Text(bits.rjust(BITS))),
        (at + BITS + 1, bar),
    )

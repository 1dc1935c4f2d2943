"""What faces without a script of their own say and read alike: how far one is, numbers."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.review import ReviewSession

__all__ = ["number_shown", "number_typed", "place_said", "progress_said"]

SHARES = frozenset({"least", "most"})  # of the numbers of a filter: in percent
SHORT = 90  # minutes; more are said in hours


def place_said(session: ReviewSession, texts: Mapping[str, str], records: int) -> str:
    """Say which question it is that one looks at."""
    n = (session.queue.rank(session.position) or 0) + 1
    form = texts["group" if records > 2 else "pair"]
    return form.format(n=n, total=len(session.queue), size=records)


def progress_said(session: ReviewSession, texts: Mapping[str, str]) -> list[str]:
    """Say how much is decided, how long the rest takes, how many duplicates are in it."""
    counts = session.counts
    expected = 0 if session.blind else round(session.expected)
    return [
        texts["counts_unsure" if counts["unsure"] else "counts"].format(**counts),
        _time_left(session.seconds_left, texts) if counts["left"] else _done(session, texts),
        texts["expected"].format(n=expected) if expected else "",
    ]


def _done(session: ReviewSession, texts: Mapping[str, str]) -> str:
    """Say that all is decided; what a filter or a sample leaves out is not."""
    hidden = sum(session.waiting)
    return texts["shown_done"].format(n=hidden) if hidden else texts["all_done"]


def _time_left(seconds: float | None, texts: Mapping[str, str]) -> str:
    if seconds is None:
        return ""
    minutes = ceil(seconds / 60)
    if minutes < SHORT:
        told = texts["minutes"].format(n=minutes)
    else:
        told = texts["hours"].format(n=f"{minutes / 60:.1f}")
    return texts["time_left"].format(time=told)


def number_shown(name: str, held: Any) -> str:
    """Write a number of the filter, a share in percent.

    >>> number_shown("least", 0.05), number_shown("smallest", 3), number_shown("most", None)
    ('5', '3', '')
    """
    if held is None:
        return ""
    return f"{100 * held:g}" if name in SHARES else f"{held:g}"


def number_typed(name: str, text: str) -> Any:
    """Read it again; what is no number stays what it is, and is refused by the filter.

    >>> number_typed("least", " 5,5 % "), number_typed("smallest", "3")
    (0.055, 3.0)
    """
    typed = text.strip().rstrip("%").strip()
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        return typed or None
    return number / 100 if name in SHARES else number

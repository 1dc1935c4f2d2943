"""Find the day on which a report was made, in the notes around its table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custclean.text.day import found

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["found", "newest"]

_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)")


def newest(notes: Iterable[str]) -> date | None:
    """Give the day of the time stamp; a day without a time may be the end of a period."""
    dated = [(day, bool(_CLOCK.search(note))) for note in notes if (day := found(note))]
    stamped = [day for day, clock in dated if clock]
    return max(stamped or [day for day, _ in dated], default=None)

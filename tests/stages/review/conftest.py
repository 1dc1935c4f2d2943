"""A log that knows the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def ticking(tmp_path: Path) -> Iterator[DecisionLog]:
    """Give a log whose clock goes on by ten seconds each time it is looked at."""
    times = (NOON + timedelta(seconds=10 * n) for n in count())
    with DecisionLog(tmp_path / "ticking", who="ann", clock=lambda: next(times)) as opened:
        yield opened

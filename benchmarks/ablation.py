"""What each part of the matching gains in F1 and costs in time: leave one out, look again.

`python -m benchmarks.ablation --rows 5000 --seeds 1 2 3 4 --hard 0.1 1`. Parts are taken out
from outside, by putting something simpler in their place; all else stays as it is.
"""

from __future__ import annotations

import argparse
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np

import custclean as cc
from benchmarks import customers
from custclean.stages.link import classify, cluster, index, keys, levels

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from custclean.stages.link.cluster import Links, Score
    from custclean.stages.link.frequencies import Frequencies

LINK = "custclean.stages.link"
EXACT = 10  # so many of the rules ask for a whole value; the others put parts together


def _whole_values() -> tuple[tuple[str, ...], ...]:
    return keys.RULES[:EXACT]


def _no_pairs(*_: object) -> index._Found:
    return index._Found("", np.zeros(0, np.uint64), np.zeros(0, np.int64))  # noqa: SLF001


def _two_classes(_: tuple[str, ...]) -> list[int]:
    return list(range(1, len(levels.CLASSES)))


def _untrained(model: Any, strangers: Any, *_: object) -> Any:
    every = np.ones(len(strangers))
    return classify._count_strangers(model, strangers, every)  # noqa: SLF001


def _as_common_as_any(self: Frequencies, name: str, level: str, left: Any, _: object) -> Any:
    """Give every value the share that the values of all records have on average."""
    columns = self._columns(name, level)[0]
    held = [np.unique(each[each != 0], return_counts=True)[1] for each in columns]
    counts = np.concatenate(held).astype(float)
    total = counts.sum()
    share = float(((counts / total) ** 2).sum()) if total else 1.0
    return np.full(len(left), np.clip(share, 1e-9, 1.0))


def _connected(rows: int, links: Links, _: Score) -> cluster.Grouped:
    return cluster.Grouped(cluster.connected(rows, links.left, links.right), ())


def _parts() -> Mapping[str, Mapping[str, Any]]:
    """Name the parts, and what stands in the place of each."""
    return {
        "all of it": {},
        "only keys of whole values": {
            f"{LINK}.keys.RULES": _whole_values(),
            f"{LINK}.index._by_words": _no_pairs,
            f"{LINK}.index._by_neighbour": _no_pairs,
        },
        "no neighbours, no rare words": {
            f"{LINK}.index._by_words": _no_pairs,
            f"{LINK}.index._by_neighbour": _no_pairs,
        },
        "two kinds of pair": {
            f"{LINK}.scoring.untold": _two_classes,
            f"{LINK}.classify.untold": _two_classes,
        },
        "nothing learned": {f"{LINK}.score.train": _untrained},
        "every value as common as any": {
            f"{LINK}.frequencies.Frequencies.chance": _as_common_as_any
        },
        "values counted once": {f"{LINK}.score._AGAIN": 0},
        "no weak bridge refused": {f"{LINK}.result.group": _connected},
    }


def main() -> None:
    """Print a line a part: F1 and CPU seconds over all seeds, at each hardness."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4])
    parser.add_argument("--hard", type=float, nargs="+", default=[0.1, 1.0])
    given = parser.parse_args()
    sets = {
        hard: [customers.make(given.rows, seed, hard) for seed in given.seeds]
        for hard in given.hard
    }
    heads = [f"hard {hard:g}: {what}" for hard in sets for what in ("P", "R", "F1", "CPU s")]
    print("| left out | " + " | ".join(heads) + " |\n" + "|---" * (len(heads) + 1) + "|")
    for part, changes in _parts().items():
        cells = [cell for tables in sets.values() for cell in _measured(tables, changes)]
        print(f"| {part} | " + " | ".join(cells) + " |", flush=True)


def _measured(tables: list[pl.DataFrame], changes: Mapping[str, Any]) -> list[str]:
    right = wrong = missed = 0
    began = time.process_time()
    with ExitStack() as stack:
        for name, other in changes.items():
            stack.enter_context(patch(name, other))
        for table in tables:
            found = cc.find_duplicates(table.drop("entity"), id="record_id").clusters()
            quality = cc.evaluate(found, table.select("record_id", "entity"))
            right, wrong = right + quality.right, wrong + quality.wrong
            missed += quality.missed
    took = (time.process_time() - began) / len(tables)
    shares = right / max(right + wrong, 1), right / (right + missed)
    return [
        *(f"{share:.4f}" for share in (*shares, 2 * right / (2 * right + wrong + missed))),
        f"{took:.1f}",
    ]


if __name__ == "__main__":
    main()

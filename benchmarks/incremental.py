"""What new records cost beside a known list: python -m benchmarks.incremental [KNOWN] [NEW].

Three runs on the same customers: all from scratch, the new ones beside the clusters of the
known, and the same with the stored model of the known.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any

from benchmarks.customers import make
from custclean.stages.link import Matches, evaluate, find_duplicates

if TYPE_CHECKING:
    import polars as pl


def timed(name: str, truth: pl.DataFrame, table: pl.DataFrame, **asked: Any) -> Matches:
    """Find duplicates, print what it took and how good it is."""
    start, cpu = time.perf_counter(), time.process_time()
    found = find_duplicates(table, id="record_id", **asked)
    clusters = found.clusters()
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    quality = evaluate(clusters, truth)
    compared = len(found.to_recordlinkage()[0])
    print(
        f"{name:<28}{wall:6.2f} s  cpu {cpu:6.2f} s  {compared:>9,} compared"
        f"  P {quality.precision:.4f} R {quality.recall:.4f} F1 {quality.f1:.4f}"
    )
    return found


def main() -> None:
    """Make the customers, and find duplicates in each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("known", type=int, nargs="?", default=100_000)
    parser.add_argument("new", type=int, nargs="?", default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    every = make(asked.known + asked.new, asked.seed).sample(
        fraction=1.0, shuffle=True, seed=asked.seed
    )
    truth, table = every.select("record_id", "entity"), every.drop("entity")
    old = table.head(asked.known)
    before = timed("the known, from scratch", truth.head(asked.known), old)
    known = before.clusters()
    timed("all, from scratch", truth, table)
    timed("new beside known", truth, table, known=known)
    timed("the same, stored model", truth, table, known=known, model=before.model)


if __name__ == "__main__":
    main()

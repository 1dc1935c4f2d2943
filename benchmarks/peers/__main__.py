"""Compare: python -m benchmarks.peers 10000 febrl3 [--peers splink ...]."""

from __future__ import annotations

import argparse

from benchmarks.peers import LINES, compare
from benchmarks.peers.written import add, write


def main() -> None:
    """Print a line a peer and set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sets", nargs="+", help="febrl1 to febrl4, a number of rows, or 10000@0.3: less hard"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--peers", nargs="+", choices=sorted(LINES), default=tuple(LINES))
    parser.add_argument("--write", action="store_true", help="keep the table and a picture")
    parser.add_argument("--add", action="store_true", help="put the rows into the kept table")
    given = parser.parse_args()
    rows = compare(given.sets, given.seed, given.peers, rounds=given.rounds)
    if given.write:
        write(rows, given.seed)
    elif given.add:
        add(rows, given.seed)


if __name__ == "__main__":
    main()

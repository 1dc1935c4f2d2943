"""dedupe 3: python dedupe_.py data.csv clusters.csv --truth truth.csv [--labels 400].

It learns from labels. They are drawn from the truth: half of them pairs of one customer, half
pairs of two that share a name, an address or a contact, as a person would be asked. So its
figures are those of a tool that was given answers; the others were given none.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
import sys
from collections import defaultdict
from pathlib import Path

import dedupe
from cleaning import arguments, clean
from dedupe import variables

SHARED = ("tax_id", "email", "phone", "firm", "person", "family", "street", "born", "postcode")
EXACT = ("phone", "tax_id", "postcode")
TEXT = ("title", "email", "street", "city")
LIMIT, SAMPLE = 10_000, 1_500

Record = dict[str, str | None]
Pair = tuple[Record, Record]


def fields(columns: list[str]) -> list[object]:
    """Name a variable a column; a missing value is a thing of its own."""
    named = [n for n in columns if n in EXACT or n in TEXT or n.startswith(("x_", "born"))]
    kinds = {True: variables.ShortString, False: variables.String}
    return [kinds[name in EXACT or name == "born"](name, has_missing=True) for name in named]


def labelled(records: dict[str, Record], truth: Path, count: int) -> dict[str, list[Pair]]:
    """Draw so many labels: half the same, half different although they share something."""
    draw = random.Random(1)
    with truth.open(newline="") as lines:
        entity = {row[0]: row[1] for row in itertools.islice(csv.reader(lines), 1, None)}
    groups = defaultdict(list)
    for each in records:
        groups[entity[each]].append(each)
    same = [p for group in groups.values() for p in itertools.combinations(group, 2)]
    blocks = defaultdict(list)
    for each, record in records.items():
        for name in SHARED:
            if record.get(name):
                blocks[name, record[name]].append(each)
    shared = [block for block in blocks.values() if len(block) > 1]
    other: set[tuple[str, str]] = set()
    for _ in range(100 * count):
        one, two = sorted(draw.sample(draw.choice(shared), 2))
        if entity[one] != entity[two] and len(other) < count - count // 2:
            other.add((one, two))
    same = draw.sample(same, min(len(same), count // 2))
    return {
        name: [(records[one], records[two]) for one, two in chosen]
        for name, chosen in (("match", same), ("distinct", sorted(other)))
    }


def _file(labels: dict[str, list[Pair]]) -> io.StringIO:
    """Write labels as dedupe reads them, so that their records are in its sample."""
    pairs = {
        name: [{"__class__": "tuple", "__value__": list(pair)} for pair in chosen]
        for name, chosen in labels.items()
    }
    return io.StringIO(json.dumps(pairs))


def main() -> None:
    given = arguments(truth={"type": Path, "required": True},
                      labels={"type": int, "default": 400})  # fmt: skip
    base, columns = clean(given.data, given.columns)
    rows = base.sql(f"select record_id, {', '.join(columns)} from records").fetchall()
    if len(rows) > LIMIT:
        sys.exit(f"dedupe is asked for {LIMIT:,} rows at most, not {len(rows):,}")
    records = {row[0]: dict(zip(columns, row[1:])) for row in rows}
    labels = labelled(records, given.truth, given.labels)
    print(f"dedupe was given {sum(map(len, labels.values()))} labels from the truth")
    random.seed(1)
    draw = random.Random(2)
    model = dedupe.Dedupe(fields(columns), num_cores=0)
    part = draw.sample(sorted(records), min(len(records), SAMPLE))  # more takes ten minutes
    model.prepare_training({n: records[n] for n in part}, training_file=_file(labels))
    model.train(recall=0.99, index_predicates=False)
    with given.clusters.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["record_id", "cluster_id"])
        for number, (members, _) in enumerate(model.partition(records, threshold=0.5)):
            writer.writerows((each, number) for each in members)


if __name__ == "__main__":
    main()

"""Reading, side by side: how many faulty files each reader reads right, and how fast it is.

Run `make bench`, or `python -m benchmarks.reading [right|speed]`. The files are those of
tests/faults, whose maker knows what each should give. Right is a table with the header and
every value of the truth, and each row that cannot be in it named; loss or damage without a
word is silent. Titles and totals that a reader leaves out are not held against it. The
result stands in benchmarks/results/reading.md.
"""

from __future__ import annotations

import itertools
import platform
import random
import sys
import tempfile
import warnings
from collections import Counter
from dataclasses import replace
from pathlib import Path

from benchmarks import speed
from benchmarks.rivals import READERS, Answer, same
from tests.faults.cases import Case, Expected, Impossible, customers
from tests.faults.delimited import CLASHES, FAULTS, with_faults

RESULTS = Path(__file__).parent / "results"
PAIRS = 300  # of all pairs, drawn by a seed
VERDICTS = ("right", "told", "refused", "silent")


def main(what: str = "all") -> int:
    parts, good = (
        [f"# Reading\n\nPython {platform.python_version()}, {platform.machine()}.\n"],
        True,
    )
    if what in ("all", "right"):
        counts = verdicts()
        parts.append(_table_of(counts))
        good = _is_ahead(counts)
        if not good:
            parts.append("custclean is NOT ahead.\n")
    if what in ("all", "speed"):
        table, fast = speed.report()
        parts.append(table)
        good = good and fast
    text = "\n".join(parts)
    print(text)
    if what == "all":
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "reading.md").write_text(text, encoding="utf-8")
    return 0 if good else 1


def cases() -> list[tuple[str, Case]]:
    """Give each fault alone in two tables, and a draw of pairs."""
    names: list[tuple[str, ...]] = [(), *[(name,) for name in FAULTS]]
    pairs = [
        pair
        for pair in itertools.combinations(FAULTS, 2)
        if FAULTS[pair[0]].group != FAULTS[pair[1]].group and frozenset(pair) not in CLASHES
    ]
    made = [*_made(14, names), *_made(300, names)]
    return made + _made(14, random.Random(3).sample(pairs, PAIRS))


def _made(rows: int, names: list[tuple[str, ...]]) -> list[tuple[str, Case]]:
    found = []
    for faults in names:
        try:
            case = with_faults(customers(rows), *faults)
            case.data()
        except Impossible:
            continue
        found.append((f"{rows} rows: {' and '.join(faults) or 'clean'}", case))
    return found


def verdicts() -> dict[str, Counter[str]]:
    """Give each reader's verdicts over all files."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in READERS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        for what, case in cases():
            path.write_bytes(case.data())
            for name in READERS:
                found = _verdict(name, path, case.expected())
                counts[name][found] += 1
                if name == "custclean" and found != "right":
                    print("custclean", found, what)
    return counts


def _verdict(name: str, path: Path, want: Expected) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = READERS[name](path)
    except Exception:  # noqa: BLE001  # each reader has errors of its own
        return "refused"
    if answer.plain and not want.header_row:
        answer = replace(answer, header=want.header, rows=[answer.header, *answer.rows])
    left_out = len(want.rejected)
    if _is_right(answer, want):
        return "right" if answer.told >= left_out else "silent"
    missing = len(want.rows) + left_out - len(answer.rows)
    only_rows = answer.told and answer.told >= missing and _holds(answer, want)
    return "told" if only_rows else "silent"


def _is_right(answer: Answer, want: Expected) -> bool:
    return (
        len(answer.rows) == len(want.rows)
        and _has_header(answer, want)
        and all(_is_row(row, right) for row, right in zip(answer.rows, want.rows))
    )


def _has_header(answer: Answer, want: Expected) -> bool:
    """Hold headings against the truth; readers name blank and doubled ones as they like."""
    seen = Counter(want.header)
    return len(answer.header) == len(want.header) and all(
        heading == right or not right or seen[right] > 1
        for heading, right in zip(answer.header, want.header)
    )


def _is_row(row: object, right: list[str]) -> bool:
    cells = list(row)  # type: ignore[call-overload]
    return len(cells) == len(right) and all(map(same, cells, right))


def _holds(answer: Answer, want: Expected) -> bool:
    """Say whether all that is in the table is in the truth, in its order."""
    rest = iter(want.rows)
    return _has_header(answer, want) and all(
        any(_is_row(row, right) for right in rest) for row in answer.rows
    )


def _table_of(counts: dict[str, Counter[str]]) -> str:
    total = counts["custclean"].total()
    lines = [
        f"## {total} files with faults, given nothing but the file\n",
        "| reader | read right | in part, the rest told | refused | silent loss or damage |",
        "|---|---|---|---|---|",
    ]
    for name, count in counts.items():
        shares = " | ".join(f"{100 * count[verdict] / total:.1f} %" for verdict in VERDICTS)
        lines.append(f"| {name} | {shares} |")
    return "\n".join(lines) + "\n"


def _is_ahead(counts: dict[str, Counter[str]]) -> bool:
    """Say whether custclean reads most files right, and fewest with silent loss."""
    ours, *others = counts.values()
    return all(
        ours["right"] > other["right"] and ours["silent"] <= other["silent"]
        for other in others
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

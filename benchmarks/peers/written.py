"""What a comparison came to, to be kept: a table with the machine, and a picture."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from itertools import cycle
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

from benchmarks.peers.comparing import table
from benchmarks.peers.running import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from benchmarks.peers.comparing import Row

__all__ = ["add", "draw", "write"]

RESULTS = ROOT / "benchmarks" / "results" / "linkage.md"
STYLE = ROOT / "custclean" / "charts.mplrc"
COLOURS = {  # of Okabe and Ito, told apart by those who see few colours too
    "custclean": "#0072b2", "splink": "#e69f00", "goldenmatch": "#009e73",
    "recordlinkage": "#cc79a7", "dedupe": "#56b4e9",
}  # fmt: skip
MARKERS = "o^sDv"
VARIANTS = (":", "-.", (0, (1, 4)), "--")  # lines of what a tool is given besides


def write(rows: Sequence[Row], seed: int, note: str = "") -> None:
    """Write `benchmarks/results/linkage.md` and `docs/linkage.svg`."""
    machine = (
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    )
    text = f"# Finding duplicates\n\n{machine}; seed {seed}. {note}\n\n{table(rows)}\n"
    RESULTS.write_text(text.replace(". \n", ".\n"), encoding="utf-8")
    draw(rows, ROOT / "docs" / "linkage.svg")


def add(rows: Sequence[Row], seed: int) -> None:
    """Put rows into the table that is there, in their places, and say when they came."""
    head, *_ = RESULTS.read_text(encoding="utf-8").partition("\n\n|")
    every = {_key(row): row for row in _kept()} | {_key(row): row for row in rows}
    data = list(dict.fromkeys(name for name, _ in every))
    table_rows = sorted(every.values(), key=lambda row: data.index(row["data"]))
    told: dict[str, list[str]] = {}
    for row in rows:
        told.setdefault(str(row["peer"]), []).append(str(row["data"]))
    which = "; ".join(f"{peer} ({', '.join(sets)})" for peer, sets in told.items())
    note = f"Of {datetime.now(UTC).date()}, seed {seed}: {which}."
    RESULTS.write_text(f"{head}\n{note}\n\n{table(table_rows)}\n", encoding="utf-8")
    draw(table_rows, ROOT / "docs" / "linkage.svg")


def _kept() -> list[Row]:
    """Read the table that was written last."""
    lines = RESULTS.read_text(encoding="utf-8").splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]
    return [_row(*each) for each in cells]


def _row(data: str, rows: str, peer: str, *measured: str) -> Row:
    wall, cpu, mb, *quality = (number.replace(",", "") for number in measured)
    row: Row = {"data": data, "rows": int(rows.replace(",", "")), "peer": peer,
                "wall": float(wall), "cpu": float(cpu), "mb": float(mb)}  # fmt: skip
    if len(quality) < 3 or not quality[-1]:
        return row | {"error": quality[0]}
    return row | dict(zip(("precision", "recall", "f1"), map(float, quality))) | {"error": ""}


def _key(row: Row) -> tuple[object, object]:
    return row["data"], row["peer"]


def draw(rows: Sequence[Row], path: Path) -> None:
    """Draw F1 against the wall time: a line a peer, a mark a size, a field a hardness."""
    rows = [row for row in rows if not row["error"] and str(row["data"])[:5] != "febrl"]
    kinds = list(dict.fromkeys(map(_kind, rows)))
    styles = _styles(list(dict.fromkeys(str(row["peer"]) for row in rows)))
    sizes = sorted({int(str(row["rows"])) for row in rows})
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc_file(STYLE, use_default_template=False)
        figure = Figure(figsize=(4.4 * len(kinds), 4.4), layout="constrained")
        every = figure.subplots(1, len(kinds), squeeze=False)[0]
        for axes, kind in zip(every, kinds, strict=True):
            for peer, style in styles.items():
                mine = [row for row in rows if row["peer"] == peer and _kind(row) == kind]
                _line(axes, peer, style, mine, sizes)
            axes.set_xscale("log")
            axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
            axes.set_xlabel("seconds from the CSV to the groups")
            axes.set_title(kind)
        every[0].set_ylabel("F1 of pairs")
        named = dict(zip(*every[0].get_legend_handles_labels()[::-1]))
        figure.legend(named.values(), named.keys(), loc="outside lower center", ncols=3)
        shown = ", ".join(f"{mark} {size:,}" for mark, size in zip("●▲■", sizes))
        figure.suptitle(f"customers: {shown}", fontsize=9)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _styles(peers: Sequence[str]) -> dict[str, Any]:
    """Give each peer its line: a tool by itself a plain one, its variants others."""
    more = {tool: cycle(VARIANTS) for tool in COLOURS}
    return {peer: "-" if peer in COLOURS else next(more[_tool(peer)]) for peer in peers}


def _tool(peer: str) -> str:
    return peer.partition(",")[0]


def _line(
    axes: Axes, peer: str, style: Any, rows: Sequence[Row], sizes: Sequence[int]
) -> None:
    """Draw a peer from size to size; what it is given besides makes its marks hollow."""
    colour, plain = COLOURS[_tool(peer)], peer in COLOURS
    points = sorted((int(str(row["rows"])), row["wall"], row["f1"]) for row in rows)
    axes.plot(
        [wall for _, wall, _ in points], [f1 for *_, f1 in points], color=colour,
        linestyle=style, linewidth=1, label=peer, marker="o", markersize=0,
    )  # fmt: skip
    for size, wall, f1 in points:
        mark, full = MARKERS[sizes.index(size)], colour if plain else "none"
        axes.plot(wall, f1, mark, color=colour, markerfacecolor=full)


def _kind(row: Row) -> str:
    name = str(row["data"])
    return "hard " + name.partition("hard ")[2] if "hard" in name else "hard 1"

"""What a comparison came to, to be kept: a table with the machine, and a picture."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.peers.comparing import table
from benchmarks.peers.running import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.peers.comparing import Row

__all__ = ["draw", "write"]

STYLE = ROOT / "custclean" / "charts.mplrc"
COLOURS = {  # of Okabe and Ito, told apart by those who see few colours too
    "custclean": "#0072b2", "splink": "#e69f00", "goldenmatch": "#009e73",
    "recordlinkage": "#cc79a7", "dedupe": "#56b4e9",
}  # fmt: skip
MARKERS = "o^sDv"


def write(rows: Sequence[Row], seed: int, note: str = "") -> None:
    """Write `benchmarks/results/linkage.md` and `docs/linkage.svg`."""
    machine = (
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    )
    text = f"# Finding duplicates\n\n{machine}; seed {seed}. {note}\n\n{table(rows)}\n"
    path = ROOT / "benchmarks" / "results" / "linkage.md"
    path.write_text(text.replace(". \n", ".\n"), encoding="utf-8")
    draw(rows, ROOT / "docs" / "linkage.svg")


def draw(rows: Sequence[Row], path: Path) -> None:
    """Draw F1 against the wall time, a line a peer through the sizes of one kind of set."""
    rows = [row for row in rows if not row["error"]]
    kinds = list(dict.fromkeys(_kind(row) for row in rows if str(row["data"])[:5] != "febrl"))
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc_file(STYLE, use_default_template=False)
        figure = Figure(figsize=(4.2 * len(kinds), 4.2), layout="constrained")
        for number, kind in enumerate(kinds, 1):
            axes = figure.add_subplot(1, len(kinds), number)
            of_kind = [row for row in rows if _kind(row) == kind]
            sizes = sorted({int(str(row["rows"])) for row in of_kind})
            for peer in dict.fromkeys(str(row["peer"]) for row in of_kind):
                mine = [row for row in of_kind if row["peer"] == peer]
                tool = peer.partition(",")[0]
                points = [(float(str(row["wall"])), float(str(row["f1"]))) for row in mine]
                line = "-" if peer == tool else ":"
                axes.plot(*zip(*points), line, color=COLOURS[tool], linewidth=1)
                for row, (wall, f1) in zip(mine, points):
                    marker = MARKERS[sizes.index(int(str(row["rows"])))]
                    full = COLOURS[tool] if peer == tool else "none"
                    axes.plot(wall, f1, marker, color=COLOURS[tool], markerfacecolor=full)
                axes.annotate(
                    tool if peer == tool else peer.partition(", ")[2], points[-1],
                    xytext=(4, 4), textcoords="offset points", fontsize=7,
                    color=COLOURS[tool],
                )  # fmt: skip
            axes.set_xscale("log")
            axes.set_xlabel("seconds from the CSV to the groups")
            axes.set_title(kind)
            if number == 1:
                axes.set_ylabel("F1 of pairs")
        shown = ", ".join(f"{size:,}" for size in sizes)
        figure.suptitle(f"Marks from the left: {shown} customers", fontsize=8)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _kind(row: Row) -> str:
    name = str(row["data"])
    return "hard " + name.partition("hard ")[2] if "hard" in name else "hard 1"

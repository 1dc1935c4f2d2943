"""Pictures of a linkage: weights of pairs, one pair field by field, costs of thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from custclean import html
from custclean.charts import (
    BACK,
    BINS,
    GRID,
    INK,
    axes_of,
    drawn,
    one_line,
    say_nothing,
    whole_numbers,
)
from custclean.errors import SettingsError
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl
    from numpy.typing import NDArray

    from custclean.charts import Form
    from custclean.model import Explanation

    Floats = NDArray[np.float64]

__all__ = ["Picture", "thresholds", "waterfall", "weights"]

BLUE, ORANGE, GREEN, GREY = "#0072b2", "#e69f00", "#009e73", "#999999"
_WIDEST = 40.0  # log2 odds beyond which all is equally sure


@dataclass(frozen=True)
class Picture:
    """A picture that shows itself in a notebook, in the notebook's colours.

    `caption` says what it shows, for those who cannot see it too.
    """

    draw: Callable[[Form], bytes]
    caption: str

    def save(self, path: Path | str) -> Path:
        """Write the picture as SVG or PNG, as the file's name says; give its path."""
        path = Path(path)
        forms: dict[str, Form] = {".svg": "svg", ".png": "png"}
        if path.suffix.lower() not in forms:
            raise SettingsError(
                tr("no such form of picture"), value=path.suffix, expected=".svg, .png"
            )
        path.write_bytes(self.draw(forms[path.suffix.lower()]))
        return path

    def __repr__(self) -> str:
        return f"Picture({self.caption})"

    def _repr_html_(self) -> str:
        return html.framed(html.drawing(self.draw("svg"), caption=self.caption))


def weights(weight: Floats, probability: Floats, *, threshold: float) -> Picture:
    """Draw how many pairs have which weight, and how many of those are expected to be right.

    `weight` and `threshold` are log2 odds; `probability` is of each pair.
    """
    shown = np.clip(weight, -_WIDEST, _WIDEST)

    def draw() -> Any:
        figure, axes = axes_of(8, 3.4)
        if not len(shown):
            say_nothing(axes, tr("no pairs"))
            return figure
        edges = np.histogram_bin_edges(np.append(shown, threshold), BINS)
        right = np.histogram(shown, edges, weights=probability)[0]
        wrong = np.histogram(shown, edges, weights=1 - probability)[0]
        bars = {"width": np.diff(edges), "align": "edge", "edgecolor": BACK, "linewidth": 0.5}
        axes.bar(edges[:-1], right, color=BLUE, label=tr("expected: one client"), **bars)
        axes.bar(edges[:-1], wrong, bottom=right, color=ORANGE, hatch="///",
                 label=tr("expected: two clients"), **bars)  # fmt: skip
        axes.set_xlabel(tr("weight of evidence (log2 of the odds; higher = more alike)"))
        axes.set_ylabel(tr("pairs"))
        axes.grid(visible=False, axis="x")
        whole_numbers(axes.yaxis)
        _mark(axes, threshold, tr("threshold {weight}", weight=numeral(threshold, ".1f")))
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2)
        return figure

    caption = trn(
        "Weights of {n:,} pair; about {right} are one client",
        "Weights of {n:,} pairs; about {right} are one client",
        len(weight),
        right=numeral(float(np.sort(probability).sum()), ",.0f"),
    )
    return Picture(lambda form: drawn(draw, form), caption)


def _mark(axes: Any, x: float, text: str) -> None:
    axes.axvline(x, color=INK, linestyle="--", linewidth=1.2)
    axes.annotate(
        text,
        (x, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(4, -2),
        textcoords="offset points",
        va="top",
        bbox={"facecolor": BACK, "edgecolor": "none", "pad": 1.5},
    )


def waterfall(why: Explanation, name_of: Callable[[str], str]) -> Picture:
    """Draw how prior and fields add up to the weight of one pair; no value of it is shown.

    `name_of` says a field in words.
    """
    steps = [(tr("before any field"), why.prior)]
    steps += [
        (one_line(f"{name_of(each.field)}: {each.level}"), each.weight) for each in why.shares
    ]
    after = np.cumsum([share for _, share in steps])
    labels = [*(label for label, _ in steps), tr("together")]

    def draw() -> Any:
        figure, axes = axes_of(8, 0.9 + 0.34 * len(labels))
        places = np.arange(len(steps))
        share = np.array([share for _, share in steps])
        colours = [BLUE if each >= 0 else ORANGE for each in share]
        colours[0] = GREY
        axes.barh(places, share, left=after - share, color=colours, height=0.62)
        axes.barh(len(steps), why.weight, color=GREEN, height=0.62)
        for place, (_, each) in enumerate(steps):
            _value(axes, float(max(after[place], after[place] - each)), place, each)
        _value(axes, max(why.weight, 0.0), len(steps), why.weight)
        axes.vlines(after, places, places + 1, color=INK, linewidth=0.6)
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_yticks(range(len(labels)), labels)
        axes.invert_yaxis()
        axes.margins(x=0.1)
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
        axes.locator_params(axis="x", nbins=6)
        axes.set_xlabel(tr("log2 of the odds; above 0: one client"))
        return figure

    caption = tr(
        "Weight {weight}, probability {percent}",
        weight=numeral(why.weight, "+.1f"),
        percent=numeral(why.probability, ".1%"),
    )
    return Picture(lambda form: drawn(draw, form), caption)


def _value(axes: Any, x: float, y: float, share: float) -> None:
    axes.annotate(numeral(share, "+.1f"), (x, y), xytext=(4, 0), va="center",
                  textcoords="offset points", fontsize=9)  # fmt: skip


def thresholds(table: pl.DataFrame, *, own: float) -> Picture:
    """Draw precision, recall and what is left to review, threshold by threshold.

    `table` is that of `Matches.thresholds`; measured values stand as dots.
    """
    measured = "measured_precision" in table.columns

    def draw() -> Any:
        figure, axes = axes_of(8, 3.6)
        place = range(table.height)
        below = axes.twinx()
        below.bar(place, table["to_review"], color=GRID, width=0.7, zorder=0)
        below.set_ylabel(tr("pairs left to review"))
        whole_numbers(below.yaxis)
        below.grid(visible=False)
        axes.set_zorder(below.get_zorder() + 1)
        axes.patch.set_visible(False)
        lines = (
            ("precision", tr("precision"), BLUE, "-"),
            ("recall", tr("recall"), ORANGE, "--"),
        )
        for name, label, colour, style in lines:
            axes.plot(
                place,
                table[name],
                style,
                color=colour,
                label=tr("{what}, expected", what=label),
            )
            if measured:
                axes.plot(place, table[f"measured_{name}"], "o", color=colour, markersize=4,
                          label=tr("{what}, measured", what=label))  # fmt: skip
        axes.set_xticks(
            list(place), [numeral(cut, ".4g") for cut in table["threshold"]], fontsize=9
        )
        axes.set_ylim(0, 1.02)
        axes.set_xlabel(tr("threshold: pairs are joined from this probability"))
        axes.grid(visible=False, axis="x")
        _mark(axes, int(np.searchsorted(table["threshold"].to_numpy(), own)), tr("in use"))
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2)
        return figure

    return Picture(
        lambda form: drawn(draw, form), tr("What each threshold gets right, misses and leaves")
    )

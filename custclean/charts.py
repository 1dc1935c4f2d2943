"""Pictures of a run: equal bytes for equal numbers, readable on paper and on a dark page.

matplotlib is imported when a picture is drawn. Colours are Okabe and Ito's, which colour-blind
people tell apart; hatching keeps them apart in black and white.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from custclean.model import Fate, Verdict
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "axes_of",
    "drawn",
    "fates",
    "one_line",
    "proposed",
    "say_nothing",
    "scores",
    "whole_numbers",
]

Form = Literal["svg", "png"]
INK, BACK, GRID = "#1f2328", "#ffffff", "#d1d9e0"
_DARK = {INK: "#e6edf3", BACK: "#0f1419", GRID: "#3d444d", "#0072b2": "#4aa8e0"}
BINS = 40
MOST_BARS = 14


def _finish(figure: Any, form: Form) -> bytes:
    buffer = io.BytesIO()
    meta = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
    figure.savefig(buffer, format=form, metadata=meta, dpi=144)
    image = buffer.getvalue()
    return image if form == "png" else _dark_too(image)


def _dark_too(svg: bytes) -> bytes:
    """Let the picture follow the reader's light or dark, its own background with it."""
    rules = "".join(
        f'[style*="{kind}: {light}"]{{{kind}:{dark}!important}}'
        for light, dark in _DARK.items()
        for kind in ("fill", "stroke")
    )
    style = f"<style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style>\n"
    return svg.replace(b" <defs>", style.encode() + b" <defs>", 1)


def axes_of(width: float, height: float) -> tuple[Any, Any]:
    """Give an empty figure, so many inches wide and high, and its axes."""
    from matplotlib.figure import Figure  # noqa: PLC0415  # 0.5 s, only for who draws

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def drawn(draw: Any, form: Form) -> bytes:
    """Give the figure that `draw` makes as bytes; a person's settings do not count."""
    import matplotlib as mpl  # noqa: PLC0415  # as above

    with mpl.rc_context():
        mpl.rcdefaults()  # a person's matplotlibrc must not change our pictures
        mpl.rc_file(Path(__file__).with_name("charts.mplrc"), use_default_template=False)
        return _finish(draw(), form)


def say_nothing(axes: Any, text: str) -> None:
    """Say why there is nothing to draw."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, text, ha="center", va="center", transform=axes.transAxes)


def _groups(pairs: pl.DataFrame) -> list[tuple[str, str, str, list[float]]]:
    """Give label, colour, hatch and weights of the decided and of the open pairs."""
    known = "verdict" in pairs.columns
    verdict = pairs["verdict"] if known else pl.Series([None] * pairs.height, dtype=pl.String)
    styles = [
        (Verdict.SAME, tr("decided: one client"), "#0072b2", ""),
        (Verdict.DIFFERENT, tr("decided: two clients"), "#e69f00", "///"),
        ("", tr("not decided"), "#999999", ""),
    ]
    decided = [str(Verdict.SAME), str(Verdict.DIFFERENT)]
    result = []
    for code, label, colour, hatch in styles:
        mask = (
            (verdict == str(code)) if code else ~verdict.is_in(decided).fill_null(value=False)
        )
        kept = pairs.filter(mask.fill_null(value=False))["weight"].cast(pl.Float64)
        weights = kept.filter(kept.is_finite().fill_null(value=False)).to_list()
        if weights:
            shown = f"{label} ({numeral(len(weights))})"
            result.append((shown, colour, hatch, sorted(weights)))
    return result


def scores(
    pairs: pl.DataFrame, *, threshold: float | None = None, form: Form = "svg"
) -> bytes:
    """Draw how strong the evidence of the pairs is, decided and not decided.

    `pairs` has `weight` (log2 of the odds) and maybe `verdict` (null: not decided);
    `threshold` is a weight. Gives SVG or PNG bytes.
    """

    def draw() -> Any:
        figure, axes = axes_of(8, 3.4)
        groups = _groups(pairs)
        if not groups:
            say_nothing(axes, tr("no pairs"))
            return figure
        axes.hist(
            [weights for *_, weights in groups],
            bins=BINS,
            stacked=True,
            label=[label for label, *_ in groups],
            color=[colour for _, colour, *_ in groups],
            hatch=[hatch for *_, hatch, _ in groups],
            edgecolor=BACK,
            linewidth=0.5,
        )
        axes.set_xlabel(tr("weight of evidence (log2 of the odds; higher = more alike)"))
        axes.set_ylabel(tr("pairs"))
        axes.grid(visible=False, axis="x")
        whole_numbers(axes.yaxis)
        if threshold is not None:
            axes.axvline(threshold, color=INK, linestyle="--", linewidth=1.2)
            axes.annotate(
                tr("threshold {weight}", weight=numeral(threshold, ".1f")),
                (threshold, 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(4, -2),
                textcoords="offset points",
                va="top",
                bbox={"facecolor": BACK, "edgecolor": "none", "pad": 1.5},
            )
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3)
        return figure

    return drawn(draw, form)


def whole_numbers(axis: Any) -> None:
    """Write an axis in whole numbers, as the reader's language does."""
    from matplotlib.ticker import FuncFormatter  # noqa: PLC0415  # as above

    axis.get_major_locator().set_params(integer=True)
    axis.set_major_formatter(FuncFormatter(lambda x, _place: numeral(x, ",.0f")))


def _bars(
    axes: Any, labels: Sequence[str], numbers: Sequence[int], colours: list[str]
) -> None:
    places = range(len(labels))
    bars = axes.barh(places, numbers, color=colours, height=0.72)
    axes.bar_label(bars, labels=[numeral(n) for n in numbers], padding=4)
    axes.set_yticks(list(places), labels)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    whole_numbers(axes.xaxis)


def class_words() -> dict[str, str]:
    """Say what the classes of the screen are, for people; an unknown class is its own code."""
    return {
        "vendor": tr("vendor"),
        "staff": tr("own staff"),
        "automatic": tr("automatic sender"),
        "newsletter": tr("newsletter"),
        "institution": tr("bank or authority"),
        "ignored": tr("marked to be ignored"),
    }


def _why(classes: pl.DataFrame) -> list[tuple[str, str, int]]:
    """Count class and first reason; what a reason says after a colon is about one record."""
    text = pl.col("reasons").cast(pl.String).fill_null("")
    counted = (
        classes.filter(pl.col("class").fill_null("customer") != "customer")
        .select(
            pl.col("class"),
            text.str.split("; ").list.first().str.split(": ").list.first().alias("why"),
        )
        .group_by("class", "why")
        .len()
        .sort("len", "class", "why", descending=[True, False, False])
    )
    rows = [(str(kind), str(why), int(n)) for kind, why, n in counted.iter_rows()]
    rest = sum(n for *_, n in rows[MOST_BARS:])
    return rows[:MOST_BARS] + ([("", tr("all other reasons"), rest)] if rest else [])


def proposed(classes: pl.DataFrame, *, form: Form = "svg") -> bytes:
    """Draw what was proposed as no customer, by class and first reason.

    `classes` is the screen's: `class` and `reasons` (joined with "; "). Gives picture bytes.
    """
    palette = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")

    def draw() -> Any:
        rows = _why(classes)
        figure, axes = axes_of(8, max(1.6, 0.9 + 0.34 * len(rows)))
        if not rows:
            say_nothing(axes, tr("nothing was proposed"))
            return figure
        kinds = list(class_words())
        kinds += sorted({kind for kind, *_ in rows} - {*kinds, ""})
        colours = [
            palette[kinds.index(kind) % len(palette)] if kind else "#999999"
            for kind, *_ in rows
        ]
        labels = [
            " – ".join(t for t in (class_words().get(kind, kind), one_line(why)) if t)
            for kind, why, _ in rows
        ]
        _bars(axes, labels, [n for *_, n in rows], colours)
        axes.set_xlabel(tr("records proposed as no customer"))
        return figure

    return drawn(draw, form)


def one_line(text: str) -> str:
    """Keep a label on one line."""
    text = " ".join(text.split())
    return text if len(text) <= 48 else text[:47] + "…"


def fate_words() -> dict[str, str]:
    """Say where a record ended, for people."""
    return {
        Fate.UPLOADED: tr("number uploaded"),
        Fate.UNCHANGED: tr("had its number already"),
        Fate.MERGE_APPROVED: tr("to be merged into another client"),
        Fate.SET_ASIDE: tr("set aside: no customer"),
        Fate.UNDECIDED: tr("waits for a decision"),
        Fate.BY_HAND: tr("to be done by hand"),
        Fate.LEFT_OUT: tr("left out, with a reason"),
        Fate.REJECTED: tr("rejected, with a reason"),
    }


def fates(counts: Mapping[str, int], *, form: Form = "svg") -> bytes:
    """Draw where every record ended, in the order of `Fate`, others last; give the picture.

    `counts` maps a fate to its number of records.
    """
    settled = {Fate.UPLOADED, Fate.UNCHANGED, Fate.MERGE_APPROVED, Fate.SET_ASIDE}

    def draw() -> Any:
        words = fate_words()
        order = [*map(str, Fate), *sorted(set(counts) - set(Fate))]
        rows = [(fate, counts[fate]) for fate in order if counts.get(fate)]
        figure, axes = axes_of(8, max(1.6, 0.9 + 0.36 * len(rows)))
        if not rows:
            say_nothing(axes, tr("no records"))
            return figure
        colours = ["#0072b2" if fate in settled else "#e69f00" for fate, _ in rows]
        _bars(axes, [words.get(fate, fate) for fate, _ in rows], [n for _, n in rows], colours)
        total = sum(n for _, n in rows)
        axes.set_xlabel(trn("{n:,} record in all", "{n:,} records in all", total))
        return figure

    return drawn(draw, form)

"""What answers teach: python -m benchmarks.learning --sets 20 --answers 0 10 20 30 50.

Each set is generated customers that lack some columns, so that the model is in doubt. An
oracle answers the first pairs that are asked, in rounds of ten; after each round the model
learns and is asked again what to ask. Beside it the same without learning: the answers hold,
and that is all.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import polars as pl
from matplotlib.figure import Figure

import custclean as cc
from benchmarks.customers import make
from custclean.model import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from custclean.stages.link import Matches

LACK = (  # one after the other, a set each
    "email",
    "tax_id",
    "email phone tax_id",
    "email tax_id street",
    "phone street",
    "email tax_id",
    "company email",
    "given_name family_name company tax_id",
    "phone tax_id postcode city",
    "email phone street",
)
ROUND = 10  # answers before the model learns
HEAD = (
    "answers",
    "F1, learned from",
    "F1, only obeyed",
    "change if learned from",
    "worst",
    "change if only obeyed",
    "worst",
    "pairs not answered: learned less obeyed",
    "worst",
    "sets whose model changed",
)
ROOT = Path(__file__).parents[1]
STYLE = ROOT / "custclean" / "charts.mplrc"


@dataclass
class Customers:
    """A generated set, the oracle that knows it, and F1 after so many answers."""

    seed: int
    rows: int
    taught: list[float] = field(default_factory=list)  # the answers hold and teach
    obeyed: list[float] = field(default_factory=list)  # they hold
    rest: list[float] = field(default_factory=list)  # of pairs nobody answered: what it gains
    changed: list[bool] = field(default_factory=list)  # the model learned

    def __post_init__(self) -> None:
        whole = make(self.rows, self.seed)
        self.lacks = LACK[self.seed % len(LACK)]
        self.truth = whole.select("record_id", "entity")
        self.entity = dict(self.truth.rows())
        self.table = whole.drop("entity", *self.lacks.split())

    def find(self, said: Sequence[Decision] = ()) -> Matches:
        """Find the duplicates, with what was said obeyed."""
        return cc.find_duplicates(self.table, id="record_id", decisions=said)

    def answer(self, asked: pl.DataFrame, count: int) -> list[Decision]:
        """Answer the first pairs that are asked."""
        return [
            Decision(
                (left, right), Verdict.SAME if self._same(left, right) else Verdict.DIFFERENT
            )
            for left, right in asked.head(count).select("left_id", "right_id").rows()
        ]

    def _same(self, left: str, right: str) -> bool:
        return self.entity[left] == self.entity[right]

    def f1(self, found: Matches, but: Sequence[Decision] = ()) -> float:
        """Give F1 of the clusters' pairs, but those that somebody answered."""
        if not but:
            return cc.evaluate(found, self.truth).f1
        gone = pl.DataFrame([d.key for d in but], schema=["left_id", "right_id"], orient="row")
        found_pairs, true_pairs = (
            _pairs(frame).join(gone, on=["left_id", "right_id"], how="anti")
            for frame in (found.clusters(), self.truth.rename({"entity": "cluster_id"}))
        )
        return cc.evaluate(found_pairs, true_pairs).f1

    def measure(self, answers: Sequence[int]) -> None:
        """Answer more and more, with learning and without."""
        first = self.find()
        taught, obeyed = first, first
        said: list[Decision] = []
        others: list[Decision] = []
        for have, wanted in pairwise((0, *answers)):
            for start in range(have, wanted, ROUND):
                size = min(ROUND, wanted - start)
                said += self.answer(taught.to_review(), size)
                taught = first.learn(said)
                others += self.answer(obeyed.to_review(), size)
                obeyed = self.find(others)
            self.taught.append(self.f1(taught))
            self.obeyed.append(self.f1(obeyed))
            self.changed.append(taught.learned.changed)
            self.rest.append(self.f1(taught, said) - self.f1(self.find(said), said))


def _pairs(groups: pl.DataFrame) -> pl.DataFrame:
    both = groups.join(groups, on="cluster_id", suffix="_other")
    both = both.filter(pl.col("record_id") < pl.col("record_id_other"))
    return both.select(left_id="record_id", right_id="record_id_other")


def _spread(values: NDArray[np.float64], form: str = ".3f") -> str:
    low, middle, high = (format(v, form) for v in np.quantile(values, [0.25, 0.5, 0.75]))
    return f"{middle} ({low} to {high})"


def markdown(sets: Sequence[Customers], answers: Sequence[int]) -> str:
    """Write the results down: first over all sets, then each."""
    taught, obeyed, rest, changed = (
        np.array([getattr(each, name) for each in sets])
        for name in ("taught", "obeyed", "rest", "changed")
    )
    about = (
        f"{len(sets)} sets of {sets[0].rows:,} generated customers, seeds {sets[0].seed} to"
        f" {sets[-1].seed}, each without some columns. F1 of pairs after clustering, at the"
        " default threshold; median (quartiles). See `docs/benchmarks.md`."
    )
    lines = ["# What answers teach", "", about, "", f"| {' | '.join(HEAD)} |"]
    lines.append("|---" * len(HEAD) + "|")
    for column, number in enumerate(answers):
        gain, plain = (each[:, column] - each[:, 0] for each in (taught, obeyed))
        lines.append(
            f"| {number} | {_spread(taught[:, column])} | {_spread(obeyed[:, column])}"
            f" | {_spread(gain, '+.4f')} | {gain.min():+.4f} | {_spread(plain, '+.4f')}"
            f" | {plain.min():+.4f} | {_spread(rest[:, column], '+.4f')}"
            f" | {rest[:, column].min():+.4f} | {changed[:, column].sum()} of {len(sets)} |"
        )
    lines += ["", "Each set: F1 after so many answers, learning / only obeyed.", ""]
    lines.append("| seed | lacks | " + " | ".join(map(str, answers)) + " |")
    lines.append("|---" * (2 + len(answers)) + "|")
    for each in sets:
        points = (f"{a:.4f} / {b:.4f}" for a, b in zip(each.taught, each.obeyed, strict=True))
        lines.append(f"| {each.seed} | {each.lacks} | " + " | ".join(points) + " |")
    return "\n".join(lines) + "\n"


def draw(sets: Sequence[Customers], answers: Sequence[int], path: Path) -> None:
    """Draw what F1 gains by the answers: the median, and the middle half of the sets."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc_file(STYLE, use_default_template=False)
        figure = Figure(figsize=(7.2, 4.2), layout="constrained")
        axes = figure.add_subplot()
        styles = (("taught", "answers obeyed and learned from", "#0072b2", "o-"),
                  ("obeyed", "answers obeyed only", "#e69f00", "s--"))  # fmt: skip
        for name, label, colour, line in styles:
            found = np.array([getattr(each, name) for each in sets])
            found -= found[:, :1]
            low, middle, high = np.quantile(found, [0.25, 0.5, 0.75], axis=0)
            axes.fill_between(answers, low, high, color=colour, alpha=0.18, linewidth=0)
            axes.plot(answers, middle, line, color=colour, label=label)
        axes.set_xticks(list(answers))
        axes.set_xlabel("answers")
        axes.set_ylabel("gain in F1 of pairs: median and middle half")
        axes.set_title(
            f"{len(sets)} sets of {sets[0].rows:,} customers, each without some columns"
        )
        axes.legend(loc="lower right")
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def main() -> None:
    """Measure, write the table, draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=20)
    parser.add_argument("--answers", type=int, nargs="+", default=[0, 10, 20, 30, 50])
    parser.add_argument("--rows", type=int, default=2_500)
    parser.add_argument("--seed", type=int, default=20_000, help="of the first set")
    asked = parser.parse_args()
    answers = sorted({0, *asked.answers})
    sets = [Customers(asked.seed + number, asked.rows) for number in range(asked.sets)]
    for each in sets:
        each.measure(answers)
        points = " ".join(f"{a:.4f}/{b:.4f}" for a, b in zip(each.taught, each.obeyed))
        print(f"{each.seed}  without {each.lacks:<38} {points}", flush=True)
    written = markdown(sets, answers)
    print(written)
    (ROOT / "benchmarks" / "results" / "learning.md").write_text(written, encoding="utf-8")
    draw(sets, answers, ROOT / "docs" / "learning.svg")


if __name__ == "__main__":
    main()

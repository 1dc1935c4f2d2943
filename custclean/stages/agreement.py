"""How far reviewers agree on the pairs that both have judged, and where they do not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.decisions import DecisionLog
from custclean.decisions.standing import PAIR_VERDICTS, looked_at, standing_of
from custclean.model import Verdict
from custclean.stages.kappa import kappa_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from custclean.model import Decision

__all__ = ["Agreement", "agreement"]

WORDS = ("same", "different", "unsure")
REVIEWERS = {
    "who_1": pl.String,
    "who_2": pl.String,
    "judged": pl.Int64,
    "agreed": pl.Float64,
    "kappa": pl.Float64,
    "kappa_low": pl.Float64,
    "kappa_high": pl.Float64,
    "remark": pl.String,
    "decided": pl.Int64,
    "agreed_decided": pl.Float64,
    "kappa_decided": pl.Float64,
    "kappa_decided_low": pl.Float64,
    "kappa_decided_high": pl.Float64,
    "remark_decided": pl.String,
}
COUNTS = dict.fromkeys(("who_1", "who_2", "verdict_1", "verdict_2"), pl.String)
APART = "left_id right_id who_1 verdict_1 note_1 when_1 who_2 verdict_2 note_2 when_2".split()
_PLAIN = (*REVIEWERS, *COUNTS, "when_1", "when_2", "saw_the_same")
Pair = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two and two of the reviewers agree.

    `reviewers` has a row for each two: how many pairs both `judged`, the share on which
    they `agreed`, Cohen's `kappa` with its 95 % interval, or a `remark` why there is none.
    "unsure" is a word of its own there; the columns with `decided` are of the pairs on
    which neither said it. `counts` says how often the two said which words; `disagreements`
    lists the pairs, and whether both had the same values before them (`saw_the_same`).

    The interval is the large-sample one of Fleiss, Cohen and Everitt, Psychological
    Bulletin 72 (1969) 323-327; for few pairs it is a rough one.
    """

    reviewers: pl.DataFrame
    counts: pl.DataFrame
    disagreements: pl.DataFrame

    def __repr__(self) -> str:
        return (
            f"Agreement({self.reviewers.height} pairs of reviewers,"
            f" {self.reviewers['judged'].sum()} pairs judged by both,"
            f" {self.disagreements.height} disagreements)"
        )

    def _repr_html_(self) -> str:
        return "".join(
            html.table(frame, title=title, plain=_PLAIN)
            for frame, title in (
                (self.reviewers, tr("agreement of the reviewers")),
                (self.counts, tr("who said what of the same pairs")),
                (self.disagreements, tr("disagreements")),
            )
        )


def agreement(given: DecisionLog | Iterable[Decision]) -> Agreement:
    """Compare what people said of the same pairs: a decision log, or its history.

    The last word of each person on each pair counts that was not taken back, also where
    another person has decided since. Two that were split again are different. Of what was
    accepted in bulk nobody is asked to agree: no person looked at it.
    """
    history = given.history if isinstance(given, DecisionLog) else tuple(given)
    said = _last_words(history)
    reviewers, counts, apart = [], [], []
    for one, other in combinations(sorted(said), 2):
        both = sorted(said[one].keys() & said[other].keys())
        pairs = [(said[one][pair], said[other][pair]) for pair in both]
        table = Counter((_word(first), _word(second)) for first, second in pairs)
        reviewers.append({"who_1": one, "who_2": other, **_measured(table)})
        counts += [(one, other, *words, n) for words, n in sorted(table.items())]
        apart += [_beside(*two) for two in pairs if _word(two[0]) != _word(two[1])]
    listed = dict.fromkeys(APART, pl.String) | {"saw_the_same": pl.Boolean}
    return Agreement(
        pl.DataFrame(reviewers, schema=REVIEWERS),
        pl.DataFrame(counts, schema=COUNTS | {"n": pl.Int64}, orient="row"),
        pl.DataFrame(apart, schema=listed),
    )


def _last_words(history: Iterable[Decision]) -> dict[str, dict[Pair, Decision]]:
    """Give the last standing word of each person on each pair, if they looked at it."""
    said: dict[str, dict[Pair, Decision]] = {}
    for decision in standing_of(tuple(history)):
        if decision.verdict in PAIR_VERDICTS:
            said.setdefault(decision.who, {})[tuple(sorted(decision.key))] = decision
    return {
        who: {pair: word for pair, word in words.items() if looked_at(word)}
        for who, words in said.items()
    }


def _word(decision: Decision) -> str:
    split = decision.verdict is Verdict.SPLIT
    return "different" if split else decision.verdict.value


def _measured(table: Mapping[tuple[str, str], int]) -> dict[str, object]:
    """Give agreement and kappa over all words, and over those that decide."""
    whole = kappa_of([[table.get((a, b), 0) for b in WORDS] for a in WORDS])
    decided = kappa_of([[table.get((a, b), 0) for b in WORDS[:2]] for a in WORDS[:2]])
    return {
        "judged": whole.n,
        "agreed": whole.observed,
        "kappa": whole.kappa,
        "kappa_low": whole.low,
        "kappa_high": whole.high,
        "remark": whole.remark,
        "decided": decided.n,
        "agreed_decided": decided.observed,
        "kappa_decided": decided.kappa,
        "kappa_decided_low": decided.low,
        "kappa_decided_high": decided.high,
        "remark_decided": decided.remark,
    }


def _beside(one: Decision, other: Decision) -> dict[str, object]:
    seen = dict(one.seen) == dict(other.seen) if one.seen and other.seen else None
    ids = dict(zip(("left_id", "right_id"), sorted(one.key), strict=True))
    return ids | _told(one, "1") | _told(other, "2") | {"saw_the_same": seen}


def _told(decision: Decision, number: str) -> dict[str, str]:
    told = {
        "who": decision.who,
        "verdict": _word(decision),
        "note": decision.note,
        "when": decision.when,
    }
    return {f"{name}_{number}": text for name, text in told.items()}

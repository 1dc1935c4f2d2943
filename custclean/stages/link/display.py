"""What a notebook shows of matches: the result, some of it side by side, how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from custclean import html
from custclean.stages.link.found_by import rule_in_words
from custclean.stages.link.probe import all_compared, every_pair
from custclean.stages.link.side_by_side import Block, side_by_side
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.stages.link.pick import Picked
    from custclean.stages.link.probe import MissedByBlocking
    from custclean.stages.link.result import Result
    from custclean.stages.link.score import Scored
    from custclean.stages.link.scoring import Model

    Assumed = Sequence[tuple[str, str, str]]

__all__ = ["draw"]

_LITTLE = 100  # pairs from which a model learns but little
_DOUBTFUL = (0.05, 0.95)  # probabilities that the sentence says itself


def draw(
    result: Result,
    picked: Picked,
    columns: Assumed,
    *,
    noted: Sequence[str],
    probed: MissedByBlocking | None,
) -> str:
    """Draw matches: `picked` is shown, `columns` say why each is what.

    `noted`: what did not go as asked.
    """
    sure, doubt = tr("The surest"), tr("The most doubtful")
    notes = [tr("values that differ are marked")] if picked.surest or picked.doubtful else []
    notes += [] if html.revealed() or not notes else [html.how_to_reveal()]
    how = _how(result.scored, result.threshold, probed)
    return html.framed(
        html.paragraph(_headline(result, picked), kind="lead"),
        html.bullets(noted) if noted else "",
        _blocks(result, picked.surest, sure),
        _blocks(result, picked.doubtful, doubt),
        html.folded(_columns_said(columns), _columns(columns)),
        html.folded(tr("How it was decided"), html.bullets(how)),
        html.paragraph(tr("What comes next")),
        html.bullets(_next(linked=result.linked)),
        notes=notes,
    )


def _headline(result: Result, picked: Picked) -> str:
    scored, side = result.scored, result.scored.seen.side
    if side is not None:
        said = trn(
            "{one:,} and {other:,} records: {n:,} pair is one client",
            "{one:,} and {other:,} records: {n:,} pairs are one client",
            picked.joined,
            one=int((~side).sum()),
            other=int(side.sum()),
        )
    elif picked.groups:
        said = trn(
            "{all:,} records: {n:,} group of {sizes} holds {held:,} of them",
            "{all:,} records: {n:,} groups of {sizes} hold {held:,} of them",
            picked.groups,
            all=scored.features.rows,
            sizes="–".join(dict.fromkeys((numeral(picked.smallest), numeral(picked.largest)))),
            held=picked.grouped,
        )
    else:
        said = trn("{n:,} record: no group", "{n:,} records: no group", scored.features.rows)
    look = trn(
        "{n:,} pair is worth a look ({doubtful:,} in doubt)",
        "{n:,} pairs are worth a look ({doubtful:,} in doubt)",
        int(result.asked.sum()),
        doubtful=int(result.doubtful.sum()),
    )
    return f"{said}; {look}."


def _blocks(result: Result, groups: list[list[int]], title: str) -> str:
    """Draw groups of rows side by side, each under the reason why they belong together."""
    if not groups:
        return ""
    raw = result.scored.features.raw
    blocks = [
        Block(
            _reason(result, group),
            [result.name(row) for row in group],
            raw[np.array(group)].with_columns(pl.all().cast(pl.String)).rows(),
        )
        for group in groups
    ]
    return side_by_side(raw.columns, blocks, title=title)


def _reason(result: Result, group: list[int]) -> str:
    """Say why some rows are one client: of more than two, by the two least alike."""
    one, other = np.triu_indices(len(group), 1)
    rows = np.array(group)
    low, high = np.minimum(rows[one], rows[other]), np.maximum(rows[one], rows[other])
    least = int(np.argmin(result.scored.weigh(low, high)))
    said = result.explained_rows(int(low[least]), int(high[least]))
    told = said.sentence
    if result.scored.judge is None and not _DOUBTFUL[0] < said.probability < _DOUBTFUL[1]:
        percent = numeral(min(max(said.probability, 0.001), 0.999), ".1%")
        told = f"{percent}: {told}"
    if len(group) > 2:
        return tr("The two least alike: {sentence}", sentence=told)
    return told


def _columns_said(columns: Assumed) -> str:
    guessed = [f"{column} → {kind}" for column, kind, why in columns if why == "content"]
    said = trn("{n:,} column is compared", "{n:,} columns are compared", len(columns))
    if not guessed:
        return said
    return tr(
        "{said}; assumed from their values alone: {guessed}",
        said=said,
        guessed=", ".join(guessed),
    )


def _columns(columns: Assumed) -> str:
    why = {
        "heading": tr("its heading"),
        "content": tr("its values"),
        "heading and content": tr("its heading and its values"),
        "told": tr("it was said so"),
    }
    header = (tr("column"), tr("taken for"), tr("because of"))
    rows = [(column, kind, why[reason]) for column, kind, reason in columns]
    left = tr(
        "columns= says it better: name all that are to be compared, each with its kind; or"
        " only those to leave out, as 'ignore'."
    )
    return html.grid(header, rows) + html.paragraph(left)


def _how(scored: Scored, threshold: float, probed: MissedByBlocking | None) -> list[str]:
    joined = tr(
        "Pairs are joined from a probability of {least}.", least=numeral(threshold, ".4g")
    )
    judged = tr("How likely a pair is one client, a classifier says, not the model.")
    told = [joined, *([judged] if scored.judge else _learned(scored.model))]
    if all_compared(scored):
        return [*told, every_pair()]
    return [*told, *_blocking(scored.blocking), _unseen(probed)]


def _learned(model: Model) -> list[str]:
    told = [
        trn(
            "Estimated from these records: that about {n:,} candidate pair is one client,"
            " how often strangers agree (from random pairs, and from how many hold a value)"
            " and, within bounds, how alike the records of one client are.",
            "Estimated from these records: that about {n:,} candidate pairs are one client,"
            " how often strangers agree (from random pairs, and from how many hold a value)"
            " and, within bounds, how alike the records of one client are.",
            model.pairs,
        ),
        tr(
            "A starting belief, not estimated: how alike the records of a household, of two"
            " sets of books, of two branches and of namesakes are."
        ),
    ]
    if model.pairs < _LITTLE:
        told.append(
            tr(
                "So few pairs teach little: how alike one client's records are is mostly a"
                " belief too."
            )
        )
    return told


def _blocking(blocking: pl.DataFrame) -> list[str]:
    keys = trn("{n:,} key", "{n:,} keys", blocking.height)
    told = [
        tr("{keys} gave {n:,} candidate pairs.", keys=keys, n=int(blocking["new"].sum() or 0))
    ]
    cut = blocking.filter(pl.col("left_out") > 0).sort(
        "left_out", "rule", descending=[True, False]
    )
    if cut.height:
        rules = [rule_in_words(rule) for rule in cut["rule"].head(3)]
        told.append(
            trn(
                "{n:,} block was too large, so {out:,} pairs in it were not compared; most of:"
                " {rules}.",
                "{n:,} blocks were too large, so {out:,} pairs in them were not compared; most"
                " of: {rules}.",
                int(cut["oversized"].sum()),
                out=int(cut["left_out"].sum()),
                rules="; ".join(rules),
            )
        )
    return told


def _unseen(probed: MissedByBlocking | None) -> str:
    if probed is not None:
        return probed.sentence()
    return tr("How many true pairs share no key: .missed_by_blocking() estimates it.")


def _next(*, linked: bool) -> list[str]:
    told = [
        tr(
            ".to_review() gives the pairs worth a look, the most useful first; .learn(answers)"
            " learns from what you say of them"
        ),
        tr(".explain(left_id, right_id) says why two records match, or why not"),
        tr(".plot_threshold() shows what another threshold would cost"),
        tr(".sample(200), labelled, and cc.evaluate(...) say how good the result is"),
    ]
    if linked:
        return [tr(".accepted() gives the pairs at or above the threshold"), *told]
    return [
        tr(".clusters() gives every record its cluster_id, the smallest id of its group"),
        *told,
    ]

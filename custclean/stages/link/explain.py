"""Why two records match, or why not: shares that add up, and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from custclean.model import Explanation, Share
from custclean.stages.link.levels import FIELDS, field_said, words_for
from custclean.stages.link.scoring import kinds_of_pair, odds_of, to_probability
from custclean.words import numeral, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from custclean.stages.link.scoring import Evidence, Model

__all__ = ["codes_of", "explain", "shares_of"]

# the kinds of column that speak in a field
_SPEAK: Mapping[str, tuple[str, ...]] = {
    "company": ("company", "name"),
    "person": ("given_name", "family_name", "name"),
    "place": ("street", "address", "postcode", "city"),
}
_TELLING = 0.5  # a share below this, either way, is not worth a word


def shares_of(model: Model, found: Evidence) -> tuple[float, dict[str, float]]:
    """Give what stands before any field, and what each adds; together the pair's weight."""
    kinds = np.log2(model.odds)[:, None]
    before = float(odds_of(kinds)[0])
    prior = before + model.learned.prior
    shares = {}
    for name in model.fields:
        kinds = kinds + kinds_of_pair(model, found, name)
        after = float(odds_of(kinds)[0])
        shares[name] = after - before + model.learned.of(name, found)
        before = after
    return prior, shares


def codes_of(name: str) -> list[str | None]:
    """Name the levels of a field by number; None where it cannot be compared."""
    return [None, *(level.code for level in FIELDS[name].levels)]


def explain(
    ids: tuple[str, str],
    raw: pl.DataFrame,
    kinds: Mapping[str, str],
    model: Model,
    found: Evidence,
    judged: float | None = None,
) -> Explanation:
    """Say why the two rows of `raw` were scored as they were, field by field.

    `judged` are the log2 odds of a classifier in the model's place: what they are more or
    less than the model's is one share more.
    """
    prior, weights = shares_of(model, found)
    codes = {name: codes_of(name)[found.levels[name][0]] for name in model.fields}
    shares = tuple(
        _share(name, (_value(raw, 0, name, kinds), _value(raw, 1, name, kinds)), code, weights)
        for name, code in codes.items()
    )
    weight = prior + sum(weights.values())
    # that relatives would share it too makes nothing that is equal speak against one client
    telling = tuple(
        share
        for share in shares
        if codes[share.field] != ("different" if share.weight > 0 else "equal")
    )
    if judged is not None:
        instead = tr("in place of what the model says")
        shares = (*shares, Share("classifier", "", "", instead, judged - weight))
        weight = judged
    probability = float(to_probability(np.array([weight]))[0])
    verdict = _verdict(probability) if judged is None else _judgement(probability)
    sentence = _sentence(verdict, telling)
    return Explanation(*ids, weight, probability, prior, shares, sentence)


def _share(
    name: str, values: tuple[str, str], code: str | None, weights: Mapping[str, float]
) -> Share:
    if code is None:
        said = tr("not counted: the rest says it already") if all(values) else ""
        said = said or words_for(name, "missing")
    else:
        said = words_for(name, code)
    return Share(name, *values, said, weights[name])


def _value(raw: pl.DataFrame, row: int, field: str, kinds: Mapping[str, str]) -> str:
    wanted = _SPEAK.get(field, (field,))
    # in the order of the frame, as people know it
    texts = [raw[name][row] for name, kind in kinds.items() if kind in wanted]
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _sentence(verdict: str, shares: tuple[Share, ...]) -> str:
    ranked = sorted(shares, key=lambda share: -abs(share.weight))
    for_it = [_said(share) for share in ranked if share.weight > _TELLING]
    against = [_said(share) for share in ranked if share.weight < -_TELLING]
    parts = [verdict]
    if for_it:
        parts.append(tr("For: {reasons}.", reasons="; ".join(for_it[:3])))
    if against:
        parts.append(tr("Against: {reasons}.", reasons="; ".join(against[:3])))
    if not for_it and not against:
        parts.append(tr("Nothing that both hold says much."))
    return " ".join(parts)


def _said(share: Share) -> str:
    return f"{field_said(share.field)} – {share.level}"


def _verdict(probability: float) -> str:
    percent = numeral(probability, ".0%") if 0.01 <= probability <= 0.99 else ""
    if probability >= 0.95:
        return tr("Very likely one client.")
    if probability >= 0.5:
        return tr("Probably one client ({percent}).", percent=percent)
    if probability > 0.05:
        return tr("Perhaps one client ({percent}).", percent=percent)
    return tr("Most likely two clients.")


def _judgement(probability: float) -> str:
    """Say what a classifier says; people and rules may have decided otherwise."""
    percent = numeral(min(max(probability, 0.001), 0.999), ".1%")
    if probability >= 0.5:
        return tr(
            "A classifier judges in the model's place: one client ({percent}).",
            percent=percent,
        )
    return tr(
        "A classifier judges in the model's place: two clients ({percent}).", percent=percent
    )

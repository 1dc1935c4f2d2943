"""A model learned before, made to fit the data at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from custclean.errors import InputError, SchemaError, SettingsError
from custclean.stages.link import model_file
from custclean.stages.link.scoring import NEVER, untold
from custclean.words import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.stages.link.scoring import Model

    Floats = NDArray[np.float64]

__all__ = ["fitted", "stored_model", "unknown_to"]


def stored_model(given: Path | str | Mapping[str, Any] | None) -> Model | None:
    """Take a model as a file's path, or as `Matches.model` gives it."""
    if given is None:
        return None
    if isinstance(given, Mapping):
        return model_file.from_dict(given)
    if not isinstance(given, (str, Path)):
        raise SettingsError(
            tr("this is no stored model"), value=type(given).__name__, expected="Matches.model"
        )
    if not Path(given).is_file():
        raise InputError(tr("this file cannot be read"), file=given)
    return model_file.read(Path(given))


def fitted(stored: Model, start: Model) -> Model:
    """Give a stored model for the fields of `start`, and as many records.

    What it says of other fields is left out; fields that it does not know are as in `start`.
    What answers taught comes after, as it did when it was learned.
    """
    if start.fields and not set(stored.fields) & set(start.fields):
        raise SchemaError(
            tr("the model knows none of the columns"),
            value=", ".join(start.fields),
            expected=", ".join(stored.fields),
        )
    shares = {name: stored.shares.get(name, start.shares[name]) for name in start.fields}
    odds = _odds(stored, start.among)
    odds[untold(start.fields)] = NEVER
    odds[-1] = 1 - odds[:-1].sum()
    return replace(start, shares=shares, odds=odds, pairs=stored.pairs)


def unknown_to(stored: Model | None, model: Model) -> list[str]:
    """Say which fields of a model a stored one did not know."""
    if stored is None:
        return []
    names = [name for name in model.fields if name not in stored.fields]
    return [
        tr("the stored model does not know {name}: it counts as is usual", name=name)
        for name in names
    ]


def _odds(stored: Model, among: int) -> Floats:
    """Give how common each kind of pair is among so many.

    A record has as many partners among twice the records: one pair in so many is then half
    as likely to be one client.
    """
    scale = sqrt(stored.among / max(among, 1)) if stored.among else 1.0
    odds: Floats = np.minimum(stored.odds * scale, 0.2)
    return odds

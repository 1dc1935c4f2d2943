"""The model as JSON: written, and read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from custclean.errors import SchemaError
from custclean.stages.link.learned import Learned
from custclean.stages.link.levels import CLASSES, FIELDS
from custclean.stages.link.scoring import Model, believed
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["SCHEMA", "as_dict", "from_dict", "read", "write"]

SCHEMA = 3  # 1 had nothing learned from answers; 2 did not know "one_generation"
_KINDS = (*CLASSES, "strangers")


def as_dict(model: Model) -> dict[str, Any]:
    """Give the model as plain values: for each field and kind of pair, a share per level."""
    fields = {
        name: {
            kind: {
                level.code: float(share)
                for level, share in zip(FIELDS[name].levels, row[1:], strict=True)
            }
            for kind, row in zip(_KINDS, model.shares[name], strict=True)
        }
        for name in model.fields
    }
    odds = dict(zip(_KINDS, model.odds.tolist(), strict=True))
    return {
        "schema": SCHEMA,
        "pairs": model.pairs,
        "among": model.among,
        "odds": odds,
        "fields": fields,
        "learned": _learned(model.learned),
    }


def _learned(learned: Learned) -> dict[str, Any]:
    """Give what answers taught: how many there were, what it brought, and what moved."""
    moved = {
        name: dict(zip(FIELDS[name].codes, bits.tolist(), strict=True))
        for name, bits in learned.levels.items()
    }
    return {
        "answers": learned.answers,
        "same": learned.same,
        "different": learned.different,
        "before": learned.before,
        "after": learned.after,
        "prior": learned.prior,
        "levels": moved,
    }


def _brought_up(fields: dict[str, Any]) -> dict[str, Any]:
    """Add the level that older models did not know, as it is believed."""
    if "person" not in fields or "one_generation" in fields["person"]["match"]:
        return fields
    new = believed("person")[:, FIELDS["person"].place("one_generation")]
    known = fields["person"]
    # what the new level takes, the others give
    person = {
        kind: {"one_generation": share} | {c: s * (1 - share) for c, s in known[kind].items()}
        for kind, share in zip(_KINDS, new)
    }
    return fields | {"person": person}


def _learned_of(data: Mapping[str, Any]) -> Learned:
    levels = {
        name: np.array([({"one_generation": 0.0} | moved)[c] for c in FIELDS[name].codes])
        for name, moved in data["levels"].items()
    }
    told = {name: data[name] for name in ("same", "different", "before", "after", "prior")}
    return Learned(**told, levels=levels)


def write(model: Model, path: Path) -> None:
    """Write the model; the same model gives the same bytes."""
    text = json.dumps(as_dict(model), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def read(path: Path) -> Model:
    """Read a model that was written; a newer or damaged one is an error."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SchemaError(tr("this is no model of custclean"), file=path) from error
    return from_dict(data, path)


def from_dict(data: Mapping[str, Any], path: Path | None = None) -> Model:
    """Take plain values as a model; what is newer or damaged is an error."""
    try:
        if data["schema"] > SCHEMA:
            raise SchemaError(
                tr("written for a newer custclean"), file=path, expected=f"schema <= {SCHEMA}"
            )
        fields = data["fields"] if data["schema"] == SCHEMA else _brought_up(data["fields"])
        shares = {
            name: np.array(
                [
                    # how often it is missing is nothing that is learned
                    [missing, *(kinds[kind][level.code] for level in FIELDS[name].levels)]
                    for kind, missing in zip(_KINDS, believed(name)[:, 0])
                ]
            )
            for name, kinds in fields.items()
        }
        odds = np.array([data["odds"][kind] for kind in _KINDS])
        learned = _learned_of(data["learned"]) if data["schema"] > 1 else Learned()
        among = data.get("among", 0)
        return Model(tuple(shares), shares, odds, data["pairs"], learned, among)
    except (KeyError, TypeError, ValueError) as error:
        raise SchemaError(tr("this is no model of custclean"), file=path) from error

"""Which column holds what: told by the caller, known from its name, or seen in its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.stages.link.beside import NAMES, Column, turned
from custclean.stages.link.beside_names import name_if_none, names_beside
from custclean.stages.link.beside_places import places_beside
from custclean.stages.link.content import looks_of
from custclean.stages.link.guess import Guess, guess
from custclean.stages.link.headings import read_headings
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

__all__ = ["KINDS", "PARTS", "assumed", "kinds_of"]

KINDS = tuple(
    "name given_name family_name company email phone website address street city region"
    " postcode country tax_id date number text category exact ignore".split()
)
PARTS = ("year", "month", "day")
"""Kinds of the parts of a date that stand in columns of their own."""
_ORDER = {kind: n for n, kind in enumerate((*KINDS, *PARTS))}

# the canonical field -> its kind; a canonical field that is not here is bookkeeping
_CANONICAL: Mapping[str, str] = {
    "display_name": "name",
    "company": "company",
    "given_name": "given_name",
    "family_name": "family_name",
    "email": "email",
    "phone": "phone",
    "mobile": "phone",
    "fax": "phone",
    "website": "website",
    "street": "street",
    "city": "city",
    "region": "region",
    "postcode": "postcode",
    "country": "country",
    "tax_id": "tax_id",
    "ean": "exact",
}


def kinds_of(
    frame: pl.DataFrame, given: Mapping[str, str] | None, skip: str | None
) -> dict[str, str]:
    """Give each column that is compared its kind, in a fixed order of kinds.

    `given` is what the caller says and leaves out all other columns, unless it does nothing
    but ignore some; without it a canonical table is known by its field names and anything
    else by heading and content.
    Columns of one kind stand as in the frame, but a first name before a middle one.
    """
    told = _checked(frame, given or {})
    if given is None or set(told.values()) == {"ignore"}:
        rest = frame.drop(list(told))
        found = {name: each for name, each in _found(rest, skip).items() if name != skip}
    else:
        found = {name: Guess(kind, "") for name, kind in told.items()}
    kept = [name for name, each in found.items() if each.kind != "ignore"]
    place = {name: n for n, name in enumerate(frame.columns)}
    kept.sort(key=lambda name: (_ORDER[found[name].kind], found[name].rank, place[name]))
    return {name: found[name].kind for name in kept}


def assumed(frame: pl.DataFrame, kinds: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Say why each column has its kind: a heading, its content, both, or it was told.

    What is given is what `kinds_of` gave: a column, its kind and "heading", "content",
    "heading and content" or "told" (a kind that nobody would have assumed).
    """
    found = _found(frame)
    return [(name, kind, _why(found.get(name), kind)) for name, kind in kinds.items()]


def _why(found: Guess | None, kind: str) -> str:
    return found.why if found is not None and found.kind == kind else "told"


def _checked(frame: pl.DataFrame, given: Mapping[str, str]) -> dict[str, str]:
    for name, kind in given.items():
        if name not in frame.columns:
            raise InputError(
                tr("there is no such column"), column=name, expected=", ".join(frame.columns)
            )
        if kind not in _ORDER:
            raise InputError(
                tr("no such kind of value"),
                column=name,
                value=kind,
                expected=", ".join(_ORDER),
            )
    return dict(given)


def _found(frame: pl.DataFrame, skip: str | None = None) -> dict[str, Guess]:
    if {"display_name", "record_id"} <= set(frame.columns):
        return {
            name: Guess(_CANONICAL[name], name, "heading")
            for name in frame.columns
            if name in _CANONICAL
        }
    looks = looks_of(frame)
    columns = {
        name: Column(heading, looks[name])
        for name, heading in zip(looks, read_headings(list(looks)))
    }
    found = {name: guess(each.heading, each.look) for name, each in columns.items()}
    for step in (names_beside, places_beside, name_if_none):
        found = step(found, columns)
    same = [name for name, each in columns.items() if each.look.constant]
    told = [name for name, each in found.items() if each.kind != "ignore" and name != skip]
    if set(told) <= set(same) and any(found[name].kind in NAMES for name in told):
        return found  # all are copies of one record
    return turned(found, same, "ignore")  # it tells nobody apart

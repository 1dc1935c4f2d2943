"""Who is behind an address: nobody, a newsletter, several people of a firm, or a person.

>>> is_automatic("no-reply"), is_automatic("ann.example")
(True, False)
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from importlib import resources

import polars as pl

from custclean.folding import plain

__all__ = ["domain", "free", "is_automatic", "kind"]


@cache
def _words() -> dict[tuple[str, str], frozenset[str]]:
    """Read the table: (kind, match) to its words."""
    path = resources.files("custclean.text").joinpath("data/mailboxes.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        found[row["kind"], row["match"]].update(row["words"].split())
    return {place: frozenset(words) for place, words in found.items()}


def _of(kind: str, match: str) -> list[str]:
    return sorted(_words().get((kind, match), ()))


def _local(expr: pl.Expr) -> pl.Expr:
    """Give the part before the @ without signs, tag and trailing count."""
    name = expr.str.strip_chars().str.extract(r"^([^@+]*)")
    return plain(name).str.replace_all(r"[._-]+", "").str.replace(r"\d+$", "")


def domain(expr: pl.Expr) -> pl.Expr:
    """Give an address's domain in lower case; null where there is no address."""
    return expr.str.extract(r"@([^@\s]+?)\.*$").str.to_lowercase()


def _under(kind: str, expr: pl.Expr) -> pl.Expr:
    """Say whether the domain is one of the kind's, or below one."""
    names = "|".join(re.escape(name) for name in _of(kind, "domain"))
    return domain(expr).str.contains(rf"^(?:.*\.)?(?:{names})$")


def _named(kind: str, expr: pl.Expr) -> pl.Expr:
    local = _local(expr)
    said = local.is_in(_of(kind, "whole"))
    inside = _of(kind, "inside")
    return said | local.str.contains("|".join(inside)) if inside else said


def free(expr: pl.Expr) -> pl.Expr:
    """Say whether a domain is shared by strangers, so that it says nothing of a firm."""
    return _under("free", expr) | _under("disposable", expr)


def kind(expr: pl.Expr) -> pl.Expr:
    """Give `automatic`, `newsletter`, `disposable` or `role`; null for a person's address."""
    labels = "|".join(_of("newsletter", "label"))
    sender = domain(expr).str.contains(rf"^(?:{labels})\.[^.]+\.")
    return (
        pl.when(domain(expr).is_null())
        .then(expr.str.extract("(x)^"))  # null, under the column's own name
        .when(_named("automatic", expr))
        .then(pl.lit("automatic"))
        .when(_named("newsletter", expr) | sender | _under("newsletter", expr))
        .then(pl.lit("newsletter"))
        .when(_under("disposable", expr))
        .then(pl.lit("disposable"))
        .when(_named("role", expr))
        .then(pl.lit("role"))
    )


def is_automatic(local: str) -> bool:
    """Say whether a program sends from this local part, in seven languages."""
    return bool(pl.select(_named("automatic", pl.lit(local))).item())

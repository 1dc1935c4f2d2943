"""What a user rules: which records are never, and which are always, one client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean.errors import SettingsError
from custclean.stages.link.levels import FIELDS, words_for
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Rule", "always", "never", "rules_of"]


@dataclass(frozen=True, eq=False)
class Rule:
    """What makes two records one client, or two, whatever the model thinks.

    `what` is a compared field, a column, or an expression over `left.<column>` and
    `right.<column>`; `levels` are the levels of the field at which the rule speaks.
    """

    same: bool
    what: str | pl.Expr
    levels: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Rule({self})"  # an expression may hold values

    def __str__(self) -> str:
        what = self.what if isinstance(self.what, str) else tr("a condition of one's own")
        said = ", ".join(_words(self.what, level) for level in self.levels)
        return f"{what} – {said}" if said else what

    @property
    def sentence(self) -> str:
        """Say what it decides, for people."""
        if self.same:
            return tr("A rule decides: one client ({rule}).", rule=str(self))
        return tr("A rule decides: two clients ({rule}).", rule=str(self))


def never(what: str | pl.Expr, *levels: str) -> Rule:
    """Rule that records which differ in `what` are two clients.

    `what` is a field (`tax_id`, `date`, `person` ...) or a column. It differs where both
    records hold a value and the values are neither equal nor nearly so; `levels` names other
    outcomes, such as "generation" of `person`. Or it is a polars expression over
    `left.<column>` and `right.<column>`, true for a pair that is no client.

    >>> never("tax_id").levels
    ('different',)
    >>> never("person", "generation", "other_middle").levels
    ('generation', 'other_middle')
    """
    return _checked(Rule(same=False, what=what, levels=levels or _default(what, "different")))


def always(what: str | pl.Expr, *levels: str) -> Rule:
    """Rule that records which share a value of `what` are one client.

    `what` is as in `never`, but for `country`, `region`, `category` and `number`, which make
    nobody one client. Values that very many records share say nothing: they are
    placeholders. Names, addresses, other outcomes than "equal" and expressions are asked
    only of pairs that some key brings together. `never` beats `always`.
    """
    return _checked(Rule(same=True, what=what, levels=levels or _default(what, "equal")))


def rules_of(given: Rule | Sequence[Rule] | None) -> tuple[Rule, ...]:
    """Take one rule, several or none; anything else is refused."""
    rules = tuple(given or ()) if isinstance(given, (list, tuple, type(None))) else (given,)
    for rule in rules:
        if not isinstance(rule, Rule):
            raise SettingsError(
                tr("this is no rule"),
                value=type(rule).__name__,
                expected='custclean.never("tax_id"), custclean.always("customer_number")',
            )
    return rules


def _default(what: str | pl.Expr, level: str) -> tuple[str, ...]:
    return (level,) if isinstance(what, str) else ()


def _checked(rule: Rule) -> Rule:
    known = ["equal", "different"]
    what: object = rule.what
    if not isinstance(what, (str, pl.Expr)) or (isinstance(what, str) and not what):
        raise SettingsError(
            tr("this is nothing that a rule can be about"),
            value=what,
            expected=", ".join(FIELDS),
        )
    if isinstance(rule.what, str) and rule.what in FIELDS:
        known = [level.code for level in FIELDS[rule.what].levels]
    if not isinstance(rule.what, str):
        known = []
    for level in rule.levels:
        if level not in known:
            raise SettingsError(
                tr("no such outcome of comparing"), value=level, expected=", ".join(known)
            )
    return rule


def _words(what: str | pl.Expr, level: str) -> str:
    return words_for(what if isinstance(what, str) else "", level)

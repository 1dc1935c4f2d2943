"""Merge what the decisions call one client, by the rules of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custclean.errors import SettingsError
from custclean.model import fields_of
from custclean.project.state import group_frame, lasting_ids
from custclean.settings import line_of
from custclean.stages.merge import RULED_FIELDS, RULES, SURVIVOR_RULES, Merged, merge
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Collection

    import polars as pl

    from custclean.project.inbox import Inbox
    from custclean.project.state import State
    from custclean.settings import Settings

__all__ = ["check_rules", "merged"]


def check_rules(settings: Settings) -> None:
    """Refuse a rule or a field that does not exist, or that no rule is for, with its line."""
    told, fields = settings.merge, fields_of("customers")
    for rule in told.survivor:
        _must_be_rule(rule, SURVIVOR_RULES, settings, "survivor")
    for field, rule in told.rules.items():
        _must_be(field, fields, settings, "rules", field)
        if field not in RULED_FIELDS:
            raise SettingsError(
                tr("this field goes with the record that survives: pick the record"),
                file=settings.source,
                line=line_of(settings.source, "merge", "rules", field),
                value=field,
            )
        _must_be_rule(rule, RULES, settings, "rules", field)


def _must_be_rule(rule: str, known: Collection[str], settings: Settings, *key: str) -> None:
    """Refuse a rule that is none, or that lacks what it goes by; `newest:column` names it."""
    name, colon, column = rule.partition(":")
    if not colon or name != "newest":
        _must_be(rule, known, settings, *key)
    else:
        _must_be(column, fields_of("customers"), settings, *key)
    if rule == "source_order" and not settings.merge.sources:
        raise SettingsError(
            tr("the rule {rule} needs {what}", rule=rule, what="merge.sources"),
            file=settings.source,
            line=line_of(settings.source, "merge", *key),
        )


def _must_be(word: str, known: Collection[str], settings: Settings, *key: str) -> None:
    if word not in known:
        raise SettingsError(
            tr("setting {key} has an unknown word", key=".".join(("merge", *key))),
            file=settings.source,
            line=line_of(settings.source, "merge", *key),
            value=word,
            expected=tr("one of {names}", names=", ".join(known)),
        )


def _picks(state: State) -> dict[object, str]:
    """Give the picks that a merge takes; an older log may hold some of other fields."""
    known = {*RULED_FIELDS, "parent"}
    return {
        asked: record
        for asked, record in state.picks.items()
        if not isinstance(asked, tuple) or asked[1] in known
    }


def merged(table: pl.DataFrame, state: State, inbox: Inbox, settings: Settings) -> Merged:
    """Merge the groups of a download; of transactions the newest list counts."""
    check_rules(settings)
    told = settings.merge
    bookings: Any = inbox.reference("transactions")
    if bookings is None and "most_transactions" in told.survivor:
        bookings = {}  # the rule says nothing until there is a list
    return merge(
        table,
        group_frame(state, table["record_id"]),
        rules={"survivor": told.survivor, **told.rules},
        picks=_picks(state),
        transactions=bookings,
        sources=told.sources or None,
        known=lasting_ids(state),
    )

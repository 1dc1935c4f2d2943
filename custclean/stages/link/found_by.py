"""Which keys bring two records together, and if none did, why not: in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.shared_keys import keys_of_pair
from custclean.words import tr

if TYPE_CHECKING:
    import polars as pl

    from custclean.model import Explanation
    from custclean.stages.link.score import Scored
    from custclean.stages.link.shared_keys import Key

__all__ = ["rule_in_words", "with_keys"]


def with_keys(explained: Explanation, scored: Scored, left: int, right: int) -> Explanation:
    """Add to an explanation which keys the two rows share, and why they were not compared."""
    keys = keys_of_pair(scored.features, left, right)
    return replace(
        explained,
        found_by=tuple(rule_in_words(key.rule) for key in keys if key.state == "shared"),
        not_by=tuple(rule_in_words(key.rule) for key in keys if key.state == "differs"),
        why_not="" if _compared(scored, left, right) else _why_not(keys, scored.blocking),
    )


def _compared(scored: Scored, left: int, right: int) -> bool:
    low, high = min(left, right), max(left, right)
    first, behind = np.searchsorted(scored.left, [low, low + 1])
    return bool((scored.right[first:behind] == high).any())


def _why_not(keys: list[Key], blocking: pl.DataFrame) -> str:
    shared = [key for key in keys if key.state == "shared"]
    if not shared:
        return _no_key([key for key in keys if key.state == "differs"])
    limits = dict(zip(blocking["rule"], blocking["limit"]))
    whole = [key for key in shared if key.size <= limits.get(key.rule, 0)]
    if whole:
        return tr(
            "They share a key ({key}), but what they hold could not be one client even at"
            " best, so they were dropped before they were compared in full.",
            key=rule_in_words(whole[0].rule),
        )
    least = min(shared, key=lambda key: key.size)
    return tr(
        "They share a key ({key}), but {n:,} records hold it: in so large a block each is"
        " compared with its neighbours in the alphabet only.",
        key=rule_in_words(least.rule),
        n=least.size,
    )


def _no_key(differing: list[Key]) -> str:
    if not differing:
        return tr("No key brings them together: what one of them holds, the other lacks.")
    return tr(
        "No key brings them together. Any of these would have, were it the same: {keys}.",
        keys="; ".join(rule_in_words(key.rule) for key in differing),
    )


def rule_in_words(rule: str) -> str:
    """Say a blocking rule in words, for people.

    >>> rule_in_words("given3 + family")
    'start of the given name + family name'
    """
    words = _parts()
    return " + ".join(words.get(part, part) for part in rule.split(" + "))


def _parts() -> dict[str, str]:
    return {
        "all pairs": tr("every pair is compared: there are few"),
        "rare word": tr("a rare word in common"),
        "rare word but for a slip": tr("a rare word in common but for a slip of the keys"),
        "acronym": tr("first letters of the company name"),
        "neighbours": tr("neighbours in the alphabet"),
        "tax_id": tr("tax number"),
        "exact": tr("code"),
        "email": tr("e-mail"),
        "phone": tr("phone"),
        "website": tr("website"),
        "text": tr("text"),
        "local": tr("mailbox before the @"),
        "domain": tr("e-mail domain"),
        "label": tr("whole name"),
        "person": tr("full name"),
        "stem_sorted": tr("words of the company name"),
        "stem_joined": tr("company name without blanks"),
        "stem4": tr("start of the company name"),
        "sound": tr("sound of the family name"),
        "family": tr("family name"),
        "family1": tr("first letter of the family name"),
        "family_head": tr("first word of the family name"),
        "given": tr("given name"),
        "given1": tr("first letter of the given name"),
        "given3": tr("start of the given name"),
        "road": tr("street"),
        "road4": tr("start of the street"),
        "house": tr("house number"),
        "postcode": tr("postcode"),
        "city": tr("town"),
        "date": tr("date"),
        "date_year": tr("year"),
        "date_day": tr("day and month"),
    }

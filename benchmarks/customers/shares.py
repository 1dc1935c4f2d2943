"""How often everything happens: the one table to turn when the customers should be others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

Key = TypeVar("Key")

LOCALES = {  # of the entities
    "en_US": 0.22, "en_GB": 0.13, "it_IT": 0.13, "pt_BR": 0.11,
    "fr_FR": 0.10, "es_ES": 0.10, "da_DK": 0.12, "de_DE": 0.09,
}  # fmt: skip

FURTHER = 0.20  # of the rows: another record of an entity already there
MORE = {1: 0.74, 2: 0.17, 3: 0.06, 4: 0.03}  # how many further records, of those with any
FAULTS = {1: 0.42, 2: 0.32, 3: 0.18, 4: 0.08}  # faults in a further record

FIRMS = 0.45  # of the entities; the others are people
CONTACT = 0.50  # of the firms: a contact person is named

EMPTY = {"phone": 0.15, "email": 0.20, "street": 0.08, "city": 0.05, "country": 0.06}
EMPTY_TAX_FIRM = 0.60
EMPTY_TAX_PERSON = {"it_IT": 0.70, "pt_BR": 0.45, "es_ES": 0.60}  # elsewhere nobody has one
EMPTY_SPLIT = 0.08  # given and family name not told apart: only `name` holds them
EMPTY_STAYS = 0.50  # of the empty values of an entity: empty in its further record too

HABITS = {"none": 0.90, "upper": 0.025, "lower": 0.005, "plain": 0.05, "last first": 0.02}

PEOPLE = {  # of the people of a locale: in which trap they live
    "household": 0.16, "father and son": 0.004, "namesakes": 0.03,
}  # fmt: skip
COMPANIES = {  # of the firms of a locale: in which trap they live
    "owner": 0.10, "franchise": 0.02, "chain": 0.03, "firm namesakes": 0.04,
}  # fmt: skip
GROUPS = {  # how many entities one such trap holds: from, to
    "household": (2, 5), "father and son": (2, 2), "namesakes": (3, 8), "owner": (2, 6),
    "franchise": (6, 25), "chain": (3, 20), "firm namesakes": (2, 4), "bookkeeper": (30, 50),
    "switchboard": (24, 60), "business centre": (100, 400),
}  # fmt: skip
SHARED = {  # which of a trap's members share what with its first
    ("household", "phone"): 0.60, ("household", "email"): 0.35,
    ("father and son", "phone"): 0.60, ("father and son", "marked"): 0.60,
    ("owner", "contact"): 0.80, ("owner", "email"): 0.85, ("owner", "phone"): 0.85,
    ("owner", "address"): 0.85, ("owner", "stem"): 0.70,
    ("chain", "email"): 0.40, ("chain", "tax id"): 0.15,
    ("franchise", "email"): 0.90, ("franchise", "stem"): 0.50,
    ("bookkeeper", "phone"): 0.50, ("business centre", "phone"): 0.05,
}  # fmt: skip
ACROSS = {  # of all entities of a locale: laid over the traps above
    "bookkeeper": 0.010, "switchboard": 0.006, "business centre": 0.012,
}  # fmt: skip
PLACEHOLDERS = {"phone": 0.006, "email": 0.012, "street": 0.004, "tax_id": 0.004}  # of records

FAULTS_OF_PEOPLE = {  # weights: which fault a further record has
    "typo in name": 14, "typo in street": 4, "typo in email": 4, "typo in phone": 5,
    "names swapped": 4, "last first": 5, "initial": 4, "nickname": 5, "middle dropped": 4,
    "second surname dropped": 5, "accents plain": 6, "accents transcribed": 3,
    "upper case": 5, "married": 1, "street short": 7, "unit lost": 4, "phone spelt": 10,
    "other phone": 6, "other email": 7, "missing": 10, "moved": 5, "placeholder": 2,
    "split lost": 3, "tax id spelt": 1,
}  # fmt: skip
FAULTS_OF_FIRMS = {
    "typo in firm": 12, "typo in name": 3, "typo in street": 4, "typo in email": 4,
    "typo in phone": 5, "form dropped": 8, "form spelt": 8, "words reordered": 3,
    "and spelt": 3, "acronym": 1, "only in name": 5, "contact only": 3, "firm only": 5,
    "trade dropped": 3, "accents plain": 5, "accents transcribed": 3, "upper case": 6,
    "street short": 7, "unit lost": 3, "phone spelt": 10, "other phone": 6,
    "other email": 6, "missing": 10, "moved": 4, "placeholder": 2, "tax id spelt": 4,
    "last first": 1, "initial": 1, "nickname": 1,
}  # fmt: skip


def softened(table: Mapping[Key, float], hard: float) -> dict[Key, float]:
    """Give shares as they are where customers are only so hard to tell apart."""
    return {what: share * hard for what, share in table.items()}


def fewer_faults(hard: float) -> dict[int, float]:
    """Give how often there are so many faults; the many become rarer than the few."""
    return {many: share * hard ** (many - 1) for many, share in FAULTS.items()}

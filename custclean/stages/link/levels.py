"""The fields that are compared, the levels of each, and what is believed before looking.

Per level: how often two records of one client reach it, how often two people of one
household do, two sets of books of one owner, two branches of one firm, and namesakes. How
often strangers do is counted in the data. A level with `common=True` weighs by how many
share the value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CLASSES",
    "FIELDS",
    "IDENTITY",
    "NEEDED",
    "Field",
    "Level",
    "field_said",
    "words_for",
]

CLASSES = ("match", "household", "books", "branch", "namesake")  # strangers are counted
NEEDED: Mapping[str, frozenset[str]] = {
    "household": frozenset({"person"}),
    "books": frozenset({"company"}),
    "branch": frozenset({"company"}),
    "namesake": frozenset({"email", "phone", "place", "tax_id", "website", "date", "exact"}),
}
"""Fields without any of which a kind of pair cannot be told, and so is not believed in.

By names alone, namesakes are strangers who share a name: how many do is counted.
"""
IDENTITY = ("company", "person", "tax_id", "date", "exact")  # the rest is how to reach them


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of comparing a field; `code` is for machines and never changes."""

    code: str
    match: float
    household: float
    books: float
    branch: float
    namesake: float = 0.0  # only of identity: how to reach namesakes is as with strangers
    common: bool = False

    @property
    def telling(self) -> bool:
        """Say whether the level sets two of one family or owner apart from one client."""
        return max(self.household, self.books) >= 5 * self.match


@dataclass(frozen=True, slots=True)
class Field:
    """A field and its levels, best first; level 0 is "not comparable"."""

    name: str
    levels: tuple[Level, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Name the levels by number."""
        return ("missing", *(level.code for level in self.levels))

    def place(self, code: str) -> int:
        """Give the number of a level, from 1."""
        return self.codes.index(code)


def _field(name: str, *levels: tuple[str, *tuple[float, ...]]) -> Field:
    built = []
    for code, *shares in levels:
        match, household, books, branch, namesake = (*shares, 0.0)[:5]
        bare = code.removesuffix("*")
        built.append(
            Level(bare, match, household, books, branch, namesake, common=bare != code)
        )
    return Field(name, tuple(built))


_GENERIC = (("equal*", 0.85, 0.3, 0.3, 0.4), ("different", 0.15, 0.7, 0.7, 0.6))
FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        _field(
            "company",
            ("equal*", 0.724, 0.02, 0.005, 0.8, 0.80),
            ("similar*", 0.16, 0.02, 0.015, 0.05, 0.04),
            ("partial*", 0.07, 0.04, 0.08, 0.08, 0.02),
            ("overlap*", 0.0015, 0.04, 0.12, 0.03, 0.02),
            ("one_sided", 0.04, 0.30, 0.08, 0.03, 0.03),
            ("other_form*", 0.0015, 0.01, 0.12, 0.005, 0.08),
            ("different", 0.003, 0.57, 0.58, 0.005, 0.01),
        ),
        _field(
            "person",
            ("equal*", 0.684, 0.01, 0.69, 0.1, 0.82),
            ("variant*", 0.13, 0.01, 0.10, 0.02, 0.04),
            ("similar*", 0.12, 0.02, 0.08, 0.02, 0.03),
            ("partial*", 0.02, 0.06, 0.02, 0.01, 0.01),
            ("other_middle*", 0.01, 0.02, 0.01, 0.01, 0.03),
            ("one_generation*", 0.01, 0.05, 0.01, 0.005, 0.02),
            ("generation*", 0.002, 0.05, 0.002, 0.005, 0.02),
            ("same_family*", 0.006, 0.61, 0.03, 0.04, 0.01),
            ("same_given*", 0.01, 0.01, 0.01, 0.03, 0.01),
            ("different", 0.008, 0.16, 0.048, 0.76, 0.01),
        ),
        _field(
            "email",
            ("equal*", 0.62, 0.35, 0.75, 0.4),
            ("similar", 0.13, 0.02, 0.02, 0.03),
            ("alike", 0.03, 0.02, 0.02, 0.02),
            ("same_domain*", 0.05, 0.05, 0.08, 0.40),
            ("different", 0.17, 0.56, 0.13, 0.15),
        ),
        _field(
            "phone",
            ("equal*", 0.64, 0.60, 0.75, 0.1),
            ("similar", 0.08, 0.02, 0.02, 0.02),
            ("different", 0.28, 0.38, 0.23, 0.88),
        ),
        _field(
            "place",
            ("equal*", 0.44, 0.70, 0.62, 0.02),
            ("similar", 0.12, 0.06, 0.04, 0.01),
            ("same_street", 0.03, 0.01, 0.02, 0.02),
            ("same_area*", 0.22, 0.19, 0.12, 0.02),
            ("same_postcode*", 0.04, 0.01, 0.04, 0.04),
            ("same_city*", 0.05, 0.01, 0.05, 0.09),
            ("different", 0.10, 0.02, 0.11, 0.80),
        ),
        _field(
            "tax_id",
            ("equal*", 0.90, 0.01, 0.02, 0.3, 0.001),
            ("similar", 0.07, 0.01, 0.01, 0.01, 0.001),
            ("different", 0.03, 0.98, 0.97, 0.69, 0.998),
        ),
        _field("website", ("equal*", 0.85, 0.3, 0.5, 0.9), ("different", 0.15, 0.7, 0.5, 0.1)),
        _field(
            "date",
            ("equal*", 0.85, 0.01, 0.30, 0.05, 0.001),
            ("similar", 0.10, 0.01, 0.05, 0.01, 0.002),
            ("near", 0.005, 0.005, 0.01, 0.005, 0.005),
            ("partial", 0.02, 0.05, 0.05, 0.04, 0.05),
            ("same_year", 0.005, 0.02, 0.01, 0.015, 0.01),
            ("different", 0.02, 0.905, 0.58, 0.88, 0.932),
        ),
        _field(
            "country",
            ("equal*", 0.97, 0.98, 0.97, 0.97),
            ("different", 0.03, 0.02, 0.03, 0.03),
        ),
        _field(
            "region", ("equal*", 0.93, 0.97, 0.90, 0.7), ("different", 0.07, 0.03, 0.10, 0.3)
        ),
        _field(
            "text",
            ("equal*", 0.60, 0.4, 0.4, 0.3),
            ("similar", 0.20, 0.1, 0.1, 0.1),
            ("different", 0.20, 0.5, 0.5, 0.6),
        ),
        _field("category", *_GENERIC),
        _field("number", *_GENERIC),
        _field(
            "exact",
            ("equal*", 0.93, 0.05, 0.05, 0.2, 0.001),
            ("different", 0.07, 0.95, 0.95, 0.8, 0.999),
        ),
    )
}


def field_said(field: str) -> str:
    """Name a field, or what else has a share of the weight, for people."""
    return {
        "company": tr("company"),
        "person": tr("person"),
        "email": tr("e-mail"),
        "phone": tr("phone"),
        "place": tr("address"),
        "tax_id": tr("tax number"),
        "website": tr("website"),
        "date": tr("date"),
        "country": tr("country"),
        "region": tr("region"),
        "text": tr("text"),
        "category": tr("category"),
        "number": tr("number"),
        "exact": tr("code"),
        "classifier": tr("classifier"),
    }[field]


def words_for(field: str, code: str) -> str:
    """Say a level in words, for people."""
    return _words().get(f"{field}.{code}") or _words()[code]


def _words() -> dict[str, str]:
    return {
        "equal": tr("equal after cleaning"),
        "similar": tr("nearly equal"),
        "person.similar": tr("nearly the same name"),
        "company.similar": tr("nearly the same name, or that of the other's mail domain"),
        "partial": tr("one contains the other"),
        "different": tr("different"),
        "missing": tr("cannot be compared: missing"),
        "company.one_sided": tr("only one of them names a company"),
        "company.overlap": tr("some words in common"),
        "company.other_form": tr("same name, another legal form or kind of company"),
        "person.variant": tr("the same name swapped, shortened or a nickname"),
        "person.partial": tr("only a part of the name is there"),
        "person.other_middle": tr("same first and last name, another middle name"),
        "person.generation": tr("the same name, but one is senior and one junior"),
        "person.one_generation": tr("the same name, but only one is called senior or junior"),
        "person.same_family": tr("same family name, another given name"),
        "person.same_given": tr("same given name, another family name"),
        "email.similar": tr("nearly the same address"),
        "email.same_domain": tr("same domain, another mailbox"),
        "phone.equal": tr("a number in common"),
        "place.equal": tr("same street, number and town"),
        "place.similar": tr("nearly the same address"),
        "place.same_street": tr("same street, another number or flat"),
        "place.same_area": tr("same postcode or town, as far as both are known"),
        "place.same_postcode": tr("same postcode only"),
        "place.same_city": tr("same town only"),
        "date.similar": tr("nearly the same date"),
        "date.near": tr("less than a month apart"),
        "date.same_year": tr("the same year"),
        "email.alike": tr("similar mailboxes"),
        "date.partial": tr("part of the date is the same"),
    }

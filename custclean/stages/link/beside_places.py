"""What columns of addresses say about one another: one address is kept, the main one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.stages.link.beside import NAMES, of_kinds, of_senses, turned
from custclean.stages.link.heading_words import PLACES

if TYPE_CHECKING:
    from custclean.stages.link.beside import Columns, Guesses
    from custclean.stages.link.content import Look

__all__ = ["places_beside"]

_STREETS = ("street", "address")
_PLACED = (*_STREETS, "city", "region", "postcode", "country")


def places_beside(found: Guesses, columns: Columns) -> Guesses:
    """Keep one address, its lines and towns told by what stands beside them."""
    for step in (_addresses, _lines, _by_place):
        found = step(_towns(found), columns)
    return _towns(found)


def _addresses(found: Guesses, columns: Columns) -> Guesses:
    """Keep one address: the main or billing one; a second would be the same evidence twice."""
    placed = [
        name for name, each in found.items() if each.kind in _PLACED or each.sense == "line2"
    ]
    place = {name: columns[name].heading.place for name in placed}
    streets = {
        place[n] for n in placed if found[n].kind in _STREETS and _filled(columns, n, placed)
    }
    kept = streets or {place[name] for name in placed}
    best = next((each for each in PLACES if each in kept), "")
    mine = {found[name].kind for name in placed if place[name] == best}
    lost = [
        name
        for name in placed
        if place[name] != best and (place[name] or (best and found[name].kind in mine))
    ]
    names = of_kinds(found, *NAMES)
    shipped = [name for name in names if columns[name].heading.place == "shipping"]
    return turned(found, lost + (shipped if len(shipped) < len(names) else []), "ignore")


def _filled(columns: Columns, name: str, among: list[str]) -> bool:
    """Say whether a column is filled as well as others are: a billing address may be rare."""
    most = max(columns[each].look.fill for each in among)
    return columns[name].look.fill >= most / 4


def _lines(found: Guesses, columns: Columns) -> Guesses:
    """Take a second line of an address for text; house numbers go with their street."""
    streets = [
        name for name in of_kinds(found, "street", "address") if found[name].sense != "house"
    ]
    second = [name for name in streets if columns[name].second]
    if len(second) < len(streets):
        found = turned(found, second, "text")
    houses = of_senses(found, "house")
    if not streets:
        return turned(found, houses, "ignore")
    if "street" not in {found[name].kind for name in streets} and houses:
        found = turned(found, [n for n in streets if found[n].kind == "address"], "street")
    alone = [
        name
        for name in of_senses(found, "id")
        if columns[name].heading.senses == ("id",) and _of_house(columns[name].look)
    ]
    bare = all(columns[name].look["digit"] < 0.3 for name in streets)
    kind = "street" if len(alone) == 1 and bare and not houses else "ignore"
    return turned(found, alone, kind)


def _of_house(look: Look) -> bool:
    """Tell the numbers of houses from those of customers: "Número" beside a street."""
    return look["house"] >= 0.9 and look.length <= 4 and look.unique < 0.95


def _towns(found: Guesses) -> Guesses:
    """Take a suburb for the town, or a county for the region, if there is no other."""
    for kind, senses, other in (
        ("city", ("district", "birthplace"), "text"),
        ("region", ("county",), "ignore"),
    ):
        minor = [name for name in of_senses(found, *senses) if found[name].kind == kind]
        if any(name not in minor for name in of_kinds(found, kind)):
            found = turned(found, minor, other)
    suburbs = [name for name in of_senses(found, "district") if found[name].kind == "city"]
    births = [name for name in of_senses(found, "birthplace") if found[name].kind == "city"]
    return turned(found, births, "text") if suburbs else found


def _by_place(found: Guesses, columns: Columns) -> Guesses:
    """See towns and postcodes without a heading beside a street or beside one another."""
    towns = [
        name
        for name in of_senses(found, "words", "group")
        if found[name].why == "content" and _like_towns(columns[name].look)
    ]
    if towns and of_kinds(found, *_STREETS, "postcode") and not of_kinds(found, "city"):
        best = max(towns, key=lambda name: (columns[name].look["city"], name))
        found = turned(found, [best], "city")
    digits = [name for name in of_senses(found, "digits") if found[name].kind == "postcode"]
    others = len(of_kinds(found, "postcode")) > len(digits)
    if others or not of_kinds(found, "city", *_STREETS):
        unlike = [name for name in digits if columns[name].look.unique >= 0.985]
        found = turned(turned(found, digits, "number"), unlike, "ignore")
    return found


def _like_towns(look: Look) -> bool:
    words = look["worded"] >= 0.9 and look.words < 2.5 and look["someone"] < 0.15
    many = look.distinct > 20 or look["city"] >= 0.05
    return words and many and (look.seen < 50 or look.unique < 0.8)

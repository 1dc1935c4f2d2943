"""What one column holds, from its heading and its values; its neighbours are not asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custclean.stages.link.content import Look
    from custclean.stages.link.headings import Heading

    Test = Callable[[Look], bool]

__all__ = ["Guess", "guess", "guess_by_content"]


@dataclass(frozen=True, slots=True)
class Guess:
    """The kind of a column, in which sense, why so, and its place among those of its kind."""

    kind: str
    sense: str
    why: str = "content"  # "heading", "content" or "heading and content"
    rank: int = 0


def _always(look: Look) -> bool:
    return look.seen > 0


def _of(shape: str, least: float) -> Test:
    return lambda look: look[shape] >= least


def _text(look: Look) -> bool:
    return look["worded"] >= 0.4 and look["bool"] < 0.9 and look["website"] < 0.5


def _lettered(look: Look) -> bool:
    return look["lettered"] >= 0.4 and look["bool"] < 0.9 and look["email"] < 0.5


def _short(look: Look) -> bool:
    return _text(look) and look.words < 4.5


def _codes(look: Look) -> bool:
    return max(look["code"], look["integer"], look["hash"]) >= 0.7


def _unlike(look: Look) -> bool:
    """Say whether no two rows hold the same: a row's own number, or one of a register."""
    if not _codes(look) or look.ratio < 0.95:  # what repeats in a sample repeats in all
        return False
    return look["hash"] >= 0.9 or look.unique >= 0.985


def _shared(look: Look) -> bool:
    """Say whether codes come back, each in a few rows; house numbers are no codes."""
    if look.length < 3 or max(look["code"], look["hash"], look["one"]) < 0.7:
        return False
    least = 0.05 if _codes(look) and look.distinct >= 40 else 0.3
    return least <= look.unique < 0.985


def _numeric(look: Look) -> bool:
    return max(look["number"], look["money"]) >= 0.6


def _yes_or_no(look: Look) -> bool:
    return look["bool"] >= 0.9 and look.distinct <= 4


def _foreign(look: Look) -> bool:
    return look["country"] >= 0.6 and look["country"] > look["region"]


def _regional(look: Look) -> bool:
    return look["region"] >= 0.6 and look["region"] >= look["country"]


def _grouped(look: Look) -> bool:
    return look.words < 6 and (look.distinct <= 30 or look.ratio < 0.6)


def _located(look: Look) -> bool:
    """Say whether a "location" is only a town."""
    return max(look["way"], look["digit"]) < 0.15 and look.words < 3.5


def _birthlike(look: Look) -> bool:
    return look["old"] >= 0.4 * look["date"] and look["timed"] < 0.3


# sense: the kinds it may be, and what the values must look like; the first that fits
_FITS: Mapping[str, tuple[tuple[str, Test], ...]] = {
    "email": (("email", _of("email", 0.2)),),
    "website": (("website", _of("website", 0.25)),),
    "postcode": (("postcode", lambda look: look["digit"] >= 0.4 and look.length <= 14),),
    "phone": (("phone", _of("phone", 0.3)),),
    **dict.fromkeys(("cluster", "status", "money", "note", "hours", "bookkeeping"),
                    (("ignore", _always),)),
    "flag": (("ignore", lambda look: look.distinct <= 4 or look["bool"] >= 0.5
              or max(look["date"], look["status"]) >= 0.5),),
    "count": (("ignore", _numeric),),
    "when": (("ignore", _of("date", 0.3)), ("ignore", _of("timed", 0.3)),
             ("ignore", _numeric)),
    "tax_id": (("tax_id", lambda look: look["digit"] >= 0.5 and look.words < 3.5),),
    "code": (("exact", lambda look: look["digit"] >= 0.5 and look.words < 7),),
    "house": (("street", _of("house", 0.5)),),
    "birthplace": (("city", _short),),
    "year": (("year", _of("year", 0.9)),),
    "month": (("month", _of("month", 0.9)),),
    "day": (("day", _of("day", 0.9)),),
    "date": (("date", _of("date", 0.3)), ("year", _of("year", 0.9))),
    "other_date": (("date", _of("date", 0.3)), ("year", _of("year", 0.9))),
    "age": (("number", _numeric),),
    "gender": (("category", lambda look: look["gender"] >= 0.5 or look.distinct <= 6),),
    "suffix": (("family_name", _of("suffix", 0.3)), ("ignore", _always)),
    "salutation": (("ignore", _always),),
    "title": (("ignore", _of("title", 0.3)), ("name", _lettered)),
    "maiden": (("text", _text),),
    "relative": (("text", lambda look: _text(look) and look["someone"] >= 0.1),
                 ("ignore", _always)),
    "middle": (("given_name", _short),),
    "given_name": (("given_name", _short),),
    "family_name": (("family_name", _short),),
    "segment": (("ignore", _yes_or_no), ("category", _grouped), ("text", _text),
                ("ignore", _always)),
    **dict.fromkeys(("group_id", "id"),
                    (("ignore", _unlike), ("exact", _shared), ("ignore", _codes))),
    "line2": (("text", _lettered), ("ignore", _always)),
    "region": (("ignore", _of("status", 0.5)), ("country", _foreign), ("region", _text),
               ("region", lambda look: look.distinct <= 100 and look["number"] >= 0.9)),
    "county": (("region", _text),),
    "country": (("ignore", _of("status", 0.5)), ("region", _regional), ("country", _text),
                ("country", lambda look: look.distinct <= 60 and look["number"] >= 0.9)),
    "city": (("city", _short),),
    "district": (("city", _short),),
    "address": (("city", lambda look: _short(look) and _located(look) and look["city"] > 0.02),
                ("address", _lettered)),
    "street": (("address", lambda look: look["full"] >= 0.4), ("street", _lettered)),
    "relation": (("text", _text),),
    "company": (("company", _lettered),),
    "contact": (("name", _text), ("phone", _of("phone", 0.5))),
    "maker": (("text", _lettered),),
    "thing": (("name", _lettered),),
    "party": (("name", _lettered), ("ignore", _unlike), ("exact", _shared)),
    "name": (("name", _lettered),),
    "geo": (("number", _numeric),),
}  # fmt: skip
# what a heading is believed in where there are too few values to go by
_BELIEVED = frozenset(
    "email phone postcode tax_id code date street address city region country company name"
    " party given_name family_name middle gender".split()
)
_RANKS = {"middle": 1, "suffix": 2, "other_date": 1, "contact": 1, "county": 1, "district": 1}


def guess(heading: Heading, look: Look) -> Guess:
    """Say what a column holds: the first sense of its heading that its values fit."""
    content = guess_by_content(look)
    if content.kind == "email" and "note" not in heading.senses:
        return _told(content, "email" if "email" in heading.senses else "", "email")
    picture = {"website", "bookkeeping"} <= set(heading.senses)  # "Photo URL"
    for sense in heading.senses[1:] if picture else heading.senses:
        fitting = (kind for kind, test in _FITS[sense] if test(look))
        kind = next(fitting, None)
        if kind is not None:
            return _told(content, sense, _unless_grouped(kind, look))
    believed = [sense for sense in heading.senses if sense in _BELIEVED]
    if look.few and believed:
        return _told(content, believed[0], _FITS[believed[0]][-1][0])
    return content


def _told(content: Guess, sense: str, kind: str) -> Guess:
    if not sense:
        return content
    why = "heading and content" if content.kind == kind else "heading"
    return Guess(kind, sense, why, _RANKS.get(sense, 0))


def _unless_grouped(kind: str, look: Look) -> str:
    """Give `category` for names that are but a few, again and again."""
    same = look.seen >= 100 and look.distinct <= 20 and look["someone"] < 0.3
    return "category" if kind == "name" and same else kind


def guess_by_content(look: Look) -> Guess:
    """Say what a column holds by its values alone."""
    for kind, sense, test in _LOOKS:
        if test(look):
            return Guess(kind, sense)
    return Guess("text", "words")


def _one_name(look: Look) -> bool:
    many = look.ratio >= 0.15 or look.distinct >= 30
    return look["worded"] >= 0.8 and look["one"] >= 0.7 and look.length > 2.5 and many


def _places_by_look(look: Look) -> bool:
    return look["worded"] >= 0.9 and look.words < 2.5


# kind, sense, what the values must look like; the first that fits
_LOOKS: tuple[tuple[str, str, Test], ...] = (
    ("email", "email", _of("email", 0.6)),
    ("website", "website", _of("website", 0.8)),
    ("tax_id", "tax_id", _of("tax", 0.8)),
    ("date", "date", lambda look: look["date"] >= 0.8 and _birthlike(look)),
    ("ignore", "when", lambda look: max(look["date"], look["timed"]) >= 0.8),
    ("ignore", "id", _of("hash", 0.8)),
    ("ignore", "flag", _yes_or_no),
    ("category", "gender", lambda look: look["gender"] >= 0.95 and look.distinct <= 6),
    ("ignore", "title", _of("title", 0.8)),
    ("postcode", "postcode", lambda look: max(look["ukzip"], look["zip"]) >= 0.7),
    ("phone", "phone", lambda look: look["phone"] >= 0.8 and look["dialled"] >= 0.4
     and look["geo"] < 0.5),
    ("phone", "phone", lambda look: look["nanp"] >= 0.95 and look.seen >= 5),
    ("number", "geo", _of("geo", 0.8)),
    ("ignore", "money", _of("money", 0.6)),
    ("ignore", "status", _of("status", 0.9)),
    ("ignore", "id", lambda look: look["integer"] >= 0.9 and look.seen >= 10
     and _unlike(look)),
    ("postcode", "digits", lambda look: look["digits5"] >= 0.9 and look.seen >= 10
     and look.fixed >= 0.7 and not _unlike(look)),
    ("ignore", "id", lambda look: look["number"] < 0.5 and look["digit"] >= 0.9
     and look.seen >= 10 and look["one"] >= 0.9 and _unlike(look)),
    ("exact", "code", lambda look: look["number"] < 0.5 and look["digit"] >= 0.9
     and look["one"] >= 0.9 and look.length >= 5 and look.seen >= 10
     and 0.2 < look.unique < 0.985),
    ("category", "number", lambda look: look["number"] >= 0.8 and look.distinct <= 2),
    ("number", "number", _of("number", 0.8)),
    ("country", "country", lambda look: _foreign(look) and look["country"] >= 0.8
     and look.seen >= 3),
    ("region", "region", lambda look: look["region"] >= 0.8 and look.seen >= 3),
    ("address", "address", lambda look: look["full"] >= 0.5 and look["address"] >= 0.5),
    ("street", "street", lambda look: look["address"] >= 0.6 and look["way"] >= 0.15),
    ("street", "street", lambda look: look["way"] >= 0.5 and look.words < 6),
    ("given_name", "given_name", lambda look: _one_name(look) and look["given"] >= 0.12
     and look["given"] > look["family"] and look["city"] < 0.2),
    ("family_name", "family_name", lambda look: _one_name(look) and look["family"] >= 0.08
     and look["city"] < 0.2),
    ("city", "city", lambda look: _places_by_look(look) and look["city"] >= 0.1),
    ("company", "company", lambda look: look["firm"] >= 0.5 and look.words < 8
     and look["someone"] < 0.3),
    ("name", "name", lambda look: look["someone"] >= 0.25 and look["worded"] >= 0.7
     and 1.5 <= look.words < 4.5),
    ("name", "name", lambda look: look["firm"] >= 0.2 and look.words < 8),
    ("ignore", "note", lambda look: look.words >= 10),
    ("category", "group", lambda look: look.distinct <= 20 and look.seen >= 5 * look.distinct),
    ("category", "group", lambda look: look.words <= 1.3 and look.ratio <= 0.3),
)  # fmt: skip

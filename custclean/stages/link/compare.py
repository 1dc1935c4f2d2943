"""How alike two records are, field by field: a level for each, for all pairs at once.

Equality of hashes comes first; strings are looked at only where both values are there
and unequal. Level 0 means that the field cannot be compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from custclean.stages.link.levels import FIELDS
from custclean.stages.link.names import by_domain, company, cross_named, person
from custclean.stages.link.pairs import Pairs, levels_of, one_edit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Rows
    from custclean.stages.link.pairs import Bools, Levels

__all__ = ["AT_WORK", "compare", "compare_names", "compare_rest", "fields_present"]


_MAILBOX = 0.88  # Jaro-Winkler from which two mailboxes are alike
_MONTH = 31  # days
# what says nothing of two people of one firm, from which level on: much of it is the firm's
AT_WORK = {"phone": "equal", "place": "equal", "website": "equal", "email": "same_domain"}
_MANY = 50_000  # records from which on only likelier mailboxes are compared


def fields_present(features: Features) -> tuple[str, ...]:
    """Name the fields that the features allow to compare, in a fixed order."""
    stems = {"company": "stem"}  # the column that speaks for a field
    places = features.has("road") or features.has("postcode") or features.has("city")
    found = []
    for name in FIELDS:
        if name == "place":
            there = places
        elif name == "region":
            there = features.has("region") and not places
        else:
            stem = stems.get(name, name)
            there = features.has(stem) or bool(features.several(stem))
        if there:
            found.append(name)
    return tuple(found)


def compare(features: Features, left: Rows, right: Rows) -> dict[str, Levels]:
    """Give the level of each field for each pair; the same whichever record is left."""
    pairs = Pairs(features, left, right)
    names = compare_names(pairs)
    return names | compare_rest(pairs, names)


def compare_names(pairs: Pairs) -> dict[str, Levels]:
    """Give the levels of what firms and people are called."""
    fields = fields_present(pairs.features)
    result = {name: _NAMES[name](pairs, name) for name in fields if name in _NAMES}
    if "company" in result and "person" in result:
        named = cross_named(pairs)
        result["person"] = np.where(named > 0, np.int8(0), result["person"])
        named = np.where(named > 0, named, by_domain(pairs))
        result["company"] = np.where(named > 0, named, result["company"])
        result["company"] = np.where(_colleagues(pairs, result), np.int8(0), result["company"])
    return result


def _colleagues(pairs: Pairs, names: Mapping[str, Levels]) -> Bools:
    """Tell two of one firm, in a list of people: what they share is where they work."""
    if "person" not in names:
        return pairs.none()
    found: Bools = names["person"] >= FIELDS["person"].place("same_family")
    return found & pairs.both("contact")


def compare_rest(pairs: Pairs, names: Mapping[str, Levels]) -> dict[str, Levels]:
    """Give the levels of all other fields, the names being compared already."""
    result = {}
    for name in fields_present(pairs.features):
        if name == "email":
            result[name] = _email(pairs, name, _made_of(names, pairs))
        elif name not in _NAMES:
            result[name] = _COMPARERS.get(name, _generic)(pairs, name)
    colleagues = _colleagues(pairs, names)
    for name in AT_WORK.keys() & result.keys():
        least = FIELDS[name].place(AT_WORK[name])
        result[name] = np.where(colleagues & (result[name] >= least), np.int8(0), result[name])
    return result


def _made_of(names: Mapping[str, Levels], pairs: Pairs) -> Bools:
    """Tell where the names are alike, not equal: an address that is made of the name is too.

    The letter by which both differ counts once.
    """
    if "person" not in names:
        return pairs.none()
    person, spec = names["person"], FIELDS["person"]
    found: Bools = (person > spec.place("equal")) & (person <= spec.place("same_family"))
    return found


def _email(pairs: Pairs, name: str, made: Bools) -> Levels:
    names = pairs.features.several("email")
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    asked = pairs.both("email_0") & ~equal
    local = asked & pairs.equal("local")
    named = pairs.equal("person")
    # ann2@ is the address that is left when somebody else has ann@
    # a slip of the keys leaves the first letter, and one side of the "@", as they were
    sides = pairs.equal("email1") & (pairs.equal("domain") | pairs.equal("local"))
    close = pairs.alike("email_0", asked & sides) >= 0.95
    near = close & (pairs.edits("email_0", asked & close) <= 2)
    near &= ~_other_digits(pairs, near)
    near &= ~(local & named)  # a dot more or less: two of one name may well have both
    # of many, only at one provider: else there are too many to spell out
    few = asked if pairs.features.rows <= _MANY else asked & pairs.equal("domain")
    alike = _same_mailbox(pairs, few & pairs.equal("email1") & ~near & ~made)
    similar = asked & (near | (local & ~named))
    there &= ~(similar & made)
    return levels_of(
        name,
        ("equal", equal),
        ("similar", similar),
        ("alike", alike),
        ("same_domain", asked & pairs.equal("domain")),
        # namesakes too make the same address of their name, at another provider,
        # and firms of one name the same domain
        there=there & ~(local & named & ~near) & ~(asked & ~near & _own_domain(pairs)),
    )


def _same_mailbox(pairs: Pairs, where: Bools) -> Bools:
    """Tell which addresses are much alike before the "@"."""
    if pairs.hopeful:
        return where
    result = pairs.none()
    if where.any():
        mailboxes = [
            [text.partition("@")[0] for text in side] for side in pairs.texts("email_0", where)
        ]
        found = process.cpdist(*mailboxes, scorer=JaroWinkler.similarity, dtype=np.float32)
        result[where] = found >= _MAILBOX
        result &= ~_other_digits(pairs, result)
        result &= ~_made_of_one_name(pairs, result & pairs.equal("person"))
    return result


def _made_of_one_name(pairs: Pairs, where: Bools) -> Bools:
    """Tell which mailboxes are both made of the name that the two share: "agray", "ann.gray".

    Two who are called the same have such mailboxes too.
    """
    result = pairs.none()
    if where.any():
        names = [_mailboxes(text) for text in pairs.texts("person", where)[0]]
        sides = pairs.texts("email_0", where)
        result[where] = [
            _letters(one) in usual and _letters(other) in usual
            for one, other, usual in zip(*sides, names)
        ]
    return result


def _mailboxes(name: str) -> set[str]:
    """Give what people of a name call their mailboxes."""
    words = name.split()
    first, middle, last = words[0], words[1:-1], words[-1]
    ends = {
        (first, last),
        (first[:1], last),
        (first, last[:1]),
        (first, "".join(middle) + last),
    }
    return {one + other for a, b in ends for one, other in ((a, b), (b, a))} | {first, last}


def _letters(address: str) -> str:
    """Give the letters of a mailbox."""
    return "".join(filter(str.isalpha, address.partition("@")[0]))


def _other_digits(pairs: Pairs, where: Bools) -> Bools:
    """Tell which addresses differ in their digits."""
    result = pairs.none()
    if where.any() and not pairs.hopeful:
        left, right = pairs.texts("email_0", where)
        result[where] = [_digits(a) != _digits(b) for a, b in zip(left, right)]
    return result


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _own_domain(pairs: Pairs) -> Bools:
    """Tell which firms of one name share the domain that is called like them."""
    own = pairs.equal("stem_joined") & pairs.equal("domain")
    if pairs.there("domain_name"):
        own &= pairs.of("domain_name")[0] == pairs.of("stem_joined")[0]
    return own


def _phone(pairs: Pairs, name: str) -> Levels:
    names = pairs.features.several("phone")
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    asked = pairs.both("phone_0") & ~equal
    # but for the last digit: two lines of one switchboard rather than a slip
    near = one_edit(pairs, "phone_0", "phone", asked & ~pairs.equal("phone_line"))
    return levels_of(name, ("equal", equal), ("similar", near), there=there)


def _place(pairs: Pairs, name: str) -> Levels:
    road, house = pairs.equal("road"), pairs.equal("house")
    postcode, city = pairs.equal("postcode"), pairs.equal("city")
    asked = pairs.both("city") & ~city
    city |= pairs.alike("city", asked & (postcode | house)) >= 0.9
    unknown = ~pairs.both("postcode") & ~pairs.both("city")
    here = postcode | city | unknown
    no_house = ~pairs.both("house")
    asked = pairs.both("road") & ~road & (house | no_house) & here
    road_alike = road | (pairs.alike("road", asked) >= 0.9)
    road_alike |= _more_said(pairs, asked & ~road_alike & house)
    there = pairs.both("road") | ~unknown
    same_house = house | no_house
    bare = ~np.logical_or(*pairs.has("house"))
    other_flat = pairs.both("unit") & ~pairs.equal("unit")
    return levels_of(
        name,
        ("equal", road & (house | bare) & here & ~other_flat),
        ("similar", road_alike & same_house & here & ~other_flat),
        ("same_street", road & (house | here)),
        ("same_area", ~pairs.both("road") & (postcode | (city & ~pairs.both("postcode")))),
        ("same_postcode", postcode),
        ("same_city", city),
        there=there,
    )


def _more_said(pairs: Pairs, where: Bools) -> Bools:
    """Tell which streets are the other one with words more: "5th Ave near 12th St"."""
    if pairs.hopeful:
        return where
    result = pairs.none()
    if where.any():
        rows, found = pairs.words("road", where)
        result[rows] = (np.minimum(found.left, found.right) == 0) & (found.shared > 0)
    return result


def _tax_id(pairs: Pairs, name: str) -> Levels:
    names = pairs.features.several("tax_id")
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    asked = pairs.both("tax_id_0") & ~equal
    near = one_edit(pairs, "tax_id_0", "tax_id", asked)
    return levels_of(name, ("equal", equal), ("similar", near), there=there)


def _date(pairs: Pairs, name: str) -> Levels:
    there, equal = pairs.both("date_0"), pairs.equal("date_0")
    part = pairs.equal("date_year") | pairs.equal("date_day")
    near = pairs.edits("date_0", there & ~equal & part) <= 1
    turned = pairs.equal("date_0", "date_turned")
    partial = pairs.equal("date_day") | pairs.equal("date_month")
    return levels_of(
        name,
        ("equal", equal),
        ("similar", near | turned),
        ("near", _days_apart(pairs) <= _MONTH),
        ("partial", partial),
        ("same_year", pairs.equal("date_year")),
        there=there,
    )


def _days_apart(pairs: Pairs) -> NDArray[np.float64]:
    """Give the days between two dates; infinite where one is none."""
    if not pairs.there("date_number"):
        return np.full(len(pairs), np.inf)
    one, other = pairs.of("date_number")
    apart = np.abs(one.astype(np.float64) - other.astype(np.float64))
    return np.where((one != 0) & (other != 0), apart, np.inf)


def _text(pairs: Pairs, name: str) -> Levels:
    names = pairs.features.several("text")
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    asked = pairs.both("text_0") & ~equal
    alike = pairs.alike("text_0", asked) >= 0.9
    return levels_of(name, ("equal", equal), ("similar", alike), there=there)


def _generic(pairs: Pairs, name: str) -> Levels:
    names = pairs.features.several(name) or (name,)
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    return levels_of(name, ("equal", equal), there=there)


_NAMES: Mapping[str, Callable[[Pairs, str], Levels]] = {"company": company, "person": person}
_COMPARERS: Mapping[str, Callable[[Pairs, str], Levels]] = {
    "phone": _phone,
    "place": _place,
    "tax_id": _tax_id,
    "date": _date,
    "text": _text,
}

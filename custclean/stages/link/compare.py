"""How alike two records are, field by field: a level for each, for all pairs at once.

Equality of hashes comes first; strings are looked at only where both values are there
and unequal. Level 0 means that the field cannot be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from custclean.stages.link.levels import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from custclean.stages.link.features import Features, Rows

    Bools = NDArray[np.bool_]
    Levels = NDArray[np.int8]

__all__ = ["compare", "fields_present"]

_ALIKE = 0.92  # Jaro-Winkler from which two words count as one, misspelt


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows of one table of features, with what is asked of them."""

    features: Features
    left: Rows
    right: Rows

    def equal(self, one: str, other: str | None = None) -> Bools:
        """Tell which pairs hold the same value."""
        left = self.features.hash(one)[self.left]
        same: Bools = (left != 0) & (left == self.features.hash(other or one)[self.right])
        return same

    def crossed(self, one: str, other: str) -> Bools:
        """Tell which pairs hold the value of one column in the other, either way round."""
        return self.equal(one, other) | self.equal(other, one)

    def has(self, name: str) -> tuple[Bools, Bools]:
        """Tell which left and which right records hold a value."""
        there = self.features.hash(name) != 0
        return there[self.left], there[self.right]

    def both(self, name: str) -> Bools:
        """Tell which pairs hold a value on both sides."""
        left, right = self.has(name)
        return left & right

    def any_equal(self, names: tuple[str, ...]) -> Bools:
        """Tell which pairs share one of several values."""
        result = np.zeros(len(self.left), dtype=bool)
        for one in names:
            for other in names:
                result |= self.equal(one, other)
        return result

    def any_both(self, names: tuple[str, ...]) -> Bools:
        """Tell which pairs hold at least one of several values on both sides."""
        there = np.zeros(self.features.rows, dtype=bool)
        for name in names:
            there |= self.features.hash(name) != 0
        return there[self.left] & there[self.right]

    def alike(
        self, one: str, where: Bools, *, other: str | None = None
    ) -> NDArray[np.float32]:
        """Give the Jaro-Winkler similarity of two strings where asked, else 0."""
        return self._measured(one, other or one, where, JaroWinkler.similarity)

    def edits(self, name: str, where: Bools) -> NDArray[np.float32]:
        """Count the edits from one string to the other where asked, else 99."""
        found = self._measured(name, name, where, OSA.distance)
        return np.where(where, found, np.float32(99))

    def tokens(self, name: str, where: Bools) -> NDArray[np.float32]:
        """Give how far the words of one are among those of the other, to 100."""
        return self._measured(name, name, where, fuzz.token_set_ratio)

    def parts(self, name: str, where: Bools) -> NDArray[np.float32]:
        """Give how far the shorter string is a part of the longer one, to 100."""
        return self._measured(name, name, where, fuzz.partial_ratio)

    def _measured(
        self, one: str, other: str, where: Bools, scorer: Callable[..., float]
    ) -> NDArray[np.float32]:
        result = np.zeros(len(where), dtype=np.float32)
        if where.any() and one in self.features.table and other in self.features.table:
            table = self.features.table
            texts = (
                table[one].gather(self.left[where]).to_list(),
                table[other].gather(self.right[where]).to_list(),
            )
            result[where] = process.cpdist(*texts, scorer=scorer, dtype=np.float32, workers=2)
        return result

    def lengths(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give how many letters each side has; 0 where missing."""
        size = self.features.table[name].str.len_chars().fill_null(0).cast(int).to_numpy()
        return size[self.left], size[self.right]


def fields_present(features: Features) -> tuple[str, ...]:
    """Name the fields that the features allow to compare, in a fixed order."""
    stems = {"company": "stem"}
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
    result: dict[str, Levels] = {}
    for name in fields_present(features):
        result[name] = _COMPARERS.get(name, _generic)(pairs, name)
    if "email" in result and "person" in result:
        email, person = FIELDS["email"], FIELDS["person"]
        # the address is made of the name: the letter by which both differ counts once
        twice = (result["email"] == email.place("similar")) & (
            result["person"] > person.place("equal")
        )
        result["email"] = np.where(twice, np.int8(0), result["email"])
    if "company" in result and "person" in result:
        named = _cross_named(pairs)
        result["person"] = np.where(named > 0, np.int8(0), result["person"])
        named = np.where(named > 0, named, _by_domain(pairs))
        result["company"] = np.where(named > 0, named, result["company"])
    return result


def _levels(field: str, *rules: tuple[str, Bools], there: Bools) -> Levels:
    """Give each pair the first level whose condition holds; the last level otherwise."""
    spec = FIELDS[field]
    result = np.full(len(there), len(spec.levels), dtype=np.int8)
    for code, holds in reversed(rules):
        result[holds] = spec.place(code)
    result[~there] = 0
    return result


def _company(pairs: Pairs, name: str) -> Levels:
    left, right = pairs.has("stem")
    both = left & right
    equal = pairs.equal("stem") | pairs.equal("stem_sorted") | pairs.equal("stem_joined")
    entities = (pairs.both("entity") & ~pairs.equal("entity")) | _differ(pairs, "apart")
    forms = pairs.both("form") & ~pairs.equal("form")
    second = pairs.both("copy") & ~pairs.equal("copy")
    other_digits = _differ(pairs, "stem_digits") | second
    asked = both & ~equal & ~other_digits
    alike = pairs.alike("stem", asked & pairs.equal("stem1")) >= 0.93
    alike |= pairs.alike("stem_sorted", asked & pairs.equal("stem_sorted1")) >= 0.93
    worded = pairs.equal("stem_first") | pairs.equal("stem_last")
    worded |= pairs.crossed("stem_first", "stem_last")
    # a word more is no slip of the keys: "Example" and "Example Verwaltung"
    within = pairs.tokens("stem", asked & worded) >= 99
    contained = within | pairs.crossed("acronym", "stem_joined")
    return _levels(
        name,
        ("other_form", both & (entities & (alike | contained)) | (forms & (equal | alike))),
        ("equal", equal & ~second),
        ("similar", asked & alike & ~within),
        ("partial", both & contained),
        ("one_sided", left ^ right),
        # a firm without a contact may well be the client who stands there as a person
        there=both | ((left | right) & pairs.both("person")),
    )


def _differ(pairs: Pairs, name: str) -> Bools:
    """Tell which pairs differ in a value that may be missing; missing is a value here."""
    values = pairs.features.hash(name)
    unequal: Bools = values[pairs.left] != values[pairs.right]
    return unequal


def _cross_named(pairs: Pairs) -> Levels:
    """Find the pairs where one field's firm is the other record's label, or nearly so."""
    left, right = pairs.has("stem")
    one_sided = left ^ right
    labels = pairs.both("label")
    equal = one_sided & pairs.equal("label")
    asked = one_sided & labels & ~equal & pairs.equal("label1")
    score = pairs.alike("label", asked)
    # "Example Bakery SRLL": a form misspelt is a word more
    more = pairs.tokens("label", asked & (score >= 0.8)) >= 99
    alike = (score >= 0.94) | more
    other = _differ(pairs, "apart")
    spec = FIELDS["company"]
    return np.select(
        [equal & ~other, alike & one_sided & ~other],
        [np.int8(spec.place("equal")), np.int8(spec.place("similar"))],
        np.int8(0),
    )


def _by_domain(pairs: Pairs) -> Levels:
    """Find the people who write from the very domain that is called like the firm."""
    spec = FIELDS["company"]
    features = pairs.features
    one, other = pairs.left, pairs.right
    himself = (features.hash("label") == features.hash("person")) & (
        features.hash("stem") == 0
    )
    domain, firm = features.hash("domain_name"), features.hash("stem_joined")
    own = np.zeros(len(one), dtype=bool)
    for person, company in ((one, other), (other, one)):
        called = (firm[company] != 0) & (domain[person] == firm[company])
        own |= himself[person] & called
    return np.where(own, np.int8(spec.place("similar")), np.int8(0))


def _person(pairs: Pairs, name: str) -> Levels:
    there = pairs.both("person")
    equal = pairs.equal("person")
    given, family = pairs.equal("given"), pairs.equal("family")
    swapped = pairs.equal("given", "family") & pairs.equal("family", "given")
    ends = (given & family) | swapped
    middle_differs = (
        pairs.both("middle") & ~pairs.equal("middle") & ~_initials(pairs, "middle")
    )
    nick = pairs.equal("nick") | _initials(pairs, "given") | _shortened(pairs, there & ~given)
    double = pairs.crossed("family", "middle_end") | pairs.crossed("family", "middle_start")
    rest = there & ~equal & ~ends
    given_alike = given | nick | _alike(pairs, "given", rest & ~given)
    family_alike = family | double | _alike(pairs, "family", rest & ~family)
    whole = _misspelt(pairs, there & ~equal & ~(given_alike & family_alike))
    turned = _turned(pairs, rest & ~given & ~family)
    no_given = there & ~pairs.both("given")
    other_middle = middle_differs & (pairs.alike("middle", middle_differs & ~equal) < 0.85)
    return _levels(
        name,
        ("equal", equal),
        ("variant", ends & ~middle_differs),
        ("variant", family & nick & ~middle_differs),
        ("variant", given & double),
        ("similar", given_alike & family_alike & ~no_given & ~other_middle),
        ("similar", turned | (whole & ~no_given)),
        ("partial", no_given & (family_alike | pairs.crossed("given", "family"))),
        ("other_middle", given_alike & family_alike),
        ("same_family", family_alike),
        ("same_given", given_alike),
        there=there,
    )


def _alike(pairs: Pairs, name: str, where: Bools) -> Bools:
    """Tell which words are one, misspelt, be it in the first letter."""
    first = pairs.equal(f"{name}1")
    found: Bools = pairs.alike(name, where & first) >= _ALIKE
    later = where & ~first & pairs.equal(f"{name}_tail")
    found |= (pairs.edits(name, later) <= 1) & later
    return found


def _turned(pairs: Pairs, where: Bools) -> Bools:
    """Tell which names are swapped and misspelt at once."""
    where = where & pairs.equal("given1", "family1") & pairs.equal("family1", "given1")
    one = pairs.alike("given", where, other="family") >= _ALIKE
    return one & (pairs.alike("family", where & one, other="given") >= _ALIKE)


def _misspelt(pairs: Pairs, where: Bools) -> Bools:
    """Tell which names differ by so little that their letters are as good as equal."""
    where = where & (pairs.equal("person_head") | pairs.equal("person_tail"))
    edits = pairs.edits("person", where)
    two = np.flatnonzero(edits == 2)
    result: Bools = edits <= 1
    asked = np.zeros(len(where), dtype=bool)
    asked[two] = True
    # two slips in short names make other names: Max and Mia
    alike = [pairs.alike(name, asked) >= 0.8 for name in ("given", "family")]
    result |= alike[0] & alike[1]
    return result


def _shortened(pairs: Pairs, where: Bools) -> Bools:
    """Tell which given names are the start of the other: Alex and Alexandre."""
    where = where & pairs.equal("given3")
    return where & (pairs.parts("given", where) >= 99)


def _initials(pairs: Pairs, name: str) -> Bools:
    """Tell which pairs have a single letter on one side that starts the other."""
    if name not in pairs.features.table:
        return np.zeros(len(pairs.left), dtype=bool)
    one, other = pairs.lengths(name)
    short = ((one == 1) ^ (other == 1)) & pairs.both(name)
    found: Bools = short & pairs.equal(f"{name}1")
    return found


def _email(pairs: Pairs, name: str) -> Levels:
    names = pairs.features.several("email")
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    asked = pairs.both("email_0") & ~equal
    local = asked & pairs.equal("local")
    named = pairs.equal("person")
    # ann2@ is the address that is left when somebody else has ann@
    asked_more = asked & pairs.equal("email1") & ~_differ(pairs, "email_digits")
    close = pairs.alike("email_0", asked_more) >= 0.95
    near = close & (pairs.edits("email_0", asked & close) <= 2)
    return _levels(
        name,
        ("equal", equal),
        ("similar", asked & (near | (local & ~named))),
        ("same_domain", asked & pairs.equal("domain")),
        # namesakes too make the same address of their name, at another provider,
        # and firms of one name the same domain
        there=there & ~(local & named & ~near) & ~(asked & ~near & _own_domain(pairs)),
    )


def _own_domain(pairs: Pairs) -> Bools:
    """Tell which firms of one name share the domain that is called like them."""
    own = pairs.features.hash("domain_name") == pairs.features.hash("stem_joined")
    shared: Bools = pairs.equal("stem_joined") & pairs.equal("domain") & own[pairs.left]
    return shared


def _phone(pairs: Pairs, name: str) -> Levels:
    names = pairs.features.several("phone")
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    asked = pairs.both("phone_0") & ~equal
    near = _one_edit(pairs, "phone_0", asked)
    return _levels(name, ("equal", equal), ("similar", near), there=there)


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
    there = pairs.both("road") | ~unknown
    same_house = house | no_house
    bare = ~np.logical_or(*pairs.has("house"))
    return _levels(
        name,
        ("equal", road & (house | bare) & here),
        ("similar", road_alike & same_house & here),
        ("same_street", road & (house | here)),
        ("same_postcode", postcode),
        ("same_city", city),
        there=there,
    )


def _one_edit(pairs: Pairs, name: str, asked: Bools) -> Bools:
    ends = pairs.equal(f"{name}_head") | pairs.equal(f"{name}_tail")
    found: Bools = pairs.edits(name, asked & ends) <= 1
    return found


def _tax_id(pairs: Pairs, name: str) -> Levels:
    names = pairs.features.several("tax_id")
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    asked = pairs.both("tax_id_0") & ~equal
    near = _one_edit(pairs, "tax_id_0", asked)
    return _levels(name, ("equal", equal), ("similar", near), there=there)


def _date(pairs: Pairs, name: str) -> Levels:
    there, equal = pairs.both("date_0"), pairs.equal("date_0")
    part = pairs.equal("year") | pairs.equal("date_day")
    near = pairs.edits("date_0", there & ~equal & part) <= 1
    turned = pairs.equal("date_0", "date_turned")
    partial = pairs.equal("date_day") | pairs.equal("date_month")
    return _levels(
        name, ("equal", equal), ("similar", near | turned), ("partial", partial), there=there
    )


def _text(pairs: Pairs, name: str) -> Levels:
    names = pairs.features.several("text")
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    asked = pairs.both("text_0") & ~equal
    alike = pairs.alike("text_0", asked) >= 0.9
    return _levels(name, ("equal", equal), ("similar", alike), there=there)


def _generic(pairs: Pairs, name: str) -> Levels:
    names = pairs.features.several(name) or (name,)
    there, equal = pairs.any_both(names), pairs.any_equal(names)
    return _levels(name, ("equal", equal), there=there)


_COMPARERS: Mapping[str, Callable[[Pairs, str], Levels]] = {
    "company": _company,
    "person": _person,
    "email": _email,
    "phone": _phone,
    "place": _place,
    "tax_id": _tax_id,
    "date": _date,
    "text": _text,
}

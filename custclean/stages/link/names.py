"""Comparing names: of firms, of people, and of a firm with a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from custclean.stages.link.levels import FIELDS
from custclean.stages.link.pairs import differ, levels_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.stages.link.pairs import Bools, Levels, Pairs

__all__ = ["by_domain", "company", "cross_named", "person"]

_OFTEN, _USUAL = 3, 0.05  # so often, and so often for each of the other, no word is a slip
_ALIKE = 0.92  # Jaro-Winkler from which two words count as one, misspelt


def company(pairs: Pairs, name: str) -> Levels:
    """Compare firms: stem, legal form, telling words."""
    left, right = pairs.has("stem")
    both = left & right
    second = pairs.both("copy") & ~pairs.equal("copy")
    equal = pairs.equal("stem_sorted") | pairs.equal("stem_joined")
    entities = pairs.both("entity") & ~pairs.equal("entity")
    forms = pairs.both("form") & ~pairs.equal("form")
    digits = pairs.both("stem_digits") & ~pairs.equal("stem_digits")
    asked = both & ~equal & ~digits & ~second
    alike, within, some = _worded(pairs, asked)
    alike |= asked & pairs.equal("stem_bones")  # accents lost on the way
    within |= pairs.crossed("acronym", "stem_joined")
    numbered = differ(pairs, "stem_digits")  # "Hinton & Sons", "Hinton & Sons II"
    other_form = (entities & (alike | some)) | ((differ(pairs, "entity") | numbered) & within)
    other_form |= forms & (equal | alike)
    return levels_of(
        name,
        ("other_form", both & other_form),
        ("equal", equal & ~second),
        ("similar", alike),
        ("partial", both & within),
        ("overlap", some),
        ("one_sided", left ^ right),
        # a firm without a contact may well be the client who stands there as a person
        there=both | ((left | right) & pairs.both("person")),
    )


def _worded(pairs: Pairs, asked: Bools) -> tuple[Bools, Bools, Bools]:
    """Tell which stems are the same but for slips, which contain the other, which overlap."""
    alike, within, some = pairs.none(), pairs.none(), pairs.none()
    if pairs.hopeful:
        bits = pairs.of("stem_bits")
        return asked & (pairs.equal("stem1") | (bits[0] & bits[1] != 0)), within, some
    if asked.any():
        rows, found = pairs.words("stem", asked)
        common = found.shared + found.slips
        fewer, more = np.minimum(found.left, found.right), np.maximum(found.left, found.right)
        alike[rows] = (common > 0) & (more == 0)
        within[rows] = (common > 0) & (fewer == 0) & (more > 0)
        some[rows] = (common > 0) & (fewer > 0)
        # a slip in a short word: "Byg", "yg"
        slip = some & (pairs.edits("stem", some) <= 1)
        alike |= slip
        some &= ~slip
    return alike, within, some


def cross_named(pairs: Pairs) -> Levels:
    """Find the pairs where one field's firm is the other record's label, or nearly so."""
    left, right = pairs.has("stem")
    one_sided = left ^ right
    labels = pairs.both("label")
    equal = one_sided & (pairs.equal("label") | pairs.crossed("label", "stem_sorted"))
    asked = one_sided & labels & ~equal & pairs.equal("label1")
    asked_too = one_sided & labels & ~equal & pairs.crossed("label1", "stem1")
    score = np.maximum(pairs.alike("label", asked), _stem_alike(pairs, asked_too))
    # "Example Bakery SRLL": a form misspelt is a word more
    more = pairs.tokens("label", asked & (score >= 0.8)) >= 99
    alike = (score >= 0.94) | more
    other = differ(pairs, "label_entity")
    spec = FIELDS["company"]
    return np.select(
        [equal & ~other, alike & one_sided & ~other],
        [np.int8(spec.place("equal")), np.int8(spec.place("similar"))],
        np.int8(0),
    )


def _stem_alike(pairs: Pairs, where: Bools) -> NDArray[np.float32]:
    """Give how alike the label of one is to the firm of the other."""
    left, right = pairs.has("stem")
    found = pairs.alike("stem", where & left, other="label")
    return np.maximum(found, pairs.alike("label", where & right, other="stem"))


def by_domain(pairs: Pairs) -> Levels:
    """Find the people who write from the very domain that is called like the firm."""
    spec = FIELDS["company"]
    result = np.zeros(len(pairs), dtype=np.int8)
    if not (pairs.there("domain_name") and pairs.there("label")):
        return result
    label, person = pairs.of("label"), pairs.of("person")
    domain, firm = pairs.of("domain_name"), pairs.of("stem_joined")
    for he, it in ((0, 1), (1, 0)):
        himself = (label[he] == person[he]) & (firm[he] == 0)
        called = (firm[it] != 0) & (domain[he] == firm[it])
        result[himself & called] = spec.place("similar")
    return result


def person(pairs: Pairs, name: str) -> Levels:
    """Compare people: swapped, shortened, misspelt, of one family."""
    there = pairs.both("person")
    same = pairs.equal("person")
    equal = same & (pairs.equal("family") | ~pairs.both("given"))
    generation = pairs.both("generation") & ~pairs.equal("generation")
    younger = np.logical_xor(*pairs.has("generation"))  # or elder: one of them says so
    given, family = pairs.equal("given"), pairs.equal("family")
    swapped = pairs.equal("given", "family") & pairs.equal("family", "given")
    ends = (given & family) | swapped
    middle_differs = (
        pairs.both("middle")
        & ~pairs.equal("middle")
        & ~_initials(pairs, "middle_initial", "middle1")
    )
    nick = (
        pairs.equal("nick")
        | _initials(pairs, "initial", "given1")
        | _shortened(pairs, there & ~given)
    )
    double = pairs.crossed("family", "middle_end") | pairs.crossed("family", "middle_start")
    rest = there & ~equal & ~ends
    # Mario is not Maria, misspelt
    other_ending = _unlike(pairs, "given_ending", "given_ending")
    given_alike = given | nick | _alike(pairs, "given", rest & ~given & ~other_ending)
    family_alike = family | double | _alike(pairs, "family", rest & ~family)
    whole = pairs.equal("person_joined")  # a blank more or less
    good = ends | (given_alike & family_alike)
    swapped_too = _in_any_order(pairs, there & ~equal & ~good)
    bare = ~np.logical_or(*pairs.has("middle"))
    swapped_too &= ~(bare & _unlike(pairs, "given_ending", "family_ending"))
    no_given = there & ~pairs.both("given")
    other_middle = middle_differs & (pairs.alike("middle", middle_differs & ~equal) < 0.85)
    return levels_of(
        name,
        ("generation", generation & (same | (given_alike & family_alike))),
        ("one_generation", younger & (same | (given_alike & family_alike))),
        ("equal", equal),
        ("variant", same | (ends & ~middle_differs)),
        ("variant", family & nick & ~middle_differs),
        ("variant", given & double),
        ("similar", given_alike & family_alike & ~no_given & ~other_middle),
        ("similar", swapped_too | (whole & ~no_given)),
        ("partial", no_given & (family_alike | pairs.crossed("given", "family"))),
        ("other_middle", given_alike & family_alike),
        ("same_family", family_alike),
        ("same_given", given_alike),
        there=there,
    )


def _alike(pairs: Pairs, name: str, where: Bools) -> Bools:
    """Tell which words are one, misspelt, be it in the first letter."""
    where = where & (pairs.equal(f"{name}1") | pairs.equal(f"{name}_tail"))
    where &= ~differ(pairs, f"{name}_digits")  # "Ann1" is not "Ann2", misspelt
    where &= ~_both_usual(pairs, f"{name}_held")
    found: Bools = pairs.edits(name, where) <= 1
    found |= pairs.alike(name, where & ~found & pairs.equal(f"{name}1")) >= _ALIKE
    return found


def _unlike(pairs: Pairs, one: str, other: str) -> Bools:
    """Tell which pairs hold different values in two columns, either way round."""
    result = pairs.none()
    if pairs.there(one) and pairs.there(other):
        for mine, its in ((one, other), (other, one)):
            left, right = pairs.of(mine)[0], pairs.of(its)[1]
            result |= (left != 0) & (right != 0) & (left != right)
    return result


def _both_usual(pairs: Pairs, held: str) -> Bools:
    """Tell which words both stand often: a slip makes a rare word of a common one."""
    one, other = pairs.of(held)
    fewer, more = np.minimum(one, other), np.maximum(one, other)
    usual: Bools = (fewer > _OFTEN) & (fewer.astype(float) > _USUAL * more)
    return usual


def _in_any_order(pairs: Pairs, where: Bools) -> Bools:
    """Tell which names have the same words elsewhere, misspelt or shortened or some left out.

    Asked where a word stands in another place, or begins as one that does.
    """
    moved = pairs.crossed("given", "family")
    for part in ("middle_start", "middle_end"):
        moved |= pairs.crossed("given", part) | pairs.crossed("family", part)
    moved |= pairs.equal("given1", "family1") & pairs.equal("family1", "given1")
    asked = where & moved
    if pairs.hopeful:
        return asked
    result = pairs.none()
    if asked.any():
        rows, found = pairs.words("person", asked, initials=True)
        fewer = np.minimum(found.left, found.right)
        result[rows] = (fewer == 0) & (found.shared + found.slips > 1)
    return result


def _shortened(pairs: Pairs, where: Bools) -> Bools:
    """Tell which given names are the start of the other: Alex and Alexandre."""
    where = where & pairs.equal("given_head")  # four letters: "Jan" is not short for "Janusz"
    return where & (pairs.parts("given", where) >= 99)


def _initials(pairs: Pairs, initial: str, first: str) -> Bools:
    """Tell which pairs have a single letter on one side that starts the other's name."""
    return pairs.crossed(initial, first) & ~pairs.both(initial)

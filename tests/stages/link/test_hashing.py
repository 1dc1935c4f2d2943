from __future__ import annotations

from itertools import accumulate

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link.hashing import (
    Hashes,
    among_first,
    hash_pieces,
    hash_values,
    mix,
    mixed,
    numbered,
)

# small numbers share their leading bits, large ones do not
numbers = st.lists(st.one_of(st.integers(0, 9), st.integers(0, 2**64 - 1)), max_size=40)


def hashes(*values: int) -> Hashes:
    return np.array(values, dtype=np.uint64)


def pieces(texts: list[bytes]) -> Hashes:
    """Hash texts that stand one behind the other."""
    data = np.frombuffer(b"".join(texts) + bytes(8), dtype=np.uint8)
    sizes = np.array([len(text) for text in texts], dtype=np.int64)
    starts = np.array([0, *accumulate(sizes.tolist())][:-1], dtype=np.int64)
    return hash_pieces(data, starts, sizes)


@given(st.sets(st.integers(0, 2**64 - 1), max_size=30))
@settings(max_examples=50)
def test_mixing_keeps_different_values_apart(values: set[int]) -> None:
    assert len(set(mix(hashes(*values)).tolist())) == len(values)


def test_several_hashes_are_missing_where_one_of_them_is() -> None:
    found = mixed(hashes(1, 0, 1, 0), hashes(2, 2, 0, 0))
    assert (found != 0).tolist() == [True, False, False, False]


def test_several_hashes_are_told_apart_by_each_and_by_their_order() -> None:
    assert len(set(mixed(hashes(1, 2, 1, 3), hashes(2, 1, 3, 2)).tolist())) == 4


@given(st.lists(st.one_of(st.none(), st.text(max_size=3)), max_size=20))
@settings(max_examples=50)
def test_values_are_equal_as_their_hashes_are_and_null_is_zero(
    values: list[str | None],
) -> None:
    found = hash_values(pl.Series(values, dtype=pl.String)).tolist()
    assert [one == 0 for one in found] == [value is None for value in values]
    assert len(set(found)) == len(set(values))


@given(st.lists(st.text("ab\0", max_size=20).map(str.encode), min_size=1, max_size=20))
@settings(max_examples=100)
def test_pieces_are_equal_as_their_bytes_are(texts: list[bytes]) -> None:
    found = pieces(texts).tolist()
    assert [one == found[0] for one in found] == [text == texts[0] for text in texts]
    assert len(set(found)) == len(set(texts))


def test_a_piece_is_the_same_wherever_it_stands() -> None:
    text = b"Ravnkilde og Solhverv Ejendomme"
    assert pieces([b"x", text, b"yz", text])[[1, 3]].tolist() == [pieces([text])[0]] * 2


@given(numbers)
def test_numbers_part_values_exactly_as_equality_does(values: list[int]) -> None:
    number, seen = numbered(hashes(*values))
    assert len(seen) == len(set(values))
    assert sorted(set(number.tolist())) == list(range(len(seen)))
    assert [values[place] for place in seen[number]] == values


def test_numbers_of_nothing_are_none() -> None:
    number, seen = numbered(hashes())
    assert (len(number), len(seen)) == (0, 0)


@given(given=numbers, most=st.integers(1, 3))
def test_the_first_so_many_of_a_value_stand_for_all_of_it(given: list[int], most: int) -> None:
    for place, found in enumerate(among_first(hashes(*given), most).tolist()):
        early = given[:place].count(given[place]) < most
        assert found == (place if early else given.index(given[place]))

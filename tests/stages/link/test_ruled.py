from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from custclean.stages.link.features import features_of
from custclean.stages.link.ruled import ruled
from custclean.stages.link.rules import always, never

codes = st.lists(st.sampled_from([None, "A1", "B2", "C3", "D4"]), min_size=1, max_size=25)


@given(codes, codes)
def test_the_pairs_that_share_a_value_are_all_found_once(
    one: list[str | None], other: list[str | None]
) -> None:
    size = min(len(one), len(other))
    table = pl.DataFrame(
        {"a": one[:size], "b": other[:size]}, schema={"a": pl.String, "b": pl.String}
    )
    law = ruled((always("a"), always("b")), features_of(table, {}), [table])
    left, right = law.shared()
    wanted = [
        (low, high)
        for low in range(size)
        for high in range(low + 1, size)
        if any(values[low] and values[low] == values[high] for values in (one, other))
    ]
    assert list(zip(left.tolist(), right.tolist())) == wanted
    assert law.says(law.of(left, right, {}), same=True).all()


@given(codes, codes)
def test_of_two_tables_only_pairs_across_are_found(
    one: list[str | None], other: list[str | None]
) -> None:
    tables = [pl.DataFrame({"a": each}, schema={"a": pl.String}) for each in (one, other)]
    side = np.arange(len(one) + len(other)) >= len(one)
    law = ruled((always("a"),), features_of(pl.concat(tables), {}), tables, side)
    found = {(low, high - len(one)) for low, high in zip(*(e.tolist() for e in law.shared()))}
    assert found == {
        (n, m) for n, a in enumerate(one) for m, b in enumerate(other) if a == b and a
    }


@given(codes)
def test_never_is_for_two_that_both_hold_a_value(values: list[str | None]) -> None:
    table = pl.DataFrame({"a": values}, schema={"a": pl.String})
    law = ruled((never("a"),), features_of(table, {}), [table])
    left, right = np.triu_indices(len(values), 1)
    apart = law.apart(left, right, {})
    for low, high, found in zip(left, right, apart):
        one, other = values[low], values[high]
        assert found == (one is not None and other is not None and one != other)

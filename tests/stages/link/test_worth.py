"""No pair that the whole engine would accept may be dropped before it was compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.stages.link import worth
from custclean.stages.link.classify import start_with_strangers
from custclean.stages.link.compare import fields_present
from custclean.stages.link.features import features_of
from custclean.stages.link.frequencies import Frequencies
from custclean.stages.link.scoring import evidence, log_odds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from custclean.stages.link.scoring import Evidence

KINDS = "name company email phone street city tax_id date".split()
Row = Mapping[str, str | None]


def maybe(*values: str) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), st.sampled_from(values))


people = maybe(
    "Asta Ravnkilde", "Ravnkilde, Asta", "Asta Ravnklide", "A. Ravnkilde", "Bo Berg"
)
firms = maybe("Tarn Byg ApS", "Tarn Byg A/S", "Tarn Bgy", "Klit Byg", "Klit Holding", "Tarn")
rows = st.fixed_dictionaries(
    {
        "name": people,
        "company": firms,
        "email": maybe("asta@ravnkilde.example", "a.sta@ravnkilde.example", "bo@berg.example"),
        "phone": maybe("+45 20 31 31 31", "20313132", "+4520777777"),
        "street": maybe("Testvej 7", "Testvej 9", "7 Mill Street"),
        "city": maybe("Aarhus", "Roma"),
        "tax_id": maybe("12345674", "12345675", "87654321"),
        "date": maybe("1980-01-02", "02.01.1980", "1981-05-06"),
    }
)


@dataclass(frozen=True)
class Looked:
    """All pairs of a table: what the whole engine says, and which were worth its while."""

    found: Evidence
    weight: NDArray[np.float64]
    kept: NDArray[np.int64]
    some: Evidence

    @property
    def lost(self) -> list[int]:
        """Give the pairs that the engine would accept, but that were dropped."""
        accepted = np.flatnonzero(self.weight >= 0)
        return sorted({*map(int, accepted)} - {*map(int, self.kept)})


def looked(table: Sequence[Row]) -> Looked:
    frame = pl.DataFrame(list(map(dict, table)), schema=dict.fromkeys(KINDS, pl.String))
    features = features_of(frame, {kind: kind for kind in KINDS})
    seen = Frequencies(features, None)
    model, _ = start_with_strangers(features, seen, fields_present(features))
    left, right = np.triu_indices(len(table), 1)
    found = evidence(features, seen, left, right)
    kept, some = worth.worth_comparing(model, features, seen, left, right)
    return Looked(found, log_odds(model, found), kept, some)


def other(number: int) -> Row:
    firm = f"{('Water', 'Rose')[number % 2]}{number} Ltd"
    return {"company": firm, "phone": f"+4520{number:06d}"}


@given(st.lists(rows, min_size=2, max_size=9))
@settings(max_examples=25)
def test_no_pair_that_would_be_accepted_is_dropped(table: list[Row]) -> None:
    table.append({"name": "Fiona Clerisse", "company": "Lodgepole Srl"})
    assert looked(table).lost == []


@pytest.mark.parametrize(
    "names",
    [
        ("Quillstone", "Alpha Quillstone Bakery"),
        ("Mill Quillstone", "Quillstone Mill Roofing"),
        ("Tanr Blue", "Tarn Bule"),
    ],
    ids=["within", "turned", "two slips"],
)
def test_firms_with_one_phone_and_words_in_common_are_not_dropped(
    names: tuple[str, str],
) -> None:
    pair: list[Row] = [{"company": name, "phone": "+4531313131"} for name in names]
    found = looked([*pair, *map(other, range(60))])
    assert found.weight[0] >= 0
    assert found.lost == []


@given(st.lists(rows, min_size=2, max_size=9))
@settings(max_examples=10)
def test_what_is_kept_is_compared_as_the_whole_engine_does(table: list[Row]) -> None:
    table.append({"name": "Fiona Clerisse", "company": "Lodgepole Srl"})
    found = looked(table)
    whole = found.found.take(found.kept)
    for name in whole.levels:
        assert found.some.levels[name].tolist() == whole.levels[name].tolist()
        assert np.array_equal(found.some.chances[name], whole.chances[name], equal_nan=True)


def test_strangers_are_dropped() -> None:
    found = looked([*map(other, range(40))])
    assert len(found.kept) < len(found.weight) / 10


@pytest.mark.parametrize("threads", [1, 3])
def test_parts_and_threads_do_not_matter(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    table: list[Row] = [{**other(n // 2), "city": "Roma"} for n in range(24)]
    whole = looked(table)
    monkeypatch.setattr(worth, "_AT_ONCE", 3)
    monkeypatch.setattr(pl, "thread_pool_size", lambda: threads)
    assert looked(table).kept.tolist() == whole.kept.tolist()


@pytest.mark.parametrize("size", [1, 2])
def test_without_pairs_nothing_is_worth_comparing(size: int) -> None:
    found = looked([{"name": "Asta Ravnkilde"}, {"name": "Bo Berg"}][:size])
    assert len(found.kept) <= size - 1

"""Decisions on the ids of earlier downloads, read as decisions on the records of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.decisions import current_of, seen_of
from custclean.model import Decision, Verdict, fields_of
from custclean.project.aliases import Aliases
from custclean.project.trail import Trail, follow
from custclean.tables.ids import record_ids

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

HASH = "s:customers:#0123456789ab"
OTHER = "s:customers:#ba9876543210"


def table(**phones: str) -> pl.DataFrame:
    rows = [{"record_id": own, "phone": phone} for own, phone in phones.items()]
    return pl.DataFrame(rows, schema=dict.fromkeys(fields_of("customers"), pl.String))


def shifted() -> Aliases:
    """Give two rows of one hash, of which the first goes: the second gets its id."""
    first = table(**{HASH: "1", f"{HASH}-2": "2"})
    second = table(**{HASH: "2"})
    return Aliases([(follow([first, second]), [1, 10])])


def said(own: str, seq: int, verdict: Verdict = Verdict.SET_ASIDE) -> Decision:
    return Decision((own,), verdict, seq=seq)


def test_without_other_ids_the_decisions_are_the_very_same() -> None:
    decision = said("a", seq=1)
    assert Aliases().today([decision])[0] is decision


def test_an_id_means_whom_it_meant_when_it_was_said() -> None:
    aliases = shifted()
    keys = [d.key[0] for d in aliases.today([said(HASH, seq=5), said(HASH, seq=15)])]
    assert keys == [f"{HASH}~2", HASH]
    assert aliases.today([said(f"{HASH}-2", seq=5)])[0].key == (HASH,)


def test_what_was_seen_says_more_than_when_it_was_said() -> None:
    seen = seen_of({"phone": "1"}, None, ["phone"])
    late = Decision((HASH,), Verdict.SET_ASIDE, seen, seq=15)
    assert shifted().today([late])[0].key == (f"{HASH}~2",), "a card was open meanwhile"


def test_a_later_word_under_the_new_id_replaces_one_under_the_old() -> None:
    words = [
        said(f"{HASH}-2", seq=5),
        said(HASH, seq=15, verdict=Verdict.KEEP),
    ]
    assert [d.seq for d in current_of(shifted().today(words))] == [15]


def test_a_pair_keeps_its_order_and_what_was_seen_of_whom() -> None:
    trail = Trail((table(**{OTHER: "1"}), table(**{HASH: "2"})), ({OTHER: HASH}, {}))
    middle = "s:customers:#5"  # between the two
    seen = {"left.phone": "x", "right.phone": ""}
    pair = Decision((middle, OTHER), Verdict.SAME, seen, seq=5)
    (today,) = Aliases([(trail, [1, 10])]).today([pair])
    assert today.key == (HASH, middle)
    assert today.seen == {"right.phone": "x", "left.phone": ""}


def test_as_a_mapping_it_holds_no_id_that_is_in_use_today() -> None:
    assert dict(shifted()) == {f"{HASH}-2": HASH}


COLUMNS = ("display_name", "email", "phone")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Ann", "Bo"]),
        st.sampled_from(["a@example.com", "b@example.com"]),
        st.sampled_from(["11111111", "22222222", "33333333"]),
    ),
    min_size=1,
    max_size=6,
)


def listed(rows: Sequence[tuple[str, ...]]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    nobody = pl.Series([None] * len(rows), dtype=pl.String)
    ids = record_ids("s:customers", nobody, frame.select(COLUMNS[:2]), frame)
    empty = pl.DataFrame(schema=dict.fromkeys(fields_of("customers"), pl.String))
    return pl.concat([empty, frame.with_columns(record_id=ids)], how="diagonal")


@settings(max_examples=40)
@given(ROWS, ROWS, st.randoms(use_true_random=False))
def test_nobody_is_called_by_two_ids_and_the_order_of_rows_says_nothing(
    before: list[tuple[str, ...]], after: list[tuple[str, ...]], chance: Random
) -> None:
    first, second = listed(before), listed(after)
    aliases = Aliases([(follow([first, second]), [1, 10])])
    assert not set(aliases) & set(second["record_id"])
    assert set(aliases.values()) <= set(second["record_id"])
    assert len(set(aliases.values())) == len(aliases)
    chance.shuffle(before)
    chance.shuffle(after)
    again = Aliases([(follow([listed(before), listed(after)]), [1, 10])])
    assert dict(again) == dict(aliases)

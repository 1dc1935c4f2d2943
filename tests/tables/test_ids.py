"""Record ids are stable; ids that Excel damaged refuse the file."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import DamagedIdsError
from custclean.tables.ids import check_ids, record_ids

FILE = Path("clients.csv")
GOOD = [f"91303478{n:08d}" for n in (12345678, 90, 3, 50000000, 77, 1230)]


def _check(ids: list[str | None]) -> None:
    check_ids(FILE, ids, range(2, len(ids) + 2), "Company ID")


def _ids(rows: list[tuple[str | None, ...]]) -> list[str]:
    names = [f"c{n}" for n in range(len(rows[0]))] if rows else ["c0", "c1"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return record_ids("s:k", frame["c0"], frame.select("c1"), frame).to_list()


def test_sound_ids_pass_and_blank_ones_are_no_twins() -> None:
    _check([*GOOD, None, None, "", " ", "123456789012345", "A-1"])


@pytest.mark.parametrize(
    "bad", ["9.13E+15", "9,13E+15", "9E15", "9.13035e+15", "9130347.0", "####"]
)
def test_an_id_that_became_a_number_refuses_the_file(bad: str) -> None:
    with pytest.raises(DamagedIdsError, match="do not open in Excel") as caught:
        _check([*GOOD[:2], bad])
    assert (caught.value.file, caught.value.line, caught.value.value) == (
        "clients.csv",
        4,
        bad,
    )
    assert caught.value.column == "Company ID"


def test_ids_rounded_to_15_digits_refuse_the_file() -> None:
    rounded = [f"913034781{n:06d}0" for n in range(1, 8)]
    with pytest.raises(DamagedIdsError, match="rounded the ids to 15 digits") as caught:
        _check(["911", *rounded, GOOD[0]])
    assert (caught.value.line, caught.value.value) == (3, rounded[0])


def test_some_ids_that_end_in_a_nought_are_natural() -> None:
    _check([f"91303478123{n:05d}" for n in range(1, 200)])
    _check(["9130347812345670", "9130347812345680", "9130347812345690"])
    _check([f"91303478123450{n}" for n in range(10)])  # 15 digits: nothing can be lost


def test_an_id_that_is_there_twice_refuses_the_file() -> None:
    with pytest.raises(DamagedIdsError, match="line 3 already") as caught:
        _check([GOOD[0], GOOD[1], GOOD[2], f" {GOOD[1]} "])
    assert caught.value.line == 5


def test_a_native_id_is_the_id_and_others_are_hashed() -> None:
    ids = _ids([("12", "Ann"), (None, "Ann"), (" ", "Ann"), (None, "Bo")])
    assert ids[0] == "s:k:12"
    assert ids[1].startswith("s:k:#")
    assert ids[2] == ids[1] + "-2" or ids[1] == ids[2] + "-2"
    assert ids[3].split("-")[0] != ids[1].split("-")[0]


def test_the_hash_is_the_same_in_every_version() -> None:
    assert _ids([(None, "Ann Example")]) == ["s:k:#258e1c6527b0"]


ROWS = st.lists(
    st.tuples(st.none(), st.sampled_from(["Ann", "Bo", None]), st.sampled_from("xyz")),
    max_size=8,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert sorted(zip(_ids(rows), map(str, rows))) == sorted(
        zip(_ids(shuffled), map(str, shuffled))
    )


@given(ROWS)
def test_ids_are_unique(rows) -> None:  # type: ignore[no-untyped-def]
    assert len(set(_ids(rows))) == len(rows)

"""Parquet gives text as a person would write it; bombs and damage are refused by name."""

from __future__ import annotations

import datetime as dt
import io
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from custclean.errors import InputError
from custclean.tables import limits, parquet
from custclean.tables.parquet.heads import read_heads
from custclean.tables.raw import Asked, Flag, Part
from tests.ending import must_end

PATH = Path("customers.parquet")
NOON = dt.datetime(2026, 3, 1, 12, 5)  # noqa: DTZ001  # a table knows no time zones
MIDNIGHT = dt.datetime(2026, 3, 1)  # noqa: DTZ001  # a table knows no time zones


def _file(table: Any, **how: Any) -> bytes:
    whole = io.BytesIO()
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), whole, **how)
    return whole.getvalue()


def _part(data: bytes) -> Part:
    assert parquet.is_it(data)
    (part,) = parquet.parts(PATH, data, Asked())
    assert part.records == len(part.frame)
    return part


def _refused(data: bytes) -> str:
    with must_end(), pytest.raises(InputError) as error:
        parquet.parts(PATH, data, Asked())
    return str(error.value)


def test_a_table_is_text_with_rows_counted_from_one() -> None:
    part = _part(_file({"Name": ["Ann", "", None], "Id": ["007", "8", "9"]}))
    assert part.header == ("Name", "Id")
    assert part.frame.rows() == [("Ann", "007"), (None, "8"), (None, "9")]
    assert (part.lines.to_list(), part.header_row) == ([1, 2, 3], 0)
    assert set(part.frame.dtypes) == {pl.String}


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        (pa.array([7, None]), ["7", None]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([7.0, 0.1, -0.0, 91303478123456.0]), ["7", "0.1", "0", "91303478123456"]),
        (pa.array([0.1, 7.0, None], pa.float32()), ["0.1", "7", None]),
        (pa.array([float("nan"), float("inf")]), ["NaN", "inf"]),
        (pa.array([True, False, None]), ["TRUE", "FALSE", None]),
        (pa.array([Decimal("1.10"), Decimal("7.00")]), ["1.10", "7.00"]),
        (pa.array([MIDNIGHT.date()]), ["2026-03-01"]),
        (pa.array([NOON, MIDNIGHT]), ["2026-03-01 12:05:00", "2026-03-01"]),
        (pa.array([NOON.replace(microsecond=500_000)]), ["2026-03-01 12:05:00.5"]),
        (pa.array([1, 10**9], pa.timestamp("ns")),
         ["1970-01-01 00:00:00.000000001", "1970-01-01 00:00:01"]),
        (pa.array([2**62], pa.timestamp("us")), ["+148108-07-06 14:00:27.387904"]),
        (pa.array([NOON], pa.timestamp("us", "Europe/Copenhagen")),
         ["2026-03-01 13:05:00+01:00"]),
        (pa.array([dt.time(9, 5), dt.time(9, 5, 0, 10)]), ["09:05:00", "09:05:00.00001"]),
        (pa.array([dt.timedelta(days=1, hours=2)]), ["P1DT2H"]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        (pa.array([None, None]), [None, None]),
        (pa.array([["a@b.example", None, "c@d.example"], [], None]),
         ["a@b.example; c@d.example", None, None]),
        (pa.array([[1.0, 2.5], [True and 3.0]]), ["1; 2.5", "3"]),
        (pa.array([[b"a", b"\xff"]]), ["a; ff"]),
        (pa.array([{"City": "Køge", "Zip": None, "On": MIDNIGHT.date()}]),
         ['{"City": "Køge", "Zip": null, "On": "2026-03-01"}']),
        (pa.array([[{"No": "1"}]]), ['[{"No": "1"}]']),
        (pa.array([[["a"], ["b"]]]), ['[["a"], ["b"]]']),
    ],
)  # fmt: skip
def test_a_value_is_written_as_a_person_would(
    values: pa.Array, cells: list[str | None]
) -> None:
    assert _part(_file({"X": values})).frame["X"].to_list() == cells


def test_bytes_are_text_where_they_can_be_and_else_named() -> None:
    part = _part(_file({"X": pa.array([b"Ann", None, b"\xff\x00", b"\xfe"])}))
    assert part.frame["X"].to_list() == ["Ann", None, "ff00", "fe"]
    why = "column X holds bytes that are no text; shown as hexadecimal digits"
    assert part.flags == (Flag(3, why, rows=2),)


def test_rows_whose_bytes_are_no_text_are_named_also_where_they_stand_apart() -> None:
    part = _part(_file({"X": pa.array([b"\xff", b"a", b"\xff", b"\xfe"])}))
    assert [(flag.line, flag.rows) for flag in part.flags] == [(1, 1), (3, 2)]


def test_the_index_of_pandas_is_a_column() -> None:
    frame = pl.DataFrame({"Name": ["Ann"]}).to_pandas().set_index(np.array(["007"]))
    part = _part(frame.to_parquet())
    assert part.frame.row(0, named=True) == {"Name": "Ann", "__index_level_0__": "007"}


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "brotli", "lz4", "zstd"])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("dictionary", [True, False])
def test_any_way_of_writing_will_do(compression: str, version: str, dictionary: bool) -> None:
    names = [f"Customer {n % 9}" for n in range(500)]
    data = _file(
        {"Name": names, "Tags": [["a"] * (n % 3) for n in range(500)]},
        compression=compression,
        data_page_version=version,
        use_dictionary=dictionary,
        data_page_size=200,
        row_group_size=100,
        write_page_index=True,
        write_page_checksum=True,
    )
    assert _part(data).frame["Name"].to_list() == names


def test_what_polars_writes_is_read() -> None:
    whole = io.BytesIO()
    frame = pl.DataFrame({"A": ["x", None] * 500, "B": [["y"]] * 1_000})
    frame.write_parquet(whole, row_group_size=300)
    assert _part(whole.getvalue()).frame["A"].to_list() == ["x", None] * 500


def test_the_encoding_that_shares_beginnings_is_read() -> None:
    names = [f"Customer {n}" for n in range(1_000)]
    encoding = {"Name": "DELTA_BYTE_ARRAY"}
    data = _file({"Name": names}, use_dictionary=False, column_encoding=encoding)
    assert _part(data).frame["Name"].to_list() == names


def test_a_table_without_rows_keeps_its_headings() -> None:
    part = _part(_file({"Name": pa.array([], pa.string())}))
    assert (part.header, len(part.frame)) == (("Name",), 0)


@pytest.mark.parametrize(
    "data", [b"PAR1,Name\nAnn,Bo\n", b"Name\n", b"PARE Name\n", b"PAR", b"xPAR1"]
)
def test_other_files_are_no_parquet(data: bytes) -> None:
    assert not parquet.is_it(data)


def test_an_encrypted_file_is_named() -> None:
    assert "is encrypted" in _refused(b"PARE" + bytes(20) + b"PARE")


BIG = "x" * 30_000
SAME = pa.DictionaryArray.from_arrays(pa.array(np.zeros(1_900_000, "int32")), pa.array([BIG]))


@pytest.mark.parametrize(
    ("table", "how", "why"),
    [
        ({"A": pa.nulls(3_000_000)}, {}, "more than 2,000,000 cells"),
        ({"A": [[None] * 3_000_000]}, {}, "more than 2,000,000 cells"),
        ({"A": pa.nulls(3, pa.list_(pa.int8(), 10**8))}, {}, "more than 2,000,000 cells"),
        ({"A": pa.nulls(900, pa.binary(10**6))}, {}, "more than 200 times"),
        ({"A": ["x" * 20_000_000]}, {}, "more than 200 times"),
        ({"A": SAME}, {"store_schema": False}, "bytes"),
        ({"A": [BIG + str(n) for n in range(1_000)]},
         {"use_dictionary": False, "column_encoding": {"A": "DELTA_BYTE_ARRAY"}}, "200 times"),
    ],
    ids="rows list fixed-list fixed-bytes page dictionary delta".split(),
)  # fmt: skip
def test_a_bomb_is_refused_before_it_has_grown(
    table: dict[str, Any], how: dict[str, Any], why: str
) -> None:
    assert why in _refused(_file(table, compression="zstd", **how))


def test_too_many_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_COLUMNS", 3)
    assert "more than 3 columns" in _refused(_file({name: ["x"] for name in "ABCD"}))


def test_what_pages_unpack_to_is_known_without_the_footer() -> None:
    # The page names the bytes before its text; the footer is not asked for them.
    data = _file({"A": ["x" * 1_000]}, compression="zstd", use_dictionary=False)
    heads = read_heads(data)
    assert (heads.unpacked, heads.values, heads.rows) == (1_010, 1, 1)


SMALL = _file({"Name": ["Ann", "Bo"], "Tags": [["a"], ["b", "c"]]}, compression="zstd")


def test_a_file_cut_off_anywhere_is_refused() -> None:
    for end in range(5, len(SMALL), 7):
        assert parquet.is_it(SMALL[:end])
        assert "damaged" in _refused(SMALL[:end])


def test_flipped_bits_give_a_table_or_our_error(capfd: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(11)
    for _ in range(400):
        bad = bytearray(SMALL)
        for _ in range(rng.randrange(1, 4)):
            bad[rng.randrange(4, len(bad) - 4)] ^= 1 << rng.randrange(8)
        try:
            (part,) = parquet.parts(PATH, bytes(bad), Asked())
        except InputError:
            continue
        assert part.records == len(part.frame)


def test_a_schema_nested_without_end_is_refused() -> None:
    kind = pa.string()
    for _ in range(200):
        kind = pa.struct([("a", kind)])
    assert "damaged, or a kind" in _refused(_file({"A": pa.nulls(1, kind)}))

"""QuickBooks Desktop's IIF gives a table a section, whatever saved it and in what order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.tables import iif, limits
from custclean.tables.raw import Asked, Part, RejectedLine, Repair
from tests.ending import must_end

PATH = Path("lists.iif")
LISTS = (
    "!HDR\tPROD\tVER\n"
    "HDR\tQuickBooks Pro\tVersion 17.0\n"
    "!CUSTNAMEDICT\tINDEX\tLABEL\n"
    "!ENDCUSTNAMEDICT\n"
    "CUSTNAMEDICT\t0\tRegion\n"
    "ENDCUSTNAMEDICT\n"
    "!CUST\tNAME\tEMAIL\n"
    "CUST\tAnn\tann@example.com\n"
    "CUST\tBo\t\n"
)


def _parts(text: str | bytes) -> dict[str, Part]:
    data = text.encode() if isinstance(text, str) else text
    assert iif.is_it(data)
    return {part.name: part for part in iif.parts(PATH, data, Asked())}


def _customers(text: str) -> Part:
    return _parts("!CUST\tNAME\tNOTE\n" + text)["CUST"]


def _rows(part: Part) -> list[tuple[str | None, ...]]:
    return part.frame.rows()


def test_each_section_is_a_table_of_its_keyword() -> None:
    assert list(_parts(LISTS)) == ["HDR", "CUSTNAMEDICT", "ENDCUSTNAMEDICT", "CUST"]


def test_a_section_keeps_its_keyword_and_its_lines() -> None:
    part = _parts(LISTS)["CUST"]
    assert part.header == ("!CUST", "NAME", "EMAIL")
    assert _rows(part) == [("CUST", "Ann", "ann@example.com"), ("CUST", "Bo", None)]
    assert (part.header_row, part.lines.to_list(), part.records) == (7, [8, 9], 2)
    assert not any((part.repairs, part.rejected, part.notes))


def test_the_end_of_a_block_is_a_row_so_that_blocks_can_be_told_apart() -> None:
    text = "!TRNS\tDATE\n!SPL\tDATE\n!ENDTRNS\n" + "TRNS\t1\nSPL\t1\nSPL\t1\nENDTRNS\n" * 2
    lines = {name: part.lines.to_list() for name, part in _parts(text).items()}
    assert lines == {"TRNS": [4, 8], "SPL": [5, 6, 9, 10], "ENDTRNS": [7, 11]}


def test_rows_follow_the_header_above_them_when_it_is_repeated_in_another_order() -> None:
    part = _parts(
        "!CUST\tNAME\tEMAIL\nCUST\tAnn\ta@b.example\n!CUST\tPHONE1\tNAME\nCUST\t1\tBo\n"
    )
    assert part["CUST"].header == ("!CUST", "NAME", "EMAIL", "PHONE1")
    assert _rows(part["CUST"]) == [
        ("CUST", "Ann", "a@b.example", None),
        ("CUST", "Bo", None, "1"),
    ]
    assert part["CUST"].evidence[-1] == "the headings change on line 3"


def test_a_heading_twice_in_one_header_is_two_columns_and_once_more_below_the_same_two() -> (
    None
):
    text = "!CUST\tNOTE\tNOTE\nCUST\ta\tb\n!CUST\tNOTE\tNOTE\nCUST\tc\td\n"
    part = _parts(text)["CUST"]
    assert part.frame.columns == ["!CUST", "NOTE", "NOTE (2)"]
    assert _rows(part) == [("CUST", "a", "b"), ("CUST", "c", "d")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    part = _parts(LISTS.replace("\n", end))["CUST"]
    assert part.lines.to_list() == [8, 9]
    assert part.facts["line_end"] == end


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_will_do(encoding: str) -> None:
    part = _parts(LISTS.replace("Ann", "Søren").encode(encoding))["CUST"]
    assert part.frame["NAME"][0] == "Søren"


def test_a_quote_inside_a_name_is_text() -> None:
    part = _customers('CUST\tThe 5" pipe\t6" and 7"\nCUST\tBo\t\n')
    assert _rows(part) == [("CUST", 'The 5" pipe', '6" and 7"'), ("CUST", "Bo", None)]
    assert part.repairs == ()


def test_cells_that_excel_quoted_are_unquoted() -> None:
    part = _customers('CUST\t"Example, Ann"\t"The ""5"" pipe"\n')
    assert _rows(part) == [("CUST", "Example, Ann", 'The "5" pipe')]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quoted_cell_may_hold_lines_and_tabs(end: str) -> None:
    part = _customers(f'CUST\tAnn\t"1 High St{end}Flat\t2"{end}CUST\tBo\t{end}')
    assert _rows(part)[0] == ("CUST", "Ann", f"1 High St{end}Flat\t2")
    assert part.lines.to_list() == [2, 4]


def test_a_quote_that_would_swallow_rows_costs_only_its_own_cell() -> None:
    part = _customers('CUST\t"Ann\t\nCUST\tBo"\t\nCUST\tEve\t"\n')
    assert part.frame["NAME"].to_list() == ['"Ann', 'Bo"', "Eve"]
    assert part.repairs == (
        Repair(2, "a stray quote was kept as text"),
        Repair(4, "a stray quote was kept as text"),
    )


def test_an_escaped_line_end_is_kept_as_it_stands() -> None:
    assert _rows(_customers("CUST\tAnn\t1 High St\\nFlat 2\n"))[0][2] == "1 High St\\nFlat 2"


def test_short_rows_are_filled_up_and_named_once() -> None:
    part = _customers("CUST\tAnn\nCUST\tBo\nCUST\tEve\tx\nCUST\tDi\n")
    assert part.frame["NOTE"].to_list() == [None, None, "x", None]
    assert part.repairs == (
        Repair(2, "1 cell was missing", rows=2),
        Repair(5, "1 cell was missing"),
    )


def test_empty_cells_behind_the_last_are_padding() -> None:
    part = _parts("!CUST\tNAME\t\t\nCUST\tAnn\t\t\t\n\t\t\t\n\nCUST\tBo\t\t\n")["CUST"]
    assert (part.header, len(part.frame)) == (("!CUST", "NAME"), 2)
    assert not any((part.repairs, part.rejected))


def test_filled_cells_too_many_reject_the_row() -> None:
    part = _customers("CUST\tAnn\tx\t555-0100\nCUST\tBo\t\n")
    assert part.rejected == (RejectedLine(2, "CUST\tAnn\tx\t555-0100", "1 cell too many"),)
    assert (len(part.frame), part.records) == (1, 2)


def test_a_row_without_a_header_is_rejected_in_the_section_where_it_stands() -> None:
    part = _customers("CUST\tAnn\t1 High St\nFlat 2\tx\nVEND\tBo\n")
    why = "no header stands above that begins with this word"
    assert part.rejected == (
        RejectedLine(3, "Flat 2\tx", why),
        RejectedLine(4, "VEND\tBo", why),
    )


def test_a_keyword_in_small_letters_is_the_same_keyword() -> None:
    assert len(_parts("!CUST\tNAME\ncust\tAnn\n")["CUST"].frame) == 1


@pytest.mark.parametrize(
    "data", [b"!Important,Name\n", b"Name\tEmail\n!CUST\tNAME\n", b"!\n", b"!a\tb\n", b"x"]
)
def test_other_text_is_no_iif(data: bytes) -> None:
    assert not iif.is_it(data)


def test_blank_lines_before_the_first_header_do_not_matter() -> None:
    assert _parts("\n \n!CUST\tNAME\nCUST\tAnn\n")["CUST"].lines.to_list() == [4]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("!CUST" + "\ta" * 16_384, "16,384 columns"),
        ("!CUST" + "\ta" * 9_000 + "\nCUST" * 9_000, "more than 2,000,000 cells"),
        ("".join(f"!A{n}\n" for n in range(1_001)), "more than 1,000 parts"),
    ],
)
def test_a_file_that_would_become_a_giant_is_refused(text: str, why: str) -> None:
    with must_end(), pytest.raises(InputError, match=why):
        iif.parts(PATH, text.encode(), Asked())


@pytest.mark.parametrize(
    "filler",
    [
        'CUST\t"\n',
        'CUST\t""\n"',
        '"',
        '"\t',
        "!A\n",
        'CUST\t"' + "x\n" * 50,
        '""\n',
        '!CUST\t"\n',
    ],
)
def test_no_text_of_256_kb_takes_long(filler: str) -> None:
    text = "!CUST\tNAME\n" + filler * (256_000 // len(filler))
    with must_end():
        part = iif.parts(PATH, text.encode(), Asked())[0]
    assert part.records == len(part.frame) + len(part.rejected)


def test_noise_gives_rows_or_our_error() -> None:
    rng, whole = random.Random(5), LISTS.encode()
    for _ in range(300):
        bad = bytearray(whole[: rng.randrange(1, len(whole))] if rng.random() < 0.3 else whole)
        for _ in range(rng.randrange(4)):
            bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
        try:
            found = iif.parts(PATH, bytes(bad), Asked())
        except InputError:
            continue
        for part in found:
            assert part.records == len(part.frame) + len(part.rejected)


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


ROWS = st.tuples(CELLS, CELLS, st.sampled_from(["", "a\nb", "a\tb", 'say "hi"']))


@given(st.lists(ROWS, max_size=4))
def test_what_excel_would_write_is_read_back(rows: list[tuple[str, ...]]) -> None:
    def quoted(cell: str) -> str:
        doubled = cell.replace('"', '""')
        return f'"{doubled}"' if set(cell) & set('",\n\t') else cell

    lines = ["\t".join(["CUST", *map(quoted, row)]) for row in rows]
    part = _parts("!CUST\tA\tB\tC\n" + "".join(line + "\n" for line in lines))["CUST"]
    assert _rows(part) == [("CUST", *(cell or None for cell in row)) for row in rows]


def test_limits_grow_with_the_file() -> None:
    limits.check_spread(PATH, 3_000_000, 1_000_000)


def test_what_was_done_to_a_line_to_read_it_is_told() -> None:
    part = _customers("CUST\tAn\0n\tx\n")
    assert _rows(part) == [("CUST", "Ann", "x")]
    assert [(flag.line, flag.what) for flag in part.flags] == [(2, "a NUL byte was taken out")]

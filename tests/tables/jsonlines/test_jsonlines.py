"""Records in JSON, one a line or otherwise, give a table of text as it was written."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.tables import jsonlines
from custclean.tables.raw import Asked, Flag, Note, Part, RejectedLine, Repair
from tests.ending import must_end

PATH = Path("customers.jsonl")


def _parts(text: str | bytes, asked: Asked = Asked()) -> list[Part]:  # noqa: B008  # frozen
    data = text.encode() if isinstance(text, str) else text
    assert jsonlines.is_it(data)
    return jsonlines.parts(PATH, data, asked)


def _part(text: str | bytes) -> Part:
    (part,) = _parts(text)
    assert part.records == len(part.frame) + len(part.rejected)
    return part


def _row(record: str) -> dict[str, str | None]:
    return _part(record).frame.row(0, named=True)


def test_one_object_a_line_is_one_row_a_line() -> None:
    part = _part('{"Name":"Ann","Id":"007"}\n\n{"Id":"8","Name":""}\n')
    assert part.header == ("Name", "Id")
    assert part.frame.rows() == [("Ann", "007"), (None, "8")]
    assert (part.lines.to_list(), part.header_row) == ([1, 3], 0)


def test_columns_come_in_the_order_in_which_they_are_first_seen() -> None:
    part = _part('{"A":"1"}\n{"B":"2","A":"3"}\n{"C":"4"}\n')
    assert part.header == ("A", "B", "C")
    assert part.frame.rows() == [("1", None, None), ("3", "2", None), (None, None, "4")]


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("1.10", "1.10"),
        ("9130347812345678901234", "9130347812345678901234"),
        ("1E+3", "1E+3"),
        ("-0", "-0"),
        ("true", "TRUE"),
        ("false", "FALSE"),
        ("null", None),
        ('""', None),
        ('" a\\tb "', " a\tb "),
        ('"a\tb"', "a\tb"),
        ('"\\ud83d\\ude00"', "😀"),
        ("[]", None),
        ("{}", None),
        ('["a@b.example", null, 2.50]', "a@b.example; 2.50"),
    ],
)
def test_a_value_is_kept_as_it_is_written(written: str, cell: str | None) -> None:
    assert _row(f'{{"Name":"Ann","X":{written}}}')["X"] == cell


def test_a_number_of_5000_digits_is_text_like_any_other() -> None:
    assert _row('{"X":' + "9" * 5_000 + "}")["X"] == "9" * 5_000


def test_what_is_nested_becomes_columns() -> None:
    inner = '"Address":{"City":"Bath","Geo":{"Lat":1.50}},"Phone":[{"No":"1"},"2"]'
    row = _row(f'{{"Name":"Ann",{inner}}}\n{{"Name":"Bo"}}')
    assert row == {
        "Name": "Ann",
        "Address.City": "Bath",
        "Address.Geo.Lat": "1.50",
        "Phone.1.No": "1",
        "Phone.2": "2",
    }


def test_two_values_of_one_name_are_both_kept_and_named() -> None:
    part = _part('{"A":"1","A":"2","B.C":"3","B":{"C":"4"}}')
    assert part.frame.row(0, named=True) == {
        "A": "1",
        "A (2)": "2",
        "B.C": "3",
        "B.C (2)": "4",
    }
    assert [flag.line for flag in part.flags] == [1]


def test_nan_is_kept_as_text_and_flagged() -> None:
    part = _part('{"A":1}\n{"A":NaN}\n{"A":-Infinity}\n')
    assert part.frame["A"].to_list() == ["1", "NaN", "-Infinity"]
    why = "NaN and Infinity are kept as text"
    assert part.flags == (Flag(2, why), Flag(3, why))


def test_a_blank_heading_is_a_column() -> None:
    part = _part('{"":"1","column 1":"2"}')
    assert part.header == ("", "column 1")
    assert part.frame.columns == ["column 1 (2)", "column 1"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"A":', "not valid JSON: Expecting value"),
        ('{"A":007}', "not valid JSON: Expecting ',' delimiter"),
        ("A,B", "not valid JSON: Expecting value"),
        ('["A"]', "this is no JSON object"),
        ("5", "this is no JSON object"),
        ('{"A":1}{"A":2}', "more stands behind the object"),
        ("{}", "the object holds no value"),
        ('{"A":"\\ud800"}', "half of a character stands in the text"),
        ('{"\\udfff":"a"}', "half of a character stands in the text"),
        ('{"A":' * 40 + "1" + "}" * 40, "objects stand within objects more than 32 deep"),
        ('{"A":' * 9_000, "objects stand within objects more than 32 deep"),
        ('{"' + "k" * 1_001 + '":1}', "a heading has more than 1,000 characters"),
    ],
)
def test_a_line_that_is_no_record_costs_itself_alone(line: str, why: str) -> None:
    part = _part(f'{{"A":"1"}}\n{line}\n{{"A":"3"}}\n')
    assert part.frame["A"].to_list() == ["1", "3"]
    assert part.rejected == (RejectedLine(2, line, why),)


def test_the_first_line_may_be_the_broken_one() -> None:
    part = _part('{"A":\n{"A":"2"}\n')
    assert [line.line for line in part.rejected] == [1]
    assert part.lines.to_list() == [2]


def test_a_comma_behind_the_object_is_mended() -> None:
    part = _part('{"A":"1"},\n{"A":"2"}\n')
    assert part.frame["A"].to_list() == ["1", "2"]
    assert part.repairs == (Repair(1, "a comma stood behind the object"),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    assert _part(f'{{"A":1}}{end}{end}{{"A":2}}{end}').lines.to_list() == [1, 3]
    assert _part(f'[{end}{{"A":1}},{end}{{"A":2}}]').lines.to_list() == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_will_do(encoding: str) -> None:
    part = _part('{"Name":"Søren"}\n{"Name":"Ann"}\n'.encode(encoding))
    assert part.frame["Name"].to_list() == ["Søren", "Ann"]


def test_an_array_gives_a_row_an_object_with_its_line() -> None:
    part = _part('[\n  {"A": 1,\n   "B": 2},\n  {"A": 3}, 7\n]\n')
    assert part.frame.rows() == [("1", "2"), ("3", None)]
    assert part.lines.to_list() == [2, 4]
    assert part.rejected == (RejectedLine(4, "7", "this is no JSON object"),)


def test_objects_over_several_lines_one_after_another_are_read() -> None:
    part = _part('{\n  "A": 1\n}\n{\n  "A": 2\n}\n')
    assert (part.frame["A"].to_list(), part.lines.to_list()) == (["1", "2"], [1, 4])


def test_behind_a_broken_object_of_an_array_the_next_is_found_by_its_indent() -> None:
    part = _part('[\n  {"A": 1},\n  {"A": oh,\n    {"A": 9}},\n  {"A": 3}\n]\n')
    assert part.frame["A"].to_list() == ["1", "3"]
    (lost,) = part.rejected
    assert (lost.line, lost.text) == (3, '{"A": oh,\n    {"A": 9}},')


def test_an_array_cut_off_inside_an_object_keeps_what_is_whole() -> None:
    part = _part('[{"A": 1}, {"A": 2}, {"A"')
    assert part.frame["A"].to_list() == ["1", "2"]
    assert [line.text for line in part.rejected] == ['{"A"']


def test_an_array_cut_off_between_objects_is_named() -> None:
    part = _part('[{"A": 1},\n{"A": 2}\n')
    why = "the list is not closed: the file may be cut off"
    assert part.rejected == (RejectedLine(3, "", why),)


def test_what_stands_behind_an_array_is_not_dropped() -> None:
    part = _part('[{"A": 1}]\nAnn\n')
    assert part.rejected == (RejectedLine(2, "Ann", "more stands behind the list"),)


ANSWER = """{"time": "2026-03-01",
 "QueryResponse": {"Customer": [{"Id": "1"},
   {"Id": "2"}], "Vendor": [{"Id": "9"}], "maxResults": 3}}
"""


def test_an_object_that_holds_lists_gives_a_table_a_list() -> None:
    customers, vendors = _parts(ANSWER)
    assert (customers.name, vendors.name) == ("QueryResponse.Customer", "QueryResponse.Vendor")
    assert (customers.lines.to_list(), vendors.lines.to_list()) == ([2, 3], [3])


def test_what_stands_beside_the_lists_is_in_the_notes() -> None:
    notes = (Note(1, '"time": "2026-03-01"'), Note(3, '"maxResults": 3'))
    assert {part.notes for part in _parts(ANSWER)} == {notes}


def test_one_record_with_a_list_in_it_is_a_record_where_its_headings_are_known() -> None:
    text = '{"Name":"Ann","Phone":[{"No":"1"},{"No":"2"}]}'
    (part,) = _parts(text, Asked(looks_like=lambda cells: float("Name" in cells)))
    assert part.header == ("Name", "Phone.1.No", "Phone.2.No")


def test_one_object_without_lists_is_one_row() -> None:
    assert _row('{"Name":\n"Ann"}') == {"Name": "Ann"}


@pytest.mark.parametrize(
    "data", [b"[Customers]\n", b"{Name},Email\n", b"Name\n", b"[1]", b"{\\rtf1 }", b'"{"']
)
def test_other_text_is_no_json(data: bytes) -> None:
    assert not jsonlines.is_it(data)


def test_an_array_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="the file holds no record"):
        jsonlines.parts(PATH, b"[ ]", Asked())


@pytest.mark.parametrize("text", ['{"A"', '[{"A"', "{}", '{"A":[{}]}', "[{}"])
def test_a_file_without_a_record_is_refused_by_its_first_fault(text: str) -> None:
    with pytest.raises(InputError, match="line 1: no record could be read"):
        _parts(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{" + ",".join(f'"{n}":1' for n in range(16_385)) + "}", "16,384 columns"),
        ("".join(f'{{"{n}":1}}\n' for n in range(5_000)), "more than 2,000,000 cells"),
        ("{" + ",".join(f'"{n}":[{{}}]' for n in range(1_001)) + "}", "more than 1,000 parts"),
    ],
)
def test_a_file_that_would_become_a_giant_is_refused(text: str, why: str) -> None:
    with must_end(), pytest.raises(InputError, match=why):
        _parts(text)


@pytest.mark.parametrize(
    "filler",
    ['{"A":', "[{", '{"A":1}', '{"A":[\n', '[{"A":\n', '{"A":"', " ", "[", "{,", '{"A":1,',
     "{\n", '{"A":[{"A":1},', '"'],
)  # fmt: skip
@pytest.mark.parametrize("first", ['{"A":1}\n', '[{"A":1},\n', '{"A":[{"A":1},\n', ""])
def test_no_text_of_256_kb_takes_long(first: str, filler: str) -> None:
    text = first + filler * (256_000 // len(filler))
    with must_end():
        try:
            part = jsonlines.parts(PATH, text.encode(), Asked())[0]
            assert part.records == len(part.frame) + len(part.rejected)
        except InputError:
            pass


def test_equal_keys_by_the_thousand_take_no_time() -> None:
    with must_end():
        part = _part("{" + ",".join(['"A":1'] * 9_000) + "}")
        assert part.header[-1] == "A (9000)"


@pytest.mark.parametrize(
    "whole", [ANSWER, '{"A":1,"B":[{"C":2}]}\n{"A":2}\n', '[{"A":1},\n{}]']
)
def test_noise_gives_rows_or_our_error(whole: str) -> None:
    rng = random.Random(7)
    for _ in range(300):
        bad = bytearray(whole[: rng.randrange(1, len(whole))].encode())
        for _ in range(rng.randrange(4)):
            bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
        try:
            found = jsonlines.parts(PATH, bytes(bad), Asked())
        except InputError:
            continue
        for part in found:
            assert part.records == len(part.frame) + len(part.rejected)


def test_rows_beyond_one_batch_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custclean.tables.jsonlines.rows.BATCH", 3)
    part = _part("".join(f'{{"N":{n},"K{n % 4}":1}}\n' for n in range(10)))
    assert part.header == ("N", "K0", "K1", "K2", "K3")
    assert part.frame["N"].to_list() == [str(n) for n in range(10)]
    assert part.frame["K1"].to_list() == ["1" if n % 4 == 1 else None for n in range(10)]


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"])
NAMES, VALUES = st.text(LETTERS, max_size=5), st.text(LETTERS, min_size=1, max_size=8)
RECORD = st.dictionaries(NAMES, VALUES, min_size=1, max_size=4)


@given(st.lists(RECORD, min_size=1, max_size=4), st.sampled_from([None, 2]), st.booleans())
def test_what_was_written_as_json_is_read_back(
    records: list[dict[str, str]], indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(records, indent=indent, ensure_ascii=ascii_only)
    (part,) = jsonlines.parts(PATH, text.encode(), Asked())
    back = [
        {name: cell for name, cell in zip(part.header, row) if cell is not None}
        for row in part.frame.iter_rows()
    ]
    assert back == records


def test_what_was_done_to_a_line_to_read_it_is_told() -> None:
    part = _part('{"Name": "Ann"}\n{"Name": "B\0o"}\n')
    assert part.frame["Name"].to_list() == ["Ann", "Bo"]
    assert part.flags == (Flag(2, "a NUL byte was taken out"),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["", "  ", "\t"])
def test_a_broken_object_of_an_array_costs_itself_whatever_ends_its_line(
    end: str, indent: str
) -> None:
    lines = ["[", '{"A": "1"},', '{"A" "2"},', '{"A": "3"}', "]"]
    part = _part(end.join([lines[0], *(indent + line for line in lines[1:4]), lines[4]]))
    assert part.frame["A"].to_list() == ["1", "3"]
    assert [(line.line, line.text) for line in part.rejected] == [(3, '{"A" "2"},')]

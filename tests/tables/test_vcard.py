"""Cards of every version become rows; none is lost, and none costs another."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from custclean.errors import InputError
from custclean.tables import vcard
from custclean.tables.raw import Asked, Part
from tests.ending import must_end

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\n{}\r\nEND:VCARD\r\n"


def _read(data: str | bytes) -> Part:
    data = data if isinstance(data, bytes) else data.encode()
    (part,) = vcard.parts(Path("x.vcf"), data, Asked())
    return part


def _row(lines: str) -> dict[str, str]:
    (row,) = _read(CARD.format(lines)).frame.to_dicts()
    return {name: value for name, value in row.items() if value is not None}


def test_a_name_is_taken_apart() -> None:
    row = _row("N:van der Example;Ann;Q.,R.;Dr.;Jr.")
    assert [row[f"N.{part}"] for part in "family given additional prefix suffix".split()] == [
        "van der Example", "Ann", "Q.,R.", "Dr.", "Jr.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("TEL:1", "TEL"),
        ("TEL;VOICE:1", "TEL"),
        ("TEL;WORK;VOICE:1", "TEL.work"),
        ("TEL;TYPE=home,cell:1", "TEL.cell"),
        ("TEL;TYPE=WORK;TYPE=FAX:1", "TEL.fax"),
        ("item1.TEL;type=HOME;type=pref:1", "TEL.home"),
        ("TEL;VALUE=uri;TYPE=pager:tel:1", "TEL.pager"),
    ],
)
def test_a_number_goes_by_its_kind(line: str, column: str) -> None:
    assert _row(line)[column] == "1"


@pytest.mark.parametrize("mark", [";PREF", ";TYPE=internet,pref", ";PREF=1"])
def test_several_addresses_are_joined_the_preferred_first(mark: str) -> None:
    row = _row(f"EMAIL:a@example.com\r\nEMAIL{mark}:b@example.com\r\nEMAIL:c@example.com")
    assert row["EMAIL"] == "b@example.com; a@example.com; c@example.com"


def test_a_second_address_of_a_kind_stays_whole() -> None:
    row = _row("ADR:;;A 1;X;;1;DK\r\nADR;HOME:;;B 2;Y;;2;\r\nADR;WORK:;;C 3;Z;;3;")
    assert (row["ADR.street"], row["ADR.street.home"]) == ("A 1", "B 2")
    assert row["ADR.other"] == "C 3, Z, 3"


def test_a_label_is_told_with_what_it_names() -> None:
    row = _row("item1.EMAIL:a@example.com\r\nitem1.X-ABLabel:_$!<School>!$_")
    assert row["X-ABLABEL"] == "EMAIL: School"


def test_a_property_that_nobody_knows_keeps_its_name() -> None:
    assert _row("FN:a\r\nX-Foo:b\r\nx-foo:c")["X-FOO"] == "b; c"


def test_a_picture_is_flagged_and_not_kept() -> None:
    part = _read(CARD.format("FN:a\r\nPHOTO:data:image/png;base64,AAAA"))
    assert part.frame["PHOTO"].to_list() == ["image/png, 3 bytes"]
    assert [flag.line for flag in part.flags] == [1]


def test_a_card_in_a_card_is_a_row_of_its_own() -> None:
    inner = "BEGIN:VCARD\r\nFN:Holly\r\nEND:VCARD"
    part = _read(CARD.format(f"FN:Ann\r\nAGENT:\r\n{inner}\r\nTITLE:x"))
    assert part.frame.select("FN", "AGENT", "TITLE").rows() == [
        ("Ann", "Holly", "x"),
        ("Holly", None, None),
    ]


def test_an_empty_card_is_rejected_by_itself() -> None:
    part = _read(CARD.format("FN:a") + CARD.format("") + CARD.format("FN:b"))
    assert part.frame["FN"].to_list() == ["a", "b"]
    assert [(line.line, line.text) for line in part.rejected] == [
        (5, "BEGIN:VCARD\nVERSION:3.0\n\nEND:VCARD")
    ]


def test_each_row_names_the_line_of_its_card() -> None:
    part = _read("\r\n" + CARD.format("FN:a\r\n b") * 2)
    assert part.lines.to_list() == [2, 7]


def test_versions_may_be_mixed() -> None:
    part = _read(CARD.format("FN:a") + CARD.format("FN:b").replace("3.0", "4.0"))
    assert part.frame["VERSION"].to_list() == ["3.0", "4.0"]


def test_a_file_without_a_card_is_refused() -> None:
    with pytest.raises(InputError, match="no card"):
        _read("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


def test_the_count_of_cards_is_that_of_rows_and_rejects_whatever_is_damaged(
    samples: Path,
) -> None:
    dice = random.Random(3)
    for path in sorted((samples / "vcard").iterdir()):
        for _ in range(60):
            data = bytearray(path.read_bytes())
            for _ in range(dice.randint(1, 5)):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            cut = bytes(data[: dice.randrange(20, len(data))])
            try:
                part = _read(cut)
            except InputError:
                continue
            assert part.records == len(part.frame) + len(part.rejected)


@pytest.mark.parametrize(
    "piece",
    ["BEGIN:VCARD\n", "FN:a\nAGENT:\nBEGIN:VCARD\n", "BEGIN:X\n", "END:VCARD\n", "\n a", "\na",
     ";A", ';A="', "A:1\n", "N:;;;;\n", "ADR:;;;;\n", "X;QUOTED-PRINTABLE:=\n", "PHOTO:data:"],
)  # fmt: skip
def test_256_kb_of_anything_take_no_time(piece: str) -> None:
    with must_end():
        _read(CARD.format("FN:a\n" + piece * (256_000 // len(piece))))


def test_a_name_of_its_own_in_each_card_does_not_widen_the_table_without_end() -> None:
    part = _read("".join(CARD.format(f"X-{n}:{n}") for n in range(1000)))
    assert part.frame.width < 350
    assert part.frame["MORE"].to_list()[-1] == "X-999: 999"


def test_folds_without_end_are_one_value() -> None:
    part = _read(CARD.format("NOTE:" + "a\r\n " * 200_000))
    assert len(part.frame["NOTE"][0]) == 200_000


def test_a_backslash_of_version_2_1_stays_and_one_of_3_0_escapes() -> None:
    card = CARD.format("FN:a\r\nNOTE:C:\\temp\\new\\; b")
    assert _read(card.replace("3.0", "2.1")).frame["NOTE"].to_list() == ["C:\\temp\\new; b"]
    assert _read(card).frame["NOTE"].to_list() == ["C:\\temp\new; b"]


def test_what_was_done_to_a_line_to_read_it_is_told() -> None:
    part = _read(CARD.format("FN:a\0b").encode() + b"\0\x1a")
    assert part.frame["FN"].to_list() == ["ab"]
    assert [(flag.line, flag.what[:10]) for flag in part.flags] == [
        (3, "a NUL byte"), (5, "marks for "),
    ]  # fmt: skip

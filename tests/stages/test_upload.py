from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from custclean.errors import ConflictError, CustcleanError, InputError, SettingsError
from custclean.stages.number import number
from custclean.stages.upload import Upload, in_words, upload
from custclean.stages.upload_files import line_of
from custclean.stages.upload_rows import dangerous

TARGET = "quickbooks-accountant"
COLUMNS = ("record_id", "company_id", "display_name", "customer_number")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)")
HEAD = ("Company ID", "Display name", "Client number")


@dataclass(frozen=True)
class Report:
    headings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Download:
    table: pl.DataFrame
    report: Report = Report()


def clients(*rows: tuple[str | None, str | None, str | None]) -> pl.DataFrame:
    """Company id, display name, client number."""
    return pl.DataFrame(
        [(f"q:{n}", *row) for n, row in enumerate(rows, 1)],
        schema=dict.fromkeys(COLUMNS, pl.String),
        orient="row",
    )


def cells(path: Path) -> list[list[str]]:
    return list(csv.reader(StringIO(path.read_bytes().decode(), newline=""), strict=True))


def every_cell(made: Upload) -> list[list[str]]:
    return [row for file in made.files for row in cells(file.path)[1:]]


def reasons(made: Upload) -> dict[str, str]:
    return {each.record_id: each.reason for each in made.left_out}


# --- what is written ------------------------------------------------------------------------


def test_a_file_is_utf8_without_mark_crlf_and_quoted_only_where_it_must_be(
    tmp_path: Path,
) -> None:
    table = clients(("7", 'Søren "Sø", ApS', "00001"), ("8", "Ann Example", "00002"))
    made = upload(table, target=TARGET, folder=tmp_path)
    (file,) = made.files
    assert file.path == tmp_path / "quickbooks-accountant-001.csv"
    data = file.path.read_bytes()
    assert data == (
        b"Company ID,Display name,Client number\r\n"
        b'7,"S\xc3\xb8ren ""S\xc3\xb8"", ApS",00001\r\n'
        b"8,Ann Example,00002\r\n"
    )
    assert (file.rows, file.bytes) == (2, len(data))
    assert file.sha256 == hashlib.sha256(data).hexdigest()


def test_ids_and_names_are_the_downloads_not_the_cleaned_ones(tmp_path: Path) -> None:
    clean = clients(("7", "Ann Example", "00001"))
    made = upload(
        clean, target=TARGET, folder=tmp_path, like=clients(("7", "  ann  EXAMPLE ", None))
    )
    assert every_cell(made) == [["7", "  ann  EXAMPLE ", "00001"]]


def test_only_new_and_changed_numbers_are_written_in_the_downloads_order(
    tmp_path: Path,
) -> None:
    wanted = clients(("7", "A", "1"), ("8", "B", "2"), ("9", "C", "3"))
    shown = clients(("9", "C", None), ("8", "B", "2"), ("7", "A", "old"))
    made = upload(wanted, target=TARGET, folder=tmp_path, like=shown)
    assert [row[0] for row in every_cell(made)] == ["9", "7"]
    assert made.unchanged == 1


def test_headings_are_echoed_from_the_download(tmp_path: Path) -> None:
    found = {
        "company_id": "ID da empresa",
        "display_name": "Nome de exibição",
        "customer_number": " Número do cliente",
    }
    like = Download(clients(("7", "A", None)), Report(found))
    made = upload(clients(("7", "A", "1")), target=TARGET, folder=tmp_path, like=like)
    assert cells(made.files[0].path)[0] == list(found.values())


def test_a_heading_that_the_download_lacks_is_said_in_its_language(tmp_path: Path) -> None:
    found = {"company_id": "ID da empresa", "display_name": "Nome de exibição"}
    like = Download(clients(("7", "A", None)), Report(found))
    made = upload(clients(("7", "A", "1")), target=TARGET, folder=tmp_path, like=like)
    assert made.headings[2] == "Número do cliente"


def test_given_headings_beat_the_downloads(tmp_path: Path) -> None:
    like = Download(clients(("7", "A", None)), Report({"company_id": "ID da empresa"}))
    made = upload(
        clients(("7", "A", "1")), target=TARGET, folder=tmp_path, like=like,
        headers=("a", "b", "c"),
    )  # fmt: skip
    assert made.headings == ("a", "b", "c")


def test_what_number_gave_goes_in_and_its_reasons_come_along(tmp_path: Path) -> None:
    table = clients(("7", "A", None), ("8", "B", "1.0"), ("9", "C", "K"), ("6", "D", None))
    made = upload(
        number(table, blocked={"q:4": "undecided"}), target=TARGET, folder=tmp_path, like=table
    )
    assert every_cell(made) == [["7", "A", "00002"]]
    assert made.unchanged == 1
    assert reasons(made) == {"q:2": "asked", "q:4": "undecided"}


def test_without_a_download_a_kept_number_is_no_news(tmp_path: Path) -> None:
    table = clients(("7", "A", None), ("9", "C", "K"))
    made = upload(number(table), target=TARGET, folder=tmp_path)
    assert every_cell(made) == [["7", "A", "00001"]]
    assert made.unchanged == 1


def test_only_asks_for_some_rows_again(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Log:
        rows: pl.DataFrame

    table = clients(("7", "A", "1"), ("8", "B", "2"), ("9", "C", None))
    log = Log(pl.DataFrame({"record_id": ["elsewhere"], "company_id": ["8"]}))
    made = upload(table, target=TARGET, folder=tmp_path, only=log)
    assert every_cell(made) == [["8", "B", "2"]]
    assert (made.outside, made.left_out) == (2, ())


def test_the_folder_holds_this_upload_and_no_earlier_one(tmp_path: Path) -> None:
    for name in ("quickbooks-accountant-007.csv", "other-001.csv", "notes.txt"):
        (tmp_path / name).write_text("x")
    upload(clients(("7", "A", "1")), target=TARGET, folder=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "notes.txt",
        "other-001.csv",
        "quickbooks-accountant-001.csv",
    ]


def test_with_nothing_to_tell_no_file_is_written(tmp_path: Path) -> None:
    made = upload(clients(), target=TARGET, folder=tmp_path / "round-1")
    assert made.files == ()
    assert not (tmp_path / "round-1").exists()


# --- what is left out -----------------------------------------------------------------------


def test_what_the_target_would_refuse_is_left_out_with_the_reason(tmp_path: Path) -> None:
    wanted = clients(
        (None, "no id", "1"), ("2", "no number", None), ("3", "gone", "3"),
        ("4", "too long", "7" * 101), ("5", "twice", "r-1"), ("6", "twice", "R-1 "),
        ("7", "=cmd", "7"), ("8", "held", "K"), ("9", "holder", "K9"),
        ("0", "fine", "7" * 100),
        ("11", "same id", "11"), ("11", "same id", "12"), (" ", "blank id", "13"),
    )  # fmt: skip
    shown = clients(
        *(
            (str(n), {7: "=cmd"}.get(n, "x"), "K" if n == 9 else None)
            for n in (0, 2, *range(4, 12))
        )
    )
    made = upload(wanted, target=TARGET, folder=tmp_path, like=shown)
    assert reasons(made) == {
        "q:1": "no_company_id", "q:2": "no_number", "q:3": "not_in_download",
        "q:4": "too_long", "q:5": "duplicate_number", "q:6": "duplicate_number",
        "q:7": "dangerous", "q:8": "number_held", "q:11": "duplicate_id",
        "q:12": "duplicate_id", "q:13": "no_company_id",
    }  # fmt: skip
    assert [row[0] for row in every_cell(made)] == ["0", "9"]
    assert len({in_words(reason) for reason in set(reasons(made).values())}) == 8
    assert in_words("undecided") == "undecided"


@pytest.mark.parametrize(
    "value",
    ["=1+1", "@SUM(A1)", "+cmd|'/c calc'!A1", "\t=1", " =1", "\u200b=1", "＝1", "a\n=1",
     "-2+3+cmd|' /C calc'!A0", '=HYPERLINK("http://a.example/?b@c.example","x")'],
)  # fmt: skip
def test_formulas_are_held_back(value: str) -> None:
    assert dangerous(value)


@pytest.mark.parametrize(
    "value",
    ["+45 12345678", "-7", "(555) 555-0101", "+1 555-555-0101 x12", "=x@mail.example", "A-1",
     "-ann@mail.example", "O'Example", "'quoted", "3=4", "Ann @ home", ""],
)  # fmt: skip
def test_phones_numbers_and_addresses_pass_untouched(value: str) -> None:
    assert not dangerous(value)


def test_a_row_larger_than_a_file_is_left_out_and_the_others_go(tmp_path: Path) -> None:
    table = clients(("7", "A" * 200, "1"), ("8", "B", "2"))
    made = upload(table, target=TARGET, folder=tmp_path, max_bytes=100)
    assert reasons(made) == {"q:1": "row_too_large"}
    assert every_cell(made) == [["8", "B", "2"]]


# --- the limits, exactly --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "files"), [(999, [999]), (1_000, [1_000]), (1_001, [1_000, 1]), (0, [])]
)
def test_a_file_holds_a_thousand_rows_and_no_more(
    count: int, files: list[int], tmp_path: Path
) -> None:
    table = clients(*((str(n), "A", f"n{n}") for n in range(count)))
    made = upload(table, target=TARGET, folder=tmp_path)
    assert [file.rows for file in made.files] == files
    assert [len(cells(file.path)) - 1 for file in made.files] == files


@pytest.mark.parametrize("sign", ["a", "é", "€", "𝄞", '"', "\n"])
@pytest.mark.parametrize(("size", "files"), [(99_999, 1), (100_000, 1), (100_001, 2)])
def test_a_file_holds_a_hundred_thousand_bytes_and_no_more(
    sign: str, size: int, files: int, tmp_path: Path
) -> None:
    rows = [(f"{n:04d}", "x" + sign * 300, f"n{n}") for n in range(400)]
    used, fit = len(line_of(HEAD)), []
    for row in rows:
        if used + len(line_of(row)) > size - 400:
            break
        used += len(line_of(row))
        fit.append(row)
    filler = size - used - len(line_of(("9999", "", "last")))
    fit.append(("9999", "x" * filler, "last"))
    made = upload(clients(*fit), target=TARGET, folder=tmp_path)
    assert len(made.files) == files
    assert sum(file.bytes for file in made.files) == size + (files - 1) * len(line_of(HEAD))
    assert all(file.path.stat().st_size == file.bytes <= 100_000 for file in made.files)


CELL = st.text(
    st.sampled_from('aZ0,;"\r\n\t é€𝄞ß\u2028\u00a0\x00'), min_size=1, max_size=30
).filter(lambda text: text.strip() and not dangerous(text))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(CELL, CELL), max_size=25),
    st.integers(1, 7),
    st.integers(60, 400),
)
@example([("a", "b")] * 3, 1, 60)
def test_what_is_written_is_read_back_and_every_client_ends_once(
    pairs: list[tuple[str, str]], max_rows: int, max_bytes: int
) -> None:
    table = clients(*((f"{n}{a}", b, f"n{n}") for n, (a, b) in enumerate(pairs)))
    with TemporaryDirectory() as folder:
        made = upload(
            table, target=TARGET, folder=folder, max_rows=max_rows, max_bytes=max_bytes
        )
        left = reasons(made)
        written = [tuple(row) for row in every_cell(made)]
        assert all(cells(file.path)[0] == list(HEAD) for file in made.files)
        assert all(file.path.stat().st_size <= max_bytes for file in made.files)
        assert all(1 <= file.rows <= max_rows for file in made.files)
        again = Upload.load(folder) if made.files else made
        for *row, file, line in made.rows.drop("record_id").iter_rows():
            rest = LINE.findall((Path(folder) / file).read_bytes().decode())[line - 1 :]
            assert next(csv.reader(StringIO("".join(rest), newline=""))) == row
    assert written == [row[1:] for row in table.iter_rows() if row[0] not in left]
    assert set(left.values()) <= {"row_too_large"}
    assert again.rows.drop("record_id").equals(made.rows.drop("record_id"))
    assert [file.sha256 for file in again.files] == [file.sha256 for file in made.files]


# --- back from the folder -------------------------------------------------------------------


def test_an_upload_is_read_back_from_its_folder_or_one_file(tmp_path: Path) -> None:
    table = clients(("7", "A\r\nB", "1"), ("8", "C", "2"), ("9", "D", "3"))
    made = upload(table, target=TARGET, folder=tmp_path, max_rows=2)
    assert made.rows["line"].to_list() == [2, 4, 2]
    loaded = Upload.load(tmp_path)
    assert loaded.files == made.files
    assert loaded.rows["record_id"][0] == "quickbooks-accountant:customers:7"
    assert Upload.load(made.files[1].path).rows["company_id"].to_list() == ["9"]


def test_what_is_no_upload_is_no_upload(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        Upload.load(tmp_path / "missing")
    with pytest.raises(InputError, match="no upload files"):
        Upload.load(tmp_path)
    path = tmp_path / "quickbooks-accountant-001.csv"
    for data in (b"", b"a,b\r\n", b"a,b,\xff\r\n"):
        path.write_bytes(data)
        with pytest.raises(InputError, match="as custclean wrote it"):
            Upload.load(tmp_path)
    path.write_bytes(b"a,b,c\r\n")
    (tmp_path / "other-001.csv").write_bytes(b"a,b,c\r\n")
    with pytest.raises(InputError, match="several systems"):
        Upload.load(tmp_path)


def test_the_manifest_is_json_and_holds_no_value_of_a_client(tmp_path: Path) -> None:
    table = clients(("777777", "Ann Example", "K-1234"), ("888888", "Bo Example", None))
    made = upload(table, target=TARGET, folder=tmp_path)
    text = json.dumps(made.manifest)
    assert not [v for v in ("777777", "Ann", "K-1234", str(tmp_path)) if v in text]
    assert made.manifest["left_out"] == {"no_number": 1}
    assert made.manifest["files"][0]["rows"] == made.manifest["rows"] == 1
    assert repr(made) == (
        "<Upload to quickbooks-accountant: 1 row in 1 file, 0 unchanged, 1 left out>"
    )
    assert "Ann Example" not in made._repr_html_()


# --- clear errors ---------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["quickbooks-online", "nobody", "../x"])
def test_a_target_without_upload_is_refused_before_anything_is_written(
    target: str, tmp_path: Path
) -> None:
    with pytest.raises(CustcleanError, match="takes no upload"):
        upload(clients(("7", "A", "1")), target=target, folder=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "wrong", [{"max_rows": 0}, {"max_bytes": 20}, {"headers": ("a", "a", "b")}]
)
def test_impossible_wishes_are_refused(wrong: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        upload(clients(("7", "A", "1")), target=TARGET, folder=tmp_path, **wrong)


def test_what_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CustcleanError, match="could not be written"):
        upload(clients(("7", "A", "1")), target=TARGET, folder=tmp_path / "file")


def test_a_download_with_one_id_twice_is_refused(tmp_path: Path) -> None:
    like = clients(("7", "A", None), ("7", "B", None))
    with pytest.raises(ConflictError, match="twice in the download"):
        upload(clients(("7", "A", "1")), target=TARGET, folder=tmp_path, like=like)


@pytest.mark.timing
def test_two_thousand_clients_are_written_at_once(tmp_path: Path) -> None:
    table = clients(*((str(n), f"Client {n}", None) for n in range(2_000)))
    used = []
    for _ in range(3):  # the best of three: the machine has other things to do
        start = process_time()
        made = upload(number(table), target=TARGET, folder=tmp_path, like=table)
        used.append(process_time() - start)
    assert min(used) < 0.3
    assert [file.rows for file in made.files] == [1_000, 1_000]

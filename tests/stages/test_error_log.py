from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.practice import OnlineAccountant
from custclean.stages.error_log import Rejected, read_error_log
from custclean.stages.read import read as read_export
from custclean.stages.upload import Upload, upload

TARGET = "quickbooks-accountant"
COLUMNS = ("record_id", "company_id", "display_name", "customer_number")
TAKEN = "Another client already has this client number."


@pytest.fixture
def sent(tmp_path: Path) -> Upload:
    rows = [
        ("q:1", "9130350001", "Ann Example", "00001"),
        ("q:2", "9130350002", "Bø, Example & Søn", "00002"),
        ("q:3", "9130350003", "Carla Example", "R-3"),
        ("q:4", "9130350004", "Carla Example", "R-4"),
    ]
    table = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return upload(table, target=TARGET, folder=tmp_path / "round-1")


def read(sent: Upload, tmp_path: Path, text: str, encoding: str = "utf-8") -> Rejected:
    path = tmp_path / "error_log.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return read_error_log(path, sent)


def found(rejected: Rejected) -> list[tuple[str, str]]:
    return list(rejected.rows.select("record_id", "code").iter_rows())


def test_a_failed_row_is_found_by_its_company_id(sent: Upload, tmp_path: Path) -> None:
    rejected = read(
        sent,
        tmp_path,
        "Company ID,Display name,Client number,Error,Row\n"
        f"9130350003,Carla Example,R-3,{TAKEN},4\n"
        '9130350002,"Bø, Example & Søn",00002,There is no client with this company ID.,3\n',
    )
    assert rejected.rows.to_dicts()[0] == {
        "record_id": "q:3",
        "company_id": "9130350003",
        "display_name": "Carla Example",
        "number": "R-3",
        "field": "customer_number",
        "message": TAKEN,
        "code": "number_taken",
        "suggestion": rejected.rows["suggestion"][0],
        "line": 2,
    }
    assert "inactive" in rejected.rows["suggestion"][0]
    assert found(rejected) == [("q:3", "number_taken"), ("q:2", "id_gone")]
    assert rejected.extra.to_dict(as_series=False) == {"line": [2, 3], "Row": ["4", "3"]}
    assert repr(rejected) == ("<Rejected: 2 rows: 1 id_gone, 1 number_taken; 0 unmatched>")


@pytest.mark.parametrize(
    ("header", "message", "code"),
    [
        ("ID da empresa;Nome de exibição;Número do cliente;Erro",
         "Outro cliente já tem este número do cliente.", "number_taken"),
        ("Unternehmens-ID;Anzeigename;Kundennummer;Fehlermeldung", "x", "unknown"),
        ("ID azienda;Nome visualizzato;Numero cliente;Messaggio", "x", "unknown"),
        ("Company ID;Display name;Client number;Reason", TAKEN, "number_taken"),
        ("foo;bar;baz;qux", TAKEN, "number_taken"),
    ],
)  # fmt: skip
def test_columns_are_found_by_heading_or_content(
    header: str, message: str, code: str, sent: Upload, tmp_path: Path
) -> None:
    text = f"{header}\n9130350002;Bø, Example & Søn;00002;{message}\n"
    rejected = read(sent, tmp_path, text, "cp1252")
    assert found(rejected) == [("q:2", code)]
    assert rejected.rows["message"].to_list() == [message]


def test_a_log_with_id_and_message_only_is_enough(sent: Upload, tmp_path: Path) -> None:
    rejected = read(sent, tmp_path, f"What,Whose\n{TAKEN},9130350004\n{TAKEN},9130350001\n")
    assert found(rejected) == [("q:4", "number_taken"), ("q:1", "number_taken")]


def test_a_log_without_headings_is_read_from_its_first_line(
    sent: Upload, tmp_path: Path
) -> None:
    text = f"9130350001,Ann Example,00001,{TAKEN}\n9130350003,Carla Example,R-3,{TAKEN}\n"
    rejected = read(sent, tmp_path, text)
    assert rejected.rows.select("record_id", "line").rows() == [("q:1", 1), ("q:3", 2)]


def test_two_complaints_of_one_row_are_both_kept(sent: Upload, tmp_path: Path) -> None:
    text = f"Company ID,Error\n9130350001,{TAKEN}\n9130350001,Display name does not match\n"
    assert found(read(sent, tmp_path, text)) == [
        ("q:1", "number_taken"),
        ("q:1", "name_changed"),
    ]


def test_several_message_columns_are_joined(sent: Upload, tmp_path: Path) -> None:
    text = f"Company ID,Error,Details,Field\n9130350001,E17,{TAKEN},Client number\n"
    rejected = read(sent, tmp_path, text)
    assert rejected.rows["message"].to_list() == [f"E17; {TAKEN}"]
    assert rejected.rows["field"].to_list() == ["customer_number"]
    assert rejected.extra.columns == ["line", "Field"]


def test_rows_that_went_well_are_counted_not_rejected(sent: Upload, tmp_path: Path) -> None:
    text = (
        "Company ID,Display name,Status,Error\n9130350001,Ann Example,Success,\n"
        f"9130350003,Carla Example,Failed,{TAKEN}\n"
    )
    rejected = read(sent, tmp_path, text)
    assert found(rejected) == [("q:3", "number_taken")]
    assert rejected.accepted == 1


def test_a_row_that_fits_nothing_is_listed_not_dropped(sent: Upload, tmp_path: Path) -> None:
    text = f"Company ID,Display name,Error\n777,Nobody,{TAKEN}\n9130350001,Ann Example,x\n"
    rejected = read(sent, tmp_path, text)
    assert rejected.unmatched.rows() == [(2, f"777 | Nobody | {TAKEN}", TAKEN, "number_taken")]
    assert found(rejected) == [("q:1", "unknown")]


def test_a_damaged_id_is_made_up_for_by_name_and_number(sent: Upload, tmp_path: Path) -> None:
    text = (
        "Company ID,Display name,Client number,Error\n"
        f"9.13E+09,Carla Example,R-4,{TAKEN}\n9.13E+09,Carla Example,,{TAKEN}\n"
    )
    rejected = read(sent, tmp_path, text)
    assert found(rejected) == [("q:4", "number_taken")]
    assert rejected.unmatched.height == 1


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\ufeff", "Company ID,Display name,Client number,Error\n"]
)
def test_an_empty_log_rejects_nothing(text: str, sent: Upload, tmp_path: Path) -> None:
    rejected = read(sent, tmp_path, text)
    assert (len(rejected), rejected.unmatched.height) == (0, 0)
    assert repr(rejected) == "<Rejected: 0 rows: none; 0 unmatched>"


def test_a_refusal_of_the_whole_file_is_no_empty_log(sent: Upload, tmp_path: Path) -> None:
    rejected = read(sent, tmp_path, "The file has more than 1,000 clients. Split it.\n")
    assert len(rejected) == 0
    assert "more than 1" in rejected.unmatched["text"][0]


def test_the_files_alone_are_enough(sent: Upload, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"Company ID,Error\n9130350001,{TAKEN}\n")
    for place in (tmp_path / "round-1", sent.files[0].path, str(tmp_path / "round-1")):
        rejected = read_error_log(path, place)
        assert found(rejected) == [(f"{TARGET}:customers:9130350001", "number_taken")]


@pytest.mark.parametrize(("language", "column"), [("en", "Row"), ("pt", "Linha")])
def test_what_the_practice_target_says_is_understood(
    language: str, column: str, tmp_path: Path
) -> None:
    source, download, log = (tmp_path / f"{name}.csv" for name in ("list", "now", "log"))
    names = [f"Client {n} Example" for n in range(6)]
    rows = [f"{n},{name},{'K5' if n == 5 else ''}" for n, name in enumerate(names)]
    source.write_text("\n".join(["Company ID,Display name,Client number", *rows]))
    target = OnlineAccountant.from_download(source)
    target.download(download, language=language)
    like = read_export(download)
    wanted = like.table.with_columns(
        customer_number=pl.Series(["1", "2", "K5", "4", "5", "K5"])
    )
    # what nobody can foresee: a download without number 5, a rename, a client gone
    shown = like.table.with_columns(
        customer_number=pl.lit(None, dtype=pl.String),
        display_name=pl.Series([names[0], "Old Name", *names[2:]]),
    )
    echoed = replace(like, table=shown)
    sent = upload(
        wanted.filter(pl.col("company_id") != "5"), target=TARGET, folder=tmp_path / "r",
        like=echoed,
    )  # fmt: skip
    target.delete("3")
    outcome = target.upload(sent.files[0].path, error_log=log)
    rejected = read_error_log(log, sent)
    assert (outcome.accepted, outcome.failed) == (2, 3)
    assert dict(rejected.rows.select("company_id", "code").iter_rows()) == {
        "1": "name_changed",
        "2": "number_taken",
        "3": "id_gone",
    }
    assert rejected.extra.columns == ["line", column]


WORDS = st.text(st.sampled_from('aZ09 ,;"|\t-é')).filter(str.strip) | st.just(TAKEN)
IDS = st.sampled_from(["1", "2", "3", "77", "x9"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(IDS, WORDS, WORDS), min_size=1, max_size=12))
def test_every_line_of_a_log_ends_once(rows: list[tuple[str, str, str]]) -> None:
    sent = pl.DataFrame(
        [(f"q:{n}", n, "Ann", f"K{n}") for n in "123"],
        schema=["record_id", "company_id", "display_name", "number"],
        orient="row",
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("Company ID", "Error", "More"), *rows])
        rejected = read_error_log(path, SimpleNamespace(rows=sent))
    ours = [row for row in rows if row[0] in "123"]
    assert rejected.rows["company_id"].to_list() == [row[0] for row in ours]
    assert rejected.rows["message"].to_list() == [row[1].strip() for row in ours]
    assert rejected.unmatched.height == len(rows) - len(ours)
    assert rejected.extra["More"].to_list() == [row[2] for row in rows]


def test_a_further_round_holds_just_the_failed_rows(sent: Upload, tmp_path: Path) -> None:
    rejected = read(sent, tmp_path, f"Company ID,Error\n9130350003,{TAKEN}\n")
    table = sent.rows.rename({"number": "customer_number"}).with_columns(
        pl.col("customer_number").replace("R-3", "00003")
    )
    again = upload(table, target=TARGET, folder=tmp_path / "round-2", only=rejected)
    assert again.rows.select("record_id", "number").rows() == [("q:3", "00003")]
    assert again.outside == 3


def test_the_log_is_masked_on_the_screen(sent: Upload, tmp_path: Path) -> None:
    rejected = read(sent, tmp_path, f"Company ID,Error\n9130350003,{TAKEN}\n")
    assert "Carla" not in rejected._repr_html_()


def test_a_missing_log_is_one_clear_error(sent: Upload, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.csv"):
        read_error_log(tmp_path / "gone.csv", sent)

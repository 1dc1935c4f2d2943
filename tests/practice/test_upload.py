"""Each published rule of an upload, one at a time, and the borders."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from custclean.practice import OnlineAccountant, Outcome
from custclean.practice.says import Why, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

EN = ("Company ID", "Display name", "Client number")
PT = ("ID da empresa", "Nome de exibição", "Número do cliente")
ANNA = ("9001", "Rossi, Anna")
BAKER = ("9002", "Bäckerei Übel GmbH")


@pytest.fixture
def account(client_list: Path, hidden: Path) -> OnlineAccountant:
    return OnlineAccountant.from_download(client_list, hidden)


def numbers(account: OnlineAccountant, tmp_path: Path) -> dict[str, str]:
    account.download(tmp_path / "now.csv", inactive=True, language="en")
    with (tmp_path / "now.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Company ID"]: row["Client number"] for row in csv.DictReader(file)}


def log_of(outcome: Outcome) -> list[list[str]]:
    assert outcome.error_log is not None
    with outcome.error_log.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_an_accepted_row_changes_its_number_and_no_other_byte(
    account: OnlineAccountant, client_list: Path, write: Write, tmp_path: Path
) -> None:
    outcome = account.upload(write([(*ANNA, "A-1")]), error_log=tmp_path / "log.csv")
    assert outcome == Outcome(accepted=1, failed=0, error_log=None)
    assert not (tmp_path / "log.csv").exists()
    account.download(tmp_path / "after.csv")
    before = client_list.read_bytes()
    assert (tmp_path / "after.csv").read_bytes() == before.replace(b",9001,,", b",9001,A-1,")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("9001", "Rossi, Anna"), Why.CELLS),
        (("9001", "Rossi, Anna", "1", "2"), Why.CELLS),
        (("", "No id yet", "1"), Why.BLANK_ID),
        (("  ", "No id yet", "1"), Why.BLANK_ID),
        (("9999", "Rossi, Anna", "1"), Why.UNKNOWN_ID),
        (("9001 ", "Rossi, Anna", "1"), Why.UNKNOWN_ID),
        (("9001", "Rossi Anna", "1"), Why.NAME_DIFFERS),
        (("9001", "rossi, anna", "1"), Why.NAME_DIFFERS),
        (("9001", "Rossi, Anna ", "1"), Why.NAME_DIFFERS),
        ((*ANNA, ""), Why.NO_NUMBER),
        ((*BAKER, " "), Why.NO_NUMBER),
        ((*ANNA, "x" * 101), Why.NUMBER_TOO_LONG),
        ((*ANNA, "00002"), Why.NUMBER_TAKEN),
        ((*ANNA, "00100"), Why.NUMBER_TAKEN),  # an inactive client has it
    ],
)
@pytest.mark.parametrize(("headings", "language"), [(EN, "en"), (PT, "pt")])
def test_a_row_that_breaks_a_rule_fails_with_its_reason_and_changes_nothing(
    account: OnlineAccountant,
    write: Write,
    tmp_path: Path,
    row: tuple[str, ...],
    why: Why,
    headings: tuple[str, ...],
    language: str,
) -> None:
    before = numbers(account, tmp_path)
    outcome = account.upload(write([row], headings=headings), error_log=tmp_path / "log.csv")
    assert (outcome.accepted, outcome.failed, outcome.refused) == (0, 1, "")
    extra = ("Erro", "Linha") if language == "pt" else ("Error", "Row")
    values = [*row[:3], ""][:3]
    assert log_of(outcome) == [[*headings, *extra], [*values, sentence(why, language), "2"]]
    assert numbers(account, tmp_path) == before


def test_a_number_of_100_characters_of_any_width_is_accepted(
    account: OnlineAccountant, write: Write, tmp_path: Path
) -> None:
    for number in ("9" * 100, "é" * 100, "💶" * 100):
        outcome = account.upload(write([(*ANNA, number)]), error_log=tmp_path / "log.csv")
        assert outcome.accepted == 1
        assert numbers(account, tmp_path)["9001"] == number


def test_a_client_may_keep_its_number(
    account: OnlineAccountant, client_list: Path, write: Write, tmp_path: Path
) -> None:
    outcome = account.upload(write([(*BAKER, "00002")]), error_log=tmp_path / "log.csv")
    assert outcome.accepted == 1
    account.download(tmp_path / "after.csv")
    assert (tmp_path / "after.csv").read_bytes() == client_list.read_bytes()


def test_two_clients_cannot_swap_numbers_in_one_file(
    account: OnlineAccountant, write: Write, tmp_path: Path
) -> None:
    rows = [(*BAKER, "00005"), ("9005", "Plus Too", "00002")]
    outcome = account.upload(write(rows), error_log=tmp_path / "log.csv")
    assert (outcome.accepted, outcome.failed) == (0, 2)
    assert numbers(account, tmp_path)["9002"] == "00002"


def test_a_number_freed_further_up_can_be_given_further_down(
    account: OnlineAccountant, write: Write, tmp_path: Path
) -> None:
    rows = [(*BAKER, "new"), (*ANNA, "00002")]
    assert account.upload(write(rows), error_log=tmp_path / "log.csv").accepted == 2
    rows = [(*BAKER, "00002"), (*ANNA, "other")]  # not the other way round
    outcome = account.upload(write(rows), error_log=tmp_path / "log.csv")
    assert (outcome.accepted, outcome.failed) == (1, 1)
    assert log_of(outcome)[1][0] == "9002"


def test_the_second_row_of_one_id_or_one_number_fails_whatever_became_of_the_first(
    account: OnlineAccountant, write: Write, tmp_path: Path
) -> None:
    rows = [(*ANNA, "1"), (*ANNA, "2"), ("9999", "?", "7"), (*BAKER, "7")]
    outcome = account.upload(write(rows), error_log=tmp_path / "log.csv")
    reasons = [(line[4], line[3]) for line in log_of(outcome)[1:]]
    assert reasons == [
        ("3", sentence(Why.ID_TWICE, "en")),
        ("4", sentence(Why.UNKNOWN_ID, "en")),
        ("5", sentence(Why.NUMBER_TWICE, "en")),
    ]
    assert numbers(account, tmp_path)["9001"] == "1"


def test_the_corrected_error_log_can_be_uploaded(
    account: OnlineAccountant, write: Write, tmp_path: Path
) -> None:
    log = tmp_path / "log.csv"
    account.upload(write([(*ANNA, "00002")], headings=PT), error_log=log)
    log.write_bytes(log.read_bytes().replace(b"00002", b"00042"))
    assert account.upload(log, error_log=tmp_path / "log2.csv").accepted == 1
    assert numbers(account, tmp_path)["9001"] == "00042"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_are_compared_as_letters_whatever_the_encoding(
    account: OnlineAccountant, write: Write, tmp_path: Path, encoding: str
) -> None:
    upload = write([(*BAKER, "8")], encoding=encoding, headings=PT)
    assert account.upload(upload, error_log=tmp_path / "log.csv").accepted == 1


def test_semicolons_any_order_of_columns_and_empty_lines_are_read(
    account: OnlineAccountant, tmp_path: Path
) -> None:
    path = tmp_path / "upload.csv"
    path.write_bytes(b'Client number;Company ID;"Display name"\n\n7;9001;Rossi, Anna\n\n')
    outcome = account.upload(path, error_log=tmp_path / "log.csv")
    assert (outcome.accepted, outcome.failed) == (1, 0)


@pytest.mark.parametrize(
    ("headings", "known"),
    [
        (EN, True),
        (PT, True),
        ((*EN, "Error"), True),
        (("Company ID", "Display name"), False),
        (("Company Id", "Display name", "Client number"), False),
        ((" Company ID", "Display name", "Client number"), False),
        (("Company ID", "Nome de exibição", "Client number"), False),
        ((*EN, "Company ID"), False),
        ((), False),
    ],
)
def test_the_headings_must_be_the_exact_three(
    account: OnlineAccountant,
    write: Write,
    tmp_path: Path,
    headings: tuple[str, ...],
    known: bool,
) -> None:
    outcome = account.upload(write([], headings=headings), error_log=tmp_path / "log.csv")
    expected = "" if known else sentence(Why.HEADINGS, "en")
    assert outcome == Outcome(0, 0, None, expected)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Company ID,Display name,Client number\r\n".encode("utf-16"), Why.NOT_TEXT),
        (b"\x81\x8d\x8f", Why.NOT_TEXT),
        (b'Company ID,Display name,Client number\r\n9001,"Rossi, Anna,1\r\n', Why.DAMAGED),
        (b"", Why.HEADINGS),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    account: OnlineAccountant, tmp_path: Path, content: bytes, why: Why
) -> None:
    path = tmp_path / "upload.csv"
    path.write_bytes(content)
    outcome = account.upload(path, error_log=tmp_path / "log.csv")
    assert outcome == Outcome(0, 0, None, sentence(why, "en"))
    assert not (tmp_path / "log.csv").exists()


@pytest.mark.parametrize(("count", "refused"), [(999, False), (1_000, False), (1_001, True)])
def test_a_thousand_clients_are_the_most(
    write: Write, tmp_path: Path, count: int, refused: bool
) -> None:
    clients = [(str(n), f"C{n}", "") for n in range(count)]
    account = OnlineAccountant.from_download(write(clients, name="list.csv"))
    upload = write([(i, name, f"N{i}") for i, name, _ in clients], headings=PT)
    outcome = account.upload(upload, error_log=tmp_path / "log.csv")
    assert outcome.accepted == (0 if refused else count)
    assert outcome.refused == (sentence(Why.TOO_MANY, "pt") if refused else "")
    assert set(numbers(account, tmp_path).values()) == (
        {""} if refused else {f"N{n}" for n in range(count)}
    )


@pytest.mark.parametrize(
    ("size", "refused"), [(99_999, False), (100_000, False), (100_001, True)]
)
@pytest.mark.parametrize("letter", ["x", "é", "€", "💶"])
def test_a_hundred_thousand_bytes_are_the_most_whatever_the_letters(
    write: Write, tmp_path: Path, size: int, refused: bool, letter: str
) -> None:
    rest = size - len(",".join(EN)) - len("\r\n1,,7\r\n")
    name = letter * (rest // len(letter.encode()))
    name += "x" * (rest - len(name.encode()))
    account = OnlineAccountant.from_download(write([("1", name, "")], name="list.csv"))
    upload = write([("1", name, "7")])
    assert upload.stat().st_size == size
    outcome = account.upload(upload, error_log=tmp_path / "log.csv")
    assert outcome.accepted == (0 if refused else 1)
    assert outcome.refused == (sentence(Why.TOO_LARGE, "en") if refused else "")


def test_every_reason_is_said_in_both_languages_and_differently() -> None:
    for language in ("en", "pt"):
        assert len({sentence(why, language) for why in Why}) == len(Why)
    assert all(sentence(why, "en") != sentence(why, "pt") for why in Why)

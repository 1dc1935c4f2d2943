"""Downloads, hidden clients, what happens behind one's back, and what is kept."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from custclean.errors import InputError, SchemaError
from custclean.practice import OnlineAccountant

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def taken(account: OnlineAccountant, tmp_path: Path, **how: object) -> bytes:
    out = tmp_path / "taken.csv"
    account.download(out, **how)  # type: ignore[arg-type]  # passed on by name
    return out.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_the_first_download_is_the_file_it_was_made_from(
    tmp_path: Path, encoding: str, delimiter: str, newline: str
) -> None:
    text = 'Display name,"Company ID",Client number,Note\n'
    text += '"Müller & Söhne",1,,"a ""b"""\nX,,,\n\nY,2\n'
    data = text.replace(",", delimiter).replace("\n", newline).encode(encoding)
    source = tmp_path / "source.csv"
    source.write_bytes(data)
    account = OnlineAccountant.from_download(source)
    assert taken(account, tmp_path) == data
    account.save(tmp_path / "state.json")
    assert taken(OnlineAccountant.load(tmp_path / "state.json"), tmp_path) == data


def test_hidden_clients_are_shown_only_when_asked(
    client_list: Path, hidden: Path, tmp_path: Path
) -> None:
    account = OnlineAccountant.from_download(client_list, hidden)
    assert taken(account, tmp_path) == client_list.read_bytes()
    everyone = taken(account, tmp_path, inactive=True)
    assert everyone == client_list.read_bytes() + b"Gone Quiet,9100,00100,,,\r\n"


def test_portuguese_names_the_three_headings_and_nothing_else(
    client_list: Path, tmp_path: Path
) -> None:
    account = OnlineAccountant.from_download(client_list)
    portuguese = taken(account, tmp_path, language="pt").decode("utf-8-sig").splitlines()
    assert portuguese[0] == (
        "Nome de exibição,ID da empresa,Número do cliente,E-mail,Subscription,Note"
    )
    assert portuguese[1:] == client_list.read_text(encoding="utf-8-sig").splitlines()[1:]


def test_a_portuguese_list_stays_portuguese_until_asked(
    client_list: Path, hidden: Path, tmp_path: Path
) -> None:
    data = taken(OnlineAccountant.from_download(client_list), tmp_path, language="pt")
    source = tmp_path / "lista.csv"
    source.write_bytes(data)
    account = OnlineAccountant.from_download(source, hidden)
    assert taken(account, tmp_path) == data
    assert taken(account, tmp_path, language="en") == client_list.read_bytes()


def test_what_was_scheduled_happens_before_its_upload_even_one_that_is_refused(
    client_list: Path, hidden: Path, write: Callable[..., Path], tmp_path: Path
) -> None:
    account = OnlineAccountant.from_download(client_list, hidden)
    refused = write([], headings=["nonsense"])
    account.upload(refused, error_log=tmp_path / "log.csv")
    assert taken(account, tmp_path) == client_list.read_bytes()
    account.save(tmp_path / "state.json")
    account = OnlineAccountant.load(tmp_path / "state.json")
    account.upload(refused, error_log=tmp_path / "log.csv")
    account.download(tmp_path / "after.csv")
    names = [row["Display name"] for row in rows(tmp_path / "after.csv")]
    assert names == ["Rossi, Anna", "Bäckerei Übel GmbH", "Café Neu", "No id yet"]


def test_a_client_who_is_gone_is_not_renamed(
    client_list: Path, hidden: Path, write: Callable[..., Path], tmp_path: Path
) -> None:
    account = OnlineAccountant.from_download(client_list, hidden)
    account.delete("9003")
    before = taken(account, tmp_path)
    for _ in range(2):
        account.upload(write([]), error_log=tmp_path / "log.csv")
    after = taken(account, tmp_path)
    assert after == before.replace(
        b'Plus Too,9005,00005,,Simple Start,"two\r\nlines"\r\n', b""
    )


def test_a_state_written_twice_has_the_same_bytes(
    client_list: Path, hidden: Path, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    OnlineAccountant.from_download(client_list, hidden).save(one)
    OnlineAccountant.load(one).save(other)
    assert one.read_bytes() == other.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir() if "new" in p.name) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "three headings are missing"),
        (b"Company ID,Display name\r\n1,A\r\n", "three headings are missing"),
        (b"company id,Display name,Client number\r\n", "three headings are missing"),
        (b"Company ID,Display name,Client number\r\n1,A,\r\n1,B,\r\n", "appears twice: '1'"),
        (b'Company ID,Display name,Client number\r\n1,"A,\r\n', "line 2: a quoted cell"),
        (b"\0\1\2", "no text"),
    ],
)
def test_what_is_no_client_list_is_refused_in_one_line(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=f"list.csv.*{message}"):
        OnlineAccountant.from_download(path)


def test_a_missing_file_is_refused_in_one_line(client_list: Path, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "x"
    account = OnlineAccountant.from_download(client_list)
    for refused in (
        lambda: OnlineAccountant.from_download(missing),
        lambda: OnlineAccountant.from_download(client_list, missing),
        lambda: OnlineAccountant.load(missing),
        lambda: account.upload(missing, error_log=tmp_path / "log.csv"),
        lambda: account.download(missing),
        lambda: account.do(missing),
    ):
        with pytest.raises(InputError, match=r"^x: "):
            refused()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"schema": 2}, "schema"),
        ([], "schema"),
        ({"schema": 1, "inactive": [{"Colour": "red"}]}, "no such heading: 'Colour'"),
        ({"schema": 1, "inactive": ["red"]}, "not the shape"),
        ({"schema": 1, "scheduled": [{"before_upload": 1, "do": "rename"}]}, "not the shape"),
        (
            {
                "schema": 1,
                "scheduled": [{"before_upload": 1, "do": "sing", "company_id": "1"}],
            },
            "unknown event: 'sing'",
        ),
        ({"schema": 1, "inactive": [{"Company ID": "9001"}]}, "appears twice"),
    ],
)
def test_what_is_hidden_must_have_its_shape(
    client_list: Path, hidden: Path, data: object, message: str
) -> None:
    hidden.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises((SchemaError, InputError), match=message):
        OnlineAccountant.from_download(client_list, hidden)


def test_a_state_of_another_schema_or_shape_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    for text in ('{"schema": 2}', '{"schema": 1}'):
        state.write_text(text, encoding="utf-8")
        with pytest.raises(SchemaError, match=r"state\.json"):
            OnlineAccountant.load(state)
    state.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="no JSON"):
        OnlineAccountant.load(state)


def test_an_unknown_language_is_refused(client_list: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'fr'; expected en, pt"):
        OnlineAccountant.from_download(client_list).download(tmp_path / "x.csv", language="fr")
    assert not (tmp_path / "x.csv").exists()

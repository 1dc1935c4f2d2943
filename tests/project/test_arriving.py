"""A dropped file: whole or not at all, never over another, its name never a path."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.project.arriving import Arrived, Arriving, add_again, file_name


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


def drop(inbox: Path, name: str, *pieces: bytes) -> Arrived:
    coming = Arriving(inbox, name)
    for piece in pieces:
        coming.add(piece)
    return coming.finish()


def held(inbox: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in inbox.iterdir()}


def test_a_file_in_pieces_is_there_whole_for_its_owner_alone(inbox: Path) -> None:
    assert drop(inbox, "list.csv", b"a,", b"b\n") == Arrived("list.csv", added=True)
    assert held(inbox) == {"list.csv": b"a,b\n"}
    assert (inbox / "list.csv").stat().st_mode & 0o777 == 0o600


def test_nothing_is_seen_of_a_file_until_it_is_whole(inbox: Path) -> None:
    coming = Arriving(inbox, "list.csv")
    coming.add(b"half")
    assert all(name.startswith(".custclean-") for name in held(inbox))
    coming.drop()
    assert held(inbox) == {}


def test_another_file_of_the_name_gets_a_name_of_its_own(inbox: Path) -> None:
    names = [drop(inbox, "List.csv", bytes([n])).name for n in (1, 2, 3)]
    assert names == ["List.csv", "List (2).csv", "List (3).csv"]
    assert drop(inbox, "LIST.CSV", b"4").name == "LIST (4).CSV"


def test_the_same_content_is_not_added_twice_whatever_it_is_called(inbox: Path) -> None:
    drop(inbox, "list.csv", b"same")
    assert drop(inbox, "other.csv", b"same") == Arrived(
        "list.csv", added=False, like="list.csv"
    )
    assert held(inbox) == {"list.csv": b"same"}


def test_a_fresh_download_that_is_equal_can_be_added_on_request(inbox: Path) -> None:
    drop(inbox, "list.csv", b"same")
    again = add_again(inbox, "list.csv", "list.csv")
    assert again == Arrived("list (2).csv", added=True, like="list.csv")
    assert held(inbox) == {"list.csv": b"same", "list (2).csv": b"same"}
    with pytest.raises(InputError, match="no such file"):
        add_again(inbox, "../custclean.toml", "x")


def test_an_empty_file_is_refused_and_leaves_nothing(inbox: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        drop(inbox, "list.csv")
    assert held(inbox) == {}


def test_a_full_disk_is_one_clear_sentence_and_leaves_nothing(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"list\.csv: cannot .* No space left"):
        drop(inbox, "list.csv", b"x")
    assert held(inbox) == {}


def test_a_drive_without_links_keeps_whole_files_too(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    assert [drop(inbox, "a.csv", one).name for one in (b"1", b"2")] == ["a.csv", "a (2).csv"]
    assert held(inbox) == {"a.csv": b"1", "a (2).csv": b"2"}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../x", "x"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\ann\\list.csv", "list.csv"),
        ("..", "file"),
        ("", "file"),
        (".hidden.csv", "hidden.csv"),
        ("~$list.xlsx", "list.xlsx"),
        ("CON", "_CON"),
        ("nul.csv", "_nul.csv"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("a\x00b\r\nc.csv", "abc.csv"),
        ("list\u202evsc.exe", "listvsc.exe"),
        ("קובץ.csv", "קובץ.csv"),
        ("a?b*c|d.csv", "a_b_c_d.csv"),
        ("list.csv. . ", "list.csv"),
    ],
)
def test_a_name_from_elsewhere_is_a_name_and_no_more(given: str, name: str) -> None:
    assert file_name(given) == name


@given(st.text(max_size=400))
def test_any_name_is_one_that_every_system_takes_and_the_inbox_reads(name: str) -> None:
    clean = file_name(name)
    assert clean == Path(clean).name
    assert 0 < len(clean.encode()) <= 130
    assert clean[0] not in ". ~$"
    assert clean[-1] not in ". "
    assert not set(clean) & set('<>:"/\\|?*\x00\n')
    assert file_name(clean) == clean


def test_three_hundred_letters_keep_their_ending() -> None:
    assert file_name(f"{'ø' * 300}.xlsx").endswith("ø.xlsx")


@pytest.mark.parametrize("again", [False, True])
def test_what_was_added_is_on_the_disk_file_and_name(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    drop(inbox, "list.csv", b"a,b\n")
    synced = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    if again:
        add_again(inbox, "list.csv", "list.csv")
    else:
        drop(inbox, "other.csv", b"b\n")
    assert synced == (["file", "folder"] if os.name != "nt" else ["file"])

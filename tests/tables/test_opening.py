"""What is no table file is one clear error with the file's name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from custclean.errors import InputError
from custclean.tables import read_table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
NOISE = bytes((7 * n * n + 13 * n + n // 5) % 256 for n in range(5_000))
HOSTILE = {
    "empty.csv": (b"", "empty"),
    "blank.csv": (b"\xef\xbb\xbf \r\n\t\r\n", "empty"),
    "noise.csv": (NOISE, "no text"),
    "noise_without_nul.csv": (NOISE.replace(b"\0", b"\1"), "text"),
    "controls.csv": (b"a,b\n" + b"\x01\x02\x03,x\n" * 20, "no text"),
    "half.csv": ("Name,Mail\n".encode("utf-16")[:-1], "utf-16"),
    "cut.xls": (OLE, "downloaded to its end"),
    "page.xls": (b"\r\n<html><body>No list here</body>", "web page"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(64)), "picture"),
    "data.csv": (b'<?xml version="1.0"?><a/>', "XML"),
    "paper.csv": (b"%PDF-1.7 ...", "PDF"),
    "cut.gz": (b"\x1f\x8b\x08\0abc", "downloaded to its end"),
}


@pytest.mark.parametrize(("name", "data", "says"), [(n, *v) for n, v in HOSTILE.items()])
def test_a_file_that_is_no_table_is_named(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=says) as caught:
        read_table(path)
    assert caught.value.file == name
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_nul_byte_is_taken_out_and_its_line_said(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "nul.csv"
    path.write_bytes("Name,Mail\nAnn,a@b.example\nB\0b,c@d.example\n".encode(encoding))
    raw = read_table(path)
    assert list(raw.rows) == [["Ann", "a@b.example"], ["Bb", "c@d.example"]]
    assert [(flag.line, flag.what) for flag in raw.report.flags] == [
        (3, "a NUL byte was taken out")
    ]


def test_a_missing_file_a_dangling_link_and_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "gone.csv")
    for name in ("missing.csv", "dangling.csv"):
        with pytest.raises(InputError, match=f"^{name}: there is no such file"):
            read_table(tmp_path / name)
    with pytest.raises(InputError, match="folder"):
        read_table(tmp_path)


def test_a_missing_file_is_said_with_the_folder_where_it_was_looked_for(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputError, match=rf"^a.csv: there is no such file in {tmp_path}$"):
        read_table(tmp_path / "a.csv")
    with pytest.raises(InputError, match=f"^a.csv: there is no folder {tmp_path}/none$"):
        read_table(tmp_path / "none" / "a.csv")


def test_nothing_and_a_web_address_are_no_files() -> None:
    with pytest.raises(InputError, match=r"^no file is named"):
        read_table("")
    for address in ("https://example.com/x.csv", Path("https://example.com/x.csv")):
        with pytest.raises(InputError, match="download the file first"):
            read_table(address)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="pipe"):
        read_table(tmp_path / "pipe.csv")


def test_a_path_that_cannot_be_is_no_crash(tmp_path: Path) -> None:
    for name in ("x" * 5_000, "a\0b"):
        with pytest.raises(InputError):
            read_table(tmp_path / name)


def test_bytes_that_cannot_be_opened_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")

    def locked(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(InputError, match="Permission denied"):
        read_table(path)

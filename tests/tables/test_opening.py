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
    "noise.csv": (NOISE, "NUL"),
    "noise_without_nul.csv": (NOISE.replace(b"\0", b"\1"), "text"),
    "controls.csv": (b"a,b\n" + b"\x01\x02\x03,x\n" * 20, "no text"),
    "nul.csv": (b"Name,Mail\nAnn,a@b.example\nB\0b,c@d.example\n", "NUL"),
    "half.csv": ("Name,Mail\n".encode("utf-16")[:-1], "utf-16"),
    "nul16.csv": ("Name,Mail\nA\0,b\n".encode("utf-16"), "NUL"),
    "old.xls": (OLE, "old Excel"),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "page.xls": (b"\r\n<html><table><tr><td>Name</td></tr></table>", "web page"),
    "data.csv": (b'<?xml version="1.0"?><a/>', "XML"),
    "paper.csv": (b"%PDF-1.7 ...", "PDF"),
    "packed.csv": (b"\x1f\x8b\x08\0abc", "gzip"),
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


def test_a_nul_byte_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "nul.csv"
    path.write_bytes(HOSTILE["nul.csv"][0])
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert caught.value.line == 3


def test_a_missing_file_a_dangling_link_and_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "gone.csv")
    for name in ("missing.csv", "dangling.csv"):
        with pytest.raises(InputError, match=f"^{name}: there is no such file"):
            read_table(tmp_path / name)
    with pytest.raises(InputError, match="folder"):
        read_table(tmp_path)


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

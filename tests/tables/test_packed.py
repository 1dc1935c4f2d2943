"""Archives give their files; bombs, damage and what is not read are refused by name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custclean.errors import InputError
from custclean.tables import packed
from custclean.tables.packed import unpack
from tests.ending import must_end

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = Path("list.zip")
CSV = b"Name,Email\nAnn,ann@example.com\nBo,bo@example.org\n"
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return whole.getvalue()


def _refused(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        unpack(PATH, data)
    return str(error.value)


@pytest.mark.parametrize("data", [CSV, b"\xef\xbb\xbfName", b"PK, Name\n", b"BZh9 & Co,Ann\n"])
def test_what_is_no_archive_is_left_alone(data: bytes) -> None:
    assert unpack(PATH, data) is None


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "[Content_Types].xml", "mimetype", "Index/Document.iwa"]
)
def test_a_document_that_is_a_zip_inside_is_left_alone(name: str) -> None:
    assert unpack(PATH, _zip({name: b"", "a.csv": CSV})) is None


def test_a_workbook_cut_off_is_left_to_the_reader_of_workbooks() -> None:
    assert unpack(PATH, _zip({"xl/worksheets/sheet1.xml": CSV})[:-30]) is None


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_a_packed_file_has_no_name_of_its_own(pack: Callable[[bytes], bytes]) -> None:
    assert unpack(PATH, pack(CSV)) == [("", CSV)]


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_packed_files_put_behind_one_another_are_one(pack: Callable[[bytes], bytes]) -> None:
    assert unpack(PATH, pack(CSV) + pack(b"Eve,eve@example.net\n") + b"\0" * 8) == [
        ("", CSV + b"Eve,eve@example.net\n")
    ]


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_text_behind_a_packed_file_is_not_dropped_in_silence(
    pack: Callable[[bytes], bytes],
) -> None:
    assert "damaged" in _refused(pack(CSV) + b"Eve,eve@example.net\n")


@pytest.mark.parametrize("method", packed.READ)
def test_a_zip_gives_its_files_with_their_names(method: int) -> None:
    members = {"lists/customers.csv": CSV, "vendors.csv": b"Name\nBo\n"}
    assert unpack(PATH, _zip(members, method)) == list(members.items())


def test_folders_and_what_file_managers_leave_are_no_files() -> None:
    furniture = ["a/", "__MACOSX/a/._c.csv", "a/.DS_Store", "Thumbs.db", "._c.csv"]
    data = _zip(dict.fromkeys(furniture, b"") | {"a/c.csv": CSV})
    assert unpack(PATH, data) == [("a/c.csv", CSV)]


def test_a_name_that_climbs_is_only_a_name() -> None:
    assert unpack(PATH, _zip({"../../etc/c.csv": CSV})) == [("../../etc/c.csv", CSV)]


def test_a_workbook_in_a_zip_is_one_file() -> None:
    book = _zip({"xl/workbook.xml": b"<x/>"})
    assert unpack(PATH, _zip({"c.xlsx": book})) == [("c.xlsx", book)]


def test_an_archive_in_an_archive_is_unpacked() -> None:
    inner = _zip({"v.csv": CSV, "w.csv": CSV})
    data = _zip({"c.csv.gz": gzip.compress(CSV), "old.zip": inner})
    names = [name for name, _ in unpack(PATH, data) or ()]
    assert names == ["c.csv.gz", "old.zip/v.csv", "old.zip/w.csv"]


def test_an_archive_three_deep_is_refused_by_its_name() -> None:
    data = _zip({"a.zip": _zip({"b.csv.gz": gzip.compress(CSV)})})
    assert _refused(data).endswith("unpack them first: 'a.zip/b.csv.gz'")


@pytest.mark.parametrize(("mark", "kind"), packed.NOT_READ.items())
def test_an_archive_that_is_not_read_is_named(mark: bytes, kind: str) -> None:
    assert f"this is a {kind} archive" in _refused(mark + bytes(64))


def test_a_tar_in_a_gzip_is_named() -> None:
    assert "this is a tar archive" in _refused(gzip.compress(bytes(257) + b"ustar\x0000"))


def test_a_zip_of_nothing_says_so() -> None:
    assert "holds no file" in _refused(_zip({"a/": b"", ".DS_Store": b"x"}))


def test_a_password_is_named_with_the_file() -> None:
    data = bytearray(_zip({"c.csv": CSV}))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + flags] |= 1
    assert _refused(bytes(data)).endswith("save it without a password: 'c.csv'")


def test_a_link_is_not_followed() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        link = zipfile.ZipInfo("c.csv")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/hosts")
    assert "a link or a device: 'c.csv'" in _refused(whole.getvalue())


def test_a_zip_by_lzma_is_refused_for_it_takes_any_memory() -> None:
    assert "packed in a way" in _refused(_zip({"c.csv": CSV}, zipfile.ZIP_LZMA))


@pytest.mark.parametrize(
    "bomb",
    [
        gzip.compress(bytes(20_000_000)),
        bz2.compress(bytes(20_000_000)),
        lzma.compress(bytes(20_000_000)),
        _zip({"c.csv": bytes(20_000_000)}),
        _zip({f"{n}.csv.gz": gzip.compress(bytes(9_000_000)) for n in range(3)}),
        gzip.compress(gzip.compress(bytes(90_000_000))),
    ],
    ids=["gzip", "bzip2", "xz", "zip", "gzips in a zip", "gzip in a gzip"],
)
def test_a_bomb_is_refused_before_it_has_grown(bomb: bytes) -> None:
    with must_end():
        assert "unpacks to more than 200 times its size" in _refused(bomb)


def test_a_small_file_that_packs_well_is_no_bomb() -> None:
    zeros = bytes(900_000)
    assert unpack(PATH, _zip({"c.csv": zeros})) == [("c.csv", zeros)]


def test_more_than_the_limit_is_refused_by_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_UNPACKED", 1_000)
    monkeypatch.setattr(packed, "MAX_STREAM", 2_000)
    noise = random.Random(0).randbytes(3_000)
    assert "more than 1,000 bytes" in _refused(_zip({"c.csv": noise}))
    assert "more than 2,000 bytes" in _refused(gzip.compress(noise))


def test_a_zip_of_too_many_files_is_refused() -> None:
    data = _zip({f"{n}.vcf": b"" for n in range(packed.MAX_MEMBERS + 1)})
    assert "more than 10,000 files" in _refused(data)


def test_a_directory_that_lies_about_a_size_is_damage() -> None:
    data = _zip({"c.csv": bytes(20_000_000)})
    lying = data.replace(struct.pack("<L", 20_000_000), struct.pack("<L", 20))
    assert lying != data
    assert "damaged" in _refused(lying)


def test_files_that_share_their_bytes_are_refused() -> None:
    one = _zip({"a.csv": CSV})
    local, rest = one[: one.index(b"PK\x01\x02")], one[one.index(b"PK\x01\x02") :]
    entry = rest[: rest.index(b"PK\x05\x06")]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(entry), len(local), 0)
    assert "overlap" in _refused(local + entry + entry + end)


def test_files_that_quote_the_headers_of_the_next_are_refused() -> None:
    # The first file is stored: its content is the second, header and all.
    inner = _zip({"b.csv": CSV}, zipfile.ZIP_STORED)
    second = inner[: inner.index(b"PK\x01\x02")]
    outer = _zip({"a.csv": second}, zipfile.ZIP_STORED)
    local = outer[: outer.index(second) + len(second)]
    fixed = "<4s6H3L5H2L"
    entries = b""
    for content, label, at in ((second, b"a.csv", 0), (CSV, b"b.csv", outer.index(second))):
        sizes = (zlib.crc32(content), len(content), len(content), len(label))
        entries += (
            struct.pack(fixed, b"PK\x01\x02", 20, *[0] * 5, *sizes, *[0] * 5, at) + label
        )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(entries), len(local), 0)
    assert "overlap" in _refused(local + entries + end)


def test_an_xz_that_asks_for_gigabytes_is_refused() -> None:
    data = bytearray(lzma.compress(CSV, filters=[{"id": lzma.FILTER_LZMA2, "preset": 1}]))
    data[16] = 39  # of the block header: a dictionary of 3 GB
    data[20:24] = struct.pack("<L", zlib.crc32(data[12:20]))
    assert "damaged" in _refused(bytes(data))


EVERY_KIND = [
    *(pack(CSV) for pack in PACKERS.values()),
    _zip({"c.csv": CSV, "v.csv.gz": gzip.compress(CSV), "e.zip": _zip({"x.csv": CSV})}),
]


@pytest.mark.parametrize("data", EVERY_KIND, ids=["gzip", "bzip2", "xz", "zip"])
def test_an_archive_cut_off_anywhere_is_refused_or_no_archive(data: bytes) -> None:
    for end in range(16, len(data), 97 if len(data) > 600 else 7):
        _refused(data[:end])


@pytest.mark.parametrize("data", EVERY_KIND, ids=["gzip", "bzip2", "xz", "zip"])
def test_a_flipped_bit_gives_the_content_or_our_error(data: bytes) -> None:
    rng, whole = random.Random(3), unpack(PATH, data) or []
    contents = {content for _, content in whole}
    for _ in range(300):
        bad = bytearray(data)
        bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
        try:
            found = unpack(PATH, bytes(bad))
        except InputError:
            continue
        assert found is None or {content for _, content in found} <= contents | {bytes(bad)}


NAMES = st.text("ab/é", min_size=1).filter(lambda name: name[-1] != "/")
FILES = st.binary(max_size=200).filter(lambda data: not packed.is_archive(data))


@given(st.dictionaries(NAMES, FILES, min_size=1))
def test_what_was_zipped_comes_back(members: dict[str, bytes]) -> None:
    assert unpack(PATH, _zip(members)) == list(members.items())

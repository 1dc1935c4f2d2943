"""Faults of what a list is packed in: gzip, bzip2, xz, and zip with other things beside it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from tests.faults import books, cards, iif, mails, records
from tests.faults.cases import Expected, Impossible, customers
from tests.faults.catalogue import Catalogue, Family
from tests.faults.listings import set_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.cases import Case
    from tests.faults.catalogue import File

__all__ = ["FAMILIES"]

FAULTS = Catalogue(("inside", "beside", "packing", "bytes"))
STREAMS = "gzip bz2 xz"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
METHODS = {
    "deflated": zipfile.ZIP_DEFLATED,
    "stored": zipfile.ZIP_STORED,
    "packed_by_bzip2": zipfile.ZIP_BZIP2,
}


@dataclass
class Plain:
    """Delimited text as a file among others."""

    case: Case = field(default_factory=lambda: customers(12))

    def data(self) -> bytes:
        """Write the file."""
        return self.case.data()

    def tables(self) -> dict[str, Expected]:
        """Say what should be read of it."""
        return {"": self.case.expected()}


@dataclass
class Packing:
    """A file that is packed, and what is packed beside it."""

    form: str
    inside: File = field(default_factory=Plain)
    name: str = "list.csv"
    others: list[tuple[str, bytes]] = field(default_factory=list)
    lists: dict[str, File] = field(default_factory=dict)  # others that are lists
    unread: int = 0  # files beside it that are no list
    method: str = "deflated"
    twice: bool = False
    behind: bytes = b""
    pieces: int = 1
    cut: int = 0
    refused: str = ""

    def data(self) -> bytes:
        """Write the file."""
        data = self._zipped() if self.form == "zip" else self._stream(self.inside.data())
        return data[: len(data) - self.cut] + self.behind

    def _stream(self, data: bytes) -> bytes:
        pack: dict[str, Callable[[bytes], bytes]] = {
            "gzip": gzip.compress,
            "bz2": bz2.compress,
            "xz": lzma.compress,
        }
        size = -(-len(data) // self.pieces)
        whole = [data[n : n + size] for n in range(0, len(data), size)]
        return b"".join(pack[self.form](piece) for piece in whole)

    def _zipped(self) -> bytes:
        target = io.BytesIO()
        own = gzip.compress(self.inside.data()) if self.twice else self.inside.data()
        lists = [(name, each.data()) for name, each in self.lists.items()]
        with zipfile.ZipFile(target, "w", METHODS[self.method]) as archive:
            for name, data in [*self.others, *lists, (self.name, own)]:
                archive.writestr(name, data)
        return target.getvalue()

    def tables(self) -> dict[str, Expected] | str:
        """Say what should be read: parts are named by their files where there are several."""
        if self.refused:
            return self.refused
        several = bool(self.lists) or self.unread > 0
        found: dict[str, Expected] = {}
        for name, each in [*self.lists.items(), (self.name, self.inside)]:
            tables = each.tables()
            assert isinstance(tables, dict)
            parts = {part: tables[part] for part in sorted(tables)} if several else tables
            for part, want in parts.items():
                full = f"{name}/{part}" if part else name
                found[full if several else part] = self._told(want)
        best = max(found, key=lambda part: len(found[part].rows))
        return {best: found[best], **found}

    def _told(self, want: Expected) -> Expected:
        """Add that something beside was not read: it has no line."""
        return replace(want, flagged={*want.flagged, 0}) if self.unread else want


FAMILIES = [Family(form, partial(Packing, form), FAULTS) for form in (*STREAMS.split(), "zip")]

INSIDE: dict[str, Callable[[], File]] = {
    "workbook": lambda: books.book("xlsx"),
    "old_workbook": lambda: books.book("xls"),
    "cards": lambda: cards.cards("vcard30"),
    "calendar": lambda: cards.calendar("ics"),
    "lists_of_quickbooks": iif.lists,
    "mailbox": lambda: mails.box("mbox"),
    "json": lambda: records.array("json"),
    "parquet": records.columns,
}


def _inside(make: Callable[[], File]) -> Callable[[Packing], object]:
    return lambda case: setattr(case, "inside", make())


for _name, _make in INSIDE.items():
    FAULTS.add(_name, "inside", _inside(_make), "inside")


@FAULTS.fault("beside", forms="zip")
def folders(case: Packing) -> None:
    case.others += [("lists/", b""), ("lists/2026/", b"")]
    case.name = f"lists/2026/{case.name}"


@FAULTS.fault("beside", forms="zip")
def furniture(case: Packing) -> None:
    case.others += [(".DS_Store", b"\0\0\0\1Bud1"), ("__MACOSX/._list.csv", b"\0\5\x16\7")]


@FAULTS.fault("beside", forms="zip")
def empty_file(case: Packing) -> None:
    case.others.append(("empty.csv", b""))
    case.unread += 1


@FAULTS.fault("beside", forms="zip")
def picture(case: Packing) -> None:
    case.others.append(("logo.png", PICTURE))
    case.unread += 1


@FAULTS.fault("beside", forms="zip")
def second_list(case: Packing) -> None:
    case.lists["vendors.iif"] = iif.lists()


@FAULTS.fault("beside", forms="zip")
def foreign_name(case: Packing) -> None:
    case.name = case.name.replace("list.csv", "Kunder – Ærø 顧客.csv")


FAULTS.add("packed_twice", "packing", set_to(twice=True), forms="zip")
for _name in ("stored", "packed_by_bzip2"):
    FAULTS.add(_name, "packing", set_to(method=_name), "method", "zip")
FAULTS.add("in_pieces", "packing", set_to(pieces=3), forms=STREAMS)
FAULTS.add("zeros_behind", "bytes", set_to(behind=bytes(512)), "end", STREAMS)
FAULTS.add("something_behind", "bytes", set_to(behind=b"x" * 9, refused="damaged"), "end",
           STREAMS)  # fmt: skip
FAULTS.add("cut_off", "bytes", set_to(cut=5, refused="damaged"), "end")


@FAULTS.fault("bytes", "end", forms="zip")
def nothing_but_a_picture(case: Packing) -> None:
    if case.lists:
        msg = "there is a list"
        raise Impossible(msg)
    case.others = [("logo.png", PICTURE)]
    case.name, case.inside, case.twice = "empty.csv", Nothing(), False
    case.refused = "PNG|picture|image|no text|NUL|empty"


class Nothing:
    """An empty file."""

    def data(self) -> bytes:
        """Write nothing."""
        return b""

    def tables(self) -> dict[str, Expected] | str:
        """Say that it is empty."""
        return "empty"

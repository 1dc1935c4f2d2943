"""XLS workbooks of Excel 5 to 2003: python-calamine gives the values, `biff` the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.tables.limits import Budget
from custclean.tables.workbook.biff import LockedError, facts_of
from custclean.tables.workbook.ole import MAGIC, ole_streams
from custclean.tables.workbook.sheets import parts_of
from custclean.tables.workbook.xlsx import calamine_sheets
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.tables.raw import Asked, Part

__all__ = ["NAME", "is_it", "parts"]

NAME = "xls"


def is_it(data: bytes) -> bool:
    """Say whether these bytes are a file of old Office, or an encrypted one of the new."""
    return data.startswith(MAGIC)


def parts(path: Path, data: bytes, asked: Asked) -> list[Part]:
    """Give each filled sheet of a workbook as text."""
    try:
        facts = facts_of(_stream(path, data), Budget(path, len(data)))
    except LockedError:
        msg = tr("the workbook is encrypted; save it without a password")
        raise InputError(msg, file=path) from None
    except ValueError as error:
        msg = tr("the workbook is damaged or was not downloaded to its end")
        raise InputError(msg, file=path) from error
    return parts_of(path, calamine_sheets(path, data, facts), asked)


def _stream(path: Path, data: bytes) -> bytes:
    """Give the stream that holds the workbook."""
    streams = ole_streams(data)
    if "EncryptedPackage" in streams:
        raise LockedError
    book = streams.get("Workbook") or streams.get("Book")
    if book is None:
        msg = tr("this is a file of Office, but no workbook")
        raise InputError(msg, file=path, expected=tr("an .xlsx or CSV file"))
    return book

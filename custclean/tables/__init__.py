"""Bytes to rows and back: a table as the file holds it, and files that are whole or absent."""

from __future__ import annotations

from custclean.tables.raw import (
    Asked,
    Flag,
    Note,
    RawTable,
    RejectedLine,
    Repair,
    TableReport,
)
from custclean.tables.reading import read_table

__all__ = [
    "Asked",
    "Flag",
    "Note",
    "RawTable",
    "RejectedLine",
    "Repair",
    "TableReport",
    "read_table",
]

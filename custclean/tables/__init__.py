"""Bytes to rows and back: a table as the file holds it, and files that are whole or absent."""

from __future__ import annotations

from custclean.tables.raw import Note, RawTable, RejectedLine, Repair
from custclean.tables.reading import read_table

__all__ = ["Note", "RawTable", "RejectedLine", "Repair", "read_table"]

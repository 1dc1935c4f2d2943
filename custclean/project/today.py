"""The inbox with every record under the id that it has in the newest download."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from custclean.project.aliases import Aliases
from custclean.project.trail import follow

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from custclean.project.inbox import Inbox, Received

__all__ = ["under_todays_ids"]


def under_todays_ids(inbox: Inbox) -> Inbox:
    """Name the records of earlier downloads, registers and contacts as they are named today.

    A pure function of the files: no decision has a say in who is who.
    """
    lists = inbox.lists
    trails = [follow([file.export.table for file in files]) for files in lists]
    names = [
        (file, moved)
        for files, trail in zip(lists, trails, strict=True)
        for file, moved in zip(files, trail.names, strict=True)
    ]
    renamed = {file.key: _renamed(file, moved) for file, moved in names}
    seqs = [[file.seq for file in files] for files in lists]
    return replace(
        inbox,
        downloads=tuple(renamed[file.key] for file in inbox.downloads),
        superseded=tuple(renamed.get(file.key, file) for file in inbox.superseded),
        aliases=Aliases([*zip(trails, seqs, strict=True)]),
        renamed={file.key: moved for file, moved in names if moved},
    )


def _renamed(file: Received, moved: Mapping[str, str]) -> Received:
    if not moved:
        return file
    export = file.export
    table, extra = (_with_names(each, moved) for each in (export.table, export.extra))
    return replace(file, export=replace(export, table=table, extra=extra))


def _with_names(table: pl.DataFrame, moved: Mapping[str, str]) -> pl.DataFrame:
    return table.with_columns(table["record_id"].replace(dict(moved)))

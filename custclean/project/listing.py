"""Every file of the inbox by itself: what it was read as, or why it was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.disk import UNFINISHED
from custclean.errors import CustcleanError, UnknownFileError
from custclean.project.inbox import left_alone, tables_of
from custclean.systems import table_said
from custclean.words import tr, trn

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.model import Progress
    from custclean.project.inbox import Received
    from custclean.settings import Settings
    from custclean.stages.read import Export

__all__ = ["Listed", "list_files"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A file: `state` is read, unknown (nobody knows its columns), refused or left alone."""

    name: str
    size: int
    state: str
    said: str


def list_files(
    folder: Path,
    settings: Settings,
    known: dict[str, tuple[Export, ...]],
    progress: Progress,
) -> tuple[Listed, ...]:
    """List the files of a folder by name; one that cannot be read stops no other."""
    paths = sorted((path for path in folder.iterdir() if path.is_file()), key=_by_name)
    shown = [path for path in paths if not path.name.startswith((UNFINISHED, ".DS_Store"))]
    found = []
    for done, path in enumerate(shown):
        progress(tr("read"), done, len(shown))
        found.append(Listed(path.name, path.stat().st_size, *_read(path, settings, known)))
    progress(tr("read"), len(shown), len(shown))
    return tuple(found)


def _by_name(path: Path) -> str:
    return path.name.casefold()


def _read(
    path: Path, settings: Settings, known: dict[str, tuple[Export, ...]]
) -> tuple[str, str]:
    if left_alone(path.name, settings):
        return "left", tr("left alone")
    try:
        return "read", "; ".join(map(_said, tables_of(path, settings, known)))
    except UnknownFileError as error:
        return "unknown", error.message
    except CustcleanError as error:
        return "refused", error.message
    except OSError as error:
        return "refused", error.strerror or type(error).__name__


def _said(file: Received) -> str:
    export = file.export
    rows = trn("{n:,} row", "{n:,} rows", len(export))
    told = [table_said(export.system, export.kind), rows]
    if export.report.rejected:
        told.append(trn("{n:,} rejected", "{n:,} rejected", len(export.report.rejected)))
    return ", ".join(told)

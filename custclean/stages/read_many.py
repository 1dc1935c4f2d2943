"""Several files at once: each table that a system knows is an export, the rest is listed."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from custclean import html
from custclean.errors import AmbiguousFileError, InputError
from custclean.model import fields_of
from custclean.stages.read import UNKNOWN, read_parts
from custclean.stages.read_company import (
    companies_of,
    company_key,
    company_of,
    which_company,
)
from custclean.stages.read_told import IGNORE, SETTINGS, settings_for
from custclean.systems import table_said
from custclean.tables.opening import absent, path_of
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from custclean.errors import CustcleanError
    from custclean.settings import Settings
    from custclean.stages.read import Export

__all__ = ["Exports", "Refused", "files_in", "read_each", "read_many"]

BAD: Literal["unreadable"] = "unreadable"
FURNITURE = ("desktop.ini", "thumbs.db", SETTINGS)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or a table in it, that is no export, and why."""

    file: str
    part: str
    reason: str
    state: Literal["unreadable", "unknown", "left_out"] = "left_out"
    message: str = ""  # the reason for machines, without a value

    @property
    def name(self) -> str:
        """Name the file, and the table in it."""
        return f"{self.file}/{self.part}" if self.part else self.file


@dataclass(frozen=True, eq=False)
class Exports:
    """What several files hold: an export for each table that is known, and the others."""

    exports: tuple[Export, ...]
    refused: tuple[Refused, ...]

    @property
    def companies(self) -> dict[str, tuple[str, ...]]:
        """Give the companies that reports name, each with its files."""
        return companies_of((each.report.file, each) for each in self.exports)

    def of(self, kind: str) -> tuple[Export, ...]:
        """Give the exports of one kind."""
        return tuple(each for each in self.exports if each.kind == kind)

    def table(self, kind: str) -> pl.DataFrame:
        """Give all records of one kind; `source_file` and `source_row` say where from."""
        schema = dict.fromkeys(fields_of(kind), pl.String)
        return pl.concat(
            [pl.DataFrame(schema=schema), *(each.table for each in self.of(kind))]
        )

    def extra(self, kind: str) -> pl.DataFrame:
        """Give the columns that no field holds, of all records of one kind."""
        frames = [each.extra for each in self.of(kind)]
        none = pl.DataFrame(schema={"record_id": pl.String})
        return pl.concat([none, *frames], how="diagonal")

    def __len__(self) -> int:
        return len(self.exports)

    def __iter__(self) -> Iterator[Export]:
        return iter(self.exports)

    def __repr__(self) -> str:
        rows = sum(map(len, self.exports))
        return f"Exports({len(self)} tables, {rows} rows, {len(self.refused)} refused)"

    def _repr_html_(self) -> str:
        frame = pl.DataFrame(
            {
                tr("file"): [_name(each) for each in self]
                + [each.name for each in self.refused],
                tr("what it is"): [_what(each) for each in self]
                + [tr("refused")] * len(self.refused),
                tr("rows"): [*map(len, self), *([None] * len(self.refused))],
                tr("rejected"): [len(each.report.rejected) for each in self]
                + [None] * len(self.refused),
                tr("to know"): ["; ".join(each.report.ambiguous) for each in self]
                + [each.reason for each in self.refused],
            }
        )
        title = trn("{n} table", "{n} tables", len(self))
        return html.table(frame, title=title, rows=frame.height, plain=frame.columns)


def _name(export: Export) -> str:
    return "/".join(filter(None, (export.report.file, export.report.part)))


def _what(export: Export) -> str:
    return table_said(export.system, export.kind)


def read_many(
    where: Path | str | Iterable[Path | str],
    *,
    region: str | None = None,
    settings: Settings | Path | str | None = None,
    company: str | None = None,
    **given: Any,
) -> Exports:
    """Read every file of a folder, a pattern ("in/*.csv") or a list, of any systems.

    Each table of a file is an export of its own. What cannot be read or is known by no
    system is in `.refused` with the reason. Reports of several companies are a question:
    `company` names the one that counts, and the others are refused.
    """
    found = read_each(where, region=region, settings=settings, **given)
    companies = found.companies
    if company is None and len(companies) < 2:
        return found
    known = {company_key(name) for name in companies}
    if company is None or company_key(company) not in known:
        raise AmbiguousFileError(
            which_company(companies),
            value=company,
            expected=tr("company= with one of them"),
        )
    return _of_company(found, company)


def _of_company(found: Exports, company: str) -> Exports:
    """Leave out the reports of others; what says no company stays."""
    kept, refused = [], list(found.refused)
    for each in found:
        theirs = company_of(each)
        if theirs is None or company_key(theirs) == company_key(company):
            kept.append(each)
        else:
            why = tr("of another company: {company}", company=theirs)
            refused.append(Refused(each.report.file, each.report.part, why))
    return Exports(tuple(kept), tuple(refused))


def read_each(
    where: Path | str | Iterable[Path | str],
    *,
    region: str | None = None,
    settings: Settings | Path | str | None = None,
    **given: Any,
) -> Exports:
    """Read the files one by one; of what companies they are is not asked."""
    exports: list[Export] = []
    refused: list[Refused] = []
    for path in files_in(where):
        try:
            parts = _one(path, region, settings, given)
        except InputError as error:
            refused.append(_refused(path, "", error))
            continue
        exports += parts[0]
        refused += parts[1]
    return Exports(tuple(exports), tuple(refused))


def _refused(path: Path, part: str, error: CustcleanError) -> Refused:
    state: Literal["unreadable", "unknown"] = "unknown" if isinstance(error, UNKNOWN) else BAD
    return Refused(path.name, part, str(error), state, error.message)


def _one(
    path: Path,
    region: str | None,
    settings: Settings | Path | str | None,
    given: Mapping[str, Any],
) -> tuple[tuple[Export, ...], list[Refused]]:
    if path.is_dir():
        why = tr("a folder in the folder: name it to read what is in it")
        return (), [Refused(path.name, "", why)]
    told = settings_for(path, settings).files.get(path.name)
    if told is not None and told.kind == IGNORE:
        return (), [Refused(path.name, "", tr("ignored, as custclean.toml says"))]
    parts = read_parts(path, region=region, settings=settings, **given)
    return parts.known, [_refused(path, part, why) for part, why in parts.refused.items()]


def files_in(where: Path | str | Iterable[Path | str]) -> list[Path]:
    """List the files of a folder, of a pattern or of a list; none at all is an error.

    Of a list, what is not there stays: that it is missing is told of it alone. A file that
    is in a folder of the list and named, too, is one.
    """
    if not isinstance(where, Path | str):
        lists = (files_in(each) if _is_there(each) else [path_of(each)] for each in where)
        once = {path.absolute(): path for paths in lists for path in paths}
        return [*once.values()]
    path = path_of(where)
    if path.is_dir():
        inside = sorted(each for each in path.iterdir() if not _furniture(each.name))
        if not inside:
            raise InputError(tr("there are no files in this folder"), file=path)
        return inside
    if path.exists():
        return [path]
    if not glob.has_magic(str(where)):
        raise absent(path)
    found = sorted(map(Path, glob.glob(str(where), recursive=True)))  # noqa: PTH207  # as typed
    if not found:
        raise InputError(tr("no file is called so"), value=where)
    return [each for each in found if not _furniture(each.name)]


def _is_there(where: Path | str) -> bool:
    return glob.has_magic(str(where)) or Path(where).exists()


def _furniture(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in FURNITURE

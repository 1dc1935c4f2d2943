"""From a file to canonical tables: recognised, all text, nothing dropped in silence."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # a dataclass field, at run time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from custclean.errors import (
    AmbiguousFileError,
    CustcleanError,
    DamagedIdsError,
    UnknownFileError,
)
from custclean.stages.read_export import Export, export_of, of_part
from custclean.stages.read_mapped import SYSTEM, claim_of
from custclean.stages.read_report import ReadReport
from custclean.stages.read_told import Told, told
from custclean.systems import SYSTEMS
from custclean.systems._recognition import check_asked, recognise
from custclean.tables import Asked
from custclean.tables.opening import path_of
from custclean.tables.reading import best_part, read_tables
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from custclean.settings import Settings
    from custclean.systems._recognition import Claim
    from custclean.tables import RawTable

__all__ = [
    "UNKNOWN",
    "Export",
    "Parts",
    "ReadReport",
    "preferred",
    "read",
    "read_all",
    "read_parts",
    "read_raw",
]

PREFERRED = (  # of several tables in a file
    "customers", "contacts", "register", "vendors", "employees", "items", "transactions"
)  # fmt: skip
UNKNOWN = (UnknownFileError, AmbiguousFileError)


def read(
    path: Path | str,
    *,
    system: str | None = None,
    kind: str | None = None,
    region: str | None = None,
    columns: Mapping[str, str] | None = None,
    settings: Settings | Path | str | None = None,
    **given: Any,
) -> Export:
    """Read an export of a known system, told by its content.

    `system` and `kind` choose where the content leaves a choice; `region` is handed on in
    the report. A table that nobody knows is read by `columns` (its heading -> our field),
    as a list of `kind` ("customers"). Of a file with several tables (sheets, sections of an
    IIF, files in an archive) it is the one of customers, else the first of `PREFERRED`;
    `part` names another. `settings` is a custclean.toml with spellings and mappings of your
    own; without it, that of the project in whose inbox the file lies. `given` is what
    `read_table` takes: `part`, `encoding`, `delimiter`, `header_row`, `mend`, which turns
    values like "SÃ¸ren" into what was meant. A file that no system claims, or several do,
    is an error that says so.
    """
    path = path_of(path)
    said = told(path, system, kind, columns, settings)
    found, _, claims = _recognised(path, said, Asked.of(given))
    raw, claim = min(
        found,
        key=lambda each: (
            _preference(each[1].kind),
            each[1].layout.last_resort,
            -len(each[0]),
        ),
    )
    others = {part: theirs for part, theirs in claims.items() if part != raw.report.part}
    return export_of(raw, claim, region, others)


def read_all(
    path: Path | str,
    *,
    system: str | None = None,
    kind: str | None = None,
    region: str | None = None,
    settings: Settings | Path | str | None = None,
    **given: Any,
) -> list[Export]:
    """Read every table of a file that a system knows, in the order of the file.

    Each export names the tables that nobody knows in `report.ambiguous`.
    """
    parts = read_parts(
        path, system=system, kind=kind, region=region, settings=settings, **given
    )
    for error in parts.refused.values():
        if not isinstance(error, UNKNOWN):
            raise error
    return list(parts.known)


@dataclass(frozen=True, slots=True)
class Parts:
    """The tables of a file: those that a system knows, and why the others are not read."""

    known: tuple[Export, ...]
    refused: Mapping[str, CustcleanError]  # by the part's name


def read_parts(
    path: Path | str,
    *,
    system: str | None = None,
    kind: str | None = None,
    region: str | None = None,
    settings: Settings | Path | str | None = None,
    **given: Any,
) -> Parts:
    """Read every table that a system knows, and keep what is wrong with each other one."""
    path = path_of(path)
    said = told(path, system, kind, None, settings)
    found, refused, claims = _recognised(path, said, Asked.of(given))
    known = claims | dict.fromkeys((raw.report.part for raw, _ in found), None)
    exports = []
    for raw, claim in found:
        try:
            exports.append(export_of(raw, claim, region, known))
        except DamagedIdsError as error:
            refused[raw.report.part] = error
    return Parts(tuple(exports), refused)


def read_raw(raw: RawTable, columns: Mapping[str, str], kind: str) -> Export:
    """Give a table that was read already as a person says that its columns are."""
    return export_of(raw, claim_of(raw, columns, kind), None, {})


def _recognised(
    path: Path, said: Told, asked: Asked
) -> tuple[list[tuple[RawTable, Claim]], dict[str, CustcleanError], dict[str, Claim | None]]:
    """Give the tables of a file that a system claims; none is the error of the likeliest.

    With them, why the others are not, and what each part is, also one that was not asked for.
    """
    check_asked(SYSTEMS, said.system, said.kind)
    asked = replace(asked, looks_like=said.looks_like())
    tables = read_tables(path, asked)
    best = best_part(tables, asked)
    if len(tables) == 1 or said.columns is not None:
        return [(best, _claim(best, said))], {}, {}
    found = []
    unknown: dict[str, CustcleanError] = {}
    for raw in tables:
        try:
            found.append((raw, _claim(raw, said)))
        except UNKNOWN as error:
            unknown[raw.report.part] = of_part(error, raw.report.part)
    claims: dict[str, Claim | None] = {raw.report.part: claim for raw, claim in found}
    if asked.part is not None:
        return [(best, _claim(best, said))], {}, claims
    furniture = {part for _, claim in found for part in SYSTEMS[claim.system].furniture}
    unknown = {part: why for part, why in unknown.items() if part not in furniture}
    if not found:
        raise unknown[best.report.part]
    return found, unknown, claims


def _claim(raw: RawTable, said: Told) -> Claim:
    """Say what a table is: as the person said, as it was saved, as its content says."""
    if said.columns is not None:
        return claim_of(raw, said.columns, said.kind or "customers")
    saved = said.mapping(raw)
    if saved is not None:
        return claim_of(raw, saved.columns, saved.kind)
    try:
        return recognise(SYSTEMS, raw, said.system, said.kind, said.aliases)
    except UnknownFileError as error:
        hint = tr("or say what its columns are: custclean.map_columns(path)")
        error.expected = ", ".join(filter(None, (error.expected, hint)))
        raise


def preferred(exports: Sequence[Export]) -> Export:
    """Give the table of a file that a person means who names only the file."""
    return min(
        exports,
        key=lambda each: (
            _preference(each.kind),
            each.system == SYSTEM,
            -each.report.rows_read,
        ),
    )


def _preference(kind: str) -> int:
    return PREFERRED.index(kind) if kind in PREFERRED else len(PREFERRED)

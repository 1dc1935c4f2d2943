"""From a file to canonical tables: recognised, all text, nothing dropped in silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping  # noqa: TC003  # dataclass fields, at run time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from custclean import html
from custclean.errors import (
    AmbiguousFileError,
    CustcleanError,
    DamagedIdsError,
    InputError,
    UnknownFileError,
)
from custclean.stages.profile import Profile, profile_of
from custclean.stages.read_flags import flags_of
from custclean.stages.read_mapped import claim_of
from custclean.stages.read_told import Told, told
from custclean.systems import SYSTEMS
from custclean.systems._fields import base_of, canonical_fields, into_fields
from custclean.systems._recognition import check_asked, recognise
from custclean.tables import Asked, Flag, Note, RawTable, RejectedLine, Repair
from custclean.tables.ids import check_ids, record_ids
from custclean.tables.reading import best_part, read_tables
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from custclean.settings import Settings
    from custclean.systems._recognition import Claim

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
OWN = ("record_id", "system", "source_file", "source_row")  # not from the file
MAX_CELL = 10_000  # characters; a longer one is hardly a value of a list of people
MANY = 5  # lines in a cell that may be rows


@dataclass(frozen=True, slots=True)
class ReadReport:
    """How a file was read, and what of it is not in the table."""

    file: str
    encoding: str
    uncertain: bool  # the encoding is a guess
    delimiter: str
    header_row: int
    system: str
    kind: str
    language: str  # of the headings
    rows_read: int
    rejected: tuple[RejectedLine, ...]
    repairs: tuple[Repair, ...]
    notes: tuple[Note, ...]
    ambiguous: tuple[str, ...]  # sentences about what could be meant otherwise
    headings: Mapping[str, str]  # field -> the heading exactly as found
    sha256: str
    line_end: str
    bom: bool
    region: str | None  # as the caller gave it, for the stages that clean
    format: str  # "text", "xlsx", "iif" ...
    part: str  # the sheet, the section, the file in an archive; "" of a file with one table
    other_parts: tuple[str, ...]  # filled ones that this table is not from
    careful: bool  # not all of it could be read the fast way
    evidence: tuple[str, ...]  # sentences: what was chosen, and why
    flags: tuple[Flag, ...]  # rows that are in the table, and what a person should know
    misread: Mapping[str, int]  # column -> cells that look like "SÃ¸ren"
    account: Callable[[], Mapping[str, int]] = field(repr=False, compare=False)

    def lost(self) -> Mapping[str, int]:
        """Count what of the file is in no list; see `custclean.tables.TableReport`."""
        return self.account()

    def conserved(self) -> bool:
        """Say whether header, rows, notes and rejects hold all that the file does."""
        return not self.lost()

    def __repr__(self) -> str:
        # without the lines themselves: what ends a notebook's cell is saved with it
        return (
            f"ReadReport({self.file}: {self.system} {self.kind}, {self.encoding},"
            f" headings in line {self.header_row}, {self.rows_read} rows,"
            f" {len(self.rejected)} rejected, {len(self.repairs)} repaired,"
            f" {len(self.notes)} notes)"
        )


@dataclass(frozen=True, eq=False)
class Export:
    """One file as canonical records: `table` has the fields, `extra` all other columns."""

    table: pl.DataFrame
    extra: pl.DataFrame
    report: ReadReport
    system: str
    kind: str

    def __len__(self) -> int:
        return self.table.height

    def __repr__(self) -> str:
        report = self.report
        return (
            f"Export({self.system} {self.kind}: {len(self)} rows,"
            f" {len(report.rejected)} rejected, {len(report.repairs)} repaired,"
            f" {len(report.notes)} notes, {max(0, self.extra.width - 1)} columns beside)"
        )

    def profile(self) -> Profile:
        """Say column by column how full it is, what it holds and what looks damaged."""
        telling = self.table.drop(*OWN, strict=False)
        filled = [c.name for c in telling.iter_columns() if c.null_count() < len(self)]
        beside = self.extra.drop("record_id").rename(
            {name: f"{name} (file)" for name in self.extra.columns if name in filled}
        )
        frame = pl.concat([telling.select(filled), beside], how="horizontal")
        lines = self.table["source_row"].cast(pl.UInt32)
        return profile_of(frame, lines, self.report.file)

    def _repr_html_(self) -> str:
        # what is the same in every row stands in the title
        telling = self.table.drop("system", "kind", "source_file")
        filled = [c.name for c in telling.iter_columns() if c.null_count() < len(self)]
        title = trn(
            "{n} record of {file}", "{n} records of {file}", len(self), file=self.report.file
        )
        return html.table(telling.select(filled), title=title)


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
    path = Path(path)
    found, _ = _recognised(path, told(path, system, kind, columns, settings), Asked(**given))
    raw, claim = min(found, key=lambda each: (_preference(each[1].kind), -len(each[0])))
    others = {each.report.part: theirs for each, theirs in found if each is not raw}
    return _export(raw, claim, region, others)


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
    path = Path(path)
    said = told(path, system, kind, None, settings)
    found, refused = _recognised(path, said, Asked(**given))
    known = dict.fromkeys((raw.report.part for raw, _ in found), None)
    exports = []
    for raw, claim in found:
        try:
            exports.append(_export(raw, claim, region, known))
        except DamagedIdsError as error:
            refused[raw.report.part] = error
    return Parts(tuple(exports), refused)


def read_raw(raw: RawTable, columns: Mapping[str, str], kind: str) -> Export:
    """Give a table that was read already as a person says that its columns are."""
    return _export(raw, claim_of(raw, columns, kind), None, {})


def _recognised(
    path: Path, said: Told, asked: Asked
) -> tuple[list[tuple[RawTable, Claim]], dict[str, CustcleanError]]:
    """Give the tables of a file that a system claims; none is the error of the likeliest."""
    check_asked(SYSTEMS, said.system, said.kind)
    asked = replace(asked, looks_like=said.looks_like())
    tables = read_tables(path, asked)
    best = best_part(tables, asked)
    if asked.part is not None or len(tables) == 1 or said.columns is not None:
        return [(best, _claim(best, said))], {}
    found = []
    unknown: dict[str, CustcleanError] = {}
    for raw in tables:
        try:
            found.append((raw, _claim(raw, said)))
        except UNKNOWN as error:
            unknown[raw.report.part] = _of_part(error, raw.report.part)
    furniture = {part for _, claim in found for part in SYSTEMS[claim.system].furniture}
    unknown = {part: why for part, why in unknown.items() if part not in furniture}
    if not found:
        raise unknown[best.report.part]
    return found, unknown


def _of_part(error: InputError, part: str) -> InputError:
    """Say in which part of the file it is."""
    return type(error)(
        tr("in {part}: {message}", part=part, message=error.message),
        file=error.file,
        line=error.line,
        column=error.column,
        value=error.value,
        expected=error.expected,
    )


def _claim(raw: RawTable, said: Told) -> Claim:
    """Say what a table is: as the person said, as it was saved, as its content says."""
    if said.columns is not None:
        return claim_of(raw, said.columns, said.kind or "customers")
    saved = said.mapping(raw.header)
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
    return min(exports, key=lambda each: (_preference(each.kind), -each.report.rows_read))


def _preference(kind: str) -> int:
    return PREFERRED.index(kind) if kind in PREFERRED else len(PREFERRED)


def _export(
    raw: RawTable, claim: Claim, region: str | None, others: Mapping[str, Claim | None]
) -> Export:
    raw = _without_furniture(_without_giants(raw), claim)
    flags = tuple(sorted((*raw.report.flags, *flags_of(raw, claim))))
    raw = replace(raw, report=replace(raw.report, flags=flags))
    fields = into_fields(raw.frame, claim.layout, claim.columns)
    try:
        ids = _record_ids(raw, claim, fields.columns)
    except DamagedIdsError as error:
        if raw.report.other_parts:
            raise _of_part(error, raw.report.part) from None
        raise
    return Export(
        table=_table(raw, claim, fields.columns, ids),
        extra=_extra(raw.frame, fields.beside, ids),
        report=_report(raw, claim, region, others),
        system=claim.system,
        kind=claim.kind,
    )


def _kept(raw: RawTable, keep: pl.Series) -> tuple[RawTable, list[tuple[int, str]]]:
    """Give the table with only these rows, and line and text of the others."""
    if keep.all():
        return raw, []
    others = raw.frame.filter(~keep)
    lines = raw.lines.filter(~keep)
    join = raw.report.delimiter or "\t"
    texts = [join.join(cell or "" for cell in row).rstrip(join) for row in others.iter_rows()]
    rest = replace(raw, frame=raw.frame.filter(keep), lines=raw.lines.filter(keep))
    return rest, list(zip(lines, texts))


def _without_giants(raw: RawTable) -> RawTable:
    """Flag rows with a very long cell; reject them where a quote ran away with other rows."""
    if raw.report.format != "text":  # nothing runs away there: a note may be long
        return raw
    longest = raw.frame.select(pl.max_horizontal(pl.all().str.len_bytes().max())).item()
    if (longest or 0) <= MAX_CELL:
        return raw
    giant = pl.any_horizontal(pl.all().str.len_chars().fill_null(0) > MAX_CELL)
    giants = raw.frame.select(giant=giant)["giant"].arg_true().to_list()
    swallowed = [row for row in giants if _has_rows(raw.frame.row(row), raw.report.delimiter)]
    why = tr("a cell has more than {n:,} characters", n=MAX_CELL)
    flags = [Flag(raw.lines[row], why) for row in giants if row not in swallowed]
    keep = ~pl.int_range(len(raw), eager=True).is_in(swallowed)
    rest, others = _kept(raw, keep)
    lines = [RejectedLine(line, text, why) for line, text in others]
    report = replace(
        raw.report,
        rejected=tuple(sorted((*raw.rejected, *lines))),
        flags=(*raw.report.flags, *flags),
    )
    return replace(rest, report=report)


def _has_rows(cells: Sequence[str | None], delimiter: str) -> bool:
    """Say whether a very long cell is full of lines that would be rows by themselves."""
    long = [cell for cell in cells if cell and len(cell) > MAX_CELL]
    lines = [line for cell in long for line in cell.splitlines() if line.strip()]
    if not delimiter or len(lines) < MANY:
        return False
    return 2 * sum(line.count(delimiter) == len(cells) - 1 for line in lines) > len(lines)


def _without_furniture(raw: RawTable, claim: Claim) -> RawTable:
    """Move sections and totals, which hold none of the fields a record needs, to the notes."""
    needed = [claim.columns[name] for name in claim.layout.needs if name in claim.columns]
    if not needed:
        return raw
    names = [raw.frame.columns[place] for place in needed]
    filled = pl.any_horizontal(pl.col(names).is_not_null())
    rest, others = _kept(raw, raw.frame.select(keep=filled)["keep"])
    notes = [Note(line, text) for line, text in others]
    report = replace(raw.report, notes=tuple(sorted((*raw.notes, *notes))))
    return replace(rest, report=report)


def _record_ids(raw: RawTable, claim: Claim, columns: Mapping[str, pl.Series]) -> pl.Series:
    """Name each record; native ids that Excel damaged are an error."""
    native, height = claim.layout.native_id, raw.frame.height
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    natives = nothing
    if native is not None and native in columns:
        natives = columns[native]
        heading = raw.header[claim.columns[native]]
        check_ids(raw.path, natives.to_list(), raw.lines.to_list(), heading)
    identifying = pl.DataFrame(
        {name: columns.get(name, nothing) for name in claim.layout.identifying}
    )
    return record_ids(f"{claim.system}:{claim.kind}", natives, identifying, raw.frame)


def _table(
    raw: RawTable, claim: Claim, columns: Mapping[str, pl.Series], ids: pl.Series
) -> pl.DataFrame:
    same = {
        "system": claim.system,
        "kind": claim.kind,
        "source_file": raw.path.name,
        **claim.layout.values,
    }
    own = {"record_id": ids, "source_row": raw.lines.cast(pl.String), **columns}
    return pl.DataFrame({"record_id": ids}).select(
        own[name].alias(name)
        if name in own and name not in same
        else pl.lit(same.get(name), pl.String).alias(name)
        for name in canonical_fields(claim.kind)
    )


def _extra(frame: pl.DataFrame, beside: Sequence[int], ids: pl.Series) -> pl.DataFrame:
    """Keep the columns that no field holds, by record; a heading of ours gets a mark."""
    kept = {"record_id": ids}
    for column in (frame.to_series(place) for place in beside):
        name = column.name
        while name in kept or (name != column.name and name in frame.columns):
            name += " (file)"
        kept[name] = column.alias(name)
    return pl.DataFrame(kept)


def _report(
    raw: RawTable, claim: Claim, region: str | None, others: Mapping[str, Claim | None]
) -> ReadReport:
    fields = canonical_fields(claim.kind)
    places = {name: n for name, n in claim.columns.items() if base_of(name) in fields}
    seen = raw.report
    return ReadReport(
        file=raw.path.name,
        encoding=seen.encoding,
        uncertain=seen.uncertain,
        delimiter=seen.delimiter,
        header_row=seen.header_row,
        system=claim.system,
        kind=claim.kind,
        language=claim.language,
        rows_read=raw.frame.height,
        rejected=raw.rejected,
        repairs=raw.repairs,
        notes=raw.notes,
        ambiguous=tuple(_doubts(raw, claim, others)),
        headings={name: raw.header[place] for name, place in places.items()},
        sha256=seen.sha256,
        line_end=seen.line_end,
        bom=seen.bom,
        region=region,
        format=seen.format,
        part=seen.part,
        other_parts=seen.other_parts,
        careful=seen.careful,
        evidence=seen.evidence,
        flags=seen.flags,
        misread=seen.misread,
        account=seen.account,
    )


def _doubts(raw: RawTable, claim: Claim, others: Mapping[str, Claim | None]) -> Iterator[str]:
    """Say what could be meant otherwise; of `others` None is read as well."""
    for place in claim.doubles:
        heading = raw.header[place]
        yield tr(
            "column {heading} was not used: another column has this field", heading=heading
        )
    if raw.uncertain:
        yield tr("the encoding {encoding} is a guess", encoding=raw.encoding)
    cells = sum(raw.report.misread.values())
    if cells:
        yield trn(
            "{n} cell looks misread, as “SÃ¸ren” for “Søren”: mend=True mends it",
            "{n} cells look misread, as “SÃ¸ren” for “Søren”: mend=True mends them",
            cells,
        )
    furniture = SYSTEMS[claim.system].furniture if claim.system in SYSTEMS else frozenset()
    for part in (each for each in raw.report.other_parts if each not in furniture):
        theirs = others.get(part)
        if part in others and theirs is None:
            continue
        what = f"{theirs.system} {theirs.kind}" if theirs else tr("unknown")
        yield tr(
            "the file holds another table, {part} ({what}): part= reads it",
            part=part,
            what=what,
        )

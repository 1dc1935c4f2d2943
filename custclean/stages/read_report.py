"""What is to be said of an export: how its file was read, what else it could mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping  # noqa: TC003  # dataclass fields, at run time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from custclean.systems import SYSTEMS, table_said
from custclean.systems._fields import base_of, canonical_fields
from custclean.systems._recognition import may_be
from custclean.tables import Flag, Note, RejectedLine, Repair  # noqa: TC001  # as above
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custclean.systems._recognition import Claim
    from custclean.tables import RawTable

__all__ = ["ReadReport", "report_of"]

# A long number in a narrow column, a formula that failed, a column too narrow to show it.
DAMAGED = r"^(?:\d+[.,]\d+E\+?\d+|#(?:DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!)|#{3,})$"


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
    damaged: int  # cells that a spreadsheet made of something else, as 9.13E+14
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


def report_of(
    raw: RawTable, claim: Claim, region: str | None, others: Mapping[str, Claim | None]
) -> ReadReport:
    """Give the report of a table that is what `claim` says; `others` are in the same file."""
    fields = canonical_fields(claim.kind)
    places = {name: n for name, n in claim.columns.items() if base_of(name) in fields}
    seen, damaged = raw.report, _damaged(raw.frame)
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
        ambiguous=tuple(_doubts(raw, claim, others, damaged)),
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
        damaged=damaged,
        account=seen.account,
    )


def _doubts(
    raw: RawTable, claim: Claim, others: Mapping[str, Claim | None], damaged: int
) -> Iterator[str]:
    """Say what could be meant otherwise; of `others` None is read as well."""
    for place in claim.doubles:
        heading = raw.header[place]
        yield tr(
            "column {heading} was not used: another column has this field", heading=heading
        )
    yield from _told_by_headings(raw, claim)
    if not raw.frame.height:
        yield tr("no row stands below the headings")
    if raw.uncertain:
        yield tr("the encoding {encoding} is a guess", encoding=raw.encoding)
    cells = sum(raw.report.misread.values())
    if cells:
        yield trn(
            "{n} cell looks misread, as “SÃ¸ren” for “Søren”: mend=True mends it",
            "{n} cells look misread, as “SÃ¸ren” for “Søren”: mend=True mends them",
            cells,
        )
    if damaged:
        yield trn(
            "{n} value looks damaged by a spreadsheet, as 9.13E+14 or #N/A",
            "{n} values look damaged by a spreadsheet, as 9.13E+14 or #N/A",
            damaged,
        )
    furniture = SYSTEMS[claim.system].furniture if claim.system in SYSTEMS else frozenset()
    for part in (each for each in raw.report.other_parts if each not in furniture):
        theirs = others.get(part)
        if part in others and theirs is None:
            continue
        what = table_said(theirs.system, theirs.kind) if theirs else tr("unknown")
        yield tr(
            "the file holds another table, {part} ({what}): part= reads it",
            part=part,
            what=what,
        )


def _damaged(frame: pl.DataFrame) -> int:
    """Count the cells that a spreadsheet has made of something else."""
    counts = frame.select(pl.all().str.contains(DAMAGED).sum()).row(0) if frame.width else ()
    return sum(count or 0 for count in counts)


def _told_by_headings(raw: RawTable, claim: Claim) -> Iterator[str]:
    """Say of a list of no program that it is taken for one, and whose it may be."""
    if claim.layout.by_headings:
        yield tr("read as a list of customers by its headings")
    for other in may_be(SYSTEMS, raw, claim):
        title = SYSTEMS[other.system].title
        yield tr(
            "it may be from {title}: system= {name} reads it so",
            title=title,
            name=other.system,
        )

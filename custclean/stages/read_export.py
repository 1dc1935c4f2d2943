"""A table that a system claims, as canonical records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.errors import DamagedIdsError
from custclean.stages.profile import Profile, profile_of
from custclean.stages.read_flags import flags_of
from custclean.stages.read_report import ReadReport, report_of
from custclean.stages.read_rest import records_alone
from custclean.systems._fields import canonical_fields, into_fields
from custclean.tables.ids import check_ids, record_ids
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.errors import InputError
    from custclean.systems._recognition import Claim
    from custclean.tables import RawTable

__all__ = ["Export", "export_of", "of_part"]

OWN = ("record_id", "system", "source_file", "source_row")  # not from the file


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
        """Say column by column how full it is, what it holds and what looks damaged.

        A column of the file comes after our fields, but where a field has its values.
        """
        telling = self.table.drop(*OWN, strict=False)
        filled = [c.name for c in telling.iter_columns() if c.null_count() < len(self)]
        beside = self.extra.drop("record_id", *self.report.headings.values(), strict=False)
        beside = beside.rename(
            {name: f"{name} (file)" for name in beside.columns if name in filled}
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


def export_of(
    raw: RawTable, claim: Claim, region: str | None, others: Mapping[str, Claim | None]
) -> Export:
    """Give the records of a table that is what `claim` says; `others` are in the same file."""
    raw = records_alone(raw, claim)
    flags = tuple(sorted((*raw.report.flags, *flags_of(raw, claim))))
    raw = replace(raw, report=replace(raw.report, flags=flags))
    fields = into_fields(raw.frame, claim.layout, claim.columns)
    try:
        ids = _record_ids(raw, claim, fields.columns)
    except DamagedIdsError as error:
        if raw.report.other_parts:
            raise of_part(error, raw.report.part) from None
        raise
    return Export(
        table=_table(raw, claim, fields.columns, ids),
        extra=_extra(raw.frame, fields.beside, ids),
        report=report_of(raw, claim, region, others),
        system=claim.system,
        kind=claim.kind,
    )


def of_part(error: InputError, part: str) -> InputError:
    """Say in which part of the file it is."""
    return type(error)(
        tr("in {part}: {message}", part=part, message=error.message),
        file=error.file,
        line=error.line,
        column=error.column,
        value=error.value,
        expected=error.expected,
    )


def _record_ids(raw: RawTable, claim: Claim, columns: Mapping[str, pl.Series]) -> pl.Series:
    """Name each record; native ids that Excel damaged are an error."""
    native, height = claim.layout.native_id, raw.frame.height
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    natives = nothing
    if native is not None and native in columns:
        natives = columns[native]
        heading = raw.header[claim.columns[native]]
        inexact = raw.report.inexact.get(raw.frame.columns[claim.columns[native]], ())
        check_ids(raw.path, natives.to_list(), raw.lines.to_list(), heading, inexact)
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

"""Read what the target says of an upload: which rows failed, why, and what to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import polars as pl

from custclean import html
from custclean.stages.error_columns import Columns, columns_of, field_named, headings_known
from custclean.stages.error_words import FIELD_OF, classify, succeeded, suggestion
from custclean.stages.upload_files import loaded_frame, read_round
from custclean.tables import RawTable, read_table
from custclean.tables.raw import column_names
from custclean.words import trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Rejected", "read_error_log"]

ROWS = {
    "record_id": pl.String,
    "company_id": pl.String,
    "display_name": pl.String,
    "number": pl.String,
    "field": pl.String,
    "message": pl.String,
    "code": pl.String,
    "suggestion": pl.String,
    "line": pl.Int64,
}
BLANK = 1_000  # bytes; a longer file holds something
UNMATCHED = {"line": pl.Int64, "text": pl.String, "message": pl.String, "code": pl.String}


class HasRows(Protocol):
    """An upload, as far as an error log needs it."""

    @property
    def rows(self) -> pl.DataFrame:
        """record_id, company_id, display_name and number of each row that was sent."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The rows of an upload that the target refused.

    `rows`: the row as it was sent, the field concerned, the target's message, its code
    (`number_taken`, `name_changed`, `id_gone`, `number_too_long`, `no_number`,
    `duplicate_in_file` or `unknown`), a suggestion, the line of the log. `extra`: the
    columns of the log that nothing is known of, by line. `unmatched`: lines that tell of
    no row of the upload. `accepted`: rows of which the log says that all went well.
    """

    rows: pl.DataFrame
    extra: pl.DataFrame
    unmatched: pl.DataFrame
    accepted: int = 0
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows by their code."""
        return dict(sorted(Counter(self.rows["code"].to_list()).items()))

    def __len__(self) -> int:
        return self.rows.height

    def __repr__(self) -> str:
        found = ", ".join(f"{n} {code}" for code, n in self.counts.items())
        rows = trn("{n} row", "{n} rows", len(self))
        return f"<Rejected: {rows}: {found or 'none'}; {self.unmatched.height} unmatched>"

    def _repr_html_(self) -> str:
        shown = self.rows.drop("record_id", "message")  # long, and told by the others
        return html.table(shown, title=repr(self)[1:-1], plain=("code", "suggestion"))


@dataclass(frozen=True, slots=True)
class _Sent:
    """One row of the upload."""

    record_id: str
    company_id: str
    display_name: str
    number: str

    @property
    def cells(self) -> tuple[str, str, str]:
        return self.company_id, self.display_name, self.number


@dataclass(frozen=True, slots=True)
class _Log:
    """The log as read: cells and lines, and what its columns are."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    columns: Columns

    def cell(self, row: Sequence[str], place: int) -> str:
        return row[place] if place >= 0 else ""

    def message(self, row: Sequence[str]) -> str:
        """Join what the message columns say; a bare status where they say nothing."""
        said = [row[at].strip() for at in self.columns.messages if row[at].strip()]
        return "; ".join(said) or self.cell(row, self.columns.status).strip()


def read_error_log(path: Path | str, upload: HasRows | Path | str) -> Rejected:
    """Read an error log, whatever its columns: the rows of `upload` that failed, and why.

    `upload`: what was uploaded, the folder of its files, or one of them. An empty log,
    or one of headings only, rejects nothing.
    """
    file = Path(path)
    sent = _sent(upload)
    if _is_blank(file):
        return _rejected(_Log((), (), (), Columns()), sent)
    raw = _read(file, {row.company_id for row in sent})
    return _rejected(_log(raw, sent), sent, raw)


def _is_blank(file: Path) -> bool:
    """Say whether nothing but blanks is in the file: no row failed."""
    try:
        if not file.is_file() or file.stat().st_size > BLANK:
            return False
        return not file.read_bytes().removeprefix(b"\xef\xbb\xbf").strip()
    except OSError:
        return False  # the reader says what is wrong with it


def _sent(upload: HasRows | Path | str) -> list[_Sent]:
    if isinstance(upload, str | Path):
        target, found = read_round(Path(upload))
        rows = loaded_frame(target, [parcel for _, parcel in found])
    else:
        rows = upload.rows
    names = ("record_id", "company_id", "display_name", "number")
    return [_Sent(*row) for row in rows.select(names).iter_rows()]


def _read(file: Path, ids: set[str]) -> RawTable:
    """Read the log; where there are no headings, from the first line with an id."""
    raw = read_table(file, looks_like=headings_known)
    if headings_known(raw.header):
        return raw
    lines = [note.line for note in raw.notes if any(each in note.text for each in ids)]
    first = min(lines, default=raw.report.header_row)
    return raw if first >= raw.report.header_row else read_table(file, header_row=first)


def _log(raw: RawTable, sent: Sequence[_Sent]) -> _Log:
    rows, lines, header = [tuple(row) for row in raw.rows], list(raw.lines), raw.header
    ids = {row.company_id for row in sent}
    bare = not headings_known(header) and (not rows or ids & {*header})
    if bare:  # a log without headings: its first line says something, too
        rows, lines = [header, *rows], [raw.report.header_row, *lines]
        header = ("",) * len(header)
    columns = columns_of(header, rows, [row.cells for row in sent])
    return _Log(header, tuple(rows), tuple(lines), columns)


def _rejected(log: _Log, sent: Sequence[_Sent], raw: RawTable | None = None) -> Rejected:
    by_id = {row.company_id: row for row in sent}
    by_rest = _unique(sent)
    rows, unmatched, accepted = [], [], 0
    for cells, line in zip(log.rows, log.lines, strict=True):
        message, columns = log.message(cells), log.columns
        here = by_id.get(log.cell(cells, columns.company_id).strip()) or by_rest.get(
            (log.cell(cells, columns.display_name), log.cell(cells, columns.customer_number))
        )
        if succeeded(log.cell(cells, columns.status)) or succeeded(message):
            accepted += 1
        elif here is None or not _about(here, log.cell(cells, columns.customer_number)):
            text = " | ".join(cell for cell in cells if cell)
            unmatched.append((line, text, message, classify(message)))
        else:
            field = field_named(log.cell(cells, columns.field))
            rows.append(_row(here, message, field, line))
    torn = raw.rejected if raw else ()
    unmatched += [(each.line, each.text, each.reason, "unknown") for each in torn]
    return Rejected(
        rows=pl.DataFrame(rows, schema=ROWS, orient="row"),
        extra=_extra(log),
        unmatched=pl.DataFrame(sorted(unmatched), schema=UNMATCHED, orient="row"),
        accepted=accepted,
        notes=tuple(note.text for note in raw.notes) if raw else (),
    )


def _about(sent: _Sent, number: str) -> bool:
    """Tell whether a line can be about what was sent: of another number, it is not."""
    return not number.strip() or number.strip() == sent.number.strip()


def _unique(sent: Sequence[_Sent]) -> Mapping[tuple[str, str], _Sent]:
    """Map name and number to the row, where no second row has both."""
    pairs = Counter((row.display_name, row.number) for row in sent)
    return {
        (row.display_name, row.number): row
        for row in sent
        if pairs[row.display_name, row.number] == 1
    }


def _row(sent: _Sent, message: str, field: str, line: int) -> tuple[str | int, ...]:
    code = classify(message, (sent.display_name, sent.number, sent.company_id))
    field = field or FIELD_OF[code]
    return (sent.record_id, *sent.cells, field, message, code, suggestion(code), line)


def _extra(log: _Log) -> pl.DataFrame:
    places = log.columns.others(len(log.header))
    names = column_names(["line", *(log.header[at] for at in places)])
    columns = [log.lines, *([row[at] for row in log.rows] for at in places)]
    kinds = [pl.Int64, *(pl.String for _ in places)]
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=kind)
            for name, values, kind in zip(names, columns, kinds, strict=True)
        ]
    )

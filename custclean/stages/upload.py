"""Write the files by which the target takes client numbers."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custclean import html
from custclean.errors import ConflictError, CustcleanError, SettingsError
from custclean.frames import to_polars
from custclean.model import LeftOut
from custclean.stages.upload_files import (
    Parcel,
    frame_of,
    loaded_frame,
    pack,
    parcel_of,
    read_round,
    round_files,
)
from custclean.stages.upload_rows import choose, in_words
from custclean.systems import SYSTEMS, UploadFormat
from custclean.tables.writing import write_atomic
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

__all__ = ["Upload", "UploadFile", "in_words", "upload"]

SCHEMA = 1
THREE = ("company_id", "display_name", "customer_number")


@dataclass(frozen=True, slots=True)
class UploadFile:
    """One file as written."""

    path: Path
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Upload:
    """What the target is to be told: files, and every client that is in none of them.

    `rows`: record_id, company_id, display_name, number, file, line (on which it starts).
    `unchanged` counts the clients that show their number already, `outside` those that
    were not asked for again.
    """

    target: str
    headings: tuple[str, str, str]
    files: tuple[UploadFile, ...]
    rows: pl.DataFrame
    left_out: tuple[LeftOut, ...] = ()
    unchanged: int = 0
    outside: int = 0

    @property
    def manifest(self) -> dict[str, Any]:
        """Describe the upload without a value of a client; JSON can hold it."""
        reasons = Counter(each.reason for each in self.left_out)
        return {
            "schema": SCHEMA,
            "target": self.target,
            "headings": list(self.headings),
            "files": [
                {"name": f.path.name, "rows": f.rows, "bytes": f.bytes, "sha256": f.sha256}
                for f in self.files
            ],
            "rows": self.rows.height,
            "unchanged": self.unchanged,
            "outside": self.outside,
            "left_out": dict(sorted(reasons.items())),
        }

    @classmethod
    def load(cls, folder: Path | str) -> Upload:
        """Read an upload back from its folder, or from one file of it.

        Files do not say who was left out, nor the ids that records had: a record's id is
        made of the target and the company id, as for every client list of that system.
        """
        target, found = read_round(Path(folder))
        parcels = [parcel for _, parcel in found]
        files = tuple(_described(path, parcel) for path, parcel in found)
        return cls(target, parcels[0].headings, files, loaded_frame(target, parcels))

    def __len__(self) -> int:
        return self.rows.height

    def __repr__(self) -> str:
        rows = trn("{n} row", "{n} rows", self.rows.height)
        files = trn("{n} file", "{n} files", len(self.files))
        return (
            f"<Upload to {self.target}: {rows} in {files},"
            f" {self.unchanged} unchanged, {len(self.left_out)} left out>"
        )

    def _repr_html_(self) -> str:
        return html.table(self.rows, title=repr(self))


def upload(  # noqa: PLR0913  # the names of the public call
    table: object,
    *,
    target: str,
    folder: Path | str,
    like: object | None = None,
    headers: Sequence[str] | None = None,
    only: object | None = None,
    max_rows: int | None = None,
    max_bytes: int | None = None,
) -> Upload:
    """Write `<target>-001.csv` ... into `folder`: new and changed numbers, nothing else.

    `table`: what `number` gave, or a list with the intended customer_number. `like`: the
    newest download; ids, names and headings are echoed from it byte for byte. `only`: an
    error log that was read; just its rows again. Earlier files of this target in the
    folder are replaced, so that the folder holds this upload and no other.
    """
    form = _form(target)
    if like is None and hasattr(table, "report"):
        like = table  # a download itself: what it shows is what the target has
    headings = _headings(form, like, headers)
    chosen = choose(table, like=like, only=only, number_max=form.number_max)
    cells = [(row.company_id, row.display_name, row.number) for row in chosen.rows]
    groups, too_large = pack(
        cells,
        headings,
        max_rows=form.max_rows if max_rows is None else max_rows,
        max_bytes=form.max_bytes if max_bytes is None else max_bytes,
    )
    parcels = [
        parcel_of(f"{target}-{number:03d}.csv", headings, [cells[at] for at in group])
        for number, group in enumerate(groups, 1)
    ]
    written = [chosen.rows[at].record_id for group in groups for at in group]
    refused = [LeftOut(chosen.rows[at].record_id, "row_too_large") for at in too_large]
    result = Upload(
        target=target,
        headings=headings,
        files=_write(Path(folder), target, parcels),
        rows=frame_of(parcels, written),
        left_out=tuple(sorted([*chosen.left_out, *refused])),
        unchanged=chosen.unchanged,
        outside=chosen.outside,
    )
    _hold(result, to_polars(table).height)
    return result


def _form(target: str) -> UploadFormat:
    system = SYSTEMS.get(target)
    if system is None or system.upload is None:
        able = [name for name, each in SYSTEMS.items() if each.upload]
        raise SettingsError(
            tr("this system takes no upload of client numbers"),
            value=target,
            expected=tr("one of {names}", names=", ".join(able)),
        )
    return system.upload


def _headings(
    form: UploadFormat, like: object | None, headers: Sequence[str] | None
) -> tuple[str, str, str]:
    """Take the caller's headings, else the download's own, else the target's English."""
    if headers:
        given = tuple(headers)
        if len(given) != 3 or len({each.strip() for each in given} - {""}) != 3:
            raise SettingsError(
                tr("an upload needs three different headings"),
                value=", ".join(given),
                expected=", ".join(form.headings["en"]),
            )
        return given[0], given[1], given[2]
    found: Mapping[str, str] = getattr(getattr(like, "report", None), "headings", None) or {}
    shown = [found.get(name, "") for name in THREE]
    # a download may lack a column: its own language says how that one is called
    alike = {
        language: sum(a == b for a, b in zip(shown, names, strict=True))
        for language, names in form.headings.items()
    }
    language = max(alike, key=lambda name: (alike[name], name == "en"))
    one, two, three = (a or b for a, b in zip(shown, form.headings[language], strict=True))
    return one, two, three


def _write(folder: Path, target: str, parcels: Sequence[Parcel]) -> tuple[UploadFile, ...]:
    try:
        if folder.is_dir():
            names = {parcel.name for parcel in parcels}
            for _, path in round_files(folder, target):
                if path.name not in names:
                    path.unlink()
        for parcel in parcels:
            write_atomic(folder / parcel.name, parcel.data)
    except OSError as error:
        why = error.strerror or type(error).__name__
        msg = tr("the upload could not be written: {why}", why=why)
        raise CustcleanError(msg, file=folder) from None
    return tuple(_described(folder / parcel.name, parcel) for parcel in parcels)


def _described(path: Path, parcel: Parcel) -> UploadFile:
    digest = hashlib.sha256(parcel.data).hexdigest()
    return UploadFile(path, len(parcel.rows), len(parcel.data), digest)


def _hold(result: Upload, clients: int) -> None:
    """Check that every client of the list ended once, whatever went in."""
    ended = len(result) + len(result.left_out) + result.unchanged + result.outside
    if ended != clients or sum(each.rows for each in result.files) != len(result):
        raise ConflictError(tr("not every client ended in exactly one list"))

"""Count again, from the input and output files alone: the second opinion on a run.

Shares no code with the reader or the writer on purpose: only csv, hashlib, io and json.
The manifest says how a list was read (encoding, delimiter, line of the headings, lines that
are no rows); what then does not fit is a finding. No finding holds a value.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["recount"]

BLANK = " \t\r\n\f\v\u00a0\ufeff\u200b\u2007\u202f"
# What a damaged file or a manifest of another make leads to: found, not fallen over.
DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, csv.Error)


class _Line(NamedTuple):
    """A record of the list: the line it starts on, and its cells."""

    number: int
    cells: list[str]


class _List(NamedTuple):
    """The list as read here. Not `plain`: a quote ran away, only single lines are sure."""

    headings: list[str]
    lines: list[_Line]
    plain: bool
    text: str


def recount(project: Path) -> tuple[str, ...]:
    """Compare `out/` with `inbox/`; give a sentence for each thing that does not add up."""
    problems: list[str] = []
    try:
        for problem in _problems(project):
            problems.append(problem)  # noqa: PERF402  # what was found before a fault counts
    except DAMAGE as error:
        kind = type(error).__name__
        problems.append(tr("inputs and outputs cannot be counted again: {kind}", kind=kind))
    return tuple(problems)


def _problems(project: Path) -> Iterator[str]:
    out = project / "out"
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    yield from _hashes(project, manifest)
    heading, *rows = _own(out / "reports" / "clients.csv")
    fates = [dict(zip(heading, row, strict=True)) for row in rows]
    yield from _counts(manifest["balance"], fates)
    yield from _uploads(out, fates)
    newest = next(f for f in reversed(manifest["inputs"]) if f["part"] == "download")
    refused = _refused(out, newest["table"])
    said = manifest["balance"]["rejected"]
    if len(refused) != said:
        yield tr("{fate}: {n} said, {m} found", fate="rejected", n=said, m=len(refused))
    if newest["recounted"]:
        yield from _against(project / "inbox" / newest["file"], newest, fates, refused)
    elif newest["rows"] != len(fates):
        yield _unequal(newest["table"], newest["rows"], len(fates))


def _unequal(file: str, rows: int, listed: int) -> str:
    return tr("{file} has {n} rows, the lists have {m}", file=file, n=rows, m=listed)


def _hashes(project: Path, manifest: Mapping[str, Sequence[Mapping[str, str]]]) -> list[str]:
    files = [(project / "inbox" / f["file"], f["sha256"]) for f in manifest["inputs"]]
    files += [(project / "out" / f["file"], f["sha256"]) for f in manifest["outputs"]]
    listed = {path for path, _ in files}
    asked = project / "out" / "questions"  # people fill these in
    wrong = [
        tr("{file} is not what the manifest says", file=path.name)
        for path, sha in files
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha
    ]
    extra = [
        tr("{file} is not in the manifest", file=path.name)
        for path in sorted((project / "out").rglob("*"))
        if path.is_file()
        and path not in listed
        and path.name != "manifest.json"
        and not path.is_relative_to(asked)
    ]
    return wrong + extra


def _own(path: Path) -> list[list[str]]:
    """Read a file that was written here: UTF-8, commas."""
    text = path.read_bytes().decode("utf-8-sig")
    # the text of a rejected line may be longer than the csv module lets a cell be
    limit = csv.field_size_limit(len(text) + 1)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    finally:
        csv.field_size_limit(limit)


def _counts(balance: Mapping[str, int], fates: Sequence[Mapping[str, str]]) -> Iterator[str]:
    found = Counter(row["fate"] for row in fates)
    for fate in sorted({*balance, *found} - {"rejected"}):
        n, m = balance.get(fate, 0), found[fate]
        if n != m:
            yield tr("{fate}: {n} said, {m} found", fate=fate, n=n, m=m)


def _uploads(out: Path, fates: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Each client said to be uploaded stands in an upload file, with that number."""
    sent = {
        (_bare(row[0]), _bare(row[2]))
        for path in sorted((out / "upload").glob("round-*/*.csv"))
        for row in _own(path)[1:]
    }
    said = [row for row in fates if row["fate"] == "uploaded"]
    lost = [r for r in said if (_bare(r["company_id"]), _bare(r["number"])) not in sent]
    if lost:
        yield trn(
            "{n} client is said to be uploaded, but stands in no upload file",
            "{n} clients are said to be uploaded, but stand in no upload file",
            len(lost),
        )


def _refused(out: Path, file: str) -> set[int]:
    """Give the lines of the list that the error report says are no records."""
    rows = _own(out / "reports" / "errors.csv")[1:]
    # by place: the headings are in the language of the project; no record and no field
    return {
        int(line)
        for name, line, record, field, *_ in rows
        if _bare(name) == _bare(file) and not record and not field
    }


def _against(
    path: Path,
    told: Mapping[str, Any],
    fates: Sequence[Mapping[str, str]],
    refused: set[int],
) -> Iterator[str]:
    """Hold the list itself against the lists that its rows should be in."""
    found = _read(path, told)
    beside = refused.union(told["notes"])
    kept = [line for line in found.lines if line.number not in beside]
    rows = len(kept) if found.plain else told["rows"]
    if rows != len(fates):
        yield _unequal(path.name, rows + len(refused), len(fates) + len(refused))
    lost = refused - {line.number for line in found.lines}
    if found.plain and lost:
        yield trn(
            "{n} rejected line is not in {file}",
            "{n} rejected lines are not in {file}",
            len(lost),
            file=path.name,
        )
    listed = Counter(filter(None, (_bare(row["company_id"]) for row in fates)))
    # of two columns with that heading it is the one that fits better
    places = [n for n, name in enumerate(found.headings) if name == told["id_heading"]]
    tried = [[*_ids(path.name, found, told, kept, listed, place)] for place in places]
    yield from min(tried, key=len, default=[])
    if found.plain and told["id_heading"] and not places:
        yield tr("{file} has no such headings as the manifest says", file=path.name)


def _read(path: Path, told: Mapping[str, Any]) -> _List:
    """Read the list by what the manifest says; only what stands below the headings."""
    text = path.read_bytes().decode(told["encoding"]).lstrip("\ufeff")
    strict = _records(text, told["delimiter"])
    lines = _single_lines(text, told["delimiter"]) if strict is None else strict
    filled = [line for line in lines if "".join(line.cells).strip(BLANK)]
    top = told["header_row"]
    headings = next((line.cells for line in filled if line.number == top), [])
    below = [line for line in filled if line.number > top]
    return _List(headings, below, strict is not None, text)


def _records(text: str, mark: str) -> list[_Line] | None:
    """Read by the letter; None where a quote may have run away over several lines."""
    found, tall, number = [], [], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for cells in reader:
            found.append(_Line(number, cells))
            if reader.line_num > number:
                tall.append(len(cells))
            number = reader.line_num + 1
    except csv.Error:
        return None
    width = _usual_width(found)
    return found if all(each == width for each in tall) else None


def _single_lines(text: str, mark: str) -> list[_Line]:
    """Read each line by itself; give those that are as wide as most: they are sure."""
    found = []
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        try:
            found.append(_Line(number, next(csv.reader([line], delimiter=mark), [])))
        except csv.Error:  # too long a cell: not sure
            continue
    width = _usual_width(found)
    return [line for line in found if len(line.cells) == width]


def _usual_width(lines: Sequence[_Line]) -> int:
    widths = Counter(len(line.cells) for line in lines if len(line.cells) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _ids(
    file: str,
    found: _List,
    told: Mapping[str, Any],
    kept: Sequence[_Line],
    listed: Counter[str],
    place: int,
) -> Iterator[str]:
    """Compare the company ids, taken from one column, with those of the lists."""
    given = Counter(filter(None, (_id(line, place) for line in kept)))
    missing, added = given - listed, listed - given
    alike = {len(key) for key in listed if key.isdigit()}
    noted = frozenset(told["notes"])
    if not found.plain:  # a line may be the rest of a cell, and what is not sure hold an id
        text = found.text.replace('"', "")
        missing = _only(missing, lambda key: key.isdigit() and len(key) in alike)
        added = _only(added, lambda key: key not in text)
    if missing:
        yield trn(
            "{n} company id of {file} is in no list, on line {line}",
            "{n} company ids of {file} are in no list, the first on line {line}",
            missing.total(),
            file=file,
            line=next(line.number for line in kept if _id(line, place) in missing),
        )
    if added:
        yield trn(
            "{n} company id of the lists is not in {file}",
            "{n} company ids of the lists are not in {file}",
            added.total(),
            file=file,
        )
    for line in found.lines:  # doubt a note with what looks like an id
        key = _id(line, place)
        if line.number in noted and key.isdigit() and len(key) in alike:
            yield tr(
                "line {line} of {file} was not read as a row, but has a company id",
                line=line.number,
                file=file,
            )


def _only(keys: Counter[str], wanted: Callable[[str], bool]) -> Counter[str]:
    return Counter({key: n for key, n in keys.items() if wanted(key)})


def _id(line: _Line, place: int) -> str:
    return _bare(line.cells[place]) if place < len(line.cells) else ""


def _bare(cell: str) -> str:
    """Take off what a review file puts before a formula, and stray quotes: not compared."""
    return cell.replace('"', "").strip(BLANK).lstrip("'")

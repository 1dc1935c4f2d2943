"""Count again, from the input and output files alone: the second opinion on a run.

Shares no code with the reader or the writer on purpose: only csv and json.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["recount"]

IDS = ("company id", "id da empresa")


def recount(project: Path) -> tuple[str, ...]:
    """Compare `out/` with `inbox/`; give a sentence for each thing that does not add up."""
    out = project / "out"
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    problems = [*_hashes(project, manifest)]
    newest = next(f for f in reversed(manifest["inputs"]) if f["part"] == "download")
    lines = _rows(project / "inbox" / newest["file"])
    fates = _rows(out / "reports" / "clients.csv", quoted=True)
    found = Counter(row["fate"] for row in fates)
    rejected = manifest["balance"]["rejected"]
    if len(lines) != len(fates) + rejected:
        problems.append(
            tr(
                "{file} has {n} rows, the lists have {m}",
                file=newest["file"],
                n=len(lines),
                m=len(fates) + rejected,
            )
        )
    for fate, count in manifest["balance"].items():
        if fate != "rejected" and found[fate] != count:
            problems.append(
                tr("{fate}: {n} said, {m} found", fate=fate, n=count, m=found[fate])
            )
    problems += _ids(lines, fates) + _uploads(out, fates)
    return tuple(problems)


def _hashes(project: Path, manifest: dict[str, list[dict[str, str]]]) -> list[str]:
    files = [(project / "inbox" / f["file"], f["sha256"]) for f in manifest["inputs"]]
    files += [(project / "out" / f["file"], f["sha256"]) for f in manifest["outputs"]]
    listed = {path for path, _ in files}
    wrong = [
        tr("{file} is not what the manifest says", file=path.name)
        for path, sha in files
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha
    ]
    extra = [
        tr("{file} is not in the manifest", file=path.name)
        for path in sorted((project / "out").rglob("*"))
        if path.is_file() and path not in listed and path.name != "manifest.json"
    ]
    return wrong + extra


def _rows(path: Path, *, quoted: bool = False) -> list[dict[str, str]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    delimiter = (
        ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    )
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    rows = [row for row in reader if any((value or "").strip() for value in row.values())]
    if quoted:  # a review file: an apostrophe before a formula
        rows = [{k: v.removeprefix("'") for k, v in row.items()} for row in rows]
    return rows


def _ids(lines: list[dict[str, str]], fates: list[dict[str, str]]) -> list[str]:
    column = next((name for name in lines[0] if name.strip().casefold() in IDS), None)
    if column is None:
        return []
    given = Counter(row[column] for row in lines if row[column].strip())
    listed = Counter(row["company_id"] for row in fates if row["company_id"].strip())
    missing, added = given - listed, listed - given
    return [tr("company id {id} is in no list", id=key) for key in missing] + [
        tr("company id {id} is not in the download", id=key) for key in added
    ]


def _uploads(out: Path, fates: list[dict[str, str]]) -> list[str]:
    """Each client said to be uploaded stands in an upload file, with that number."""
    sent: dict[str, set[str]] = {}
    for path in sorted((out / "upload").glob("round-*/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in list(csv.reader(file))[1:]:
                sent.setdefault(row[0], set()).add(row[2])
    return [
        tr("{id} is said to be uploaded, but stands in no upload file", id=row["company_id"])
        for row in fates
        if row["fate"] == "uploaded"
        and row["number"] not in sent.get(row["company_id"], set())
    ]

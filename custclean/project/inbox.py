"""What lies in the inbox: which file is what, and in which order the files came."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from custclean.errors import InputError, UnknownFileError
from custclean.model import Decision, Verdict
from custclean.settings import FileSettings
from custclean.stages.read import Export, read
from custclean.tables.writing import sha256_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from custclean.decisions import DecisionLog
    from custclean.model import Progress
    from custclean.settings import Settings

IGNORE = "ignore"  # kind of a file in custclean.toml: leave it
SHARED = 0.2  # of the smaller list; two downloads of one firm share nearly all

__all__ = ["Inbox", "Received", "load"]


@dataclass(frozen=True, slots=True)
class Received:
    """One file of the inbox; `seq` is its place in the decision log.

    A file is known by its name and its content: a download that is equal to an earlier
    one is still the newer one.
    """

    path: Path
    sha256: str
    export: Export
    seq: int = 0

    @property
    def key(self) -> str:
        """Name the file in the log."""
        return f"file:{self.sha256[:32]}:{self.path.name}"


@dataclass(frozen=True, slots=True)
class Inbox:
    """All files, oldest first, by the part they play.

    `downloads`: the list to be cleaned, one or more downloads of it. `references`: of
    each other kind (register, vendors, customers, transactions, contacts, employees)
    the newest file; `superseded`: older files of those kinds. `error_logs`: of uploads.
    """

    downloads: tuple[Received, ...]
    references: Mapping[str, Received]
    superseded: tuple[Received, ...]
    error_logs: tuple[Received, ...]

    @property
    def files(self) -> tuple[Received, ...]:
        """Every file that was read."""
        return (
            *self.downloads,
            *self.references.values(),
            *self.superseded,
            *self.error_logs,
        )

    def reference(self, kind: str) -> Export | None:
        """Give the newest file of a kind, if there is one."""
        found = self.references.get(kind)
        return None if found is None else found.export


def load(
    folder: Path,
    settings: Settings,
    log: DecisionLog,
    progress: Progress,
    known: dict[str, Export],
) -> Inbox:
    """Read every file of `folder`; new ones are entered into the log as received.

    `known` keeps what was read before, by name and sha256. The order of files is the
    order in which they were received; files that are new at once go by their time of
    change, then by name (`list (2)` before `list (10)`).
    """
    paths = sorted(
        (p for p in folder.iterdir() if p.is_file() and not _ignored(p.name, settings)),
        key=lambda path: (path.stat().st_mtime_ns, _natural(path.name)),
    )
    if not paths:
        raise InputError(tr("the inbox is empty: put the exports in"), file=folder)
    files = []
    for done, path in enumerate(paths):
        progress(tr("read"), done, len(paths))
        files.append(_one(path, settings, known))
    progress(tr("read"), len(paths), len(paths))
    ordered = _in_order(files, log)
    return _by_part(ordered, settings.target, folder)


def _ignored(name: str, settings: Settings) -> bool:
    """Tell whether a file is the system's own, or one that the settings say to leave."""
    told = settings.files.get(name)
    system = name.startswith((".", "~$")) or name.casefold() in ("desktop.ini", "thumbs.db")
    return system or (told is not None and told.kind == IGNORE)


def _one(path: Path, settings: Settings, known: dict[str, Export]) -> Received:
    sha = sha256_of(path)
    key = f"{path.name}:{sha}"
    if key not in known:
        told = settings.files.get(path.name, FileSettings())
        try:
            region = told.region or settings.region
            known[key] = read(path, system=told.system, kind=told.kind, region=region)
        except UnknownFileError as error:
            raise UnknownFileError(
                error.message,
                file=path,
                line=error.line,
                expected=tr(
                    'one of your exports; say what it is under [files."{name}"] in'
                    ' custclean.toml (kind = "ignore" leaves it)',
                    name=path.name,
                ),
            ) from None
    return Received(path, sha, known[key])


def _in_order(files: Sequence[Received], log: DecisionLog) -> list[Received]:
    known = _received(log)
    log.append_all(
        Decision(
            (file.key,),
            Verdict.RECEIVED,
            value={"file": file.path.name, "kind": file.export.kind},
        )
        for file in files
        if file.key not in known
    )
    order = _received(log)
    return sorted((replace(file, seq=order[file.key]) for file in files), key=_seq)


def _received(log: DecisionLog) -> dict[str, int]:
    return {d.key[0]: d.seq for d in log.history if d.verdict == Verdict.RECEIVED}


def _seq(file: Received) -> int:
    return file.seq


def _by_part(files: Sequence[Received], target: str, folder: Path) -> Inbox:
    downloads, logs, superseded = [], [], []
    references: dict[str, Received] = {}
    for file in files:
        kind = file.export.kind
        if kind == "error_log":
            logs.append(file)
        elif kind == "customers" and file.export.system == target:
            downloads.append(file)
        else:
            if kind in references:
                superseded.append(references[kind])
            references[kind] = file
    if not downloads:
        raise InputError(
            tr("no file of the inbox is a client list of {system}", system=target),
            file=folder,
            expected=tr(
                "the client list as downloaded; here are: {names}",
                names=", ".join(
                    f"{f.path.name} ({f.export.system} {f.export.kind})" for f in files
                ),
            ),
        )
    _one_firm(downloads)
    return Inbox(
        tuple(downloads), dict(sorted(references.items())), tuple(superseded), tuple(logs)
    )


def _one_firm(downloads: Sequence[Received]) -> None:
    """Refuse a list that shares hardly a client with the one before."""
    for before, after in pairwise(downloads):
        old, new = (set(d.export.table["company_id"].drop_nulls()) for d in (before, after))
        if old and new and len(old & new) < SHARED * min(len(old), len(new)):
            raise InputError(
                tr(
                    "only {n} of its {m} clients are in {other}, which came before it",
                    n=len(old & new), m=len(new), other=before.path.name,
                ),
                file=after.path,
                expected=tr("downloads of one firm; take the other list out of the inbox"),
            )  # fmt: skip


def _natural(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]

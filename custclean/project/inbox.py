"""What lies in the inbox: which file is what, and in which order the files came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.model import Decision, Verdict
from custclean.stages.read import Export, read
from custclean.tables.writing import sha256_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from custclean.decisions import DecisionLog
    from custclean.model import Progress
    from custclean.settings import Settings

__all__ = ["Inbox", "Received", "key_of", "load"]


@dataclass(frozen=True, slots=True)
class Received:
    """One file of the inbox."""

    path: Path
    sha256: str
    export: Export


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
        (p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~$"))),
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


def _one(path: Path, settings: Settings, known: dict[str, Export]) -> Received:
    sha = sha256_of(path)
    key = f"{path.name}:{sha}"
    if key not in known:
        told = settings.files.get(path.name)
        known[key] = read(
            path,
            system=told.system if told else None,
            kind=told.kind if told else None,
            region=(told.region if told else None) or settings.region,
        )
    return Received(path, sha, known[key])


def _in_order(files: Sequence[Received], log: DecisionLog) -> list[Received]:
    order = {
        key: decision.seq
        for decision in log.history
        if decision.verdict == Verdict.RECEIVED
        for key in decision.key
    }
    new = [file for file in files if _key(file) not in order]
    log.append_all(
        Decision(
            (_key(file),),
            Verdict.RECEIVED,
            value={"file": file.path.name, "kind": file.export.kind},
        )
        for file in new
    )
    rank = {
        _key(file): len(order) + n
        for n, file in enumerate(new, max(order.values(), default=0))
    }
    return sorted(files, key=lambda file: (order | rank)[_key(file)])


def key_of(sha256: str) -> str:
    """Name a file in the log."""
    return f"file:{sha256[:32]}"


def _key(file: Received) -> str:
    return key_of(file.sha256)


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
    return Inbox(
        tuple(downloads), dict(sorted(references.items())), tuple(superseded), tuple(logs)
    )


def _natural(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]

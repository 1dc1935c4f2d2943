"""What lies in the inbox: which file is what, and in which order the files came."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from custclean.errors import AmbiguousFileError, InputError, UnknownFileError
from custclean.model import Decision, Verdict
from custclean.project.aliases import Aliases
from custclean.settings import FileSettings
from custclean.stages.read import Export, preferred, read_all
from custclean.stages.read_company import companies_of, company_key, which_company
from custclean.stages.read_told import IGNORE
from custclean.tables.writing import sha256_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from custclean.decisions import DecisionLog
    from custclean.model import Progress
    from custclean.settings import Settings

DECIDED_ON = ("register", "contacts")  # besides the list to be cleaned
SHARED = 0.2  # of the smaller list; two downloads of one firm share nearly all

__all__ = ["Inbox", "Received", "left_alone", "load", "tables_of"]


@dataclass(frozen=True, slots=True)
class Received:
    """One file of the inbox; `seq` is its place in the decision log.

    A file is known by its name and its content: a download that is equal to an earlier
    one is still the newer one. Of a file with several tables each is received by itself;
    `first` is the one that a person would mean by the file's name.
    """

    path: Path
    sha256: str
    export: Export
    seq: int = 0
    first: bool = True

    @property
    def name(self) -> str:
        """Name the file, and the table in it where there are several."""
        report = self.export.report
        return f"{self.path.name}/{report.part}" if report.other_parts else self.path.name

    @property
    def key(self) -> str:
        """Name the file in the log."""
        name = self.path.name if self.first else self.name
        return f"file:{self.sha256[:32]}:{name}"


@dataclass(frozen=True, slots=True)
class Inbox:
    """All files, oldest first, by the part they play.

    `downloads`: the list to be cleaned, one or more downloads of it. `references`: of
    each other kind (register, vendors, customers, transactions, contacts, employees)
    the newest file; `superseded`: older files of those kinds. `error_logs`: of uploads.
    `left_out`: reports of other companies than the one that the settings name.
    `aliases` and `renamed` (key of a file: its id -> the one today) are filled where the
    records of older files stand under the ids of today.
    """

    downloads: tuple[Received, ...]
    references: Mapping[str, Received]
    superseded: tuple[Received, ...]
    error_logs: tuple[Received, ...]
    left_out: tuple[Received, ...] = ()
    aliases: Aliases = field(default_factory=Aliases)
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def files(self) -> tuple[Received, ...]:
        """Every file that was read and counts."""
        return (
            *self.downloads,
            *self.references.values(),
            *self.superseded,
            *self.error_logs,
        )

    @property
    def lists(self) -> tuple[tuple[Received, ...], ...]:
        """The lists on whose records people decide, of each every file, the newest last."""
        return (self.downloads, *(tuple(self._files(kind)) for kind in DECIDED_ON))

    def _files(self, kind: str) -> Iterator[Received]:
        yield from (file for file in self.superseded if file.export.kind == kind)
        if kind in self.references:
            yield self.references[kind]

    def reference(self, kind: str) -> Export | None:
        """Give the newest file of a kind, if there is one."""
        found = self.references.get(kind)
        return None if found is None else found.export


def load(
    folder: Path,
    settings: Settings,
    log: DecisionLog,
    progress: Progress,
    known: dict[str, tuple[Export, ...]],
) -> Inbox:
    """Read every file of `folder`; new ones are entered into the log as received.

    `known` keeps what was read before, by name and sha256. The order of files is the
    order in which they were received; files that are new at once go by their time of
    change, then by name (`list (2)` before `list (10)`).
    """
    paths = sorted(
        (p for p in folder.iterdir() if p.is_file() and not left_alone(p.name, settings)),
        key=lambda path: (path.stat().st_mtime_ns, _natural(path.name)),
    )
    if not paths:
        raise InputError(tr("the inbox is empty: put the exports in"), file=folder)
    files: list[Received] = []
    for done, path in enumerate(paths):
        progress(tr("read"), done, len(paths))
        files += tables_of(path, settings, known)
    progress(tr("read"), len(paths), len(paths))
    ours, others = _of_one_company(files, settings.inbox.company, folder)
    ordered = _in_order(ours, log)
    return replace(_by_part(ordered, settings.target, folder), left_out=tuple(others))


def left_alone(name: str, settings: Settings) -> bool:
    """Tell whether a file is the system's own, or one that the settings say to leave."""
    told = settings.files.get(name)
    system = name.startswith((".", "~$")) or name.casefold() in ("desktop.ini", "thumbs.db")
    return system or (told is not None and told.kind == IGNORE)


def tables_of(
    path: Path, settings: Settings, known: dict[str, tuple[Export, ...]]
) -> list[Received]:
    """Read every table of a file, once for each content and what was said about it."""
    sha = sha256_of(path)
    told = settings.files.get(path.name, FileSettings())
    key = f"{path.name}:{sha}:{told}:{settings.systems}:{settings.mappings}"
    if key not in known:
        known[key] = _read(path, settings, told.region or settings.region)
    exports = known[key]
    first = preferred(exports)
    return [Received(path, sha, each, first=each is first) for each in exports]


def _read(path: Path, settings: Settings, region: str) -> tuple[Export, ...]:
    try:
        return tuple(read_all(path, region=region, settings=settings))
    except UnknownFileError as error:
        raise UnknownFileError(
            error.message,
            file=path,
            line=error.line,
            expected=tr(
                "one of your exports; say what its columns are: custclean.map_columns(path);"
                ' or say what it is under [files."{name}"] in custclean.toml'
                ' (kind = "ignore" leaves it)',
                name=path.name,
            ),
        ) from None


def _of_one_company(
    files: Sequence[Received], company: str | None, folder: Path
) -> tuple[list[Received], list[Received]]:
    """Part the reports of one company, and all that names none, from those of others."""
    companies = companies_of((file.name, file.export) for file in files)
    known = set(map(company_key, companies))
    if len(known) < 2 and company is None:
        return list(files), []
    if company is None or (known and company_key(company) not in known):
        raise AmbiguousFileError(
            which_company(companies),
            file=folder,
            value=company,
            expected=tr("[inbox] company = one of them in custclean.toml"),
        )
    theirs = {
        file.name
        for name, names in companies.items()
        for file in files
        if file.name in names and company_key(name) != company_key(company)
    }
    ours = [file for file in files if file.name not in theirs]
    return ours, [file for file in files if file.name in theirs]


def _in_order(files: Sequence[Received], log: DecisionLog) -> list[Received]:
    known = _received(log)
    fresh = [
        Decision(
            (file.key,),
            Verdict.RECEIVED,
            value={"file": file.name, "kind": file.export.kind},
        )
        for file in files
        if file.key not in known
    ]
    if fresh:  # else a project can be looked at that is read-only, or whose log is held
        log.append_all(fresh)
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
                    f"{f.name} ({f.export.system} {f.export.kind})" for f in files
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
                    n=len(old & new), m=len(new), other=before.name,
                ),
                file=after.path,
                expected=tr("downloads of one firm; take the other list out of the inbox"),
            )  # fmt: skip


def _natural(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]

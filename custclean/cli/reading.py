"""Commands that look at files: `read` and `systems`."""

from __future__ import annotations

from glob import has_magic
from pathlib import Path
from typing import Annotated, Any

import typer

from custclean.cli.talk import Json, say, say_facts
from custclean.errors import CustcleanError
from custclean.words import mark, tr

__all__ = ["commands"]

TABS = ("tab", "\\t")  # how a shell says it

commands = typer.Typer()


@commands.command(
    help=mark(
        "Say what a file is, how it was read, and what could not be; of several, a line each."
    )
)
def read(  # noqa: PLR0913, PLR0917  # each option of the command has its name
    where: Annotated[
        list[str], typer.Argument(help=mark("Exports as downloaded, or a folder of them."))
    ],
    system: Annotated[str | None, typer.Option(help=mark("What it is from."))] = None,
    kind: Annotated[str | None, typer.Option(help=mark("What it holds."))] = None,
    part: Annotated[
        str | None, typer.Option(help=mark("Which sheet, section or file of an archive."))
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help=mark("How its letters are coded."))
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(help=mark("What parts its columns."))
    ] = None,
    header_row: Annotated[
        int | None, typer.Option(help=mark("The line of its headings; 0: it has none."))
    ] = None,
    mend: Annotated[
        bool, typer.Option("--mend", help=mark("Mend letters read wrong."))
    ] = False,
    settings: Annotated[
        Path | None, typer.Option(help=mark("A custclean.toml with mappings of your own."))
    ] = None,
    accept: Annotated[
        Path | None,
        typer.Option(help=mark("Save the mapping that is proposed in this custclean.toml.")),
    ] = None,
    as_json: Json = False,
) -> None:
    asked: dict[str, Any] = {
        "part": part,
        "encoding": encoding,
        "delimiter": "\t" if delimiter in TABS else delimiter,
        "header_row": header_row,
        "mend": mend or None,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    from custclean.tables.opening import path_of

    if len(where) == 1 and not Path(where[0]).is_dir() and not has_magic(where[0]):
        how = {"system": system, "kind": kind, "settings": settings, **given}
        _read_one(path_of(where[0]), how, accept, as_json=as_json)
        return
    alone = {"--system": system, "--kind": kind, "--part": part, "--accept": accept}
    for name, value in alone.items():
        if value is not None:
            raise CustcleanError(tr("only for a single file"), value=name)
    _read_all(where, {"settings": settings, **given}, as_json=as_json)


def _read_one(path: Path, how: dict[str, Any], accept: Path | None, *, as_json: bool) -> None:
    from custclean.cli.file import facts, say_export
    from custclean.cli.proposal import say_accepted
    from custclean.errors import UnknownFileError
    from custclean.stages.read import read as read_file

    saved = None
    try:
        export = read_file(path, **how)
    except UnknownFileError as error:
        saved = _accepted(path, how, accept, None if as_json else error)
        if saved is None:
            raise
        export = read_file(path, **how | {"settings": saved})
    if as_json:
        say_facts(facts(export))
        return
    say_export(export)
    if accept is not None:
        say_accepted(path, saved)


def _accepted(
    path: Path, how: dict[str, Any], accept: Path | None, error: CustcleanError | None
) -> Path | None:
    """Save what is proposed for a table that nobody knows, or say it; gives the settings."""
    from custclean.cli.proposal import say_proposal
    from custclean.stages.mapping import propose_mapping
    from custclean.stages.mapping_saved import save_mapping
    from custclean.tables import read_table

    given = {name: how[name] for name in how if name not in ("system", "kind", "settings")}
    raw = read_table(path, **given)
    mapping = propose_mapping(raw, kind=how["kind"])
    if accept is not None and mapping.columns:
        return save_mapping(accept, raw.header, mapping.kind, mapping.columns)
    if error is not None:
        error.expected = "system="  # the rest is said by the proposal
        if mapping.columns:
            say_proposal(mapping, path, how)
    return None


def _read_all(where: list[str], how: dict[str, Any], *, as_json: bool) -> None:
    from custclean.cli.files import facts_of_all, say_all
    from custclean.stages.read_many import read_each

    found = read_each(where, **how)
    if as_json:
        say_facts(facts_of_all(found))
    else:
        say_all(found, where)
    unread = (each.state == "unreadable" for each in found.refused)
    unknown = (each.state == "unknown" and not each.part for each in found.refused)
    if any(unread) or any(unknown):  # as of a file alone
        raise typer.Exit(1)


@commands.command(help=mark("List what each system reads and writes."))
def systems() -> None:
    from custclean.systems import list_systems

    for row in list_systems().iter_rows(named=True):
        reads = tr("reads: {what}", what=row["reads"] or "-")
        writes = tr("writes: {what}", what=row["writes"] or "-")
        say(f"{row['system']:<22} {reads}")
        say(f"{'':<22} {writes}")

"""What `custclean read` says of a table that nobody knows: what its columns could be."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from custclean.cli.console import table, terminal, wrapped
from custclean.labels import kind_said, label
from custclean.stages.read_told import settings_file
from custclean.systems._fields import base_of
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from custclean.stages.mapping import ColumnMapping

__all__ = ["as_command", "field_said", "say_accepted", "say_proposal"]


def say_proposal(mapping: ColumnMapping, path: Path, how: Mapping[str, Any]) -> None:
    """Say what the columns of a table that nobody knows could be, and how to accept it.

    `how` holds the options with which it was read, by their names in a call.
    """
    console = terminal()
    title = tr("No system knows it. As {kind} it could be:", kind=kind_said(mapping.kind))
    rows = [
        (heading, field_said(field), mapping.why[heading])
        for heading, field in mapping.columns.items()
    ]
    rows += [(heading, tr("kept beside"), "") for heading in mapping.beside]
    table(console, title, (tr("heading"), tr("field"), tr("why")), rows)
    target = shlex.quote(str(how.get("settings") or settings_file(path)))
    again = as_command(path, {name: how[name] for name in how if name != "settings"})
    wrapped(
        console,
        tr("To accept it: custclean read {path} --accept {file}", path=again, file=target),
    )
    wrapped(console, tr("To correct it, in a notebook: custclean.map_columns(path)"))


def say_accepted(path: Path, saved: Path | None) -> None:
    """Say where a mapping was saved, and whether it is found there by itself."""
    console = terminal()
    if saved is None:
        wrapped(console, tr("It is known already: nothing was saved."))
        return
    wrapped(console, tr("Saved in {file}: files with these headings are read so.", file=saved))
    if saved.absolute() != settings_file(path).absolute():
        wrapped(
            console,
            tr("It is used where you say --settings {file}", file=shlex.quote(str(saved))),
        )


def as_command(path: Path, options: Mapping[str, Any]) -> str:
    """Write a file and options as a shell takes them."""
    given = [
        (f"--{name.replace('_', '-')}", value)
        for name, value in options.items()
        if value not in (None, "")
    ]
    words = [
        word for name, value in given for word in ([name] if value is True else [name, value])
    ]
    return " ".join(shlex.quote(str(word)) for word in (path, *words))


def field_said(field: str) -> str:
    """Name a field as settings and tables do, and as people do."""
    said = next((each for each in map(label, (field, base_of(field))) if each != field), field)
    return field if said in {field, base_of(field)} else f"{field} ({said})"

"""A project as commands take it: its folder, who works on it, and the project opened."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from custclean.cli.talk import asked
from custclean.words import mark, set_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custclean.project import Project

__all__ = ["Folder", "Note", "Who", "opened"]

Folder = Annotated[Path, typer.Argument(help=mark("The project's folder."))]
Who = Annotated[
    str | None, typer.Option(help=mark("Whose decisions these are; else this user's."))
]
Note = Annotated[str, typer.Option(help=mark("What is to be remembered of it."))]


@contextmanager
def opened(folder: Path, who: str | None = None) -> Iterator[Project]:
    """Open a project, its progress shown; the bar is gone before anything is said.

    A project speaks its own language, but where another is asked for.
    """
    from custclean.cli.progress import Bar
    from custclean.project import Project

    with closing(Bar()) as bar, Project(folder, who=who, progress=bar) as project:
        if language := asked():
            project.settings = replace(project.settings, language=language)
        set_language(project.settings.language)
        yield project

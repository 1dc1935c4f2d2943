"""Commands to begin with: `demo`, `init`, `lab`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from custclean.cli.folder import Folder
from custclean.cli.talk import say
from custclean.errors import CustcleanError
from custclean.words import mark, tr

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(help=mark("Run the main job on the sample, against the practice target."))
def demo(
    folder: Annotated[
        Path, typer.Option("--folder", help=mark("Where the demo's project is made."))
    ] = Path("demo"),
) -> None:
    from custclean.demo import play

    play(folder, say)


@commands.command(
    help=mark("Make a project: a folder with settings and an inbox for the exports.")
)
def init(
    folder: Folder,
    region: Annotated[
        str, typer.Option(help=mark("Country of phones written without +, two letters."))
    ] = "US",
    own_domain: Annotated[
        list[str] | None, typer.Option(help=mark("An e-mail domain of your own firm."))
    ] = None,
) -> None:
    from custclean.project import Project

    Project.init(folder, region=region, own_domains=own_domain or ()).close()
    say(
        tr(
            "Made {folder}. Put the exports into {inbox}, then: custclean run {folder}",
            folder=folder,
            inbox=folder / "inbox",
        )
    )


@commands.command(help=mark("Open JupyterLab on the guided notebooks."))
def lab(folder: Annotated[Path, typer.Argument()] = Path()) -> None:
    import subprocess

    from custclean.bundled import copy_notebooks

    notebooks = copy_notebooks(folder)
    command = [sys.executable, "-m", "jupyterlab", str(notebooks)]
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603  # our own words
    except KeyboardInterrupt:
        code = 0
    if code:
        raise CustcleanError(
            tr("JupyterLab did not start"),
            expected=tr("JupyterLab: make lab, or pip install jupyterlab"),
        )

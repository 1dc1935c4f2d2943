"""The command that runs every stage: `run`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from custclean.cli.folder import Folder, opened
from custclean.cli.talk import Json, say, say_facts
from custclean.words import mark, tr, trn

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(help=mark("Run every stage on what is in the inbox, and write out/."))
def run(
    folder: Folder,
    decisions: Annotated[
        Path | None, typer.Option(help=mark("Recorded decisions (JSON lines) to enter first."))
    ] = None,
    as_json: Json = False,
) -> None:
    from custclean.cli.outcome import facts_of_run, lines_of_run
    from custclean.report.checks import state_words

    with opened(folder) as project:
        entered = project.replay(decisions) if decisions else 0
        result = project.run()
        checks = project.preflight(datetime.now().astimezone().date())
    if as_json:
        say_facts(facts_of_run(result) | {"decisions_entered": entered})
        return
    states = state_words()
    for check in checks:
        if check.state != "ok":
            said = {"name": check.name, "sentence": check.sentence}
            say(tr("{state}: {name}: {sentence}", state=states[check.state], **said))
    if entered:
        say(trn("{n} recorded decision entered.", "{n} recorded decisions entered.", entered))
    say(*lines_of_run(result, folder))

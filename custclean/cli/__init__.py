"""The command line, for a terminal or a schedule: what a notebook does, the same result.

Here the groups of commands become one program. A command imports what it needs when it
runs, so that help and version come at once.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from custclean.cli import people, reading, rounds, running, start
from custclean.cli.talk import ask, complain, say, say_facts, speak
from custclean.errors import CustcleanError
from custclean.words import Marked, mark, spoken

__all__ = ["app", "main"]

LANGUAGE = "--language"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=mark("Messy customer lists in, accepted uploads out. Nothing leaves this machine."),
)
for group in (start, reading, running, people, rounds):  # as help lists them
    app.registered_commands += group.commands.registered_commands


def main() -> None:
    """Run a command; bad input ends in one clear line and exit code 1."""
    arguments = _language_first(sys.argv[1:])
    command = typer.main.get_command(app)
    try:
        speak(arguments[1] if arguments[:1] == [LANGUAGE] and arguments[1:] else None)
        _translate_help(command)
        command(args=arguments, standalone_mode=True)
    except CustcleanError as error:
        if "--json" in arguments:
            say_facts(error.as_dict())
        else:
            complain(str(error))
        sys.exit(1)


def _language_first(words: list[str]) -> list[str]:
    """Put the language where it belongs, wherever a person has put it: before the command."""
    for place, word in enumerate(words):
        if word == "--":
            break
        if word == LANGUAGE:
            return [*words[place : place + 2], *words[:place], *words[place + 2 :]]
        if word.startswith(f"{LANGUAGE}="):
            return [LANGUAGE, word.partition("=")[2], *words[:place], *words[place + 1 :]]
    return words


def _translate_help(command: Any) -> None:
    """Say what a command and its options are for in the language that is spoken now."""
    for each in (command, *command.params):
        if getattr(each, "help", None):
            each.help = spoken(Marked(each.help))
    for inside in getattr(command, "commands", {}).values():
        _translate_help(inside)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(version("custclean"))
        raise typer.Exit


@app.callback()
def _options(
    language: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help=mark(
                "Speak en, it, pt, fr, es, da or de; without it a project speaks its own, all"
                " else that of the variable CUSTCLEAN_LANGUAGE."
            ),
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True)
    ] = False,
) -> None:
    del version
    ask(language)

"""How commands talk: lines for people, JSON for machines, in the language asked for."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated, Any

import typer

from custclean.errors import CustcleanError
from custclean.words import mark, set_language, speaks, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Json", "as_options", "ask", "asked", "complain", "say", "say_facts", "say_files", "speak",
    "with_colon",
]  # fmt: skip

Json = Annotated[bool, typer.Option("--json", help=mark("For machines: one JSON object."))]

ARGUMENT = re.compile(  # as the sentences name it that a notebook shows, too
    r"\b(part|system|kind|encoding|delimiter|header_row|mend)=(?:True\b|(?=[\s,;:.]|$))"
)
_ASKED: ContextVar[str | None] = ContextVar("asked", default=None)  # a language


def say(*lines: str) -> None:
    """Say each line to a person."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def say_files(files: Iterable[object]) -> None:
    """Name files below what was said of them."""
    say(*(f"  {file}" for file in files))


def say_facts(facts: Mapping[str, Any]) -> None:
    """Tell a machine."""
    say(json.dumps(facts))


def complain(sentence: str) -> None:
    """Say what is wrong: one line, on a terminal broken between its words."""
    told = as_options(sentence)
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns
        told = textwrap.fill(told, width, break_long_words=False, break_on_hyphens=False)
    sys.stderr.write(f"{told}\n")


def as_options(sentence: str) -> str:
    """Name the arguments of a call in a sentence as this command does.

    >>> as_options("mend=True mends it, header_row= says where; a=b")
    '--mend mends it, --header-row says where; a=b'
    """
    return ARGUMENT.sub(lambda found: f"--{found[1].replace('_', '-')}", sentence)


def with_colon(what: str, told: str) -> str:
    """Join with a colon, as the language writes it."""
    return tr("{name}: {what}", name=what, what=told)


def speak(language: str | None) -> None:
    """Speak a language, or that of the machine."""
    try:
        set_language(language or speaks())  # the variable may name what is none
    except ValueError as error:
        raise CustcleanError(str(error)) from None


def ask(language: str | None) -> None:
    """Speak the language that a person asks for, and remember that it was."""
    _ASKED.set(language)
    speak(language)


def asked() -> str | None:
    """Give the language that was asked for, if any."""
    return _ASKED.get()

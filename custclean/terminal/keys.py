"""What a terminal sends, as keys: what is pasted and what a program answers are none."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Keys", "Paste", "Press"]

PASTED = 4  # letters that come in one piece: nobody types so fast
QUIET = 3.0  # seconds after which a paste whose end was lost has ended
MOST = 100_000  # letters of a paste that are kept
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_NAMED = {
    "\r": "Enter", "\n": "Enter", "\t": "Tab", "\x1b": "Escape", "\x7f": "Backspace",
    "\x08": "Backspace",
}  # fmt: skip
_LETTERS = {
    "A": "ArrowUp", "B": "ArrowDown", "C": "ArrowRight", "D": "ArrowLeft", "H": "Home",
    "F": "End", "M": "Enter",
}  # fmt: skip
_NUMBERS = {
    "1": "Home", "3": "Delete", "4": "End", "5": "PageUp", "6": "PageDown", "7": "Home",
    "8": "End",
}  # fmt: skip
_SEQUENCE = re.compile(
    r"\x1b\[(?P<numbers>[0-?]*)[ -/]*(?P<final>[@-~])"  # CSI
    r"|\x1bO(?P<letter>[A-Za-z])"  # SS3: arrows and the keypad
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # what a program is told: no key
)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O|[\]PX^_][^\x07\x1b]*\x1b?)?")  # to its end


@dataclass(frozen=True, slots=True)
class Press:
    """One key: a letter as it was typed, or the name that browsers give it."""

    key: str


@dataclass(frozen=True, slots=True)
class Paste:
    """Text that was pasted."""

    text: str


class Keys:
    """Cuts what comes in into keys, however it was cut on its way.

    A paste is one event, whatever is in it: its end is waited for, but not for ever.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._fed = clock, 0.0
        self._rest = ""
        self._pasting = False

    @property
    def begun(self) -> bool:
        """Tell whether a key has begun that may be an Escape, or more."""
        return bool(self._rest) and not self._pasting

    def feed(self, text: str) -> list[Press | Paste]:
        """Take in what has come; gives the keys that are whole."""
        found: list[Press | Paste] = []
        self._fed = self._clock()
        burst = _burst(text) and not self._rest and not self._pasting
        self._rest += text
        if burst:
            return [Paste(self._taken(len(self._rest)))]
        while self._rest and (event := self._next()) is not None:
            if event != Press(""):
                found.append(event)
        return found

    def finish(self) -> list[Press | Paste]:
        """Say that nothing more has come: what has begun was a key of its own."""
        if self._pasting and self._clock() - self._fed >= QUIET:
            self._pasting = False
            return [Paste(self._taken(len(self._rest)))]
        if not self.begun:
            return []
        text = self._taken(len(self._rest))
        return [Press("Escape")] if text == "\x1b" else []

    def _next(self) -> Press | Paste | None:
        """Give the next event; `Press("")` for what is no key, None: it is not whole yet."""
        if self._pasting:
            return self._pasted()
        if self._rest.startswith(PASTE_BEGINS):
            self._taken(len(PASTE_BEGINS))
            self._pasting = True
            return self._pasted()
        if not self._rest.startswith("\x1b"):
            return Press(_named(self._taken(1)))
        found = _SEQUENCE.match(self._rest)
        if found:
            self._taken(found.end())
            return Press(_of_sequence(found))
        return None if _BEGUN.fullmatch(self._rest) else self._alone()

    def _alone(self) -> Press:
        """Take an Escape after which another one comes; with Alt it is no key of ours."""
        if self._rest.startswith("\x1b\x1b"):
            return Press(_named(self._taken(1)))
        self._taken(2)
        return Press("")

    def _pasted(self) -> Paste | None:
        end = self._rest.find(PASTE_ENDS)
        if end < 0:
            if len(self._rest) > MOST:  # the end may have begun
                self._rest = f"{self._rest[:MOST]} {self._rest[1 - len(PASTE_ENDS) :]}"
            return None
        self._pasting = False
        text = self._taken(end)
        self._taken(len(PASTE_ENDS))
        return Paste(text)

    def _taken(self, count: int) -> str:
        text, self._rest = self._rest[:count], self._rest[count:]
        return text


def _burst(text: str) -> bool:
    """Tell whether this was pasted where a terminal does not say so; a held key is none."""
    letters = _SEQUENCE.sub("", text).partition("\x1b")[0]
    return len(letters) >= PASTED and len(set(letters)) > 1 and PASTE_BEGINS not in text


def _named(letter: str) -> str:
    if letter in _NAMED:
        return _NAMED[letter]
    if letter < " ":
        return f"Ctrl+{chr(ord(letter) + 64).lower()}"
    return letter


def _of_sequence(found: re.Match[str]) -> str:
    """Name the key of a sequence; with a modifier it is none of ours."""
    if found["letter"]:
        return _LETTERS.get(found["letter"], "")
    number, _, modifier = (found["numbers"] or "").partition(";")
    if not found["final"] or modifier not in {"", "1"}:
        return ""
    names = _NUMBERS if found["final"] == "~" else _LETTERS
    return names.get(number if found["final"] == "~" else found["final"], "")

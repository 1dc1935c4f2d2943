"""What can go wrong, drawn once.

CustcleanError
├── InputError               a file is not what it should be
│   ├── UnknownFileError     no system knows it
│   ├── AmbiguousFileError   several systems claim it
│   └── DamagedIdsError      its company ids cannot be trusted
├── SettingsError            custclean.toml or an argument
├── SchemaError              written by a newer custclean, or lacks what its schema promises
├── DecisionError            the decision log refuses
│   ├── LogDamagedError      its checksum chain does not hold
│   ├── LogBusyError         somebody else holds it
│   ├── LogMovedError        it has grown since the caller read it
│   └── UndoRefusedError     done in or sent to the target system: cannot be taken back here
└── ConflictError            two facts that cannot both be right
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.words import language, speaks, tr

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = 40


def shown(value: object) -> str:
    """Quote a value for a message, cut to 40 characters.

    >>> shown("x" * 50)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"
    """
    text = str(value)
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


class CustcleanError(Exception):
    """A sentence for a person; the place and the value are kept apart from it.

    `str(error)` is one line: file, line, message, at most one value (cut to 40
    characters), what was expected. `as_dict()` is for machines and logs: no value.
    """

    def __init__(  # each part of a message has its own name
        self,
        message: str,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        column: str | None = None,
        value: object = None,
        expected: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = None if file is None else str(file).replace("\\", "/").rsplit("/", 1)[-1]
        self.line = line
        self.column = column
        self.value = value
        self.expected = expected
        self._language = speaks()  # that of the message: what is added to it speaks the same

    def __str__(self) -> str:
        with language(self._language):
            line = None if self.line is None else tr("line {n}", n=self.line)
            wanted = tr("expected {what}", what=self.expected) if self.expected else None
        place = ", ".join(p for p in (self.file, line, self.column) if p)
        text = ": ".join(p for p in (place, self.message) if p)
        if self.value is not None:
            text += f": {shown(self.value)}"
        return " ".join("; ".join(p for p in (text, wanted) if p).split())

    def as_dict(self) -> dict[str, str | int | None]:
        """Give kind, message, file, line, column and expectation; never the value."""
        return {
            "error": type(self).__name__,
            "message": self.message,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "expected": self.expected,
        }


class InputError(CustcleanError):
    """A file is not what it should be."""


class UnknownFileError(InputError):
    """No system knows the file."""


class AmbiguousFileError(InputError):
    """Several systems claim the file."""


class DamagedIdsError(InputError):
    """The company ids of the file cannot be trusted."""


class SettingsError(CustcleanError):
    """A setting is unknown or has an impossible value."""


class SchemaError(CustcleanError):
    """A file of ours is newer than this version, or lacks what its schema promises."""


class DecisionError(CustcleanError):
    """The decision log refuses."""


class LogDamagedError(DecisionError):
    """The log's checksum chain does not hold."""


class LogBusyError(DecisionError):
    """Somebody else holds the log."""


class LogMovedError(DecisionError):
    """The log has grown since the caller read what the decisions rest on."""


class UndoRefusedError(DecisionError):
    """It was done in or sent to the target system and cannot be taken back here."""


class ConflictError(CustcleanError):
    """Two facts cannot both be right."""

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

    def __str__(self) -> str:
        place = [self.file, None if self.line is None else f"line {self.line}", self.column]
        parts = [", ".join(p for p in place if p), self.message]
        text = ": ".join(p for p in parts if p)
        if self.value is not None:
            text += f": {shown(self.value)}"
        if self.expected:
            text += f"; expected {self.expected}"
        return " ".join(text.split())

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

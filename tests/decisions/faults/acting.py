"""What others do to a log: read it, write past us, start programs on it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from custclean.decisions import DecisionLog

if TYPE_CHECKING:
    from custclean.model import Decision

__all__ = ["opened", "python", "raw"]


def opened(path: Path) -> tuple[Decision, ...]:
    with DecisionLog(path.parent, who="ann") as log:
        return log.history


def raw(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)


def python(code: str, *arguments: object, stdin: int | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(
        command, stdin=stdin, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )

"""Progress in a terminal: a bar with the time left, for what takes more than a second."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

__all__ = ["Bar"]

PATIENCE = 1.0  # seconds; what is quicker than this needs no bar


class Bar:
    """A `custclean.model.Progress` for terminals; on anything else it keeps quiet."""

    def __init__(self, console: Console | None = None, *, patience: float = PATIENCE) -> None:
        self._console = console or Console(stderr=True)
        self._patience = patience
        self._began = time.monotonic()
        self._shown: Progress | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is, once all of them together have taken their time."""
        if not self._console.is_terminal or time.monotonic() - self._began < self._patience:
            return
        if self._shown is None:
            columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            text = TextColumn("{task.description}")
            self._shown = Progress(text, *columns, console=self._console, transient=True)
            self._shown.start()
            self._shown.add_task(stage, total=total)
        task = self._shown.tasks[0]
        if task.total != total:  # another count begins, and so does its time
            self._shown.reset(task.id, total=total)
        self._shown.update(task.id, description=stage, completed=done)

    def close(self) -> None:
        """Take the bar away."""
        if self._shown is not None:
            self._shown.stop()
            self._shown = None

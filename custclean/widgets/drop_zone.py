"""Where files are dropped: they come in pieces by message, and are in no widget's state.

The upload of ipywidgets keeps the whole file in its state, takes no dropped one, and ends the
connection to the kernel above ten megabytes, which is all that one message may have.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from custclean.errors import CustcleanError, InputError
from custclean.project.arriving import Arriving, add_again
from custclean.widgets.answering import Answering, Told
from custclean.widgets.scripts import joined
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from custclean.project.arriving import Arrived

__all__ = ["DropZone"]

FORGOTTEN = 60.0  # seconds without a piece until a file that began is given up


class DropZone(Answering):
    """A button and a place to drop files on; each goes into `inbox`, whole or not at all.

    It also keeps keys pressed on the panel around it away from JupyterLab, where M would turn
    the cell into text, and gives the focus back to a button that was switched off for a while.
    """

    _esm = joined("dom.js", "drop.js")
    _css = joined("drop.css")

    def __init__(self, inbox: Path, on_arrived: Callable[[], object]) -> None:
        super().__init__()
        self._inbox, self._on_arrived = inbox, on_arrived
        self._coming: dict[str, tuple[Arriving, float]] = {}

    def __repr__(self) -> str:
        return "DropZone()"

    def _told_of(self, message: Told, buffers: Sequence[Any]) -> Told:
        asked, file = message.get("type"), str(message.get("file", ""))
        arrived: Arrived | None = None
        try:
            if asked == "hello":
                return {"type": "texts", "texts": _texts()}
            if asked == "piece":
                arrived = self._piece(file, message, buffers)
            elif asked == "again":
                names = str(message.get("like", "")), str(message.get("name", ""))
                arrived = add_again(self._inbox, *names)
        except CustcleanError as error:
            return {"type": "refused", "file": file, "said": str(error)}
        return {"type": "took", "file": file} if arrived is None else _said(arrived, file)

    def _answer(self, message: Told, buffers: Sequence[Any]) -> Told:
        told = super()._answer(message, buffers)
        if told["type"] == "arrived" and not told["again"]:
            self._on_arrived()
        return told

    def _broken(self, message: Told) -> Told:
        file = str(message.get("file", ""))
        return {"type": "refused", "file": file, "said": _texts()["broken"]}

    def _piece(self, file: str, message: Told, buffers: Sequence[Any]) -> Arrived | None:
        """Take one piece; the last one makes it a file."""
        if message.get("at") == 0:
            self._give_up()
            self._coming[file] = Arriving(self._inbox, str(message.get("name", ""))), 0.0
        if file not in self._coming or message.get("at") != self._coming[file][0].size:
            raise InputError(tr("the file did not come in order; drop it again"))
        coming = self._coming[file][0]
        coming.add(bytes(buffers[0]) if buffers else b"")
        self._coming[file] = coming, time.monotonic()
        if message.get("last") is not True:
            return None
        del self._coming[file]
        if coming.size != message.get("size"):
            coming.drop()
            raise InputError(tr("the file did not come whole; drop it again"))
        return coming.finish()

    def _give_up(self) -> None:
        """Leave nothing of files whose page was closed before they were whole."""
        now = time.monotonic()
        for file, (coming, last) in list(self._coming.items()):
            if now - last > FORGOTTEN:
                coming.drop()
                del self._coming[file]


def _said(arrived: Arrived, file: str) -> Told:
    told: Told = {"type": "arrived", "file": file, "again": ""}
    if arrived.added:
        return told | {"said": tr("{file} is in the inbox.", file=arrived.name)}
    same = tr("The inbox has the very same file already: {file}.", file=arrived.like)
    return told | {"said": same, "again": arrived.like}


def _texts() -> dict[str, str]:
    return {
        "choose": tr("Add files…"),
        "drop": tr("or drop them here"),
        "again": tr("It is a fresh download: add it all the same"),
        "coming": tr("{name}: {percent} %"),
        "broken": tr("Something went wrong; the log of JupyterLab says what."),
    }

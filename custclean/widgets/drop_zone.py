"""Where files are dropped: they come in pieces by message, and are in no widget's state.

The upload of ipywidgets keeps the whole file in its state, takes no dropped one, and ends the
connection to the kernel above ten megabytes, which is all that one message may have.
"""

from __future__ import annotations

import contextvars
import time
from typing import TYPE_CHECKING, Any

import anywidget

from custclean.errors import CustcleanError, InputError
from custclean.project.arriving import Arriving, add_again
from custclean.widgets.scripts import STATIC, joined
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from custclean.project.arriving import Arrived

__all__ = ["DropZone"]

FORGOTTEN = 60.0  # seconds without a piece until a file that began is given up


class DropZone(anywidget.AnyWidget):
    """A button and a place to drop files on; each goes into `inbox`, whole or not at all.

    It also keeps keys pressed on the panel around it away from JupyterLab, where M would turn
    the cell into text, and gives the focus back to a button that was switched off for a while.
    """

    _esm = joined("dom", "drop")
    _css = STATIC / "drop.css"

    def __init__(self, inbox: Path, on_arrived: Callable[[], object]) -> None:
        super().__init__()
        self._inbox, self._on_arrived = inbox, on_arrived
        self._coming: dict[str, tuple[Arriving, float]] = {}
        self._context = contextvars.copy_context()  # the language of who made it
        self.on_msg(self._received)

    def __repr__(self) -> str:
        return "DropZone()"

    def _received(
        self, _widget: object, message: dict[str, Any], buffers: Sequence[Any]
    ) -> None:
        self._context.copy().run(self._answer, message, buffers)

    def _answer(self, message: dict[str, Any], buffers: Sequence[Any]) -> None:
        asked, file = message.get("type"), str(message.get("file", ""))
        told: dict[str, Any] = {"type": "took", "file": file}
        arrived: Arrived | None = None
        try:
            if asked == "hello":
                told = {"type": "texts", "texts": _texts()}
            elif asked == "piece":
                arrived = self._piece(file, message, buffers)
            elif asked == "again":
                names = str(message.get("like", "")), str(message.get("name", ""))
                arrived = add_again(self._inbox, *names)
        except CustcleanError as error:
            told = {"type": "refused", "file": file, "said": str(error)}
        except BaseException:
            self.send({"type": "refused", "file": file, "said": _texts()["broken"]})
            raise
        if arrived is not None:
            told = _said(arrived, file)
        self.send(told)
        if arrived is not None and arrived.added:
            self._on_arrived()

    def _piece(
        self, file: str, message: dict[str, Any], buffers: Sequence[Any]
    ) -> Arrived | None:
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


def _said(arrived: Arrived, file: str) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "arrived", "file": file, "again": ""}
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

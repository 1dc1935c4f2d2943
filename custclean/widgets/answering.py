"""What widgets that talk by message have in common: each message of a view gets one answer."""

from __future__ import annotations

import contextvars
from typing import TYPE_CHECKING, Any

import anywidget

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Answering", "Told"]

Told = dict[str, Any]


class Answering(anywidget.AnyWidget):
    """A widget that keeps nothing in its state: its views ask, and `_told_of` answers."""

    def __init__(self) -> None:
        super().__init__()
        self._context = contextvars.copy_context()  # the language of who made the widget
        self.on_msg(self._received)

    def _received(self, _widget: object, message: Told, buffers: Sequence[Any]) -> None:
        """Answer one message of a view; JupyterLab calls this in a thread of its own."""
        self._context.copy().run(self._answer, message, buffers)

    def _answer(self, message: Told, buffers: Sequence[Any]) -> Told:
        try:
            told = self._told_of(message, buffers)
        except BaseException:
            # a view that waits for ever is worse; the error itself goes to Jupyter's log
            self.send(self._broken(message))
            raise
        self.send(told)
        return told

    def _told_of(self, message: Told, buffers: Sequence[Any]) -> Told:
        raise NotImplementedError

    def _broken(self, message: Told) -> Told:
        return {"type": "broken", "seq": message.get("seq", "")}

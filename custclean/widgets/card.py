"""The review card: an anywidget over a session. Keys decide; the kernel holds the truth."""

from __future__ import annotations

import contextvars
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget

from custclean.errors import CustcleanError, DecisionError
from custclean.model import Verdict
from custclean.widgets.texts import card_data, texts
from custclean.words import tr

if TYPE_CHECKING:
    from custclean.stages.review import ReviewSession

__all__ = ["ReviewCard"]

_STATIC = Path(__file__).parent / "static"
_VERDICTS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)
AHEAD = 8  # cards sent in advance, so that the next one is painted without asking
LONGEST_NOTE = 2000


class ReviewCard(anywidget.AnyWidget):
    """Two records side by side; J K Y N ? U decide and move, H helps.

    The browser asks on every render and gets one pair at a time by message: no value of
    a customer is in the widget's state, so none is saved with a notebook. "Saved" is
    shown once the decision is on disk.
    """

    _esm = _STATIC / "card.js"
    _css = _STATIC / "card.css"

    def __init__(self, session: ReviewSession) -> None:
        super().__init__()
        self._session = session
        self._context = contextvars.copy_context()  # the language of who made the card
        self.on_msg(self._received)

    def __repr__(self) -> str:
        counts = self._session.counts
        return f"ReviewCard({len(self._session)} pairs, {counts['decided']} decided)"

    @property
    def session(self) -> ReviewSession:
        """What the card shows."""
        return self._session

    def _received(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        """Answer one message of a view; JupyterLab calls this in a thread of its own."""
        self._context.copy().run(self._answer, message)

    def _answer(self, message: dict[str, Any]) -> None:
        seq, index = message.get("seq", ""), message.get("index")
        touched = {index} if type(index) is int else set()
        try:
            state = self._state(self._do(message), seq, touched)
        except CustcleanError as error:
            for place in touched:
                self._session.goto(place)
            state = self._state("refused", seq, touched) | {"message": str(error)}
        except BaseException:
            # a view that waits for ever is worse; the error itself goes to Jupyter's log
            self.send({"type": "broken", "seq": seq})
            raise
        self.send(state)

    def _do(self, message: dict[str, Any]) -> str:
        match message.get("type"):
            case "hello":
                return "hello"
            case "goto":
                self._session.goto(_index(message))
                return "moved"
            case "decide":
                verdict, note = message.get("verdict"), message.get("note", "")
                if not isinstance(note, str) or verdict not in _VERDICTS:
                    raise DecisionError(tr("this says nothing about two records"))
                index, then = _index(message), _index(message, "then")
                self._session.decide(verdict, note[:LONGEST_NOTE], index=index)
                self._session.goto(then)  # where the view has gone
                return "saved"
            case "undo":
                return "nothing" if self._session.undo() is None else "undone"
            case other:
                raise DecisionError(tr("the card asked what nobody knows"), value=other)

    def _state(self, kind: str, seq: object, places: set[int]) -> dict[str, Any]:
        session = self._session
        here, ahead = session.position, session.ahead(AHEAD)
        places = {here, here - 1, here + 1, *ahead, *places} & set(range(len(session)))
        told: dict[str, Any] = {
            "type": kind,
            "seq": seq,
            "total": len(session),
            "counts": session.counts,
            "position": here,
            "cards": [card_data(session.card(place)) for place in sorted(places)],
        }
        if kind == "hello":
            waits = "".join("1" if waits else "0" for waits in session.waiting)
            told |= {"texts": texts(), "waits": waits}
        return told


def _index(message: dict[str, Any], name: str = "index") -> int:
    index = message.get(name)
    if type(index) is not int:
        raise DecisionError(tr("there is no such pair"), value=index)
    return index

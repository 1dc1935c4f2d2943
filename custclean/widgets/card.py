"""The review card: an anywidget over a session. Keys decide; the kernel holds the truth."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from custclean.errors import CustcleanError, DecisionError
from custclean.model import Verdict
from custclean.stages.review import Filter
from custclean.widgets.answering import Answering, Told
from custclean.widgets.bulk_data import bulk_data
from custclean.widgets.card_data import card_data, percent, title
from custclean.widgets.card_panels import facets_data, filter_of, history_data
from custclean.widgets.scripts import joined
from custclean.widgets.texts import actions, keys_of, texts
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from custclean.stages.review import ReviewSession

__all__ = ["ReviewCard"]

# Each part uses only those before it.
_PARTS = ("dom.js", "talk.js", *(f"card/{part}.js" for part in (
    "buttons", "compare", "group", "frame", "sight", "list", "panels", "board", "keys", "view",
)))  # fmt: skip
_VERDICTS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)
_STATES = {  # one letter a question, so that 50,000 of them travel in 50 kB
    "open": "o",
    "again": "a",
    "contradiction": "c",
    "disputed": "p",
    "unmerged": "w",
    "same": "s",
    "different": "d",
    "mixed": "m",
    "unsure": "u",
    "aside": "x",
}
AHEAD = 8  # cards sent in advance, so that the next one is painted without asking
LONGEST_NOTE = 2000
MOST_ROWS = 200  # of the list, at once


class ReviewCard(Answering):
    """Records side by side; keys decide and move, H helps.

    The browser asks on every render and gets one question at a time by message: no value of
    a customer is in the widget's state, so none is saved with a notebook. "Saved" is shown
    once the decision is on disk. `keys`: action -> key, for those that are to be others.
    """

    _esm = joined(*_PARTS)
    _css = joined("theme.css", "card/card.css")

    def __init__(self, session: ReviewSession, keys: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._session = session
        self._chosen_keys = keys_of({**session.keys, **(keys or {})})
        self._told = 0  # how many of the session's moves the views know

    def __repr__(self) -> str:
        return f"ReviewCard({self._session!r})".replace("ReviewSession(", "").replace(
            "))", ")"
        )

    @property
    def session(self) -> ReviewSession:
        """What the card shows."""
        return self._session

    @property
    def chosen_keys(self) -> dict[str, str]:
        """Which key does what, as it was chosen here: to be given to `show` the next time."""
        return dict(self._chosen_keys)

    def _told_of(self, message: Told, _buffers: Sequence[Any]) -> Told:
        """Do what is asked, and say what came of it, also where the log cannot be read now."""
        seq, index = message.get("seq", ""), message.get("index")
        touched = {index} if type(index) is int else set()
        try:
            kind, told = self._do(message)
        except CustcleanError as error:
            kind, told = "refused", {"message": str(error)}
            if index in self._session.queue.places:
                with suppress(CustcleanError):
                    self._session.goto(index)
        try:
            return self._state(kind, seq, touched) | told
        except CustcleanError as error:  # what was saved is saved all the same
            return {"type": kind, "seq": seq, "message": str(error)} | told

    def _do(self, message: Told) -> tuple[str, Told]:
        asked = message.get("type")
        handlers: dict[object, Callable[[Told], tuple[str, Told]]] = {
            "hello": lambda _: ("hello", self._hello()),
            "goto": self._goto,
            "card": lambda _: ("card", {}),
            "decide": self._decide,
            "apply": self._decide,
            "undo": self._undo,
            "redo": lambda _: ("nothing" if self._session.redo() is None else "redone", {}),
            "draft": self._draft,
            "blind": self._blind,
            "keys": self._keys,
            "rows": self._rows,
            "facets": lambda _: ("facets", facets_data(self._session)),
            "filter": self._filter,
            "history": lambda told: ("history", history_data(self._session, told)),
            "bulk": self._bulk,
        }
        handler = handlers.get(asked)
        if handler is None:
            raise DecisionError(tr("the card asked what nobody knows"), value=asked)
        return handler(message)

    # ---- what the view asks for -------------------------------------------------------

    def _goto(self, message: Told) -> tuple[str, Told]:
        self._session.goto(_index(message))
        return "moved", {}

    def _decide(self, message: Told) -> tuple[str, Told]:
        verdict, note = message.get("verdict"), message.get("note", "")
        index, then = _index(message), _index(message, "then")
        if not isinstance(note, str):
            raise DecisionError(tr("this says nothing about two records"))
        if message["type"] == "apply":
            self._session.apply(note[:LONGEST_NOTE], index=index)
        elif verdict in _VERDICTS:
            self._session.decide(verdict, note[:LONGEST_NOTE], index=index)
        else:
            raise DecisionError(tr("this says nothing about two records"))
        self._session.goto(then)  # where the view has gone
        return "saved", {}

    def _undo(self, message: Told) -> tuple[str, Told]:
        seq = None if message.get("step") is None else _index(message, "step")
        if self._session.undo(seq) is None:
            return "nothing", {}
        return "undone", {}

    def _draft(self, message: Told) -> tuple[str, Told]:
        """Choose something that is not saved yet; the answer holds the card with it."""
        session, index = self._session, _index(message)
        records = session.card(index).records
        which = message.get("record")
        record = records[which] if type(which) is int and 0 <= which < len(records) else None
        field = message.get("field", "")
        match message.get("what"):
            case "pick" if isinstance(field, str):
                session.pick(field, record, index=index)
            case "eject" if record is not None:
                session.eject(record, index=index)
            case "move" if record is not None:
                session.move(record, index=index)
            case "split":
                session.split(index=index)
            case "clear":
                session.clear(index=index)
            case other:
                raise DecisionError(tr("the card asked what nobody knows"), value=other)
        return "chosen", {}

    def _blind(self, message: Told) -> tuple[str, Told]:
        self._session.blind = bool(message.get("on"))
        return "hello", self._hello()

    def _keys(self, message: Told) -> tuple[str, Told]:
        action, key = message.get("action"), message.get("key")
        self._chosen_keys = keys_of({**self._chosen_keys, str(action): key})  # type: ignore[dict-item]  # checked there
        return "keys", {"keys": self._chosen_keys}

    def _rows(self, message: Told) -> tuple[str, Told]:
        """Give lines of the list: what a question is called, and how likely it is."""
        session, first = self._session, max(0, _index(message, "first"))
        places = session.queue.places[first : first + MOST_ROWS]
        return "rows", {"first": first, "rows": [self._row(place) for place in places]}

    def _row(self, place: int) -> list[object]:
        question = self._session.questions[place]
        chance = None if self._session.blind else question.probability
        name = title([self._session.name(record) for record in question.records])
        return [place, name, "" if chance is None else f"{percent(chance)} %"]

    def _filter(self, message: Told) -> tuple[str, Told]:
        given = message.get("filter")
        self._session.show(filter_of(given) if given else Filter())
        return "view", self._view()

    def _bulk(self, message: Told) -> tuple[str, Told]:
        told = bulk_data(self._session, message)
        drawn = message.get("what") == "draw"
        return ("view", self._view() | told) if drawn else ("bulk", told)

    # ---- what the view is told --------------------------------------------------------

    def _hello(self) -> Told:
        return {
            "texts": texts(),
            "actions": actions(),
            "keys": self._chosen_keys,
            **self._view(),
        }

    def _view(self) -> Told:
        """Give all that is in sight: the order, and how each question stands."""
        session = self._session
        states = "".join(_STATES[standing.state] for standing in session.answers.standing)
        places = session.queue.places
        plain = places == list(range(len(session)))
        return {
            "states": states,
            "order": None if plain else places,
        }

    def _state(self, kind: str, seq: object, places: set[int]) -> Told:
        session = self._session
        session.catch_up()
        here, ahead = session.position, session.ahead(AHEAD)
        rank = session.queue.rank(here) or 0
        beside = session.queue.places[max(0, rank - 1) : rank + 2]
        wanted = {here, *beside, *ahead, *places} & set(range(len(session)))
        standing = session.answers.standing
        moved = {
            place: _STATES[standing[place].state] for place in session.moves[self._told :]
        }
        self._told = len(session.moves)
        return {
            "type": kind,
            "seq": seq,
            "counts": session.counts,
            "expected": round(session.expected, 1),
            "seconds": session.seconds_left,
            "blind": session.blind,
            "position": here,
            "moved": moved,
            "cards": [card_data(session.card(place)) for place in sorted(wanted)],
        }


def _index(message: Told, name: str = "index") -> int:
    index = message.get(name)
    if type(index) is not int:
        raise DecisionError(tr("there is no such pair"), value=index)
    return index

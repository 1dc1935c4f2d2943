"""The review in a terminal: keys go in, a frame comes out; the session holds the truth."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from custclean.decisions.standing import step_of
from custclean.errors import CustcleanError
from custclean.terminal.entry import Entry
from custclean.terminal.hand import Hand
from custclean.terminal.panels import PANELS, panel_of
from custclean.terminal.table import Look
from custclean.terminal.wording import acts, desk_keys, words
from custclean.widgets.card_data import card_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custclean.model import Decision
    from custclean.stages.review import ReviewSession
    from custclean.terminal.panel import Panel

__all__ = ["Desk"]

PAUSE = 0.7  # seconds without decisions after one was refused: hands are faster than eyes
SCROLL = 8  # lines at most
MANY = 5_000  # questions: what is done with all of them at once takes its time
VERDICTS = ("same", "different", "unsure")
OF_GROUPS = ("eject", "move", "split")
SAVING = frozenset({*VERDICTS, "apply", "undo", "redo"})
MOVES = {
    "ArrowUp": "previous", "ArrowDown": "next", "ArrowLeft": "left", "ArrowRight": "right",
    "PageUp": "up", "PageDown": "down", " ": "down",
}  # fmt: skip
REPEATED = frozenset(MOVES.values())


class Desk:
    """What a person sees of a session, and what their keys do.

    Nobody decides what is not shown: `shown` is the question of the last frame, None while a
    panel covers it. While something is written, keys only write.
    """

    def __init__(
        self,
        session: ReviewSession,
        keys: Mapping[str, str] | None = None,
        *,
        plain: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.session, self.keys = session, desk_keys({**session.keys, **(keys or {})})
        self.texts, self.actions = words(), acts()
        self.plain = plain
        self.hand = Hand(session)
        self.shown: int | None = None
        self.why = False
        self._top, self._page = 0, SCROLL
        self.panel: Panel | None = None
        self.writing: tuple[str, Entry] | None = None  # "note" or "search"
        self.notes: dict[int, str] = {}  # by question, until it is decided
        self.alert, self.told, self.wrong, self.done = "", "", False, False
        self._clock, self._quiet = clock, 0.0
        self._by_key = {key: name for name, key in self.keys.items()}
        self._acts = self._table()

    def card(self) -> dict[str, Any] | None:
        """Give the question that one looks at; None where nothing is in sight."""
        card = self.session.current
        if self.hand.look_at(card):
            self._top = 0
        return None if card is None else card_data(card)

    def look(self, width: int) -> Look:
        """Say how the card is looked at."""
        return Look(width, self.texts, self.hand.chosen, self.hand.first, self.plain)

    def sight(self, lines: int, fit: int) -> range:
        """Say which of so many lines are seen where there is room for `fit`."""
        self._page = max(1, min(SCROLL, fit))
        self._top = max(0, min(self._top, lines - fit))
        return range(self._top, min(self._top + fit, lines))

    # ---- keys ----

    def action_of(self, key: str) -> str:
        """Name what a key does on the card; "" nothing.

        With and without Shift it is the same, but where both were given a meaning.
        """
        named = self._by_key
        return MOVES.get(key) or named.get(key) or named.get(key.lower()) or ""

    def repeats(self, key: str) -> bool:
        """Tell whether a key may be held down: it only moves or writes."""
        if self.writing is not None:
            return key not in {"Enter", "Escape"}
        if self.panel is not None:
            return not (key in {"Enter", "Escape"} or self._closes(key))
        return self.action_of(key) in REPEATED

    def press(self, key: str) -> None:
        """Take one key."""
        self.told, saving = "", self._saves(key)
        try:
            if self.writing is not None:
                self._write(*self.writing, key)
            elif self.panel is not None:
                self._to_panel(self.panel, key)
            else:
                self._to_card(key)
        except CustcleanError as error:
            self.alert = str(error)
            if saving:
                self.wrong, self._quiet = True, self._clock() + PAUSE
                self.alert = f"{self.texts['not_saved']}: {error}"

    def _saves(self, key: str) -> bool:
        """Tell whether a key would write into the log."""
        if self.writing is not None:
            return False
        if self.panel is not None:
            return key == "Enter" and self.panel.saves
        return self.action_of(key) in SAVING

    def takes_long(self, key: str) -> bool:
        """Tell whether a key begins what takes more than a moment."""
        if len(self.session) < MANY or self.writing is not None:
            return False
        if self.panel is not None:
            return self.panel.asks(key)
        action = self.action_of(key)
        return action == "bulk" or (action in {"undo", "redo"} and self._has_just_done_many())

    def _has_just_done_many(self) -> bool:
        with suppress(CustcleanError):  # it is said when the key is taken
            history = self.session.log.history
            return bool(history) and len(step_of(history[-1], history)) >= MANY
        return False

    def paste(self, text: str) -> None:
        """Take what was pasted: it writes where one writes, and decides nothing."""
        if self.writing is not None:
            self.writing[1].write(text)
        elif self.panel is not None:
            self.panel.paste(text)
        else:
            self.alert = self.texts["pasted"]

    def _to_card(self, key: str) -> None:
        if not self.wrong:
            self.alert = ""
        data = self.card() if self.shown is not None else None
        if key in set("0123456789"):
            if data is not None:
                self.hand.digit(data, int(key))
        elif (name := self.action_of(key)) == "survivor":
            if data is not None:
                self.hand.keep_record(data)
        elif name:
            self._acts[name]()

    def _table(self) -> dict[str, Callable[[], object]]:
        session, hand = self.session, self.hand
        return {
            **{name: partial(self._decide, name) for name in VERDICTS},
            **{name: partial(self._divide, name) for name in OF_GROUPS},
            **{name: partial(self._open, name) for name in PANELS},
            **{name: partial(self._begin, name) for name in ("note", "search")},
            "undo": lambda: self._back(session.undo(), "undone"),
            "redo": lambda: self._back(session.redo(), "redone"),
            "previous": session.previous,
            "next": session.next,
            "left": partial(hand.choose, -1),
            "right": partial(hand.choose, 1),
            "up": partial(self._scroll, -1),
            "down": partial(self._scroll, 1),
            "apply": self._apply,
            "clear": self._clear,
            "why": self._toggle_why,
            "blind": self._toggle_blind,
            "quit": self._leave,
        }

    # ---- deciding ----

    def _ready(self) -> int | None:
        """Give the question that may be decided now."""
        return self.shown if self._clock() >= self._quiet else None

    def _decide(self, word: str) -> None:
        place = self._ready()
        if place is not None:
            self.session.decide(word, self.notes.get(place, ""), index=place)
            self._saved(place, self.texts[word])

    def _apply(self) -> None:
        place = self._ready()
        if place is None:
            return
        if not self.session.card(place).draft:
            self.alert = self.texts["nothing_chosen"]
            return
        self.session.apply(self.notes.get(place, ""), index=place)
        self._saved(place, self.texts["apply"])

    def _divide(self, how: str) -> None:
        if self.shown is not None:
            self.hand.divide(how)

    def _saved(self, place: int, word: str) -> None:
        self.notes.pop(place, None)
        self.alert, self.wrong = "", False
        rank = self.session.queue.rank(place)
        self.told = word if rank is None else f"{rank + 1}: {word}"

    def _back(self, taken: Decision | None, word: str) -> None:
        if taken is None:
            self.alert = self.texts["nothing_left"]
        else:
            self.alert, self.wrong, self.told = "", False, self.texts[word]

    # ---- looking ----

    def _clear(self) -> None:
        self.alert, self.wrong = "", False
        if self.shown is not None:
            self.session.clear(index=self.shown)

    def _scroll(self, pages: int) -> None:
        self._top = max(0, self._top + pages * self._page)  # the frame knows the end

    def _toggle_why(self) -> None:
        self.why, self._top = not self.why, 0

    def _toggle_blind(self) -> None:
        self.session.blind = not self.session.blind

    def _leave(self) -> None:
        self.done = True

    # ---- panels, and writing ----

    def _open(self, name: str) -> None:
        self.panel = panel_of(name, self.session, self.texts, (self.actions, self.keys))
        self._panel, self.shown = name, None

    def _to_panel(self, panel: Panel, key: str) -> None:
        self.alert, self.wrong = "", False
        told = None if key == "Escape" or self._closes(key) else panel.press(key)
        self.told = told or ""
        if told is None:
            self.panel = None

    def _closes(self, key: str) -> bool:
        writes = self.panel is not None and self.panel.writes
        return not writes and self.action_of(key) in {self._panel, "quit"}

    def _begin(self, what: str) -> None:
        if what == "search":
            self.writing = what, Entry(self.session.queue.filter.text)
        elif self.shown is not None:
            self.writing = what, Entry(self.notes.get(self.shown, ""))

    def _write(self, what: str, entry: Entry, key: str) -> None:
        if entry.press(key) or key not in {"Enter", "Escape"}:
            return
        self.writing = None
        if key == "Escape":
            return
        if what == "search":
            wanted = replace(self.session.queue.filter, text=entry.text.strip())
            found = self.session.show(wanted)
            self.told = self.texts["shown"].format(n=found, total=len(self.session))
        elif self.shown is not None:
            self.notes[self.shown] = entry.text.strip()

"""What of the queue is shown, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from custclean.stages.review.queue import ORDERS
from custclean.terminal.cursor import Cursor
from custclean.terminal.entry import Entry
from custclean.terminal.fit import cut
from custclean.terminal.panel import Panel
from custclean.widgets.card_panels import NUMBERS, facets_data, filter_of
from custclean.widgets.desk_words import number_shown, number_typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custclean.stages.review import ReviewSession
    from custclean.terminal.fit import Line

__all__ = ["FilterPanel"]

NAME = 30  # columns


class FilterPanel(Panel):
    """A line a condition: some are chosen from what there is, some are written."""

    def __init__(self, session: ReviewSession, texts: Mapping[str, str]) -> None:
        self.title, self.keys = texts["filter"], texts["panel_filter"]
        self._session, self._texts = session, texts
        told = facets_data(session)
        self._held: dict[str, str] = {"order": told["chosen"]["order"]}
        orders = [(name, texts[f"order_{name}"]) for name in ORDERS]
        self._choices: dict[str, list[tuple[str, str]]] = {"order": orders}
        self._labels = {"order": texts["order"], "text": texts["search"],
                        **{name: texts[name] for name in NUMBERS}}  # fmt: skip
        for facet in told["facets"]:
            values = [(v, f"{word} ({n})") for v, word, n in facet["values"]]
            self._choices[facet["name"]] = [("", texts["all"]), *values]
            self._labels[facet["name"]] = facet["label"]
            self._held[facet["name"]] = facet["chosen"]
        chosen = told["chosen"]
        numbers = {name: Entry(number_shown(name, chosen[name])) for name in NUMBERS}
        self._entries = {"text": Entry(chosen["text"]), **numbers}
        self._names = ["text", "order", *list(self._choices)[1:], *NUMBERS]
        self._cursor = Cursor(len(self._names))

    @property
    def writes(self) -> bool:
        """Tell whether keys write into the chosen line."""
        return self._names[self._cursor.at] in self._entries

    def lines(self, width: int, height: int) -> list[Line]:
        """Give what is seen of it."""
        return [self._line(place, width) for place in self._cursor.seen(height)]

    def _line(self, place: int, width: int) -> Line:
        name = self._names[place]
        here = place == self._cursor.at
        if name in self._entries:
            entry = self._entries[name]
            told = entry.text[: entry.at] + ("▏" if here else "") + entry.text[entry.at :]
        else:
            word = dict(self._choices[name]).get(self._held[name], self._held[name])
            told = f"◂ {word} ▸" if here else word
        style = "reverse" if here else ""
        label = Text(cut(self._labels[name], NAME - 1), style)
        return ((0, label), (NAME, Text(cut(told, width - NAME), "bold")))

    def press(self, key: str) -> str | None:
        """Change the chosen line, or show what fits; `None` then."""
        name = self._names[self._cursor.at]
        if key == "Enter":
            return self._show()
        if name in self._entries and key not in {"ArrowUp", "ArrowDown"}:
            self._entries[name].press(key)
        elif key in {"ArrowLeft", "ArrowRight"}:
            values = [value for value, _ in self._choices[name]]
            step = 1 if key == "ArrowRight" else -1
            at = values.index(self._held[name]) if self._held[name] in values else 0
            self._held[name] = values[(at + step) % len(values)]
        else:
            self._cursor.press(key)
        return ""

    def paste(self, text: str) -> None:
        """Write what was pasted."""
        name = self._names[self._cursor.at]
        if name in self._entries:
            self._entries[name].write(text)

    def _show(self) -> str | None:
        asked: dict[str, Any] = dict(self._held)
        asked["text"] = self._entries["text"].text.strip()
        for name in NUMBERS:
            asked[name] = number_typed(name, self._entries[name].text)
        self._session.show(filter_of(asked))
        return None

"""The panels of a plain card: filter, history, many at once; it draws the one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from custclean.stages.review import Filter
from custclean.stages.review.queue import FACETS, ORDERS
from custclean.widgets.bulk_data import bulk_data
from custclean.widgets.card_panels import NUMBERS, facets_data, filter_of, history_data
from custclean.widgets.desk_words import number_shown, number_typed
from custclean.widgets.plain_html import folded, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custclean.stages.review import ReviewSession

__all__ = ["BulkPart", "FilterPart", "HistoryPart"]

WIDE = {"description_width": "14em"}


def _button(word: str, name: str, act: Callable[[], None]) -> Any:
    button = ipywidgets.Button(description=word)
    button.add_class(f"custclean-{name}")
    button.on_click(lambda _: act())
    return button


class FilterPart(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """What is looked for, and in which order."""

    def __init__(self, session: ReviewSession, texts: Mapping[str, str], act: Any) -> None:
        self._session, self._texts, self._act = session, texts, act
        orders = [(texts[f"order_{name}"], name) for name in ORDERS]
        self._text = ipywidgets.Text(description=texts["search"], style=WIDE)
        self._order = ipywidgets.Dropdown(
            description=texts["order"], options=orders, style=WIDE
        )
        self._facets = {name: ipywidgets.Dropdown(style=WIDE) for name in FACETS}
        self._numbers = {
            name: ipywidgets.Text(description=texts[name], style=WIDE) for name in NUMBERS
        }
        buttons = [
            _button(texts["show"], "show", lambda: act("show", self._show)),
            _button(texts["show_all"], "show-all", lambda: act("show_all", self._show_all)),
        ]
        super().__init__(
            [
                self._text,
                self._order,
                *self._facets.values(),
                *self._numbers.values(),
                ipywidgets.HBox(buttons),
            ]
        )

    def draw(self) -> None:
        """Show what there is to choose from."""
        told = facets_data(self._session)
        found = {facet["name"]: facet for facet in told["facets"]}
        self._text.value = told["chosen"]["text"]
        self._order.value = told["chosen"]["order"]
        for name, one in self._facets.items():
            self._draw_facet(one, found.get(name))
        for name, one in self._numbers.items():
            one.value = number_shown(name, told["chosen"][name])

    def _draw_facet(self, one: Any, facet: dict[str, Any] | None) -> None:
        one.layout.display = "none" if facet is None else ""
        if facet is None:
            one.options = []
            return
        counted = [(f"{word} ({n})", value) for value, word, n in facet["values"]]
        held = facet["chosen"]
        if held and held not in dict(counted).values():
            counted.append((f"{held} (0)", held))  # nothing fits it now; it was chosen
        one.description = facet["label"]
        one.options = [(self._texts["all"], ""), *counted]
        one.value = held

    def clear(self) -> None:
        """Show no value."""
        for one in self._facets.values():
            one.options = []
        self._text.value = ""

    def _show(self) -> str:
        asked = {name: one.value or "" for name, one in self._facets.items()}
        numbers = {name: number_typed(name, one.value) for name, one in self._numbers.items()}
        given = {"text": self._text.value.strip(), "order": self._order.value}
        return self._shown(filter_of(asked | numbers | given))

    def _show_all(self) -> str:
        return self._shown(Filter())

    def _shown(self, wanted: Filter) -> str:
        found = self._session.show(wanted)
        return self._texts["shown"].format(n=found, total=len(self._session))


class HistoryPart(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """What was decided, newest first; a step is taken back or given back."""

    def __init__(self, session: ReviewSession, texts: Mapping[str, str], act: Any) -> None:
        self._session, self._texts = session, texts
        self._entries: dict[int, dict[str, Any]] = {}
        self._pages = 1
        self._list = ipywidgets.Select(
            description=texts["history"],
            rows=10,
            style={"description_width": "initial"},
            layout=ipywidgets.Layout(width="100%"),
        )
        self._list.observe(self._chose, "value")
        self._back = _button(
            texts["take_back"], "take-back", lambda: act("take_back", self._take_back)
        )
        self._more = _button(texts["more"], "more", lambda: act("next", self._read_more))
        there = _button(texts["go_there"], "go", lambda: act("next", self._go))
        super().__init__([self._list, ipywidgets.HBox([self._back, there, self._more])])

    def draw(self) -> None:
        """Show the newest steps, nothing chosen: nobody takes back by accident."""
        told: dict[str, Any] = {"more": True}
        self._entries = {}
        for _ in range(self._pages):
            if told["more"]:
                told = history_data(self._session, {"first": len(self._entries)})
                self._entries |= {entry["seq"]: entry for entry in told["entries"]}
        self._list.options = [(self._line(e), seq) for seq, e in self._entries.items()]
        self._list.value = None
        self._more.disabled = not told["more"]
        self._chose(None)

    def clear(self) -> None:
        """Show no value."""
        self._entries = {}
        self._list.options = []

    def _line(self, entry: Mapping[str, Any]) -> str:
        gone = "" if entry["stands"] else self._texts["taken_back"]
        note = f"“{entry['note']}”" if entry["note"] else ""
        told = [entry["when"], entry["who"], gone, entry["what"], entry["about"], note]
        return " · ".join(filter(None, told))

    def _chose(self, _change: object) -> None:
        entry = self._entries.get(self._list.value)
        self._back.disabled = entry is None or not entry["stands"]
        undo = entry is not None and entry["undo"]
        self._back.description = self._texts["give_back" if undo else "take_back"]

    def _take_back(self) -> str:
        entry = self._entries.get(self._list.value)
        if entry is None:
            return ""
        self._session.undo(entry["seq"])
        return self._texts["redone" if entry["undo"] else "undone"]

    def _go(self) -> str:
        entry = self._entries.get(self._list.value)
        if entry is not None and entry["place"] is not None:
            self._session.goto(entry["place"])
        return ""

    def _read_more(self) -> str:
        self._pages += 1
        return ""


class BulkPart(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """Many at once, after a sample of them was decided one by one."""

    def __init__(self, session: ReviewSession, texts: Mapping[str, str], act: Any) -> None:
        self._session, self._texts, self._drawing = session, texts, False
        self._said, self._listed = ipywidgets.HTML(), ipywidgets.HTML()
        self._tolerance = ipywidgets.Dropdown(description=texts["tolerance"], style=WIDE)
        self._tolerance.observe(self._changed, "value")
        self._sample = _button(texts["draw"], "draw", lambda: act("draw", self._draw_sample))
        self._accept = _button("", "accept", lambda: act("accept", self._accept_all))
        self._accept.layout.width = "auto"
        buttons = ipywidgets.HBox([self._sample, self._accept])
        super().__init__([self._tolerance, self._said, self._listed, buttons])

    def draw(self) -> None:
        """Show what the sample proves so far."""
        self._ask({"tolerance": self._tolerance.value})

    def clear(self) -> None:
        """Show nothing."""
        self._said.value = self._listed.value = ""

    def _ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = bulk_data(self._session, asked)["bulk"]
        self._drawing = True
        try:
            self._tolerance.options = [(word, share) for share, word in told["tolerances"]]
            self._tolerance.value = told["tolerance"]
        finally:
            self._drawing = False
        self._said.value = "".join(map(paragraph, [self._texts["bulk_title"], *told["said"]]))
        self._listed.value = "".join(map(folded, told["lists"]))
        self._sample.disabled = not told["drawable"]
        self._accept.disabled = not (told["acceptable"] and told["left"])
        self._accept.description = self._texts["accept"].format(n=told["left"])
        return told

    def _changed(self, _change: object) -> None:
        if not self._drawing:
            self.draw()

    def _draw_sample(self) -> str:
        self._ask({"what": "draw", "tolerance": self._tolerance.value})
        return ""

    def _accept_all(self) -> str:
        told = self._ask({"what": "accept", "tolerance": self._tolerance.value})
        return self._texts["accepted"].format(n=told["accepted"])

"""What can be chosen on a plain card before it is saved: a division, values to keep."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets

from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Choices"]

DIVIDING = ("eject", "move", "split", "clear")
LONGEST = 60  # letters of a value in a list
WIDE = {"description_width": "12em"}

Data = dict[str, Any]


class Choices(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """Buttons for groups, and a list a field in which the records differ, used again.

    `divide(what, place)` and `pick(field, place)` are called with the place of a record.
    """

    def __init__(
        self,
        texts: Mapping[str, str],
        divide: Callable[[str, int], None],
        pick: Callable[[str, int | None], None],
        redraw: Callable[[], None],
    ) -> None:
        self._texts, self._divide, self._pick, self._redraw = texts, divide, pick, redraw
        self._drawing = False
        self._records = ipywidgets.ToggleButtons(description=texts["chosen"], style=WIDE)
        self._records.observe(self._chose, "value")
        self._group = ipywidgets.VBox([self._records, ipywidgets.HBox(self._buttons())])
        self._lists: list[Any] = []
        self._fields: list[str] = []
        self._picks = ipywidgets.VBox()
        super().__init__([self._group, self._picks])
        self.clear()

    @property
    def chosen(self) -> int | None:
        """The place of the chosen record of a group."""
        return None if self._records.index is None else int(self._records.index)

    def clear(self) -> None:
        """Show nothing."""
        self.draw(None, another=True)

    def draw(self, data: Data | None, *, another: bool) -> None:
        """Show what can be chosen on a card; `another`: it is not the one of before."""
        self._drawing = True
        try:
            self._draw_group(data, another=another)
            self._draw_picks(data)
        finally:
            self._drawing = False

    def _buttons(self) -> list[Any]:
        made = []
        for name in DIVIDING:
            button = ipywidgets.Button(description=self._texts[name])
            button.layout.width = "auto"
            button.add_class(f"custclean-{name}")
            button.on_click(partial(self._divided, name))
            made.append(button)
        return made

    def _divided(self, name: str, _button: object) -> None:
        self._divide(name, self.chosen or 0)

    def _chose(self, _change: object) -> None:
        if not self._drawing:
            self._redraw()

    def _draw_group(self, data: Data | None, *, another: bool) -> None:
        group = data is not None and data["group"] is not None
        self._group.layout.display = "" if group else "none"
        names = [head["name"] for head in data["heads"]] if group and data else []
        options = [f"{place}: {_cut(name)}" for place, name in enumerate(names, 1)]
        if another or list(self._records.options) != options:
            self._records.options = options
            self._records.index = 0 if options else None

    def _draw_picks(self, data: Data | None) -> None:
        wanted = [] if data is None else [_survivors(data, self._texts), *_values(data)]
        self._fields = [name for name, *_ in wanted]
        while len(self._lists) < len(wanted):
            self._lists.append(self._list(len(self._lists)))
        shown = self._lists[: len(wanted)]
        for one, (_, label, options, kept, saved) in zip(shown, wanted):
            one.description = label
            one.options = options if saved else [(tr("as the rules say"), None), *options]
            known = any(place == kept for _, place in options)
            one.value = kept if known else None  # an empty value is none of them
        for one in self._lists[len(wanted) :]:
            one.options = [("", None)]
        self._picks.children = shown

    def _list(self, number: int) -> Any:
        made = ipywidgets.Dropdown(style=WIDE, layout=ipywidgets.Layout(width="40em"))
        made.observe(partial(self._picked, number), "value")
        return made

    def _picked(self, number: int, change: Any) -> None:
        if not self._drawing and number < len(self._fields):
            self._pick(self._fields[number], change["new"])


Wanted = tuple[str, str, list[tuple[str, int]], int | None, bool]


def _survivors(data: Data, texts: Mapping[str, str]) -> Wanted:
    options = [(f"{i + 1}: {_cut(head['name'])}", i) for i, head in enumerate(data["heads"])]
    draft = data["draft"]
    kept = draft["survivors"]
    return "", texts["survivor"], options, kept[0] if kept else None, bool(draft["saved"])


def _values(data: Data) -> list[Wanted]:
    """Give each field whose values can be chosen from, with what was chosen."""
    return [
        (
            field["name"],
            field["label"],
            [(f"{i + 1}: {_cut(_plain(p))}", i) for i, p in enumerate(field["values"]) if p],
            field["kept"][0] if field["kept"] else None,
            bool(field["saved"]),
        )
        for field in data["fields"]
        if field["key"] is not None
    ]


def _plain(pieces: list[list[Any]]) -> str:
    return "".join(text for text, _ in pieces)


def _cut(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST else f"{one_line[: LONGEST - 1]}…"

"""Records side by side in columns: what differs is marked by a sign, a word and a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text

from custclean.terminal.fit import cut, harmless, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from custclean.terminal.fit import Line

__all__ = ["Look", "header", "rows"]

Data = dict[str, Any]
NARROWEST, WIDEST = 22, 60  # columns of a value
WIDE = 110  # columns from which on a mark is called in full
LABEL = 18  # columns of a field's name at most
MARKS = {
    "same": "green",
    "clean": "cyan",
    "differ": "bold red",
    "own": "",
    "missing": "magenta",
}
DIFFERS, KEPT = "bold underline", "bold white on blue"


@dataclass(frozen=True, slots=True)
class Look:
    """How a card is looked at: columns, the chosen record, the field whose digit is 1."""

    width: int
    texts: Mapping[str, str]
    chosen: int | None = None
    first: int = 0
    plain: bool = False  # differences get brackets: an underline may not be seen


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns begin, and how wide they are."""

    label: int
    mark: int
    value: int
    places: range  # the records that are shown

    @property
    def columns(self) -> list[int]:
        """Say where the values begin."""
        left = 2 + self.label + 1 + self.mark + 1
        return [left + i * (self.value + 1) for i in range(len(self.places))]


def _grid(data: Data, look: Look) -> _Grid:
    label = min(LABEL, max((cell_len(field["label"]) for field in data["fields"]), default=0))
    mark = max(2 + cell_len(_word(mark, look)) for mark in MARKS)
    left = 2 + label + 1 + mark + 1
    many = len(data["heads"])
    fit = min(many, max(2, (look.width - left) // NARROWEST))
    start = (look.chosen or 0) // fit * fit
    value = min(WIDEST, max(4, (look.width - left) // fit - 1))
    return _Grid(label, mark, value, range(start, min(start + fit, many)))


def _word(mark: str, look: Look) -> str:
    long = f"mark_{mark}" if look.width >= WIDE else f"short_{mark}"
    return look.texts[long]


def header(data: Data, look: Look) -> list[Line]:
    """Say where each record is from, and what was chosen about it."""
    grid = _grid(data, look)
    cells = [list(_head(data, place, look, grid.value)) for place in grid.places]
    left: list[Line] = []
    if len(grid.places) < len(data["heads"]):
        told = f"{grid.places[0] + 1}–{grid.places[-1] + 1} / {len(data['heads'])}  ←→"
        left = [((0, Text(told, "bold")),)]
    return _beside(left, cells, grid)


def _head(data: Data, place: int, look: Look, width: int) -> Iterator[Text]:
    head, texts = data["heads"][place], look.texts
    style = "bold reverse" if place == look.chosen else "bold"
    for row in wrapped(f"{place + 1} {harmless(head['source'])}", width, most=2):
        row.stylize(style)
        yield row
    if place == look.chosen and len(data["heads"]) > 2:
        yield Text(cut(f"▲ {texts['chosen']}", width))
    part = next((i for i, some in enumerate(data["parts"]) if place in some), None)
    if part is not None:
        letter = chr(ord("A") + part % 26)
        yield Text(cut(texts["client"].format(letter=letter), width), "bold")
    if place in data["draft"]["survivors"]:
        yield Text(cut(f"● {texts['survivor']}", width), KEPT)


def rows(data: Data, look: Look) -> list[list[Line]]:
    """Give the lines of each field."""
    grid = _grid(data, look)
    return [_row(field, look, grid) for field in data["fields"]]


def _row(field: Data, look: Look, grid: _Grid) -> list[Line]:
    digit = None if field["key"] is None else field["key"] - look.first
    sign = Text(f"{field['sign']} {_word(field['mark'], look)}", MARKS[field["mark"]])
    name = Text(cut(field["label"], grid.label), "bold" if field["mark"] == "differ" else "")
    number = Text(str(digit) if digit and 1 <= digit <= 9 else " ", "bold reverse")
    if number.plain == " ":
        number.style = ""
    left: list[Line] = [((0, number), (2, name), (3 + grid.label, sign))]
    cells = [_cell(field, place, look, grid.value) for place in grid.places]
    return _beside(left, cells, grid)


def _cell(field: Data, place: int, look: Look, width: int) -> list[Text]:
    kept = place in field["kept"]
    text = _value(field["values"][place], look)
    if kept:
        text.stylize(KEPT)
        text.append(f"\n● {look.texts['kept']}", KEPT)
    return wrapped(text, width)


def _value(pieces: Sequence[Sequence[Any]] | None, look: Look) -> Text:
    if pieces is None:
        return Text(f"({look.texts['nothing']})", "dim")
    text = Text()
    for piece, differs in pieces:
        shown = harmless(piece)
        if differs and look.plain:
            shown = f"[{shown}]"
        text.append(shown, DIFFERS if differs else "")
    return text


def _beside(left: list[Line], cells: list[list[Text]], grid: _Grid) -> list[Line]:
    """Put cells beside one another, line by line."""
    height = max(len(left), *(len(cell) for cell in cells))
    lines = []
    for at in range(height):
        values = [(x, cell[at]) for x, cell in zip(grid.columns, cells) if at < len(cell)]
        lines.append((*(left[at] if at < len(left) else ()), *values))
    return lines

"""Whatever is in a value: it fits, and it commands nothing."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from custclean.terminal.fit import bare, cut, harmless, line, wrapped
from custclean.terminal.paint import Painter
from custclean.terminal.table import Look, header, rows
from custclean.terminal.wording import words
from tests.terminal.screens import ATTACK, SEQUENCES

TEXTS = words()
ANY = st.text(max_size=60)
VALUE = st.none() | st.lists(st.tuples(ANY, st.booleans()), min_size=1, max_size=4)


def painted(*lines: Any, **console: Any) -> str:
    screen = Console(file=io.StringIO(), force_terminal=True, **console)
    return Painter(screen).painted(lines)


@given(st.text())
def test_no_text_reaches_the_terminal_with_a_command_in_it(text: str) -> None:
    left = SEQUENCES.sub("", painted(((0, Text(text)),), line(text)))
    assert not any(unicodedata.category(c) == "Cc" for c in left.replace("\r\n", ""))


def test_what_would_command_a_terminal_is_shown_instead() -> None:
    shown = harmless(ATTACK)
    assert shown.startswith("[U+001B]]0;owned[U+0007] [U+001B][2J [U+009B]31m [U+202E]abc")
    assert bare("\x1b[2J") == "�[2J"


def test_an_accent_without_a_letter_does_not_sit_on_the_frame() -> None:
    assert harmless("\u0301a").startswith("◌\u0301")


@given(ANY, st.integers(1, 40))
def test_cut_text_fits(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width


@given(ANY, st.integers(2, 40))
def test_wrapped_text_fits_and_loses_no_letter(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(each.cell_len <= width for each in lines)
    assert "".join("".join(each.plain.split()) for each in lines) == "".join(
        harmless(text).split()
    )


def card(values: list[Any], many: int) -> dict[str, Any]:
    return {
        "heads": [{"id": str(i), "source": "list.csv", "name": "x"} for i in range(many)],
        "fields": [{"name": "n", "label": "Lead accountant", "mark": "differ", "sign": "≠",
                    "values": values, "key": 1, "kept": [0], "saved": []}],
        "parts": [[0], list(range(1, many))],
        "draft": {"any": True, "divided": True, "survivors": [0], "saved": []},
    }  # fmt: skip


@given(st.lists(VALUE, min_size=2, max_size=7), st.integers(50, 200), st.booleans(), st.data())
def test_records_beside_one_another_fit_any_window(
    values: list[Any], width: int, plain: bool, data: st.DataObject
) -> None:
    chosen = data.draw(st.none() | st.integers(0, len(values) - 1))
    look = Look(width, TEXTS, chosen, plain=plain)
    given = card(values, len(values))
    for each in [*header(given, look), *(one for row in rows(given, look) for one in row)]:
        ends = [column + text.cell_len for column, text in each]
        begins = [column for column, _ in each]
        assert all(end <= begin for end, begin in zip(ends, begins[1:]))
        assert max(ends, default=0) <= width


@pytest.mark.parametrize("plain", [True, False])
def test_what_differs_is_underlined_and_bracketed_where_that_may_not_be_seen(
    plain: bool,
) -> None:
    values = [[["Ann", False], ["e", True]], [["Ann", False]]]
    (row,) = rows(card(values, 2), Look(80, TEXTS, plain=plain))
    value = next(text for _, text in row[0] if "Ann" in text.plain)
    assert value.plain == ("Ann[e]" if plain else "Anne")
    assert any("underline" in str(span.style) for span in value.spans)


def test_without_colours_nothing_is_coloured_and_all_is_said() -> None:
    given = line(Text("≠ differs", "bold red"))
    assert "\x1b[1m≠ differs" in painted(given, no_color=True)
    assert "\x1b[1;31m≠ differs" in painted(given, no_color=False, color_system="standard")

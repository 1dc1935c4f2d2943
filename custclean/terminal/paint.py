"""A frame of lines as what a terminal understands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.console import Console

from custclean.terminal.fit import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from rich.text import Text

    from custclean.terminal.fit import Line

__all__ = ["Painter"]

HOME, REST_OF_LINE, REST = "\x1b[H", "\x1b[K", "\x1b[J"


class Painter:
    """Writes frames in the colours that the terminal has; none where NO_COLOR is set."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(markup=False, emoji=False, highlight=False)

    @property
    def colourless(self) -> bool:
        """Tell whether there are no colours, or a person wants none."""
        return self._console.no_color or self._console.color_system is None

    @property
    def plain(self) -> bool:
        """Tell whether an underline may not be seen: differences get brackets, too."""
        return self.colourless or os.environ.get("TERM") == "linux"

    def painted(self, lines: Sequence[Line]) -> str:
        """Give a whole frame, painted over the one before it."""
        return HOME + "\r\n".join(map(self._line, lines)) + REST

    def _line(self, given: Line) -> str:
        # the rest is wiped first: the letters of the line may reach its last column
        return f"\x1b[0m{REST_OF_LINE}" + "".join(
            f"\x1b[{column + 1}G{self._text(text)}" for column, text in given
        )

    def _text(self, text: Text) -> str:
        whole = self._console.get_style(text.style)
        segments = (each for each in text.render(self._console) if each.text)
        return "".join(
            self._styled(bare(each.text), whole + each.style if each.style else whole)
            for each in segments
        )

    def _styled(self, text: str, style: Style) -> str:
        coloured = style.without_color if self.colourless else style
        return coloured.render(text, color_system=ColorSystem.STANDARD)  # as every one has

"""The bar of the command line."""

from __future__ import annotations

import io

from rich.console import Console

from custclean.cli.progress import Bar


def shown(*, terminal: bool, patience: float) -> str:
    out = io.StringIO()
    bar = Bar(Console(file=out, force_terminal=terminal, width=80), patience=patience)
    for done in range(4):
        bar("read", done, 3)
    bar.close()
    return out.getvalue()


def test_a_terminal_sees_the_stage_and_how_far_it_is() -> None:
    text = shown(terminal=True, patience=0)
    assert "read" in text
    assert "3/3" in text
    assert ":" in text  # the time left


def test_what_is_quick_shows_nothing() -> None:
    assert shown(terminal=True, patience=60) == ""


def test_a_file_or_a_pipe_gets_nothing() -> None:
    assert shown(terminal=False, patience=0) == ""

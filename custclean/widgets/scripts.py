"""The code and the looks of a widget for the browser, joined of files that widgets share."""

from __future__ import annotations

from pathlib import Path

__all__ = ["joined"]

STATIC = Path(__file__).parent / "static"


def joined(*names: str) -> str:
    """Join files of `static` into one module, or one style sheet, in this order."""
    return "\n".join((STATIC / name).read_text("utf-8") for name in names)

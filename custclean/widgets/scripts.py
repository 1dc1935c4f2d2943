"""The code of a widget for the browser: one module, joined of files that widgets share."""

from __future__ import annotations

from pathlib import Path

__all__ = ["STATIC", "joined"]

STATIC = Path(__file__).parent / "static"


def joined(*parts: str) -> str:
    """Join files of `static` into one module, in this order."""
    return "\n".join((STATIC / f"{part}.js").read_text("utf-8") for part in parts)

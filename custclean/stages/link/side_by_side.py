"""Records of a pair or group under one another, what differs marked, with the reason above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean import html

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Block", "side_by_side"]

_LONGEST = 80  # letters of a value that are shown


@dataclass(frozen=True)
class Block:
    """Some records: why they stand together, their ids, and a row of values each."""

    reason: str
    ids: Sequence[str]
    rows: Sequence[Sequence[str | None]]


def side_by_side(header: Sequence[str], blocks: Sequence[Block], *, title: str) -> str:
    """Draw blocks as one table; columns that are empty throughout are left out.

    Values and ids are masked until `reveal()`; that two differ is seen all the same.
    """
    rows = [row for block in blocks for row in block.rows]
    kept = [n for n in range(len(header)) if any(_plain(row[n]) for row in rows)]
    head = "".join(f'<th scope="col">{html.escape(text)}</th>'
                   for text in ("", *(header[n] for n in kept)))  # fmt: skip
    bodies = "".join(_body(block, kept) for block in blocks)
    return (
        f'<div class="scroll"><table class="pairs"><caption>{html.escape(title)}</caption>'
        f"<thead><tr>{head}</tr></thead>{bodies}</table></div>"
    )


def _body(block: Block, kept: Sequence[int]) -> str:
    reason = (
        f'<tr><td class="why" colspan="{len(kept) + 1}">'
        f"<div>{html.escape(block.reason)}</div></td></tr>"
    )
    differs = {n for n in kept if len({_plain(row[n]) for row in block.rows} - {""}) > 1}
    lines = (
        f'<tr><th scope="row">{html.escape(_id(name))}</th>'
        + "".join(f"<td>{_cell(row[n], marked=n in differs)}</td>" for n in kept)
        + "</tr>"
        for name, row in zip(block.ids, block.rows, strict=True)
    )
    return f"<tbody>{reason}{''.join(lines)}</tbody>"


def _plain(value: str | None) -> str:
    return "".join(letter for letter in (value or "").casefold() if letter.isalnum())


def _id(name: str) -> str:
    return name if html.revealed() else html.id_shown(name)


def _cell(value: str | None, *, marked: bool) -> str:
    if not _plain(value):
        return ""
    text = str(value)
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    text = html.escape(text if html.revealed() else html.mask(text))
    return f"<mark>{text}</mark>" if marked else text

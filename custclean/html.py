"""What people look at: escaped, masked until revealed, whole without anything from elsewhere.

`table` is for notebooks and hides customers' values until `reveal()`; `grid` and the other
builders are for pages in a project's folder and show what they are given.
"""

from __future__ import annotations

import base64
import html
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from custclean.words import numeral, tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = [
    "bar",
    "bullets",
    "card",
    "drawing",
    "escape",
    "facts",
    "figure",
    "folded",
    "framed",
    "grid",
    "heading",
    "how_to_reveal",
    "id_shown",
    "mask",
    "page",
    "paragraph",
    "reveal",
    "revealed",
    "section",
    "table",
    "visible",
]

IDS = frozenset(
    "record_id left_id right_id cluster_id keep_id gone_id old_id new_id survivor_id"
    " member_id company_id".split()
)
BOOKKEEPING = frozenset(
    "system kind source_file source_row file line field column state status verdict fate class"
    " score weight probability level rule stage rows records pairs count bytes sha256 encoding"
    " rejected repaired repairs severity reason seq when order round action".split()
)
LONGEST_CELL = 200
# Bidi marks can show a name backwards; who looks should see that they are there.
_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_CONTROLS = {n: 0x2400 + n for n in range(32) if chr(n) not in "\t\n"} | {127: 0x2421}
_LONE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ID = re.compile(r"[\w:#./-]*[0-9][\w:#./-]*")
# of a picture: ink, background and grid lines, and what they are on the page it is put into
_PAGE_COLOURS = {
    "#1f2328": "currentColor",
    "#ffffff": "var(--jp-layout-color0, transparent)",
    "#d1d9e0": "var(--jp-border-color2, #9996)",
    "#0072b2": "#3b8fcf",  # readable in light and dark
}
_SESSION = {
    "revealed": False
}  # the one switch of a session: it belongs to the screen, not to data


def reveal(*, on: bool = True) -> None:
    """Show customers' values in tables from now on; `on=False` masks them again.

    What is shown is also saved when the notebook is saved.
    """
    _SESSION["revealed"] = on


def revealed() -> bool:
    """Say whether tables show customers' values."""
    return _SESSION["revealed"]


def how_to_reveal() -> str:
    """Say how masked values are shown."""
    return tr("values are masked; custclean.reveal() shows them")


def escape(text: object) -> str:
    """Make text harmless inside HTML, in an element or a quoted attribute; None is "".

    Control characters and marks that turn the reading direction become visible.

    >>> escape('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return "" if text is None else html.escape(visible(str(text)), quote=True)


def visible(text: str) -> str:
    r"""Make control characters and marks that turn the reading direction visible.

    >>> visible("Ann\u202e gnp.exe"), visible("a\x00b")
    ('Ann[U+202E] gnp.exe', 'a␀b')
    """
    plain = text.replace("\r\n", "\n").translate(_CONTROLS)
    return _MARKS.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", _LONE.sub("\ufffd", plain))


@cache
def _style(name: str) -> str:
    return Path(__file__).with_name(f"html_{name}.css").read_text(encoding="utf-8")


def _dots(text: str) -> str:
    length = len(text.strip())
    return "•" * (0 if not length else 2 if length <= 4 else 5 if length <= 12 else 9)


def mask(value: object) -> str:
    """Hide a value but for how long it is, roughly, and whether it holds an @.

    >>> mask("Ann Example"), mask("ann@example.com"), mask("7")
    ('•••••', '••@•••••', '••')
    """
    before, at, after = ("" if value is None else str(value)).partition("@")
    return _dots(before) + at + _dots(after)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_shown(part) for part in value)
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, int):
        return numeral(value)
    if isinstance(value, float):
        return numeral(value, ",.4g")
    return "" if value is None else str(value)


def id_shown(value: str) -> str:
    """Show an id; what looks like a name or an e-mail in a caller's own id column is masked.

    >>> id_shown("qbo:customers:#9a0b"), id_shown("Ann")
    ('qbo:customers:#9a0b', '••')
    """
    return value if _ID.fullmatch(value) else mask(value)


def _column(series: pl.Series, plain: Collection[str]) -> list[str]:
    texts = [_shown(value) for value in series.to_list()]
    texts = [t if len(t) <= LONGEST_CELL else t[: LONGEST_CELL - 1] + "…" for t in texts]
    ours = series.name in plain or series.name in BOOKKEEPING or series.dtype.is_numeric()
    if ours or revealed() or series.dtype == pl.Boolean:
        return texts
    return [(id_shown if series.name in IDS else mask)(text) for text in texts]


class _Drawn(str):
    """HTML that a builder here has finished: not escaped again in a cell."""

    __slots__ = ()


def bar(share: float, inner: float = 0.0, *, label: str) -> str:
    """Draw a share as a bar, a second share as a darker one in it, for a cell of `grid`.

    The colours are the page's own, so that it is readable in light and dark.
    """
    wide, dark = (round(60 * min(max(each, 0.0), 1.0), 1) for each in (share, inner))
    return _Drawn(
        f'<svg width="60" height="10" role="img" aria-label="{escape(label)}">'
        '<rect width="60" height="10" rx="2" fill="currentColor" opacity="0.12"/>'
        f'<rect width="{wide}" height="10" rx="2" fill="currentColor" opacity="0.4"/>'
        f'<rect width="{dark}" height="10" rx="2" fill="currentColor" opacity="0.5"/></svg>'
    )


def _cell(cell: object) -> str:
    return cell if isinstance(cell, _Drawn) else escape(_shown(cell))


def _rows(rows: Iterable[Sequence[object]], right: Collection[int], tag: str) -> str:
    kinds = {True: f'<{tag} class="n">', False: f"<{tag}>"}
    return "".join(
        "<tr>"
        + "".join(f"{kinds[i in right]}{_cell(cell)}</{tag}>" for i, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )


def grid(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    right: Collection[int] = (),
) -> str:
    """Draw a table of values as they are, escaped; `right` numbers the right-hand columns."""
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    head, body = _rows([header], right, "th"), _rows(rows, right, "td")
    head = head.replace("<th", '<th scope="col"')
    return (
        f'<div class="scroll"><table>{caption}<thead>{head}</thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def table(
    frame: pl.DataFrame,
    *,
    title: str = "",
    rows: int = 20,
    plain: Collection[str] = (),
    foreign: bool = False,
) -> str:
    """Draw the first rows of a frame for a notebook, customers' values masked.

    Shown as they are: columns named in `plain`, bookkeeping, numbers, and ids. `reveal()`
    shows all. Of a `foreign` frame, whose headings are a file's own, all is masked.
    The tags depend on the frame's shape and types only, never on its values.
    """
    part = frame.head(rows)
    right = [i for i, dtype in enumerate(part.dtypes) if dtype.is_numeric()]
    own = [series.alias("") if foreign else series for series in part.get_columns()]
    columns = [_column(series, plain) for series in own]
    cells: Iterable[Sequence[object]] = zip(*columns, strict=True) if columns else ()
    notes = [tr("{shown:,} of {all:,} rows", shown=part.height, all=frame.height)]
    if frame.height and not revealed():
        notes.append(how_to_reveal())
    drawn = grid(part.columns, cells, title=title, right=right)
    return framed(drawn, notes=notes)


def framed(*parts: str, notes: Sequence[str] = ()) -> str:
    """Put finished HTML into a notebook's output, with its style and notes below it."""
    note = escape(" · ".join(notes))
    return (
        f'<div class="custclean"><style>{_style("notebook")}</style>{"".join(parts)}'
        f"<p>{note}</p></div>"
    )


def paragraph(text: str, *, kind: str = "") -> str:
    """Say something; `kind` is one of the page's classes: lead, soft, screen."""
    return (
        f'<p class="{escape(kind)}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"
    )


def section(title: str, *parts: str, kind: str = "") -> str:
    """Put finished HTML under a heading; `kind` is one of the page's classes."""
    opening = f'<section class="{escape(kind)}">' if kind else "<section>"
    return f"{opening}<h2>{escape(title)}</h2>{''.join(parts)}</section>"


def heading(text: str, *, level: int = 3) -> str:
    """Give a smaller heading inside a section."""
    return f"<h{level}>{escape(text)}</h{level}>"


def card(title: str, *parts: str) -> str:
    """Frame one thing that stays together on paper, under a small heading."""
    return f'<article class="card"><h3>{escape(title)}</h3>{"".join(parts)}</article>'


def facts(values: Iterable[tuple[str, object]]) -> str:
    """Show a few numbers large, each with its label; two labels may read the same."""
    pairs = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(_shown(value))}</dd></div>"
        for label, value in values
    )
    return f"<dl>{pairs}</dl>"


def bullets(sentences: Iterable[str], *, form: str = "ul") -> str:
    """List sentences: `ul` with dots, `ol` with numbers, `ticks` with boxes to tick."""
    tag = "ol" if form == "ol" else "ul"
    opening = '<ul class="ticks">' if form == "ticks" else f"<{tag}>"
    box = '<span class="box">☐</span> ' if form == "ticks" else ""
    lines = "".join(f"<li>{box}{escape(sentence)}</li>" for sentence in sentences)
    return f"{opening}{lines}</{tag}>"


def folded(summary: str, *parts: str) -> str:
    """Put finished HTML behind a line that opens it."""
    return f"<details><summary>{escape(summary)}</summary>{''.join(parts)}</details>"


def figure(image: bytes, *, caption: str) -> str:
    """Put a picture (PNG or SVG bytes) into the page; the caption is its alt text too."""
    form = "png" if image.startswith(b"\x89PNG") else "svg+xml"
    data = base64.b64encode(image).decode("ascii")
    return (
        f'<figure><img alt="{escape(caption)}" src="data:image/{form};base64,{data}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def drawing(svg: bytes, *, caption: str) -> str:
    """Put a picture of `charts` into a notebook's output, in the colours of its page."""
    text = svg.decode("utf-8")
    text = re.sub(r"<style>@media.*?</style>", "", text[text.index("<svg") :], flags=re.DOTALL)
    for colour, own in _PAGE_COLOURS.items():
        text = text.replace(colour, own)
    return (
        f'<figure role="img" aria-label="{escape(caption)}">{text}'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def page(title: str, body: str, *, language: str) -> str:
    """Give a whole document: inline style, no script, nothing fetched; light, dark, print.

    `body` is finished HTML of the builders above; `language` is a code such as "en".
    """
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; img-src data:\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style('page')}</style>\n</head>\n"
        f"<body>\n<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )

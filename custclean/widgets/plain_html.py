"""A card as HTML that needs nothing but a browser: a table, marks, the waterfall."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from custclean.html import escape
from custclean.words import numeral

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["card_html", "folded", "paragraph", "why_html"]

CELL = "padding:2px 12px 2px 0;text-align:left;vertical-align:top"
SCROLLS = "max-height:16em;overflow:auto"
KEPT = "background:#1a56db;color:#fff;padding:0 4px"
BAR = 220  # px
COLOURS = {True: "#2e7d32", False: "#c62828"}

Data = dict[str, Any]


def paragraph(text: str, *, bold: bool = False) -> str:
    """Give a sentence; "" for none."""
    inner = f"<b>{escape(text)}</b>" if bold else escape(text)
    return f"<p style='margin:2px 0'>{inner}</p>" if text else ""


def folded(told: Data) -> str:
    """Give a list that is closed until one opens it: titles, and what is said of each."""
    lines = (
        f"<li><bdi>{escape(name)}</bdi>{escape(f': {why}' if why else '')}</li>"
        for name, why in told["lines"]
    )
    return (
        f"<details><summary>{escape(told['title'])}</summary><div style='{SCROLLS}'"
        f" tabindex='0' role='group' aria-label='{escape(told['title'])}'>"
        f"<ul>{''.join(lines)}</ul>{paragraph(told['more'])}</div></details>"
    )


def card_html(data: Data, texts: Mapping[str, str], chosen: int | None) -> str:
    """Give what was said, what has changed, how likely it is and why, and the records."""
    note = f"“{data['note']}”" if data["note"] else ""
    group = data["group"]["said"] if data["group"] else ""
    return "".join(
        [
            paragraph(" · ".join(filter(None, [data["said"], note])), bold=data["waits"]),
            _changed(data["changed"], texts),
            paragraph(" · ".join(filter(None, [data["likely"], data["reason"]]))),
            paragraph(group),
            _table(data, texts, chosen),
        ]
    )


def _changed(changed: Sequence[Data], texts: Mapping[str, str]) -> str:
    if not changed:
        return ""
    told = (
        texts["was_unknown" if one["before"] is None else "was"].format(
            **one | {"now": one["now"] or texts["nothing"]}
        )
        for one in changed
    )
    return f"<ul>{''.join(f'<li>{escape(each)}</li>' for each in told)}</ul>"


def _table(data: Data, texts: Mapping[str, str], chosen: int | None) -> str:
    heads = [_head(data, place, texts, chosen) for place in range(len(data["heads"]))]
    first, last = _cell("th", escape(texts["field"])), _cell("th", escape(texts["compare"]))
    body = "".join(_row(field, texts) for field in data["fields"])
    return (
        f"<div style='overflow:auto' tabindex='0' role='region'"
        f" aria-label='{escape(texts['compare'])}'><table style='border-collapse:collapse'>"
        f"<thead><tr>{first}{''.join(heads)}{last}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(data: Data, place: int, texts: Mapping[str, str], chosen: int | None) -> str:
    part = next((i for i, some in enumerate(data["parts"]) if place in some), None)
    letter = "" if part is None else chr(ord("A") + part % 26)
    stays = place in data["draft"]["survivors"]
    tags = [
        f"{place + 1} {data['heads'][place]['source']}",
        f"▲ {texts['chosen']}" if place == chosen else "",
        texts["client"].format(letter=letter) if letter else "",
        f"● {texts['survivor']}" if stays else "",
    ]
    return _cell("th", "<br>".join(escape(tag) for tag in tags if tag))


def _row(field: Data, texts: Mapping[str, str]) -> str:
    values = "".join(_value(field, place, texts) for place in range(len(field["values"])))
    mark = f"{field['sign']} {texts['mark_' + field['mark']]}"
    head = f"<th scope='row' style='{CELL};font-weight:normal'>{escape(field['label'])}</th>"
    return f"<tr>{head}{values}{_cell('td', escape(mark))}</tr>"


def _value(field: Data, place: int, texts: Mapping[str, str]) -> str:
    pieces = field["values"][place]
    if pieces is None:
        return _cell("td", f"<i>{escape(texts['nothing'])}</i>")
    inner = "".join(
        f"<b><u>{escape(text)}</u></b>" if differs else escape(text)
        for text, differs in pieces
    ).replace("\n", "<br>")
    if place in field["kept"]:
        inner = f"<span style='{KEPT}'>{inner} ● {escape(texts['kept'])}</span>"
    return _cell("td", f"<bdi>{inner}</bdi>")


def _cell(tag: str, inner: str) -> str:
    scope = " scope='col'" if tag == "th" else ""
    return f"<{tag}{scope} style='{CELL}'>{inner}</{tag}>"


def why_html(data: Data | None, texts: Mapping[str, str]) -> str:
    """Give the share of each field as a waterfall; a sentence where nothing is known."""
    if data is None or data["why"] is None:
        return paragraph(texts["blind"] if data is not None else texts["no_pairs"])
    why = data["why"]
    steps = [(texts["prior"], "", why["prior"]), *why["shares"]]
    sums = [0.0, *accumulate(weight for _, _, weight in steps)]
    low, high = min(sums), max(sums)
    scale = BAR / ((high - low) or 1.0)
    lines = [
        _step(name, level, weight, (min(start, end) - low) * scale, abs(weight) * scale)
        for (name, level, weight), start, end in zip(steps, sums, sums[1:])
    ]
    total = _step(texts["together"], "", sums[-1], 0, 0)
    return (
        f"<table><tbody>{''.join([*lines, total])}</tbody></table>{paragraph(texts['bits'])}"
    )


def _step(name: str, level: str, weight: float, left: float, width: float) -> str:
    where = f"margin-left:{left:.0f}px;width:{width:.0f}px;height:10px"
    bar = f"<div style='{where};background:{COLOURS[weight >= 0]}'></div>"
    cells: Iterable[str] = (escape(name), escape(level), numeral(weight, "+.1f"), bar)
    return f"<tr>{''.join(_cell('td', cell) for cell in cells)}</tr>"

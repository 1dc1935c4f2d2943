"""What stands where: a head, the card or a panel, and what the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custclean.terminal.fit import cut, line, wrapped
from custclean.terminal.foot import foot_of
from custclean.terminal.head import FIXED, alert_of, head_of
from custclean.terminal.table import header, rows
from custclean.terminal.why import waterfall
from custclean.terminal.wording import more

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.terminal.desk import Desk
    from custclean.terminal.fit import Line

__all__ = ["SMALLEST", "frame", "stopped", "working"]

SMALLEST = (50, 16)  # columns and lines; where less is seen nobody can decide
VALUES = 3  # lines of the card that sentences above it leave, where there is room for both

Told = list[tuple[bool, "Line"]]  # lines, and whether values stand in them


def frame(desk: Desk, width: int, height: int) -> list[Line]:
    """Give the lines of the whole window; from then on what is shown can be decided."""
    desk.shown = None
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return _too_small(desk, SMALLEST, width)[:height]
    data = desk.card()
    bottom = foot_of(desk, data, width)
    room = height - len(bottom)
    if data is None or desk.panel is not None:
        upper, seen = _covered(desk, data, width, room), None
    else:
        upper, seen = _card(desk, data, width, room)
    blank = [line()] * max(0, room - len(upper))
    desk.shown = seen
    return [*upper[:room], *blank, *bottom]


def stopped(last: Sequence[Line], said: str, size: tuple[int, int]) -> list[Line]:
    """Give the frame before once more, with why there is no other one."""
    told = alert_of(said, size[0])
    return [*last[:1], *told, *last[1 + len(told) :]][: size[1]]


def working(last: Sequence[Line], said: str, width: int) -> list[Line]:
    """Give the frame before once more, with what keeps the desk from showing another."""
    return [*last[:1], line(cut(f"  {said}", width), style="bold"), *last[2:]]


def _too_small(desk: Desk, size: tuple[int, int], width: int) -> list[Line]:
    said = desk.texts["too_small"].format(width=size[0], height=size[1])
    return [line(each, style="bold red") for each in wrapped(said, width)]


def _covered(desk: Desk, data: dict[str, Any] | None, width: int, room: int) -> list[Line]:
    """Give the head, and below it the panel, or why there is no card."""
    top, _ = head_of(desk, data, width)
    if desk.panel is None:
        return [*top, line(desk.texts["none_fit" if len(desk.session) else "no_pairs"])]
    title = line(desk.panel.title, style="bold")
    return [*top, title, *desk.panel.lines(width, room - len(top) - 1)]


def _card(
    desk: Desk, data: dict[str, Any], width: int, room: int
) -> tuple[list[Line], int | None]:
    """Give the head, as much of the card as there is room for, and what can be decided so.

    That is nothing while none of its values is in sight.
    """
    columns = header(data, desk.look(width))
    spare = room - FIXED - len(columns) - VALUES - 1
    top, rest = head_of(desk, data, width, max(1, spare))
    fit = max(1, room - len(top) - len(columns) - 1)
    told = [*_body(desk, data, width), *((False, each) for each in rest)]
    sight = desk.sight(len(told), fit)
    body = [told[at][1] for at in sight]
    body += [line()] * (fit - len(body))
    lacking = _lacking([at for at, (is_value, _) in enumerate(told) if is_value], sight)
    if lacking:
        bottom = foot_of(desk, data, width)
        said = _too_small(desk, (width, room + len(bottom) + lacking), width)
        body[-len(said) :] = said[-fit:]
    below = line(more(len(told) - sight.stop), style="dim")
    return [*top, *columns, *body, below], None if lacking else data["index"]


def _body(desk: Desk, data: dict[str, Any], width: int) -> Told:
    """Give what is scrolled: why, then each field, and below it what its values were."""
    why = waterfall(data["why"], desk.texts, width) if desk.why else []
    told = [(False, each) for each in why]
    changed = _changed(desk, data, width)
    for field, row in zip(data["fields"], rows(data, desk.look(width))):
        told += [(True, each) for each in row]
        told += [(False, each) for each in changed.pop(field["label"], ())]
    return told + [(False, each) for left in changed.values() for each in left]


def _changed(desk: Desk, data: dict[str, Any], width: int) -> dict[str, list[Line]]:
    """Say of each field what has changed since it was decided upon."""
    found: dict[str, dict[str, list[Line]]] = {}
    for one in data["changed"]:  # more than once where several decisions had seen it
        text = desk.texts["was_unknown" if one["before"] is None else "was"]
        said = text.format(**one | {"now": one["now"] or desk.texts["nothing"]})
        found.setdefault(one["label"], {})[said] = [
            line("  " if i else "· ", each) for i, each in enumerate(wrapped(said, width - 2))
        ]
    return {
        label: [each for lines in said.values() for each in lines]
        for label, said in found.items()
    }


def _lacking(values: list[int], sight: range) -> int:
    """Say how many lines there are to the next value; 0: one is in sight, or there is none."""
    away = (max(sight.start - at, at - sight.stop + 1, 0) for at in values)
    return min(away, default=0)

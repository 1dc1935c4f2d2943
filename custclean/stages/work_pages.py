"""Work orders as pages to print and tick: what only a person can do in the target system."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.labels import label
from custclean.model import FIELDS
from custclean.words import numeral, tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["merge_page", "remove_page"]

BOX = "☐"
_FIELD = re.compile(rf"(?:{'|'.join(FIELDS['customers'])}): ")


def _lines(cell: str | None) -> list[str]:
    """Split "field: value" lines; a value's own further lines stay with it."""
    result: list[str] = []
    for line in (cell or "").splitlines():
        if result and not _FIELD.match(line):
            result[-1] += "\n" + line
        elif line.strip():
            result.append(line)
    return result


def _said(line: str) -> str:
    """Say a field in words; the value stays exactly as it is.

    >>> _said("given_name: Ann")
    'Given name: Ann'
    """
    name, colon, value = line.partition(":")
    return label(name) + colon + value if _FIELD.match(line) else line


def _merge_steps() -> list[str]:
    return [
        tr("Compare both company ids with the screen before you confirm: names repeat."),
        tr("In QuickBooks Online Accountant: gear, then Merge duplicate clients."),
        tr("The target is the client to keep; the matched client is the one that goes."),
        tr("Two clients that both have a subscription cannot be merged: leave the box empty."),
        tr("A merge cannot be undone, neither there nor here."),
        tr("Then type what is listed under the pair: no upload carries it."),
        tr("When all is done, download the client list again and run: custclean verify."),
    ]


def _merge_card(row: Mapping[str, str | None]) -> str:
    """Draw one pair; a missing name or id shows as an empty cell, never as "None"."""
    sides = [
        [tr("Keep"), row.get("keep_id"), row.get("keep_name")],
        [tr("Goes into it"), row.get("gone_id"), row.get("gone_name")],
    ]
    header = ["", tr("company id"), tr("exact name")]
    parts = [html.grid(header, sides)]
    if row.get("obstacle"):
        sentence = tr("Obstacle: {what}", what=row["obstacle"])
        parts.append(html.paragraph(sentence, kind="state-warn"))
    typed = [_said(line) for line in _lines(row.get("type_by_hand"))]
    if typed:
        parts += [html.heading(tr("Type by hand into the one that stays"), level=4)]
        parts += [html.bullets(typed, form="ticks")]
    lost = [_said(line) for line in _lines(row.get("lost"))]
    if lost:
        parts += [
            html.heading(tr("Only on the one that goes; note it if you need it"), level=4)
        ]
        parts += [html.bullets(lost)]
    if row.get("note"):
        parts.append(html.paragraph(row["note"] or ""))
    done = [tr("both company ids compared"), tr("merged; date and initials: ______________")]
    parts.append(html.bullets(done, form="ticks"))
    return html.card(row.get("order") or "", *parts)


def merge_page(rows: pl.DataFrame, *, language: str = "en") -> str:
    """Give the page of merges, pair by pair, with boxes to tick.

    `rows`: order, keep_id, keep_name, gone_id, gone_name, obstacle, type_by_hand (lines
    "field: value"), note; also lost (lines "field: value") where the merge drops values.
    """
    title = tr("Work orders: merge duplicate clients")
    count = trn("{n:,} pair to merge.", "{n:,} pairs to merge.", rows.height)
    lead = tr("Only a person can do this, in the target system.")
    body = [html.paragraph(f"{count} {lead}", kind="lead")]
    if rows.height:
        body.append(html.section(tr("How"), html.bullets(_merge_steps(), form="ol")))
        cards = [_merge_card(row) for row in rows.iter_rows(named=True)]
        body.append(html.section(tr("The pairs"), *cards))
    return html.page(title, "".join(body), language=language)


def _actions() -> dict[str, tuple[str, list[str]]]:
    """Say what each action is called, and what to mind before it is done."""
    return {
        "make_inactive": (
            tr("Make inactive"),
            [
                tr("The client leaves the active list and can be made active again."),
                tr("A subscription goes on being billed: making inactive does not cancel it."),
            ],
        ),
        "delete": (
            tr("Delete"),
            [
                tr("The client must be off the plan first: no subscription, whoever pays."),
                tr("Transfer the main administrator's role where another person holds it."),
                tr("Only the main administrator can delete; sign in as that person."),
                tr("Deleting cannot be undone. When in doubt, make inactive instead."),
            ],
        ),
        "leave": (
            tr("Leave, and decide with the client"),
            [tr("Change nothing now; the reason stands beside each name.")],
        ),
    }


def _same_for_all(rows: pl.DataFrame) -> list[str]:
    """Give the checklist's lines, each once, in the order in which they come."""
    if "checklist" not in rows.columns:
        return []
    lines = [line for cell in rows["checklist"].drop_nulls() for line in cell.splitlines()]
    return list(dict.fromkeys(line for line in lines if line.strip()))


def _removals(name: str, minded: Sequence[str], rows: pl.DataFrame) -> str:
    checklist = _same_for_all(rows)
    boxes = [tr("inactive"), tr("deleted"), tr("left as it is")]
    header = [*boxes, tr("order"), tr("company id"), tr("exact name"), tr("why"), tr("note")]
    cells = [
        [BOX, BOX, BOX, row["order"], row["company_id"], row["display_name"], row["why"], ""]
        for row in rows.iter_rows(named=True)
    ]
    return html.section(
        f"{name} ({numeral(rows.height)})",
        html.bullets([*minded, *checklist]),
        html.grid(header, cells),
    )


def remove_page(rows: pl.DataFrame, *, language: str = "en") -> str:
    """Give the page of clients that are no customers, by what is to be done with them.

    `rows`: order, company_id, display_name, action (make_inactive, delete, leave; another
    action gets its own part), why, checklist (lines).
    """
    title = tr("Work orders: clients that are no customers")
    count = trn(
        "{n:,} client was decided to be no customer.",
        "{n:,} clients were decided to be no customers.",
        rows.height,
    )
    body = [html.paragraph(count, kind="lead")]
    known = _actions()
    given = rows["action"].drop_nulls().unique(maintain_order=True).to_list()
    for action in [*known, *sorted(set(given) - set(known))]:
        part = rows.filter(pl.col("action") == action)
        name, minded = known.get(action, (action, []))
        if part.height:
            body.append(_removals(name, minded, part))
    if rows.height:
        last = tr(
            "When all is done, download the client list again and run: custclean verify."
        )
        body.append(html.paragraph(last))
    return html.page(title, "".join(body), language=language)

"""The open work orders of a project, and a button that ticks those that are done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from custclean import html
from custclean.report.terms import state_said
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

__all__ = ["OrdersPart"]

ROWS = 8  # that are seen at once


class OrdersPart(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """A list to choose from, by keyboard too; nothing is seen where no order is open.

    What is shown, and goes into the notebook, are number, action and state of an order.
    `tick` is told the numbers of the chosen ones.
    """

    def __init__(self, tick: Callable[[Sequence[str]], object]) -> None:
        self.chosen = ipywidgets.SelectMultiple(
            description=tr("Work orders"),
            style={"description_width": "9em"},
            layout=ipywidgets.Layout(width="36em"),
        )
        self.button = ipywidgets.Button(description=tr("Tick as done"), disabled=True)
        self.button.layout.width = "auto"
        self.button.add_class("custclean-tick")
        self.button.on_click(lambda _: tick(self.chosen.value))
        self.chosen.observe(lambda _: self.switch(off=False), "value")
        hint = tr(
            "Choose the work orders that are done in the target system, several with Ctrl or"
            " Shift; a fresh download verifies them."
        )
        self.count = ipywidgets.HTML()
        row = ipywidgets.HBox([self.chosen, self.button])
        super().__init__([self.count, ipywidgets.HTML(html.paragraph(hint)), row])
        self.show(None)

    def show(self, orders: pl.DataFrame | None) -> None:
        """Take the open orders of a run, as `Run.open_orders` gives them."""
        rows = [] if orders is None else list(orders.iter_rows(named=True))
        self.chosen.options = [(_label(row), row["order"]) for row in rows]
        self.chosen.rows = max(1, min(ROWS, len(rows)))
        done = [row["state"] for row in rows].count("done")
        told = trn(
            "{n} work order is open, {done} ticked.",
            "{n} work orders are open, {done} ticked.",
            len(rows),
            done=done,
        )
        self.count.value = html.paragraph(told)
        self.layout.display = "" if rows else "none"

    def switch(self, *, off: bool) -> None:
        """Switch it off while something else goes on."""
        self.chosen.disabled = off
        self.button.disabled = off or not self.chosen.value


def _label(row: dict[str, Any]) -> str:
    action = tr("merge") if row["action"] == "merge" else tr("remove")
    return f"{row['order']} · {action} · {state_said(row['state'])}"

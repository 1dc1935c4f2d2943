"""The same review with plain ipywidgets: one card used again and again, and buttons."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets

from custclean import html
from custclean.errors import CustcleanError
from custclean.model import Verdict
from custclean.widgets.texts import card_data, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from custclean.stages.review import ReviewSession

__all__ = ["PlainCard"]

_STYLES = {"same": "success", "different": "danger"}


class PlainCard(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """Two records side by side and six buttons; shows what the session holds.

    It has no keys and cannot keep JupyterLab's own keys away: use the mouse.
    """

    def __init__(self, session: ReviewSession) -> None:
        self._session = session
        self._texts = texts()
        self._body = ipywidgets.HTML()
        self._status = ipywidgets.HTML()
        self._note = ipywidgets.Text(
            placeholder=self._texts["note"], layout=ipywidgets.Layout(width="24em")
        )
        verdicts = [
            self._button(verdict.value, partial(self._decide, verdict))
            for verdict in (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)
        ]
        moves = [
            self._button("undo", session.undo),
            self._button("previous", session.previous),
            self._button("next", session.next),
        ]
        buttons = ipywidgets.HBox([*verdicts, *moves])
        super().__init__([self._body, buttons, self._note, self._status])
        self._draw("")

    def __repr__(self) -> str:
        counts = self._session.counts
        return f"PlainCard({len(self._session)} pairs, {counts['decided']} decided)"

    def _button(self, name: str, action: Callable[[], object]) -> Any:
        button = ipywidgets.Button(
            description=self._texts[name], button_style=_STYLES.get(name, "")
        )
        button.add_class(f"custclean-{name}")
        button.on_click(lambda _: self._act(action))
        return button

    def _act(self, action: Callable[[], object]) -> None:
        try:
            action()
        except CustcleanError as error:
            self._draw(f"{self._texts['not_saved']}: {error}")
        else:
            self._draw(self._texts["saved"])

    def _decide(self, verdict: Verdict) -> None:
        if len(self._session):
            self._session.decide(verdict, self._note.value)
            self._note.value = ""

    def _draw(self, status: str) -> None:
        self._status.value = f"<span role='status'>{html.escape(status)}</span>"
        card = self._session.current
        self._body.value = self._texts["no_pairs"] if card is None else self._table()

    def _table(self) -> str:
        card = self._session.current
        data = card_data(card) if card else {}
        counts = self._session.counts
        head = self._texts["pair"].format(n=data["index"] + 1, total=len(self._session))
        told = [head, self._texts["counts"].format(**counts), data["likely"], data["said"]]
        rows = [
            (
                field["label"],
                _plain(field["left"]),
                _plain(field["right"]),
                f"{field['sign']} {self._texts['mark_' + field['mark']]}",
            )
            for field in data["fields"]
        ]
        headings = [
            self._texts["field"],
            *(head for head, _ in data["heads"]),
            self._texts["compare"],
        ]
        return "".join(
            [
                f"<p><b>{html.escape(' · '.join(text for text in told if text))}</b></p>",
                f"<p>{html.escape(data['reason'])}</p>",
                "<table><thead>",
                _line("th", headings),
                "</thead><tbody>",
                *(_line("td", row) for row in rows),
                "</tbody></table>",
            ]
        )


def _plain(pieces: list[list[Any]] | None) -> str:
    return "" if pieces is None else "".join(text for text, _ in pieces)


def _line(tag: str, cells: list[str] | tuple[str, ...]) -> str:
    opened = f"<{tag} style='padding: 2px 12px 2px 0; text-align: left'>"
    inner = "".join(f"{opened}<bdi>{html.escape(cell)}</bdi></{tag}>" for cell in cells)
    return f"<tr>{inner}</tr>"

"""The same review with plain ipywidgets: one card used again and again, and buttons."""

from __future__ import annotations

import contextvars
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets

from custclean.errors import CustcleanError
from custclean.widgets.card_data import card_data
from custclean.widgets.desk_words import place_said, progress_said
from custclean.widgets.plain_choices import Choices
from custclean.widgets.plain_html import card_html, paragraph, why_html
from custclean.widgets.plain_panels import BulkPart, FilterPart, HistoryPart
from custclean.widgets.plain_turns import Turns
from custclean.widgets.texts import texts
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from custclean.stages.review import ReviewSession
    from custclean.stages.review.card import Card

__all__ = ["PlainCard"]

PAUSE = 0.6  # seconds in which the same button counts once: a double click is one
LONGEST_NOTE = 2000
MOVES = frozenset({"previous", "next", "blind", "pick", "eject", "move", "split", "clear"})
SAVES = frozenset("same different unsure apply undo redo take_back accept".split())
# ipywidgets' own colours of these are too pale to be read by all
LOOKS = """<style>
.custclean-plain .jupyter-widget-Collapse-header {
  color: var(--jp-ui-font-color1) !important;
}
.custclean-plain .jupyter-button.mod-success { color: #000; }
</style>"""
BUTTONS = ("undo", "redo", "previous", "next", "blind")


class PlainCard(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """Records side by side, buttons and lists; shows what the session holds.

    It has no keys and cannot keep JupyterLab's own keys away: use the mouse. What is shown is
    in the widgets' state, so nothing is shown before a browser displays the card: a notebook
    that is run and saved without one holds no value of a customer.
    """

    def __init__(
        self, session: ReviewSession, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._session, self._clock = session, clock
        self._texts = texts() | {"blind": tr("Blind"), "redo": tr("Redo")}
        self._context = contextvars.copy_context()  # the language of who made the card
        self._last, self._when = "", 0.0
        self._shown: int | None = None
        self._notes: dict[int, str] = {}  # by question, until it is decided
        self._live = False
        self._build()
        super().__init__(self._parts(), _view_count=0)
        self.add_class("custclean-plain")
        self.observe(self._viewed, "_view_count")
        self._draw()

    def __repr__(self) -> str:
        counts = self._session.counts
        return f"PlainCard({len(self._session)} questions, {counts['decided']} decided)"

    # ---- what it is made of ----

    def _build(self) -> None:
        words, session = self._texts, self._session
        self._head, self._status = ipywidgets.HTML(), ipywidgets.HTML()
        self._body, self._why = ipywidgets.HTML(), ipywidgets.HTML()
        self._choices = Choices(words, self._divide, self._pick, self._draw)
        self._turns = Turns(words, self._press)
        self._note = ipywidgets.Text(
            placeholder=words["note"], layout=ipywidgets.Layout(width="24em")
        )
        self._panels: dict[str, Any] = {
            "filter": FilterPart(session, words, self._act),
            "history": HistoryPart(session, words, self._act),
            "bulk": BulkPart(session, words, self._act),
        }
        titles = [words[name] for name in ("why", *self._panels)]
        self._below = ipywidgets.Accordion([self._why, *self._panels.values()], titles=titles)
        self._below.observe(lambda _: self._in_context(self._draw_panel), "selected_index")

    def _parts(self) -> list[Any]:
        acts: dict[str, Callable[[], str]] = {
            "undo": lambda: self._back(self._session.undo(), "undone"),
            "redo": lambda: self._back(self._session.redo(), "redone"),
            "previous": partial(self._go, self._session.previous),
            "next": partial(self._go, self._session.next),
            "blind": self._toggle_blind,
        }
        moves = [self._button(name, acts[name]) for name in BUTTONS]
        return [
            self._head,
            self._status,
            self._body,
            self._choices,
            self._turns,
            ipywidgets.HBox([*moves, self._note]),
            ipywidgets.HTML(LOOKS, layout=ipywidgets.Layout(display="none")),
            self._below,
        ]

    def _button(self, name: str, act: Callable[[], str]) -> Any:
        button = ipywidgets.Button(description=self._texts[name])
        button.add_class(f"custclean-{name}")
        button.on_click(lambda _: self._act(name, act))
        return button

    # ---- acting ----

    def _in_context(self, do: Callable[..., object], *given: object) -> None:
        self._context.copy().run(do, *given)  # JupyterLab calls in a thread of its own

    def _act(self, name: str, do: Callable[[], str]) -> None:
        self._in_context(self._acted, name, do)

    def _acted(self, name: str, do: Callable[[], str]) -> None:
        """Do what a button says, but not twice for a double click; then show how it is."""
        now = self._clock()
        twice = name == self._last and now - self._when < PAUSE and name not in MOVES
        self._last, self._when, self._live = name, now, True
        self._keep_note()
        if twice:
            self._say(tr("Pressed twice at once: it counts once."))
            return
        if name == "accept":  # of many questions it takes seconds
            self._say(self._texts["saving"])
        try:
            self._say(do())
        except CustcleanError as error:
            self._fail(name, str(error))
        except BaseException:
            self._fail(name, self._texts["broken"])
            raise
        finally:
            self._draw()

    def _fail(self, name: str, why: str) -> None:
        self._say(f"{self._texts['not_saved']}: {why}" if name in SAVES else why)

    def _press(self, name: str, place: int) -> None:
        self._act(name, partial(self._decide, name, place))

    def _decide(self, name: str, place: int) -> str:
        note = self._notes.get(place, "")[:LONGEST_NOTE]
        if name == "apply":
            self._session.apply(note, index=place)
        else:
            self._session.decide(name, note, index=place)
        self._notes.pop(place, None)
        if place == self._shown:
            self._note.value = ""  # also where no other question comes
        return self._texts["saved"]

    def _back(self, taken: object, word: str) -> str:
        return self._texts["nothing_left" if taken is None else word]

    def _go(self, step: Callable[[], Card | None]) -> str:
        step()
        return ""

    def _toggle_blind(self) -> str:
        self._session.blind = not self._session.blind
        return ""

    def _divide(self, what: str, place: int) -> None:
        self._act(what, partial(self._divided, what, place))

    def _divided(self, what: str, place: int) -> str:
        if self._shown is None:
            return ""
        record = self._session.questions[self._shown].records[place]
        if what in {"eject", "move"}:
            getattr(self._session, what)(record, index=self._shown)
        else:
            getattr(self._session, what)(index=self._shown)
        return ""

    def _pick(self, field: str, place: int | None) -> None:
        self._act("pick", partial(self._picked, field, place))

    def _picked(self, field: str, place: int | None) -> str:
        if self._shown is not None:
            records = self._session.questions[self._shown].records
            record = None if place is None else records[place]
            self._session.pick(field, record, index=self._shown)
        return ""

    # ---- showing ----

    def _viewed(self, change: Any) -> None:
        """Show the clients while a browser shows the card, and nobody else."""
        self._live = change["new"] > 0
        self._in_context(self._draw)

    def _say(self, text: str) -> None:
        self._status.value = f"<span role='status'>{paragraph(text)}</span>"

    def _keep_note(self) -> None:
        if self._shown is not None:
            self._notes[self._shown] = self._note.value

    def _draw(self) -> None:
        if not self._live:
            self._hide()
            return
        card = self._session.current
        data = None if card is None else card_data(card)
        place = None if card is None else card.index
        another, self._shown = place != self._shown, place
        self._head.value = self._place(data)
        self._choices.draw(data, another=another)
        chosen = self._choices.chosen
        empty = self._texts["none_fit" if len(self._session) else "no_pairs"]
        self._body.value = (
            paragraph(empty) if data is None else card_html(data, self._texts, chosen)
        )
        drafted = card is not None and bool(card.draft)
        group = data is not None and data["group"] is not None
        self._turns.show(place, group=group, drafted=drafted)
        if another:
            self._note.value = "" if place is None else self._notes.get(place, "")
        self._draw_panel(data)

    def _place(self, data: dict[str, Any] | None) -> str:
        words = self._texts
        where = place_said(self._session, words, len(data["heads"])) if data else ""
        told = [where, *progress_said(self._session, words)]
        blind = texts()["blind"] if self._session.blind else ""
        return paragraph(" · ".join(filter(None, [*told, blind])), bold=True)

    def _draw_panel(self, data: dict[str, Any] | None = None) -> None:
        """Show the panel that is open; what is closed need not know."""
        names = ["why", *self._panels]
        at = self._below.selected_index
        if at is None or not self._live:
            return
        if names[at] != "why":
            self._panels[names[at]].draw()
            return
        card = self._session.current
        shown = data if data is not None or card is None else card_data(card)
        self._why.value = why_html(shown, self._texts)

    def _hide(self) -> None:
        told = tr("The clients appear once a browser shows this card; if not, press Next.")
        self._keep_note()
        self._head.value = paragraph(told)
        self._status.value = self._body.value = self._why.value = ""
        self._note.value, self._shown = "", None
        self._choices.clear()
        self._turns.show(None, group=False, drafted=False)
        for panel in self._panels.values():
            panel.clear()

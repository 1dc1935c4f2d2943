"""What was looked at before one starts, and the page that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from custclean import html
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Check", "State", "page"]

State = Literal["ok", "warn", "stop"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `name`, `state` (ok, warn, stop) and a sentence."""

    name: str
    state: State
    sentence: str


def state_words() -> dict[State, str]:
    """Say the states to people, the worst first."""
    return {"stop": tr("Stop"), "warn": tr("Look"), "ok": tr("Fine")}


def page(checks: Sequence[Check], *, language: str = "en") -> str:
    """Give the page of all checks, the worst first."""
    words = state_words()
    marks = {"stop": "✕", "warn": "!", "ok": "✓"}
    numbers = {state: sum(c.state == state for c in checks) for state in words}
    lead = {
        "stop": tr("Do not start yet: put right what says Stop."),
        "warn": tr("You can start; look at the warnings first."),
        "ok": tr("You can start."),
    }
    worst = next((state for state in words if numbers[state]), "ok")
    body = [
        html.paragraph(lead[worst], kind="lead"),
        html.facts((word, numbers[state]) for state, word in words.items()),
    ]
    for state, word in words.items():
        rows = [[marks[state], c.name, c.sentence] for c in checks if c.state == state]
        if rows:
            drawn = html.grid(["", tr("what"), tr("what was found")], rows)
            body.append(html.section(word, drawn, kind=f"state-{state}"))
    return html.page(tr("Before you start"), "".join(body), language=language)

"""`custclean review`: what was asked for on the command line, and what is said at the end."""

from __future__ import annotations

import signal
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from custclean.cli.progress import Bar
from custclean.errors import InputError
from custclean.model import silent
from custclean.stages.review import Filter
from custclean.terminal import Desk, open_door, run
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from custclean.project import Project

__all__ = ["Wanted", "decide"]

ON_PURPOSE = ("", "SIGINT")  # a person leaves


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to see, as the command names it; `least` and `most` in percent."""

    blind: bool = False
    second: bool = False
    pairs_only: bool = False
    state: str = ""
    search: str = ""
    order: str = "useful"
    least: float | None = None
    most: float | None = None

    @property
    def filter(self) -> Filter:
        """Give it as the queue understands it; what makes no sense is refused."""
        low, high = (
            None if share is None else share / 100 for share in (self.least, self.most)
        )
        return Filter(self.order, self.state, self.search, least=low, most=high)


def decide(
    project: Project, wanted: Wanted, keys: Sequence[str], say: Callable[[str], None]
) -> int:
    """Let a person decide in the terminal; gives the exit code: 0 when they left it."""
    door, chosen, shown = open_door(), _keys(keys), wanted.filter
    session = project.review(
        groups=not wanted.pairs_only, second=wanted.second, blind=wanted.blind
    )
    bar, project.progress = project.progress, silent  # the screen is the desk's from here
    if isinstance(bar, Bar):
        bar.close()
    if shown != Filter():
        session.show(replace(shown, reviewer=session.queue.filter.reviewer))
    before = len(session.log.history)
    ended = run(Desk(session, chosen), door)
    with suppress(OSError):  # the window is gone
        made = sum(one.who == session.log.who for one in session.log.history[before:])
        say(trn("{n} entry in the log, all of it saved.", "{n} entries in the log, all of them"
                " saved.", made))  # fmt: skip
        say(trn("{n} question is left.", "{n} questions are left.", session.counts["left"]))
    return 0 if ended in ON_PURPOSE else 128 + signal.Signals[ended]


def _keys(given: Sequence[str]) -> dict[str, str]:
    """Read action=key; the rest is checked where the keys are."""
    found: dict[str, Any] = {}
    for each in given:
        action, sign, key = each.partition("=")
        if not sign:
            raise InputError(tr("this names no key"), value=each, expected="same=z")
        found[action.strip()] = key.strip() or key
    return found

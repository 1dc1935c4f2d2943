"""The set-aside desk on a screen: an anywidget over a session; the kernel holds the truth.

Plain ipywidgets would do for the looks, but what they show is in their state, which nbclient
saves with a notebook, and a key pressed on their buttons reaches JupyterLab, where M turns the
cell into text and takes the desk away. So names travel by message only, and keys stay here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from custclean.errors import CustcleanError, DecisionError
from custclean.model import Verdict
from custclean.stages.set_aside_rows import Choice
from custclean.widgets.answering import Answering, Told
from custclean.widgets.scripts import joined
from custclean.widgets.set_aside_texts import (
    counts_said,
    desk_texts,
    done_said,
    effect_data,
    group_data,
    row_data,
)
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custclean.stages.set_aside_desk import SetAsideSession
    from custclean.stages.set_aside_rows import Effect

__all__ = ["SetAsideDesk"]

PAGE = 20  # rows; the browser uses the same ones for every page
MOST_GROUPS = 500  # of more the search finds the others
LONGEST = 2000  # of a note, and of what is searched for


class SetAsideDesk(Answering):
    """Groups at the left, a page of records at the right; tick and decide, or all at once.

    The browser asks on every render and gets one page by message: no value of a customer
    is in the widget's state, so none is saved with a notebook. What is looked at and what
    is ticked is kept here, so that it is the same after a reload. "Saved" is said once the
    decisions are on disk.
    """

    _esm = joined("dom.js", "talk.js", "desk.js")
    _css = joined("theme.css", "desk.css")

    def __init__(self, session: SetAsideSession) -> None:
        super().__init__()
        self._session = session
        self._choice, self._page = Choice(), 0
        self._ticked: set[str] = set()
        self._shown: tuple[int, Effect] | None = None  # the bulk decision that is asked
        self._token = 0

    def __repr__(self) -> str:
        return repr(self._session).replace("Session", "Desk", 1)

    @property
    def session(self) -> SetAsideSession:
        """What the desk shows."""
        return self._session

    def _told_of(self, message: Told, _buffers: Sequence[Any]) -> Told:
        """Do what is asked, and say what came of it, also where the log cannot be read now."""
        told = {"type": "state", "seq": message.get("seq", ""), "said": "", "wrong": ""}
        if message.get("type") == "hello":
            told["texts"] = desk_texts()
        try:
            told["said"] = self._do(message)
        except CustcleanError as error:
            told["wrong"] = str(error)
        try:
            return told | self._state()
        except CustcleanError as error:  # what was saved is saved all the same
            return told | {"wrong": told["wrong"] or str(error)}

    def _do(self, message: Told) -> str:
        """Do what a view asks; gives what is to be said."""
        acts = {
            "hello": lambda _: "",
            "look": self._look,
            "tick": self._tick,
            "decide": self._decide,
            "effect": self._effect,
            "bulk": self._bulk,
            "cancel": self._cancel,
            "undo": self._undo,
        }
        asked = message.get("type")
        if asked not in acts:
            raise DecisionError(tr("the desk asked what nobody knows"), value=asked)
        return acts[asked](message)

    def _look(self, message: Told) -> str:
        """Look at another view, group or page; a new way of grouping shows all groups."""
        given = {name: message[name] for name in ("view", "by", "search") if name in message}
        choice = replace(self._choice, **{name: _text(each) for name, each in given.items()})
        if "group" in message:
            choice = replace(choice, group=_group(message["group"]))
        elif given:
            choice = replace(choice, group=None)
        self._session.records(choice)  # a view that there is not is refused here
        if choice != self._choice:
            self._ticked.clear()  # nobody decides what he does not see any more
        self._shown = None
        self._page = _whole(message.get("page", 0))
        self._choice = choice
        return ""

    def _tick(self, message: Told) -> str:
        wanted = _ids(message.get("ids"))
        if message.get("on") is True:
            self._ticked |= wanted & set(self._session.records(self._choice))
        else:
            self._ticked -= wanted
        return ""

    def _decide(self, message: Told) -> str:
        """Decide the records that the view says it shows as ticked."""
        chosen = [r for r in self._session.records(self._choice) if r in self._ticked]
        if set(chosen) != _ids(message.get("ids")):
            raise DecisionError(tr("the ticks have changed meanwhile; look again"))
        verdict = _verdict(message.get("verdict"))
        kept = self._session.decide(chosen, verdict, _text(message.get("note", "")))
        self._ticked.clear()
        self._shown = None
        return done_said(verdict, len(kept))

    def _effect(self, message: Told) -> str:
        self._token += 1
        found = self._session.effect(self._choice, _verdict(message.get("verdict")))
        self._shown = self._token, found
        return ""

    def _bulk(self, message: Told) -> str:
        """Decide what was shown, and nothing else."""
        if self._shown is None or self._shown[0] != message.get("token"):
            raise DecisionError(tr("this is not what was shown last; look again"))
        effect, self._shown = self._shown[1], None
        kept = self._session.decide_all(effect, _text(message.get("note", "")))
        self._ticked.clear()
        return done_said(effect.verdict, len(kept))

    def _cancel(self, _message: Told) -> str:
        self._shown = None
        return ""

    def _undo(self, _message: Told) -> str:
        self._shown = None
        back = self._session.undo()
        if not back:
            return tr("You have decided nothing that could be taken back.")
        return trn("Taken back: {n:,} decision.", "Taken back: {n:,} decisions.", len(back))

    def _state(self) -> Told:
        session, choice = self._session, self._choice
        records, groups = session.records(choice), session.groups(choice)
        self._ticked &= set(records)
        self._page = min(self._page, max(0, len(records) - 1) // PAGE)
        first = self._page * PAGE
        rows = [session.row(each) for each in records[first : first + PAGE]]
        return {
            "choice": {"view": choice.view, "by": choice.by, "search": choice.search,
                       "group": choice.group},
            "counts": counts_said(session.counts),
            "groups": [group_data(each, choice.by) for each in groups[:MOST_GROUPS]],
            "everything": sum(each.records for each in groups),
            "total": len(records), "page": self._page, "size": PAGE,
            "rows": [row_data(row, ticked=row.record_id in self._ticked) for row in rows],
            "ticked": [each for each in records if each in self._ticked],
            "effect": self._asked(),
        }  # fmt: skip

    def _asked(self) -> Told | None:
        if self._shown is None:
            return None
        token, effect = self._shown
        return effect_data(effect, self._named, token)

    def _named(self, record_id: str) -> str:
        data = row_data(self._session.row(record_id), ticked=False)
        return " · ".join(filter(None, (data["name"], data["email"])))


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise DecisionError(tr("the desk asked what nobody knows"))
    return given[:LONGEST]


def _group(given: object) -> str | None:
    return None if given is None else _text(given)


def _whole(given: object) -> int:
    return given if type(given) is int and given > 0 else 0


def _ids(given: object) -> set[str]:
    ids: Sequence[object] = given if isinstance(given, list) else ()
    return {each for each in ids if isinstance(each, str)}


def _verdict(given: object) -> Verdict:
    if given not in {Verdict.SET_ASIDE.value, Verdict.KEEP.value}:
        raise DecisionError(tr("the desk asked what nobody knows"))
    return Verdict(given)

"""What a person does in the target: merge, make inactive, delete, by hand or by work order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.practice.says import NO_SUBSCRIPTION, Why, sentence
from custclean.practice.sheet import decoded, rows_of
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.practice.state import State

LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Refused:
    """Something a person wanted done and the target does not do; nothing has changed."""

    action: str  # merge, make_inactive, make_active, delete
    company_id: str  # the client it was about; of a merge, the one that should go
    keep_id: str  # of a merge, the one that should stay; else ""
    why: Why
    message: str


def act(
    state: State, action: str, company_id: str, keep_id: str = ""
) -> tuple[State, Refused | None]:
    """Do one thing if the rules allow it: the new state, or the old one and the refusal."""
    why = _why_not(state, action, company_id, keep_id)
    if why is not None:
        message = sentence(why, state.language)
        return state, Refused(action, company_id, keep_id, why, message)
    if action == LEAVE:
        return state, None
    clients, at = list(state.clients), state.positions[company_id]
    if action in ("merge", "delete"):
        del clients[at]
    else:
        clients[at] = replace(clients[at], active=action == "make_active")
    return replace(state, clients=tuple(clients)), None


def _why_not(state: State, action: str, company_id: str, keep_id: str) -> Why | None:
    if action not in ("merge", "make_inactive", "make_active", "delete", LEAVE):
        return Why.UNKNOWN_ACTION
    positions = state.positions
    needed = (company_id, keep_id) if action == "merge" else (company_id,)
    if action != LEAVE and not all(each in positions for each in needed):
        return Why.NO_SUCH_CLIENT
    if action == "merge":
        return _why_no_merge(state, company_id, keep_id)
    if action == "delete" and _on_a_plan(state, company_id):
        return Why.ON_A_PLAN
    return None


def _why_no_merge(state: State, gone_id: str, keep_id: str) -> Why | None:
    if gone_id == keep_id:
        return Why.SAME_CLIENT
    if _on_a_plan(state, gone_id):
        return Why.BOTH_SUBSCRIBED if _on_a_plan(state, keep_id) else Why.WRONG_WAY_ROUND
    return None


def _on_a_plan(state: State, company_id: str) -> bool:
    row = state.clients[state.positions[company_id]].row
    return row.value(state.columns.subscription).strip().lower() not in NO_SUBSCRIPTION


def orders_in(folder: Path) -> tuple[tuple[str, str, str], ...]:
    """Read merge.csv and remove.csv of a folder: action, company id, id to keep, in order."""
    if not folder.is_dir():
        raise InputError(tr("there is no such folder"), file=folder)
    merges = _table(folder / "merge.csv", ("gone_id", "keep_id"))
    removals = _table(folder / "remove.csv", ("action", "company_id"))
    return (
        *(("merge", gone_id, keep_id) for gone_id, keep_id in merges),
        *((action, company_id, "") for action, company_id in removals),
    )


def _table(path: Path, columns: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    if not path.exists():  # no such work was ordered
        return ()
    text, layout = decoded(path.read_bytes())
    rows, _ = rows_of(text, layout)
    names = rows[0].values() if rows else ()
    if not all(name in names for name in columns):
        msg, expected = (
            tr("these are no work orders"),
            tr("columns {names}", names=", ".join(columns)),
        )
        raise InputError(msg, file=path, expected=expected)
    one, other = (names.index(name) for name in columns)
    return tuple((row.value(one), row.value(other)) for row in rows[1:] if row.cells != ("",))

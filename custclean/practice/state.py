"""What the target holds, as one frozen value, and how it is kept in a file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from custclean.errors import InputError, SchemaError
from custclean.practice.says import HEADINGS, SUBSCRIPTION_HEADINGS, columns_of
from custclean.practice.sheet import Layout, Row, decoded, rows_of, written
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row the cells stand that the target knows the meaning of."""

    company_id: int
    display_name: int
    client_number: int
    subscription: int | None


@dataclass(frozen=True, slots=True)
class Client:
    """One client: its row of the client list, and whether it is active."""

    row: Row
    active: bool = True


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Something that happens in the target before the n-th upload."""

    before_upload: int
    do: str  # rename, remove
    company_id: str
    display_name: str = ""


@dataclass(frozen=True)  # no slots: the positions are kept
class State:
    """All that the target holds."""

    layout: Layout
    language: str
    columns: Columns
    headings: Row
    clients: tuple[Client, ...]
    scheduled: tuple[Scheduled, ...] = ()
    uploads: int = 0

    @cached_property
    def positions(self) -> dict[str, int]:
        """Say where each client with a company id stands."""
        ids = (c.row.value(self.columns.company_id) for c in self.clients)
        return {company_id: at for at, company_id in enumerate(ids) if company_id.strip()}


def from_client_list(path: Path, hidden: Path | None) -> State:
    """Read a downloaded client list, and what a download does not show."""
    try:
        text, layout = decoded(path.read_bytes())
        state = _recognised(text, layout)
    except OSError:
        raise InputError(tr("this file cannot be read"), file=path) from None
    except InputError as error:
        raise InputError(error.message, file=path, line=error.line) from None
    if hidden is not None:
        state = _with_hidden(state, hidden)
    seen: set[str] = set()
    for company_id in (c.row.value(state.columns.company_id) for c in state.clients):
        if company_id.strip() and company_id in seen:
            raise InputError(tr("a company id appears twice"), file=path, value=company_id)
        seen.add(company_id)
    return state


def _recognised(text: str, layout: Layout) -> State:
    rows, layout = rows_of(text, layout)
    names = rows[0].values() if rows else ()
    found = columns_of(names)
    if found is None:
        raise InputError(tr("this is no client list: its three headings are missing"))
    language, three = found
    plans = [at for at, name in enumerate(names) if name in SUBSCRIPTION_HEADINGS]
    columns = Columns(*three, plans[0] if plans else None)
    return State(layout, language, columns, rows[0], tuple(map(Client, rows[1:])))


def _with_hidden(state: State, path: Path) -> State:
    data = read_json(path)
    try:
        inactive = tuple(_hidden_client(state, entry) for entry in data.get("inactive", []))
        scheduled = tuple(_event(**entry) for entry in data.get("scheduled", []))
    except (TypeError, AttributeError):
        raise SchemaError(tr("not the shape that was promised"), file=path) from None
    except SchemaError as error:
        raise SchemaError(error.message, file=path, value=error.value) from None
    return replace(state, clients=state.clients + inactive, scheduled=scheduled)


def _event(before_upload: int, do: str, company_id: str, display_name: str = "") -> Scheduled:
    if do not in ("rename", "remove"):
        raise SchemaError(tr("unknown event"), value=do)
    return Scheduled(int(before_upload), do, str(company_id), str(display_name))


def _hidden_client(state: State, entry: dict[str, str]) -> Client:
    names = state.headings.values()
    three = (state.columns.company_id, state.columns.display_name, state.columns.client_number)
    known = {name: at for words in HEADINGS.values() for name, at in zip(words, three)}
    known |= {name: at for at, name in enumerate(names)}
    cells = [""] * len(names)
    for name, value in entry.items():
        if name not in known:
            raise SchemaError(tr("the client list has no such heading"), value=name)
        cells[known[name]] = written(str(value), state.layout.delimiter)
    return Client(Row(tuple(cells), state.layout.newline), active=False)


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object of ours; SchemaError if it is newer, InputError if it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise InputError(tr("this file cannot be read"), file=path) from None
    except ValueError:
        raise InputError(tr("this is no JSON"), file=path) from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        msg = tr("not a schema that this version reads")
        raise SchemaError(msg, file=path, value=schema, expected=f"schema {SCHEMA}")
    return dict(data)


def to_json(state: State) -> bytes:
    """Write a state as JSON; the same state always gives the same bytes."""
    data = {"schema": SCHEMA, **asdict(state)}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def from_json(path: Path) -> State:
    """Read a state that `to_json` wrote."""
    data = read_json(path)
    try:
        return State(
            layout=Layout(**data["layout"]),
            language=data["language"],
            columns=Columns(**data["columns"]),
            headings=_row(data["headings"]),
            clients=tuple(Client(_row(c["row"]), c["active"]) for c in data["clients"]),
            scheduled=tuple(Scheduled(**event) for event in data["scheduled"]),
            uploads=data["uploads"],
        )
    except (KeyError, TypeError):
        raise SchemaError(tr("not the shape that was promised"), file=path) from None


def _row(data: dict[str, Any]) -> Row:
    return Row(tuple(data["cells"]), data["end"])

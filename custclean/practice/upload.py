"""The rules of an upload: of the file as a whole, then row by row, from the top."""

from __future__ import annotations

from collections.abc import Callable, Mapping  # noqa: TC003  # read at run time by tools that ask
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.practice.says import (
    ERROR_HEADINGS,
    HEADINGS,
    MAX_BYTES,
    MAX_CLIENTS,
    MAX_NUMBER,
    Why,
    columns_of,
    sentence,
)
from custclean.practice.sheet import Layout, Row, decoded, joined, rows_of, written

if TYPE_CHECKING:
    from custclean.practice.state import Client, State


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an upload; `number` is its row in a spreadsheet, headings being row 1."""

    number: int
    company_id: str
    display_name: str
    client_number: str
    whole: bool  # as many cells as there are headings


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be worked through."""

    language: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that was not accepted, and why."""

    line: Line
    why: Why


@dataclass(slots=True)
class _Ledger:
    """What is true while a file is worked through."""

    at: dict[str, int]  # company id -> position
    clients: list[Client]
    names: dict[str, str]  # company id -> display name now
    holders: dict[str, set[int]]  # client number -> positions of who has it
    ids_seen: set[str] = field(default_factory=set)
    numbers_seen: set[str] = field(default_factory=set)

    def taken(self, line: Line) -> bool:
        others = self.holders.get(line.client_number, set()) - {self.at[line.company_id]}
        return bool(others)


_ROW_RULES: Mapping[Why, Callable[[Line, _Ledger], bool]] = {
    Why.CELLS: lambda line, _: not line.whole,
    Why.BLANK_ID: lambda line, _: not line.company_id.strip(),
    Why.ID_TWICE: lambda line, now: line.company_id in now.ids_seen,
    Why.UNKNOWN_ID: lambda line, now: line.company_id not in now.at,
    Why.NAME_DIFFERS: lambda line, now: line.display_name != now.names[line.company_id],
    Why.NO_NUMBER: lambda line, _: not line.client_number.strip(),
    Why.NUMBER_TOO_LONG: lambda line, _: len(line.client_number) > MAX_NUMBER,
    Why.NUMBER_TWICE: lambda line, now: line.client_number in now.numbers_seen,
    Why.NUMBER_TAKEN: lambda line, now: now.taken(line),
}


def opened(data: bytes, language: str) -> Upload | tuple[Why, str]:
    """Check a file as a whole: what it holds, or why it is refused and in which language.

    The language is the file's; the given one where its headings do not tell.
    """
    if len(data) > MAX_BYTES:
        return Why.TOO_LARGE, language
    try:
        text, layout = decoded(data)
    except InputError:
        return Why.NOT_TEXT, language
    try:
        rows, _ = rows_of(text, layout)
    except InputError:
        return Why.DAMAGED, language
    upload = _with_headings(rows)
    if upload is None:
        return Why.HEADINGS, language
    return upload if len(upload.lines) <= MAX_CLIENTS else (Why.TOO_MANY, upload.language)


def _with_headings(rows: tuple[Row, ...]) -> Upload | None:
    headings = rows[0].values() if rows else ()
    found = columns_of(headings)
    if found is None:
        return None
    language, (company_id, display_name, client_number) = found
    lines = tuple(
        Line(
            number,
            row.value(company_id),
            row.value(display_name),
            row.value(client_number),
            len(row.cells) == len(headings),
        )
        for number, row in enumerate(rows[1:], 2)
        if row.cells != ("",)  # an empty line is no row
    )
    return Upload(language, lines)


def happened(state: State) -> State:
    """Count one upload more, and let happen what was scheduled before it."""
    state = replace(state, uploads=state.uploads + 1)
    for event in state.scheduled:
        at = state.positions.get(event.company_id)
        if event.before_upload != state.uploads or at is None:
            continue
        clients = list(state.clients)
        client = clients.pop(at)
        if event.do == "rename":
            column, delimiter = state.columns.display_name, state.layout.delimiter
            row = client.row.with_value(column, event.display_name, delimiter)
            clients.insert(at, replace(client, row=row))
        state = replace(state, clients=tuple(clients))
    return state


def worked_through(state: State, upload: Upload) -> tuple[State, tuple[Failure, ...]]:
    """Set the numbers of the rows that keep every rule; the others come back."""
    columns = state.columns
    now = _Ledger(state.positions, list(state.clients), {}, {})
    for at, client in enumerate(state.clients):
        now.holders.setdefault(client.row.value(columns.client_number), set()).add(at)
    for company_id, at in now.at.items():
        now.names[company_id] = now.clients[at].row.value(columns.display_name)
    failures = []
    for line in upload.lines:
        why = next((why for why, broken in _ROW_RULES.items() if broken(line, now)), None)
        if why is None:
            _set_number(now, line, state)
        else:
            failures.append(Failure(line, why))
        now.ids_seen.add(line.company_id)
        now.numbers_seen.add(line.client_number)
    return replace(state, clients=tuple(now.clients)), tuple(failures)


def _set_number(now: _Ledger, line: Line, state: State) -> None:
    at, column = now.at[line.company_id], state.columns.client_number
    client = now.clients[at]
    now.holders[client.row.value(column)].discard(at)
    now.holders.setdefault(line.client_number, set()).add(at)
    row = client.row.with_value(column, line.client_number, state.layout.delimiter)
    now.clients[at] = replace(client, row=row)


def error_log_of(failures: tuple[Failure, ...], language: str) -> bytes:
    """Write the rows that failed as CSV, with the reason and the row of each.

    The product's own columns are not published; the three headings come first, so that
    the corrected log can be uploaded again, as the product's can.
    """
    layout = Layout()
    table = [(*HEADINGS[language], *ERROR_HEADINGS[language])]
    for failure in failures:
        line = failure.line
        why = sentence(failure.why, language)
        table.append(
            (line.company_id, line.display_name, line.client_number, why, str(line.number))
        )
    rows = [
        Row(tuple(written(v, layout.delimiter) for v in values), layout.newline)
        for values in table
    ]
    return joined(rows, layout)

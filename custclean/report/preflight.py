"""Checks before one starts: the whole list, fresh, unharmed, of the right company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from custclean.report import dates
from custclean.report.checks import Check, page
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

__all__ = ["Check", "Seen", "page", "preflight"]

FIRM_LIMIT = 2_000  # clients a firm in QuickBooks Online Accountant
STALE_DAYS = 7
ENOUGH = 30  # rows below which one value in a column says nothing about a filter
PAGES = (50, 75, 100, 150, 200, 300, 500, 1_000)  # rows of one page on the screen
_EXPONENT = r"^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+$"
_FLOAT = r"^[0-9]+[.,]0+$"
_ROUNDED = r"^[0-9]{15}0+$"  # Excel keeps fifteen digits of a number
_LONG = r"^[0-9]{16,}$"


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of the inbox as read: canonical table, and notes (title rows, footer)."""

    file: str
    system: str
    kind: str
    table: pl.DataFrame
    notes: tuple[str, ...] = ()


def preflight(
    seen: Iterable[Seen], *, today: date | None = None, target: str = "quickbooks-accountant"
) -> tuple[Check, ...]:
    """Look at the files before anything is done with them; no state is worse than "stop".

    `target` says whose customers are the clients; without `today` no age is judged.
    """
    files = sorted(seen, key=lambda one: one.file)
    clients = [one for one in files if (one.system, one.kind) == (target, "customers")]
    checks = [_wanted(clients)]
    for one in clients:
        checks += [check for look in _LOOKS for check in look(one)]
    checks += [check for one in files for check in _age(one, today)]
    checks += _companies(files)
    return tuple(checks)


def _texts(table: pl.DataFrame, column: str) -> pl.Series:
    given = (
        table[column] if column in table.columns else pl.Series(column, [], dtype=pl.String)
    )
    return given.cast(pl.String).str.strip_chars().drop_nulls()


def _wanted(clients: Sequence[Seen]) -> Check:
    name = tr("Client list")
    if not clients:
        return Check(name, "stop", tr("There is no client list among the files."))
    if len(clients) > 1:
        files = ", ".join(one.file for one in clients)
        return Check(name, "warn", tr("There are several client lists: {files}.", files=files))
    rows = clients[0].table.height
    sentence = trn(
        "{file} has {n:,} client.", "{file} has {n:,} clients.", rows, file=clients[0].file
    )
    return Check(name, "ok" if rows else "stop", sentence)


def _limit(one: Seen) -> list[Check]:
    rows = one.table.height
    name = tr("Size")
    if rows <= FIRM_LIMIT:
        room = FIRM_LIMIT - rows
        sentence = tr("A firm's list takes {limit:,} clients; there is room for {room:,}.",
                      limit=FIRM_LIMIT, room=room)  # fmt: skip
        return [Check(name, "ok", sentence)]
    sentence = tr(
        "{rows:,} clients, {over:,} more than the {limit:,} that a firm's list takes. Make a "
        "plan: merge and remove first and see how many are left; then decide which clients "
        "belong together in a second firm. How clients move to another firm is not "
        "documented well enough to say here: ask the product's support first.",
        rows=rows, over=rows - FIRM_LIMIT, limit=FIRM_LIMIT,
    )  # fmt: skip
    return [Check(name, "warn", sentence)]


def _filters(one: Seen) -> list[Check]:
    name = tr("Filters")
    rows = one.table.height
    if rows < ENOUGH:
        return []
    found = []
    labels = {"customer_type": tr("client type"), "lead_accountant": tr("lead accountant")}
    for column, label in labels.items():
        values = _texts(one.table, column)
        if values.len() == rows and values.n_unique() == 1:
            found.append(tr("every client has the same {what}", what=label))
    letters = _letters(one.table)
    if len(letters) > 1 and ord(letters[-1]) - ord(letters[0]) < 13:
        found.append(
            tr("all names begin with {first} to {last}", first=letters[0], last=letters[-1])
        )
    if rows in PAGES:
        found.append(tr("{rows:,} rows is just one page of the screen", rows=rows))
    if not found:
        return [Check(name, "ok", tr("Nothing looks as if the list was filtered."))]
    sentence = tr("The list looks filtered: {why}. Clear all filters and download it again.",
                  why="; ".join(found))  # fmt: skip
    return [Check(name, "warn", sentence)]


def _letters(table: pl.DataFrame) -> list[str]:
    first = _texts(table, "display_name").str.slice(0, 1).str.to_uppercase()
    return sorted(set(first.filter(first.str.contains("^[A-Z]$")).to_list()))


def _inactive(one: Seen) -> list[Check]:
    name = tr("Inactive clients")
    states = _texts(one.table, "active").str.to_lowercase().n_unique()
    if states > 1:
        return [Check(name, "ok", tr("The list holds active and inactive clients."))]
    sentence = tr(
        "The list shows no inactive clients. They keep their numbers, and the system refuses "
        "a number that one of them has: include them, then download again."
    )
    return [Check(name, "warn", sentence)] if one.table.height else []


def _excel_ids(one: Seen) -> list[Check]:
    name = tr("Company ids")
    ids = _texts(one.table, "company_id")
    exponent = ids.filter(ids.str.contains(_EXPONENT)).len()
    long = ids.filter(ids.str.contains(_LONG))
    rounded = long.filter(long.str.contains(_ROUNDED)).len()
    # One id in ten ends in 0 by chance; half of them do not.
    damaged = exponent + (rounded if 2 * rounded > long.len() else 0)
    if damaged:
        sentence = trn(
            "Excel has damaged {n:,} company id. Download again, do not open it in Excel.",
            "Excel has damaged {n:,} company ids. Download again, do not open it in Excel.",
            damaged,
        )
        return [Check(name, "stop", sentence)]
    blank = one.table.height - ids.filter(ids != "").len()
    if blank:
        sentence = trn(
            "{n:,} client has no company id; no upload can carry it.",
            "{n:,} clients have no company id; no upload can carry them.",
            blank,
        )
        return [Check(name, "warn", sentence)]
    return [Check(name, "ok", tr("No company id is missing or damaged by Excel."))]


def _excel_numbers(one: Seen) -> list[Check]:
    name = tr("Client numbers")
    numbers = _texts(one.table, "customer_number")
    damaged = numbers.filter(numbers.str.contains(f"{_EXPONENT}|{_FLOAT}")).len()
    if not damaged:
        return [Check(name, "ok", tr("No client number looks damaged by Excel."))]
    sentence = trn(
        "{n:,} client number looks damaged (123.0, 1.23E+05). You will be asked for it.",
        "{n:,} client numbers look damaged (123.0, 1.23E+05). You will be asked for them.",
        damaged,
    )
    return [Check(name, "warn", sentence)]


def _undated(one: Seen) -> list[Check]:
    if dates.newest(one.notes):
        return []
    sentence = tr(
        "The file does not say when it was made; if clients changed since, renew it."
    )
    return [Check(tr("Age of {file}", file=one.file), "ok", sentence)]


_LOOKS: tuple[Callable[[Seen], list[Check]], ...] = (
    _limit, _filters, _inactive, _excel_ids, _excel_numbers, _undated
)  # fmt: skip


def _age(one: Seen, today: date | None) -> list[Check]:
    made = dates.newest(one.notes)
    if today is None or made is None:
        return []
    name = tr("Age of {file}", file=one.file)
    days = (today - made).days
    if days < -1:  # one day: time zones
        return [
            Check(name, "warn", tr("It is dated {day}, in the future.", day=made.isoformat()))
        ]
    if days <= STALE_DAYS:
        return [Check(name, "ok", tr("Made on {day}.", day=made.isoformat()))]
    sentence = trn(
        "Made on {day}, {n} day ago: download it again.",
        "Made on {day}, {n} days ago: download it again.",
        days,
        day=made.isoformat(),
    )
    return [Check(name, "warn", sentence)]


def _titles(notes: Sequence[str]) -> list[str]:
    """Take a report's title rows: its company and its name, in either order."""
    texts = (note.strip(' ",;\t\ufeff') for note in notes)
    return [" ".join(t.split()) for t in texts if t and dates.found(t) is None]


def _companies(files: Sequence[Seen]) -> list[Check]:
    """Hold the title rows of the reports against one another: one of them is the company."""
    reports = [(one, _titles(one.notes)) for one in files if one.system == "quickbooks-online"]
    known = [(one, titles) for one, titles in reports if len(titles) > 1]
    if len(known) < 2:
        return []
    # Reports of one kind share their name too: there, both titles must be shared.
    needed = 1 if len({one.kind for one, _ in known}) > 1 else 2
    name = tr("Company of the reports")
    first = known[0][1]
    others = [{title.casefold() for title in titles} for _, titles in known[1:]]
    shared = [title for title in first if all(title.casefold() in other for other in others)]
    if len(shared) >= needed:
        return [Check(name, "ok", tr("All reports are of {company}.", company=shared[0]))]
    listed = "; ".join(f"{one.file}: {titles[0]}" for one, titles in known)
    sentence = tr(
        "The reports are of different companies ({listed}). Keep those of one company only.",
        listed=listed,
    )
    return [Check(name, "stop", sentence)]

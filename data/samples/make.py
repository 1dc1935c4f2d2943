"""Write every sample file again, byte for byte: `python data/samples/make.py [folder]`.

All people, firms and numbers are invented; README.md says how. Nothing of custclean is used
here, so that the samples can contradict it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from _make.books import keep_books
from _make.entities import LEADS
from _make.files import (
    PORTUGUESE,
    client_list,
    customer_list,
    hidden_json,
    outlook,
    register,
    transaction_list,
    vendor_list,
)
from _make.hidden import hide
from _make.numbering import assign
from _make.outlook import contacts
from _make.plan import MAIN, OVER_LIMIT, SMALL, Plan
from _make.truth import Set, tell
from _make.world import build

if TYPE_CHECKING:
    from _make.rows import Row

OTHER_LEADS = (
    "Arvid Nordhem",
    "Sunniva Berle",
    "Otto Klinkert",
    "Mina Falkrode",
    "Livio Seretti",
)


def whole_set(plan: Plan) -> dict[str, bytes]:
    """Make the six files of a set, what downloads hide, and the truth."""
    world = build(plan)
    numbers = assign(world)
    books = keep_books(world)
    people = contacts(world)
    hidden = hide(world, numbers)
    files = {
        "client_list.csv": client_list(world.rows),
        "register.xlsx": register(numbers.lines),
        "customer_contact_list.csv": customer_list(world, books),
        "vendor_contact_list.csv": vendor_list(world, books),
        "transaction_list.csv": transaction_list(books),
        "outlook_contacts.csv": outlook(people),
        "hidden.json": hidden_json(hidden),
        "pt": client_list(world.rows, PORTUGUESE),
    }
    truth = tell(Set(world, numbers, books, people, hidden))
    return files | {f"truth/{name}": data for name, data in truth.items()}


def two_firms() -> list[Row]:
    """Make one list of two firms: more clients than one may have, told apart by the lead."""
    rows = build(OVER_LIMIT).rows
    for row in rows[::2]:
        if row.lead in LEADS:
            row.lead = OTHER_LEADS[LEADS.index(row.lead)]
    return rows


def all_files() -> dict[str, bytes]:
    """Make every file, by its path below the samples."""
    main, small = whole_set(MAIN), whole_set(SMALL)
    portuguese = {"main_pt/client_list.csv": main.pop("pt")}
    small.pop("pt")
    over = {"over_limit/client_list.csv": client_list(two_firms())}
    made = {f"main/{name}": data for name, data in main.items()}
    return made | {f"small/{name}": data for name, data in small.items()} | portuguese | over


def write(folder: Path) -> None:
    """Write every file below `folder`."""
    for name, data in all_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)

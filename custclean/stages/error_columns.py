"""Which column of an error log holds what: by its heading, else by what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.systems import SYSTEMS, plain_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Columns", "columns_of", "field_named", "headings_known"]

# what an error log may have beside the columns of the target's own layout
_MORE: Mapping[str, str] = {
    "notes": "details|description|error details|detalhes|descrição|descripción|détails|raison"
    "|dettagli|einzelheiten|detaljer",
    "status": "status|result|outcome|resultado|estado|situação|résultat|état|statut|risultato"
    "|stato|ergebnis|resultat",
    "field": "field|column|campo|coluna|columna|champ|colonne|colonna|feld|spalte"
    "|felt|kolonne",
    "row": "row|line|row number|line number|linha|fila|línea|ligne|riga|zeile|række|linje|#",
}


def _spellings() -> dict[str, str]:
    logs = [
        layout.headings
        for system in SYSTEMS.values()
        for layout in system.layouts
        if layout.kind == "error_log"
    ]
    told = [
        (field, text)
        for headings in logs
        for field, languages in headings.items()
        for texts in languages.values()
        for text in texts
    ]
    told += [(field, text) for field, texts in _MORE.items() for text in texts.split("|")]
    # of two fields with one spelling the target's own layout comes last and rules
    return {plain_heading(text): field for field, text in reversed(told)}


KNOWN: Mapping[str, str] = _spellings()


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the columns; -1: there is none. Several may hold messages."""

    company_id: int = -1
    display_name: int = -1
    customer_number: int = -1
    status: int = -1
    field: int = -1
    messages: tuple[int, ...] = ()

    def others(self, width: int) -> list[int]:
        """Give the places of the columns that nothing is known of."""
        known = {self.company_id, self.display_name, self.customer_number, *self.messages}
        return [place for place in range(width) if place not in known]


def headings_known(cells: Sequence[str]) -> float:
    """Say how much a row looks like the headings of an error log, from 0 to 1."""
    known = sum(plain_heading(cell) in KNOWN for cell in cells)
    return known / len(cells) if known > 1 else 0.0


def field_named(text: str) -> str:
    """Give the field that a log names by a heading; "" if it is none of the three.

    >>> field_named("Número do cliente"), field_named("Foo")
    ('customer_number', '')
    """
    name = KNOWN.get(plain_heading(text), "")
    return name if name in ("company_id", "display_name", "customer_number") else ""


def columns_of(
    header: Sequence[str], rows: Sequence[Sequence[str]], sent: Sequence[tuple[str, str, str]]
) -> Columns:
    """Find the columns; `sent` holds id, name and number of each row of the upload."""
    named = [KNOWN.get(plain_heading(cell), "") for cell in header]
    values = [{row[place] for row in sent} - {""} for place in range(3)]
    taken: list[int] = []
    for name, known in zip(("company_id", "display_name", "customer_number"), values):
        taken.append(_best(named, rows, name, known, taken))
    status, field = (_heading(named, name, taken) for name in ("status", "field"))
    free = [at for at in range(len(header)) if at not in (*taken, status, field)]
    messages = [at for at in free if named[at] == "notes"]
    company, display, number = taken
    return Columns(
        company, display, number, status, field, tuple(messages or _wordiest(rows, free))
    )


def _heading(named: Sequence[str], name: str, taken: Sequence[int]) -> int:
    places = (at for at, each in enumerate(named) if each == name and at not in taken)
    return next(places, -1)


def _best(
    named: Sequence[str],
    rows: Sequence[Sequence[str]],
    name: str,
    known: set[str],
    taken: Sequence[int],
) -> int:
    """Take the column with most values that were sent; of equals the one of that heading."""

    def hits(at: int) -> tuple[int, bool, int]:
        return sum(row[at] in known for row in rows), named[at] == name, -at

    free = [at for at, each in enumerate(named) if at not in taken and each in ("", name)]
    best = max(free, key=hits, default=-1)
    return best if best >= 0 and any(hits(best)[:2]) else -1


def _wordiest(rows: Sequence[Sequence[str]], free: Sequence[int]) -> list[int]:
    """Take the column that says most in words, where no heading tells of a message."""

    def words(at: int) -> int:
        return sum(sign.isalpha() for row in rows for sign in row[at])

    best = max(free, key=lambda at: (words(at), -at), default=-1)
    return [best] if best >= 0 and words(best) else []

"""Which contacts of a mail program are clients set aside, and which are customers too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from custclean.stages.screen_facts import Book, parties_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from custclean.stages.screen_facts import Party

__all__ = ["Match", "match_contacts"]


@dataclass(frozen=True, slots=True)
class Match:
    """Who of those set aside a contact is, and whether it is a customer too."""

    clients: tuple[str, ...] = ()
    shared: bool = False


def match_contacts(
    contacts: pl.DataFrame, aside: pl.DataFrame, customers: Iterable[object]
) -> dict[str, Match]:
    """Say by record_id which contacts are clients of `aside`, by name or mailbox.

    `customers`: those who are left of the list that `aside` is of, then the lists of the
    books. `shared`: somebody of them has the name or the mailbox too; but in the books who
    has both of one set aside is that one. Left out are contacts of whom neither is so.
    """
    ours = Book(parties_of(aside))
    listed, *books = map(parties_of, customers)
    others = [party for table in books for party in table if not _is_one_of(ours, party)]
    theirs = Book((*listed, *others))
    found: dict[str, Match] = {}
    for party in parties_of(contacts):
        same = {each.row["record_id"] or "" for each in ours.same(party, alone=True)}
        shared = bool(theirs.named(party) or theirs.same(party, alone=True))
        if same or shared:
            found[party.row["record_id"] or ""] = Match(tuple(sorted(same)), shared)
    return found


def _is_one_of(book: Book, party: Party) -> bool:
    """Tell whether somebody of a book has both a name and a mailbox of a party."""
    return any(each.mails & party.mails for each in book.named(party))

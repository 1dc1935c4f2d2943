"""What the machine finds in the files, before any person says a word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from custclean.project.merging import check_rules
from custclean.stages.link import Matches, find_duplicates, link
from custclean.stages.screen import Screening, screen
from custclean.stages.standardise import Standardised, standardise
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from custclean.model import Progress
    from custclean.project.inbox import Inbox
    from custclean.project.state import State
    from custclean.settings import Settings
    from custclean.stages.read import Export

__all__ = ["Evidence", "judge", "link_register"]


def _nothing(at: int) -> tuple[tuple[str, str], ...]:
    del at
    return ()


PARTS = 10  # of the time that judging takes: two for each of the first stages, six for linking


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the machine finds in the files, before any person says a word.

    `asked` gives the pairs that are worth a look in one of the earlier downloads.
    """

    clients: Export
    clean: Standardised
    screening: Screening
    matches: Matches
    asked: Callable[[int], Collection[tuple[str, str]]] = field(default=_nothing, repr=False)


def judge(
    inbox: Inbox, settings: Settings, progress: Progress, last: Evidence | None = None
) -> Evidence:
    """Standardise, screen and find duplicates: no decision is made or needed here.

    `last`: what was found in the download before; where only client numbers differ from
    it, nothing that is compared has changed, and its matches are kept.
    """
    check_rules(settings)
    clients = inbox.downloads[-1].export
    progress(tr("standardise"), 0, PARTS)
    clean = standardise(clients, region=settings.region)
    progress(tr("screen"), 2, PARTS)
    screening = screen(
        clients.table,
        vendors=inbox.reference("vendors"),
        employees=inbox.reference("employees"),
        transactions=inbox.reference("transactions"),
        customers=inbox.reference("customers"),
        contacts=inbox.reference("contacts"),
        own_domains=settings.screen.own_domains,
    )
    progress(tr("find duplicates"), 4, PARTS)
    if last is not None and _compared(last.clean).equals(_compared(clean)):
        matches = last.matches
    else:
        matches = find_duplicates(clean.table, threshold=settings.link.threshold)
    progress(tr("find duplicates"), PARTS, PARTS)
    return Evidence(clients, clean, screening, matches)


def _compared(clean: Standardised) -> pl.DataFrame:
    return clean.table.drop("customer_number", "source_file", "source_row")


def link_register(
    inbox: Inbox, evidence: Evidence, state: State, settings: Settings
) -> Matches | None:
    """Link those who are clients to the lines of the register; None: there is none."""
    register = inbox.reference("register")
    if register is None:
        return None
    aside = list(state.set_aside)
    clients = evidence.clean.table.filter(~pl.col("record_id").is_in(aside))
    lines = standardise(register, region=settings.region).table
    return link(clients, lines, decisions=state.links)

"""What was worked out once is not worked out again while what it came from is the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from custclean.project.run import Evidence, judge, link_register
from custclean.stages.standardise import standardise

if TYPE_CHECKING:
    import polars as pl

    from custclean.model import Progress
    from custclean.project.inbox import Inbox
    from custclean.project.state import State
    from custclean.settings import Settings
    from custclean.stages.link import Matches
    from custclean.stages.read import Export

__all__ = ["Memory"]

Key = tuple[object, ...]


class Memory:
    """The last evidence and the last links of a project, with what they came from."""

    def __init__(self) -> None:
        self._evidence: tuple[Key, Evidence] | None = None
        self._links: tuple[Evidence, Key, Matches | None] | None = None

    def evidence(self, inbox: Inbox, settings: Settings, progress: Progress) -> Evidence:
        """Judge the inbox, or give what was found in the same files before.

        A download that differs from the one before in client numbers alone is judged as
        that one was: nothing that is compared has changed.
        """
        key = tuple(file.sha256 for file in inbox.references.values())
        clients = inbox.downloads[-1].export
        if self._evidence is None or self._evidence[0] != key:
            self._evidence = key, judge(inbox, settings, progress)
        elif self._evidence[1].clients is not clients:
            last = self._evidence[1]
            if _compared(last.clients).equals(_compared(clients)):
                clean = standardise(clients, region=settings.region)
                self._evidence = key, replace(last, clients=clients, clean=clean)
            else:
                self._evidence = key, judge(inbox, settings, progress)
        return self._evidence[1]

    def links(
        self, inbox: Inbox, evidence: Evidence, state: State, settings: Settings
    ) -> Matches | None:
        """Link the register, or give the links of the same clients and decisions."""
        said = tuple((d.key, d.verdict) for d in state.links)
        key = (*sorted(state.set_aside), *said)
        known = self._links
        if known is None or known[0].matches is not evidence.matches or known[1] != key:
            self._links = evidence, key, link_register(inbox, evidence, state, settings)
        assert self._links is not None  # noqa: S101  # set a line above
        return self._links[2]


def _compared(clients: Export) -> pl.DataFrame:
    return clients.table.drop("customer_number", "source_file", "source_row")

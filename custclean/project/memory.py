"""What was worked out once is not worked out again while what it came from is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.project.run import Evidence, judge, link_register

if TYPE_CHECKING:
    from custclean.model import Progress
    from custclean.project.inbox import Inbox
    from custclean.project.state import State
    from custclean.settings import Settings
    from custclean.stages.link import Matches

__all__ = ["Memory"]

Key = tuple[object, ...]


class Memory:
    """The last evidence and the last links of a project, with what they came from."""

    def __init__(self) -> None:
        self._evidence: tuple[Key, Evidence] | None = None
        self._links: tuple[Evidence, Key, Matches | None] | None = None

    def evidence(self, inbox: Inbox, settings: Settings, progress: Progress) -> Evidence:
        """Judge the inbox, or give what was found in the same files before."""
        key = (inbox.downloads[-1].key, *(file.key for file in inbox.references.values()))
        if self._evidence is None or self._evidence[0] != key:
            last = self._evidence[1] if self._evidence else None
            self._evidence = key, judge(inbox, settings, progress, last)
        return self._evidence[1]

    def links(
        self, inbox: Inbox, evidence: Evidence, state: State, settings: Settings
    ) -> Matches | None:
        """Link the register, or give the links of the same clients and decisions."""
        said = tuple((d.key, d.verdict) for d in state.links)
        register = inbox.references.get("register")
        key = (register.key if register else "", *sorted(state.set_aside), *said)
        known = self._links
        if known is None or known[0].matches is not evidence.matches or known[1] != key:
            self._links = evidence, key, link_register(inbox, evidence, state, settings)
        assert self._links is not None  # noqa: S101  # set a line above
        return self._links[2]

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
        self._links: tuple[Key, Matches | None] | None = None

    def evidence(self, inbox: Inbox, settings: Settings, progress: Progress) -> Evidence:
        """Judge the inbox, or give what was found in the same files before."""
        key = self._files(inbox)
        if self._evidence is None or self._evidence[0] != key:
            self._evidence = key, judge(inbox, settings, progress)
        return self._evidence[1]

    def links(
        self, inbox: Inbox, evidence: Evidence, state: State, settings: Settings
    ) -> Matches | None:
        """Link the register, or give the links of the same files and decisions."""
        said = tuple((d.key, d.verdict) for d in state.links)
        key = (self._files(inbox), tuple(state.set_aside), said)
        if self._links is None or self._links[0] != key:
            self._links = key, link_register(inbox, evidence, state, settings)
        return self._links[1]

    @staticmethod
    def _files(inbox: Inbox) -> Key:
        newest = inbox.downloads[-1]
        return (newest.sha256, *(file.sha256 for file in inbox.references.values()))

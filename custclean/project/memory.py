"""What was worked out once is not worked out again while what it came from is the same."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from custclean.decisions import current_of, disputed_of
from custclean.project.evidence import Evidence, judge, link_register
from custclean.project.past import past_orders, said_before
from custclean.project.state import first_words, read_state
from custclean.project.today import under_todays_ids
from custclean.stages.link import find_duplicates
from custclean.stages.question_answers import rows_by_id
from custclean.stages.standardise import standardise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custclean.model import Decision, Progress
    from custclean.project.inbox import Inbox
    from custclean.project.past import Past
    from custclean.project.state import State
    from custclean.settings import Settings
    from custclean.stages.link import Matches

__all__ = ["Judged", "Memory"]

Key = tuple[object, ...]
Pairs = list[tuple[str, str]]


class Judged(NamedTuple):
    """What the files say, and what people have said about it by now."""

    inbox: Inbox
    evidence: Evidence
    past: Past
    state: State


class Memory:
    """The last evidence and the last links of a project, with what they came from."""

    def __init__(self) -> None:
        self._inbox: tuple[Key, Inbox] | None = None
        self._evidence: tuple[Key, Evidence] | None = None
        self._links: tuple[Evidence, Key, Matches | None] | None = None
        self._asked: dict[Key, Pairs] = {}
        self._past: tuple[Key, Past] | None = None

    def judge(
        self, found: Inbox, history: Sequence[Decision], settings: Settings, progress: Progress
    ) -> Judged:
        """Say what files and decisions come to, under the ids of today."""
        inbox = self.inbox(found)
        today = inbox.aliases.today(history)
        evidence = self.evidence(inbox, settings, progress)
        past = self.past(inbox, today, evidence, settings)
        state = read_state(
            current_of(today),
            _rows(inbox),
            disputed_of(today),
            first_words(history, today),
            carried_out=past.shown,
        )
        return Judged(inbox, evidence, past, state)

    def inbox(self, found: Inbox) -> Inbox:
        """Give the inbox under the ids of today."""
        key = tuple(file.key for file in found.files)
        if self._inbox is None or self._inbox[0] != key:
            self._inbox = key, under_todays_ids(found)
        return self._inbox[1]

    def evidence(self, inbox: Inbox, settings: Settings, progress: Progress) -> Evidence:
        """Judge the inbox, or give what was found in the same files before."""
        key = (inbox.downloads[-1].key, *(file.key for file in inbox.references.values()))
        if self._evidence is None or self._evidence[0] != key:
            last = self._evidence[1] if self._evidence else None
            self._evidence = key, judge(inbox, settings, progress, last)
        return replace(self._evidence[1], asked=partial(self.asked, inbox, settings))

    def past(
        self,
        inbox: Inbox,
        history: Sequence[Decision],
        evidence: Evidence,
        settings: Settings,
    ) -> Past:
        """Say what became of earlier orders; what was said since then alters nothing of it."""
        said = said_before(inbox.downloads[-1].seq, history)
        key = (said, *(file.key for file in inbox.files))
        if self._past is None or self._past[0] != key:
            self._past = key, past_orders(inbox, said, evidence.screening.classes, settings)
        return self._past[1]

    def asked(self, inbox: Inbox, settings: Settings, at: int) -> Pairs:
        """Give the pairs that are worth a look in one of the downloads."""
        download = inbox.downloads[at]
        key = (download.key, tuple(inbox.renamed.get(download.key, {}).items()))
        if key not in self._asked:
            clean = standardise(download.export, region=settings.region)
            found = find_duplicates(clean.table, threshold=settings.link.threshold)
            pairs = found.to_review().select("left_id", "right_id")
            self._asked[key] = list(pairs.iter_rows())
        return self._asked[key]

    def links(self, judged: Judged, settings: Settings) -> Matches | None:
        """Link the register, or give the links of the same clients and decisions."""
        inbox, evidence, _past, state = judged
        said = tuple((d.key, d.verdict) for d in state.links)
        register = inbox.references.get("register")
        key = (register.key if register else "", *sorted(state.set_aside), *said)
        known = self._links
        if known is None or known[0].matches is not evidence.matches or known[1] != key:
            self._links = evidence, key, link_register(inbox, evidence, state, settings)
        assert self._links is not None  # noqa: S101  # set a line above
        return self._links[2]


def _rows(inbox: Inbox) -> dict[str, Mapping[str, str | None]]:
    files = [inbox.downloads[-1].export]
    if "register" in inbox.references:
        files.append(inbox.references["register"].export)
    return {k: row for export in files for k, row in rows_by_id(export.table).items()}

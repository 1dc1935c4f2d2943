"""What became of decisions made on earlier downloads: held, asked again, without record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from custclean import html
from custclean.decisions import fingerprint, whose
from custclean.model import Decision, Verdict
from custclean.project.likeness import Strangers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from custclean.project.inbox import Inbox, Received
    from custclean.project.state import State

__all__ = ["Carried", "Changes", "carried_over"]

CHANGED = "seq verdict record_id field before now seen_in who when".split()
ORPHANS = "seq verdict record_ids missing who when last_seen perhaps".split()
OPINIONS = frozenset(Verdict) - {Verdict.RECEIVED, Verdict.ROUND, Verdict.UNDO, Verdict.DONE}


@dataclass(frozen=True, slots=True)
class Changes:
    """What people saw when they decided and what is there now, a row a field.

    `table`: seq, verdict, record_id, field, before, now, seen_in, who, when. `before` is
    of the newest kept file in which it stands, `seen_in`; no file: none of those kept has
    what was seen.
    """

    table: pl.DataFrame

    def __len__(self) -> int:
        """Say how many decisions there are."""
        return self.table["seq"].n_unique()

    def __repr__(self) -> str:
        return f"Changes({len(self)} decisions, {self.table.height} values)"

    def _repr_html_(self) -> str:
        return html.table(self.table, title=repr(self), plain=("seen_in",))


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the decisions made on earlier downloads.

    `held`: how many hold; `moved`: how many of them are of a record with another id now.
    `changed`: what is asked again, and why. `orphans`: the decisions of which a record is
    not there any more, but not because that was decided: seq, verdict, record_ids,
    missing, who, when, last_seen (a file), perhaps (ids of today that may be the record).
    They hold again when the record comes back.
    """

    held: int = 0
    moved: int = 0
    changed: Changes = field(default_factory=lambda: Changes(_frame(CHANGED, [])))
    orphans: pl.DataFrame = field(default_factory=lambda: _frame(ORPHANS, []))


def carried_over(
    inbox: Inbox, state: State, original: Mapping[int, Decision], gone: Collection[str]
) -> Carried:
    """Hold all decisions that stand against the newest download and the earlier ones.

    `original`: the decisions as they are in the log; `gone`: records that went as decided.
    """
    known = _Known(inbox)
    again = {d.seq for d in (*(each for each, _ in state.reopened), *state.disputed)}
    opinions = [d for d in state.current if d.verdict in OPINIONS and not _is_machines(d)]
    lost = {d.seq: _missing(d, known.here, gone) for d in opinions}
    newest = inbox.downloads[-1].seq if len(inbox.downloads) > 1 else 0
    moved = {d.seq for d in opinions if original.get(d.seq, d).key != d.key}
    held = {
        d.seq
        for d in opinions
        if (d.seq < newest or d.seq in moved) and d.seq not in again and not lost[d.seq]
    }
    orphans = [known.orphan(d, lost[d.seq]) for d in opinions if lost[d.seq]]
    return Carried(
        held=len(held),
        moved=len(moved & held),
        changed=Changes(_frame(CHANGED, list(_changes(inbox, state)))),
        orphans=_frame(ORPHANS, orphans),
    )


def _is_machines(decision: Decision) -> bool:
    """Tell whether a number was given by the numbering: nobody's opinion."""
    source = decision.value.get("source", "decided")
    return decision.verdict is Verdict.NUMBER and source != "decided"


def _missing(
    decision: Decision, here: Collection[str], gone: Collection[str]
) -> tuple[str, ...]:
    """Give the records that are not there, but for those that went as was decided."""
    return tuple(each for each in decision.key if each not in here and each not in gone)


def _changes(inbox: Inbox, state: State) -> Iterator[tuple[object, ...]]:
    wanted = {record for decision, _ in state.reopened for record in decision.key}
    files = [(file.name, _rows(file, wanted)) for file in reversed(inbox.downloads)]
    for decision, names in state.reopened:
        for name in names:
            record, field = whose(decision, name)
            now = files[0][1][record].get(field)
            before, seen_in = _seen(files[1:], record, field, decision.seen[name])
            who = decision.who, decision.when
            told = decision.seq, decision.verdict.value, record, field
            yield (*told, before, now, seen_in, *who)


def _seen(
    files: Sequence[tuple[str, Mapping[str, Mapping[str, str | None]]]],
    record: str,
    field: str,
    print_then: str,
) -> tuple[str | None, str]:
    """Find a value by its fingerprint in the newest file that has it, and name the file."""
    for name, rows in files:
        if record in rows and fingerprint(rows[record].get(field)) == print_then:
            return rows[record].get(field), name
    return None, ""


def _rows(file: Received, wanted: Collection[str]) -> dict[str, Mapping[str, str | None]]:
    table = file.export.table
    found = table.filter(pl.col("record_id").is_in(list(wanted)))
    return {row["record_id"]: row for row in found.iter_rows(named=True)}


class _Known:
    """Which records are there, and where the others were seen last."""

    def __init__(self, inbox: Inbox) -> None:
        newest = [files[-1] for files in inbox.lists if files]
        self.here = frozenset(r for file in newest for r in file.export.table["record_id"])
        self._inbox = inbox
        self._strangers: dict[str, Strangers] = {}  # by the key of a file
        self._last = {
            record: file
            for files in reversed(inbox.lists)
            for file in files  # oldest first
            for record in file.export.table["record_id"]
        }

    def orphan(self, decision: Decision, missing: Sequence[str]) -> tuple[object, ...]:
        """Give a decision without its record, as a row."""
        files = sorted({self._last[each].name for each in missing if each in self._last})
        perhaps = [found for each in missing for found in self._perhaps(each)]
        return (
            decision.seq, decision.verdict.value, ", ".join(decision.key), ", ".join(missing),
            decision.who, decision.when, ", ".join(files), ", ".join(dict.fromkeys(perhaps)),
        )  # fmt: skip

    def _perhaps(self, record: str) -> tuple[str, ...]:
        """Name who may be a record that is gone: shown, never taken for it."""
        listed = self._inbox.aliases.perhaps.get(record)
        file = self._last.get(record)
        if listed is not None or file is None or file not in self._inbox.downloads:
            return listed or ()
        if file.key not in self._strangers:
            newest = self._inbox.downloads[-1].export.table
            self._strangers[file.key] = Strangers(file.export.table, newest)
        found = self._strangers[file.key].like(record)
        return found.perhaps.get(0) or tuple(found.links.values())


def _frame(names: Sequence[str], rows: Sequence[Sequence[object]]) -> pl.DataFrame:
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(names, pl.String)
    return pl.DataFrame(rows, schema=schema | {"seq": pl.Int64}, orient="row")

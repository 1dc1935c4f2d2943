"""Which merges sub-customers and jobs bar, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from custclean.systems import SYSTEMS
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from custclean.stages.merge.hard import Refusals
    from custclean.stages.merge.jobs import Jobs

__all__ = ["barred"]

Why = tuple[str, str] | None


def barred(jobs: Jobs, systems: Sequence[str]) -> tuple[Jobs, Refusals]:
    """Take out the groups that cannot be merged; give what is left, and the reasons.

    Each one out may bar another: a job that stays can have the name of one that comes.
    """
    found: Refusals = {}
    while True:
        out: Refusals = {}
        for no in _touched(jobs):
            why = _places(jobs, jobs.groups[no], picked=no in jobs.picked)
            why = why or _unclear(jobs, jobs.groups[no])
            if why is not None:
                out[no] = why
        for no, why in (*_same_names(jobs), *_too_long(jobs, systems)) if not out else ():
            out.setdefault(no, why)
        if not out:
            return jobs, found
        found |= out
        groups = {no: rows for no, rows in jobs.groups.items() if no not in out}
        picked = {no: row for no, row in jobs.picked.items() if no not in out}
        jobs = replace(jobs, groups=groups, picked=picked)


def _touched(jobs: Jobs) -> Iterator[int]:
    """Give the groups with somebody who is entered below or above another."""
    near = {*jobs.tree.entries, *jobs.tree.below}
    return (no for no, rows in jobs.groups.items() if not near.isdisjoint(rows))


def _places(jobs: Jobs, rows: Sequence[int], *, picked: bool) -> Why:
    if any(above in rows for row in rows for above in jobs.tree.ancestors(row)):
        return "parent_with_descendant", tr("one is entered below the other")
    line = jobs.line(rows[0])
    if len(line) > len(set(line)):
        return "parent_with_descendant", tr("it would be entered below itself")
    return None if picked else _different(jobs, rows)


def _different(jobs: Jobs, rows: Sequence[int]) -> Why:
    """Compare the places of the members; a person who picks one has answered this."""
    levels = {jobs.tree.level(row) for row in rows}
    if len(levels) > 1 and 0 in levels:
        return "job_with_customer", tr("one is a customer, the other entered below one")
    if len(levels) > 1:
        return "different_level", tr("they are entered at different levels")
    if len({jobs.parents_of(row) for row in rows}) > 1:
        return "different_parent", tr("they are entered below different customers")
    return None


def _unclear(jobs: Jobs, rows: Sequence[int]) -> Why:
    """Look whether all below those that go are certainly theirs."""
    for row in rows[1:]:
        for child in jobs.tree.below.get(row, ()):
            if len(set(map(jobs.end, jobs.tree.entries[child].above))) > 1:
                return "parent_unclear", tr(
                    "several customers of one name have jobs below them"
                )
    return None


def _same_names(jobs: Jobs) -> Iterator[tuple[int, tuple[str, str]]]:
    """Find records of one name that would come below one customer."""
    for rows in jobs.children.values():
        moved = [row for row in rows if jobs.moved(row)]
        names = Counter(jobs.path(row) for row in rows) if moved else Counter()
        for row in moved:
            if names[jobs.path(row)] > 1:
                yield (
                    jobs.cause(row),
                    (
                        "same_name_below",
                        tr("both have {name} below them", name=jobs.own_name(row)),
                    ),
                )


def _too_long(jobs: Jobs, systems: Sequence[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Find records whose full name, or whose level, their system does not take."""
    for move in jobs.moves:
        system = SYSTEMS.get(systems[move.row])
        if system is None:
            continue
        longest, deepest = (system.limits.get(name) for name in ("full_name", "levels"))
        name = jobs.full_name(move.row)
        if longest is not None and len(name) > longest:
            yield move.no, ("full_name_too_long", tr("at most {n} characters", n=longest))
        elif deepest is not None and len(jobs.line(move.row)) > deepest:
            yield move.no, ("too_many_levels", tr("at most {n} levels", n=deepest))

"""What a run came to, as facts for machines and as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custclean.project.steps import next_steps
from custclean.report.terms import fates_counted, orders_counted
from custclean.words import tr, trn

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.project import Run

__all__ = ["facts_of_run", "lines_of_run"]


def facts_of_run(result: Run) -> dict[str, Any]:
    """Give counts, and no value."""
    return {
        "balance": dict(result.balance.counts),
        "pairs_to_decide": result.queue.height,
        "proposals_to_decide": result.proposed.height,
        "work_orders": len(result.work),
        "failed": len(result.open_failures()),
        "waiting": result.waiting,
        "orders": result.orders.counts,
        "decisions_held": result.carried.held,
        "decisions_on_other_ids": result.carried.moved,
        "decisions_asked_again": len(result.changed),
        "decisions_without_record": result.orphans.height,
        "unexpected": 0
        if result.verification is None
        else result.verification.unexpected.height,
    }


def lines_of_run(result: Run, folder: Path) -> list[str]:
    """Say where the clients stand, what a fresh download did, and what comes next."""
    counts = ", ".join(fates_counted(result.balance.counts))
    lines = [
        trn(
            "{n:,} client: {counts}",
            "{n:,} clients: {counts}",
            result.balance.rows,
            counts=counts,
        )
    ]
    lines += _since_before(result)
    lines += [f"- {step}" for step in next_steps(result)]
    lines.append(tr("Summary: {file}", file=folder / "out" / "reports" / "summary.html"))
    return lines


def _since_before(result: Run) -> list[str]:
    """Say what the newest download did to decisions and work orders of earlier ones."""
    if result.verification is None:
        return []
    found = result.carried
    lines = [
        tr(
            "Earlier decisions: {held} hold ({moved} on records with another id now),"
            " {changed} asked again, {orphans} without their record in the list.",
            held=found.held,
            moved=found.moved,
            changed=len(found.changed),
            orphans=found.orphans.height,
        )
    ]
    if any(result.orders.counts.values()):
        lines.append(orders_counted(result.orders.counts))
    unexpected = result.verification.unexpected.height
    if unexpected:
        lines.append(
            trn(
                "{n} value was changed by somebody else: out/reports/unexpected.csv.",
                "{n} values were changed by somebody else: out/reports/unexpected.csv.",
                unexpected,
            )
        )
    return lines

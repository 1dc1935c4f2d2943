"""What a person does next: one sentence a step, in the order of the job."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from custclean.words import tr, trn

if TYPE_CHECKING:
    from custclean.project.run import Run

__all__ = ["next_steps"]

NAMED = 8  # work orders in a sentence


def next_steps(run: Run) -> tuple[str, ...]:
    """Say what waits for a person; nothing: the job is done."""
    steps = [*_decisions(run), *_work(run), *_rows(run), *_upload(run)]
    return tuple(steps) or (tr("Nothing waits for you: every client is verified or listed."),)


def _decisions(run: Run) -> list[str]:
    steps = []
    if run.queue.height:
        steps.append(
            trn(
                "Decide {n} pair in the review card: cc.show(project.review()), or custclean"
                " review.",
                "Decide {n} pairs in the review card: cc.show(project.review()), or custclean"
                " review.",
                run.queue.height,
            )
        )
    if run.proposed.height:
        steps.append(
            trn(
                "Decide {n} record that may be no customer:"
                " cc.show(project.set_aside_desk()).",
                "Decide {n} records that may be no customers:"
                " cc.show(project.set_aside_desk()).",
                run.proposed.height,
            )
        )
    if len(run.changed):
        steps.append(
            trn(
                "{n} decision is asked again: what was seen has changed"
                " (out/reports/changed.csv).",
                "{n} decisions are asked again: what was seen has changed"
                " (out/reports/changed.csv).",
                len(run.changed),
            )
        )
    return steps + _answers(run)


def _answers(run: Run) -> list[str]:
    """Name what else waits for a word, and the call that says it."""
    counts = Counter(run.balance.fates["reason"])
    asked = {
        "contradiction": trn(
            "{n} client stands in decisions that contradict: project.undo(seq).",
            "{n} clients stand in decisions that contradict: project.undo(seq).",
            counts["contradiction"],
        ),
        "pick_changed": trn(
            "{n} client is in a merge whose pick is asked again:"
            " custclean review / project.pick(record_id) says who stays, or whose value.",
            "{n} clients are in merges whose picks are asked again:"
            " custclean review / project.pick(record_id) says who stays, or whose value.",
            counts["pick_changed"],
        ),
        "survivor_tie": trn(
            "{n} client is as complete as another:"
            " custclean review / project.pick(record_id) says who stays.",
            "{n} clients are equally complete:"
            " custclean review / project.pick(record_id) says who stays.",
            counts["survivor_tie"],
        ),
        "subscription_unknown": trn(
            "{n} client may be on a plan:"
            " custclean review / project.pick(record_id) says who stays in the merge.",
            "{n} clients may be on a plan:"
            " custclean review / project.pick(record_id) says who stays in the merge.",
            counts["subscription_unknown"],
        ),
        "subscription_would_go": trn(
            "{n} client would be merged away though on a plan:"
            " custclean review / project.pick(record_id) says who stays in the merge.",
            "{n} clients would be merged away though on a plan:"
            " custclean review / project.pick(record_id) says who stays in the merge.",
            counts["subscription_would_go"],
        ),
        "register_unsure": trn(
            "{n} client has a likely line in the register:"
            " project.link(record_id, line, same=...).",
            "{n} clients have a likely line in the register:"
            " project.link(record_id, line, same=...).",
            counts["register_unsure"],
        ),
    }
    return [sentence for reason, sentence in asked.items() if counts[reason]]


def _work(run: Run) -> list[str]:
    counts = Counter(run.open_orders["state"])
    steps = []
    if counts["approved"]:
        steps = [
            trn(
                "Do {n} work order (out/work/), then download the list again.",
                "Do {n} work orders (out/work/), then download the list again.",
                counts["approved"],
            ),
            tr(
                "Tick each work order that is done: custclean done, the setup panel, or"
                " project.done(...)."
            ),
        ]
    denied = run.open_orders.filter(pl.col("still_in") != "")
    if denied.height:
        steps.append(
            trn(
                "{n} work order is ticked as done, but {file} does not show it: do it, or take"
                " the tick back ({orders}).",
                "{n} work orders are ticked as done, but {file} does not show them: do them,"
                " or take the ticks back ({orders}).",
                denied.height,
                file=denied["still_in"][0],
                orders=", ".join(denied["order"][:NAMED]) + "…" * (denied.height > NAMED),
            )
        )
    if counts["done"] > denied.height:
        steps.append(
            trn(
                "{n} work order is ticked as done: a fresh download of the list verifies it.",
                "{n} work orders are ticked as done: a fresh download of the list verifies"
                " them.",
                counts["done"] - denied.height,
            )
        )
    return steps


def _rows(run: Run) -> list[str]:
    asked = [left for left in run.left_out if left.reason == "asked"]
    steps = []
    if asked:
        steps.append(
            trn(
                "{n} client number needs an answer (out/reports/errors.xlsx):"
                " project.give(record_id, number) or .by_hand(record_id, note=...).",
                "{n} client numbers need an answer (out/reports/errors.xlsx):"
                " project.give(record_id, number) or .by_hand(record_id, note=...).",
                len(asked),
            )
        )
    open_failures = run.balance.fates.filter(
        run.balance.fates["reason"].is_in(["failed", "number_taken"])
    ).height
    if open_failures:
        steps.append(
            trn(
                "{n} row was refused by the target: custclean errors shows why.",
                "{n} rows were refused by the target: custclean errors shows why.",
                open_failures,
            )
        )
    return steps


def _upload(run: Run) -> list[str]:
    waiting = run.balance.counts["uploaded"]
    if waiting and not run.send:
        return [
            trn(
                "Upload the newest round in out/upload/ ({n} client), put the error log into"
                " the inbox, download the list again.",
                "Upload the newest round in out/upload/ ({n} clients), put the error log into"
                " the inbox, download the list again.",
                waiting,
            )
        ]
    return []

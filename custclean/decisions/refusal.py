"""What the log does not take: an undo of nothing, of a fact, or of what was carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.decisions.standing import ROUND, undone_by
from custclean.errors import DecisionError, UndoRefusedError
from custclean.labels import when_said
from custclean.model import Decision, Verdict
from custclean.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.decisions.tally import Tally

__all__ = ["refuse_what_cannot_be"]


def refuse_what_cannot_be(decision: Decision, tally: Tally, path: Path) -> None:
    """Stop an undo, or another word, that something in the log speaks against."""
    if decision.verdict is Verdict.UNDO:
        _refuse_undo(decision, tally, path)
        return
    earlier = tally.changed_by(decision)
    if earlier is not None:
        _refuse_what_is_done(earlier, tally, path)


def _refuse_undo(undo: Decision, tally: Tally, path: Path) -> None:
    number = undone_by(undo)
    if number is None or not tally.knows(number):
        raise DecisionError(tr("there is no such decision"), file=path, value=number)
    if not tally.counts(number):
        raise UndoRefusedError(
            tr("decision {seq} is taken back already", seq=number), file=path
        )
    target = tally.row(number)
    _refuse_what_went_out(target, tally, path)
    _refuse_what_is_done(target, tally, path)


def _refuse_what_went_out(target: Decision, tally: Tally, path: Path) -> None:
    """Keep facts: a number taken back after its upload would be free for another client."""
    fact = tally.fact_lost_without(target)
    if fact is None:
        return
    if fact.verdict is Verdict.RECEIVED:
        msg = tr(
            "decision {seq} says that a file was received; that cannot be taken back",
            seq=fact.seq,
        )
    else:
        msg = tr(
            "decision {seq} was sent to the target in round {n};"
            " what was sent cannot be taken back here",
            seq=fact.seq,
            n=fact.value.get(ROUND, ""),
        )
    raise UndoRefusedError(msg, file=path)


def _refuse_what_is_done(target: Decision, tally: Tally, path: Path) -> None:
    done = tally.blocker_of(target)
    if done is not None:
        msg = tr(
            "decision {seq} was carried out in the target system ({who}, {when});"
            " what is done there cannot be taken back here",
            seq=target.seq,
            who=done.who,
            when=when_said(done.when),
        )
        raise UndoRefusedError(msg, file=path)

"""Every decision taken back, in any order: the project writes what it wrote at the start."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from custclean.decisions.standing import standing_of
from custclean.model import Verdict
from custclean.project import Project

if TYPE_CHECKING:
    from pathlib import Path

OURS = frozenset({Verdict.RECEIVED, Verdict.ROUND})  # what came in and went out stays a fact


def files(folder: Path) -> dict[str, bytes]:
    out = folder / "out"
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.mark.slow
def test_undoing_everything_gives_every_file_back_byte_for_byte(
    small: Path, first_out: Path
) -> None:
    before = files(first_out)
    assert len(before) > 10
    with Project(first_out, who="tester") as project:
        project.run()
        assert files(first_out) == before, "what is compared below does not change by itself"
        project.replay(small / "decisions.jsonl")
        desk = project.review()
        desk.decide("same")
        desk.decide("different")
        assert len(project.run().work)
        assert files(first_out) != before
        left = [d.seq for d in standing_of(project.decisions.history) if d.verdict not in OURS]
        random.Random(5).shuffle(left)
        for seq in left:
            project.undo(seq)
        project.run()
        after = files(first_out)
    assert set(after) == set(before)
    assert [name for name in before if after[name] != before[name]] == []

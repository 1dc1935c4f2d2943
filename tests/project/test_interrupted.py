"""A run that is killed at any point: whole files, and after the next run the same bytes."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from custclean.model import Decision, Verdict
from custclean.project import Project
from tests.nursery import Nursery

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Company ID,Display name,Client number,Email"
FIRST = ["1,Ann Example,,ann@example.com", "2,Bo Sample,,bo@example.com", "3,Cy Muster,,"]
SECOND = [*FIRST, "4,Di Specimen,K7,di@example.com"]
RUNNER = """
import os, signal, sys, time
from pathlib import Path
from tests.project.test_interrupted import opened

def work(life, tell):
    left = life

    def end_before(event, arguments):
        nonlocal left
        if event in {"os.rename", "os.remove"} and "/out/" in str(arguments[0]):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(end_before)
    with opened(Path(sys.argv[1])) as project:
        project.upload()
    tell("done")
    time.sleep(60)
"""


def opened(folder: Path) -> Project:
    return Project(folder, who="ann", clock=lambda: datetime(2026, 3, 1, tzinfo=UTC))


def put(folder: Path, name: str, rows: list[str]) -> None:
    (folder / "inbox" / name).write_text("\r\n".join([HEAD, *rows, ""]), encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    out = folder / "out"
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.mark.slow
@pytest.mark.fault(7)
@pytest.mark.fault(13)
def test_killed_before_any_file_gets_its_name_a_run_is_finished_by_the_next_one(
    tmp_path: Path,
) -> None:
    start = tmp_path / "start"
    Project.init(start).close()
    put(start, "list.csv", FIRST)
    with opened(start) as project:
        project.run()
        old = files(start)
        put(start, "list (2).csv", SECOND)
        key = "quickbooks-accountant:customers:3"
        project.decisions.append(Decision((key,), Verdict.BY_HAND, note="ask her"))
    shutil.copytree(start, tmp_path / "whole")
    with opened(tmp_path / "whole") as project:
        project.upload()
    new = files(tmp_path / "whole")
    assert set(new) > set(old)
    with Nursery(RUNNER, start) as nursery:
        for turn in range(0, 100, 4):
            done = nursery.live(turn, hear=1)
            for name, data in files(start).items():
                unfinished = name.rsplit("/", 1)[-1].startswith(".custclean-")
                assert unfinished or data in (old.get(name), new.get(name)), name
            if done:
                break
            assert files(start) != new
    assert turn > 10, "it must have been killed often"
    assert files(start) == new

"""`custclean review`: a person decides in the terminal; the project has it afterwards."""

from __future__ import annotations

import io
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from custclean.cli import app, review
from custclean.cli.review import Wanted, _keys
from custclean.decisions import DecisionLog
from custclean.demo import INPUTS
from custclean.errors import CustcleanError, InputError
from custclean.model import silent
from custclean.project import Project
from custclean.stages.review import Filter, ReviewSession
from custclean.terminal import open_door
from tests.terminal.screens import pairs, people

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_terminal_it_says_what_to_do_and_reads_nothing(tmp_path: Path) -> None:
    Project.init(tmp_path / "job", region="DK").close()
    result = CliRunner().invoke(app, ["review", str(tmp_path / "job")], input="yyy")
    assert isinstance(result.exception, CustcleanError)
    assert "needs a terminal" in str(result.exception)
    assert "cc.show in a notebook" in str(result.exception)


def test_a_terminal_that_cannot_show_a_screen_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("sys.stdin", "sys.stdout"):
        monkeypatch.setattr(stream, io.StringIO())
        monkeypatch.setattr(f"{stream}.isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(CustcleanError, match="needs a terminal"):
        open_door()


def test_what_is_wanted_is_a_filter_of_the_queue() -> None:
    wanted = Wanted(state="again", search="ann", order="largest", least=5, most=90.5)
    assert wanted.filter == Filter("largest", "again", "ann", least=0.05, most=0.905)
    assert Wanted().filter == Filter()
    with pytest.raises(InputError, match="no such state"):
        _ = Wanted(state="maybe").filter


def test_keys_are_chosen_by_the_name_of_their_action() -> None:
    assert _keys(["same=z", "note = =", "apply=Enter"]) == {
        "same": "z",
        "note": "=",
        "apply": "Enter",
    }
    with pytest.raises(InputError, match="same=z"):
        _keys(["z"])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no terminal of this kind on Windows")
def test_decisions_of_the_terminal_are_those_of_the_project(
    samples: Path, tmp_path: Path
) -> None:
    from tests.terminal.ptys import Terminal  # noqa: PLC0415  # not on Windows

    made = tmp_path / "job"
    with Project.init(made, region="DK"):
        for name in INPUTS:
            shutil.copyfile(samples / "small" / name, made / "inbox" / name)
    words = ["review", str(made), "--who", "bo", "--key", "same=z", "--order", "likely"]
    main = "import sys; from custclean.cli import main; main()"
    with Terminal(["-c", main, *words]) as terminal:
        terminal.until("0 decided")
        shown = terminal.until("Same client")  # its foot comes after its head
        assert "Z Same client" in shown or "Z  Same client" in shown
        terminal.press("z n q")
        assert "2 entries in the log, all of them saved." in terminal.until("left.")
        assert terminal.ended() == 0
    with Project(made) as project:
        said = [(d.who, d.verdict.value) for d in project.decisions.current if d.seen]
        assert said == [("bo", "same"), ("bo", "different")]


class Door:
    """A terminal at which nobody sits."""

    ended = ""


def test_only_what_this_person_entered_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project.init(tmp_path / "job", region="DK", who="ann")
    log, told = DecisionLog(tmp_path / "log", who="ann"), list[str]()
    session = ReviewSession(people(), pairs(group=False), log)
    session.decide("same")  # before this run

    def both(*_given: object) -> str:
        assert project.progress is silent, "no bar is drawn over the desk"
        session.decide("different")
        with DecisionLog(tmp_path / "log", who="bo") as theirs:
            other = ReviewSession(people(), pairs(group=False), theirs)
            other.decide("same", index=2)
            other.decide("same", index=3)
        return ""

    monkeypatch.setattr(project, "review", lambda **_named: session)
    monkeypatch.setattr(review, "open_door", Door)
    monkeypatch.setattr(review, "run", both)
    assert review.decide(project, Wanted(), [], told.append) == 0
    assert told == ["1 entry in the log, all of it saved.", "0 questions are left."]
    log.close()
    project.close()

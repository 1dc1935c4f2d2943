"""The same from a terminal."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from custclean.practice.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_a_whole_round_can_be_played_from_a_terminal(
    client_list: Path, hidden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state, out, log = tmp_path / "state.json", tmp_path / "out.csv", tmp_path / "log.csv"
    upload = tmp_path / "upload.csv"
    upload.write_text(
        'Company ID,Display name,Client number\n9001,"Rossi, Anna",7\n9003,Café Brûlé,00100\n',
        encoding="utf-8",
    )
    assert run(state, "new", client_list, "--hidden", hidden) == 0
    assert run(state, "upload", upload, "--error-log", log) == 1
    assert capsys.readouterr().out == f"1 row accepted\n1 row failed: {log}\n"
    assert run(state, "merge", "9001", "9005") == 1
    assert "both clients have" in capsys.readouterr().out.lower()
    assert run(state, "merge", "9001", "9002") == 0
    assert run(state, "make-inactive", "9003") == 0
    assert run(state, "download", out, "--language", "pt") == 0
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Nome de exibição,ID da empresa,Número do cliente,")
    assert lines[1].startswith('"Rossi, Anna",9001,7,')
    assert not any("9003" in line or "9002" in line for line in lines)


def test_the_terminal_says_in_one_line_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "state.json", "download", tmp_path / "out.csv") == 1
    assert capsys.readouterr().err == "state.json: this file cannot be read\n"


def test_a_refused_file_says_why(
    client_list: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.json"
    run(state, "new", client_list)
    upload = tmp_path / "upload.csv"
    upload.write_bytes(b"a,b\n")
    assert run(state, "upload", upload, "--error-log", tmp_path / "log.csv") == 1
    assert capsys.readouterr().out.startswith("Each heading must be there once")


def test_work_orders_can_be_done_from_a_terminal(
    client_list: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state, work = tmp_path / "state.json", tmp_path / "work"
    work.mkdir()
    (work / "remove.csv").write_text("company_id,action\n9001,delete\n9002,delete\n")
    run(state, "new", client_list)
    assert run(state, "do", work) == 1
    assert capsys.readouterr().out == (
        "delete 9001: The client is on a plan. Take it off the plan first.\n"
    )
    assert run(state, "delete", "9002") == 1  # it is already gone


def test_the_module_runs_and_loads_nothing_heavy() -> None:
    code = (
        "import sys, custclean.practice.__main__; heavy = 'polars pandas numpy'.split();"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert done.stdout == "[]\n"

"""The program as a whole: its version, its help, its languages."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from custclean.words import LANGUAGES
from tests.served import custclean, refused, started

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_version_is_that_of_the_package() -> None:
    assert custclean("--version").stdout.strip() == version("custclean")
    module = [sys.executable, "-m", "custclean", "--version"]
    told = subprocess.run(module, check=True, capture_output=True, text=True)
    assert told.stdout.strip() == version("custclean")


def test_a_language_can_be_asked_for(folder: Path) -> None:
    assert "60 Mandanten: " in custclean("--language", "de", "run", folder).stdout
    assert "60 clients: " in custclean("run", folder).stdout


def test_a_project_made_in_a_language_is_run_in_it(tmp_path: Path, samples: Path) -> None:
    custclean("--language", "it", "init", tmp_path / "job")
    shutil.copyfile(
        samples / "small" / "client_list.csv", tmp_path / "job" / "inbox" / "client_list.csv"
    )
    assert "60 clienti: " in custclean("run", tmp_path / "job").stdout


def test_a_language_that_is_not_spoken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nl; there are en, it" in refused(custclean("--language", "nl", "systems"))
    monkeypatch.setenv("CUSTCLEAN_LANGUAGE", "xx")
    assert "xx; there are en, it" in refused(started("systems"))


def test_what_machines_read_is_the_same_in_every_language(samples: Path) -> None:
    path = samples / "small" / "client_list.csv"
    said = {custclean("--language", code, "read", path, "--json").stdout for code in LANGUAGES}
    assert len(said) == 1


def test_the_help_speaks_the_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUSTCLEAN_LANGUAGE", "de")
    assert "Ordner des Projekts" in started("run", "--help").stdout


def test_the_help_speaks_the_language_that_is_asked_for_wherever_it_stands() -> None:
    for words in (["--language", "da", "run", "--help"], ["run", "--help", "--language=da"]):
        assert "Projektets mappe" in custclean(*words).stdout


def test_a_language_may_be_asked_for_behind_the_command(samples: Path) -> None:
    path = samples / "small" / "client_list.csv"
    said = custclean("read", path, "--language", "it").stdout
    assert said == custclean("--language", "it", "read", path).stdout
    assert "intestazioni" in said


def test_version_and_help_come_without_what_only_commands_need() -> None:
    code = "import sys, atexit; from custclean.cli import main;"
    code += " atexit.register(lambda: print([m for m in ('polars', 'numpy') if m in"
    code += " sys.modules])); main()"
    for words in (["--version"], ["--help"], ["run", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
        )
        assert done.stdout.endswith("\n[]\n")


def test_help_lists_the_commands_in_the_order_of_the_work() -> None:
    listed = re.findall(r"^  ([a-z]+) +[A-Z]", custclean("--help").stdout, re.MULTILINE)
    assert listed == [
        "demo", "init", "lab", "read", "systems", "run", "review", "done", "undo",
        "questions", "answers", "ignore", "upload", "verify", "errors",
    ]  # fmt: skip

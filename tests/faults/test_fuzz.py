"""Each reader is fuzzed for some seconds; what was ever found is read again."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fuzz.targets import FOUND, TARGETS, run

ROOT = Path(__file__).parent.parent.parent
SECONDS = 20


@pytest.mark.parametrize("path", sorted(FOUND.glob("*-*")), ids=lambda path: path.name)
def test_a_finding_is_one_no_more(path: Path) -> None:
    run(path.name.split("-")[0], path.read_bytes())  # it is read or refused, in time


def fuzzed(name: str, folder: Path) -> str:
    """Fuzz a target in a process of its own; give what it said if it found something."""
    command = [sys.executable, "-m", "fuzz", name, str(SECONDS), str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False
    )
    return f"{name}: {done.stderr[-2_000:]}" if done.returncode else ""


@pytest.mark.slow
def test_nothing_but_our_own_errors_escapes_from_a_reader(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as two:  # processors
        said = list(two.map(lambda name: fuzzed(name, tmp_path), TARGETS))
    found = [path.name for path in tmp_path.glob("*-*") if path.is_file()]
    assert not any(said), (found, said)

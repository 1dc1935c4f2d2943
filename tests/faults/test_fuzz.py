"""Each reader is fuzzed for some seconds; what was ever found is read again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.targets import FOUND, TARGETS, run

ROOT = Path(__file__).parent.parent.parent
SECONDS = 5  # `make fuzz` takes its time


@pytest.mark.parametrize("path", sorted(FOUND.glob("*-*")), ids=lambda path: path.name)
def test_a_finding_is_one_no_more(path: Path) -> None:
    run(path.name.split("-")[0], path.read_bytes())  # it is read or refused, in time


@pytest.mark.slow
def test_nothing_but_our_own_errors_escapes_from_a_reader(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fuzz", "all", str(SECONDS), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    found = [path.name for path in tmp_path.glob("*-*") if path.is_file()]
    assert done.returncode == 0, (found, done.stderr)
    assert {path.stem for path in tmp_path.glob("*.said")} == set(TARGETS)

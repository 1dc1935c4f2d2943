"""A log to do things to."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from custclean.decisions import DecisionLog, seen_of
from custclean.model import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Give a log with forty decisions, closed."""
    row = {"email": "ann@example.com"}
    seen = seen_of(row, row)
    with DecisionLog(tmp_path / "full", who="ann") as log:
        log.append_all(
            Decision(("a", f"b{i}"), Verdict.SAME, seen, note=f"Because of {i}.")
            for i in range(40)
        )
    return log.path


@pytest.fixture
def public() -> Iterator[Path]:
    """Give a folder that another user can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.iterdir():
        path.chmod(0o755)
    shutil.rmtree(folder)

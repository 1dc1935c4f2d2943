"""A disk of our own, seen by one program only: it can really be full, or really read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

__all__ = ["on_own_disk"]

MOUNT = 'mount -t tmpfs -o "size=$1" none "$2" && shift 2 && exec "$@"'
REASON = "a disk of our own needs `unshare`, and root or user namespaces"


def on_own_disk(code: str, folder: Path, *arguments: object, size: str) -> str:
    """Run a program with a new disk at the folder, its first argument; give what it says."""
    if not _allowed():
        pytest.skip(REASON)
    program = [sys.executable, "-c", code, folder, *arguments]
    command = [*_apart(), "sh", "-c", MOUNT, "sh", size, folder, *program]
    result = subprocess.run(
        [*map(str, command)],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path.cwd(),
        timeout=120,
    )
    assert not result.returncode, result.stderr
    return result.stdout


def _apart() -> list[str]:
    return ["unshare", "--mount", *(["--map-root-user"] if os.getuid() else [])]


@cache
def _allowed() -> bool:
    if not shutil.which("unshare"):
        return False
    trial = [*_apart(), "sh", "-c", "mount -t tmpfs none /tmp"]
    return not subprocess.run(trial, check=False, capture_output=True).returncode

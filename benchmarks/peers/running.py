"""Run each peer in an environment and a process of its own, and measure the whole of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["HERE", "PEERS", "ROOT", "Measured", "prepare", "run"]

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PEERS = ("custclean", "splink", "goldenmatch", "recordlinkage", "dedupe")
THREADS = (
    "PEER_THREADS OMP_NUM_THREADS OPENBLAS_NUM_THREADS POLARS_MAX_THREADS RAYON_NUM_THREADS"
).split()


@dataclass(frozen=True)
class Measured:
    """What a process took from start to end; `error` is what it said last, if it failed."""

    wall: float
    cpu: float
    peak_mb: float
    returncode: int
    error: str = ""


def prepare(name: str) -> Path:
    """Give the Python of a peer's environment, made anew when its pins have changed."""
    if name == "custclean":
        return Path(sys.executable)
    folder, pins = ROOT / ".venv-peers" / name, HERE / "requirements" / f"{name}.txt"
    python, done = folder / "bin" / "python", folder / "pins.txt"
    if done.exists() and done.read_text() == pins.read_text():
        return python
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(pins)], check=True)
    done.write_text(pins.read_text())
    return python


def run(
    name: str, data: Path, out: Path, *options: str, threads: int = 2, limit: float = 1800
) -> Measured:
    """Let a peer cluster data.csv into `out`; at the limit it and its children are ended.

    "splink_ours" is another way to call splink, from the same environment.
    """
    command = [prepare(name.partition("_")[0]), HERE / f"{name}_.py", data, out, *options]
    launch = [sys.executable, "-I", "-S", HERE / "launch.py", limit, *command]
    out.unlink(missing_ok=True)
    said = subprocess.run(
        [str(word) for word in launch], env=_surroundings(name, threads), check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    return Measured(**json.loads(said.stdout))


def _surroundings(name: str, threads: int) -> dict[str, str]:
    """Keep every library to as many threads; custclean is the one of this very checkout."""
    fixed = dict.fromkeys(THREADS, str(threads)) | {"PYTHONHASHSEED": "0"}
    here = {"PYTHONPATH": str(ROOT)} if name == "custclean" else {}
    return os.environ | fixed | here

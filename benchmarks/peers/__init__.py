"""The tools custclean is measured against, each in an environment and a process of its own."""

from __future__ import annotations

from benchmarks.peers.comparing import LINES, compare
from benchmarks.peers.pairs import quality
from benchmarks.peers.running import PEERS, Measured, prepare, run

__all__ = ["LINES", "PEERS", "Measured", "compare", "prepare", "quality", "run"]

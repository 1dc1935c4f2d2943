"""Programs to kill by the hundred: one that has imported everything forks them, one a life.

Starting Python anew for each would take half a second a life, and the kills are to hit the
work, not the imports.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Nursery"]

# The program gives `work(life, tell)`; what it tells is what the world has heard of it.
LOOP = """
import json, os, signal, sys, time

for order in sys.stdin:
    life, hear, rest = json.loads(order)
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ready)
        try:
            work(life, lambda text: os.write(told, f"{text}\\n".encode()))
        finally:
            os._exit(1)  # whatever it was: it has not come back to life here
    os.close(told)
    with open(ready, "rb") as heard:
        lines = [heard.readline() for _ in range(hear)]
        time.sleep(rest)
        os.kill(child, signal.SIGKILL)
        lines += heard.readlines()
    status = os.waitpid(child, 0)[1]
    whole = [line.decode().rstrip("\\n") for line in lines if line.endswith(b"\\n")]
    print(json.dumps([whole, os.WIFSIGNALED(status)]), flush=True)
"""


class Nursery:
    """Lives of a program, each ended by SIGKILL."""

    def __init__(self, program: str, *arguments: object) -> None:
        command = [sys.executable, "-c", program + LOOP, *map(str, arguments)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, cwd=Path.cwd()
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._process.communicate(timeout=60)

    def live(self, number: int, *, hear: int = 0, rest: float = 0.0) -> Sequence[str]:
        """Let one live until it said so much, and `rest` seconds more; give what it said."""
        pipes = self._process.stdin, self._process.stdout
        assert pipes[0] is not None
        assert pipes[1] is not None
        pipes[0].write(f"{json.dumps([number, hear, rest])}\n")
        pipes[0].flush()
        said, killed = json.loads(pipes[1].readline())
        assert killed, "it ended before it was killed"
        return list(said)

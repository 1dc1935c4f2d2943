"""Start a command, wait for it, and tell as JSON what it took: launch.py SECONDS COMMAND ...

A process of its own, and a small one: Linux counts the memory of whoever starts a command as
the command's, and the benchmark itself holds millions of rows.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time


def main(limit: float, command: list[str]) -> None:
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
            start_new_session=True,
        )  # fmt: skip
        timer = threading.Timer(limit, _end, (process.pid,))
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        timer.cancel()
        process.returncode = code = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = [line.strip() for line in said if re.search(r"\w", line)]
    named = [line for line in lines if re.match(r"[\w.]*(Error|Exception|Warning)\b", line)]
    error = next(iter(named[-1:] or lines[-1:]), f"exit code {code}")[:200]
    if wall >= limit:
        error = f"ended after {limit:.0f} s"
    scale = 1024**2 if sys.platform == "darwin" else 1024
    took = {"wall": wall, "cpu": used.ru_utime + used.ru_stime,
            "peak_mb": used.ru_maxrss / scale, "returncode": code,
            "error": error if code else ""}  # fmt: skip
    print(json.dumps(took))


def _end(leader: int) -> None:
    """End a process with its children: it leads a group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])

"""Fuzz one reader, or `all`, for some seconds each: `python -m fuzz TARGET SECONDS FOLDER`.

atheris follows which lines an input reaches; where it is not installed, hypothesis edits
the seeds. A finding is written into FOLDER and ends the program with an error.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    Fuzz = Callable[[ModuleType, str, int, Path], None]

MEGABYTES = 300  # that reading one input may take
WHOLE = 4_000  # megabytes of the program: what it has read before is kept by its allocators
TOGETHER = 2  # processors
BATCH = 100  # examples of hypothesis before the clock is looked at
STATUS, PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def main(name: str, seconds: int, folder: Path) -> None:
    """Fuzz a target, or `all` of them, two at once; libFuzzer ends the program itself."""
    try:
        import atheris  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
    except ImportError:
        from fuzz import targets  # noqa: PLC0415

        fuzz = _edit
    else:
        with atheris.instrument_imports(include=["custclean"]):
            from fuzz import targets  # noqa: PLC0415

        fuzz = partial(_follow, atheris)
    folder.mkdir(parents=True, exist_ok=True)
    if name == "all":
        sys.exit(_each(targets, fuzz, seconds, folder) or 0)
    fuzz(targets, name, seconds, folder)


def _each(targets: ModuleType, fuzz: Fuzz, seconds: int, folder: Path) -> str:
    """Fuzz every target in a fork of its own; give what those said that found something."""
    waiting, running, found = list(targets.TARGETS), dict[int, str](), []
    while waiting or running:
        while waiting and len(running) < TOGETHER:
            name = waiting.pop(0)
            child = os.fork()
            if child == 0:
                _alone(targets, fuzz, name, seconds, folder)
            running[child] = name
        child, status = os.wait()
        name = running.pop(child)
        if status:
            said = (folder / f"{name}.said").read_text(encoding="utf-8", errors="replace")
            found.append(f"{name}: {said[-2_000:]}")
    return "\n".join(found)


def _alone(targets: ModuleType, fuzz: Fuzz, name: str, seconds: int, folder: Path) -> NoReturn:
    code = 1
    try:
        said = os.open(folder / f"{name}.said", os.O_WRONLY | os.O_CREAT)
        for number in (1, 2):
            os.dup2(said, number)
        targets.FILE = folder / f"{name}.input"
        fuzz(targets, name, seconds, folder)
        code = 0
    except BaseException:  # noqa: BLE001  # whatever it is, it is told, and ends this fork
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _follow(
    atheris: ModuleType, targets: ModuleType, name: str, seconds: int, folder: Path
) -> None:
    corpus = folder / f"corpus_{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for n, seed in enumerate(targets.seeds(name)):
        (corpus / f"seed{n}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={targets.LARGEST}",
        f"-artifact_prefix={folder}/{name}-",
        f"-rss_limit_mb={WHOLE}",
        "-timeout=30",
        "-verbosity=0",
        "-seed=1",
    ]
    atheris.Setup([name, *options, str(corpus)], lambda data: _run(targets, name, data))
    atheris.Fuzz()


def _run(targets: ModuleType, name: str, data: bytes) -> None:
    """Read one input; more memory than it may take is a finding, too."""
    PEAK.write_text("5", encoding="ascii")  # begin to count the peak anew
    before = _megabytes("VmRSS")
    targets.run(name, data)
    taken = _megabytes("VmHWM") - before
    if taken > MEGABYTES:
        msg = f"{taken} MB for {len(data)} bytes"
        raise MemoryError(msg)


def _megabytes(what: str) -> int:
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) // 1024


def _edit(targets: ModuleType, name: str, seconds: int, folder: Path) -> None:
    from hypothesis import HealthCheck, given, seed, settings  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), st.binary(max_size=8)))
    current = folder / f"{name}-input"

    @settings(
        deadline=None,
        max_examples=BATCH,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(list(targets.seeds(name))), edits)
    def edited(start: bytes, changes: list[tuple[float, int, bytes]]) -> None:
        data = bytearray(start)
        for share, length, new in changes:
            place = int(share * len(data))
            data[place : place + length] = new
        current.write_bytes(data[: targets.LARGEST])
        targets.run(name, bytes(data[: targets.LARGEST]))

    end = time.monotonic() + seconds
    for number in itertools.count(1):
        seed(number)(edited)()
        if time.monotonic() > end:
            break
    current.unlink()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))

"""The command line as a terminal starts it, without waiting for the imports every time.

Each command runs in a process of its own: a fork of one that has imported what commands
need and has run nothing. Exit code, output and environment are those of a program just
started; what is looked at while importing (the language of the machine) takes `started`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

__all__ = ["custclean", "refused", "started"]

SERVER = """
import json, os, pkgutil, sys, traceback, importlib

import custclean.cli
for module in pkgutil.walk_packages(custclean.__path__, "custclean."):
    if ".widgets" not in module.name:
        importlib.import_module(module.name)
import matplotlib.backends.backend_svg, numpy, phonenumbers, polars, pyarrow, rich.console
import scipy.optimize, scipy.sparse, stdnum.numdb

def run(request):
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, name in (1, "out"), (2, "err"):
        os.dup2(os.open(request[name], os.O_WRONLY), number)
    sys.argv = ["custclean", *request["words"]]
    code = 0
    try:
        custclean.cli.main()
    except SystemExit as exit:
        code = exit.code if isinstance(exit.code, int) else int(exit.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code

answers = os.fdopen(os.dup(1), "w")
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 99
        try:
            code = run(json.loads(line))
        finally:
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)
"""


@cache
def _server() -> subprocess.Popen[str]:
    """Start the server; it ends with the tests, whose end closes its input."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", SERVER], stdin=pipe, stdout=pipe, text=True)


def started(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a command in an interpreter of its own."""
    command = [sys.executable, "-c", "from custclean.cli import main; main()"]
    return subprocess.run(
        [*command, *map(str, words)], capture_output=True, text=True, check=False
    )


def custclean(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    told = [str(word) for word in words]
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        request = {
            "words": told,
            "folder": str(cwd or Path.cwd()),
            "environment": dict(os.environ),
            "out": str(out),
            "err": str(err),
        }
        for path in (out, err):
            path.touch()
        server.stdin.write(f"{json.dumps(request)}\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        said = [path.read_text(encoding="utf-8") for path in (out, err)]
    return subprocess.CompletedProcess(["custclean", *told], code, *said)


def refused(result: subprocess.CompletedProcess[str]) -> str:
    """Give the one line in which a command said why it did nothing."""
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    return result.stderr

"""Where nothing can be written: reading works, writing says so, nothing goes elsewhere."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from custclean.decisions import DecisionLog
from custclean.disk import UNFINISHED
from tests.decisions.faults.acting import python
from tests.decisions.faults.owndisk import on_own_disk
from tests.decisions.faults.test_schema import OLDER, SPILLING, STEPS

pytestmark = pytest.mark.fault(6)

# Opens each folder, decides in it, and says what came of it; and what was opened to be
# written, renamed or removed anywhere meanwhile, by Python or by SQLite.
WATCHED = (
    f"""
import json, os, shutil, subprocess, sys
from pathlib import Path
from custclean.decisions import DecisionLog, migration
from custclean.errors import CustcleanError
from custclean.tables import writing  # before anybody watches
from tests.decisions.faults.powercut import recording

sys.dont_write_bytecode = True
migration.STEPS = {STEPS!r}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = ("os.rename", "os.remove", "os.link", "os.symlink", "os.mkdir", "os.rmdir",
           "os.chmod", "os.truncate", "os.utime", "shutil.", "subprocess.", "tempfile.mkdtemp")
"""
    """
touched, watching = [], False

def watch(event, arguments):
    if not watching:
        return
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES:
        touched.append(os.fspath(arguments[0]))
    elif event.startswith(CHANGES):
        touched.append(os.fspath(arguments[0]))

sys.addaudithook(watch)

def visit(folder):
    try:
        with DecisionLog(folder, who="ann") as log:
            found = [len(log.history), len(log.current), log.writable]
            try:
                log.decide("x", "y", "same")
            except CustcleanError as error:
                return [*found, str(error)]
            return [*found, ""]
    except CustcleanError as error:
        return [str(error)]

def visit_all(folders):
    global watching
    with recording(Path("/nowhere")) as of_sqlite:
        watching = True
        found = [visit(folder) for folder in folders]
        watching = False
    return found, touched, [name for what, name, _, _ in of_sqlite]
"""
)
OWN_DISK = """
disk, folders = Path(sys.argv[1]), []
for given in sys.argv[2:]:
    folders.append(shutil.copytree(given, disk / Path(given).name))
subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
print(json.dumps(visit_all(folders)))
"""
AS_NOBODY = """
if os.getuid() == 0:
    os.setuid(65534)  # root may write everywhere
print(json.dumps(visit_all(sys.argv[1:])))
"""
LOG, BROKEN = "decisions.sqlite", ("older", "half")
HALF = f"PRAGMA cache_size = 1; BEGIN; UPDATE head SET seq = 0; {SPILLING}"


@pytest.fixture
def folders(full: Path, tmp_path: Path) -> dict[str, Path]:
    """Give a whole log, an older one, one that a kill left half written, and none."""
    made = {name: tmp_path / name for name in ("whole", *BROKEN, "empty")}
    for name in ("whole", "older"):
        shutil.copytree(full.parent, made[name])
    with closing(sqlite3.connect(made["older"] / LOG)) as db:
        db.executescript(OLDER.replace("3000", "30"))
    with closing(sqlite3.connect(full, isolation_level=None)) as db:
        db.executescript(HALF)
        shutil.copytree(full.parent, made["half"])
    assert (made["half"] / f"{LOG}-journal").exists()
    made["empty"].mkdir()
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def assert_refused(older: list[str], half: list[str]) -> None:
    assert [len(older), len(half)] == [1, 1]
    assert "older custclean" in older[0]
    assert "cannot be used" in half[0]
    assert "write access" in half[0]


def test_on_a_read_only_disk_logs_are_read_or_refused_in_words(
    tmp_path: Path, folders: dict[str, Path]
) -> None:
    (tmp_path / "disk").mkdir()
    output = on_own_disk(WATCHED + OWN_DISK, tmp_path / "disk", *folders.values(), size="4m")
    (whole, older, half, empty), touched, of_sqlite = json.loads(output)
    assert whole[:3] == [40, 40, False]
    assert "read-only" in whole[3]
    assert empty[:3] == [0, 0, False]
    assert "read-only" in empty[3]
    assert_refused(older, half)
    inside = f"{tmp_path / 'disk'}/"
    assert all(name.startswith(f"{inside}empty/{UNFINISHED}") for name in touched)
    assert [name for name in of_sqlite if not name.startswith(inside)] == []


@pytest.mark.parametrize("closed", ["file", "folder"])
def test_where_only_file_or_folder_is_read_only_nothing_is_written_anywhere(
    public: Path, folders: dict[str, Path], closed: str
) -> None:
    here = [Path(shutil.copytree(folders[name], public / name)) for name in ("whole", *BROKEN)]
    for folder in here:
        for path in folder.iterdir():
            path.chmod(0o444 if closed == "file" else 0o666)
        folder.chmod(0o777 if closed == "file" else 0o555)
    before = [files(folder) for folder in here]
    output, _ = python(WATCHED + AS_NOBODY, *here).communicate(timeout=60)
    (whole, older, half), touched, of_sqlite = json.loads(output)
    assert whole[:3] == [40, 40, False]
    assert "read-only" in whole[3]
    assert_refused(older, half)
    assert touched == of_sqlite == []
    assert [files(folder) for folder in here] == before


def test_the_watch_sees_what_is_written(tmp_path: Path) -> None:
    """Else the tests above would prove nothing."""
    DecisionLog(tmp_path / "log", who="ann").close()
    program = WATCHED + AS_NOBODY.replace("== 0", "< 0")
    output, _ = python(program, tmp_path / "log").communicate(timeout=60)
    (found,), touched, of_sqlite = json.loads(output)
    assert found == [0, 0, True, ""]
    assert touched
    assert all(name.startswith(str(tmp_path)) for name in touched)
    assert f"{tmp_path}/log/{LOG}-journal" in of_sqlite

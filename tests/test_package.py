"""The package as others meet it: its names, its signatures, its start, its wheel."""

from __future__ import annotations

import enum
import importlib.metadata
import inspect
import logging
import os
import pkgutil
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import custclean as cc

ROOT = Path(__file__).parent.parent
SIGNATURES = Path(__file__).with_name("public_signatures.txt")
HEAVY = ("pandas", "recordlinkage", "ipywidgets", "anywidget", "matplotlib", "scipy")
PROMISED = (
    "read standardise screen find_duplicates link evaluate merge work_orders verify number"
    " upload read_error_log DecisionLog ReviewSession show Project list_systems reveal"
    " read_table CustcleanError"
).split()


def _python(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout


# --- names -----------------------------------------------------------------------------------


def test_every_promised_name_is_public() -> None:
    assert sorted(set(PROMISED) - set(cc.__all__)) == []


def test_every_public_name_is_there_and_listed() -> None:
    assert [name for name in cc.__all__ if not hasattr(cc, name)] == []
    assert sorted(set(cc.__all__)) == sorted(cc.__all__)
    assert set(cc.__all__) <= set(dir(cc))


def test_nothing_of_ours_is_public_and_missing_from_the_list() -> None:
    ours = {
        name
        for name, thing in vars(cc).items()
        if not name.startswith("_")
        and not inspect.ismodule(thing)
        and str(getattr(thing, "__module__", "")).startswith("custclean")
    }
    assert sorted(ours - set(cc.__all__)) == []


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = cc.no_such_name  # type: ignore[attr-defined,unused-ignore]


def test_no_public_name_is_a_submodules_name() -> None:
    submodules = {module.name for module in pkgutil.iter_modules(cc.__path__)}
    assert sorted(submodules & set(cc.__all__)) == []


def test_every_public_name_has_a_docstring() -> None:
    bare = [name for name in cc.__all__ if not name.startswith("_")]
    assert [name for name in bare if not (getattr(cc, name).__doc__ or "").strip()] == []


# --- signatures ------------------------------------------------------------------------------


def _members(owner: type) -> list[tuple[str, object]]:
    if issubclass(owner, enum.Enum):
        return [(name, member.value) for name, member in owner.__members__.items()]
    kinds = (classmethod, staticmethod, property)
    return sorted(
        (name, member if isinstance(member, property) else getattr(owner, name))
        for name, member in vars(owner).items()
        if not name.startswith("_") and (callable(member) or isinstance(member, kinds))
    )


def _signature(name: str, thing: object) -> str:
    if isinstance(thing, property):
        return f"{name}: property"
    if isinstance(thing, type) and issubclass(thing, enum.Enum):
        return f"{name}: {thing.__base__.__name__ if thing.__base__ else ''}"
    if not callable(thing):
        return f"{name} = {thing!r}"
    return f"{name}{inspect.signature(thing)}"


def _lines() -> list[str]:
    lines = []
    for name in sorted(cc.__all__):
        if name == "__version__":
            continue
        thing = getattr(cc, name)
        lines.append(_signature(name, thing))
        if inspect.isclass(thing):
            members = _members(thing)
            lines += [
                f"    {_signature(f'{name}.{member}', value)}" for member, value in members
            ]
    # a default that is an object shows where it lies in memory: it must not
    return [re.sub(r" at 0x[0-9a-f]+", "", line) for line in lines]


def test_public_signatures_stay_as_they_are(request: pytest.FixtureRequest) -> None:
    golden = request.config.getoption("--update-golden", default=False)
    if golden or os.environ.get("UPDATE_GOLDEN"):
        SIGNATURES.write_text("\n".join(_lines()) + "\n", encoding="utf-8")
    assert _lines() == SIGNATURES.read_text(encoding="utf-8").splitlines()


# --- start -----------------------------------------------------------------------------------


def test_import_leaves_the_heavy_packages_alone() -> None:
    code = f"import sys, custclean; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert _python("-c", code).strip() == "[]"


def test_import_says_nothing_and_warns_of_nothing() -> None:
    assert _python("-W", "error", "-c", "import custclean") == ""


@pytest.mark.timing
def test_import_costs_less_than_half_a_second_more_than_bare_python() -> None:
    def best(code: str) -> float:  # processor time: what else the machine does is not counted
        ask = f"{code}; import time; print(time.process_time())"
        return min(float(_python("-c", ask)) for _ in range(5))

    assert best("import custclean") - best("pass") < 0.5


def test_the_version_is_that_of_the_installed_package() -> None:
    assert cc.__version__ == importlib.metadata.version("custclean")


def test_the_version_stands_once_in_the_sources() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = re.search(r'^version = "(.+)"$', text, re.MULTILINE)
    assert declared is not None
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "custclean").glob("*.py")]
    assert not any(f'"{declared[1]}"' in source for source in sources)


def test_the_logger_keeps_silent_until_somebody_listens() -> None:
    handlers = logging.getLogger("custclean").handlers
    assert any(isinstance(handler, logging.NullHandler) for handler in handlers)


# --- wheel -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without an isolated environment: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (found,) = folder.glob("*.whl")
    return found


@pytest.mark.slow
def test_the_wheel_holds_types_styles_samples_and_notices(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"custclean/py.typed", "custclean/html_page.css", "custclean/charts.mplrc"}
    assert sorted(wanted - names) == []
    assert any(name.startswith("custclean/_samples/") for name in names)
    assert any(name.startswith("custclean/_notebooks/") for name in names)
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    here = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "custclean").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(here - names) == []


@pytest.mark.slow
def test_the_installed_wheel_runs_the_demo_outside_the_checkout(
    wheel: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # -I would hide the wheel; -P keeps the working folder out. Dependencies come from ours.
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}
    code = (
        "import custclean, pathlib, sys; from custclean.cli import main;"
        "assert pathlib.Path(custclean.__file__).is_relative_to(sys.argv.pop()), custclean;"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "demo", "--folder", str(tmp_path / "demo"), str(site)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert (tmp_path / "demo" / "out" / "manifest.json").is_file()
    assert (tmp_path / "demo" / "out" / "reports" / "summary.html").is_file()

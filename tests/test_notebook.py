"""The guided notebooks as files: a page to read, no value of a client in it; the README too.

That their outputs are right is what nbval compares: `make test` runs it on `notebooks/`.
"""

from __future__ import annotations

import ast
import html
import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from nbval.plugin import get_sanitize_patterns

import custclean
from custclean import practice

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SANITIZE = ROOT / "notebooks" / "sanitize.cfg"
PRIVATE = ("display_name", "company", "contact_name", "email", "phone", "mobile", "street")
NBVAL = (
    "--nbval",
    "--nbval-cell-timeout=120",
    "--nbval-current-env",
    f"--nbval-sanitize-with={SANITIZE}",
)

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def code_cells(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in load(path)["cells"] if cell["cell_type"] == "code"]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def outputs(path: Path) -> Iterator[dict[str, Any]]:
    for cell in code_cells(path):
        yield from cell["outputs"]


def texts(thing: object) -> Iterator[str]:
    """Give every text of a notebook, lines joined, as a reader would see it."""
    if isinstance(thing, str):
        yield html.unescape(thing)
    elif isinstance(thing, list):
        if thing and all(isinstance(part, str) for part in thing):
            yield html.unescape("".join(thing))
        else:
            for part in thing:
                yield from texts(part)
    elif isinstance(thing, dict):
        for key, part in thing.items():
            yield from texts([key])
            yield from texts(part)


@cache
def client_values(sample: str = "small") -> frozenset[str]:
    """Give the names, e-mails, phones and streets of a sample, longer than four characters."""
    found: set[str] = set()
    for name in ("client_list.csv", "customer_contact_list.csv", "register.xlsx"):
        table = custclean.read(custclean.samples() / sample / name).table
        for column in {*PRIVATE} & {*table.columns}:
            found |= {part for cell in table[column].drop_nulls() for part in cell.split("; ")}
    return frozenset(value for value in found if len(value) > 4)


def leaks(notebook: object) -> set[str]:
    """Give the clients' values that stand anywhere in a notebook."""
    everything = "\n".join(texts(notebook))
    return {value for value in client_values() if value in everything}


@each_notebook
def test_no_value_of_a_client_is_in_the_saved_file(path: Path) -> None:
    assert leaks(load(path)) == set()


@pytest.mark.parametrize("shape", ["{}", "<td>{}</td>", "'x': '{}'\n"])
def test_a_value_of_a_client_would_be_found(shape: str) -> None:
    values = client_values()
    assert len(values) > 200
    for value in values:
        for text in (value, html.escape(value)):
            output = {"data": {"text/html": ["first line\n", shape.format(text)]}}
            assert value in leaks({"cells": [{"outputs": [output]}]})


@each_notebook
def test_the_file_holds_no_state_of_a_widget_and_no_times(path: Path) -> None:
    notebook = load(path)
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert all(set(cell["metadata"]) <= {"tags"} for cell in notebook["cells"])
    kinds = {kind for each in outputs(path) for kind in each.get("data", {})}
    assert kinds == {"text/plain", "text/html"}


@each_notebook
def test_every_cell_ran_once_in_order_without_an_error_or_a_warning(path: Path) -> None:
    cells = code_cells(path)
    assert [cell["execution_count"] for cell in cells] == [*range(1, len(cells) + 1)]
    kinds = {(each["output_type"], each.get("name")) for each in outputs(path)}
    assert kinds <= {("execute_result", None), ("stream", "stdout")}


@each_notebook
def test_the_outputs_are_the_same_wherever_and_whenever_it_runs(path: Path) -> None:
    rules = get_sanitize_patterns(SANITIZE.read_text(encoding="utf-8"))
    everything = "\n".join(text for each in outputs(path) for text in texts(each))
    assert [rule for rule, _ in rules if re.search(rule, everything)] == []


@each_notebook
def test_the_first_cell_says_time_input_and_output(path: Path) -> None:
    first = source(load(path)["cells"][0])
    assert first.startswith("# ")
    assert [word for word in ("Time", "Input", "Output") if word not in first] == []


@each_notebook
def test_one_cell_of_plain_values_takes_the_parameters(path: Path) -> None:
    tagged = [c for c in code_cells(path) if c["metadata"].get("tags") == ["parameters"]]
    assert tagged == code_cells(path)[:1]
    for line in ast.parse(source(tagged[0])).body:
        assert isinstance(line, ast.Assign)
        ast.literal_eval(line.value)


@each_notebook
def test_a_cell_is_ten_lines_at_most_and_defines_nothing(path: Path) -> None:
    for cell in code_cells(path):
        assert len(source(cell).splitlines()) <= 10
        assert max(map(len, source(cell).splitlines())) <= 95
        for node in ast.walk(ast.parse(source(cell))):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)


@each_notebook
def test_only_public_names_are_used(path: Path) -> None:
    tree = ast.parse("\n".join(source(cell) for cell in code_cells(path)))
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                asked = {name.name for name in names}
                assert asked <= {"shutil", "tempfile", "polars", "custclean"}
            case ast.ImportFrom(module=module, names=names):
                public = {"custclean.practice": practice.__all__, "pathlib": ["Path"]}
                assert {name.name for name in names} <= {*public[str(module)]}
            case ast.Attribute(value=ast.Name(id="cc"), attr=name):
                assert name in custclean.__all__
            case ast.Attribute(attr=name) | ast.Name(id=name):
                assert name == "_" or not name.startswith("_")
            case _:
                pass


@each_notebook
def test_it_ends_with_a_check(path: Path) -> None:
    checks = [cell for cell in code_cells(path)[-4:] if "assert " in source(cell)]
    assert checks


@pytest.mark.slow
@each_notebook
def test_a_copy_in_an_analysts_folder_with_a_folder_of_its_own_gives_the_same_outputs(
    path: Path, tmp_path: Path
) -> None:
    folder, kept = tmp_path / "a project" / "notebooks", tmp_path / "kept"
    folder.mkdir(parents=True)
    original = path.read_text(encoding="utf-8")
    assert original.count("FOLDER = None") == 1
    copy = original.replace("FOLDER = None", f"FOLDER = '{kept.as_posix()}'")
    (folder / path.name).write_text(copy, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *NBVAL,
        str(folder),
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert f"{len(code_cells(path))} passed" in done.stdout
    assert [each.name for each in folder.iterdir()] == [path.name]  # nothing beside it
    assert any(kept.iterdir())


@pytest.mark.slow
def test_nothing_that_may_end_a_cell_shows_a_value_of_a_client(tmp_path: Path) -> None:
    source = custclean.samples() / "small"
    with custclean.Project.init(tmp_path / "project", region="DK") as project:
        for path in (*source.glob("*.csv"), *source.glob("*.xlsx")):
            shutil.copy(path, project.folder / "inbox")
        project.replay(source / "decisions.jsonl")
        run, found = project.run(), project.run().evidence
        pair = found.matches.pairs.row(0, named=True)
        explained = found.matches.explain(pair["left_id"], pair["right_id"])
        assert leaks([share.left for share in explained.shares])  # they are there to be shown
        exports = (found.clients, found.clients.report, found.clean, found.screening)
        results = (run, run.balance, run.merged, run.work, run.numbered, run.links, run.inbox)
        session = project.review()
        for each in (*exports, *results, found.matches, explained, session, project.verify()):
            drawn = str(getattr(each, "_repr_html_", str)())
            assert not leaks([repr(each), drawn]), type(each).__name__


def readme_example() -> str:
    blocks = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    assert len(blocks) == 1
    return str(blocks[0])


def test_the_example_of_the_readme_is_ten_lines_at_most() -> None:
    assert len(readme_example().splitlines()) <= 10


@pytest.mark.slow
def test_the_example_of_the_readme_runs(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", readme_example()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "proposed as no customers" in done.stdout
    assert "likely one client" in done.stdout


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert {"ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"} <= {*links}


def test_the_picture_of_the_readme_is_light() -> None:
    pictures = sorted((ROOT / "docs").glob("*.png"))
    assert pictures
    assert [each.name for each in pictures if each.stat().st_size > 200_000] == []

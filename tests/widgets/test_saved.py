"""What nbclient saves with a notebook: the state of widgets, and no customer in it."""

from __future__ import annotations

from typing import Any

import pytest
from nbclient import NotebookClient
from nbformat import v4

pytestmark = [pytest.mark.slow, pytest.mark.local]

SETUP = """
import polars as pl, custclean as cc
from custclean.model import FIELDS
from custclean.stages.set_aside_desk import SetAsideSession
row = {"record_id": "r1", "display_name": "Can" + "ary", "email": "b@can" + "ary.example"}
table = pl.DataFrame([row], schema=dict.fromkeys(FIELDS["customers"], pl.String))
classes = pl.DataFrame({"record_id": ["r1"], "class": ["vendor"], "score": [0.9],
                        "reasons": ["bills"], "vetoes": [""]})
log = cc.DecisionLog("log")
"""
DESK = """
desk = cc.show(SetAsideSession(table, classes, log))
desk
"""
LOOKED = """
for message in ({"type": "hello"}, {"type": "look", "by": "domain"},
                {"type": "effect", "verdict": "keep"}):
    desk._received(desk, {**message, "seq": "v:1"}, [])
desk.session.row("r1").name == "Can" + "ary"
"""
PANEL = """
project = cc.Project.init("project", who="ann")
panel = cc.show(project)
panel
"""
RAN = """
panel.wait()
head = "Display name,Company ID,Client number,Email\\r\\n"
rows = "".join(f"Can" + f"ary {i},{1000 + i},,{i}@can" + "ary.example\\r\\n" for i in range(3))
inbox = project.folder / "inbox"
zone = panel.children[1]
data = (head + rows).encode()
zone._received(zone, {"type": "piece", "file": "f", "name": "list.csv", "at": 0,
                      "size": len(data), "last": True}, [memoryview(data)])
panel.wait()
for button in panel._buttons[:4]:
    button.click(); panel.wait()
[path.name for path in inbox.iterdir()], type(panel._below.children[0]).__name__
"""
STATES = """
states = str([w.get_state() for w in __import__("ipywidgets").Widget.widgets.values()])
"list.csv" in states, "Can" + "ary" in states
"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Run a notebook with all that has names in it, as nbclient does it by default."""
    sources = (SETUP, DESK, LOOKED, PANEL, RAN, STATES)
    cells = [_made(v4.new_code_cell, source=each) for each in sources]
    notebook: Any = _made(v4.new_notebook, cells=cells)
    resources = {"metadata": {"path": str(tmp_path_factory.mktemp("saved"))}}
    NotebookClient(notebook, timeout=90, resources=resources).execute()
    return notebook


def _made(make: Any, **given: object) -> Any:
    return make(**given)  # nbformat has no types


def last(notebook: Any, cell: int) -> str:
    return str(notebook.cells[cell].outputs[-1]["data"]["text/plain"])


def test_the_names_were_shown_and_are_not_in_the_file(saved: Any) -> None:
    assert last(saved, 2) == "True"
    assert last(saved, 4) == "(['list.csv'], 'SetAsideDesk')"
    text = str([cell.get("outputs") for cell in saved.cells]) + str(saved.metadata)
    assert "SetAsideDesk(1 records, 1 wait, 0 decided)" in text
    assert "anary" not in text


def test_the_state_of_widgets_was_saved_and_in_the_kernel_it_has_no_name_either(
    saved: Any,
) -> None:
    assert last(saved, 3) == "SetupPanel('project')"
    assert saved.metadata["widgets"]
    assert last(saved, 5) == "(True, False)"  # the file's name is there, no client's

"""The mapping form in a real JupyterLab: a field is chosen, saved, and the file is read so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.lab import Lab, LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIST = "Whoever;Write to;Box\nAnn Canary;ann@canary.example;7\nBob;bob@canary.example;8\n"
OPEN = "import custclean as cc\nform = cc.map_columns('list.csv')\nform"


def test_a_choice_is_saved_and_reads_the_file_the_next_time(lab: Lab, page: LabPage) -> None:
    folder = lab.folder / "form"
    folder.mkdir()
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    page.open_notebook(lab.write("form/form.ipynb", [OPEN]))
    page.run_all()
    box = page.tab.get_by_label("Box", exact=True)
    box.wait_for()
    assert page.tab.get_by_label("Write to", exact=True).input_value() == "E-mail (email)"
    assert "canary" not in page.tab.locator(".jp-OutputArea").inner_text().lower()
    box.select_option(value="Client number (customer_number)")
    page.tab.get_by_role("button", name="Save", exact=True).last.click()
    page.tab.get_by_text("Saved in custclean.toml").wait_for()
    read = "cc.read('list.csv').table['customer_number'].to_list()"
    assert page.kernel_eval(read) == "['7', '8']"
    assert page.external == []
    assert page.errors == []
    page.save()
    saved = json.loads((folder / "form.ipynb").read_text(encoding="utf-8"))
    assert "anary" not in json.dumps(saved)

"""The harness itself: a notebook runs as a person runs it, and the kernel is asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import HOW_TO_GET_CHROMIUM, find_browser, missing

if TYPE_CHECKING:
    from tests.browser.lab import Lab, LabPage


@pytest.mark.browser
@pytest.mark.slow
def test_a_notebook_runs_through_the_menu_and_the_kernel_knows_it(
    lab: Lab, page: LabPage
) -> None:
    page.open_notebook(lab.write("smoke/sum.ipynb", ["x = 1 + 1", "", "x"]))
    page.run_all()
    assert page.kernel_eval("x") == "2"
    assert page.tab.locator(".jp-OutputArea-output").inner_text().strip() == "2"
    assert page.cell_types() == ["code"] * 3
    with pytest.raises(AssertionError, match="nowhere: NameError"):
        page.kernel_eval("nowhere")

    page.tab.locator(".jp-Cell").first.click()
    page.save()
    assert not page.is_dirty()
    saved = json.loads((lab.folder / page.path).read_text(encoding="utf-8"))
    assert saved["cells"][2]["outputs"][0]["data"]["text/plain"] == ["2"]

    page.reload()
    assert page.kernel_eval("x") == "2"
    assert page.external == []


@pytest.mark.browser
@pytest.mark.slow
def test_a_cell_that_fails_fails_the_test_and_a_second_run_counts_anew(
    lab: Lab, page: LabPage
) -> None:
    cells = ["runs = globals().get('runs', 0) + 1", "assert runs > 1, 'once is not enough'"]
    page.open_notebook(lab.write("smoke/twice.ipynb", cells))
    with pytest.raises(AssertionError, match=r"twice\.ipynb: AssertionError: once is not"):
        page.run_all()
    page.run_all()
    assert page.kernel_eval("runs") == "2"


@pytest.mark.browser
@pytest.mark.slow
def test_what_a_page_asks_of_the_outside_is_noticed_and_leads_nowhere(
    lab: Lab, page: LabPage
) -> None:
    page.open_notebook(lab.write("smoke/outside.ipynb", ["1"]))
    reached = page.tab.evaluate(
        "() => fetch('https://outside.example/').then(() => true, () => false)"
    )
    assert reached is False
    assert page.external == ["https://outside.example/"]


@pytest.mark.parametrize(("environment", "fails"), [({}, False), ({"CI": "true"}, True)])
def test_without_a_browser_it_skips_with_the_way_to_one_and_fails_in_ci(
    environment: dict[str, str], fails: bool
) -> None:
    assert missing(None, environment) == (HOW_TO_GET_CHROMIUM, fails)


def test_the_first_browser_on_the_path_is_taken() -> None:
    def without_chromium(name: str) -> str | None:
        return None if name == "chromium" else f"/x/{name}"

    assert find_browser(without_chromium) == "/x/chromium-browser"
    assert find_browser(lambda _: None) is None

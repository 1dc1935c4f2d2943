"""Fixtures of the browser tests: `lab`, a JupyterLab server, and `page`, a tab on it.

Without a browser the tests skip and say how to get one; in CI that is a failure.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import (
    Lab,
    LabPage,
    find_browser,
    missing,
    open_browser,
    open_page,
    running_lab,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of the browser, or skip; in CI, fail."""
    path = find_browser()
    lack = missing(path, os.environ)
    if lack is not None:
        reason, fails = lack
        pytest.fail(reason) if fails else pytest.skip(reason)
    assert path is not None
    return path


@pytest.fixture(scope="session")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Give a JupyterLab server with folders of its own, one for all tests."""
    with running_lab(tmp_path_factory.mktemp("lab") / "home") as running:
        yield running


@pytest.fixture(scope="module")  # playwright keeps an event loop running: not for other tests
def browser(chromium: str) -> Iterator[Browser]:
    """Give a browser."""
    with open_browser(chromium) as running:
        yield running


@pytest.fixture
def page(browser: Browser, lab: Lab) -> Iterator[LabPage]:
    """Give an empty tab; `page.open_notebook(lab.write(name, cells))` fills it."""
    with open_page(browser, lab) as opened:
        yield opened

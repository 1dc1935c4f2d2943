"""A real JupyterLab and a real browser for tests, both thrown away afterwards.

A test asks for the fixture `page` (see conftest): it opens a notebook, runs it through the
menu as a person does, and asks the kernel itself what it holds, not the picture of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_GET_CHROMIUM = "no chromium: `apt-get install chromium` gives one"
HOW_TO_GET_PLAYWRIGHT = "no playwright: `pip install 'custclean[browser]'` gives it"
FLAGS = (
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no name leads outside
)
OWN_FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},  # a test saves itself
}
PATIENCE = 90.0  # seconds; a busy machine with two cores needs 20

# What the page says while the kernel is not yet connected is "idle": ask the session instead.
_READY = """path => {
  const panel = window.jupyterapp?.shell.currentWidget, session = panel?.sessionContext;
  const kernel = session?.session?.kernel;
  return panel?.context?.path === path && panel.context.isReady && session.isReady
    && kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
}"""
_CELLS = """
  const panel = window.jupyterapp.shell.currentWidget;
  const cells = [...panel.content.widgets].filter(
    w => w.model.type === 'code' && w.model.sharedModel.getSource().trim());
  const errors = cells.flatMap(w => w.model.outputs.toJSON())
    .filter(o => o.output_type === 'error').map(o => o.ename + ': ' + o.evalue);
"""
_FORGET_COUNTS = (
    "() => {" + _CELLS + "cells.forEach(w => { w.model.executionCount = null; }); }"
)
_ERRORS = "() => {" + _CELLS + "return errors; }"
_RAN = (
    "() => {" + _CELLS + "const kernel = panel.sessionContext.session?.kernel;"
    "return kernel?.status === 'idle'"
    " && (errors.length > 0 || cells.every(w => w.model.executionCount)); }"
)
# A notebook without changes is written too: not dirty does not mean that it is there.
_LISTEN_FOR_SAVE = """() => {
  const { saveState } = window.jupyterapp.shell.currentWidget.context;
  const listen = (_, state) => {
    if (state === 'started') return;
    saveState.disconnect(listen);
    window.howSaved = state;
  };
  window.howSaved = null;
  saveState.connect(listen);
}"""
_ASK = """async expression => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({code: '', silent: true, store_history: false,
    user_expressions: {asked: expression}});
  const answer = (await future.done).content.user_expressions.asked;
  return answer.status === 'ok' ? [true, answer.data['text/plain']]
    : [false, answer.ename + ': ' + answer.evalue];
}"""


def find_browser(which: Callable[[str], str | None] = shutil.which) -> str | None:
    """Give the path of a chromium on this machine, or None."""
    return next((path for path in map(which, BROWSERS) if path), None)


def missing(browser: str | None, environment: Mapping[str, str]) -> tuple[str, bool] | None:
    """Say what is missing and whether that is a failure (in CI) or a reason to skip."""
    in_ci = bool(environment.get("CI"))
    if browser is None:
        return HOW_TO_GET_CHROMIUM, in_ci
    try:
        import playwright.sync_api  # noqa: F401, PLC0415  # an optional extra
    except ImportError:
        return HOW_TO_GET_PLAYWRIGHT, in_ci
    return None


def notebook(cells: Sequence[str]) -> dict[str, Any]:
    """Make a notebook of code cells."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{number}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": source,
            }
            for number, source in enumerate(cells, 1)
        ],
    }


@dataclass(frozen=True, slots=True)
class Lab:
    """A running JupyterLab, or Notebook: its address, and the folder that it shows."""

    url: str
    token: str
    folder: Path
    page: str = "lab/tree"  # where a notebook opens; Notebook 7 has it at "notebooks"

    def write(self, name: str, cells: Sequence[str]) -> str:
        """Write a notebook of code cells into the folder; give its path for `open`."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook(cells)), encoding="utf-8")
        return name


@contextlib.contextmanager
def running_lab(home: Path, *, notebook7: bool = False) -> Iterator[Lab]:
    """Start a JupyterLab that shares nothing with the user's; end it and its kernels.

    `notebook7` starts Notebook 7 in its place.
    """
    folder = home / "root"
    folder.mkdir(parents=True)
    own = {name: str(home / name.lower()) for name in OWN_FOLDERS}
    settings = home / "jupyter_config_dir" / "labconfig" / "default_setting_overrides.json"
    settings.parent.mkdir(parents=True)
    overrides = {} if notebook7 else OVERRIDES  # Notebook has no such plug-ins, and stumbles
    settings.write_text(json.dumps(overrides), encoding="utf-8")
    with (home / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            _command(folder, notebook7=notebook7),
            env={**os.environ, **own, "JUPYTER_PREFER_ENV_PATH": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        info = _told(server, home)
        page = "notebooks" if notebook7 else "lab/tree"
        yield Lab(info["url"].rstrip("/"), info["token"], folder, page)
    finally:
        _end(server)


def _command(folder: Path, *, notebook7: bool) -> list[str]:
    package = "notebook" if notebook7 else "jupyterlab"
    return [
        *(sys.executable, "-m", package, "--no-browser", "--allow-root"),
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.shutdown_no_activity_timeout=1800",  # if the tests themselves are killed
        "--LabApp.expose_app_in_browser=True",
        "--JupyterNotebookApp.expose_app_in_browser=True",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]


def _told(server: subprocess.Popen[bytes], home: Path) -> dict[str, Any]:
    """Wait until the server has written down its address."""
    path = home / "jupyter_runtime_dir" / f"jpserver-{server.pid}.json"
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError):  # not yet there, or half written
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return found
        time.sleep(0.1)
    said = (home / "lab.log").read_text(encoding="utf-8", errors="replace")
    msg = f"JupyterLab did not start:\n{said[-3000:]}"
    raise RuntimeError(msg)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()  # JupyterLab ends its kernels, then itself
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@dataclass  # no slots: playwright hangs its own attributes on who listens
class LabPage:
    """One tab on JupyterLab; `tab` is playwright's page, for keys, clicks and pictures."""

    lab: Lab
    tab: Page
    external: list[str] = field(default_factory=list)  # addresses asked for outside the lab
    errors: list[str] = field(default_factory=list)  # what the browser's console complained of
    path: str = ""

    def listen(self) -> None:
        """Note from now on what leaves the lab and what goes wrong in the browser."""
        self.tab.on("request", lambda request: self._note_address(request.url))
        self.tab.on("websocket", lambda socket: self._note_address(socket.url))
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on("console", self._note_message)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _note_address(self, url: str) -> None:
        own = (f"{self.lab.url}/", f"{self.lab.url.replace('http', 'ws', 1)}/")
        if not url.startswith((*own, "data:", "blob:", "about:")):
            self.external.append(url)

    def open_notebook(self, path: str) -> None:
        """Open a notebook of the lab's folder; its kernel is connected when this returns."""
        self.path = path
        self.tab.goto(f"{self.lab.url}/{self.lab.page}/{path}?reset&token={self.lab.token}")
        self._until_ready()

    def reload(self) -> None:
        """Load the page anew, as F5 does; the kernel goes on."""
        self.tab.reload()
        self._until_ready()

    def _until_ready(self) -> None:
        self.tab.wait_for_selector(".jp-NotebookPanel-notebook .jp-Cell")
        self.tab.wait_for_function(_READY, arg=self.path)

    def choose(self, menu: str, entry: str) -> None:
        """Choose an entry of JupyterLab's menu bar."""
        self.tab.get_by_role("menuitem", name=menu, exact=True).click()
        self.tab.get_by_role("menuitem", name=entry, exact=True).click()

    def run_all(self) -> None:
        """Run all cells through the menu and wait until they ran."""
        self.start_all()
        self.wait_idle()

    def start_all(self) -> None:
        """Run all cells through the menu; do not wait."""
        self.tab.evaluate(
            _FORGET_COUNTS
        )  # counts of an earlier run would look like this one's
        self.choose("Run", "Run All Cells")

    def wait_idle(self, seconds: float = PATIENCE) -> None:
        """Wait until every code cell ran and the kernel rests; a cell's error is ours."""
        self.tab.wait_for_function(_RAN, timeout=seconds * 1000)
        errors = self.tab.evaluate(_ERRORS)
        assert not errors, f"{self.path}: {errors[0]}"

    def kernel_eval(self, expression: str) -> str:
        """Ask the kernel for the `repr` of an expression; its history does not notice."""
        fine, answer = self.tab.evaluate(_ASK, expression)
        assert fine, f"{expression}: {answer}"
        return str(answer)

    def cell_types(self) -> list[str]:
        """Give the types of the notebook's cells, to see that no shortcut changed them."""
        script = "() => [...window.jupyterapp.shell.currentWidget.content.widgets]"
        return list(self.tab.evaluate(f"{script}.map(w => w.model.type)"))

    def is_dirty(self) -> bool:
        """Tell whether the notebook has changes that are not saved."""
        script = "() => window.jupyterapp.shell.currentWidget.context.model.dirty"
        return bool(self.tab.evaluate(script))

    def save(self) -> None:
        """Save with Ctrl+S from where the focus is, and wait until it is on the disk."""
        self.tab.evaluate(_LISTEN_FOR_SAVE)
        self.tab.keyboard.press("Control+s")
        self.tab.wait_for_function("() => window.howSaved?.startsWith('completed')")

    def end_kernels(self) -> None:
        """End all kernels, so that the next test starts afresh."""
        script = (
            "async () => { await window.jupyterapp?.serviceManager.sessions.shutdownAll(); }"
        )
        self.tab.evaluate(script)


def press(page: LabPage, keys: str) -> None:
    """Press keys as a person does, where the focus is."""
    for key in keys.split():
        page.tab.keyboard.press(key)


def search(page: LabPage, text: str, fit: str) -> None:
    """Search on the review card, and wait for how many fit."""
    press(page, "/")
    page.tab.wait_for_function("() => document.activeElement.name === 'text'")
    page.tab.keyboard.type(text)
    press(page, "Enter")
    page.tab.get_by_text(fit).wait_for()


@contextlib.contextmanager
def notebook_page(
    browser: Browser, lab: Lab, path: str, cells: Sequence[str], **modules: str
) -> Iterator[LabPage]:
    """Open a notebook for all tests of a module: opening one costs 15 s.

    `modules`: what its cells can import, as name -> code; it lies beside the notebook, so that
    running all cells again takes no time for it.
    """
    folder = (lab.folder / path).parent
    folder.mkdir(parents=True, exist_ok=True)
    for name, code in modules.items():
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    with open_page(browser, lab) as page:
        page.open_notebook(lab.write(path, cells))
        yield page


@contextlib.contextmanager
def open_browser(executable: str) -> Iterator[Browser]:
    """Start a chromium without a window; end it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # an optional extra

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def open_page(browser: Browser, lab: Lab, **context: Any) -> Iterator[LabPage]:
    """Open one tab with its own cookies and storage; `context` goes to playwright."""
    window = browser.new_context(**{"viewport": {"width": 1280, "height": 1000}, **context})
    window.set_default_timeout(PATIENCE * 1000)
    page = LabPage(lab, window.new_page())
    page.listen()
    try:
        yield page
        page.end_kernels()
    finally:
        window.close()

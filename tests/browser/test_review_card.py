"""The review card in a real JupyterLab: keys decide, nothing is lost, nothing leaks."""

from __future__ import annotations

import ast
import json
import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import notebook_page, press

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.lab import Lab, LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
import polars as pl
import custclean.widgets
from custclean.decisions import DecisionLog
from custclean.model import FIELDS
from custclean.stages.review import ReviewSession

NAMES = "Ada Bea Cleo Dora Enid Faye Gwen Hope Iris Jane".split()
def record(number, **given):
    return {
        **dict.fromkeys(FIELDS["customers"]),
        "record_id": f"quickbooks-accountant:customers:{number:03}",
        "source_file": "client list.csv",
        "source_row": str(number + 2),
        **given,
    }
rows = []
for i, name in enumerate(NAMES):
    mail = f"{name.lower()}@canary.example"
    rows.append(record(2 * i, display_name=f"{name} Canary Srl", email=mail, city="São Bento",
                       phone=f"020 7946 00{i:02}", street="12 High Street"))
    rows.append(record(2 * i + 1, display_name=f"{name.upper()} CANARY S.R.L.001", email=mail,
                       phone=f"+44 20 7946 00{i:02}", street="12 Hihg St.",
                       city="Sao Bento", postcode="W1A 1AA",
                       notes="<img src=x onerror=window.harmed=1>"))
schema = {name: pl.String for name in FIELDS["customers"]}
table = pl.DataFrame(rows, schema=schema)
pairs = pl.DataFrame({
    "left_id": [rows[2 * i]["record_id"] for i in range(len(NAMES))],
    "right_id": [rows[2 * i + 1]["record_id"] for i in range(len(NAMES))],
    "weight": [8.0 - i for i in range(len(NAMES))],
    "probability": [0.98 - i / 20 for i in range(len(NAMES))],
})
"""
OPEN = """
from people import *
folder = globals().get("folder", "0")  # a test sets it, so that each has a log of its own
log = DecisionLog(folder, who="ann")
session = ReviewSession(table, pairs, log)
def said():
    return [(int(d.key[0][-3:]) // 2, d.verdict.value) for d in log.current]
"""
# The next decision is refused, as by a full disk: there is no decision 77 to take back.
REFUSE = """setattr(session, '_save', lambda *_: (
    delattr(session, '_save'), __import__('time').sleep(1), log.undo(77)))"""
RESTART = """async () => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  await kernel.restart();
  await kernel.info;
}"""
VALUES = """[v for v in table.select('display_name', 'email', 'phone', 'street', 'city',
    'postcode', 'notes').unpivot()['value'].unique() if v]"""
SHOW = "custclean.widgets.show(session, ui=globals().get('ui', 'auto'))"


@pytest.fixture(scope="module")
def tab(browser: Browser, lab: Lab) -> Iterator[LabPage]:
    """Give a notebook with the card as its last output."""
    with notebook_page(browser, lab, "card/review.ipynb", [OPEN, SHOW], people=SETUP) as page:
        yield page


@pytest.fixture
def page(tab: LabPage, request: pytest.FixtureRequest) -> Iterator[LabPage]:
    """Give the card over ten pairs that nobody has decided, the focus on it."""
    tab.kernel_eval(f"globals().update(folder={request.node.name!r}, ui='auto')")
    tab.run_all()
    focus(tab)
    yield tab
    assert tab.external == []
    assert tab.errors == []


def focus(page: LabPage) -> None:
    page.tab.locator(".cc-table").wait_for()
    page.tab.locator(".cc-place").click()


def saved(page: LabPage, decided: int, left: int, unsure: int = 0) -> None:
    """Wait until the card says that everything is saved, and how much that is."""
    page.tab.wait_for_function(
        """([saved, counts]) => document.querySelector(".cc-save").textContent === saved
          && document.querySelector(".cc-counts").textContent === counts""",
        arg=["Saved", f"{decided} decided{f' ({unsure} unsure)' * bool(unsure)}, {left} left"],
    )


def place(page: LabPage) -> str:
    return page.tab.locator(".cc-place").inner_text()


def test_keys_decide_and_the_kernel_holds_exactly_these_decisions(page: LabPage) -> None:
    press(page, "y j n k k ? ArrowDown ArrowDown y n u")
    saved(page, 4, 6, unsure=1)
    kernel = page.kernel_eval("said()")
    assert kernel == "[(0, 'same'), (2, 'different'), (1, 'unsure'), (5, 'same')]"
    assert page.kernel_eval("repr(session)") == "'ReviewSession(10 pairs, 4 decided)'"
    assert page.kernel_eval("len(log.history)") == "6"


def test_a_reload_of_the_page_keeps_everything(page: LabPage) -> None:
    press(page, "y n y")
    saved(page, 3, 7)
    page.save()
    page.reload()
    focus(page)
    saved(page, 3, 7)
    assert place(page) == "Pair 4 of 10"
    press(page, "u u")
    saved(page, 1, 9)
    assert page.kernel_eval("said()") == "[(0, 'same')]"


def test_a_new_kernel_goes_on_where_the_old_one_stopped(page: LabPage) -> None:
    press(page, "y n")
    saved(page, 2, 8)
    folder = page.kernel_eval("folder")
    page.tab.evaluate(RESTART)
    page.kernel_eval(f"globals().update(folder={folder})")
    page.run_all()
    focus(page)
    saved(page, 2, 8)
    assert place(page) == "Pair 3 of 10"
    assert page.kernel_eval("said()") == "[(0, 'same'), (1, 'different')]"


def test_a_held_key_decides_once(page: LabPage) -> None:
    for _ in range(6):
        page.tab.keyboard.down("y")  # the browser says that it repeats
    page.tab.evaluate(
        """() => { for (let i = 0; i < 5; i++) document.querySelector(".cc").dispatchEvent(
          new KeyboardEvent("keydown", {key: "y", code: "KeyY", bubbles: true})); }"""
    )  # some remote screens do not
    page.tab.keyboard.up("y")
    saved(page, 1, 9)
    page.tab.get_by_role("button", name="Different").focus()
    for _ in range(6):
        page.tab.keyboard.down("Enter")
    page.tab.keyboard.up("Enter")
    saved(page, 2, 8)
    assert page.kernel_eval("said()") == "[(0, 'same'), (1, 'different')]"


def test_keys_of_jupyterlab_neither_fire_nor_break(page: LabPage) -> None:
    press(page, "m b a x z c v d d l o r i i 0 0 Escape Shift+Enter Enter")
    press(page, "y")
    saved(page, 1, 9)
    assert page.cell_types() == ["code"] * 2
    assert page.tab.locator(".cc-table").is_visible()
    assert page.kernel_eval("said()") == "[(0, 'same')]"
    assert page.is_dirty()
    page.save()
    assert not page.is_dirty()
    press(page, "n")
    saved(page, 2, 8)


def test_typing_a_note_never_decides_and_the_note_is_kept(page: LabPage) -> None:
    page.tab.locator(".cc-note").click()
    page.tab.keyboard.type("many uny? jkyn")
    assert page.kernel_eval("said()") == "[]"
    press(page, "Enter y")
    saved(page, 1, 9)
    assert page.kernel_eval("log.current[0].note") == "'many uny? jkyn'"
    assert page.tab.locator(".cc-note").input_value() == ""
    press(page, "k")
    page.tab.get_by_text("many uny? jkyn").wait_for()
    assert page.tab.get_by_role("button", name="Same client").get_attribute("aria-pressed")


def test_no_value_is_in_the_saved_notebook_and_none_becomes_html(
    lab: Lab, page: LabPage
) -> None:
    press(page, "y n")
    saved(page, 2, 8)
    assert "onerror" in page.tab.locator(".cc-table").inner_text()
    assert page.tab.evaluate("() => window.harmed ?? 0") == 0
    assert page.tab.locator(".cc img").count() == 0
    page.save()
    notebook = json.loads((lab.folder / page.path).read_text(encoding="utf-8"))
    outputs = [cell["outputs"] for cell in notebook["cells"]]
    kept = json.dumps([outputs, notebook["metadata"]], ensure_ascii=False).lower()
    assert "reviewcard(10 pairs, 0 decided)" in kept
    state = page.kernel_eval(
        "[str(w.get_state()) for w in __import__('ipywidgets').Widget.widgets.values()]"
    )
    values = ast.literal_eval(page.kernel_eval(VALUES))
    assert len(values) > 50
    assert [value for value in values if value.lower() in kept + state.lower()] == []


def test_what_could_not_be_saved_is_said_and_rolled_back(page: LabPage) -> None:
    page.kernel_eval(
        "globals().update(other=__import__('sqlite3').connect(log.path, isolation_level=None))"
    )
    page.kernel_eval("log._store._db.execute('PRAGMA busy_timeout = 50')")
    page.kernel_eval("other.execute('BEGIN IMMEDIATE')")
    press(page, "y")
    page.tab.get_by_role("alert").get_by_text("somebody else holds").wait_for()
    assert page.tab.locator(".cc-save").inner_text() == "Not saved"
    assert place(page) == "Pair 1 of 10"
    assert (
        page.tab.get_by_role("button", name="Same client").get_attribute("aria-pressed")
        == "false"
    )
    page.kernel_eval("other.execute('ROLLBACK')")
    page.tab.wait_for_timeout(1000)  # after a jump of its own the card takes no decision
    press(page, "y")
    saved(page, 1, 9)
    assert page.kernel_eval("said()") == "[(0, 'same')]"


def test_what_was_not_saved_is_said_until_one_has_been_there_again(page: LabPage) -> None:
    page.tab.locator(".cc-note").fill("about the first")
    page.kernel_eval(REFUSE)
    press(page, "Enter y n")  # the first is refused, the second is saved
    page.tab.wait_for_function(
        "() => document.querySelector('.cc-counts').textContent === '1 decided, 9 left'"
    )
    page.tab.get_by_role("alert").get_by_text("Not saved: ").wait_for()
    assert page.tab.locator(".cc-save").inner_text() == "Not saved"
    assert place(page) == "Pair 1 of 10"
    assert page.tab.locator(".cc-note").input_value() == "about the first"
    press(page, "j")
    page.tab.get_by_role("alert").get_by_text("Not saved (Pair 1 of 10)").wait_for()
    press(page, "k")
    page.tab.wait_for_timeout(800)  # after a jump of its own the card takes no decision
    press(page, "y")
    saved(page, 2, 8)
    assert not page.tab.get_by_role("alert").is_visible()
    assert page.kernel_eval("[d.note for d in log.current]") == "['', 'about the first']"


def test_a_note_stays_with_its_question(page: LabPage) -> None:
    note = page.tab.locator(".cc-note")
    note.fill("about the first")
    press(page, "Enter j")
    assert note.input_value() == ""
    press(page, "n")
    saved(page, 1, 9)
    press(page, "k k")
    assert note.input_value() == "about the first"
    press(page, "y")
    saved(page, 2, 8)
    assert page.kernel_eval("[d.note for d in log.current]") == "['', 'about the first']"


def test_a_double_click_decides_once(page: LabPage) -> None:
    page.tab.get_by_role("button", name="Same client").dblclick()
    saved(page, 1, 9)
    page.tab.get_by_role("button", name="Next").dblclick()
    assert place(page) == "Pair 4 of 10"
    page.tab.get_by_role("button", name="Undo").dblclick()
    page.tab.get_by_text("0 decided, 10 left").wait_for()
    assert page.kernel_eval("len(log.history)") == "2"


def test_nothing_is_called_saved_before_the_kernel_has_answered(page: LabPage) -> None:
    kernel = int(page.kernel_eval("__import__('os').getpid()"))
    os.kill(kernel, signal.SIGSTOP)  # as a kernel does that is busy with something long
    try:
        press(page, "y")
        assert place(page) == "Pair 2 of 10"  # painted ahead
        page.tab.get_by_role("alert").get_by_text("Not saved yet").wait_for()
        assert page.tab.locator(".cc-save").inner_text() == "Saving…"
        assert page.tab.locator(".cc-counts").inner_text() == "0 decided, 10 left"
    finally:
        os.kill(kernel, signal.SIGCONT)
    saved(page, 1, 9)
    assert not page.tab.get_by_role("alert").is_visible()
    assert page.kernel_eval("said()") == "[(0, 'same')]"


def test_all_keys_at_once_lose_nothing(page: LabPage) -> None:
    press(page, "y n y n y n y n")  # faster than any hand, and than the kernel
    saved(page, 8, 2)
    assert page.kernel_eval("''.join(word[0] for _, word in said())") == "'sdsdsdsd'"
    press(page, "y n")
    saved(page, 10, 0)
    page.tab.get_by_text("Every pair is decided.").wait_for()

"""Groups, values to keep, filter, history, bulk and list of the card, in a real JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import notebook_page, press
from tests.browser.themes import THEMES, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.lab import Lab, LabPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
import polars as pl
import custclean as cc
from custclean.model import FIELDS, Explanation, Share

schema = {name: pl.String for name in FIELDS["customers"]}
def record(name, **given):
    return {**dict.fromkeys(schema), "record_id": name, "source_file": "clients.csv",
            "display_name": f"Client {name}", "email": f"{name}@example.com",
            "city": "Roma", **given}
rows = [record(name) for name in "abcdefgh"]
rows[0] |= {"lead_accountant": "Carla", "phone": "06 1234"}
rows[6] |= {"balance": "12.00"}
rows += [record(f"n{i:04}", display_name=f"Number {i}") for i in range(600)]
table = pl.DataFrame(rows, schema=schema)
def pairs(*given):
    names = ["left_id", "right_id", "weight", "probability"]
    return pl.DataFrame(list(given), schema=names, orient="row")
few = pairs(("a", "b", 1.0, 0.6), ("c", "d", 5.0, 0.97), ("d", "e", 4.0, 0.95),
            ("g", "h", -2.0, 0.2))
many = pairs(*((f"n{i:04}", f"n{i + 1:04}", 2.0, 0.8) for i in range(0, 600, 2)))
def explain(left, right):
    shares = (Share("person", left, right, "similar", 5.0),
              Share("email", "", "", "different", -2.0))
    return Explanation(left, right, 1.0, 0.67, -2.0, shares, "Probably one client.")
"""
OPEN = """
from people import *
log = cc.DecisionLog(globals().get("folder", "0"), who="ann")
session = cc.ReviewSession(table, globals().get("queue", few), log, explain=explain)
def said():
    return [("".join(d.key), d.verdict.value) for d in log.current]
"""
SHOW = "cc.show(session)"


@pytest.fixture(scope="module")
def tab(browser: Browser, lab: Lab) -> Iterator[LabPage]:
    """Give a notebook with the card as its last output."""
    with notebook_page(browser, lab, "groups/desk.ipynb", [OPEN, SHOW], people=SETUP) as page:
        yield page


@pytest.fixture
def page(tab: LabPage, request: pytest.FixtureRequest) -> Iterator[LabPage]:
    """Give the card with a log of its own; a test marked `many` gets the long queue."""
    tab.run_all()
    queue = "many" if "many" in request.keywords else "few"
    tab.kernel_eval(f"globals().update(folder={request.node.name!r}, queue={queue})")
    tab.run_all()
    tab.tab.locator(".cc-table").wait_for()
    tab.tab.locator(".cc-place").click()
    yield tab
    assert tab.external == []
    assert tab.errors == []


def settled(page: LabPage, counts: str) -> None:
    page.tab.wait_for_function(
        """counts => document.querySelector(".cc-save").textContent === "Saved"
          && document.querySelector(".cc-counts").textContent === counts""",
        arg=counts,
    )


def go(page: LabPage, place: str) -> None:
    """Go to a place and see it."""
    page.tab.wait_for_function(
        "place => document.querySelector('.cc-place').textContent.includes(place)", arg=place
    )


def test_a_group_is_divided_by_keys_and_saved_as_one_step(page: LabPage) -> None:
    press(page, "j")
    go(page, "Group of 3, 2 of 3")
    assert page.tab.locator(".cc-graph svg").is_visible()
    assert "Weakest link" in page.tab.locator(".cc-weakest").inner_text()
    press(page, "ArrowRight ArrowRight e")
    page.tab.locator(".cc-part-of").first.wait_for()
    assert page.tab.locator(".cc-part-of").all_inner_texts() == [
        "Client A",
        "Client A",
        "Client B",
    ]
    assert page.kernel_eval("said()") == "[]"
    press(page, "Enter")
    settled(page, "1 decided, 2 left")
    assert page.kernel_eval("said()") == "[('cd', 'same'), ('de', 'different')]"
    press(page, "u")
    go(page, "Group of 3")
    assert page.kernel_eval("said()") == "[]"
    press(page, "y")
    settled(page, "1 decided, 2 left")
    assert page.kernel_eval("said()") == "[('cd', 'same'), ('de', 'same')]"


def test_digits_choose_the_values_that_are_kept(page: LabPage) -> None:
    press(page, "1")
    kept = page.tab.locator("td.cc-kept")
    assert kept.inner_text().replace("\n", "") == "a@example.com● kept"
    press(page, "1")
    assert kept.inner_text().replace("\n", "") == "b@example.com● kept"
    press(page, "1")
    assert kept.count() == 0
    press(page, "1 1 Enter")
    settled(page, "1 decided, 2 left")
    assert page.kernel_eval("said()") == "[('ab', 'same'), ('b', 'pick')]"
    assert page.kernel_eval("log.current[1].value['field']") == "'email'"
    press(page, "Enter")  # nothing is chosen here
    page.tab.get_by_role("alert").get_by_text("Nothing is chosen").wait_for()
    assert page.kernel_eval("len(log.history)") == "2"


def test_what_was_picked_is_marked_on_coming_back_until_another_is_chosen(
    page: LabPage,
) -> None:
    press(page, "1 1 Enter")
    settled(page, "1 decided, 2 left")
    press(page, "k")
    go(page, "Pair 1 of 3")
    kept = page.tab.locator("td.cc-kept")
    apply = page.tab.get_by_role("button", name="Apply")
    kept.get_by_text("b@example.com").wait_for()
    apply.wait_for(state="hidden")  # it is saved: there is nothing to apply
    press(page, "1")
    kept.get_by_text("a@example.com").wait_for()
    apply.wait_for()
    press(page, "1")
    kept.get_by_text("b@example.com").wait_for()
    apply.wait_for(state="hidden")
    kept.click()  # what is saved is not let go by a second look at it
    kept.get_by_text("b@example.com").wait_for()
    press(page, "1")
    apply.wait_for()
    press(page, "Enter")
    page.tab.wait_for_function(
        "() => document.querySelector('.cc-save').textContent === 'Saved'"
    )
    assert page.kernel_eval(
        "[''.join(d.key) for d in log.history if d.verdict == 'pick']"
    ) == ("['b', 'a']")


def test_the_first_group_is_divided_by_keys_and_the_focus_stays(page: LabPage) -> None:
    page.kernel_eval("session.show(kind='group')")
    page.tab.locator(".jp-Cell").last.click()
    page.tab.evaluate("() => window.jupyterapp.commands.execute('notebook:run-cell')")
    page.tab.locator(".cc-graph").wait_for()  # it is the first that this view sees
    page.tab.locator(".cc-place").click()
    press(page, "e")
    part = page.tab.locator(".cc-part-of")
    part.first.wait_for()
    assert part.all_inner_texts() == ["Client B", "Client A", "Client A"]
    tool = page.tab.get_by_role("button", name="Start over")
    tool.focus()
    press(page, "Enter")
    part.first.wait_for(state="detached")
    assert tool.evaluate("tool => tool === document.activeElement")
    press(page, "p")
    part.first.wait_for()
    page.tab.get_by_role("button", name="Apply").focus()
    press(page, "Enter")
    settled(page, "1 decided, 0 left")
    focused = "document.activeElement.className"
    assert page.tab.evaluate(focused) == "cc"  # the button is no more
    press(page, "h")
    page.tab.locator(".cc-key").first.focus()
    press(page, "i")
    page.tab.locator(".cc-entry").first.wait_for()
    assert page.tab.evaluate(focused) == "cc"


def test_a_key_is_chosen_only_while_one_is_asked_for_it(page: LabPage) -> None:
    press(page, "h")
    button = page.tab.get_by_role("button", name="the same client; of a group: all of them")
    note = page.tab.locator(".cc-note")
    where = note.bounding_box()
    button.click()
    assert note.bounding_box() == where  # what moves under the mouse would be missed
    assert str(button.get_attribute("aria-label")).endswith("press a key…")
    press(page, "Shift")
    note.click()
    page.tab.keyboard.type("zz")
    assert note.input_value() == "zz"
    button.click()
    press(page, "n")
    page.tab.get_by_role("alert").get_by_text("one key for two actions").wait_for()
    assert page.tab.locator(".cc-save").inner_text() == ""  # nothing was to be saved
    assert button.inner_text() == "Y"
    press(page, "h")


def test_the_history_takes_back_an_old_step_by_keyboard(page: LabPage) -> None:
    press(page, "y y n")
    settled(page, "3 decided, 0 left")
    press(page, "i")
    entries = page.tab.locator(".cc-entry")
    entries.first.wait_for()
    assert entries.count() == 3
    page.tab.get_by_role("button", name="Take back: the same client Client a").focus()
    press(page, "Enter")
    settled(page, "2 decided, 1 left")
    entries.nth(3).wait_for()
    assert (
        page.kernel_eval("said()") == "[('cd', 'same'), ('de', 'same'), ('gh', 'different')]"
    )
    page.tab.get_by_role("button", name="Give back").dblclick()
    settled(page, "3 decided, 0 left")
    assert page.kernel_eval("len(said())") == "4"


def test_search_narrows_the_queue_and_typing_decides_nothing(page: LabPage) -> None:
    press(page, "/")
    search = page.tab.get_by_label("Search in all values")
    search.wait_for()
    page.tab.keyboard.type("client e nyu")
    assert page.kernel_eval("len(log.history)") == "0"
    search.fill("client E")
    press(page, "Enter")
    go(page, "1 of 1")
    page.tab.get_by_text("1 of 3 fit").wait_for()
    page.tab.locator(".cc-filter").get_by_role("button", name="Show all").click()
    go(page, "of 3")
    page.tab.get_by_label("Lead accountant").select_option("Carla")
    go(page, "Pair 1 of 1")
    press(page, "Escape")
    assert page.tab.locator(".cc-panel").is_hidden()
    press(page, "y")
    settled(page, "1 decided, 0 left")
    assert page.kernel_eval("said()") == "[('ab', 'same')]"


def test_blind_hides_what_the_model_thinks(page: LabPage) -> None:
    likely = page.tab.locator(".cc-likely")
    assert "60 %" in likely.inner_text()
    press(page, "w")
    assert page.tab.locator(".cc-waterfall tr").count() == 4
    press(page, "b")
    page.tab.get_by_text("what the model thinks is hidden").wait_for()
    assert likely.is_hidden()
    assert page.tab.locator(".cc-waterfall").count() == 0
    assert "%" not in page.tab.locator(".cc").inner_text()
    press(page, "b")
    likely.wait_for()


def test_a_key_is_given_another_meaning(page: LabPage) -> None:
    press(page, "h")
    page.tab.get_by_role("button", name="the same client; of a group: all of them").click()
    press(page, "z")
    page.tab.get_by_role("button", name="all of them: Z").wait_for()
    press(page, "h")
    press(page, "y")
    press(page, "z")
    settled(page, "1 decided, 2 left")
    assert page.kernel_eval("said()") == "[('ab', 'same')]"
    assert page.tab.locator(".cc-yes kbd").inner_text() == "Z"


@pytest.mark.many
def test_the_list_holds_only_what_is_in_sight_and_goes_where_one_clicks(
    page: LabPage,
) -> None:
    if page.tab.locator(".cc-side").is_hidden():
        press(page, "l")
    box = page.tab.locator(".cc-lines")
    page.tab.get_by_text("Number 0 · Number 1", exact=True).wait_for()
    assert page.tab.locator(".cc-line").count() < 60
    box.evaluate("box => { box.scrollTop = 200 * 28; }")
    page.tab.get_by_text("Number 400 · Number 401", exact=True).click()
    go(page, "Pair 201 of 300")
    page.tab.locator(".cc-table").get_by_text("Number 400").wait_for()
    press(page, "n")
    settled(page, "1 decided, 299 left")
    assert page.kernel_eval("said()") == "[('n0400n0401', 'different')]"
    chosen = page.tab.locator(".cc-line[aria-selected=true]")
    assert "202" in chosen.inner_text()


@pytest.mark.many
def test_many_are_accepted_after_a_sample_and_taken_back_at_once(page: LabPage) -> None:
    press(page, "a")
    panel = page.tab.locator(".cc-bulk")
    panel.wait_for()
    page.tab.get_by_label("Wrong ones that you tolerate").select_option("0.1")
    page.tab.get_by_text("Sample for at most 10.0% wrong").wait_for()
    assert page.tab.get_by_role("button", name="Accept").is_disabled()
    page.tab.get_by_role("button", name="Show the sample").click()
    size = int(page.kernel_eval("len(session.queue)"))
    assert 20 <= size <= 40
    go(page, f"of {size}")
    page.tab.locator(".cc-place").click()
    for number in range(size):  # nobody decides what is not shown yet: not all at once
        press(page, "y")
        if number % 5 == 4:
            settled(page, f"{number + 1} decided, {size - number - 1} left")
    settled(page, f"{size} decided, 0 left")
    press(page, "a a")
    page.tab.get_by_text("Measured precision 100.0%").wait_for()
    page.tab.get_by_label("Wrong ones that you tolerate").select_option("0.1")
    page.tab.get_by_role("button", name=f"Accept {300 - size}").click()
    page.tab.get_by_text("one undo takes all of it back").wait_for()
    assert page.kernel_eval("len(log.current)") == "300"
    page.tab.locator(".cc-place").click()
    press(page, "u")
    page.tab.wait_for_function(
        "() => document.querySelector('.cc-live').textContent.startsWith('Taken back')"
    )
    assert page.kernel_eval("len(log.current)") == str(size)


@pytest.mark.many
def test_what_bulk_would_do_is_a_list_that_keys_open_and_scroll(page: LabPage) -> None:
    press(page, "a")
    heading = page.tab.locator(".cc-bulk summary").first
    heading.wait_for()
    lines = page.tab.locator(".cc-bulk .cc-scroll").first
    page.tab.get_by_label("Wrong ones that you tolerate").select_option("0.1")
    page.tab.get_by_text("Sample for at most 10.0% wrong").wait_for()
    assert lines.is_hidden()
    heading.focus()
    press(page, "Enter")
    lines.wait_for()
    assert lines.locator("li").count() == 100
    assert "more" in lines.inner_text()
    place = page.tab.locator(".cc-place").inner_text()
    press(page, "Tab ArrowDown ArrowDown")
    page.tab.wait_for_function(
        "() => document.querySelector('.cc-bulk .cc-scroll').scrollTop > 0"
    )
    assert page.tab.locator(".cc-place").inner_text() == place
    page.tab.get_by_label("Wrong ones that you tolerate").select_option("0.05")
    page.tab.get_by_text("Sample for at most 5.0% wrong").wait_for()
    assert lines.is_visible()
    assert page.kernel_eval("len(log.history)") == "0"
    assert violations(page, THEMES[0], ".cc") == []


@pytest.mark.many
def test_the_card_says_that_it_saves_while_many_are_accepted(page: LabPage) -> None:
    page.kernel_eval(
        "[session.decide('same', index=p) for p in session.draw(tolerance=.1).sample]"
    )
    page.kernel_eval("session.show()")
    page.kernel_eval(
        "setattr(session, '_accepted', (lambda do: lambda *given:"
        " (__import__('time').sleep(2), do(*given))[1])(session._accepted))"
    )
    press(page, "a")
    page.tab.get_by_label("Wrong ones that you tolerate").select_option("0.1")
    page.tab.get_by_role("button", name="Accept 2").click()
    page.tab.get_by_text("Saving", exact=False).first.wait_for(timeout=1500)
    page.tab.get_by_text("one undo takes all of it back").wait_for()
    assert page.tab.locator(".cc-bulk button:not([disabled])").count() == 0


def test_everything_is_reached_by_keyboard_alone(page: LabPage) -> None:
    names = set()
    for _ in range(30):
        press(page, "Tab")
        names.add(page.tab.evaluate("() => document.activeElement.textContent.trim()"))
    assert {"Same clientY", "DifferentN", "Unsure?", "UndoU", "HelpH", "FilterF"} <= names

"""The panel's list of open work orders: chosen, ticked, and nothing of a client in it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from custclean.model import Verdict
from custclean.project import Project
from custclean.widgets import SetupPanel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IDS = ["9130000000000017", "9130000000000025", "9130000000000033"]
MERGE, REMOVE = "M943714", "R488157"
NAMES = ["Ann Canary", "Ann Canari", "Bolette Canary"]
RECORDS = [f"quickbooks-accountant:customers:{own}" for own in IDS]


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[SetupPanel]:
    with Project.init(tmp_path / "p", who="ann") as project:
        path = project.folder / "inbox" / "list.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = [(own, name, "") for own, name in zip(IDS, NAMES, strict=True)]
            csv.writer(file).writerows(
                [("Company ID", "Display name", "Client number"), *rows]
            )
        project.decisions.decide(RECORDS[0], RECORDS[1], Verdict.SAME)
        project.set_aside([RECORDS[2]])
        project.pick(RECORDS[0])
        made = SetupPanel(project, show=repr)
        assert made.wait(60)
        yield made


def press(panel: SetupPanel, name: str) -> None:
    (button,) = (b for b in panel._buttons if f"custclean-{name}" in b._dom_classes)
    button.click()
    assert panel.wait(60)


def labels(panel: SetupPanel) -> list[str]:
    return list(panel._orders.chosen._options_labels)


def test_before_a_run_there_is_nothing_to_tick(panel: SetupPanel) -> None:
    assert panel._orders.layout.display == "none"
    assert panel._orders.button.disabled


def test_open_orders_are_listed_and_those_chosen_are_ticked(panel: SetupPanel) -> None:
    press(panel, "run")
    part = panel._orders
    assert part.layout.display == ""
    assert labels(panel) == [f"{MERGE} · merge · approved", f"{REMOVE} · remove · approved"]
    assert part.button.disabled, "none is chosen"
    part.chosen.index = (1,)
    assert not part.button.disabled
    part.button.click()
    assert panel.wait(60)
    assert panel.failure is None
    assert labels(panel) == [f"{MERGE} · merge · approved", f"{REMOVE} · remove · done"]
    assert "2 work orders are open, 1 ticked." in part.count.value
    assert "1 work order is ticked as done" in panel._result.value
    (tick,) = (d for d in panel._project.decisions.current if d.verdict is Verdict.DONE)
    assert (tick.who, tick.key) == ("ann", (RECORDS[2],))
    assert part.button.disabled


def test_what_is_chosen_and_is_no_order_by_now_ticks_no_other(
    panel: SetupPanel,
) -> None:
    press(panel, "run")
    project, part = panel._project, panel._orders
    project.keep([RECORDS[2]])
    project.set_aside([RECORDS[0]])
    part.chosen.index = (1,)
    part.button.click()
    assert panel.wait(60)
    assert "no such work order" in panel._status.value
    assert not any(d.verdict is Verdict.DONE for d in project.decisions.current)
    press(panel, "run")
    assert labels(panel) == ["R128704 · remove · approved"]


def test_nothing_of_a_client_is_in_its_state(panel: SetupPanel) -> None:
    press(panel, "run")
    part = panel._orders
    state = str([each.get_state() for each in (part, part.chosen, part.count, part.button)])
    assert "Canar" not in state
    assert not any(own in state for own in IDS)


def test_the_part_is_hidden_again_when_a_download_shows_all(panel: SetupPanel) -> None:
    path = panel._project.folder / "inbox" / "list (2).csv"
    path.write_text(f"Company ID,Display name,Client number\n{IDS[0]},{NAMES[0]},\n", "utf-8")
    press(panel, "run")
    assert panel._orders.layout.display == "none"

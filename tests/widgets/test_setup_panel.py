"""The panel: files, settings, thresholds and stages; one line for what goes wrong."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest
from ipywidgets.widgets.widget import _instances

import custclean as cc
from custclean.demo import INPUTS, OWN_DOMAINS
from custclean.project import Project
from custclean.project.effects import Effects
from custclean.settings import Settings
from custclean.widgets import SetAsideDesk, SetupPanel
from custclean.widgets import setup_panel as module
from custclean.widgets.setup_stages import STAGES, Stage, effect_said, files_said
from custclean.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def made(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SetupPanel]:
    """Give the panel of the small sample, run once."""
    folder = tmp_path_factory.mktemp("panel") / "job"
    with Project.init(folder, region="DK", own_domains=OWN_DOMAINS, who="ann") as project:
        for name in INPUTS:
            shutil.copyfile(samples / "small" / name, folder / "inbox" / name)
        panel = cc.show(project)
        assert isinstance(panel, SetupPanel)
        press(panel, "run")
        yield panel


@pytest.fixture
def panel(made: SetupPanel) -> SetupPanel:
    assert made.wait(60)
    return made


def press(panel: SetupPanel, name: str) -> None:
    assert panel.wait(60)
    (button,) = (b for b in panel._buttons if f"custclean-{name}" in b._dom_classes)
    button.click()
    assert panel.wait(60)


def status(panel: SetupPanel) -> str:
    return str(panel._status.value)


def test_every_file_is_listed_with_what_it_was_read_as(panel: SetupPanel) -> None:
    assert "QuickBooks Online Accountant: customers, 60 rows" in panel._files.value
    assert panel._files.value.count("✓") == len(INPUTS)
    assert panel._strange_row.layout.display == "none"


def test_a_run_says_where_all_clients_are_and_what_comes_next(panel: SetupPanel) -> None:
    press(panel, "run")
    assert "60 clients" in panel._result.value
    assert "Decide" in panel._result.value
    assert "Done." in status(panel)


def test_the_effect_of_a_threshold_is_shown_while_the_slider_moves(panel: SetupPanel) -> None:
    part = panel._threshold
    effects = part._effects
    assert isinstance(effects, Effects)
    began = time.perf_counter()
    for step in effects.steps:
        part.slider.value = step
    spent = (time.perf_counter() - began) / len(effects.steps)
    assert spent < 0.1
    assert part.effect.value == effect_said(effects, effects.steps[-1])
    assert "0.999 (chosen)" in part.effect.value
    part.slider.value = effects.own


def test_a_threshold_that_is_chosen_is_kept_and_the_models_own_comes_back(
    panel: SetupPanel,
) -> None:
    toml = panel._project.folder / "custclean.toml"
    panel._threshold.slider.value = 0.9
    panel._threshold._use.click()
    assert panel.wait(60)
    assert Settings.load(toml).link.threshold == 0.9
    assert "0.9 (in use)" in panel._threshold.effect.value
    panel._threshold._own.click()
    assert panel.wait(60)
    assert Settings.load(toml).link.threshold is None


def test_another_region_is_saved_and_the_comments_stay(panel: SetupPanel) -> None:
    toml = panel._project.folder / "custclean.toml"
    comments = toml.read_text(encoding="utf-8").count("#")
    assert ("Denmark (DK)", "DK") in panel._region.options
    panel._region.value = "IT"
    assert panel.wait(60)
    assert Settings.load(toml).region == "IT"
    assert toml.read_text(encoding="utf-8").count("#") == comments
    panel._region.value = "DK"
    assert panel.wait(60)


def test_what_the_settings_say_meanwhile_is_shown_when_it_is_displayed_again(
    panel: SetupPanel,
) -> None:
    with Project(panel._project.folder) as other:
        other.configure(region="FR")
    panel._repr_mimebundle_()
    assert panel.wait(60)
    assert panel._region.value == "FR"
    panel._region.value = "DK"
    assert panel.wait(60)


def test_a_file_that_nobody_knows_gets_a_form_for_its_columns(panel: SetupPanel) -> None:
    odd = panel._project.folder / "inbox" / "odd.csv"
    odd.write_text("Whoever;Box\nx;1\ny;2\n", encoding="utf-8")
    press(panel, "check")
    assert "odd.csv" in status(panel)  # what is wrong, in one line
    panel._dropped()
    assert panel.wait(60)
    assert panel._strange.value == "odd.csv"
    panel._map.click()
    assert panel.wait(60)
    assert repr(panel._below.children[0]) == "MappingForm(2 columns, 0 are fields)"
    odd.unlink()
    press(panel, "check")
    assert "Fine: Client list" in panel._result.value


def test_the_desk_opens_below(panel: SetupPanel) -> None:
    press(panel, "set_aside")
    assert isinstance(panel._below.children[0], SetAsideDesk)


def test_what_stood_below_before_is_closed_with_all_in_it(panel: SetupPanel) -> None:
    odd = panel._project.folder / "inbox" / "odd.csv"
    odd.write_text("Whoever;Box\nx;1\ny;2\n", encoding="utf-8")
    panel._dropped()
    assert panel.wait(60)
    counts, forms = [], []
    for _ in range(3):
        panel._map.click()
        assert panel.wait(60)
        forms.append(panel._below.children[0])
        counts.append(len(_instances))
    odd.unlink()
    press(panel, "set_aside")
    assert counts[0] == counts[1] == counts[2]
    assert [form.comm for form in forms] == [None] * 3
    assert [row.comm for form in forms for row in form._fields.values()] == [None] * 6


def test_an_error_is_one_line_with_its_value_masked(
    panel: SetupPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(panel, "verify")
    assert "there is only one download" in status(panel)

    def wrong(_project: Project) -> Any:
        msg = "no such thing"
        raise cc.CustcleanError(msg, value="Ann Canary", expected="another")

    monkeypatch.setitem(STAGES, "verify", Stage(mark("Verify"), wrong))
    press(panel, "verify")
    assert "no such thing: &#x27;•••••&#x27;; expected another" in status(panel)
    assert str(panel.failure).count("\n") == 0


def test_a_fault_of_ours_is_a_line_too_and_the_panel_goes_on(
    panel: SetupPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_project: Project) -> Any:
        msg = "Ann Canary"
        raise ZeroDivisionError(msg)

    monkeypatch.setitem(STAGES, "run", Stage(mark("Run"), broken))
    press(panel, "run")
    assert "Something went wrong: ZeroDivisionError" in status(panel)
    assert "Canary" not in str(panel.get_state()) + status(panel)
    assert isinstance(panel.failure, ZeroDivisionError)
    assert not any(button.disabled for button in panel._buttons)


def test_while_something_is_under_way_nothing_else_begins_and_its_progress_shows(
    panel: SetupPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def slow(project: Project) -> Any:
        project.progress("read", 0, 4)
        time.sleep(1.0)
        project.progress("read", 1, 4)
        seen.append([button.disabled for button in panel._buttons])
        panel._buttons[0].click()  # a click that was on its way
        panel._dropped()  # and a file that came
        for _ in range(200):
            time.sleep(0.02)
            if "read · 1 of 4" in status(panel):
                break
        seen.append((panel._bar.layout.visibility, status(panel)))

    monkeypatch.setattr(module, "TICK", 0.01)
    monkeypatch.setattr("custclean.widgets.pace.PATIENCE", 0.0)
    monkeypatch.setitem(STAGES, "upload", Stage(mark("Upload"), slow))
    before = panel._project.progress
    press(panel, "upload")
    assert panel.wait(60)
    assert all(seen[0])
    assert seen[1][0] == "visible"
    assert "about" in seen[1][1]
    assert panel._bar.layout.visibility == "hidden"
    assert panel._project.progress is before


def test_an_empty_inbox_says_what_to_do(tmp_path: Path) -> None:
    with Project.init(tmp_path / "new", who="ann") as project:
        panel = SetupPanel(project, show=repr)
        assert panel.wait(60)
        assert "drop the exports here" in panel._files.value
        press(panel, "run")
        assert "the inbox is empty" in status(panel)
    assert files_said(()) == panel._files.value


def test_the_panel_speaks_the_language_of_its_project(tmp_path: Path) -> None:
    with Project.init(tmp_path / "new", who="ann") as project:
        toml = project.folder / "custclean.toml"
        toml.write_text('language = "de"\n', encoding="utf-8")
    with Project(tmp_path / "new", who="ann") as project:
        panel = SetupPanel(project, show=repr)
        assert panel.wait(60)
        assert ("Dänemark (DK)", "DK") in panel._region.options

"""The form: a proposal to correct, saved for every file with these headings, values masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ipywidgets import Box, Widget
from ipywidgets.widgets.widget import _instances

from custclean import html
from custclean.errors import InputError
from custclean.settings import Settings
from custclean.stages.read import read
from custclean.tables.writing import csv_bytes
from custclean.widgets import MappingForm, map_columns
from custclean.widgets.mapping_form import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADER = ["Whoever", "Write to", "Then to", "<b>x</b>"]
ROWS = [
    ["Ann Canary", "ann@canary.example", "a@canary.example", "1"],
    ["Bob Canary", "bob@canary.example", "b@canary.example", "2"],
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "list.csv"
    made.write_bytes(csv_bytes(HEADER, ROWS))
    return made


@pytest.fixture
def form(path: Path) -> Iterator[MappingForm]:
    yield map_columns(path)
    html.reveal(on=False)


def status(form: MappingForm) -> str:
    return str(form._status.value)


def press(form: MappingForm, name: str) -> None:
    (button,) = (b for b in form.children[3].children if f"custclean-{name}" in b._dom_classes)
    button.click()


def inside(widget: Widget) -> list[Widget]:
    """Give a widget and all in it."""
    children = widget.children if isinstance(widget, Box) else ()
    return [widget, *(each for child in children for each in inside(child))]


def test_the_proposal_is_chosen(form: MappingForm) -> None:
    assert form.kind == "customers"
    assert form.columns == {
        "Whoever": "display_name", "Write to": "email", "Then to": "email", "<b>x</b>": "",
    }  # fmt: skip
    assert repr(form) == "MappingForm(4 columns, 3 are fields)"


def test_what_is_chosen_is_saved_and_used_the_next_time(form: MappingForm, path: Path) -> None:
    form._fields["<b>x</b>"].value = "customer_number"
    press(form, "save")
    assert "Saved in custclean.toml" in status(form)
    (saved,) = Settings.load(path.parent / "custclean.toml").mappings
    assert saved.columns["<b>x</b>"] == "customer_number"
    export = read(path)
    assert export.table["customer_number"].to_list() == ["1", "2"]
    assert export.table["email"][0] == "ann@canary.example; a@canary.example"


def test_it_saves_into_the_project_whose_inbox_holds_the_file(tmp_path: Path) -> None:
    (tmp_path / "custclean.toml").write_text("# mine\n")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "list.csv").write_bytes(csv_bytes(HEADER, ROWS))
    press(map_columns(tmp_path / "inbox" / "list.csv"), "save")
    assert (tmp_path / "custclean.toml").read_text().startswith("# mine\n\n[[mappings]]")


def test_two_columns_of_one_field_are_not_saved(form: MappingForm, path: Path) -> None:
    form._fields["<b>x</b>"].value = "display_name"
    press(form, "save")
    assert "two columns are said to be one field" in status(form)
    assert not (path.parent / "custclean.toml").exists()


def test_a_field_chosen_twice_is_said_at_once(form: MappingForm) -> None:
    form._fields["<b>x</b>"].value = "display_name"
    assert "two columns are said to be one field · Name" in status(form)
    form._fields["<b>x</b>"].value = ""
    assert status(form) == "<span role='status'></span>"


def test_fields_can_be_chosen_from_python_and_saved(form: MappingForm, path: Path) -> None:
    form.columns = {"<b>x</b>": "customer_number", "Then to": ""}
    assert form.columns == {
        "Whoever": "display_name", "Write to": "email", "Then to": "",
        "<b>x</b>": "customer_number",
    }  # fmt: skip
    form.save()
    assert read(path).table["customer_number"].to_list() == ["1", "2"]
    for wrong in ({"Nobody": "email"}, {"Whoever": "shoe_size", "Write to": "phone"}):
        with pytest.raises(InputError, match="no such"):
            form.columns = wrong
    assert form.columns["Write to"] == "email"


def test_each_field_has_a_name_for_people(form: MappingForm) -> None:
    told = {field: words for words, field in form._fields["Whoever"].options if field}
    assert told["terms"] == "Payment terms (terms)"
    assert told["active.barred"] == "Barred: the opposite of active (active.barred)"
    assert not [words for words in told.values() if words[0].islower()]


def test_it_says_how_masked_values_are_shown(form: MappingForm, path: Path) -> None:
    assert "custclean.reveal()" in form.children[0].value
    html.reveal()
    assert "custclean.reveal()" not in map_columns(path).children[0].value


def test_another_kind_has_other_fields(form: MappingForm) -> None:
    form._kind.value = "items"
    assert ("sku", "sku") in form._fields["Whoever"].options
    assert form.read().kind == "items"


def test_the_preview_is_masked(form: MappingForm) -> None:
    press(form, "preview")
    assert "••" in form._preview.value
    html.reveal()
    press(form, "preview")
    assert "ann@canary.example" in form._preview.value


def test_no_value_is_in_the_state_of_any_widget(form: MappingForm) -> None:
    press(form, "preview")
    press(form, "save")
    states = "".join(str(each.get_state()) for each in inside(form))
    assert "Write to" in states
    assert "anary" not in states


def test_a_heading_is_no_html(form: MappingForm) -> None:
    assert form._fields["<b>x</b>"].description_allow_html is False
    drawn = [box.children[1].value for box in form._rows.children]
    assert not any("<b>" in each for each in drawn)


def test_rows_of_another_kind_take_the_place_of_those_before(form: MappingForm) -> None:
    gone, counts = inside(form._rows)[1:], []
    for kind in ("items", "customers", "items", "customers"):
        form._kind.value = kind
        counts.append(len(_instances))
    assert all(widget.comm is None for widget in gone)
    assert len(set(counts)) == 1
    assert all(widget.comm is not None for widget in inside(form))
    assert WIDE.comm is not None  # the others have it


def test_a_value_in_an_error_is_masked(
    form: MappingForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong() -> None:
        msg = "no such thing"
        raise InputError(msg, value="Ann Canary", expected="another")

    monkeypatch.setattr(form, "save", wrong)
    press(form, "save")
    assert "no such thing" in status(form)
    assert "Canary" not in status(form)
    html.reveal()
    press(form, "save")
    assert "Ann Canary" in status(form)

"""What an error says to a person, and what to a machine."""

from __future__ import annotations

from pathlib import Path

from custclean.errors import CustcleanError, InputError
from custclean.words import language


def test_an_error_is_one_line_with_file_line_value_and_expectation() -> None:
    error = InputError("not an id", file=Path("/x/list.csv"), line=7, column="Company ID",
                       value="9.1E+15", expected="16 digits")  # fmt: skip
    assert (
        str(error) == "list.csv, line 7, Company ID: not an id: '9.1E+15'; expected 16 digits"
    )


def test_a_long_value_is_cut_to_forty_characters() -> None:
    text = str(CustcleanError("bad", value="x" * 500))
    assert "x" * 39 + "…" in text
    assert "x" * 40 not in text


def test_line_breaks_in_a_value_do_not_break_the_line() -> None:
    assert "\n" not in str(CustcleanError("bad", value="a\nb"))


def test_machines_get_no_value() -> None:
    error = InputError("bad", file="list.csv", line=2, value="secret@example.com")
    assert "secret" not in str(error.as_dict())


def test_what_is_added_to_a_message_speaks_its_language() -> None:
    with language("de"):
        error = InputError("keine ID", file="list.csv", line=7, expected="16 Ziffern")
    assert str(error) == "list.csv, Zeile 7: keine ID; erwartet: 16 Ziffern"

"""What a fresh download shows against the plan."""

from __future__ import annotations

import polars as pl
import pytest

from custclean.errors import InputError
from custclean.stages.verify import verify


def rows(*cells: tuple[str, str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        cells,
        schema=dict.fromkeys(("record_id", "display_name", "customer_number"), pl.String),
        orient="row",
    )  # fmt: skip


def plan(*cells: tuple[str, str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        cells,
        schema=dict.fromkeys(("record_id", "field", "expected"), pl.String),
        orient="row",
    )


BEFORE = rows(("a", "Ann", None), ("b", "Bo", "7"), ("c", "Cy", None))


def test_a_number_that_stands_is_done() -> None:
    after = rows(("a", "Ann", "1"), ("b", "Bo", "7"), ("c", "Cy", None))
    result = verify(BEFORE, after, plan(("a", "customer_number", "1")))
    assert result
    assert result.done.height == 1


def test_a_number_that_does_not_stand_is_not_done_and_says_what_is_there() -> None:
    result = verify(BEFORE, BEFORE, plan(("b", "customer_number", "8")))
    assert result.not_done.select("expected", "found").rows() == [("8", "7")]
    assert not result


def test_a_record_planned_to_go_is_done_when_it_is_gone() -> None:
    result = verify(
        BEFORE, BEFORE.filter(pl.col("record_id") != "c"), plan(("c", "record", None))
    )
    assert result.done["record_id"].to_list() == ["c"]
    assert result.unexpected.is_empty()


def test_a_record_that_is_still_there_is_not_done() -> None:
    assert verify(BEFORE, BEFORE, plan(("c", "record", None))).not_done.height == 1


def test_every_other_difference_is_unexpected() -> None:
    after = rows(("a", "Anna", None), ("b", "Bo", "7"), ("d", "Di", None))
    result = verify(BEFORE, after, plan())
    assert result.unexpected.rows() == [
        ("a", "display_name", "Ann", "Anna"),
        ("c", "record", "c", None),
        ("d", "record", None, "d"),
    ]


def test_one_changed_blank_is_a_difference() -> None:
    after = rows(("a", "Ann ", None), ("b", "Bo", "7"), ("c", "Cy", None))
    assert verify(BEFORE, after, plan()).unexpected.height == 1


def test_what_a_person_may_do_is_left_but_not_missing() -> None:
    may = plan(("a", "display_name", "Ann E.")).with_columns(need=pl.lit("may"))
    result = verify(BEFORE, BEFORE, may)
    assert result
    assert result.left.height == 1


def test_original_columns_count_too() -> None:
    class Download:
        def __init__(self, note: str) -> None:
            self.table = BEFORE
            self.extra = pl.DataFrame({"record_id": ["a"], "Note": [note]})

    result = verify(Download("x"), Download("y"), plan())
    assert result.unexpected.rows() == [("a", "extra: Note", "x", "y")]


def test_a_column_that_only_one_download_has_is_no_change() -> None:
    class Download:
        def __init__(self, **columns: list[str]) -> None:
            self.table = BEFORE
            self.extra = pl.DataFrame({"record_id": ["a"], **columns})

    assert verify(Download(Note=["x"]), Download(), plan())


def test_a_plan_without_its_columns_is_refused() -> None:
    with pytest.raises(InputError, match="expected"):
        verify(BEFORE, BEFORE, pl.DataFrame({"record_id": ["a"], "field": ["record"]}))


class Contacts:
    """A download whose names and e-mails stand in two ways: raw and by field."""

    def __init__(self, given: str | None, email: str | None, name: str, mail: str) -> None:
        cells = {"record_id": ["a"], "given_name": [given], "email": [email]}
        self.table = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
        self.extra = pl.DataFrame(
            {"record_id": ["a"], "Contact name": [name], "Email": [mail]}
        )


ANN = Contacts(None, "ann@example.com", "Example", "ann@example.com")
EDITS = plan(("a", "given_name", "Ann"), ("a", "email", "ann@example.com; an@example.com"))


def test_the_raw_cell_of_an_ordered_edit_is_no_other_difference() -> None:
    mails = "ann@example.com, an@example.com"
    after = Contacts("Ann", "ann@example.com; an@example.com", "Ann Example", mails)
    result = verify(ANN, after, EDITS.with_columns(need=pl.lit("may")))
    assert result.done.height == 2
    assert result.unexpected.is_empty()
    swap = verify(
        after, ANN, plan(("a", "given_name", None), ("a", "email", "ann@example.com"))
    )
    assert swap.unexpected["field"].to_list() == ["extra: Contact name", "extra: Email"]


@pytest.mark.parametrize("name", ["Anna Example", "Ann", "Ann Exampel", ""])
def test_what_a_raw_cell_says_beyond_the_order_is_a_difference(name: str) -> None:
    after = Contacts("Ann", "ann@example.com", name, "ann@example.com")
    result = verify(ANN, after, EDITS)
    assert result.unexpected.rows() == [("a", "extra: Contact name", "Example", name)]
    untouched = verify(
        ANN, Contacts(None, "ann@example.com", "Ann Example", "ann@example.com"), EDITS
    )
    assert untouched.unexpected["field"].to_list() == ["extra: Contact name"]

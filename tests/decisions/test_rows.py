"""A decision as a row: the text that older versions wrote, however it is made."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from custclean.decisions.rows import fields_of
from custclean.model import Decision, Verdict

TABLES = st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=5)


@given(st.lists(st.text(max_size=5), max_size=3), TABLES, TABLES)
def test_a_row_holds_what_json_gives_with_its_names_in_order(
    key: list[str], seen: dict[str, str], value: dict[str, str]
) -> None:
    fields = fields_of(Decision(tuple(key), Verdict.SAME, seen, value), "tool")
    json_of = json.JSONEncoder(sort_keys=True).encode
    assert (fields[0], fields[2], fields[3]) == (json_of(key), json_of(seen), json_of(value))


def test_a_sign_of_percent_and_a_quotation_mark_stay_what_they_are() -> None:
    names = {"100 %s": '"%"', "a\\b": "\n"}
    text = fields_of(Decision(("a",), Verdict.KEEP, names), "tool")[2]
    assert json.loads(text) == names

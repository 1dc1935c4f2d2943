"""A pair about which nothing is new is not asked because of other people's rows."""

from __future__ import annotations

import polars as pl

from custclean.decisions import SEEN_FIELDS
from custclean.project.drift import without_drift

SURE = 0.9


def listed(**emails: str) -> pl.DataFrame:
    rows = [{"record_id": record, "email": email} for record, email in emails.items()]
    return pl.DataFrame(rows, schema=dict.fromkeys(("record_id", *SEEN_FIELDS), pl.String))


def pairs(*rows: tuple[str, str, float]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["left_id", "right_id", "probability"], orient="row")


FIRST = listed(a="1", b="2", c="3")


def test_a_doubtful_pair_that_was_not_worth_asking_is_not_asked() -> None:
    found = without_drift(
        pairs(("a", "b", 0.2), ("b", "c", 0.3)),
        [FIRST, listed(c="3", b="2", a="1", d="4")],
        sure=SURE,
        asked=lambda at: [("c", "b")],
    )
    assert found.select("left_id", "right_id").rows() == [("b", "c")]


def test_a_pair_that_is_clear_today_is_asked() -> None:
    found = without_drift(
        pairs(("a", "b", 0.95)), [FIRST, FIRST], sure=SURE, asked=lambda at: []
    )
    assert found.height == 1


def test_who_is_new_or_has_changed_is_asked() -> None:
    def never(at: int) -> list[tuple[str, str]]:
        raise AssertionError(at)

    today = listed(a="1", b="other", c="3", d="4")
    given = pairs(("a", "b", 0.2), ("a", "d", 0.2))
    assert without_drift(given, [FIRST, today], sure=SURE, asked=never).height == 2


def test_it_counts_what_was_asked_when_both_first_looked_as_today() -> None:
    months = [listed(a="1", b="0"), FIRST, FIRST, FIRST]
    looked: list[int] = []

    def asked(at: int) -> list[tuple[str, str]]:
        looked.append(at)
        return []

    given = pairs(("a", "b", 0.2), ("b", "c", 0.2), ("a", "c", 0.2))
    assert without_drift(given, months, sure=SURE, asked=asked).is_empty()
    assert looked == [1]


def test_of_a_single_download_all_is_asked() -> None:
    found = without_drift(pairs(("a", "b", 0.2)), [FIRST], sure=SURE, asked=lambda at: [])
    assert found.height == 1

"""What is told of a result: decided, known, comparable at all."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from custclean.errors import InputError
from custclean.model import Decision, Verdict
from custclean.stages.link import find_duplicates

Clients = Callable[..., pl.DataFrame]
ANN = {"display_name": "Ann Wexcombe", "email": "ann@mail.example", "city": "Riverton"}


@pytest.mark.parametrize(
    ("verdict", "said"), [(Verdict.SAME, "one client"), (Verdict.DIFFERENT, "two clients")]
)
def test_a_persons_word_stands_before_what_the_model_thinks(
    clients: Clients, verdict: Verdict, said: str
) -> None:
    found = find_duplicates(clients(ANN, ANN), decisions=[Decision(("c00", "c01"), verdict)])
    told = found.explain("c00", "c01").sentence
    assert told.startswith(f"A person decided: {said}.")
    assert told in found._repr_html_() or verdict is Verdict.DIFFERENT


def test_two_known_records_are_said_to_stay_as_they_are(clients: Clients) -> None:
    table = clients(ANN, ANN)
    known = pl.DataFrame({"record_id": ["c00", "c01"], "cluster_id": ["c00", "c01"]})
    assert "known" in find_duplicates(table, known=known).explain("c00", "c01").why_not


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame(),
        pl.DataFrame({"name": []}, schema={"name": pl.String}),
        pl.DataFrame({"name": [None] * 5}, schema={"name": pl.String}),
    ],
)
def test_where_nothing_can_be_compared_all_stands_alone(frame: pl.DataFrame) -> None:
    found = find_duplicates(frame)
    assert found.to_review().height == found.pairs.height == found.conflicts.height == 0
    assert found.clusters().height == frame.height
    assert found._repr_html_()
    if frame.height:
        with pytest.raises(InputError, match="no column that could be compared"):
            found.explain(0, 1)


def test_equality_never_speaks_against_one_client_in_words(clients: Clients) -> None:
    shared = {"phone": "+12025550199", "street": "7 Mill Lane", "postcode": "20001"}
    one = ANN | shared | {"given_name": "Ann", "family_name": "Wexcombe"}
    other = one | {"display_name": "Bo Wexcombe", "given_name": "Bo"}
    told = find_duplicates(clients(one, other)).explain("c00", "c01").sentence
    assert "equal" not in told.partition("Against:")[2]


def test_values_both_hold_are_not_called_missing(clients: Clients) -> None:
    one = ANN | {"email": "ann.wexcombe@one.example"}
    other = ANN | {"email": "ann_wexcombe@two.example"}
    shares = find_duplicates(clients(one, other)).explain("c00", "c01").shares
    assert not [s for s in shares if s.left and s.right and "missing" in s.level]

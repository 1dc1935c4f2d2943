from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from custclean.stages.link import find_duplicates

Clients = Callable[..., pl.DataFrame]
ANN = {"display_name": "Ann Wexcombe", "email": "ann@mail.example", "city": "Riverton"}


@pytest.mark.parametrize(
    "pair", [("c00", "c01"), ("c00", "x004"), ("x002", "x031"), ("c01", "x020")]
)
def test_shares_and_prior_add_up_to_the_weight(
    clients: Clients, pair: tuple[str, str]
) -> None:
    found = find_duplicates(clients(ANN, ANN | {"display_name": "A. Wexcombe"}))
    why = found.explain(*pair)
    assert why.prior + sum(share.weight for share in why.shares) == pytest.approx(why.weight)
    assert 0 <= why.probability <= 1


def test_the_explained_weight_is_that_of_the_pairs(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN))
    for left, right, weight in found.pairs.select("left_id", "right_id", "weight").rows():
        assert found.explain(left, right).weight == pytest.approx(weight)


def test_values_are_shown_as_they_stand_in_the_table(clients: Clients) -> None:
    found = find_duplicates(clients(ANN, ANN | {"email": "ANN@Mail.example"}))
    share = next(s for s in found.explain("c00", "c01").shares if s.field == "email")
    assert (share.left, share.right) == ("ann@mail.example", "ANN@Mail.example")
    assert share.level == "equal after cleaning"


def test_the_sentence_says_how_likely_what_for_and_what_against(clients: Clients) -> None:
    far = ANN | {"display_name": "Wexcombe, Ann", "phone": "+12025550764"}
    found = find_duplicates(clients(ANN | {"phone": "+12025550111"}, far))
    yes, no = found.explain("c00", "c01").sentence, found.explain("c00", "x003").sentence
    assert yes.startswith("Very likely one client. For: ")
    assert "Against: phone – different" in yes
    assert no.startswith("Most likely two clients.")

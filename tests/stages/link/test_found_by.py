"""Which keys bring two records together, and why a pair was not compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.stages.link import find_duplicates
from custclean.stages.link.features import features_of
from custclean.stages.link.found_by import _why_not, rule_in_words
from custclean.stages.link.index import block
from custclean.stages.link.keys import RULES
from custclean.stages.link.shared_keys import Key, keys_of_pair
from custclean.stages.link.word_keys import RARE, SLIP

if TYPE_CHECKING:
    from custclean.stages.link.matches import Matches

Clients = Callable[..., pl.DataFrame]
ANN = {"display_name": "Ann Wexcombe", "email": "ann@mail.example", "city": "Riverton"}
KINDS = {
    "display_name": "name",
    "given_name": "given_name",
    "family_name": "family_name",
    "email": "email",
    "phone": "phone",
    "street": "street",
    "postcode": "postcode",
    "city": "city",
}


@pytest.fixture
def found(clients: Clients) -> Matches:
    mailbox = {"email": "office@firm.example", "display_name": "Bartholomew Quist"}
    many = [
        {"record_id": f"m{n:02d}", "display_name": f"Client{n} Umber{n}"}
        | {"city": "Longtown"}
        for n in range(60)
    ]
    return find_duplicates(
        clients(ANN, ANN | {"phone": "+12025550999"}, mailbox, *many, others=400)
    )


def test_the_shared_keys_are_named(found: Matches) -> None:
    said = found.explain("c00", "c01")
    assert "e-mail" in said.found_by
    assert said.why_not == ""


def test_a_pair_without_a_key_says_which_would_have_found_it(found: Matches) -> None:
    said = found.explain("c00", "c02")
    assert said.found_by == ()
    assert "e-mail" in said.not_by
    assert said.why_not.startswith("No key brings them together.")
    assert said.why_not in repr(said)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_shares_no_key_was_no_candidate_and_the_other_way_round(
    clients: Clients, seed: int
) -> None:
    frame = clients(others=420).sample(fraction=1.0, shuffle=True, seed=seed)
    features = features_of(frame, KINDS)
    blocked = block(features)
    candidates = set(zip(blocked.left.tolist(), blocked.right.tolist()))
    limits = dict(zip(blocked.report["rule"], blocked.report["limit"]))
    for left, right in [(0, n) for n in range(1, 120)]:
        shared = [k for k in keys_of_pair(features, left, right) if k.state == "shared"]
        whole = [k for k in shared if k.size <= limits[k.rule]]
        assert not ((left, right) in candidates and not shared)
        assert not (whole and (left, right) not in candidates)


def test_a_block_that_was_cut_is_named_with_its_size() -> None:
    # hundreds at one switchboard: each is compared with its neighbours in the alphabet only
    rows = [
        {"name": f"{chr(97 + n // 26)}{chr(97 + n % 26)}lo", "phone": "+12025550123"}
        for n in range(500)
    ]
    frame = pl.DataFrame(rows)
    found = find_duplicates(frame, columns={"name": "name", "phone": "phone"})
    said = found.explain(0, 480)
    assert "phone" in said.found_by
    assert "500 records hold it" in said.why_not


def test_every_rule_has_words() -> None:
    for rule in (*RULES, ("acronym",), (RARE,), (SLIP,)):
        parts = " + ".join(rule).replace("_*", "")
        assert "_" not in rule_in_words(parts)
        assert rule_in_words(parts).count(" + ") == len(rule) - 1


def test_a_pair_of_a_whole_block_was_dropped_before_it_was_compared_in_full() -> None:
    blocking = pl.DataFrame({"rule": ["phone", "city"], "limit": [40, 9]})
    whole = [Key("city", "shared", 90), Key("phone", "shared", 12), Key("email", "differs")]
    assert "(phone)" in _why_not(whole, blocking)
    assert "dropped before" in _why_not(whole, blocking)
    assert "90 records hold it" in _why_not(whole[:1], blocking)
    assert "what one of them holds, the other lacks" in _why_not([], blocking)

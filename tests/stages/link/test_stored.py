from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean import samples
from custclean.errors import SchemaError
from custclean.stages.link import find_duplicates, link
from custclean.stages.link.scoring import start
from custclean.stages.link.stored import fitted

if TYPE_CHECKING:
    from pathlib import Path

Clients = Callable[..., pl.DataFrame]
ANN = {"display_name": "Ann Wexcombe", "email": "ann@mail.example", "city": "Riverton"}
AGAIN = ANN | {"display_name": "Wexcombe, Ann"}


def test_a_stored_model_gives_the_same_answer_again(clients: Clients, tmp_path: Path) -> None:
    table = clients(ANN, AGAIN)
    found = find_duplicates(table)
    found.save_model(tmp_path / "model.json")
    for model in (found.model, tmp_path / "model.json", str(tmp_path / "model.json")):
        again = find_duplicates(table, model=model)
        assert again.pairs.equals(found.pairs)
        assert again.model == found.model
        assert again.notes == ()


def test_a_stored_model_weighs_households_and_owners_as_it_did() -> None:
    """Firms, families and owners of one list: clients are counted as they were found."""
    file = samples() / "main_pt" / "client_list.csv"
    table = pl.read_csv(file, separator=";", encoding="cp1252", infer_schema=False)
    found = find_duplicates(table)
    answers = found.to_review().head(40).select("left_id", "right_id")
    answers = answers.with_columns(verdict=pl.Series(["same", "different"] * 20))
    for before in (found, found.learn(answers)):
        again = find_duplicates(table, model=before.model)
        both = before.pairs.join(again.pairs, on=["left_id", "right_id"], suffix="_again")
        apart = (both["weight"] - both["weight_again"]).abs()
        assert len(both) == len(before.pairs) == len(again.pairs)
        assert apart.max() < 0.01
    assert before.learned.changed


def test_with_a_stored_model_nothing_is_learned(clients: Clients) -> None:
    small, large = clients(ANN, AGAIN, others=20), clients(*[ANN] * 30, others=60)
    model = find_duplicates(small).model
    used = find_duplicates(large, model=model).model
    assert used["fields"] == model["fields"]
    assert used["pairs"] == model["pairs"]


def test_a_model_of_one_table_links_two(clients: Clients) -> None:
    table = clients(ANN, AGAIN)
    found = link(table, table, model=find_duplicates(table).model)
    accepted = found.accepted()
    assert (accepted["left_id"] == accepted["right_id"]).sum() >= 40


def test_fields_that_it_does_not_know_are_said_and_others_left_out(clients: Clients) -> None:
    table = clients(ANN, AGAIN)
    model = find_duplicates(table.drop("phone", "mobile", "fax")).model
    found = find_duplicates(table.drop("street", "postcode", "city"), model=model)
    assert "phone" in found.model["fields"]
    assert "place" not in found.model["fields"]
    assert [note for note in found.notes if "phone" in note]
    assert found.accepted()["left_id"].to_list() == ["c00"]


def test_a_model_of_other_fields_is_refused(clients: Clients) -> None:
    model = find_duplicates(pl.DataFrame({"x": ["a", "b"]}), columns={"x": "date"}).model
    with pytest.raises(SchemaError):
        find_duplicates(clients(ANN), model=model)
    with pytest.raises(SchemaError):
        find_duplicates(clients(ANN), model={"schema": 1})


def test_among_more_records_a_pair_is_less_likely_one_client() -> None:
    few, many = start(("person",), 1000), start(("person",), 100_000)
    assert fitted(few, many).odds[0] == pytest.approx(few.odds[0] / 100, rel=0.01)
    assert fitted(few, few).odds.tolist() == pytest.approx(few.odds.tolist())


def test_what_answers_taught_is_stored_too(clients: Clients) -> None:
    table = clients(*[ANN | {"email": f"a{n}@mail.example"} for n in range(12)], others=60)
    answers = {
        "left_id": [f"c{n:02d}" for n in range(0, 12, 2)] + [f"x{n:03d}" for n in range(9)]
    }
    answers["right_id"] = [f"c{n:02d}" for n in range(1, 12, 2)] + [
        f"x{n:03d}" for n in range(14, 23)
    ]
    labels = pl.DataFrame(answers | {"match": [1] * 6 + [0] * 9})
    taught = find_duplicates(table).learn(labels)
    again = find_duplicates(table, model=taught.model)
    assert again.learned.answers == taught.learned.answers == 15
    assert again.explain("c00", "x000").weight == pytest.approx(
        taught.explain("c00", "x000").weight
    )

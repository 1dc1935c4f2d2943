from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from custclean.errors import SchemaError
from custclean.stages.link import find_duplicates, model_file
from custclean.stages.link.learned import Learned
from custclean.stages.link.levels import FIELDS
from custclean.stages.link.scoring import believed

if TYPE_CHECKING:
    from pathlib import Path

Clients = Callable[..., pl.DataFrame]


def test_what_we_write_we_read_back(clients: Clients, tmp_path: Path) -> None:
    found = find_duplicates(clients())
    found.save_model(tmp_path / "model.json")
    read = model_file.read(tmp_path / "model.json")
    assert model_file.as_dict(read) == found.model
    for name, shares in read.shares.items():
        assert np.allclose(shares[:, 1:].sum(axis=1), 1), name


def test_what_was_learned_is_kept(clients: Clients, tmp_path: Path) -> None:
    model = find_duplicates(clients())._result.scored.model
    moved = {"person": np.linspace(-1, 1, len(FIELDS["person"].codes))}
    learned = Learned(12, 8, before=0.9, after=0.6, prior=0.25, levels=moved)
    model_file.write(replace(model, learned=learned), tmp_path / "model.json")
    read = model_file.read(tmp_path / "model.json").learned
    assert (read.answers, read.same, read.before, read.prior) == (20, 12, 0.9, 0.25)
    assert read.levels["person"].tolist() == moved["person"].tolist()


def test_a_model_of_the_first_schema_is_read(clients: Clients, tmp_path: Path) -> None:
    found = find_duplicates(clients())
    old = {name: part for name, part in found.model.items() if name != "learned"} | {
        "schema": 1
    }
    (tmp_path / "model.json").write_text(json.dumps(old))
    assert model_file.as_dict(model_file.read(tmp_path / "model.json")) == found.model


def test_what_an_older_model_did_not_know_is_believed(clients: Clients) -> None:
    model = find_duplicates(clients()).model | {"schema": 2}
    for shares in model["fields"]["person"].values():
        del shares["one_generation"]
    read = model_file.from_dict(model).shares["person"]
    place = FIELDS["person"].place("one_generation")
    assert read[:-1, place].tolist() == believed("person")[:-1, place].tolist()


@pytest.mark.parametrize(
    "text", ['{"schema": 99}', '{"schema": 1}', "[]", "not json", '{"schema": "x"}']
)
def test_a_newer_or_damaged_model_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "model.json"
    path.write_text(text)
    with pytest.raises(SchemaError, match=r"model\.json"):
        model_file.read(path)


def test_the_model_says_its_schema(clients: Clients) -> None:
    assert find_duplicates(clients()).model["schema"] == model_file.SCHEMA
    assert json.dumps(find_duplicates(clients()).model)

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from custclean.errors import SchemaError
from custclean.stages.link import find_duplicates, model_file

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

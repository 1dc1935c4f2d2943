"""Pictures of a linkage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from custclean import charts_linkage
from custclean.errors import SettingsError
from custclean.model import Explanation, Share
from custclean.stages.link.thresholds import thresholds_of

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from custclean.charts_linkage import Picture

CHANCE = np.array([0.001, 0.2, 0.6, 0.99, 1.0])
WEIGHT = np.log2(np.clip(CHANCE, 1e-9, 1 - 1e-9) / (1 - np.clip(CHANCE, 1e-9, 1 - 1e-9)))
WHY = Explanation(
    "a", "b", 4.0, 0.94, -9.0,
    (Share("email", "ann@x.example", "ann@x.example", "equal", 15.0),
     Share("phone", "1", "2", "different", -2.0)), "Probably.",
)  # fmt: skip


def table() -> pl.DataFrame:
    return thresholds_of(CHANCE, CHANCE > 0, own=0.5, review=0.1, unseen=0.0)


PICTURES = {
    "weights": lambda: charts_linkage.weights(WEIGHT, CHANCE, threshold=0.0),
    "none": lambda: charts_linkage.weights(WEIGHT[:0], CHANCE[:0], threshold=0.0),
    "waterfall": lambda: charts_linkage.waterfall(WHY, str.upper),
    "thresholds": lambda: charts_linkage.thresholds(table(), own=0.5),
}


@pytest.mark.parametrize("name", PICTURES)
def test_equal_numbers_give_equal_bytes(name: str) -> None:
    one, other = PICTURES[name](), PICTURES[name]()
    assert one.draw("svg") == other.draw("svg")
    assert repr(one) == repr(other)


@pytest.mark.parametrize("name", PICTURES)
def test_a_notebook_shows_it_in_the_page_s_own_colours(name: str) -> None:
    drawn = PICTURES[name]()._repr_html_()
    assert "currentColor" in drawn
    assert "#1f2328" not in drawn
    assert "<?xml" not in drawn
    assert "@media" not in drawn
    assert "<script" not in drawn


def test_it_is_saved_as_its_name_says(tmp_path: Path) -> None:
    picture: Picture = PICTURES["weights"]()
    assert picture.save(tmp_path / "a.svg").read_bytes().startswith(b"<?xml")
    assert picture.save(str(tmp_path / "a.PNG")).read_bytes().startswith(b"\x89PNG")
    with pytest.raises(SettingsError):
        picture.save(tmp_path / "a.pdf")


def test_no_value_of_a_customer_is_in_a_waterfall() -> None:
    picture = PICTURES["waterfall"]()
    assert "ann@x" not in repr(picture) + picture._repr_html_()
    assert repr(picture) == "Picture(Weight +4.0, probability 94.0%)"


def test_the_caption_says_how_many_are_expected_to_be_right() -> None:
    assert repr(PICTURES["weights"]()) == "Picture(Weights of 5 pairs; about 3 are one client)"


def test_measured_values_are_drawn_where_there_are_some() -> None:
    bare = table()
    more = bare.with_columns(measured_precision=0.5, measured_recall=0.5)
    one, other = (
        charts_linkage.thresholds(each, own=0.5).draw("svg") for each in (bare, more)
    )
    assert one != other

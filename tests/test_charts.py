"""Pictures: same bytes for same numbers, and what they say."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean import charts
from custclean.model import Fate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAIRS = pl.DataFrame(
    {
        "weight": [14.0, 12.5, -3.0, 4.0, 5.5, None, float("inf")],
        "verdict": ["same", "same", "different", None, "unsure", None, "same"],
    }
)
CLASSES = pl.DataFrame(
    {
        "class": ["vendor", "vendor", "automatic", "customer", None],
        "reasons": [
            "on the vendor list: x",
            "on the vendor list: y; no invoice",
            "no-reply",
            "",
            None,
        ],
    }
)
DRAW: dict[str, Callable[[charts.Form], bytes]] = {
    "scores": lambda form: charts.scores(PAIRS, threshold=7.0, form=form),
    "proposed": lambda form: charts.proposed(CLASSES, form=form),
    "fates": lambda form: charts.fates({"uploaded": 1_940, "undecided": 3}, form=form),
}


@cache
def _drawn(name: str, form: charts.Form) -> bytes:
    return DRAW[name](form)


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize("name", DRAW)
def test_the_same_numbers_give_the_same_bytes(name: str, form: charts.Form) -> None:
    assert DRAW[name](form) == _drawn(name, form)


@pytest.mark.parametrize("name", DRAW)
def test_a_picture_is_what_was_asked_for(name: str) -> None:
    assert _drawn(name, "png").startswith(b"\x89PNG")
    svg = _drawn(name, "svg").decode()
    assert "<svg" in svg
    assert "<dc:date>" not in svg
    assert "prefers-color-scheme:dark" in svg


def test_the_order_of_rows_does_not_matter() -> None:
    assert charts._groups(PAIRS) == charts._groups(PAIRS.reverse())
    assert charts._why(CLASSES) == charts._why(CLASSES.reverse())
    turned = {"undecided": 3, "uploaded": 1_940}
    assert charts.fates(turned) == _drawn("fates", "svg")


def test_only_finite_weights_are_counted_each_under_its_decision() -> None:
    groups = {label: weights for label, *_, weights in charts._groups(PAIRS)}
    assert groups == {
        "decided: one client (2)": [12.5, 14.0],
        "decided: two clients (1)": [-3.0],
        "not decided (2)": [4.0, 5.5],
    }


def test_pairs_without_a_verdict_column_are_not_decided() -> None:
    assert [label for label, *_ in charts._groups(PAIRS.drop("verdict"))] == [
        "not decided (5)"
    ]


def test_reasons_are_counted_without_what_they_say_of_one_record() -> None:
    assert charts._why(CLASSES) == [
        ("vendor", "on the vendor list", 2),
        ("automatic", "no-reply", 1),
    ]


def test_many_reasons_are_summed_up_and_none_is_lost() -> None:
    many = pl.DataFrame({"class": ["vendor"] * 40, "reasons": [f"r{n:02}" for n in range(40)]})
    rows = charts._why(many)
    assert len(rows) == charts.MOST_BARS + 1
    assert sum(n for *_, n in rows) == 40


def test_nothing_to_draw_is_said_in_the_picture() -> None:
    empty = charts.scores(PAIRS.clear())
    assert empty.startswith(b"<?xml")
    assert empty not in (_drawn("scores", "svg"), charts.proposed(CLASSES.clear()))
    assert charts.fates({}) == charts.fates({"uploaded": 0})


def test_every_fate_has_words() -> None:
    assert set(charts.fate_words()) == set(Fate)
    assert len(set(charts.fate_words().values())) == len(Fate)


def test_a_fate_that_nobody_knows_is_drawn_too() -> None:
    assert charts.fates({"uploaded": 5, "elsewhere": 2}) != charts.fates({"uploaded": 5})


def test_money_in_a_reason_is_no_formula() -> None:
    frame = pl.DataFrame({"class": ["vendor"], "reasons": ["costs $5 and $6_x^"]})
    assert charts.proposed(frame).startswith(b"<?xml")


@pytest.mark.slow
def test_neither_settings_nor_hash_seed_change_a_picture(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 25\naxes.grid: False\n", encoding="utf-8"
    )
    code = (
        "import hashlib; from custclean import charts;"
        "print(hashlib.sha256(charts.fates({'uploaded': 5, 'by_hand': 2})).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, **more},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, more in (("1", {}), ("2", {"MATPLOTLIBRC": str(tmp_path)}))
    }
    assert len(seen) == 1

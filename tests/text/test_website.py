from __future__ import annotations

import polars as pl
import pytest

from custclean.text import website


def _keys(*values: str) -> list[str | None]:
    return pl.DataFrame({"v": values}).select(website.key(pl.col("v")))["v"].to_list()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("HTTP://WWW.Example.com/", "http://www.example.com"),
        ("www.example.com/Shop/", "www.example.com/Shop"),
        ("example.com", "example.com"),
        ("bücher.example", "bücher.example"),
        ("example", None),
        ("ann@example.com", None),
        ("two words.com", None),
        ("http://", None),
    ],
)
def test_the_host_is_lowered_and_no_scheme_made_up(raw: str, clean: str | None) -> None:
    assert website.clean(raw) == clean


def test_spellings_of_one_site_share_a_key() -> None:
    assert set(
        _keys("https://www.Example.com/", "example.com", "http://example.com/shop?x=1")
    ) == {"example.com"}


def test_a_site_of_many_owners_says_who_only_with_its_path() -> None:
    found = _keys("facebook.com", "https://www.facebook.com/example", "facebook.com/other")
    assert found == [None, "facebook.com/example", "facebook.com/other"]

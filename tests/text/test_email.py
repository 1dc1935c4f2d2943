from __future__ import annotations

import polars as pl
import pytest
from email_validator import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from custclean.text import email


def _keys(*values: str) -> list[str | None]:
    return pl.DataFrame({"v": values}).select(email.key(pl.col("v")))["v"].to_list()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (" Ann@Example.COM ", "ann@example.com"),
        ("Ann Example <ann@example.com>", "ann@example.com"),
        ("mailto:ann@example.com", "ann@example.com"),
        ("ann@example.com.", "ann@example.com"),
        ("ann+shop@example.com", "ann+shop@example.com"),
        ("ann@firma.test", "ann@firma.test"),
        ("søren@example.com", "søren@example.com"),
        ("ann@bücher.example", "ann@bücher.example"),
        ("o'brien@example.com", "o'brien@example.com"),
    ],
)
def test_an_address_is_found_and_lowered(raw: str, clean: str) -> None:
    assert email.clean(raw) == clean


@pytest.mark.parametrize(
    "raw",
    ["ann at example.com", "ann@", "@example.com", "ann@localhost", "a@b@c.example", "n/a"],
)
def test_what_is_no_address_is_none(raw: str) -> None:
    assert email.clean(raw) is None


def test_spellings_of_one_mailbox_share_a_key() -> None:
    found = _keys(
        "Ann+Shop@Example.COM",
        "<ann@example.com>",
        "mailto:ann@example.com",
        "ann@example.com.",
    )
    assert set(found) == {"ann@example.com"}


def test_dots_mean_nothing_at_google_and_much_elsewhere() -> None:
    assert len(set(_keys("a.n.n@gmail.com", "ann@googlemail.com", "ANN@gmail.com"))) == 1
    assert len(set(_keys("a.nn@example.com", "ann@example.com"))) == 2


def test_a_value_without_an_address_has_no_key() -> None:
    assert _keys("none", "@", "a@") == [None, None, None]


@settings(deadline=None)  # the machine may be busy
@given(
    st.from_regex(r"[a-z0-9_+.-]{1,12}", fullmatch=True),
    st.from_regex(r"[a-z0-9.-]{1,14}\.[a-z]{2,4}", fullmatch=True),
)
def test_the_short_way_agrees_with_the_library(local: str, domain: str) -> None:
    address = f"{local}@{domain}".strip(".")
    try:
        valid = validate_email(
            address, check_deliverability=False, globally_deliverable=False, strict=False
        )
    except ValueError:
        assert email.clean(address) is None
    else:
        assert email.clean(address) == valid.normalized.lower()

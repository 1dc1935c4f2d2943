from __future__ import annotations

import pytest

from custclean.text import ean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("4006381333931", "4006381333931"),
        ("EAN: 4006 3813 33931", "4006381333931"),
        ("4006381333932", None),
        ("hello", None),
    ],
)
def test_the_check_digit_decides(raw: str, clean: str | None) -> None:
    assert ean.clean(raw) == clean

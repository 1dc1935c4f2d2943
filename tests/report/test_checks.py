"""The page of checks."""

from __future__ import annotations

from custclean.report.checks import Check, page


def test_the_page_shows_the_worst_first() -> None:
    checks = [Check("a", "ok", "A."), Check("b", "warn", "B."), Check("c", "stop", "<C>")]
    text = page(checks)
    assert text.index("&lt;C&gt;") < text.index("B.") < text.index("A.")
    assert "Do not start yet" in text


def test_the_page_of_good_checks_says_that_one_can_start() -> None:
    assert "You can start." in page([Check("a", "ok", "A.")])


def test_warnings_alone_do_not_hold_one_up() -> None:
    assert "You can start; look" in page([Check("a", "warn", "A."), Check("b", "ok", "B.")])

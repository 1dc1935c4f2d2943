"""What stands below a list and is nobody, and clients who only look like it."""

from __future__ import annotations

import pytest

from custclean.tables.furniture import is_footer, is_ruler

PHONES = ["020 7946 0001", "0207946001", "+44 20 7946 0001", "555-0123", "12 34 56 78"]
SUMS = ["15.50", "1,204.50", "1.204,50 kr.", "€ 1 204,50", "-3", "(12.00)", "0", "0.00",
        "12,34,567.00", "USD 1,000", "1'204.50", "57"]  # fmt: skip


@pytest.mark.parametrize("phone", PHONES)
def test_a_client_called_total_has_a_phone(phone: str) -> None:
    assert not is_footer(["Total", "", phone])


@pytest.mark.parametrize("amount", SUMS)
def test_a_total_has_a_sum(amount: str) -> None:
    assert is_footer(["TOTAL:", "", amount])


COUNTS = ["57 records", "(2 rows)", "2 rows in set (0.00 sec)", "Total: 3 clients",
          "4 customers", "Antal kunder: 4", "Antal: 2", "Nombre de clients : 12",
          "Seite 1 von 2"]  # fmt: skip


@pytest.mark.parametrize("text", COUNTS)
def test_a_count_is_nobody(text: str) -> None:
    assert is_footer([text, ""])


@pytest.mark.parametrize(
    "name", ["Page", "Poster", "Kunden", "Clients First Ltd", "Total Clean 4"]
)
def test_a_client_is_no_count(name: str) -> None:
    assert not is_footer([name, "", ""])


@pytest.mark.parametrize("line", ["+-----+----+", "-----", "=====", "|:---|---:|", "___ ___"])
def test_a_drawn_line_is_nobody(line: str) -> None:
    assert is_ruler(line.split("|"))


@pytest.mark.parametrize("cells", [["-"], ["--", "--"], ["Ann", "---"], ["", ""], ["-1-"]])
def test_a_dash_that_stands_for_nothing_is_a_value(cells: list[str]) -> None:
    assert not is_ruler(cells)

"""Each fault of every format but delimited text, alone and in pairs: read right, or refused.

Given is nothing but the file. What is asserted is in `checking`: the parts, and of each the
header, rows with their lines, notes, rejects, repairs, flags, and that no record is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import cards, iif, mails, packings, records, workbooks
from tests.faults.cases import Impossible
from tests.faults.checking import differences_of_file
from tests.faults.due import due

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.catalogue import Family

FAMILIES = {
    family.form: family
    for module in (workbooks, cards, records, iif, mails, packings)
    for family in module.FAMILIES
}


@pytest.mark.parametrize("form", FAMILIES)
def test_a_clean_list_is_read_right(form: str, tmp_path: Path) -> None:
    assert differences_of_file(FAMILIES[form].made(), tmp_path / "list.dat") == []


@pytest.mark.parametrize(
    ("form", "fault"),
    [(form, each.name) for form in FAMILIES for each in FAMILIES[form].catalogue.of(form)],
)
def test_a_fault_is_read_right(form: str, fault: str, tmp_path: Path) -> None:
    assert differences_of_file(FAMILIES[form].made(fault), tmp_path / "list.dat") == []


def wrong(family: Family, pair: tuple[str, str], path: Path) -> list[str] | None:
    """Say what is not read right of a file with two faults; None where there cannot be one."""
    try:
        return differences_of_file(family.made(*pair), path)
    except Impossible:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("form", FAMILIES)
def test_a_fault_beside_any_other_is_read_right(form: str, tmp_path: Path) -> None:
    family = FAMILIES[form]
    pairs = due(family.catalogue.pairs(form))
    found = {pair: wrong(family, pair, tmp_path / "list.dat") for pair in pairs}
    assert {pair: what for pair, what in found.items() if what} == {}
    assert sum(what is None for what in found.values()) <= 0.1 * len(pairs)

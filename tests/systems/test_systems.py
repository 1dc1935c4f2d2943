"""Systems are data: found by themselves, well-formed, each file claimed by one of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from custclean import systems
from custclean.systems import SYSTEMS, known_headings, list_systems, plain_heading
from custclean.systems._fields import base_of, canonical_fields

if TYPE_CHECKING:
    from custclean.systems import Layout

LAYOUTS = [
    pytest.param(layout, id=f"{system.name}-{layout.kind}")
    for system in SYSTEMS.values()
    for layout in system.layouts
]
# cells that a layout takes apart into fields, or that only tell which file it is
PARTS = {
    "balance_date", "contact_name", "debtor_number", "hired", "private", "resale", "section",
}  # fmt: skip


def test_every_module_of_a_system_is_found() -> None:
    modules = list(Path(systems.__file__).parent.glob("[!_]*.py"))
    assert len(SYSTEMS) == len(modules) >= 8
    assert all(system.name == name for name, system in SYSTEMS.items())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_names_only_fields_of_the_model(layout: Layout) -> None:
    fields = set(canonical_fields(layout.kind))
    named = {base_of(name) for name in layout.headings}
    taken_apart = {base_of(name) for name in layout.splits}
    assert named - fields - taken_apart == set()
    assert taken_apart <= fields | PARTS
    assert set(layout.identifying) <= fields
    needed = {name for need in layout.required for name in need.split("|")}
    assert needed | set(layout.needs) <= set(layout.headings)
    assert layout.native_id is None or layout.native_id in layout.headings


@pytest.mark.parametrize("layout", LAYOUTS)
def test_in_one_language_a_heading_means_one_field(layout: Layout) -> None:
    for text, meanings in layout.spellings.items():
        languages = [language for _, language in meanings]
        assert len(set(meanings)) == len(set(languages)), text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_a_split_gives_are_fields_of_the_model(layout: Layout) -> None:
    given = {
        field
        for split in layout.splits.values()
        for cell in ("A:B C", "Phone:1 Mobile:2 Fax:3", "a@x.example, b@y.example")
        for field in split(cell)
    }
    assert given <= set(canonical_fields(layout.kind))


def test_the_upload_is_as_the_help_pages_say() -> None:
    upload = SYSTEMS["quickbooks-accountant"].upload
    assert upload is not None
    assert upload.headings["en"] == ("Company ID", "Display name", "Client number")
    assert upload.headings["pt"] == ("ID da empresa", "Nome de exibição", "Número do cliente")
    assert (upload.max_rows, upload.max_bytes, upload.number_max) == (1_000, 100_000, 100)


def test_headings_are_compared_without_case_blanks_width_and_apostrophes() -> None:
    assert plain_heading("\ufeffＣompany\u00a0 ID\n") == "company id"
    assert plain_heading("Coût d’achat") == plain_heading("coût d'achat")
    assert "número do cliente" in known_headings()


def test_the_list_of_systems_says_what_each_reads_and_writes() -> None:
    rows = {row["system"]: row for row in list_systems().to_dicts()}
    assert rows["quickbooks-accountant"]["reads"] == "customers, error_log"
    assert rows["quickbooks-accountant"]["writes"] == "Company ID, Display name, Client number"
    assert rows["quickbooks-online"]["reads"] == (
        "customers, vendors, employees, transactions, items"
    )
    assert rows["outlook"]["writes"] == ""


def test_no_other_name_is_exported() -> None:
    assert all(hasattr(systems, name) for name in systems.__all__)

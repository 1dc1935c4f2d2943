"""`custclean upload`, `verify` and `errors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.served import custclean, refused

if TYPE_CHECKING:
    from pathlib import Path


def test_upload_waits_for_open_work_orders(folder: Path, samples: Path) -> None:
    custclean("run", folder, "--decisions", samples / "small" / "decisions.jsonl")
    result = custclean("upload", folder)
    assert "work orders are open" in result.stdout
    assert list((folder / "out" / "upload").rglob("*.csv")) == []


def test_upload_now_writes_files_and_names_them(folder: Path) -> None:
    result = custclean("upload", folder, "--now")
    path = folder / "out" / "upload" / "round-1" / "quickbooks-accountant-001.csv"
    assert str(path) in result.stdout
    assert path.is_file()


def test_verify_needs_a_second_download(folder: Path) -> None:
    assert "only one download" in refused(custclean("verify", folder))


def test_errors_lists_nothing_before_an_upload(folder: Path) -> None:
    assert "There is no error log" in custclean("errors", folder).stdout

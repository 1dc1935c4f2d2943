"""`custclean init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.served import custclean

if TYPE_CHECKING:
    from pathlib import Path


def test_init_makes_a_project_and_says_what_comes_next(tmp_path: Path) -> None:
    result = custclean("init", tmp_path / "job", "--own-domain", "firm.example")
    assert result.returncode == 0
    assert "custclean run" in result.stdout
    assert 'own_domains = ["firm.example"]' in (tmp_path / "job/custclean.toml").read_text()
    assert sorted(p.name for p in (tmp_path / "job").iterdir()) == [
        "custclean.toml", "decisions.sqlite", "inbox", "notebooks",
    ]  # fmt: skip

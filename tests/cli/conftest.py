"""A project with the small samples in its inbox."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from custclean.demo import INPUTS
from tests.served import custclean

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(samples: Path, tmp_path: Path) -> Path:
    made = tmp_path / "job"
    assert custclean("init", made, "--region", "DK").returncode == 0
    for name in INPUTS:
        shutil.copyfile(samples / "small" / name, made / "inbox" / name)
    return made

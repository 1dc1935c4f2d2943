"""A project made from the small sample, with the practice target beside it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from custclean.demo import INPUTS, OWN_DOMAINS
from custclean.practice import OnlineAccountant
from custclean.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def small(samples: Path) -> Path:
    return samples / "small"


@pytest.fixture
def project(small: Path, tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "project"
    with Project.init(folder, region="DK", own_domains=OWN_DOMAINS, who="tester") as made:
        for name in INPUTS:
            shutil.copyfile(small / name, folder / "inbox" / name)
        yield made


@pytest.fixture
def firm(small: Path) -> OnlineAccountant:
    return OnlineAccountant.from_download(
        small / "client_list.csv", hidden=small / "hidden.json"
    )

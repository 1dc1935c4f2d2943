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


@pytest.fixture(scope="session")
def small(samples: Path) -> Path:
    return samples / "small"


@pytest.fixture(scope="session")
def worked(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Take a project to its second download, once: every decision made, all work done."""
    place = tmp_path_factory.mktemp("worked")
    folder = place / "project"
    with Project.init(folder, region="DK", own_domains=OWN_DOMAINS, who="tester") as made:
        for name in INPUTS:
            shutil.copyfile(small / name, folder / "inbox" / name)
        made.replay(small / "decisions.jsonl")
        made.run()
        firm = OnlineAccountant.from_download(
            small / "client_list.csv", hidden=small / "hidden.json"
        )
        assert not firm.do(folder / "out" / "work")
        made.done()
    firm.download(folder / "inbox" / "client_list (2).csv")
    firm.save(place / "firm.json")
    return place


@pytest.fixture(scope="session")
def first(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Give a project that was run once, nothing decided: to look at, not to touch."""
    folder = tmp_path_factory.mktemp("first") / "project"
    with Project.init(folder, region="DK", own_domains=OWN_DOMAINS, who="tester") as made:
        for name in INPUTS:
            shutil.copyfile(small / name, folder / "inbox" / name)
        made.run()
        yield made


@pytest.fixture
def first_out(first: Project, tmp_path: Path) -> Path:
    """Give a copy of that project's folder."""
    return shutil.copytree(first.folder, tmp_path / "project")


@pytest.fixture
def second(worked: Path, tmp_path: Path) -> Iterator[tuple[Project, OnlineAccountant]]:
    """Give a project that has just got its second download, and the practice target."""
    folder = tmp_path / "project"
    shutil.copytree(worked / "project", folder)
    with Project(folder, who="tester") as made:
        yield made, OnlineAccountant.load(worked / "firm.json")


@pytest.fixture
def project(small: Path, tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "project"
    with Project.init(folder, region="DK", own_domains=OWN_DOMAINS, who="tester") as made:
        for name in INPUTS:
            shutil.copyfile(small / name, folder / "inbox" / name)
        yield made

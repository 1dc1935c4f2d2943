"""What every test shares: no network, and the samples."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

from custclean import html

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make golden` rewrite expected files."""
    parser.addoption("--update-golden", action="store_true", help="rewrite expected files")


def pytest_configure(config: pytest.Config) -> None:
    """Tell the tests by the environment, which reaches also those that start programs."""
    if config.getoption("--update-golden"):
        os.environ["UPDATE_GOLDEN"] = "1"


settings.register_profile(
    "shared",
    deadline=None,  # a busy machine is no failure
    derandomize=bool(os.environ.get("CI")),  # no luck there: what is new is found elsewhere
)
settings.load_profile("shared")

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


@pytest.fixture(autouse=True)
def _masked() -> Iterator[None]:
    """Mask again what a test has revealed: the next one is about something else."""
    yield
    html.reveal(on=False)


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> None:
    """Refuse every connection; the browser tests may talk to this machine."""
    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("local"):
        enable_socket()
        socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    else:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def samples() -> Path:
    """Give the folder of the samples."""
    return SAMPLES

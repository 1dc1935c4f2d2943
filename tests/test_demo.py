"""The demo: the whole job, the same bytes anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from custclean.demo import INPUTS, play
from custclean.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

LAYOUT = (
    "custclean.toml", "decisions.sqlite", "out/manifest.json", "out/work/merge.csv",
    "out/work/merge.html", "out/work/remove.csv", "out/work/remove.html",
    "out/work/by_hand.csv", "out/upload/round-1/quickbooks-accountant-001.csv",
    "out/upload/round-2/quickbooks-accountant-001.csv", "out/reports/summary.html",
    "out/reports/errors.xlsx", "out/reports/errors.csv", "out/reports/set_aside.csv",
    "out/reports/merges.csv", "out/reports/crosswalk.csv",
)  # fmt: skip


def outputs(folder: Path) -> dict[str, bytes]:
    out = folder / "out"
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def test_the_small_sample_ends_with_every_client_verified_or_listed(tmp_path: Path) -> None:
    said: list[str] = []
    run = play(tmp_path / "demo", said.append, sample="small")
    told = "\n".join(said)
    assert "recorded by a person are replayed" in told
    assert set(run.balance.fates["fate"]) <= {"unchanged", "by_hand", "left_out"}
    assert all((tmp_path / "demo" / name).is_file() for name in LAYOUT)


def test_the_inputs_stay_as_they_were(tmp_path: Path, samples: Path) -> None:
    play(tmp_path / "demo", lambda _: None, sample="small")
    for name in INPUTS:
        copied = (tmp_path / "demo" / "inbox" / name).read_bytes()
        assert copied == (samples / "small" / name).read_bytes()


@pytest.mark.slow
def test_another_folder_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from custclean.demo import play;"
        "play(Path(sys.argv[1]), lambda _: None, sample='small')"
    )
    found = []
    for seed, name in (("1", "one"), ("4242", "a/longer name")):
        folder = tmp_path / name
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, str(folder)], env=environment, check=True)
        found.append(outputs(folder))
    assert found[0] == found[1]


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        play(tmp_path, lambda _: None, sample="small")
    assert (tmp_path / "mine.txt").read_text() == "mine"

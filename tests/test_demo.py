"""The demo: the whole job, the same bytes anywhere."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from custclean.demo import INPUTS, play
from custclean.errors import InputError
from custclean.project.recount import recount

if TYPE_CHECKING:
    from pathlib import Path

    from custclean.project import Run

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


@dataclass(frozen=True)
class Small:
    """The small sample, played once: where, what was said, and its last run."""

    folder: Path
    said: str
    run: Run


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    said: list[str] = []
    folder = tmp_path_factory.mktemp("small") / "a/longer name"
    run = play(folder, said.append, sample="small")
    return Small(folder, "\n".join(said), run)


@pytest.mark.slow
def test_the_small_sample_ends_with_every_client_verified_or_listed(small: Small) -> None:
    assert "recorded by a person are replayed" in small.said
    assert set(small.run.balance.fates["fate"]) <= {"unchanged", "by_hand", "left_out"}
    assert all((small.folder / name).is_file() for name in LAYOUT)


@pytest.mark.slow
def test_the_inputs_stay_as_they_were(small: Small, samples: Path) -> None:
    for name in INPUTS:
        copied = (small.folder / "inbox" / name).read_bytes()
        assert copied == (samples / "small" / name).read_bytes()


@pytest.mark.fault(13)
@pytest.mark.slow
def test_another_process_folder_and_hash_seed_give_the_same_bytes(
    small: Small, tmp_path: Path
) -> None:
    seed = "4242"
    assert os.environ.get("PYTHONHASHSEED") != seed
    code = (
        "import sys; from pathlib import Path; from custclean.demo import play;"
        "play(Path(sys.argv[1]), lambda _: None, sample='small')"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    folder = tmp_path / "one"
    subprocess.run([sys.executable, "-c", code, str(folder)], env=environment, check=True)
    assert outputs(folder) == outputs(small.folder)


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        play(tmp_path, lambda _: None, sample="small")
    assert (tmp_path / "mine.txt").read_text() == "mine"


@dataclass(frozen=True)
class Played:
    """The main sample, played once: its folder, its last run, the orders that were done."""

    folder: Path
    orders: Path
    run: Run

    def rows(self, name: str) -> list[list[str]]:
        return cells(self.folder / "inbox" / name)

    @property
    def first(self) -> list[list[str]]:
        return self.rows("client_list.csv")

    @property
    def last(self) -> list[list[str]]:
        newest = max(
            (self.folder / "inbox").glob("client_list (*).csv"),
            key=lambda path: int(path.stem.split("(")[1].rstrip(")")),
        )
        return cells(newest)

    @property
    def accepted(self) -> dict[str, str]:
        """What went up and did not come back: company id and number."""
        found: dict[str, str] = {}
        for path in sorted((self.folder / "out" / "upload").glob("round-*/*.csv")):
            sent = {(row[0], row[2]) for row in cells(path)[1:]}
            log = self.folder / "inbox" / f"error_log_{path.parent.name}_{path.stem}.csv"
            refused = {(row[0], row[2]) for row in cells(log)[1:]} if log.is_file() else set()
            assert refused <= sent
            found.update(sent - refused)
        return found


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def column(rows: list[list[str]], name: str) -> list[str]:
    return [row[rows[0].index(name)] for row in rows[1:]]


@pytest.fixture(scope="module")
def main(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder, orders = (tmp_path_factory.mktemp(name) for name in ("demo", "orders"))

    def say(line: str) -> None:
        if "work orders are done" in line:  # the next run replaces them
            shutil.copytree(folder / "out" / "work", orders, dirs_exist_ok=True)

    return Played(folder, orders, play(folder, say, sample="main"))


@pytest.fixture(scope="module")
def scheduled(samples: Path) -> list[dict[str, str]]:
    """Give what others do in the practice target meanwhile: renames and removals."""
    hidden = json.loads((samples / "main" / "hidden.json").read_text(encoding="utf-8"))
    assert {one["do"] for one in hidden["scheduled"]} == {"rename", "remove"}
    return list(hidden["scheduled"])


@pytest.mark.slow
def test_the_main_sample_ends_with_every_client_verified_or_listed(main: Played) -> None:
    fates = main.run.balance.fates
    assert set(fates["fate"]) <= {"unchanged", "by_hand", "left_out"}
    assert fates.filter(fates["fate"] == "left_out")["reason"].unique().to_list() == [
        "no_company_id"
    ]
    assert main.run.verification  # nothing undone, nothing changed unexpectedly


@pytest.mark.slow
def test_the_main_samples_files_add_up_when_counted_again(main: Played) -> None:
    assert recount(main.folder) == ()


@pytest.mark.slow
def test_only_ordered_and_scheduled_rows_leave_the_main_list(
    main: Played, scheduled: list[dict[str, str]]
) -> None:
    merges, removals = cells(main.orders / "merge.csv"), cells(main.orders / "remove.csv")
    ordered = {*column(merges, "gone_id"), *column(removals, "company_id")}
    assert len(ordered) == len(merges) + len(removals) - 2  # the headings; nobody twice
    others = {one["company_id"] for one in scheduled if one["do"] == "remove"}
    before, after = column(main.first, "Company ID"), column(main.last, "Company ID")
    assert after == [one for one in before if one not in ordered | others]


@pytest.mark.slow
def test_no_cell_of_the_main_list_changes_but_numbers_and_scheduled_names(
    main: Played, scheduled: list[dict[str, str]]
) -> None:
    head, *rows = main.first
    name, key, number = map(head.index, ("Display name", "Company ID", "Client number"))
    renamed = {
        one["company_id"]: one["display_name"] for one in scheduled if one["do"] == "rename"
    }
    accepted, kept = main.accepted, set(column(main.last, "Company ID"))
    for row in rows:
        row[name] = renamed.get(row[key], row[name])
        row[number] = accepted.get(row[key], row[number])
    assert main.last == [head, *(row for row in rows if row[key] in kept)]


@pytest.mark.slow
def test_every_number_that_was_accepted_stands_in_the_last_main_list(main: Played) -> None:
    last = dict(zip(column(main.last, "Company ID"), column(main.last, "Client number")))
    assert main.accepted
    assert {key: last.get(key) for key in main.accepted} == main.accepted

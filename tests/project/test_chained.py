"""A merged into B one month, B into C the next: A is never lost, each can be undone."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import pytest

from custclean.errors import UndoRefusedError
from custclean.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

pytestmark = [pytest.mark.fault(16), pytest.mark.slow]

HEAD = ("Company ID", "Display name", "Client number", "Email", "Phone", "Street", "City")
PREFIX = "quickbooks-accountant:customers:"
Client = tuple[str, ...]
A = ("9130000000000017", "Ann Example", "", "ann@example.com", "11223344", "", "")
B = ("9130000000000025", "Ann Exampel", "", "b@example.com", "11223344", "First Street 1", "")
C = (
    "9130000000000033",
    "An Example",
    "",
    "c@example.com",
    "11223344",
    "First Street 1",
    "Rome",
)
D = (
    "9130000000000041",
    "Bo Sample",
    "",
    "bo@example.com",
    "55667788",
    "Second Street 2",
    "Oslo",
)
E = ("9130000000000058", "Anne Example", "", "e@example.com", "11223344", "", "")


def put(project: Project, name: str, *rows: Client) -> None:
    with (project.folder / "inbox" / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])


def same(project: Project, one: Client, other: Client) -> int:
    return project.decisions.decide(PREFIX + one[0], PREFIX + other[0], "same").seq


def typed(client: Client, *emails: str) -> Client:
    """Give a client as a person leaves it who types what the order says."""
    return (*client[:3], "; ".join(emails), *client[4:])


def crosswalk(project: Project) -> Mapping[str, str]:
    """Say of each company id who stands for it now, as the report of the run does."""
    path = project.folder / "out" / "reports" / "crosswalk.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {
        row["record_id"].removeprefix(PREFIX): row["survivor_id"].removeprefix(PREFIX)
        for row in rows
    }
    assert len(found) == len(rows), "nobody twice"
    return found


def files(project: Project) -> dict[str, bytes]:
    out = project.folder / "out"
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def emails(project: Project, client: Client) -> str:
    golden = project.look().merged.golden
    return str(golden.filter(record_id=PREFIX + client[0])["email"][0])


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project whose A was merged into B, in the target too, and which has C now."""
    folder = tmp_path_factory.mktemp("chained") / "p"
    with Project.init(folder, region="DK", who="ann") as made:
        put(made, "list.csv", A, B, D)
        same(made, A, B)
        made.run()
        assert crosswalk(made) == {A[0]: B[0], B[0]: B[0], D[0]: D[0]}
        assert emails(made, B) == "b@example.com; ann@example.com"
        made.done()
        put(made, "list (2).csv", typed(B, B[3], A[3]), C, D)
        made.run()
    return folder


@pytest.fixture
def project(merged: Path, tmp_path: Path) -> Iterator[Project]:
    """Give a copy of it."""
    shutil.copytree(merged, tmp_path / "p")
    with Project(tmp_path / "p", who="ann") as made:
        yield made


def test_who_was_merged_last_month_still_leads_to_who_stands_for_it(project: Project) -> None:
    assert crosswalk(project) == {A[0]: B[0], B[0]: B[0], C[0]: C[0], D[0]: D[0]}
    same(project, B, C)
    project.run()
    assert crosswalk(project) == {A[0]: C[0], B[0]: C[0], C[0]: C[0], D[0]: D[0]}
    project.done()
    put(project, "list (3).csv", typed(C, C[3], B[3], A[3]), D, E)
    run = project.run()
    assert crosswalk(project) == {A[0]: C[0], B[0]: C[0], C[0]: C[0], D[0]: D[0], E[0]: E[0]}
    assert run.orphans.is_empty()
    same(project, C, E)
    assert {*run.states["state"]} == {"verified"}
    project.run()
    assert crosswalk(project) == {**dict.fromkeys((A[0], B[0], C[0], E[0]), C[0]), D[0]: D[0]}


def test_the_values_of_the_first_go_all_the_way_and_its_rows_stay_in_the_inbox(
    project: Project,
) -> None:
    before = {path.name: path.read_bytes() for path in (project.folder / "inbox").iterdir()}
    same(project, B, C)
    project.run()
    assert set(emails(project, C).split("; ")) == {A[3], B[3], C[3]}
    order = project.look().work.merge.row(0, named=True)
    assert (order["keep_id"], order["gone_id"]) == (C[0], B[0])
    assert A[3] in order["type_by_hand"]
    for name, data in before.items():
        assert (project.folder / "inbox" / name).read_bytes() == data
    assert A[3].encode() in before["list.csv"]


def test_a_value_of_the_first_that_nobody_typed_is_listed_months_later(
    project: Project,
) -> None:
    put(project, "list (2).csv", B, C, D)  # the order was done, but for what is to be typed
    same(project, B, C)
    project.run()
    reports = project.folder / "out" / "reports"
    told = (reports / "verified_not_done.csv").read_text(encoding="utf-8-sig")
    told += (reports / "verified_left.csv").read_text(encoding="utf-8-sig")
    assert A[3] in told


def test_taking_the_second_merge_back_gives_the_month_before_byte_for_byte(
    project: Project,
) -> None:
    before = files(project)
    second = same(project, B, C)
    project.run()
    assert files(project) != before
    undo = project.decisions.undo(second).seq
    project.run()
    assert files(project) == before
    project.decisions.undo(undo)
    project.run()
    assert crosswalk(project)[A[0]] == C[0]
    project.decisions.undo(undo + 1)
    shutil.rmtree(project.folder / "out")
    project.run()
    assert files(project) == before
    with pytest.raises(UndoRefusedError):
        project.decisions.undo(1)


def test_nobody_stands_for_those_of_whom_none_is_left(project: Project) -> None:
    project.set_aside([PREFIX + D[0]])
    put(project, "list (3).csv", C)
    run = project.run()
    assert crosswalk(project) == {C[0]: C[0]}
    assert {PREFIX + A[0], PREFIX + D[0]} <= set(run.states["gone_id"])


def test_who_comes_back_stands_for_itself(project: Project) -> None:
    project.decisions.decide(PREFIX + A[0], PREFIX + B[0], "same")
    put(project, "list (3).csv", A, typed(B, B[3], A[3]), C, D)
    project.run()
    assert sorted(crosswalk(project)) == [A[0], B[0], C[0], D[0]]

"""Two thousand clients, three hundred pairs decided, then the list of next month."""

from __future__ import annotations

import csv
import random
import shutil
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import pytest

from custclean.decisions import seen_of
from custclean.model import Decision, Verdict
from custclean.project import Project
from custclean.project.recount import recount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from custclean.project import Run

Row = dict[str, str]
REF = "Our ref"  # a column of no field: it tells the test who is who, and nobody else
NOVEMBER = "list of november.csv"
COLUMNS = {  # of the list without ids
    "Name": "Display name", "Contact person": "Contact name", "E-mail": "Email",
    "Phone": "Phone", "Street": "Street", "City": "City", "Postcode": "Postal code",
    "Country": "Country", "Tax ID": "Tax ID", REF: REF,
}  # fmt: skip


class Month(NamedTuple):
    """What was changed from one list to the next, by reference, and the two runs."""

    edited: set[str]
    removed: set[str]
    added: set[str]
    decided: dict[frozenset[str], int]  # the two -> the number of the decision
    before: Run
    after: Run
    project: Project


@pytest.fixture(scope="module", params=["with ids", "without ids"])
def month(
    request: pytest.FixtureRequest, samples: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Month]:
    chance = random.Random(2000)  # the same test every time
    with_ids = request.param == "with ids"
    folder = tmp_path_factory.mktemp("month") / "p"
    with Project.init(folder, region="DK", who="ann") as made:
        project = made if with_ids else _for_a_list_without_ids(made)
        rows = _two_thousand(samples / "main" / "client_list.csv", chance)
        _write(folder / "inbox" / "list.csv", rows.values(), with_ids=with_ids)
        decided = _decide(project)
        before = project.look()
        edited = _edited(rows, decided, before, chance)
        apart = {d.key for d in project.decisions.current if d.verdict is Verdict.DIFFERENT}
        removed = _removed(rows, decided, edited, _refs(before), apart)
        for ref in removed:
            del rows[ref]
        added = _added(rows, edited, chance)
        order = [*rows.values()]
        chance.shuffle(order)
        _write(folder / "inbox" / NOVEMBER, order, with_ids=with_ids)
        yield Month(edited, removed, added, decided, before, project.run(), project)


def _for_a_list_without_ids(project: Project) -> Project:
    toml = project.folder / "custclean.toml"
    toml.write_text('region = "DK"\ntarget = "generic"\n', encoding="utf-8")
    project.close()
    return Project(project.folder, who="ann")


def _two_thousand(path: Path, chance: random.Random) -> dict[str, Row]:
    """Give 1,850 clients of the sample and 150 further records of some of them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))[:1850]
    rows += [_copy(row, n) for n, row in enumerate(chance.sample(rows, 150))]
    return {f"r{n}": {**row, REF: f"r{n}"} for n, row in enumerate(rows)}


def _copy(row: Row, n: int) -> Row:
    """Write a client down again: another id, another phone, a letter twice in the name."""
    name = row["Display name"]
    middle = len(name) // 2
    return {
        **row,
        "Company ID": f"913011{n:010d}",
        "Client number": "",
        "Display name": name[:middle] + name[middle - 1 :],
        "Phone": f"+45 2{n:07d}",
    }


def _write(path: Path, rows: Iterable[Row], *, with_ids: bool) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if with_ids:
            whole = list(rows)
            writer = csv.DictWriter(file, whole[0])
            writer.writeheader()
            writer.writerows(whole)
            return
        plain = csv.writer(file)
        plain.writerow(COLUMNS)
        plain.writerows([row[column] for column in COLUMNS.values()] for row in rows)


def _decide(project: Project) -> dict[frozenset[str], int]:
    """Answer every pair, so that nothing is left to ask; three hundred or more."""
    run = project.look()
    table = run.evidence.clients.table
    raw = {row["record_id"]: row for row in table.iter_rows(named=True)}
    said = [
        Decision(
            (left, right),
            Verdict.SAME if probability >= 0.5 else Verdict.DIFFERENT,
            seen_of(raw[left], raw[right]),
        )
        for left, right, probability in run.queue.select(
            "left_id", "right_id", "probability"
        ).iter_rows()
    ]
    kept = project.decisions.append_all(said)
    refs = _refs(run)
    return {frozenset(refs[record] for record in d.key): d.seq for d in kept}


def _refs(run: Run) -> dict[str, str]:
    extra = run.inbox.downloads[-1].export.extra
    return dict(extra.select("record_id", REF).iter_rows())


def _edited(
    rows: dict[str, Row], decided: dict[frozenset[str], int], run: Run, chance: random.Random
) -> set[str]:
    """Change something that was seen of five clients, each in one decided pair."""
    once = _in_one_pair(decided)
    five = chance.sample(sorted(once & {ref for ref in rows if rows[ref]["Phone"]}), 5)
    for n, ref in enumerate(five):
        row = rows[ref]
        changes = [
            {"Phone": "+45 99 88 77 0" + str(n)},
            {"Email": f"new{n}@example.org"},
            {"City": "Elsewhere"},
            {"Street": "Other Street 1"},
            {"Display name": row["Display name"] + " (old)"},
        ]
        row |= changes[n]
    return set(five)


def _in_one_pair(decided: dict[frozenset[str], int]) -> set[str]:
    refs = [ref for pair in decided for ref in pair]
    return {ref for ref in refs if refs.count(ref) == 1}


def _removed(
    rows: dict[str, Row],
    decided: dict[frozenset[str], int],
    edited: set[str],
    refs: dict[str, str],
    apart: set[tuple[str, ...]],
) -> set[str]:
    """Take away four clients of pairs called different, and six that were in no pair."""
    asked = {ref for pair in decided for ref in pair}
    lonely = [ref for ref in rows if ref not in asked]
    pairs = [[refs[record] for record in key] for key in sorted(apart)]
    once = _in_one_pair(decided)
    four = [pair[0] for pair in pairs if set(pair) <= once and not set(pair) & edited][:4]
    return {*four, *lonely[:6]}


def _added(rows: dict[str, Row], edited: set[str], chance: random.Random) -> set[str]:
    wanted = sorted(ref for ref in rows if ref not in edited and rows[ref]["Email"])
    copies = [_copy(rows[ref], 500 + n) for n, ref in enumerate(chance.sample(wanted, 20))]
    new = {f"n{n}": {**row, REF: f"n{n}"} for n, row in enumerate(copies)}
    rows |= new
    return set(new)


def _asked(run: Run) -> set[frozenset[str]]:
    refs = _refs(run)
    pairs = run.queue.select("left_id", "right_id").iter_rows()
    return {frozenset((refs[left], refs[right])) for left, right in pairs}


def _of(month: Month, refs: set[str]) -> set[frozenset[str]]:
    return {pair for pair in month.decided if pair & refs}


def test_the_lists_are_as_large_as_said(month: Month) -> None:
    assert month.before.balance.rows == 2000
    assert month.after.balance.rows == 2010
    assert len(month.decided) >= 300
    assert month.before.queue.is_empty()
    assert (len(month.edited), len(month.removed), len(month.added)) == (5, 10, 20)


@pytest.mark.fault(12)
@pytest.mark.slow
def test_exactly_what_was_edited_and_what_is_new_is_asked(
    month: Month, tmp_path: Path
) -> None:
    """Of the new ones that is what a project asks to which nobody has said anything."""
    asked = _asked(month.after)
    about_new = {pair for pair in asked if pair & month.added}
    assert asked - about_new == _of(month, month.edited)
    assert {ref for pair in about_new for ref in pair} >= month.added
    Project.init(tmp_path / "p").close()
    for name in ("custclean.toml", f"inbox/{NOVEMBER}"):
        shutil.copy(month.project.folder / name, tmp_path / "p" / name)
    with Project(tmp_path / "p", who="cy") as fresh:
        undecided = _asked(fresh.look())
    assert about_new == {pair for pair in undecided if pair & month.added}


@pytest.mark.fault(12)
def test_every_edit_is_shown_with_what_was_there_before(month: Month) -> None:
    changed = month.after.changed
    assert len(changed) == 5
    assert changed.table.height == 5
    assert set(changed.table["seen_in"]) == {"list.csv"}
    assert changed.table.filter(field="city")["now"].to_list() == ["Elsewhere"]
    assert not changed.table["before"].is_in(["Elsewhere", "Other Street 1"]).any()


@pytest.mark.fault(12)
def test_the_decisions_of_who_is_gone_are_listed_and_kept(month: Month) -> None:
    expected = {month.decided[pair] for pair in _of(month, month.removed)}
    assert len(expected) == 4
    assert set(month.after.orphans["seq"]) == expected
    assert set(month.after.orphans["last_seen"]) == {"list.csv"}
    assert expected <= {d.seq for d in month.project.decisions.current}


@pytest.mark.fault(12)
def test_all_other_decisions_hold(month: Month) -> None:
    assert month.after.carried.held == len(month.decided) - 5 - 4


def test_the_balance_is_right_and_counted_again(month: Month) -> None:
    assert sum(month.after.balance.counts.values()) == 2010
    assert recount(month.project.folder) == ()
    report = pl.read_csv(
        month.project.folder / "out" / "reports" / "errors.csv", infer_schema=False
    )
    assert report.filter(pl.col("what is wrong").str.contains("changed since")).height == 5

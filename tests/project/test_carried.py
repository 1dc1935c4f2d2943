"""What becomes of every kind of decision when a list without ids comes again, changed."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.decisions import seen_of
from custclean.model import Decision, Verdict
from custclean.project import Project, Run
from custclean.widgets.card_data import card_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADINGS = ("Name", "E-mail", "Phone", "Street", "City")
ANN = ("Ann Example", "ann@example.com", "11223344", "First Street 1", "Aarhus")
AN = ("An Example", "ann.example@example.com", "11223344", "First Street 1", "")
BO = ("Bo Sample", "bo@example.com", "55667788", "Second Street 2", "Odense")
CY = ("Cyprian Muster", "cy@example.com", "99887766", "Third Street 3", "Esbjerg")
ANN_MOVED = ("Ann Example", "ann@example.org", *ANN[2:])
Row = tuple[str, ...]


def put(project: Project, name: str, *rows: Row) -> None:
    with (project.folder / "inbox" / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])


def id_of(project: Project, name: str) -> str:
    table = project.look().evidence.clients.table
    return str(table.filter(display_name=name)["record_id"][0])


def decide(project: Project, verdict: Verdict, *names: str) -> Decision:
    table = project.look().evidence.clients.table
    rows = {row["display_name"]: row for row in table.iter_rows(named=True)}
    left, right = sorted((rows[name] for name in names), key=lambda row: row["record_id"])
    ids = left["record_id"], right["record_id"]
    return project.decisions.decide(*ids, verdict, seen=seen_of(left, right))


def asked(run: Run) -> set[frozenset[str]]:
    names = dict(run.evidence.clients.table.select("record_id", "display_name").iter_rows())
    pairs = run.queue.select("left_id", "right_id").iter_rows()
    return {frozenset((names[left], names[right])) for left, right in pairs}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    Project.init(tmp_path / "p").close()
    toml = tmp_path / "p" / "custclean.toml"
    toml.write_text('region = "DK"\ntarget = "generic"\n', encoding="utf-8")
    with Project(tmp_path / "p", who="ann") as made:
        put(made, "one.csv", ANN, AN, BO, CY)
        yield made


@pytest.mark.fault(12)
def test_a_pair_is_asked_again_under_its_new_id_and_with_what_was_there(
    project: Project,
) -> None:
    seq = decide(project, Verdict.SAME, "Ann Example", "An Example").seq
    put(project, "two.csv", BO, ANN_MOVED, AN, CY)
    run = project.run()
    assert asked(run) == {frozenset(("Ann Example", "An Example"))}
    assert run.changed.table.select("seq", "field", "before", "now", "seen_in").rows() == [
        (seq, "email", "ann@example.com", "ann@example.org", "one.csv")
    ]
    assert "ann@example.com" not in run.changed._repr_html_()
    assert set(run.changed.table["record_id"]) == {id_of(project, "Ann Example")}


@pytest.mark.fault(12)
def test_answered_again_under_the_new_id_it_holds_and_the_old_word_is_out(
    project: Project,
) -> None:
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    put(project, "two.csv", BO, ANN_MOVED, AN, CY)
    decide(project, Verdict.DIFFERENT, "Ann Example", "An Example")
    run = project.look()
    assert run.queue.is_empty()
    assert not run.state.groups
    assert len(run.changed) == 0


@pytest.mark.fault(12)
def test_a_number_follows_its_client_to_another_id(project: Project) -> None:
    project.give(id_of(project, "Ann Example"), "4711")
    put(project, "two.csv", BO, ANN_MOVED, AN, CY)
    run = project.look()
    assert run.state.decided_numbers() == {id_of(project, "Ann Example"): "4711"}
    assert (run.carried.held, run.carried.moved) == (1, 1)


@pytest.mark.fault(12)
def test_what_was_set_aside_by_hand_or_left_out_stays_so_under_another_id(
    project: Project,
) -> None:
    project.leave_out(id_of(project, "Ann Example"), note="moved away")
    project.by_hand(id_of(project, "Bo Sample"), note="call")
    put(project, "two.csv", (BO[0], "bo@example.org", *BO[2:]), ANN_MOVED, AN, CY)
    run = project.look()
    assert run.state.left_out == {id_of(project, "Ann Example"): "moved away"}
    assert run.state.by_hand == {id_of(project, "Bo Sample"): "call"}


@pytest.mark.fault(12)
@pytest.mark.parametrize("word", ["set_aside", "keep"])
def test_who_was_judged_is_proposed_again_when_the_row_has_changed(
    project: Project, word: str
) -> None:
    record = id_of(project, "Bo Sample")
    getattr(project, word)([record])
    assert project.look().proposed.is_empty()
    put(project, "two.csv", ANN, AN, (*BO[:4], "Randers"), CY)
    run = project.look()
    assert run.proposed["record_id"].to_list() == [record]
    assert run.changed.table.select("verdict", "before", "now").rows() == [
        (word, "Odense", "Randers")
    ]


@pytest.mark.fault(12)
def test_a_pick_is_asked_again_and_nothing_is_merged_meanwhile(project: Project) -> None:
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    project.pick(id_of(project, "An Example"), field="email")
    assert project.look().merged.golden.height == 3
    changed = (AN[0], AN[1].upper(), *AN[2:])
    put(project, "two.csv", ANN, changed, BO, CY)
    run = project.look()
    assert set(run.changed.table["verdict"]) == {"same", "pick"}
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    run = project.run()
    assert run.merged.golden.height == 4
    reasons = dict(run.balance.fates.select("display_name", "reason").iter_rows())
    assert reasons["Ann Example"] == reasons["An Example"] == "pick_changed"
    project.pick(id_of(project, "An Example"), field="email")
    assert project.look().merged.golden.height == 3


@pytest.mark.fault(12)
def test_what_no_kept_file_holds_is_said_to_be_lost(project: Project) -> None:
    seq = decide(project, Verdict.SAME, "Ann Example", "An Example").seq
    put(project, "two.csv", ANN_MOVED, AN, BO, CY)
    project.look()
    (project.folder / "inbox" / "one.csv").unlink()
    run = project.look()
    assert run.changed.table.is_empty(), "nothing tells that the two are one"
    assert run.orphans["seq"].to_list() == [seq]
    assert run.orphans["last_seen"].to_list() == [""]
    assert run.orphans["missing"].str.count_matches(", ").to_list() == [0]
    assert run.orphans["record_ids"].str.count_matches(", ").to_list() == [1]


@pytest.mark.fault(12)
def test_an_orphan_names_its_file_and_who_it_may_be_and_lives_again(project: Project) -> None:
    seq = decide(project, Verdict.DIFFERENT, "Ann Example", "Bo Sample").seq
    stranger = ("Ann Example", "a@example.net", "10101010", "Fourth Street 4", "Aarhus")
    put(project, "two.csv", AN, BO, CY, stranger)
    run = project.look()
    row = run.orphans.row(0, named=True)
    assert (row["seq"], row["verdict"], row["who"]) == (seq, "different", "ann")
    assert (row["last_seen"], row["perhaps"]) == ("one.csv", id_of(project, "Ann Example"))
    assert run.carried.held == 0
    put(project, "three.csv", AN, BO, CY, ANN)
    run = project.look()
    assert run.orphans.is_empty()
    assert run.carried.held == 1


@pytest.mark.fault(12)
def test_who_went_as_was_decided_is_no_orphan(project: Project) -> None:
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    merged = project.look().merged
    away = merged.crosswalk.filter(
        merged.crosswalk["record_id"] != merged.crosswalk["survivor_id"]
    )
    gone = {id_of(project, row[0]): row for row in (ANN, AN)}[away["record_id"][0]]
    put(project, "two.csv", *(row for row in (ANN, AN, BO, CY) if row != gone))
    assert project.look().orphans.is_empty()


@pytest.mark.fault(12)
def test_answers_that_followed_from_a_pair_wait_for_it(project: Project) -> None:
    third = ("Ann Exampel", "ann@example.com", *ANN[2:])
    put(project, "one.csv", ANN, AN, third, BO)
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    decide(project, Verdict.SAME, "An Example", "Ann Exampel")
    assert project.look().queue.is_empty()
    put(project, "two.csv", ANN, (*AN[:4], "Randers"), third, BO)
    run = project.look()
    assert asked(run) == {
        frozenset(("Ann Example", "An Example")),
        frozenset(("An Example", "Ann Exampel")),
    }


@pytest.mark.fault(12)
def test_a_line_of_a_newer_register_is_the_one_that_was_linked(project: Project) -> None:
    def register(name: str, *rows: Row) -> None:
        with (project.folder / "inbox" / name).open("w", encoding="utf-8") as file:
            csv.writer(file).writerows([("Number", "Name", "E-mail"), *rows])

    register(
        "register.csv", ("100", "A. E.", "ann@example.com"), ("200", "B", "x@example.com")
    )
    lines = project.read().reference("register")
    assert lines is not None
    line = lines.table.filter(customer_number="100")["record_id"][0]
    project.link(id_of(project, "Ann Example"), line)
    register(
        "register 2.csv", ("200", "B", "x@example.com"), ("100", "Ann", "ann@example.com")
    )
    run = project.look()
    (link,) = run.state.links
    newest = run.inbox.reference("register")
    assert newest is not None
    assert link.key[1] == newest.table.filter(customer_number="100")["record_id"][0]
    assert run.orphans.is_empty()


@pytest.mark.fault(13)
def test_the_same_files_give_the_same_bytes_in_another_place(
    project: Project, tmp_path: Path
) -> None:
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    project.look()
    put(project, "two.csv", BO, ANN_MOVED, AN, CY)
    project.run()
    log = tmp_path / "log.jsonl"
    project.decisions.export(log)
    Project.init(tmp_path / "q").close()
    (tmp_path / "q" / "custclean.toml").write_text('region = "DK"\ntarget = "generic"\n')
    with Project(tmp_path / "q", who="bo") as other:
        for name in ("one.csv", "two.csv"):
            target = tmp_path / "q" / "inbox" / name
            target.write_bytes((project.folder / "inbox" / name).read_bytes())
            other.read()
        other.replay(log)
        run = other.run()
    assert len(run.changed) == 1
    here, there = (folder / "out" for folder in (project.folder, tmp_path / "q"))
    files = sorted(path.relative_to(here) for path in here.rglob("*") if path.is_file())
    assert files
    assert [name for name in files if (here / name).read_bytes() != (there / name).read_bytes()
            ] == []  # fmt: skip


def cluster_ids(run: Run, *names: str) -> set[str]:
    table = run.evidence.clients.table
    ids = table.filter(table["display_name"].is_in(names))["record_id"]
    crosswalk = run.merged.crosswalk
    return set(crosswalk.filter(crosswalk["record_id"].is_in(ids.implode()))["cluster_id"])


def test_a_client_keeps_the_id_of_its_group_when_its_records_have_others(
    project: Project,
) -> None:
    both = "Ann Example", "An Example"
    decide(project, Verdict.SAME, *both)
    before = cluster_ids(project.look(), *both)
    put(project, "two.csv", BO, ANN_MOVED, (AN[0], "an@example.org", *AN[2:]), CY)
    assert len(project.look().aliases) == 2
    decide(project, Verdict.SAME, *both)
    run = project.run()
    assert not before & set(run.evidence.clients.table["record_id"])
    assert cluster_ids(run, *both) == before
    put(project, "three.csv", BO, ANN, AN, CY)
    decide(project, Verdict.SAME, *both)
    assert cluster_ids(project.run(), *both) == before


def test_the_desk_knows_of_two_with_one_hash_who_is_who(project: Project) -> None:
    news = [("Office Newsletter", "no-reply@news.example", "", street, "") for street in "AB"]
    put(project, "two.csv", ANN, AN, BO, CY, *news)
    table = project.look().evidence.clients.table
    ids = dict(table.filter(display_name=news[0][0]).select("street", "record_id").rows())
    project.keep([ids["A"]])
    project.set_aside([ids["B"]])
    put(project, "three.csv", ANN, AN, BO, CY, news[1])
    now = id_of(project, news[0][0])
    assert now == ids["A"], "the one that is left has the id of the other"
    desk = project.set_aside_desk()
    assert desk.row(now).state == "set_aside"
    (back,) = desk.undo()
    assert back.verdict is Verdict.SET_ASIDE
    state = project.look().state
    assert (set(state.set_aside), len(state.keep)) == (set(), 1)


def test_a_new_website_asks_again_and_a_new_balance_does_not(project: Project) -> None:
    def put_wide(name: str, website: str, balance: str) -> None:
        with (project.folder / "inbox" / name).open("w", encoding="utf-8", newline="") as file:
            rows = [(*row, website, balance) for row in (ANN, AN, BO, CY)]
            csv.writer(file).writerows([(*HEADINGS, "Website", "Balance"), *rows])

    both = frozenset(("Ann Example", "An Example"))
    put_wide("two.csv", "one.example", "10.00")
    decide(project, Verdict.DIFFERENT, *both)
    put_wide("three.csv", "one.example", "20.00")
    assert both not in asked(project.look())
    put_wide("four.csv", "two.example", "20.00")
    run = project.look()
    assert both in asked(run)
    assert set(run.changed.table["field"]) == {"website"}
    assert set(run.changed.table["before"]) == {"one.example"}


def test_a_pick_that_is_asked_again_is_answered_by_one_of_another_record(
    project: Project,
) -> None:
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    project.pick(id_of(project, "An Example"), field="email")
    put(project, "two.csv", ANN, (AN[0], AN[1].upper(), *AN[2:]), BO, CY)
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    assert project.look().merged.golden.height == 4
    later = project.pick(id_of(project, "Ann Example"), field="email")
    run = project.look()
    assert run.changed.table.is_empty()
    email = run.merged.golden.filter(pl.col("email").is_in([ANN[1], AN[1].upper()]))["email"]
    assert email.to_list() == [ANN[1]]
    project.undo(later.seq)
    assert set(project.look().changed.table["verdict"]) == {"pick"}


def test_nobody_is_asked_for_a_value_that_none_of_the_records_has_any_more(
    project: Project,
) -> None:
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    project.pick(id_of(project, "An Example"), field="email")
    put(project, "two.csv", (ANN[0], "", *ANN[2:]), (AN[0], "", *AN[2:]), BO, CY)
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    run = project.look()
    assert run.changed.table.is_empty()
    assert run.merged.golden.height == 3


def test_the_desk_shows_what_was_picked_and_a_yes_keeps_it_when_it_has_changed(
    project: Project,
) -> None:
    pair = sorted([id_of(project, "Ann Example"), id_of(project, "An Example")])
    picked = id_of(project, "An Example")
    desk = project.review()
    place = next(i for i, q in enumerate(desk.questions) if list(q.records) == pair)
    desk.pick("email", picked, index=place)
    desk.pick("", picked, index=place)
    desk.decide("same", index=place)
    both = {("", frozenset(pair)): picked, ("email", frozenset(pair)): picked}
    assert desk.card(place).picks == both
    assert not desk.card(place).draft
    put(project, "two.csv", ANN, (AN[0], AN[1].upper(), *AN[2:]), BO, CY)
    desk = project.review()
    card = next(c for c in map(desk.card, range(len(desk))) if c.standing.state == "again")
    now = id_of(project, "An Example")
    assert {(field, who) for (field, _), who in card.picks.items()} == {
        ("", now),
        ("email", now),
    }
    assert not card.draft
    desk.decide("same", index=card.index)
    run = project.look()
    assert run.changed.table.is_empty()
    assert AN[1].upper() in run.merged.golden["email"]


def test_the_desk_asks_for_a_pick_again_where_the_pair_itself_holds(project: Project) -> None:
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    project.pick(id_of(project, "An Example"), field="email")
    put(project, "two.csv", ANN, (AN[0], AN[1].upper(), *AN[2:]), BO, CY)
    decide(project, Verdict.SAME, "Ann Example", "An Example")
    desk = project.review()
    card = next(c for c in map(desk.card, range(len(desk))) if c.standing.state == "unmerged")
    assert card.standing.asks == "email"
    assert "E-mail" in card_data(card)["said"]
    assert "Y keeps what is marked" in card_data(card)["said"]
    other = id_of(project, "Ann Example")
    desk.pick("email", other, index=card.index)
    desk.apply(index=card.index)
    assert desk.card(card.index).standing.state == "same"
    assert project.look().merged.golden.height == 3
    desk.undo()
    assert desk.card(card.index).standing.state == "unmerged"
    assert project.look().merged.golden.height == 4

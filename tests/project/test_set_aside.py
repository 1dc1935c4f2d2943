"""Who is set aside stays so in the next export, and the mail program is told."""

from __future__ import annotations

import csv
import io
import random
import shutil
from typing import TYPE_CHECKING

import polars as pl
import pytest

from custclean.demo import INPUTS, OWN_DOMAINS
from custclean.errors import InputError
from custclean.model import Verdict
from custclean.project import Project
from custclean.stages.read import read
from custclean.stages.set_aside_rows import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = Choice()


def another_download(project: Project, change: dict[str, str]) -> None:
    """Put the client list into the inbox once more: rows shuffled, e-mails of some changed."""
    inbox = project.folder / "inbox"
    text = (inbox / "client_list.csv").read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    mail, who = header.index("Email"), header.index("Company ID")
    for row in rows:
        row[mail] = change.get(row[who], row[mail])
    random.Random(7).shuffle(rows)
    with (inbox / "client_list (2).csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def test_the_list_survives_the_next_import_and_only_who_changed_is_asked_again(
    project: Project,
) -> None:
    desk = project.set_aside_desk()
    waited = desk.records(NOW)
    assert len(waited) == project.look().proposed.height == 7
    desk.decide_all(desk.effect(NOW, Verdict.SET_ASIDE))
    assert desk.records(NOW) == ()
    changed = waited[0]
    another_download(project, {changed.rpartition(":")[2]: "somebody@else.example"})
    run = project.run()
    assert run.proposed["record_id"].to_list() == [changed]
    assert set(run.state.set_aside) == set(waited) - {changed}
    assert run.balance.counts["set_aside"] == len(waited) - 1
    fresh = project.set_aside_desk()
    assert fresh.records(NOW) == (changed,)
    assert fresh.row(changed).changed == ("email",)
    assert len(fresh.records(Choice(view="decided"))) == len(waited)
    while fresh.undo():
        pass
    assert set(project.set_aside_desk().records(NOW)) >= set(waited) - {changed}


def test_a_step_of_the_desk_is_what_the_project_shows_and_takes_back(project: Project) -> None:
    before = set(project.proposals())
    desk = project.set_aside_desk()
    desk.decide(desk.records(NOW)[:2], Verdict.KEEP, "asked")
    assert len(set(project.proposals())) == len(before) - 2
    project.undo(project.decisions.history[-1].seq)  # one of the two alone
    assert len(set(project.proposals())) == len(before) - 1


def add_contact(project: Project, company: str, mail: str) -> None:
    path = project.folder / "inbox" / "outlook_contacts.csv"
    text = path.read_bytes().decode("cp1252")
    cells = dict.fromkeys(next(csv.reader([text.splitlines()[0]])), "")
    cells |= {"Company": company, "E-mail Address": mail}
    new = io.StringIO()
    csv.writer(new, quoting=csv.QUOTE_ALL).writerow(cells.values())
    path.write_bytes((text + new.getvalue()).encode("cp1252"))


@pytest.fixture(scope="module")
def told(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Give a project whose proposals are all set aside, with a contact of two minds."""
    folder = tmp_path_factory.mktemp("told") / "project"
    with Project.init(folder, region="DK", own_domains=OWN_DOMAINS, who="tester") as made:
        for name in INPUTS:
            shutil.copyfile(small / name, folder / "inbox" / name)
        desk = made.set_aside_desk()
        kept = next(
            row.name
            for row in map(desk.row, desk.records(Choice(view="all")))
            if row.state == "customer" and row.name.endswith("ApS")
        )
        skat = next(r for r in map(desk.row, desk.records(NOW)) if r.kind == "institution")
        add_contact(made, kept, skat.email)
        desk.decide_all(desk.effect(NOW, Verdict.SET_ASIDE))
        yield made


def test_contacts_of_clients_who_were_set_aside_are_marked_for_the_mail_program(
    told: Project, tmp_path: Path
) -> None:
    found = told.ignore_list()
    everybody = pl.concat([found.marked, found.already, found.shared, found.missing])
    assert everybody["record_id"].n_unique() == everybody.height
    assert found.marked["email"].str.contains("facturation@boulangeriemistral").any()
    again = read(found.write(tmp_path / "ignore.csv"))
    assert again.table["record_id"].to_list() == found.marked["record_id"].to_list()
    assert again.table["categories"].str.contains("QB Ignore").all()
    with pytest.raises(InputError, match=r"\.csv"):
        found.write(tmp_path / "ignore.vcf")


def test_a_contact_whose_name_a_customer_has_is_not_marked_by_itself(told: Project) -> None:
    found = told.ignore_list()
    assert found.shared["email"].str.contains("skattestyrelsen").to_list() == [True]
    assert found.shared["record_id"][0] not in found.marked["record_id"].to_list()
    held = told.set_aside_desk("contacts").row(found.shared["record_id"][0])
    assert (held.state, held.held[-1]) == ("held", "a customer has the name or address")


def test_a_contact_can_be_set_aside_or_kept_by_itself(told: Project) -> None:
    contacts = told.set_aside_desk("contacts")
    before = set(told.ignore_list().marked["record_id"])
    everybody = contacts.records(Choice(view="all"))
    stranger = next(r for r in everybody if contacts.row(r).state == "customer")
    contacts.decide(stranger, Verdict.SET_ASIDE)
    assert set(told.ignore_list().marked["record_id"]) == {*before, stranger}
    assert told.look().balance.counts["set_aside"] == 7  # it is no client
    contacts.decide([stranger, *before], Verdict.KEEP)
    assert len(told.ignore_list()) == 0
    contacts.undo()
    contacts.undo()
    with pytest.raises(InputError, match="vendors"):
        told.set_aside_desk("vendors")


def test_without_contacts_the_names_are_written_as_outlook_takes_them(
    project: Project, tmp_path: Path
) -> None:
    (project.folder / "inbox" / "outlook_contacts.csv").unlink()
    with pytest.raises(InputError, match="contacts"):
        project.set_aside_desk("contacts")
    desk = project.set_aside_desk()
    desk.decide_all(desk.effect(NOW, Verdict.SET_ASIDE))
    found = project.ignore_list()
    again = read(found.write(tmp_path / "ignore.csv"), system="outlook")
    assert again.table.height == len(found)
    assert set(again.table["categories"]) == {"QB Ignore"}
    assert again.table["email"].to_list() == found.marked["email"].to_list()


def test_a_contact_whose_address_changes_stays_decided_and_is_shown_again(
    project: Project,
) -> None:
    desk = project.set_aside_desk("contacts")
    rows = map(desk.row, desk.records(Choice(view="all")))
    first, second = [row for row in rows if row.state == "customer" and row.email][:2]
    desk.decide([first.record_id, second.record_id], Verdict.SET_ASIDE)
    assert project.look().orphans.is_empty()
    inbox = project.folder / "inbox"
    text = (inbox / "outlook_contacts.csv").read_bytes()
    mail = first.email.encode("cp1252")
    (inbox / "outlook_contacts (2).csv").write_bytes(text.replace(mail, b"new." + mail))
    run = project.run()
    assert set(run.aliases) == {first.record_id}
    assert run.orphans.is_empty()
    later = project.set_aside_desk("contacts")
    today = later.row(run.aliases[first.record_id])
    assert (today.state, today.changed) == ("again", ("email",))
    assert later.row(second.record_id).state == "set_aside"
    assert {d.key[0] for d in later.undo()} == {today.record_id, second.record_id}

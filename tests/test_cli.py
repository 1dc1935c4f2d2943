"""The command line: one clear line and exit code 1 on bad input, nothing written."""

from __future__ import annotations

import json
import re
import shutil
from importlib.metadata import version
from typing import TYPE_CHECKING

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from custclean.cli import app
from custclean.demo import INPUTS
from custclean.project import Project
from custclean.stages.read import read
from custclean.tables.writing import xlsx_bytes
from custclean.words import LANGUAGES
from tests.served import custclean, started

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


def refused(result: CompletedProcess[str]) -> str:
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    return result.stderr


@pytest.fixture
def folder(samples: Path, tmp_path: Path) -> Path:
    made = tmp_path / "job"
    assert custclean("init", made, "--region", "DK").returncode == 0
    for name in INPUTS:
        shutil.copyfile(samples / "small" / name, made / "inbox" / name)
    return made


def test_init_makes_a_project_and_says_what_comes_next(tmp_path: Path) -> None:
    result = custclean("init", tmp_path / "job", "--own-domain", "firm.example")
    assert result.returncode == 0
    assert "custclean run" in result.stdout
    assert 'own_domains = ["firm.example"]' in (tmp_path / "job/custclean.toml").read_text()
    assert sorted(p.name for p in (tmp_path / "job").iterdir()) == [
        "custclean.toml", "decisions.sqlite", "inbox", "notebooks",
    ]  # fmt: skip


def test_run_says_what_happened_and_what_comes_next(folder: Path) -> None:
    result = custclean("run", folder)
    assert result.returncode == 0, result.stderr
    assert "60 clients" in result.stdout
    assert "Decide" in result.stdout


def test_run_says_what_a_fresh_download_did_to_decisions_and_orders(tmp_path: Path) -> None:
    made = tmp_path / "job"
    heading = "Company ID,Display name,Client number,Email,City\r\n"
    ann = "9130000000000017,Ann Example,,ann@example.com,{}\r\n"
    anne = "9130000000000025,Ann Exampel,,ann@example.com,\r\n"
    bo = "9130000000000033,Bo Sample,,bo@example.com,Odense\r\n"
    first = heading + ann.format("Aarhus") + anne + bo
    with Project.init(made, who="ann") as project:
        (made / "inbox" / "one.csv").write_text(first)
        ids = [f"quickbooks-accountant:customers:91300000000000{n}" for n in (17, 25, 33)]
        project.decisions.decide(ids[0], ids[1], "same")
        project.keep(ids[2:])
        project.look()
    fresh = heading + ann.format("Aarhus") + bo.replace("Odense", "Esbjerg")
    (made / "inbox" / "two.csv").write_text(fresh)
    facts = json.loads(custclean("run", made, "--json").stdout)
    assert facts["orders"] == {"approved": 0, "done": 0, "verified": 1}
    said = ("held", "on_other_ids", "asked_again", "without_record")
    assert [facts[f"decisions_{word}"] for word in said] == [1, 0, 1, 0]
    assert facts["unexpected"] == 1
    told = custclean("verify", made).stdout
    assert "1 done, 0 not done, 1 changed by somebody else" in told
    assert "0 approved, 0 done by what people say, 1 verified" in told
    told = custclean("run", made).stdout
    assert "1 asked again, 0 without their record" in told
    assert "1 value was changed by somebody else" in told


def test_run_for_machines_is_one_json_object_without_values(folder: Path) -> None:
    result = custclean("run", folder, "--json")
    facts = json.loads(result.stdout)
    assert sum(facts["balance"].values()) == 60
    assert "@" not in result.stdout


def test_decisions_can_be_entered_from_a_file(folder: Path, samples: Path) -> None:
    result = custclean("run", folder, "--decisions", samples / "small" / "decisions.jsonl")
    assert "recorded decisions entered" in result.stdout


def test_upload_waits_for_open_work_orders(folder: Path, samples: Path) -> None:
    custclean("run", folder, "--decisions", samples / "small" / "decisions.jsonl")
    result = custclean("upload", folder)
    assert "work orders are open" in result.stdout
    assert list((folder / "out" / "upload").rglob("*.csv")) == []


def test_upload_now_writes_files_and_names_them(folder: Path) -> None:
    result = custclean("upload", folder, "--now")
    path = folder / "out" / "upload" / "round-1" / "quickbooks-accountant-001.csv"
    assert str(path) in result.stdout
    assert path.is_file()


def test_verify_needs_a_second_download(folder: Path) -> None:
    assert "only one download" in refused(custclean("verify", folder))


def test_questions_go_out_and_answers_come_back(samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "job"
    Project.init(folder, region="DK").close()
    shutil.copyfile(samples / "small" / "client_list.csv", folder / "inbox" / "list.csv")

    def run(*words: object) -> Result:  # in this process: four runs of it would take long
        return CliRunner().invoke(app, [*map(str, words)])

    files = json.loads(run("questions", folder, "--to", tmp_path / "out", "--json").stdout)[
        "files"
    ]
    path = next(file for file in files if "nobody" not in file)
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["C3"] = "y"
    book.save(path)
    broken = tmp_path / "broken.xlsx"
    broken.write_text("no workbook")
    said = run("answers", folder, broken, path)
    assert "1 decision entered, 0 known already" in said.stdout
    assert "broken.xlsx" in said.stderr
    assert said.exit_code == 1
    again = run("answers", folder, path, "--json")
    (facts,) = json.loads(again.stdout)["files"]
    assert (again.exit_code, facts["decisions"], facts["known"]) == (0, 0, 1)
    assert "@" not in again.stdout


def test_errors_lists_nothing_before_an_upload(folder: Path) -> None:
    assert "There is no error log" in custclean("errors", folder).stdout


def test_ignore_says_what_it_found_and_writes_nothing_for_nobody(folder: Path) -> None:
    result = custclean("ignore", folder, "--to", folder / "ignore.csv")
    assert result.stdout.startswith("0 contacts to mark")
    assert not (folder / "ignore.csv").exists()
    with Project(folder) as project:
        project.set_aside(project.proposals())
    result = custclean("ignore", folder, "--to", folder / "ignore.csv")
    assert "Import" in result.stdout
    marked = read(folder / "ignore.csv").table["categories"]
    assert result.stdout.startswith(f"{len(marked)} contacts to mark")
    assert "expected .csv" in refused(custclean("ignore", folder, "--to", folder / "x.xlsx"))


def test_read_says_what_a_file_is(samples: Path) -> None:
    result = custclean("read", samples / "small" / "vendor_contact_list.csv", "--json")
    facts = json.loads(result.stdout)
    assert (facts["system"], facts["kind"]) == ("quickbooks-online", "vendors")
    assert facts["encoding"] == "cp1252"


def test_read_shows_rows_and_columns_and_what_became_of_each_line(samples: Path) -> None:
    said = custclean("read", samples / "small" / "vendor_contact_list.csv").stdout
    assert "QuickBooks Online, vendors, 10 rows" in said
    assert "delimiter ';', headings in line 4" in said
    assert "line 1: Fjordside Accounting ApS" in said
    assert "nothing is lost" in said
    assert "Boulangerie Mistral EURL" in said
    assert re.search(r"Phone numbers +phone \(Phone\)", said)
    assert re.search("Track 1099 +kept beside", said)


def test_what_a_terminal_is_told_names_its_own_options(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    known = (("Company ID", "Display name", "Client number"), [["1", "Ann", "7"]])
    path.write_bytes(xlsx_bytes({"New": known, "Old": (("Number", "Who"), [["1", "x"]])}))
    said = custclean("--language", "da", "read", path).stdout
    assert "Old (ukendt): --part" in said
    assert "part=" not in said


def test_a_column_without_room_is_named_and_no_word_of_a_heading_is_broken(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said = custclean("read", samples / "small" / "client_list.csv").stdout
    assert max(map(len, said.splitlines())) <= 60
    shown = re.search(r"\nFirst rows\n(.*)", said)
    hidden = re.search(r"\nno room for: ([a-z_, \n]*)\n\n", said)
    assert shown
    assert hidden
    names = {*shown[1].split(), *re.split(r"[,\s]+", hidden[1])}
    export = read(samples / "small" / "client_list.csv")
    assert names == {"source_row", *export.report.headings, "given_name", "family_name"}
    assert "\nand 55 more\n" in said


def test_only_of_a_text_is_said_that_no_letter_is_lost(samples: Path) -> None:
    said = custclean("read", samples / "vcard" / "outlook_21.vcf").stdout
    assert "no record is lost: each is in rows, notes or rejects" in said
    assert "all of the file" not in said


def test_a_colon_is_written_as_the_language_does(samples: Path) -> None:
    path = samples / "small" / "vendor_contact_list.csv"
    said = custclean("--language", "fr", "read", path).stdout
    assert re.search(r"ligne 1\s: Fjordside", said)


def test_a_long_file_name_stays_whole_in_a_narrow_terminal(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Kundekontaktliste.csv"
    shutil.copy(samples / "small" / "client_list.csv", tmp_path / name)
    monkeypatch.setenv("COLUMNS", "40")
    assert name in custclean("read", tmp_path).stdout


def test_a_row_that_is_rejected_is_shown_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Number,Name\n1,Ann\n2,Bo,Example\n3,Cy\n", encoding="utf-8")
    said = custclean("read", path).stdout
    assert ", 2 of 3 rows\n" in said
    assert "line 3: 1 cell too many: 2,Bo,Example\n" in said


def test_read_for_machines_holds_no_value(samples: Path) -> None:
    said = custclean("read", samples / "small" / "vendor_contact_list.csv", "--json").stdout
    assert json.loads(said)["fields"]["phone"] == "Phone numbers"
    assert "Boulangerie" not in said
    assert "Fjordside" not in said


def test_read_of_a_folder_is_a_line_a_table(samples: Path) -> None:
    result = custclean("read", samples / "small")
    assert result.returncode == 1  # a file in it is not known
    assert custclean("read", *(samples / "small").glob("*.csv")).returncode == 0
    assert re.search(
        r"client_list.csv +QuickBooks Online Accountant: customers +60", result.stdout
    )
    assert re.search(r"outlook_contacts.csv +Outlook: contacts +20", result.stdout)
    assert re.search(r"decisions.jsonl +not known", result.stdout)


def test_read_of_a_folder_adds_up_and_says_what_to_look_at(
    samples: Path, tmp_path: Path
) -> None:
    for name in ("outlook/contacts_web.csv", "vcard/outlook_21.vcf", "mail/inbox.mbox"):
        shutil.copy(samples / name, tmp_path)
    (tmp_path / "my list.csv").write_text("Name,Shoe size\nAnn,38\n", encoding="utf-8")
    said = custclean("--language", "it", "read", tmp_path).stdout
    assert re.search(r"\n +righe +contatti \d+, attività 3\n", said)
    assert re.search(r"inbox.mbox +1 scartata, 1 riga da guardare", said)
    assert re.search(r"my list.csv +sconosciuto", said)
    how = f"custclean read '{tmp_path / 'my list.csv'}' propone una mappatura"
    assert how in " ".join(said.split())  # long paths wrap


def test_read_of_several_for_machines_is_one_object(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    names = [samples / "small" / "register.xlsx", tmp_path / "empty.csv"]
    result = custclean("read", *names, "--json")
    assert result.returncode == 1
    told = json.loads(result.stdout)
    assert [(each["kind"], each["rows"]) for each in told["tables"]] == [("register", 36)]
    assert [(each["state"], each["reason"]) for each in told["refused"]] == [
        ("unreadable", "the file is empty")
    ]


def test_eight_files_of_different_systems_are_told_apart(
    samples: Path, tmp_path: Path
) -> None:
    for name in (
        "small/client_list.csv", "quickbooks_online/customer_contact_list_en.csv",
        "quickbooks_desktop/vendors.iif", "outlook/contacts_classic_de.csv",
        "google_contacts/contacts_new.csv", "vcard/apple_30.vcf", "icalendar/events.ics",
        "mail/inbox.mbox",
    ):  # fmt: skip
        shutil.copyfile(samples / name, tmp_path / name.replace("/", "-"))
    said = json.loads(custclean("read", tmp_path, "--json").stdout)["tables"]
    assert {(each["file"].split("-")[0], each["system"], each["kind"]) for each in said} == {
        ("small", "quickbooks-accountant", "customers"),
        ("quickbooks_online", "quickbooks-online", "customers"),
        ("quickbooks_desktop", "quickbooks-desktop", "vendors"),
        ("outlook", "outlook", "contacts"),
        ("google_contacts", "google-contacts", "contacts"),
        ("vcard", "vcard", "contacts"),
        ("icalendar", "icalendar", "activities"),
        ("mail", "mail", "activities"),
    }


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"Nombre;Mael;x\nAnn;a@x.example;1\nBob;b@x.example;2\n")
    return path


def test_a_table_that_nobody_knows_gets_a_proposal(odd: Path) -> None:
    result = custclean("read", odd)
    assert "no system knows this file" in refused(result)
    assert "system=" not in result.stderr
    assert re.search(r"Mael +email \(E-mail\) +100 % look like e-mail", result.stdout)
    how = f"custclean read {odd} --accept {odd.parent / 'custclean.toml'}"
    assert how in " ".join(result.stdout.split())  # long paths wrap


def test_a_file_in_which_nothing_looks_like_a_list_gets_no_proposal(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ann,\nthank you.\n", encoding="utf-8")
    result = custclean("read", path, "--accept", tmp_path / "custclean.toml")
    assert "no system knows this file" in refused(result)
    assert result.stdout == ""
    assert not (tmp_path / "custclean.toml").exists()


def test_a_proposal_that_is_accepted_reads_the_file_from_then_on(
    odd: Path, tmp_path: Path
) -> None:
    toml = tmp_path / "custclean.toml"
    result = custclean("read", odd, "--accept", toml)
    assert result.returncode == 0
    saved = f"Saved in {toml}: files with these headings are read so."
    assert saved in " ".join(result.stdout.split())
    assert "--settings" not in result.stdout
    said = json.loads(custclean("read", odd, "--json").stdout)
    assert (said["system"], said["rows"]) == ("generic", 2)
    assert said["beside"] == ["x"]
    again = custclean("read", odd, "--accept", toml)
    assert "It is known already: nothing was saved." in again.stdout


def test_what_is_accepted_elsewhere_is_used_where_it_is_named(odd: Path) -> None:
    (odd.parent / "other").mkdir()
    toml = odd.parent / "other" / "mine.toml"
    said = custclean("read", odd, "--accept", toml).stdout
    assert f"--settings {toml}" in " ".join(said.split())
    assert custclean("read", odd, "--settings", toml).returncode == 0


def test_a_proposal_is_saved_in_no_folder_that_is_not_there(odd: Path) -> None:
    result = custclean("read", odd, "--accept", odd.parent / "nowhere" / "custclean.toml")
    assert "there is no such folder" in refused(result)
    assert not (odd.parent / "nowhere").exists()


def test_what_the_caller_knows_of_a_file_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Number\tName\n1\tSøren\n".encode("cp850"))
    how = ("--encoding", "cp850", "--delimiter", "tab", "--header-row", "1")
    said = json.loads(custclean("read", path, *how, "--json").stdout)
    assert (said["encoding"], said["delimiter"], said["uncertain"]) == ("cp850", "\t", False)


def test_an_option_of_one_file_is_refused_for_several(samples: Path) -> None:
    assert "only for a single file" in refused(custclean("read", samples, "--kind", "vendors"))


def test_no_value_steers_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes('Number,Name\n1,"A\x1b[31m\u202eb"\n'.encode())
    said = custclean("read", path).stdout
    assert "A·[31m·b" in said
    assert "\x1b" not in said


def test_systems_lists_what_each_reads_and_writes() -> None:
    result = custclean("systems")
    assert "quickbooks-accountant" in result.stdout
    assert "Company ID" in result.stdout


def test_the_version_is_that_of_the_package() -> None:
    assert custclean("--version").stdout.strip() == version("custclean")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("noise.csv", bytes(range(256)) * 40),
        ("truncated.xlsx", b"PK\x03\x04" + b"\0" * 300),
        ("no_id.csv", b"Display name,Client number,Email\r\nAnn,1,a@example.com\r\n"),
        ("rounded.csv", b"Company ID,Display name,Client number\r\n9.13E+15,Ann,1\r\n"),
    ],
)
def test_a_bad_file_is_one_line_with_its_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    assert name in refused(custclean("read", path))
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "absent.csv" in refused(custclean("read", tmp_path / "absent.csv"))
    (tmp_path / "folder.csv").mkdir()
    assert "folder.csv" in refused(custclean("read", tmp_path / "folder.csv"))


def test_a_web_address_is_said_as_it_was_typed() -> None:
    said = refused(custclean("read", "https://example.com/x.csv"))
    assert "download the file first: 'https://example.com/x.csv'" in said


def test_a_bad_file_for_machines_is_json_without_its_values(tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_bytes(b"Company ID,Display name,Client number\r\n9.13E+15,Ann,1\r\n")
    result = custclean("read", path, "--json")
    assert result.returncode == 1
    fact = json.loads(result.stdout)
    assert fact["file"] == "ids.csv"
    assert fact["line"] == 2
    assert "9.13" not in result.stdout


def test_a_bad_file_in_the_inbox_stops_the_run_and_writes_nothing(folder: Path) -> None:
    (folder / "inbox" / "register.xlsx").write_bytes(b"PK\x03\x04")
    assert "register.xlsx" in refused(custclean("run", folder))
    assert not (folder / "out").exists()


def test_a_folder_that_is_no_project_says_how_to_make_one(tmp_path: Path) -> None:
    assert "custclean init" in refused(custclean("run", tmp_path))


def test_a_wrong_setting_is_named_with_its_line(folder: Path) -> None:
    toml = folder / "custclean.toml"
    toml.write_text(toml.read_text() + "\n[numbers]\n")
    assert "custclean.toml, line" in refused(custclean("run", folder))


def test_a_header_only_list_ends_with_nothing_to_do(folder: Path) -> None:
    path = folder / "inbox" / "client_list.csv"
    path.write_bytes(path.read_bytes().splitlines(True)[0])
    assert "0 rows read" in refused(custclean("run", folder))
    assert not (folder / "out").exists()


def test_a_language_can_be_asked_for(folder: Path) -> None:
    assert "60 Mandanten: " in custclean("--language", "de", "run", folder).stdout
    assert "60 clients: " in custclean("run", folder).stdout


def test_a_project_made_in_a_language_is_run_in_it(tmp_path: Path, samples: Path) -> None:
    custclean("--language", "it", "init", tmp_path / "job")
    shutil.copyfile(
        samples / "small" / "client_list.csv", tmp_path / "job" / "inbox" / "client_list.csv"
    )
    assert "60 clienti: " in custclean("run", tmp_path / "job").stdout


def test_a_language_that_is_not_spoken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nl; there are en, it" in refused(custclean("--language", "nl", "systems"))
    monkeypatch.setenv("CUSTCLEAN_LANGUAGE", "xx")
    assert "xx; there are en, it" in refused(started("systems"))


def test_what_machines_read_is_the_same_in_every_language(samples: Path) -> None:
    path = samples / "small" / "client_list.csv"
    said = {custclean("--language", code, "read", path, "--json").stdout for code in LANGUAGES}
    assert len(said) == 1


def test_the_help_speaks_the_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUSTCLEAN_LANGUAGE", "de")
    assert "Ordner des Projekts" in started("run", "--help").stdout


def test_the_help_speaks_the_language_that_is_asked_for_wherever_it_stands() -> None:
    for words in (["--language", "da", "run", "--help"], ["run", "--help", "--language=da"]):
        assert "Projektets mappe" in custclean(*words).stdout


def test_a_language_may_be_asked_for_behind_the_command(samples: Path) -> None:
    path = samples / "small" / "client_list.csv"
    said = custclean("read", path, "--language", "it").stdout
    assert said == custclean("--language", "it", "read", path).stdout
    assert "intestazioni" in said

"""`custclean run`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from custclean.project import Project
from tests.served import custclean, refused

if TYPE_CHECKING:
    from pathlib import Path


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

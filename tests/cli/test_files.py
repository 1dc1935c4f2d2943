"""What `custclean read` says of several files."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

from tests.served import custclean, refused

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_long_file_name_stays_whole_in_a_narrow_terminal(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Kundekontaktliste.csv"
    shutil.copy(samples / "small" / "client_list.csv", tmp_path / name)
    monkeypatch.setenv("COLUMNS", "40")
    assert name in custclean("read", tmp_path).stdout


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


def test_an_option_of_one_file_is_refused_for_several(samples: Path) -> None:
    assert "only for a single file" in refused(custclean("read", samples, "--kind", "vendors"))

"""The merge of a project: its settings, its transactions, what a person then finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custclean.errors import SettingsError
from custclean.model import Decision, Verdict
from custclean.project import Project
from custclean.project.merging import check_rules
from custclean.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def settings(folder: Path, text: str) -> Settings:
    (folder / "custclean.toml").write_text(text, encoding="utf-8")
    return Settings.load(folder / "custclean.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('schema = 1\n[merge]\nsurvivor = ["subscription", "oldest"]', "line 3: .*oldest"),
        ('[merge]\n[merge.rules]\nphone = "shortest"', "line 3: .*shortest"),
        ('[merge.rules]\n\nfone = "join"', "line 3: .*fone"),
        ('[merge]\nsurvivor = ["source_order"]', "line 2: .*merge.sources"),
        ('[merge]\n[merge.rules]\ncity = "source_order"', "line 3: .*merge.sources"),
        ('[merge.rules]\ndisplay_name = "longest"', "line 2: .*survives: .*display_name"),
        ('[merge.rules]\nsource_file = "newest"', "line 2: .*survives: .*source_file"),
        ('[merge.rules]\ncity = "newest:creatd"', "line 2: .*creatd.*expected.*created"),
        ('[merge.rules]\ncity = "longest:created"', "line 2: .*longest:created"),
        ('[merge]\nsurvivor = ["newest:"]', "line 2: .*expected one of"),
    ],
)
def test_a_rule_that_is_none_is_an_error_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        check_rules(settings(tmp_path, text))


def test_every_rule_can_stand_in_the_settings(tmp_path: Path) -> None:
    check_rules(settings(tmp_path, """
[merge]
survivor = ["subscription", "newest", "most_transactions", "source_order", "most_complete",
            "newest:created"]
sources = ["client_list.csv"]
[merge.rules]
phone = "newest"
fax = "newest:last_activity"
street = "source_order"
"""))  # fmt: skip


def test_the_transactions_of_the_inbox_are_counted_before_and_after(
    project: Project, small: Path
) -> None:
    project.replay(small / "decisions.jsonl")
    project.run()
    reports = project.folder / "out" / "reports"
    totals = (reports / "totals.csv").read_text(encoding="utf-8-sig").splitlines()
    assert '"","transactions","","150","150"' in totals
    assert "value_lost" in (reports / "effects.csv").read_text(encoding="utf-8-sig")


def test_the_settings_say_who_survives_and_which_value_does(
    project: Project, small: Path
) -> None:
    toml = project.folder / "custclean.toml"
    told = '\n[merge]\nsurvivor = ["source_order"]\nsources = ["client_list.csv"]\n'
    toml.write_text(toml.read_text(encoding="utf-8") + told, encoding="utf-8")
    project.settings = Settings.load(toml)
    project.replay(small / "decisions.jsonl")
    assert "survivor_tie" in set(
        project.look().merged.conflicts["reason"]
    )  # all are of one file


CLEAN = ("Customer no.,Debtor no. (Billing),Customer name,Address,ZIP code,City,Country,"
         "CI no.,EAN no.")  # fmt: skip
ANNS = ("K 100,,Ann Example,Old Road 1,1000,Oldtown,DK,12345674,",
        "K 200,,Ann Exampel,Old Road 1,1000,Oldtown,DK,24465705,")  # fmt: skip


@pytest.fixture
def clean(tmp_path: Path) -> Iterator[Project]:
    """Give a project whose two clients have ids with a blank."""
    Project.init(tmp_path / "p").close()
    toml = tmp_path / "p" / "custclean.toml"
    toml.write_text('region = "DK"\ntarget = "cleanmanager"\n', encoding="utf-8")
    with Project(tmp_path / "p", who="ann") as made:
        text = "\n".join((CLEAN, *ANNS, ""))
        (made.folder / "inbox" / "list.csv").write_text(text, encoding="utf-8")
        yield made


def test_a_refused_group_of_ids_with_a_blank_is_told_record_by_record(
    clean: Project,
) -> None:
    ids = ["cleanmanager:customers:K 100", "cleanmanager:customers:K 200"]
    clean.decisions.decide(ids[0], ids[1], Verdict.SAME)
    run = clean.run()
    assert run.merged.conflicts["records"].to_list() == [ids]
    fates = run.balance.fates.select("record_id", "reason").rows()
    assert fates == [(each, "different_tax_id") for each in ids]
    assert run.work.by_hand["record_id"].to_list() == ids


@pytest.mark.parametrize("field", ["emial", "display_name", "source_file"])
def test_an_older_pick_that_no_merge_takes_stops_no_run(clean: Project, field: str) -> None:
    ids = ("cleanmanager:customers:K 100", "cleanmanager:customers:K 200")
    clean.decisions.decide(*ids, Verdict.SAME)
    before = clean.run().merged
    clean.decisions.append(Decision(ids[:1], Verdict.PICK, value={"field": field}))
    assert clean.run().merged.crosswalk.equals(before.crosswalk)

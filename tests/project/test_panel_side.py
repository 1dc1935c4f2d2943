"""What the setup panel asks a project: files one by one, settings, effects of thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from custclean.errors import SettingsError

if TYPE_CHECKING:
    from custclean.project import Project


def test_each_file_is_listed_by_itself_and_a_strange_one_stops_no_other(
    project: Project,
) -> None:
    inbox = project.folder / "inbox"
    (inbox / "odd.csv").write_text("Whoever;Box\nx;1\ny;2\n", encoding="utf-8")
    (inbox / "empty.csv").write_bytes(b"")
    (inbox / "thumbs.db").write_bytes(b"x")
    (inbox / ".custclean-half.tmp").write_bytes(b"x")
    listed = {each.name: each for each in project.files()}
    assert {name: each.state for name, each in listed.items()} == {
        "client_list.csv": "read",
        "customer_contact_list.csv": "read",
        "empty.csv": "refused",
        "odd.csv": "unknown",
        "outlook_contacts.csv": "read",
        "register.xlsx": "read",
        "thumbs.db": "left",
        "transaction_list.csv": "read",
        "vendor_contact_list.csv": "read",
    }
    assert listed["client_list.csv"].said == "QuickBooks Online Accountant: customers, 60 rows"


def test_settings_changed_here_hold_at_once_and_in_the_file(project: Project) -> None:
    before = project.look()
    assert before.evidence.clients.report.region == "DK"
    project.configure(region="IT", threshold=0.9)
    after = project.look()
    assert after.evidence.clients.report.region == "IT"
    assert after.evidence.matches.threshold == 0.9
    assert 'region = "IT"' in (project.folder / "custclean.toml").read_text(encoding="utf-8")
    assert project.configure(threshold="own").link.threshold is None
    with pytest.raises(SettingsError, match="quickbooks-accountant"):
        project.configure(target="outlook")


def test_effects_say_what_matches_do_at_each_threshold(project: Project) -> None:
    effects, matches = project.effects(), project.look().evidence.matches
    for threshold in (0.01, effects.own, 0.9, 0.999):
        effect = effects.at(threshold)
        sizes = matches.clusters(threshold)["cluster_id"].value_counts()["count"]
        assert effect.groups == sizes.filter(sizes > 1).len()
        assert effect.records == sizes.filter(sizes > 1).sum()
        row = matches.thresholds(at=[threshold]).row(0, named=True)
        assert (effect.pairs, effect.to_review) == (row["joined"], row["to_review"])
        assert effect.wrong == pytest.approx(row["expected_wrong"])
    joined = [effects.at(step).pairs for step in effects.steps]
    assert joined == sorted(joined, reverse=True)

"""What people said of pairs, when ids overlap, are unknown, or were decided before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from custclean.decisions import DecisionLog
from custclean.model import Decision, Verdict
from custclean.stages.link import Matches, find_duplicates, link

if TYPE_CHECKING:
    from pathlib import Path

ASKED: dict[str, Any] = {"id": "id", "columns": {"name": "name"}}
ANN, BERT, ZOE = "Ann Wexcombe", "Bert Quillstone", "Zoe Brumaire"
LOST = "1 decided pair names a record that is not here: it decides nothing"
TORN = "1 decided pair may be either of two, as both tables have its ids: it decides nothing"


def table(*names: str) -> pl.DataFrame:
    return pl.DataFrame({"id": [str(n) for n in range(1, len(names) + 1)], "name": names})


def linked(left: pl.DataFrame, right: pl.DataFrame, *decisions: Decision) -> Matches:
    return link(left, right, decisions=decisions, **ASKED)


def decided(found: Matches) -> list[tuple[str, ...]]:
    pairs = found.pairs.filter(pl.col("decided").is_not_null())
    return sorted(pairs.select("left_id", "right_id", "decided").rows())


def logged(tmp_path: Path, one: str, other: str, verdict: Verdict) -> Decision:
    """Give a decision as the log gives it back: the smaller id first."""
    with DecisionLog(tmp_path, who="ann") as log:
        return log.decide(one, other, verdict)


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.DIFFERENT])
def test_a_pair_of_the_log_is_the_one_that_people_are_asked_about(
    tmp_path: Path, verdict: Verdict
) -> None:
    left, right = table(ZOE, ANN), table("Wexcombe, Ann", BERT)
    said = logged(tmp_path, "2", "1", verdict)
    assert said.key == ("1", "2")
    found = linked(left, right, said)
    assert decided(found) == [("2", "1", verdict.value)]
    assert decided(linked(left, right).learn([said])) == decided(found)
    assert found.notes == ()


def test_a_pair_of_the_log_that_may_be_either_of_two_decides_nothing_and_is_noted(
    tmp_path: Path,
) -> None:
    for number, tables in enumerate(
        [(table(ANN, BERT), table(BERT, ANN)), (table(ANN, BERT), table(ZOE, "Gerda Ostbo"))]
    ):
        found = linked(*tables, logged(tmp_path / str(number), "1", "2", Verdict.SAME))
        assert decided(found) == []
        assert found.notes == (TORN,)


def test_labels_are_meant_as_they_stand() -> None:
    left, right = table(ANN, BERT), table(BERT, ANN)
    for one, other in (("1", "2"), ("2", "1")):
        found = linked(left, right, Decision((one, other), Verdict.SAME))
        assert decided(found) == [(one, other, "same")]
    labels = pl.DataFrame({"left_id": [2], "right_id": [1], "same": [False]})
    assert decided(link(left, right, decisions=labels, **ASKED)) == [("2", "1", "different")]


def test_a_link_of_the_log_keeps_its_order(tmp_path: Path) -> None:
    with DecisionLog(tmp_path, who="ann") as log:
        said = log.append(Decision(("2", "1"), Verdict.LINK))
    found = linked(table(ANN, BERT), table(BERT, ANN), said)
    assert decided(found) == [("2", "1", "same")]


def test_an_order_that_cannot_be_is_turned() -> None:
    right = table(ZOE, ANN).with_columns(id=pl.Series(["r1", "r2"]))
    found = linked(table(ANN, BERT), right, Decision(("r2", "1"), Verdict.DIFFERENT))
    assert decided(found) == [("1", "r2", "different")]


def test_decisions_about_records_that_are_not_here_are_counted() -> None:
    away = Decision(("1", "77"), Verdict.SAME)
    found = find_duplicates(table(ANN, BERT), decisions=[away, away], **ASKED)
    assert found.notes == (LOST,)
    assert LOST in found._repr_html_()
    further = found.learn([Decision(("1", "2"), Verdict.DIFFERENT), away])
    assert further.notes == (LOST,)
    both = further.learn([Decision(("88", "99"), Verdict.UNSURE)])
    assert both.notes[0].startswith("2 decided pairs name records that are not here")


def test_what_is_said_of_one_table_is_no_matter_of_linking_it_to_another() -> None:
    right = table(ANN, BERT).with_columns(id=pl.Series(["r1", "r2"]))
    own = Decision(("1", "2"), Verdict.DIFFERENT)
    assert linked(table(ANN, BERT), right, own).notes == ()
    assert linked(table(ANN, BERT), right, Decision(("1", "x"), Verdict.SAME)).notes == (LOST,)


def test_verdicts_on_other_things_are_not_counted() -> None:
    other = [Decision(("1", "x"), Verdict.DONE), Decision(("x",), Verdict.KEEP)]
    assert find_duplicates(table(ANN, BERT), decisions=other, **ASKED).notes == ()


def test_unsure_takes_back_what_was_said() -> None:
    said = [Decision(("1", "2"), verdict) for verdict in (Verdict.SAME, Verdict.UNSURE)]
    assert decided(find_duplicates(table(ANN, BERT), decisions=said, **ASKED)) == []


def test_what_was_said_clearly_later_is_unclear_no_more() -> None:
    names = ["Ann Wexcombe", "Bert Quillstone"]
    left, right = (
        pl.DataFrame({"id": ["1", "2"], "name": each}) for each in (names, names[::-1])
    )
    torn = Decision(("1", "2"), Verdict.SAME, seq=1)
    found = link(left, right, id="id", columns={"name": "name"}, decisions=[torn])
    assert found.notes == (TORN,)
    assert found.learn([Decision(("1", "2"), Verdict.SAME)]).notes == ()

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from custclean.errors import InputError, SettingsError
from custclean.model import Decision, Verdict
from custclean.stages.link import Matches, assign, find_duplicates, link, never

Clients = Callable[..., pl.DataFrame]
ANN = {"display_name": "Ann Wexcombe", "email": "ann.wexcombe@mail.example"}
LINE = ("Ann Wexcombe", "ann.wexcombe@mail.example")
BERT = {
    "display_name": "Bert Quillstone",
    "email": "bert@mail.example",
    "phone": "+12025550121",
}


def register(*lines: tuple[str, str | None]) -> pl.DataFrame:
    """Give a register: number, name, e-mail."""
    rows = [(f"{n:05d}", name, email) for n, (name, email) in enumerate(lines)]
    return pl.DataFrame(rows, schema=["record_id", "display_name", "email"], orient="row")


def links(found: Matches) -> list[tuple[Any, Any]]:
    return sorted(found.accepted().select("left_id", "right_id").rows())


def test_a_line_with_name_and_email_finds_its_client(clients: Clients) -> None:
    lines = register(("WEXCOMBE, ANN", "ann.wexcombe@mail.example"), ("Nobody Here", None))
    assert links(link(clients(ANN, BERT), lines)) == [("c00", "00000")]


def test_an_equal_email_and_a_similar_name_link(clients: Clients) -> None:
    lines = register(("Ann Wexcmobe", "ann.wexcombe@mail.example"))
    assert links(link(clients(ANN, BERT), lines)) == [("c00", "00000")]


def test_an_equal_rare_name_alone_links(clients: Clients) -> None:
    assert links(link(clients(ANN, BERT), register(("Bert Quillstone", None)))) == [
        ("c01", "00000")
    ]


def test_a_name_that_two_clients_bear_is_left_to_a_person(clients: Clients) -> None:
    other = BERT | {"email": "quill@post.example", "phone": "+12025550188"}
    found = link(clients(BERT, other), register(("Bert Quillstone", None)))
    assert links(found) == []
    assert sorted(found.to_review()["left_id"]) == ["c00", "c01"]


def test_one_client_written_down_twice_is_no_rival_of_itself(clients: Clients) -> None:
    again = BERT | {"display_name": "Quillstone, Bert"}
    found = link(clients(BERT, again), register(("Bert Quillstone", "bert@mail.example")))
    assert len(links(found)) == 1
    assert found.conflicts["reason"].to_list() == ["taken"]


def test_one_to_one_gives_each_line_one_client_at_most(clients: Clients) -> None:
    lines = register(*[("Ann Wexcombe", "ann.wexcombe@mail.example")] * 3)
    accepted = link(clients(ANN), lines).accepted()
    assert accepted["left_id"].n_unique() == accepted.height
    assert accepted["right_id"].n_unique() == accepted.height


def test_without_one_to_one_a_client_may_have_several_lines(clients: Clients) -> None:
    lines = register(*[("Ann Wexcombe", "ann.wexcombe@mail.example")] * 2)
    found = link(clients(ANN), lines, one_to_one=False)
    assert links(found) == [("c00", "00000"), ("c00", "00001")]


def test_a_persons_link_beats_the_model_and_takes_the_partner(clients: Clients) -> None:
    lines = register(("Ann Wexcombe", "ann.wexcombe@mail.example"), ("Something Else", None))
    decisions = [Decision(("c01", "00000"), Verdict.LINK)]
    found = link(clients(ANN, BERT), lines, decisions=decisions)
    assert ("c01", "00000") in links(found)
    assert ("c00", "00000") not in links(found)


def test_what_a_person_called_different_is_not_linked(clients: Clients) -> None:
    lines = register(("Ann Wexcombe", "ann.wexcombe@mail.example"))
    decisions = [Decision(("00000", "c00"), Verdict.DIFFERENT)]
    found = link(clients(ANN, BERT), lines, decisions=decisions)
    assert links(found) == []
    assert "c00" not in found.to_review()["left_id"].to_list()


def test_left_ids_are_of_the_left_table_even_if_both_use_the_same_ids() -> None:
    left = pl.DataFrame({"id": [1, 2], "name": ["Ann Wexcombe", "Bert Quillstone"]})
    right = pl.DataFrame({"id": [1, 2], "name": ["Quillstone, Bert", "Somebody Else"]})
    found = link(left, right, id="id", columns={"name": "name"}, threshold=0.05)
    assert links(found) == [(2, 1)]
    assert found.explain(2, 1).weight > found.explain(1, 1).weight


def test_an_empty_side_gives_no_pairs(clients: Clients) -> None:
    table = clients(ANN)
    assert link(table, table.clear()).pairs.is_empty()
    assert link(table.clear(), table).pairs.is_empty()


def test_row_order_does_not_matter(clients: Clients) -> None:
    table = clients(ANN, BERT)
    lines = register(("Wexcombe, Ann", None), ("Bert Quillstone", "bert@mail.example"))
    assert link(table, lines).pairs.equals(link(table.reverse(), lines.reverse()).pairs)


def test_many_left_records_may_have_one_right_partner(clients: Clients) -> None:
    table = clients(ANN, ANN | {"display_name": "Wexcombe, Ann"})
    lines = register(*[("Ann Wexcombe", "ann.wexcombe@mail.example")] * 2)
    many = links(link(table, lines, partners="many_to_one"))
    assert many == [("c00", "00000"), ("c01", "00000")]
    turned = links(link(lines, table, partners="one_to_many"))
    assert turned == [("00000", "c00"), ("00000", "c01")]
    assert len(links(link(table, lines, partners="any"))) == 4
    assert len(links(link(table, lines))) == 2


def test_an_unknown_way_to_pair_is_refused(clients: Clients) -> None:
    with pytest.raises(SettingsError, match="one_to_one"):
        link(clients(ANN), register(), partners="some")


def test_which_of_equals_is_taken_does_not_depend_on_the_order_of_rows(
    clients: Clients,
) -> None:
    table = clients(*[ANN] * 3)
    lines = register(*[("Ann Wexcombe", "ann.wexcombe@mail.example")] * 2)
    for partners in ("one_to_one", "many_to_one"):
        one = link(table, lines, partners=partners)
        other = link(table.reverse(), lines.reverse(), partners=partners)
        assert links(one) == links(other)
        assert one.conflicts.equals(other.conflicts)


def test_groups_of_a_table_count_as_one_record(clients: Clients) -> None:
    again = ANN | {"display_name": "Wexcombe, Ann"}
    table = clients(ANN, again, BERT)
    lines = register(("Ann Wexcombe", "ann.wexcombe@mail.example"))
    assert links(link(table, lines)) == [("c00", "00000")]
    grouped = link(find_duplicates(table), lines)
    assert links(grouped) == [("c00", "00000"), ("c01", "00000")]
    assert grouped.conflicts.is_empty()
    both = link(find_duplicates(table), find_duplicates(register(*[LINE] * 2)))
    assert len(links(both)) == 4


def test_id_and_columns_are_those_of_the_table_that_is_not_settled_yet() -> None:
    rows = {"nr": ["a", "b"], "who": ["Ann Wexcombe", "Bert Quillstone"]}
    asked: dict[str, Any] = {"id": "nr", "columns": {"who": "name"}}
    table = pl.DataFrame(rows)
    settled = find_duplicates(table, **asked)
    assert links(link(settled, table, **asked)) == [("a", "a"), ("b", "b")]
    assert links(link(table, settled, **asked)) == [("a", "a"), ("b", "b")]
    assert links(link(settled, settled)) == [("a", "a"), ("b", "b")]
    for name, value in asked.items():
        with pytest.raises(SettingsError, match=f"{name}="):
            link(settled, settled, **{name: value})


def test_what_was_said_of_one_record_of_a_group_is_said_of_it_all(clients: Clients) -> None:
    table = clients(ANN, ANN | {"display_name": "Wexcombe, Ann"})
    lines = register(LINE)
    decisions = [Decision(("c00", "00000"), Verdict.DIFFERENT)]
    found = link(find_duplicates(table), lines, decisions=decisions)
    assert links(found) == []
    assert found.conflicts.rows() == [("c01", "00000", "decision")]
    assert links(link(table, lines, decisions=decisions)) == [("c01", "00000")]


def test_a_rule_about_one_record_of_a_group_is_about_it_all(clients: Clients) -> None:
    again = ANN | {"display_name": "Wexcombe, Ann"}
    table = clients(ANN | {"tax_id": "IT00743110157"}, again)
    lines = register(LINE).with_columns(tax_id=pl.lit("IT00488410010"))
    found = link(find_duplicates(table), lines, rules=never("tax_id"))
    assert links(found) == []
    assert found.conflicts.rows() == [("c00", "00000", "rule"), ("c01", "00000", "rule")]


@pytest.mark.parametrize("others", [0, 400])  # of few records all pairs are candidates
def test_a_rule_keeps_groups_apart_by_two_records_that_were_never_compared(
    clients: Clients, others: int
) -> None:
    odd = {"display_name": "Zoe Brumaire", "tax_id": "IT00743110157", "email": "z@elm.example"}
    table = clients(ANN, odd, BERT, others=others)
    together = [Decision(("c00", "c01"), Verdict.SAME)]
    lines = register(LINE, ("Bert Quillstone", "bert@mail.example"))
    lines = lines.with_columns(tax_id=pl.lit("IT00488410010"))
    left = find_duplicates(table, decisions=together)
    both = [("c00", "00000"), ("c02", "00001")]
    assert links(link(left, lines)) == both
    found = link(left, lines, rules=never("tax_id"))
    assert ("c01", "00000") not in found.pairs.select("left_id", "right_id").rows()
    assert links(found) == both[1:]
    assert found.conflicts.rows() == [("c00", "00000", "rule")]
    turned = link(lines, left, rules=never("tax_id"))
    assert links(turned) == [("00001", "c02")]
    said = [Decision(("c00", "00000"), Verdict.LINK)]  # people beat rules
    assert links(link(left, lines, rules=never("tax_id"), decisions=said)) == both


def test_of_two_groups_every_pair_across_is_asked(clients: Clients) -> None:
    again = ANN | {"display_name": "Wexcombe, Ann"}
    odd = {"display_name": "Zoe Brumaire", "customer_number": "7", "email": "z@elm.example"}
    far = {"display_name": "Nilo Ostbo", "customer_number": "8", "email": "n@oak.example"}
    tables = clients(ANN, again, odd), clients(again, far, others=0)
    said = [[("c00", "c02")], [("c00", "c01")]]
    left, right = (
        find_duplicates(table, decisions=[Decision(pair, Verdict.SAME) for pair in pairs])
        for table, pairs in zip(tables, said)
    )
    assert ("c01", "c00") in links(link(left, right))
    assert links(link(left, right, rules=never("customer_number"))) == []


def test_linked_tables_have_no_groups_to_link_on(clients: Clients) -> None:
    found = link(clients(ANN), register(LINE))
    with pytest.raises(InputError):
        link(found, register(LINE))


def test_people_who_contradict_one_to_one_are_obeyed_and_it_is_said(clients: Clients) -> None:
    lines = register(LINE, LINE)
    decisions = [Decision(("c00", line), Verdict.LINK) for line in ("00000", "00001")]
    found = link(clients(ANN), lines, decisions=decisions)
    assert links(found) == [("c00", "00000"), ("c00", "00001")]
    assert found.notes == ("1 record has several partners, as people said",)
    assert link(clients(ANN), lines, decisions=decisions, one_to_one=False).notes == ()


def test_it_is_said_where_the_best_pair_came_first(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = register(*[LINE] * 3)
    assert link(clients(ANN), lines).notes == ()
    monkeypatch.setattr(assign, "_OPTIMAL", 2)
    found = link(clients(ANN), lines)
    assert found.notes[0].startswith("3 pairs are in groups too large")
    assert len(links(found)) == 1


def test_two_tables_are_compared_kind_by_kind_whatever_their_headings() -> None:
    one = {"Name": ["Ann Marsh", "Kim Bo"], "Date of birth": ["1960-01-02", "1970-01-01"]}
    left = pl.DataFrame(one | {"Phone": ["0113 555 0101", "0113 555 0102"]})
    other = {"Navn": ["Ann Marsh", "Kim Bo"], "Fødselsdato": ["1990-07-08", "1970-01-01"]}
    right = pl.DataFrame(other | {"Telefon": ["0113 555 0101", "0113 555 0102"]})
    pairs = dict(zip(link(left, right).pairs["left_id"], link(left, right).pairs["date"]))
    assert pairs == {0: "different", 1: "equal"}


@pytest.mark.parametrize("verdict", [Verdict.DIFFERENT, Verdict.SAME])
def test_what_people_said_of_one_rival_counts_for_the_other(
    clients: Clients, verdict: Verdict
) -> None:
    lines, left = register(LINE, LINE), clients(ANN)
    found = link(left, lines, decisions=[Decision(("00000", "c00"), verdict)])
    chance = dict(zip(found.pairs["right_id"], found.pairs["probability"])).get("00001", 0.0)
    assert chance > 0.9 if verdict is Verdict.DIFFERENT else chance < 0.1


def test_to_ignore_a_column_of_one_table_leaves_the_other_as_it_is() -> None:
    left = pl.DataFrame(
        {
            "nr": ["7", "8"],
            "name": ["Ann Wexcombe", "Bert Quillstone"],
            "email": ["ann@wex.example", "bert@quill.example"],
        }
    )
    right = left.drop("nr").reverse()
    assert links(link(left, right, columns={"nr": "ignore"})) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("town", ["", " Riverton"])
def test_an_address_in_one_field_meets_one_in_several(town: str) -> None:
    streets = [f"{n + 11} {way} Street" for n, way in enumerate(["Oak", "Elm", "Ash"] * 20)]
    names = [
        f"{a}{b} Wexcombe" for a in ("Ann", "Bert", "Cleo") for b in "abcdefghijklmnoprstu"
    ]
    codes = [f"{20_700 + n}" for n in range(60)]
    whole = [f"{street}, {code}{town}" for street, code in zip(streets, codes)]
    left = pl.DataFrame({"name": names, "address": whole})
    right = pl.DataFrame({"Customer": names, "Street": streets, "Zip": codes})
    found = link(left.head(40), right.tail(40))
    assert set(links(found)) == {(n, n - 20) for n in range(20, 40)}
    assert found.pairs["place"].drop_nulls().len() > 0

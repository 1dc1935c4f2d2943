"""Groups are decided as one, divided, and taken back whole; what follows is not asked."""

from __future__ import annotations

from functools import partial

import polars as pl
import pytest

from custclean.decisions import DecisionLog, disputed_of
from custclean.errors import DecisionError, InputError
from custclean.model import Decision, Verdict
from custclean.project.state import group_frame, read_state
from custclean.stages.review import ReviewSession, Unmerged
from custclean.widgets.card_data import card_data
from tests.stages.review.desk import queue, session, table


def said(log: DecisionLog) -> list[tuple[str, str]]:
    return [("".join(d.key), d.verdict.value) for d in log.current]


def states(desk: ReviewSession) -> list[str]:
    desk.catch_up()
    return [standing.state for standing in desk.answers.standing]


def test_a_group_is_merged_as_one_step(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc", "ef")
    assert repr(desk) == "ReviewSession(1 pairs, 1 groups, 0 decided)"
    desk.decide("same", "one shop")
    assert said(ticking) == [("ab", "same"), ("bc", "same")]
    assert {d.note for d in ticking.current} == {"one shop"}
    assert desk.position == 1
    desk.undo()
    assert ticking.current == ()
    assert desk.position == 0


def test_all_different_says_so_of_each_two(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc")
    desk.decide("different")
    assert said(ticking) == [("ab", "different"), ("ac", "different"), ("bc", "different")]
    assert states(desk) == ["different"]


def test_one_is_ejected_and_the_rest_is_one(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc")
    desk.eject("b")
    assert [sorted(part) for part in desk.card(0).draft.parts] == [["a", "c"], ["b"]]
    assert ticking.history == ()
    desk.apply()
    assert said(ticking) == [("ab", "different"), ("ac", "same"), ("bc", "different")]
    assert states(desk) == ["mixed"]
    assert not desk.card(0).draft


def test_a_group_is_divided_at_its_weakest_link(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "cd", "bc60")
    desk.split()
    desk.apply()
    assert dict(said(ticking)) == {"ab": "same", "cd": "same", "bc": "different"}


def test_enter_on_nothing_chosen_decides_nothing(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab")
    with pytest.raises(DecisionError, match="nothing was chosen"):
        desk.apply()
    assert ticking.history == ()


def test_picked_values_are_kept_with_the_merge_and_fall_with_it(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab")
    desk.pick("email", "b")
    desk.pick("", "b")
    desk.decide("same")
    picks = [d for d in ticking.current if d.verdict is Verdict.PICK]
    assert [(d.key, dict(d.value).get("field")) for d in picks] == [
        (("b",), None),
        (("b",), "email"),
    ]
    rows = {row["record_id"]: row for row in table().iter_rows(named=True)}
    state = read_state(ticking.current, rows)
    assert state.picks == {"a": "b", ("a", "email"): "b"}
    desk.undo()
    assert ticking.current == ()


def test_a_pick_of_who_ends_alone_is_not_kept(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc")
    desk.pick("email", "b")
    desk.eject("b")
    desk.apply()
    assert Verdict.PICK not in {d.verdict for d in ticking.history}


def test_what_follows_is_not_asked(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc", "ac", "ad", groups=False)
    desk.decide("same")
    desk.decide("same")
    assert states(desk) == ["same", "same", "same", "open"]
    assert desk.card(2).standing.follows
    desk.decide("different", index=3)
    assert desk.counts["left"] == 0
    again = session(ticking, "bd", "cd", groups=False)
    assert states(again) == ["different", "different"]


def test_two_groups_of_which_two_are_different_are_apart(ticking: DecisionLog) -> None:
    ticking.decide("a", "b", "same")
    ticking.decide("c", "d", "same")
    desk = session(ticking, "ac", "bd", groups=False)
    desk.decide("different")
    assert states(desk) == ["different", "different"]


def test_a_contradiction_is_shown_and_merges_nothing(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc", "ac", groups=False)
    desk.decide("same", index=0)
    desk.decide("same", index=1)
    last = desk.decide("different", index=2)
    assert states(desk) == ["contradiction"] * 3
    assert desk.counts["left"] == 3
    rows = {row["record_id"]: row for row in table().iter_rows(named=True)}
    assert group_frame(read_state(ticking.current, rows), rows).is_empty()
    desk.undo(last.seq)
    assert states(desk) == ["same", "same", "same"]


def test_another_word_makes_void_what_followed(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc", "ac", groups=False)
    desk.decide("same", index=0)
    desk.decide("same", index=1)
    desk.decide("unsure", index=1)
    assert states(desk) == ["same", "unsure", "open"]


def test_a_person_who_changes_their_mind_contradicts_nobody(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc")
    desk.decide("different", index=0)  # says so of a and c as well, which nobody asked
    desk.decide("same", index=0)
    assert states(desk) == ["same"]
    desk.arrange(["ac", "b"], index=0)
    desk.apply(index=0)
    desk.arrange(["ab", "c"], index=0)
    desk.apply(index=0)
    assert states(desk) == ["mixed"]
    assert set(desk.card(0).parts) == {frozenset("ab"), frozenset("c")}


def test_a_choice_begins_with_the_division_that_stands(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc", "cd")
    desk.arrange(["ab", "cd"], index=0)
    desk.apply(index=0)
    desk.pick("email", "b", index=0)
    desk.apply(index=0)
    assert set(desk.card(0).parts) == {frozenset("ab"), frozenset("cd")}
    desk.eject("d", index=0)
    assert set(desk.card(0).parts) == {frozenset("ab"), frozenset("c"), frozenset("d")}
    desk.arrange(["ab", "cd"], index=0)
    with pytest.raises(DecisionError, match="nothing was chosen"):
        desk.apply(index=0)
    desk.arrange(["abcd"], index=0)
    assert not desk.card(0).parts
    desk.apply(index=0)
    assert states(desk) == ["same"]


def test_a_value_chosen_on_a_pair_called_different_merges_nobody(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab")
    desk.decide("different", index=0)
    desk.pick("email", "b", index=0)
    desk.apply(index=0)
    assert said(ticking) == [("ab", "different")]
    desk.pick("email", "b", index=0)
    desk.decide("same", index=0)
    assert said(ticking) == [("ab", "same"), ("b", "pick")]


def test_of_values_kept_for_two_parts_one_is_kept_for_all(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc", "cd")
    desk.arrange(["ab", "cd"], index=0)
    desk.pick("email", "a", index=0)
    desk.pick("email", "d", index=0)
    desk.decide("same", index=0)
    assert [d.key for d in ticking.current if d.verdict == "pick"] == [("d",)]


def test_a_value_that_is_none_is_not_kept(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", changed={"a": {"email": ""}})
    for field, record in (("email", "a"), ("website", "b")):
        with pytest.raises(InputError, match="nothing to keep"):
            desk.pick(field, record)


def test_another_desks_undo_is_not_given_back_here(ticking: DecisionLog) -> None:
    aside = ticking.append(Decision(("h",), Verdict.SET_ASIDE))
    ticking.undo(aside.seq)
    assert session(ticking, "ab").redo() is None
    assert ticking.current == ()


def test_where_nothing_is_in_sight_nothing_is_decided(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc")
    assert desk.show(text="nobody has this") == 0
    for act in (partial(desk.decide, "same"), partial(desk.pick, "email", "b"), desk.split):
        with pytest.raises(DecisionError, match="no such pair"):
            act()
    assert ticking.history == ()


def test_columns_that_are_no_text_are_shown_and_decided(ticking: DecisionLog) -> None:
    rows = pl.DataFrame({"record_id": [1, 2], "phone": [45370012, 45370013], "paid": [1.5, 0]})
    desk = ReviewSession(rows, queue("12"), ticking)
    desk.decide("same")
    assert said(ticking) == [("12", "same")]
    assert desk.bulk().places == ()


def test_who_is_set_aside_is_not_asked_about(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "cd", groups=False)
    ticking.append(Decision(("a",), Verdict.SET_ASIDE))
    assert states(desk) == ["aside", "open"]
    ticking.append(Decision(("a",), Verdict.KEEP))
    assert states(desk) == ["open", "open"]


def test_an_old_step_is_taken_back_and_the_rest_kept(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "cd", "ef", "gh", groups=False)
    kept = [desk.decide(word) for word in ("same", "different", "unsure", "same")]
    desk.undo(kept[1].seq)
    assert states(desk) == ["same", "open", "unsure", "same"]
    assert desk.position == 1
    desk.redo()
    assert states(desk) == ["same", "different", "unsure", "same"]
    desk.undo(desk.history[0].seq)
    assert states(desk) == ["same", "open", "unsure", "same"]


def test_the_history_says_what_stands(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "bc", "ef")
    desk.decide("same", "shop")
    desk.decide("different")
    desk.undo()
    told = [(e.records, e.stands, e.takes_back, e.note) for e in desk.history]
    assert told == [
        (("e", "f"), True, (3,), ""),
        (("e", "f"), False, (), ""),
        (("a", "b", "c"), True, (), "shop"),
    ]
    assert desk.history[2].counts == {Verdict.SAME: 2}
    desk.redo()
    assert [e.gives_back for e in desk.history] == [True, False, False, False]


def test_a_second_look_neither_counts_nor_shows_the_first(ticking: DecisionLog) -> None:
    session(ticking, "ab", "cd", groups=False).decide("same", "ann's reason")
    with DecisionLog(ticking.path.parent, who="bo") as other:
        second = session(other, "ab", "cd", groups=False, second=True, blind=True)
        assert states(second) == ["open", "open"]
        assert (second.card(0).who, second.card(0).probability) == ("", None)
        assert second.history == []
        second.decide("different")
    first = session(ticking, "ab", "cd", groups=False)
    assert states(first) == ["disputed", "open"]
    assert [d.who for d in first.card(0).standing.decisions] == ["ann", "bo"]
    first.decide("same")  # seeing both
    assert states(first) == ["same", "open"]


@pytest.mark.fault(3)
def test_what_somebody_else_has_said_meanwhile_is_not_overruled_unseen(
    ticking: DecisionLog,
) -> None:
    mine = session(ticking, "ab", "cd", groups=False)
    with DecisionLog(ticking.path.parent, who="bo") as other:
        theirs = session(other, "ab", "cd", groups=False)
        theirs.decide("same")
    with pytest.raises(DecisionError, match="bo has answered"):
        mine.decide("different", index=0)
    assert states(mine) == ["same", "open"]
    mine.decide("different", index=0)  # seeing it
    assert states(mine) == ["different", "open"]


def test_what_follows_from_somebody_else_is_seen_first_and_no_draft_hides_it(
    ticking: DecisionLog,
) -> None:
    mine = session(ticking, "ab", "bc", "ac", groups=False)
    with DecisionLog(ticking.path.parent, who="bo") as other:
        theirs = session(other, "ab", "bc", "ac", groups=False)
        theirs.decide("same")
        theirs.decide("same")
    with pytest.raises(DecisionError, match="bo has answered"):
        mine.pick("display_name", "a", index=2)
    assert states(mine) == ["same", "same", "same"]


def test_two_people_who_agree_dispute_nothing(ticking: DecisionLog) -> None:
    session(ticking, "ab", groups=False).decide("different")
    with DecisionLog(ticking.path.parent, who="bo") as other:
        session(other, "ab", groups=False, second=True).decide("different")
    assert states(session(ticking, "ab", groups=False)) == ["different"]


def test_decisions_on_ids_of_then_count_for_those_of_now(ticking: DecisionLog) -> None:
    ticking.decide("x", "b", "same")
    ticking.decide("c", "y", "different")
    desk = session(ticking, "ab", "cd", groups=False, aliases={"x": "a", "y": "d"})
    assert states(desk) == ["same", "different"]
    desk.undo(1)
    assert (states(desk), desk.position) == (["open", "different"], 0)


def test_what_was_seen_moves_with_an_id_that_changes_sides(ticking: DecisionLog) -> None:
    before = session(ticking, "ab", groups=False)
    before.decide("same")
    now = table("azbcdefgh", z={"display_name": "Client a", "email": "a@example.com"})
    desk = ReviewSession(now, queue("bz"), ticking, aliases={"a": "z"})
    assert states(desk) == ["same"]


def test_what_changed_is_shown_with_the_value_of_then(ticking: DecisionLog) -> None:
    session(ticking, "ab", groups=False).decide("same")
    desk = session(
        ticking,
        "ab",
        changed={"b": {"email": "new@example.com"}},
        earlier=[table(b={"email": "other@example.com"}), table()],
    )
    changed = [(c.record, c.field, c.before, c.now) for c in desk.card(0).changed]
    assert changed == [("b", "email", "b@example.com", "new@example.com")]


def test_what_two_people_dispute_holds_neither_way_in_a_project(ticking: DecisionLog) -> None:
    session(ticking, "ab", groups=False).decide("same")
    with DecisionLog(ticking.path.parent, who="bo") as other:
        session(other, "ab", groups=False, second=True).decide("different")
    rows = {row["record_id"]: row for row in table().iter_rows(named=True)}
    state = read_state(ticking.current, rows, disputed_of(ticking.history))
    assert (dict(state.groups), state.different) == ({}, frozenset())
    assert state.doubted() == {("a", "b")}
    session(ticking, "ab", groups=False).decide("same")
    assert disputed_of(ticking.history) == frozenset()


def test_two_redos_give_back_what_two_undos_took(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab", "cd", groups=False)
    desk.decide("same")
    desk.decide("same")
    desk.undo()
    desk.undo()
    desk.redo()
    assert states(desk) == ["same", "open"]
    desk.redo()
    assert states(desk) == ["same", "same"]
    assert desk.redo() is None


def test_a_yes_to_one_pair_keeps_what_was_picked_since_in_another_of_the_client(
    ticking: DecisionLog,
) -> None:
    desk = session(ticking, "ab", "bc", groups=False)
    desk.pick("email", "a", index=0)
    desk.decide("same", index=0)
    desk.decide("same", index=1)
    today = table(a={"email": "new@example.com"})
    desk = ReviewSession(today, queue("ab", "bc"), ticking, groups=False)
    desk.pick("email", "c", index=1)
    desk.apply(index=1)
    assert not desk.card(0).picks
    assert desk.card(1).picks == {("email", frozenset("bc")): "c"}
    desk.decide("same", index=0)
    rows = {row["record_id"]: row for row in today.iter_rows(named=True)}
    assert read_state(ticking.current, rows).picks == {("a", "email"): "c"}


def test_a_yes_is_offered_only_where_it_keeps_what_has_changed(ticking: DecisionLog) -> None:
    desk = session(ticking, "ab")
    desk.pick("", "a")
    desk.decide("same")
    waits = [Unmerged(frozenset("ab"), "the one on a plan has to stay", "")]
    desk = session(ticking, "ab", unmerged=waits)
    assert "with the arrows" in card_data(desk.card(0))["said"]
    desk.pick("", "b")
    assert "Y keeps what is marked" in card_data(desk.card(0))["said"]
    changed = table(a={"email": "new@example.com"})
    desk = ReviewSession(changed, queue("ab"), ticking, unmerged=waits)
    assert desk.card(0).outdated == {("", frozenset("ab"))}


def test_what_is_decided_last_is_saved_though_the_files_cannot_be_looked_at_then(
    ticking: DecisionLog,
) -> None:
    asked = list[int]()

    def recheck() -> list[Unmerged]:
        asked.append(len(ticking.history))
        msg = "damaged"
        raise InputError(msg)

    desk = session(ticking, "ab", "cd", recheck=recheck)
    desk.show(text="Client a")
    desk.decide("different")
    assert desk.counts["left"] == 0
    assert asked == [], "what the filter hides is left"
    desk.show()
    assert desk.decide("different").key == ("c", "d")
    assert asked == [2]
    assert desk.counts["left"] == 0

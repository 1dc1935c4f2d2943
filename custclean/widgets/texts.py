"""What a card says: its words by name, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custclean.errors import InputError
from custclean.widgets.card_data import GAP, SIGNS
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KEYS", "actions", "keys_of", "texts"]

KEYS: Mapping[str, str] = {
    "same": "y",
    "different": "n",
    "unsure": "?",
    "undo": "u",
    "redo": "U",
    "previous": "k",
    "next": "j",
    "apply": "Enter",
    "note": "o",
    "clear": "Escape",
    "eject": "e",
    "move": "m",
    "split": "p",
    "survivor": "s",
    "why": "w",
    "blind": "b",
    "search": "/",
    "filter": "f",
    "history": "i",
    "bulk": "a",
    "list": "l",
    "help": "h",
}
"""Which key does what. Digits pick values, 0 goes on to the next nine; arrows move."""

FIXED = frozenset(
    "0 1 2 3 4 5 6 7 8 9 Tab ArrowUp ArrowDown ArrowLeft ArrowRight PageUp PageDown".split()
)


def keys_of(chosen: Mapping[str, str] | None) -> dict[str, str]:
    """Give the keys, with those that a person has chosen; one for two actions is refused."""
    for action, key in (chosen or {}).items():
        if action not in KEYS:
            known = ", ".join(KEYS)
            raise InputError(tr("there is no such action"), value=action, expected=known)
        if not isinstance(key, str) or not key.strip() or key in FIXED:
            raise InputError(tr("this key cannot be chosen"), value=key, column=action)
    keys = {**KEYS, **(chosen or {})}
    taken: dict[str, str] = {}
    for action, key in keys.items():
        if key in taken:
            what = f"{taken[key]}, {action}"
            raise InputError(tr("one key for two actions"), value=key, expected=what)
        taken[key] = action
    return keys


def actions() -> dict[str, str]:
    """Say what each key does."""
    return {
        "same": tr("the same client; of a group: all of them"),
        "different": tr(
            "different clients, not asked again while the records stay as they are"
        ),
        "unsure": tr("not known; merges nothing, and is not asked again"),
        "undo": tr("take your last step back, again and again"),
        "redo": tr("give back what was taken back"),
        "previous": tr("go to the one before (also arrow up)"),
        "next": tr("go to the next one (also arrow down)"),
        "apply": tr("save what was chosen: values to keep, a divided group"),
        "note": tr("write a note, kept with the decision"),
        "clear": tr(
            "forget what was chosen; close what is open; pressed again, leave the card"
        ),
        "eject": tr("group: the chosen record is a client of its own (arrows choose)"),
        "move": tr("group: move the chosen record to the next part"),
        "split": tr("group: divide it at its weakest link"),
        "survivor": tr("keep the chosen record, whatever the rules say"),
        "why": tr("show how each field counted"),
        "blind": tr("hide or show what the model thinks"),
        "search": tr("search"),
        "filter": tr("filter and order"),
        "history": tr("what was decided, to be taken back"),
        "bulk": tr("accept many at once, after a sample"),
        "list": tr("show or hide the list"),
        "help": tr("show or hide this help"),
    }


def texts() -> dict[str, str]:
    """Give the words of the card by name, in the reader's language."""
    return {
        **_of_the_card(),
        **_of_saving(),
        **_of_groups(),
        **_of_panels(),
        **_of_bulk(),
    }


def _of_the_card() -> dict[str, str]:
    marks = {
        "mark_same": tr("equal"),
        "mark_clean": tr("equal after cleaning"),
        "mark_differ": tr("different"),
        "mark_own": tr("of the record"),
        "mark_missing": tr("missing"),
    }
    gap = tr("something is missing here")
    signs = [*((sign, marks[f"mark_{mark}"]) for mark, sign in SIGNS.items()), (GAP, gap)]
    return {
        **marks,
        "legend": "; ".join(map(" ".join, signs)),
        "title": tr("Review of possible duplicates"),
        "pair": tr("Pair {n} of {total}"),
        "group": tr("Group of {size}, {n} of {total}"),
        "counts": tr("{decided} decided, {left} left"),
        "counts_unsure": tr("{decided} decided ({unsure} unsure), {left} left"),
        "decided": tr("decided"),
        "time_left": tr("about {time} left"),
        "minutes": tr("{n} min"),
        "hours": tr("{n} h"),
        "expected": tr("{n} duplicates expected"),
        "field": tr("Field"),
        "compare": tr("Compared"),
        "nothing": tr("empty"),
        "same": tr("Same client"),
        "same_group": tr("All one client"),
        "different": tr("Different"),
        "different_group": tr("All different"),
        "unsure": tr("Unsure"),
        "undo": tr("Undo"),
        "previous": tr("Previous"),
        "next": tr("Next"),
        "apply": tr("Apply"),
        "help": tr("Help"),
        "note": tr("Note (kept with the decision)"),
        "kept": tr("kept"),
        "survivor": tr("this record stays"),
        "pick": tr("keep this value"),
        "why": tr("Why"),
        "prior": tr("before any field"),
        "together": tr("together"),
        "bits": tr("in bits: one more doubles the odds"),
        "blind": tr("blind: what the model thinks is hidden"),
        "was": tr("{name}, {label}: was “{before}”, is “{now}”"),
        "was_unknown": tr("{name}, {label}: is “{now}”; what it was is in no kept file"),
        "focus": tr("Click here to use the keys, or press Tab"),
        "leave": tr("Press {key} once more to leave the card."),
    }


def _of_saving() -> dict[str, str]:
    return {
        "saving": tr("Saving…"),
        "saved": tr("Saved"),
        "not_saved": tr("Not saved"),
        "waiting": tr(
            "Not saved yet: the kernel is busy or gone. Wait for “Saved” before you go on."
        ),
        "loading": tr("Loading…"),
        "all_done": tr("Every pair is decided."),
        "shown_done": tr(
            "All that is shown is decided; not shown and open: {n} (see the filter)."
        ),
        "gone": tr("Not saved: the kernel was restarted. Run the cell again."),
        "no_pairs": tr("There are no pairs to review."),
        "none_fit": tr("Nothing fits this filter."),
        "undone": tr("Taken back."),
        "redone": tr("Given back."),
        "nothing_left": tr("You have decided nothing that could be taken back."),
        "nothing_chosen": tr("Nothing is chosen: 1–9 choose values, Y and N decide."),
        "broken": tr("Something went wrong; the log of JupyterLab says what."),
    }


def _of_groups() -> dict[str, str]:
    return {
        "graph": tr("How the records hang together"),
        "client": tr("Client {letter}"),
        "chosen": tr("chosen"),
        "eject": tr("On its own"),
        "move": tr("Move on"),
        "split": tr("Divide at the weakest link"),
        "clear": tr("Start over"),
    }


def _of_panels() -> dict[str, str]:
    return {
        "list": tr("List"),
        "filter": tr("Filter"),
        "history": tr("History"),
        "bulk": tr("In bulk"),
        "search": tr("Search in all values"),
        "order": tr("Order"),
        "order_useful": tr("most useful first"),
        "order_uncertain": tr("most uncertain first"),
        "order_largest": tr("largest effect first"),
        "order_likely": tr("likeliest first"),
        "order_unlikely": tr("unlikeliest first"),
        "order_name": tr("by name"),
        "all": tr("all"),
        "least": tr("at least % likely"),
        "most": tr("at most % likely"),
        "lightest": tr("weight at least"),
        "heaviest": tr("weight at most"),
        "smallest": tr("at least so many records"),
        "show": tr("Show"),
        "show_all": tr("Show all"),
        "shown": tr("{n} of {total} fit"),
        "keys": tr("Keys"),
        "rebind": tr("change"),
        "press": tr("press a key…"),
        "values": tr(
            "1–9: whose value is kept; 0: the next nine; Page Up, Page Down: the rest of a"
            " long card; in text fields keys only write"
        ),
        "take_back": tr("Take back"),
        "give_back": tr("Give back"),
        "go_there": tr("Show it"),
        "taken_back": tr("taken back"),
        "more": tr("More"),
        "no_history": tr("Nothing was decided yet."),
    }


def _of_bulk() -> dict[str, str]:
    return {
        "bulk_title": tr("Accept what the filter shows as the same clients"),
        "tolerance": tr("Wrong ones that you tolerate"),
        "draw": tr("Show the sample"),
        "accept": tr("Accept {n}"),
        "accepted": tr("{n} accepted; one undo takes all of it back."),
    }

"""What a card says: its words, and one pair cut into pieces that a browser can place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custclean.model import Verdict
from custclean.stages.review_compare import differences, visible
from custclean.words import numeral, tr

if TYPE_CHECKING:
    from custclean.stages.review_card import Card, CardField

__all__ = ["SIGNS", "card_data", "likely", "said", "texts"]

SIGNS = {"same": "=", "clean": "≈", "differ": "≠", "missing": "∅"}  # never by colour alone


def texts() -> dict[str, str]:
    """Give the words of the card by name, in the reader's language."""
    return {
        "title": tr("Review of possible duplicates"),
        "pair": tr("Pair {n} of {total}"),
        "counts": tr("{decided} decided, {left} left"),
        "decided": tr("decided"),
        "field": tr("Field"),
        "compare": tr("Compared"),
        "mark_same": tr("equal"),
        "mark_clean": tr("equal after cleaning"),
        "mark_differ": tr("different"),
        "mark_missing": tr("missing"),
        "nothing": tr("empty"),
        "same": tr("Same client"),
        "different": tr("Different"),
        "unsure": tr("Unsure"),
        "undo": tr("Undo"),
        "previous": tr("Previous"),
        "next": tr("Next"),
        "help": tr("Help"),
        "note": tr("Note (kept with the decision)"),
        "saving": tr("Saving…"),
        "saved": tr("Saved"),
        "not_saved": tr("Not saved"),
        "waiting": tr(
            "Not saved yet: the kernel is busy or gone. Wait for “Saved” before you go on."
        ),
        "loading": tr("Loading…"),
        "all_done": tr("Every pair is decided."),
        "no_pairs": tr("There are no pairs to review."),
        "undone": tr("Taken back."),
        "nothing_left": tr("You have decided nothing that could be taken back."),
        "broken": tr("Something went wrong; the log of JupyterLab says what."),
        "focus": tr("Click here to use the keys"),
        "keys": "\n".join(
            [
                tr("Y: the same client"),
                tr(
                    "N: different clients, not asked again while both records stay as they are"
                ),
                tr("?: not known; the pair stays undecided"),
                tr("U: undo your last decision, again and again"),
                tr("J or arrow down: next pair"),
                tr("K or arrow up: previous pair"),
                tr("H: show or hide this help"),
                tr("In the note field keys only write; Enter or Escape leaves it."),
            ]
        ),
    }


def card_data(card: Card) -> dict[str, Any]:
    """Give a pair as lists and texts: each value in pieces, what only one side has marked."""
    return {
        "index": card.index,
        "heads": [
            [card.left_source or card.left_id, card.left_id],
            [card.right_source or card.right_id, card.right_id],
        ],
        "fields": [_field(field) for field in card.fields],
        "reason": card.reason,
        "likely": likely(card),
        "verdict": None if card.changed else card.verdict,
        "said": said(card),
        "again": bool(card.changed),
        "note": card.note,
    }


def _field(field: CardField) -> dict[str, Any]:
    left, right = _pieces(field)
    return {
        "label": field.label,
        "mark": field.mark,
        "sign": SIGNS[field.mark],
        "left": left,
        "right": right,
    }


def _pieces(field: CardField) -> list[list[list[object]] | None]:
    if field.left is None or field.right is None or field.mark in {"same", "missing"}:
        values = (field.left, field.right)
        return [None if v is None else [[visible(v), False]] for v in values]
    return [
        [[visible(text, differs=differs), differs] for text, differs in side]
        for side in differences(field.left, field.right)
    ]


def likely(card: Card) -> str:
    """Say how sure the model is that the two are one client."""
    if card.probability is None:
        return ""
    percent = min(99.9, max(0.1, 100 * card.probability))  # the model is never certain
    shown = numeral(percent, ".1f" if percent < 1 or percent > 99 else ".0f")
    if card.weight is None:
        return tr("{percent} % likely the same", percent=shown)
    return tr(
        "{percent} % likely the same (weight {weight})",
        percent=shown,
        weight=numeral(card.weight, "+.1f"),
    )


def said(card: Card) -> str:
    """Say what was decided before, by whom, and what has changed since."""
    if card.verdict is None:
        return ""
    words = {
        Verdict.SAME: tr("the same client"),
        Verdict.DIFFERENT: tr("different clients"),
        Verdict.UNSURE: tr("unsure"),
        Verdict.SPLIT: tr("taken apart again"),
    }
    told = {"word": words[card.verdict], "who": card.who}
    if card.changed:
        return tr(
            "Asked again: {who} said “{word}”, and since then this has changed: {fields}",
            fields=", ".join(card.changed),
            **told,
        )
    return tr("Decided by {who}: {word}", **told)
